package place_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"bianmin/internal/place"
)

func TestParseCodeRefuses(t *testing.T) {
	for _, s := range []string{
		"", "610881", "61088110100", "6108811010000", "61088110100x", "６１０８８１１０１０００", " 10881101000",
		"010881101000", "910881101000", "600000000000", "610881000200", "-10881101000",
	} {
		if code, err := place.ParseCode(s); err == nil {
			t.Errorf("%q became %s", s, code)
		}
	}
}

func TestCodeTellsItsTier(t *testing.T) {
	for _, c := range []struct {
		code             place.Code
		city, town, room bool
		itsTown          place.Code
		short            string
	}{
		{"610881000000", true, false, false, "610881000000", "610881000"},
		{"610000000000", true, false, false, "610000000000", "610000000"},
		{"610881101000", false, true, false, "610881101000", "610881101"},
		{"610881101200", false, false, true, "610881101000", "610881101"},
		{"610881003400", false, false, true, "610881003000", "610881003"},
		{"", false, false, false, "", ""},
		{"61", false, false, false, "61", "61"},
	} {
		if c.code.IsCity() != c.city || c.code.IsTown() != c.town || c.code.IsRoom() != c.room {
			t.Errorf("%s: tier", c.code)
		}
		if c.code.Town() != c.itsTown || c.code.Short() != c.short {
			t.Errorf("%s: town %s, short %s", c.code, c.code.Town(), c.code.Short())
		}
	}
}

func TestWithin(t *testing.T) {
	for _, c := range []struct {
		inner, outer place.Code
		want         bool
	}{
		{"610881101200", "610881101200", true},
		{"610881101200", "610881101000", true},
		{"610881101200", "610881000000", true},
		{"610881101200", "610800000000", true},
		{"610881101200", "610000000000", true},
		{"610881101200", "610881102000", false},
		{"610881101000", "610881101200", false},
		{"610881000000", "610881101000", false},
		{"610822101200", "610881000000", false},
		{"610881101200", "", false},
		{"", "610881000000", false},
	} {
		if c.inner.Within(c.outer) != c.want {
			t.Errorf("%s within %s: want %v", c.inner, c.outer, c.want)
		}
	}
}

func TestEveryCodeHasOneTierAndLiesInThoseAbove(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := fmt.Sprintf("%02d%02d%02d%03d%03d", rapid.IntRange(11, 82).Draw(t, "province"), rapid.IntRange(0, 99).Draw(t, "prefecture"),
			rapid.IntRange(0, 99).Draw(t, "county"), rapid.IntRange(0, 999).Draw(t, "town"), rapid.IntRange(0, 999).Draw(t, "room"))
		code, err := place.ParseCode(s)
		if err != nil {
			return // no town above the village, or a province like 20
		}
		tiers := 0
		for _, is := range []bool{code.IsCity(), code.IsTown(), code.IsRoom()} {
			if is {
				tiers++
			}
		}
		if tiers != 1 || !code.Within(code.Town()) || !code.Within(code.City()) || !code.Town().Within(code.City()) {
			t.Fatalf("%s: %d tiers, town %s, city %s", code, tiers, code.Town(), code.City())
		}
		if again, err := place.ParseCode(string(code.Town())); err != nil || again.Town() != again {
			t.Fatalf("%s: the town's code %s does not hold", code, again)
		}
	})
}

func FuzzParseCode(f *testing.F) {
	f.Add("610881101200")
	f.Add("61088110120")
	f.Fuzz(func(t *testing.T, s string) {
		code, err := place.ParseCode(s)
		if err != nil {
			return
		}
		if string(code) != s || len(s) != 12 || code.Kind().Chinese() == "" {
			t.Fatalf("%q became %q", s, code)
		}
	})
}
