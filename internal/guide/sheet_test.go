package guide

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bianmin/internal/calendar"
	"bianmin/internal/item"
)

var handedIn = time.Date(2026, 3, 10, 10, 20, 0, 0, calendar.Shanghai)

func official(t testing.TB) *calendar.Calendar {
	t.Helper()
	return calendar.New(calendar.Official())
}

func sheet(t testing.TB, code item.Code, answers map[string]string) Sheet {
	t.Helper()
	c, _ := demonstration(t)
	v, ok := c.Get(code)
	if !ok {
		t.Fatal(code)
	}
	s, err := SheetOf(v, answers, official(t), handedIn, func(o item.Owner) string { return o.String() }, "神木市人民政府")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func names(list []Paper) string {
	var said []string
	for _, p := range list {
		said = append(said, p.Name)
	}
	return strings.Join(said, "、")
}

// TestTheSheetOfDibao: handed in on 10 March 2026 the twenty working days end on 8 April: 6 April is 清明's.
func TestTheSheetOfDibao(t *testing.T) {
	s := sheet(t, "BM-001", nil)
	if s.Latest == nil || *s.Latest != "2026-04-08" || s.Presumed || s.Within != "20 个工作日" || s.Legal == nil || *s.Legal != "30 个工作日" {
		t.Errorf("%+v", s)
	}
	if got := strings.Join(s.Beside, "；"); got != "初审公示 7 个自然日" {
		t.Errorf("beside: %s", got)
	}
	if len(s.Bring) != 5 || len(s.Perhaps) != 1 || s.Perhaps[0].Name != "残疾人证或者疾病诊断证明" || !s.Perhaps[0].Later {
		t.Errorf("bring %s, perhaps %s", names(s.Bring), names(s.Perhaps))
	}
	if id := s.Bring[2]; id.Count != "原件 1 份，看完就还；复印件 1 份" || id.From == nil || *id.From != "公安机关" || id.Blank {
		t.Errorf("%+v", id)
	}
	if !s.Bring[0].Blank || !strings.Contains(s.Redress, "60 日内向神木市人民政府申请行政复议") || !s.Online || s.Charged || s.Fee != "不收费" {
		t.Errorf("%+v", s)
	}
}

func TestAnswersDecideWhatToBring(t *testing.T) {
	some := sheet(t, "BM-001", map[string]string{"s1": "有"})
	if len(some.Bring) != 6 || len(some.Perhaps) != 0 {
		t.Errorf("bring %s, perhaps %s", names(some.Bring), names(some.Perhaps))
	}
	all := sheet(t, "BM-001", map[string]string{"s1": "没有", "s2": "有人在外地"})
	if len(all.Bring) != 5 || len(all.Perhaps) != 0 || len(all.Remarks) != 1 || *all.Situations[1].Answer != "有人在外地" {
		t.Errorf("bring %s, perhaps %s, %v", names(all.Bring), names(all.Perhaps), all.Remarks)
	}
	c, _ := demonstration(t)
	v, _ := c.Get("BM-001")
	if _, err := SheetOf(v, map[string]string{"s1": "也许"}, official(t), handedIn, nil, ""); err == nil {
		t.Error("an answer that is not offered passes")
	}
}

// TestEverySheet: of every item with any answers, each paper stands in one list at most, a day stands where it takes days,
// and nothing that the page shows is empty.
func TestEverySheet(t *testing.T) {
	c, _ := demonstration(t)
	cal, all := official(t), c.All()
	rapid.Check(t, func(r *rapid.T) {
		v := rapid.SampledFrom(all).Draw(r, "item")
		answers := map[string]string{}
		for _, x := range v.Situations {
			if rapid.Bool().Draw(r, x.ID) {
				answers[x.ID] = rapid.SampledFrom(x.Options).Draw(r, "answer").Answer
			}
		}
		at := handedIn.AddDate(0, 0, rapid.IntRange(0, 700).Draw(r, "day"))
		s, err := SheetOf(v, answers, cal, at, func(item.Owner) string { return "有人" }, "")
		if err != nil {
			r.Fatal(err)
		}
		seen := map[string]bool{}
		for _, p := range append(append([]Paper{}, s.Bring...), s.Perhaps...) {
			if seen[p.Name] {
				r.Fatalf("%s: %s twice", v.Plain, p.Name)
			}
			seen[p.Name] = true
		}
		if s.OnTheSpot != (s.Latest == nil) || s.Latest != nil && *s.Latest < calendar.DateOf(at).String() || s.Within == "" || s.Result == "" || s.Redress == "" || len(s.Steps) != len(v.Steps) {
			r.Fatalf("%+v", s)
		}
		if len(answers) == len(v.Situations) && len(s.Perhaps) > 0 {
			r.Fatalf("all is answered, and perhaps %s", names(s.Perhaps))
		}
	})
}
