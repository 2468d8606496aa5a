package place_test

import (
	"strings"
	"testing"

	"bianmin/internal/place"
)

func shenmu(t testing.TB) *place.Directory {
	t.Helper()
	d, err := place.NewDirectory(place.Shenmu(), place.ShenmuUnits())
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestTheCentreSeesAllAStationItsRoomsARoomItself(t *testing.T) {
	d := shenmu(t)
	if d.Root().Name != "神木市" || len(d.Under(d.Root().Code)) != 385 || len(d.Children(d.Root().Code)) != 20 {
		t.Error("the centre does not see all")
	}
	station := place.Code("610881101000")
	if got := d.Under(station); len(got) != 1+len(d.Children(station)) || got[0].Code != station {
		t.Errorf("the station sees %d", len(got))
	}
	if got := d.Under("610881101200"); len(got) != 1 || got[0].Name != "高家堡村" {
		t.Errorf("the room sees %v", got)
	}
	if got := d.Under("610882000000"); len(got) != 0 {
		t.Errorf("a stranger sees %v", got)
	}
}

func TestChildrenAreInCodeOrderAndBelongToTheParent(t *testing.T) {
	d := shenmu(t)
	rooms := 0
	for _, station := range d.Children(d.Root().Code) {
		last := place.Code("")
		for _, room := range d.Children(station.Code) {
			if room.Parent != station.Code || room.Code <= last {
				t.Fatalf("%s under %s after %s", room.Code, station.Code, last)
			}
			last = room.Code
			rooms++
		}
	}
	if rooms != 364 {
		t.Errorf("%d rooms", rooms)
	}
}

func TestTheDirectoryCannotBeChangedFromOutside(t *testing.T) {
	d := shenmu(t)
	d.All()[0].Name = "别处"
	d.Children(d.Root().Code)[0].Name = "别处"
	d.Units()[0].Name = "别处"
	for _, p := range d.All() {
		if p.Name == "别处" {
			t.Fatal("changed")
		}
	}
	if d.Children(d.Root().Code)[0].Name == "别处" || d.Units()[0].Name == "别处" {
		t.Fatal("changed")
	}
}

func TestUnitName(t *testing.T) {
	d := shenmu(t)
	for _, c := range []struct {
		unit string
		at   place.Code
		want string
	}{
		{"minzheng", "610881101000", "神木市民政局"},
		{"paichusuo", "610881101000", "高家堡镇派出所"},
		{"paichusuo", "610881101200", "高家堡镇派出所"},
		{"paichusuo", "610881002000", "西沙街道派出所"},
		{"dangwei", "610881101000", "高家堡镇党委"},
		{"dangwei", "610881002000", "西沙街道党工委"},
		{"dangwei", "610881109000", "万镇党委"},
		{"paichusuo", "610881000000", "公安派出所"},
		{"paichusuo", "", "公安派出所"},
		{"nobody", "610881101000", ""},
	} {
		if got := d.UnitName(c.unit, c.at); got != c.want {
			t.Errorf("%s at %s: got %s, want %s", c.unit, c.at, got, c.want)
		}
	}
}

func TestNoTwoUnitsOfATownHaveOneName(t *testing.T) {
	d := shenmu(t)
	seen := map[string]string{}
	for _, station := range d.Children(d.Root().Code) {
		for _, u := range d.Units() {
			if u.Tier != place.TownTier {
				continue
			}
			name := d.UnitName(u.Code, station.Code)
			if other, taken := seen[name]; taken || !strings.HasPrefix(name, station.Name) {
				t.Errorf("%s: %s and %s", name, u.Code, other)
			}
			seen[name] = u.Code
		}
	}
}

func TestNewDirectoryRefuses(t *testing.T) {
	city := place.Place{Code: "610881000000", Kind: place.Centre}
	town := place.Place{Code: "610881101000", Kind: place.Station, Parent: city.Code}
	for name, places := range map[string][]place.Place{
		"nothing":          {},
		"no root":          {town},
		"twice":            {city, town, town},
		"two roots":        {city, {Code: "610882000000"}},
		"an orphan":        {city, {Code: "610881101200", Parent: "610881101000"}},
		"a wrong parent":   {city, town, {Code: "610881102200", Parent: "610881101000"}},
		"its own parent":   {city, {Code: "610881101000", Parent: "610881101000"}},
		"a circle upwards": {city, {Code: "610800000000", Parent: "610881000000"}},
	} {
		if _, err := place.NewDirectory(places, nil); err == nil {
			t.Errorf("%s: not refused", name)
		}
	}
	units := place.ShenmuUnits()
	if _, err := place.NewDirectory([]place.Place{city}, append(units, units[0])); err == nil {
		t.Error("a unit twice: not refused")
	}
}

// A department, a branch of one and a town are all reconsidered by the city's government; a unit led from above, by what is
// above it (行政复议法 第二十四条、第二十七条).
func TestWhoReconsiders(t *testing.T) {
	d, err := place.NewDirectory(place.Shenmu(), place.ShenmuUnits())
	if err != nil {
		t.Fatal(err)
	}
	for unit, want := range map[string]string{"minzheng": "神木市人民政府", "paichusuo": "神木市人民政府", "": "神木市人民政府", "shuiwu": "国家税务总局榆林市税务局"} {
		if got := d.Reconsiders(unit); got != want {
			t.Errorf("%q is reconsidered by %s, not %s", unit, got, want)
		}
	}
}
