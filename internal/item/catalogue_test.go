package item_test

import (
	"slices"
	"testing"

	"bianmin/internal/item"
	"bianmin/internal/place"
)

func TestCatalogueKeepsVersions(t *testing.T) {
	first, second := byCode(t, "BM-001"), byCode(t, "BM-001")
	second.Plain = "办低保"
	c, err := item.NewCatalogue([]item.Version{
		{Definition: second, Number: 2},
		{Definition: first, Number: 1},
		{Definition: byCode(t, "BM-002"), Number: 1},
	})
	if err != nil {
		t.Fatal(err)
	}
	if v, ok := c.Get("BM-001"); !ok || v.Number != 2 || v.Plain != "办低保" {
		t.Errorf("current is %d", v.Number)
	}
	if v, ok := c.At("BM-001", 1); !ok || v.Plain != "申请低保" {
		t.Errorf("the first is %s", v.Plain)
	}
	if _, ok := c.At("BM-001", 3); ok {
		t.Error("there is no third")
	}
	if all := c.Versions("BM-001"); len(all) != 2 || all[0].Number != 1 {
		t.Errorf("%d versions", len(all))
	}
	if len(c.All()) != 2 {
		t.Errorf("%d items", len(c.All()))
	}
	if _, ok := c.Find("申请低保"); ok {
		t.Error("an old name still finds it")
	}
}

func TestNewCatalogueRefuses(t *testing.T) {
	low, poor := byCode(t, "BM-001"), byCode(t, "BM-002")
	same := poor
	same.Plain = low.Name
	for name, versions := range map[string][]item.Version{
		"number 0":       {{Definition: low}},
		"a number twice": {{Definition: low, Number: 1}, {Definition: low, Number: 1}},
		"a name twice":   {{Definition: low, Number: 1}, {Definition: same, Number: 1}},
	} {
		if _, err := item.NewCatalogue(versions); err == nil {
			t.Errorf("%s: not refused", name)
		}
	}
}

func TestFindTakesExactWordsOnly(t *testing.T) {
	c := catalogue(t)
	for _, s := range []string{"BM-008", "高龄老人生活保健补贴申领", "领高龄补贴"} {
		if v, ok := c.Find(s); !ok || v.Code != "BM-008" {
			t.Errorf("%s finds %s", s, v.Code)
		}
	}
	for _, s := range []string{"", "bm-008", "高龄补贴", "BM-999"} {
		if v, ok := c.Find(s); ok {
			t.Errorf("%q finds %s", s, v.Code)
		}
	}
}

func TestAllStandInTheOrderOfTheCounters(t *testing.T) {
	all := catalogue(t).All()
	ordered := slices.IsSortedFunc(all, func(a, b item.Version) int {
		if a.Window != b.Window {
			return place.WindowOrder(a.Window) - place.WindowOrder(b.Window)
		}
		return int(a.Code[4]) - int(b.Code[4]) + 10*(int(a.Code[3])-int(b.Code[3]))
	})
	if len(all) != 100 || !ordered {
		t.Errorf("%d items, ordered %v", len(all), ordered)
	}
	all[0].Plain = "别的"
	if catalogue(t).All()[0].Plain == "别的" {
		t.Error("changed from outside")
	}
}
