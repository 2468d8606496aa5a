package phrase

import (
	"slices"
	"strings"
	"testing"

	"bianmin/internal/item"
)

var regimes = []item.Regime{item.Licence, item.Relief, item.Insurance, item.Household, item.Confirmation, item.Service, item.Utility, item.Party}

func TestEveryAnswerHasAWordingUnderEveryRegime(t *testing.T) {
	for _, what := range []string{"approve", "refuse", "pass", "return", "suspend", "extend", "refuse-extension", "reject"} {
		if !slices.Contains(Answers(), what) {
			t.Errorf("%s stands nowhere", what)
		}
		for _, r := range regimes {
			if len(For(what, r)) == 0 {
				t.Errorf("%s has no wording under %s", what, r)
			}
		}
	}
	if len(For("amend", item.Relief)) != 0 {
		t.Error("an answer that stands nowhere has wordings")
	}
}

// TestOnlyLicencesCiteTheLicensingLaw, and every wording is a sentence that fits.
func TestOnlyLicencesCiteTheLicensingLaw(t *testing.T) {
	for _, what := range Answers() {
		for _, r := range regimes {
			seen := map[string]bool{}
			for _, p := range For(what, r) {
				if r != item.Licence && strings.Contains(p.Text, "行政许可") {
					t.Errorf("%s under %s: %s", what, r, p.Text)
				}
				if !strings.HasSuffix(p.Text, "。") || len([]rune(p.Text)) > 300 || len([]rune(p.Label)) > 14 {
					t.Errorf("%s: %s %s", what, p.Label, p.Text)
				}
				if seen[p.Label] {
					t.Errorf("%s under %s: %s twice", what, r, p.Label)
				}
				seen[p.Label] = true
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(source)
	f.Add("refuse\t*\tx")
	f.Fuzz(func(t *testing.T, table string) {
		list, err := parse(table)
		for _, l := range list {
			if err != nil || l.what == "" || l.Text == "" {
				t.Errorf("%+v, %v", l, err)
			}
		}
	})
}
