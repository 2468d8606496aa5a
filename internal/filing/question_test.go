package filing

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bianmin/internal/calendar"
	"bianmin/internal/item"
	"bianmin/internal/place"
)

var today = calendar.NewDate(2026, 3, 10)

func shenmu(t testing.TB) *place.Directory {
	t.Helper()
	d, err := place.NewDirectory(place.Shenmu(), place.ShenmuUnits())
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func theItem(t testing.TB, code item.Code) item.Definition {
	t.Helper()
	c, err := item.NewCatalogue(item.FirstVersions(item.Demonstration()))
	if err != nil {
		t.Fatal(err)
	}
	v, ok := c.Get(code)
	if !ok {
		t.Fatal(code)
	}
	return v.Definition
}

func ids(list []Question) string {
	var said []string
	for _, q := range list {
		said = append(said, q.ID)
	}
	return strings.Join(said, " ")
}

// TestTheQuestionsOfDibao: for oneself ten, for another twelve: the budget of a farmer of 70.
func TestTheQuestionsOfDibao(t *testing.T) {
	d, places := theItem(t, "BM-001"), shenmu(t)
	if got := ids(Questions(d, Answers{ForWhom: Myself}, places)); got != "for name id_number phone town village own-s1 own-s2 papers" {
		t.Error(got)
	}
	other := Questions(d, Answers{ForWhom: Another, Town: "610881101000"}, places)
	if got := ids(other); got != "for filer relation name id_number phone town village own-s1 own-s2 papers" {
		t.Error(got)
	}
	if len(other)+1 > 12 { // and the list of answers
		t.Errorf("%d screens", len(other)+1)
	}
	q, _, _ := Find(other, Village)
	if !q.offers("610881101200") || !q.offers("610881101000") || q.offers("610881102200") {
		t.Error("the villages of another town, or not those of this one")
	}
}

func TestReadingAnAnswer(t *testing.T) {
	list := Questions(theItem(t, "BM-001"), Answers{Town: "610881101000", OwnPrefix + "s1": "有"}, shenmu(t))
	for _, c := range []struct{ id, typed, want, wrong string }{
		{Name, " 折桂英 ", "折桂英", ""},
		{Name, "", "", "请写名字，和身份证上的一样"},
		{Name, "<b>折</b>𠮷", "<b>折</b>𠮷", ""},
		{Name, strings.Repeat("买", 50), strings.Repeat("买", 50), ""},
		{Name, "折\u200b桂英", "", "姓名里有看不见的符号，请重新写"},
		{Name, "折\ufffd英", "", "姓名里有看不见的符号，请重新写"}, // what a browser makes of a lone surrogate
		{IDNumber, "612722 1954-1002 0026", "612722195410020026", ""},
		{IDNumber, "61272219541002002", "", "身份证号少了 1 位"},
		{IDNumber, "", "", "请写身份证号，18 位"},
		{Phone, "139 9123 4567", "13991234567", ""},
		{Phone, "0912 5550100", "", "座机收不到短信，请写手机号"},
		{ForWhom, "", "", "请选一个"},
		{ForWhom, "nobody", "", "请从列出来的里面选"},
		{Village, "610881102200", "", "请从列出来的里面选"},
		{OwnPrefix + "s1", "有", "有", ""},
		{Papers, "户口簿\n别的\n居民身份证", "居民身份证\n户口簿", ""},
		{Papers, "", "", ""},
	} {
		q, _, ok := Find(list, c.id)
		if !ok {
			t.Fatal(c.id)
		}
		got, wrong := q.Check(c.typed, today)
		said := ""
		if wrong != nil {
			said = wrong.Message
		}
		if got != c.want || said != c.wrong {
			t.Errorf("%s %q: %q %q, want %q %q", c.id, c.typed, got, said, c.want, c.wrong)
		}
	}
}

// TestAnAnswerThatIsNoLongerOfferedIsOpenAgain: who moves to another town has to say the village anew.
func TestAnAnswerThatIsNoLongerOfferedIsOpenAgain(t *testing.T) {
	d, places := theItem(t, "BM-008"), shenmu(t)
	a := Answers{ForWhom: Myself, Name: "折桂英", IDNumber: "612722195410020026", Phone: "13991234567", Town: "610881101000", Village: "610881101200", OwnPrefix + "s1": "本人来办", Papers: ""}
	if q, _, open := Open(Questions(d, a, places), a); open {
		t.Fatalf("%s is open", q.ID)
	}
	a[Town] = "610881102000"
	if q, _, open := Open(Questions(d, a, places), a); !open || q.ID != Village {
		t.Errorf("%s is open", q.ID)
	}
}

// TestAnyWayThroughTheQuestions: whoever answers what is open comes to an end, with an application that holds every paper
// that is asked for, and in twelve screens for every item of the catalogue.
func TestAnyWayThroughTheQuestions(t *testing.T) {
	places, all := shenmu(t), item.Demonstration()
	rapid.Check(t, func(r *rapid.T) {
		d := rapid.SampledFrom(all).Draw(r, "item")
		a, screens := Answers{}, 0
		for ; ; screens++ {
			list := Questions(d, a, places)
			q, at, open := Open(list, a)
			if !open {
				break
			}
			if screens > 15 || at != screens {
				r.Fatalf("%s: question %d of %s comes as number %d", d.Plain, at, ids(list), screens)
			}
			typed := map[string]string{Name: "折桂英", Filer: "折小梅", IDNumber: "612722195410020026", Phone: "13991234567"}[q.ID]
			if len(q.Options) > 0 && q.Kind != Ticks {
				typed = rapid.SampledFrom(q.Options).Draw(r, q.ID).Value
			}
			said, wrong := q.Check(typed, today)
			if wrong != nil {
				r.Fatalf("%s %q: %s", q.ID, typed, wrong.Message)
			}
			if a[q.ID] = said; q.Shown(said) == "" {
				r.Fatalf("%s shows nothing for %q", q.ID, said)
			}
		}
		if app := application(d, a); len(app.Materials) != len(Needed(d, a)) || app.Name == "" || app.Place == "" {
			r.Fatalf("%+v", app)
		}
	})
}

func FuzzCheck(f *testing.F) {
	f.Add(Name, "折桂英")
	f.Add(IDNumber, "612722195410020026")
	f.Add(Papers, "户口簿\n")
	list := Questions(theItem(f, "BM-001"), Answers{ForWhom: Another, Town: "610881101000"}, shenmu(f))
	f.Fuzz(func(t *testing.T, id, typed string) {
		q, _, ok := Find(list, id)
		if !ok {
			return
		}
		if said, wrong := q.Check(typed, today); wrong != nil && (wrong.Message == "" || said != "") {
			t.Fatalf("%q %+v", said, wrong)
		}
	})
}
