package place_test

import (
	"errors"
	"strings"
	"testing"

	"bianmin/internal/place"
)

const head = "code,name,parent_code,level\n"

func TestParseDivisionsNamesTheLine(t *testing.T) {
	const city = "610881000000,神木市,610800000000,3\n"
	const town = "610881101000,高家堡镇,610881000000,4\n"
	for name, c := range map[string]struct {
		text string
		line int
	}{
		"nothing":               {"", 1},
		"another head":          {"name,code\n", 1},
		"no rows":               {head, 1},
		"a short code":          {head + city + "61088110100,高家堡镇,610881000000,4\n", 3},
		"no name":               {head + city + "610881101000,,610881000000,4\n", 3},
		"blanks":                {head + city + "610881101000, 高家堡镇,610881000000,4\n", 3},
		"level against digits":  {head + city + "610881101000,高家堡镇,610881000000,5\n", 3},
		"parent against digits": {head + city + town + "610881101200,高家堡村委会,610881000000,5\n", 4},
		"no parent":             {head + city + "610881101000,高家堡镇,,4\n", 3},
		"a parent not there":    {head + city + "610881102200,店塔村委会,610881102000,5\n", 3},
		"a code twice":          {head + city + town + town, 4},
		"two roots":             {head + city + "610882000000,别市,610800000000,3\n", 3},
		"a field too many":      {head + city + "610881101000,高家堡镇,610881000000,4,\n", 3},
		"a quote left open":     {head + city + "610881101000,\"高家堡镇,610881000000,4\n", 3},
	} {
		_, err := place.ParseDivisions(strings.NewReader(c.text))
		var at *place.LineError
		if !errors.As(err, &at) {
			t.Errorf("%s: got %v", name, err)
			continue
		}
		if at.Line != c.line {
			t.Errorf("%s: line %d, want %d (%s)", name, at.Line, c.line, at.What)
		}
	}
}

// A province's file is one tree too, whatever the order of its rows.
func TestParseDivisionsOfAProvince(t *testing.T) {
	places, err := place.ParseDivisions(strings.NewReader(head +
		"610881101200,高家堡村委会,610881101000,5\n" +
		"610881101000,高家堡镇,610881000000,4\n" +
		"610881000000,神木市,610800000000,3\n" +
		"610800000000,榆林市,610000000000,2\n" +
		"610000000000,陕西省,,1\n"))
	if err != nil {
		t.Fatal(err)
	}
	d, err := place.NewDirectory(places, nil)
	if err != nil {
		t.Fatal(err)
	}
	if d.Root().Service != "陕西省政务服务中心" || len(d.Under("610800000000")) != 4 {
		t.Errorf("root %v", d.Root())
	}
}

func TestParseUnitsNamesTheLine(t *testing.T) {
	unit := func(change, to string) string {
		const right = `{"code":"minzheng","name":"神木市民政局","short":"民政局","tier":"city","nature":"government",` +
			`"telephone":null,"windows":["民政社保窗口"]}`
		return strings.Replace(right, change, to, 1)
	}
	for name, c := range map[string]struct {
		text string
		line int
	}{
		"nothing":              {"", 1},
		"no list":              {"{}", 1},
		"not closed":           {"[\n" + unit("", ""), 2},
		"more behind":          {"[" + unit("", "") + "]\n[]", 2},
		"an unknown field":     {"[\n" + unit(`"code"`, `"kode"`) + "]", 2},
		"another type":         {"[\n" + unit(`"minzheng"`, `7`) + "]", 2},
		"a code with digits":   {"[\n" + unit("minzheng", "minzheng2") + "]", 2},
		"no name":              {"[\n" + unit("神木市民政局", "") + "]", 2},
		"an unknown tier":      {"[\n" + unit(`"city"`, `"village"`) + "]", 2},
		"an unknown nature":    {"[\n" + unit("government", "private") + "]", 2},
		"an unknown window":    {"[\n" + unit("民政社保窗口", "民政窗口") + "]", 2},
		"no window":            {"[\n" + unit(`"民政社保窗口"`, "") + "]", 2},
		"a blank telephone":    {"[\n" + unit("null", `""`) + "]", 2},
		"a code twice":         {"[" + unit("", "") + ",\n" + unit("民政局\",\"tier", "民政\",\"tier") + "]", 2},
		"a short name twice":   {"[" + unit("", "") + ",\n" + unit("minzheng", "minzhengju") + "]", 2},
		"a window named twice": {"[\n" + unit(`"民政社保窗口"`, `"民政社保窗口","民政社保窗口"`) + "]", 2},
	} {
		_, err := place.ParseUnits(strings.NewReader(c.text))
		var at *place.LineError
		if !errors.As(err, &at) || at.Line != c.line {
			t.Errorf("%s: got %v, want line %d", name, err, c.line)
		}
	}
	if units, err := place.ParseUnits(strings.NewReader("[" + unit("", "") + "]")); err != nil || len(units) != 1 {
		t.Errorf("the right one is refused: %v", err)
	}
}

func TestShenmuUnits(t *testing.T) {
	units := place.ShenmuUnits()
	if len(units) != 48 {
		t.Errorf("%d units", len(units))
	}
	for _, u := range units {
		if u.Tier.Chinese() == "" || u.Nature.Chinese() == "" || !u.SitsAt(u.Windows[0]) || u.SitsAt("综合窗口") {
			t.Errorf("%s", u.Code)
		}
	}
}

func TestWindowsKeepTheOrderOfTheStandard(t *testing.T) {
	for i, w := range place.Windows() {
		if place.WindowOrder(w) != i {
			t.Errorf("%s", w)
		}
	}
	if place.WindowOrder("特产窗口") != len(place.Windows()) {
		t.Error("a counter of a place's own comes last")
	}
}

func FuzzParseDivisions(f *testing.F) {
	f.Add(head + "610881000000,神木市,610800000000,3\n610881101000,高家堡镇,610881000000,4\n610881101200,高家堡村委会,610881101000,5\n")
	f.Add(head)
	f.Fuzz(func(t *testing.T, text string) {
		places, err := place.ParseDivisions(strings.NewReader(text))
		if err != nil {
			return
		}
		d, err := place.NewDirectory(places, nil)
		if err != nil {
			t.Fatalf("parsed, yet no tree: %v", err)
		}
		for _, p := range d.All() {
			if p.Name == "" || p.Service == "" || !p.Code.Within(d.Root().Code) {
				t.Fatalf("%+v", p)
			}
		}
	})
}

func FuzzParseUnits(f *testing.F) {
	f.Add(`[{"code":"minzheng","name":"神木市民政局","short":"民政局","tier":"city","nature":"government","telephone":null,"windows":["民政社保窗口"]}]`)
	f.Fuzz(func(t *testing.T, text string) {
		units, err := place.ParseUnits(strings.NewReader(text))
		if err != nil {
			return
		}
		for _, u := range units {
			if u.NameIn("高家堡镇") == "" {
				t.Fatalf("%+v", u)
			}
		}
	})
}
