package demo

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/ident"
	"bianmin/internal/item"
)

func date(t *testing.T, s string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// texts are all that somebody writes about a case.
func texts() []string {
	all := slices.Concat(withdrawals, voidings, returns, returnsOfRelief, looksAtNumber, looksAtPhone, doubts)
	for _, list := range notes {
		all = append(all, list...)
	}
	for _, list := range approvals {
		all = append(all, list...)
	}
	for _, list := range refusals {
		all = append(all, list...)
	}
	for _, list := range rejections {
		for _, r := range list {
			all = append(all, r.ground, r.whose)
		}
	}
	for _, s := range specials {
		all = append(all, s.basis)
	}
	for _, list := range results {
		all = append(all, list...)
	}
	for _, name := range []string{"一寸照片", "申请书", "社会保障卡", "户口簿"} {
		all = append(all, defects(name)...)
	}
	return all
}

func TestTextsAreShortAndPlain(t *testing.T) {
	for _, s := range texts() {
		if n := len([]rune(s)); n < 3 || n > 50 || strings.TrimSpace(s) != s {
			t.Errorf("%d characters: %q", n, s)
		}
		for _, bad := range []string{"!", "！", "请勿", "非法", "失败", "抱歉", "  "} {
			if strings.Contains(s, bad) {
				t.Errorf("%q has %q", s, bad)
			}
		}
		if ident.MaskNumbers(s) != s {
			t.Errorf("%q has a number in it", s)
		}
	}
}

// TestNotesBelongToSteps: a step that was renamed would lose its note unseen.
func TestNotesBelongToSteps(t *testing.T) {
	known := map[string]bool{}
	for _, d := range item.Demonstration() {
		for _, s := range d.Steps {
			known[s.Name], known[string(s.Kind)], known[string(s.Kind)+" "+s.Owner.String()] = true, true, true
		}
	}
	for key := range notes {
		if !known[key] {
			t.Errorf("no step is called %q", key)
		}
	}
}

func TestReasonsBelongToItems(t *testing.T) {
	city := shenmu(t)
	has := func(code item.Code, what string) item.Version {
		def, known := city.Items.Get(code)
		if !known {
			t.Errorf("%s of %s, which is no item", what, code)
		}
		return def
	}
	for code := range refusals {
		has(code, "a refusal")
	}
	for code := range rejections {
		has(code, "a rejection")
	}
	for code := range demands {
		has(code, "a demand")
	}
	for code, s := range specials {
		def := has(code, "a special procedure")
		if !s.kind.Known() || results[s.kind] == nil {
			t.Errorf("%s: %s is no special procedure with a result", code, s.kind)
		}
		if cites := strings.Contains(s.basis, "行政许可法"); cites != (def.Regime == item.Licence) {
			t.Errorf("%s: only a licence cites the licensing law: %s", code, s.basis)
		}
	}
}

// TestNames: the lists hold whole names of one or two characters, none twice in one list.
func TestNames(t *testing.T) {
	given := regexp.MustCompile(`^\p{Han}{1,2}$`)
	for _, g := range generations {
		for _, list := range [][]string{g.women, g.men} {
			for i, name := range list {
				if !given.MatchString(name) || slices.Index(list, name) != i {
					t.Errorf("%q, before %d", name, g.before)
				}
			}
		}
	}
	for i, s := range surnames {
		known := slices.IndexFunc(surnames, func(x share) bool { return x.text == s.text })
		if len([]rune(s.text)) != 1 || s.weight < 1 || known != i {
			t.Errorf("the surname %q", s.text)
		}
	}
}

func TestPapersFitTheApplicant(t *testing.T) {
	city := shenmu(t)
	machine, _ := city.Items.Get("BM-041")
	for kind, want := range map[cases.ApplicantKind]string{cases.APerson: "居民身份证", cases.AnOrganisation: "营业执照"} {
		other := map[string]string{"居民身份证": "营业执照", "营业执照": "居民身份证"}[want]
		for i := range uint64(50) {
			list := papers(randomOf(i), &machine, who{kind: kind, age: 40})
			if !brought(list, want) || brought(list, other) || !brought(list, "购机发票") {
				t.Fatalf("%s brings %v", kind, list)
			}
		}
	}
	elder, _ := city.Items.Get("BM-008")
	for i := range uint64(50) {
		list := papers(randomOf(i), &elder, who{kind: cases.APerson, age: 80})
		if brought(list, "委托书") != brought(list, "受托人身份证") {
			t.Fatalf("an authorisation alone: %v", list)
		}
	}
}
