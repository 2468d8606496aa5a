package item_test

import (
	"bytes"
	"encoding/json"
	"os"
	"reflect"
	"sync"
	"testing"

	"bianmin/internal/item"
	"bianmin/internal/place"
)

func directory(t testing.TB) *place.Directory {
	t.Helper()
	d, err := place.NewDirectory(place.Shenmu(), place.ShenmuUnits())
	if err != nil {
		t.Fatal(err)
	}
	return d
}

var demonstrated = sync.OnceValues(func() (*item.Catalogue, error) {
	return item.NewCatalogue(item.FirstVersions(item.Demonstration()))
})

func catalogue(t testing.TB) *item.Catalogue {
	t.Helper()
	c, err := demonstrated()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// byCode is a copy of a demonstration item that a test may change.
func byCode(t testing.TB, code item.Code) item.Definition {
	t.Helper()
	v, ok := catalogue(t).Get(code)
	if !ok {
		t.Fatalf("no item %s", code)
	}
	raw, err := json.Marshal(v.Definition)
	if err != nil {
		t.Fatal(err)
	}
	var own item.Definition
	if err := json.Unmarshal(raw, &own); err != nil {
		t.Fatal(err)
	}
	return own
}

func TestAllHundredItemsKeepEveryRule(t *testing.T) {
	all := item.Demonstration()
	if len(all) != 100 {
		t.Errorf("%d items", len(all))
	}
	units := directory(t)
	for _, d := range all {
		for _, p := range d.Check(units) {
			t.Errorf("%s %s: %s", d.Code, p.Path, p.Message)
		}
		if d.BasicCode != nil {
			t.Errorf("%s: demonstration items have no national code", d.Code)
		}
	}
}

// Nothing is lost between the file and the types: written again it is the same.
func TestTheFileComesBackAsItWas(t *testing.T) {
	file, err := os.ReadFile("data/items.json")
	if err != nil {
		t.Fatal(err)
	}
	again, err := json.Marshal(item.Demonstration())
	if err != nil {
		t.Fatal(err)
	}
	var want, got any
	if err := json.Unmarshal(file, &want); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(again, &got); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(want, got) {
		t.Error("the items written again differ from the file")
	}
	if _, err := item.Parse(bytes.NewReader(again)); err != nil {
		t.Error(err)
	}
}

func TestClosedListsHaveChineseNames(t *testing.T) {
	for _, d := range item.Demonstration() {
		names := []string{d.Kind.Chinese(), d.Kind.Code(), d.Type.Chinese(), d.Regime.Chinese(), d.Serves.Chinese(), d.Result.Kind.Chinese()}
		for _, m := range d.Materials {
			code, necessity := m.Necessity()
			names = append(names, m.Need.Chinese(), m.Lack.Chinese(), m.From.Kind.Chinese(), code, necessity)
		}
		for _, s := range d.Steps {
			names = append(names, s.Kind.Chinese(), s.Tier.Chinese(), s.Tier.Code(), s.Owner.Kind.Chinese())
		}
		for i, name := range names {
			if name == "" {
				t.Errorf("%s: name %d is missing", d.Code, i)
			}
		}
	}
	if item.OnTheSpot.Code() != "1" || item.Promised.Code() != "2" || item.Village.Code() != "6" || item.City.Code() != "4" {
		t.Error("codes of GB/T 39046-2020 A.2 and A.6")
	}
}
