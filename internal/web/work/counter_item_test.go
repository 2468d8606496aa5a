package work

import (
	"testing"

	"bianmin/internal/calendar"
	"bianmin/internal/item"
)

func TestPromiseIfAcceptedToday(t *testing.T) {
	cal := calendar.New(calendar.Official())
	for _, c := range []struct {
		item        item.Code
		due, limits string
		spot        bool
		teeth       [2]int
	}{
		{"BM-008", "3月24日 周二", "承诺 10 个工作日", false, [2]int{10, 0}},
		{"BM-001", "4月8日 周三", "承诺 20，法定 30 个工作日", false, [2]int{20, 30}}, // 清明 lies between
		{"BM-034", "3月30日 周一", "承诺 20，法定 60 个自然日", false, [2]int{20, 60}},
		{"BM-015", "3月10日 周二", "法定 10 个工作日", true, [2]int{}},
		{"BM-022", "3月10日 周二", "", true, [2]int{}},
	} {
		t.Run(string(c.item), func(t *testing.T) {
			got := showItem(itemOf(t, c.item), counterForm{}, cal, tenTwenty)
			var teeth [2]int
			if got.Teeth != nil {
				teeth = [2]int{got.Teeth.Promised, got.Teeth.Legal}
			}
			if got.Due != c.due || got.Limits != c.limits || got.Spot != c.spot || teeth != c.teeth {
				t.Errorf("%q %q %v %v", got.Due, got.Limits, got.Spot, teeth)
			}
		})
	}
}

func TestQuestionShowsTheAnswerGiven(t *testing.T) {
	def := itemOf(t, "BM-008")
	got := showItem(def, counterForm{Answers: map[string]string{"s1": "本人来办"}}, calendar.New(nil), tenTwenty).Questions
	if len(got) != 1 || got[0].Name != "answer.s1" || !got[0].Options[0].On || got[0].Options[1].On {
		t.Errorf("%+v", got)
	}
	for _, o := range showItem(def, counterForm{}, calendar.New(nil), tenTwenty).Questions[0].Options {
		if o.On {
			t.Errorf("%s is chosen beforehand", o.Label)
		}
	}
}

func TestSearchForTheItem(t *testing.T) {
	c := catalogue(t)
	for _, q := range []string{"高龄", "glbt", "BM-008", " 高龄补贴 "} {
		got := searchItems(c, q)
		if len(got.Hits) == 0 || got.Hits[0].Code != "BM-008" || got.Hits[0].Digit != "1" {
			t.Errorf("%q finds %+v", q, got.Hits)
		}
		if len(got.Hits) > hitsMost {
			t.Errorf("%q finds %d, more than there are digits", q, len(got.Hits))
		}
	}
	for _, signs := range []string{"。。", "😀", "（）"} { // Enter takes the first hit
		if got := searchItems(c, signs); len(got.Hits) != 0 {
			t.Errorf("%q finds %d", signs, len(got.Hits))
		}
	}
	if got := searchItems(c, "  "); len(got.Hits) != 0 {
		t.Errorf("nothing asked finds %d", len(got.Hits))
	}
	total := 0
	for _, w := range searchItems(c, "").All {
		total += len(w.Items)
	}
	if total != len(c.All()) {
		t.Errorf("%d of %d items stand in the list of all", total, len(c.All()))
	}
}
