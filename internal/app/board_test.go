package app_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"bianmin/internal/cases"
)

const head, otherHead, supervisor = "head-610881101", "head-610881102", "supervisor"

// figures is the board as the API gives it.
func (h *house) figures(t *testing.T, account, query string) (f cases.Figures) {
	t.Helper()
	h.as(t, account).get(t, "/api/v1/board?"+query).want(t, 200).into(t, &f)
	return f
}

// TestFiguresAreWhatTheirListsHold: every figure of every board counts exactly the cases of the list that it leads to,
// before the changes are added up and after.
func TestFiguresAreWhatTheirListsHold(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		card := h.walked(t)["card"]
		v := h.toDecide(t)
		h.fold(t) // what ends after it waits to be taken off again
		h.as(t, clerk).did(t, card, "withdraw", form{"reason": someReason})
		h.as(t, gongan).did(t, v, "decide", form{"approve": true})
		for range 2 {
			for _, place := range []string{city, gaojiabu, gaoVillage} {
				h.compare(t, place)
			}
			h.fold(t)
		}
	})
}

// fold adds the changes of the counts up.
func (h *house) fold(t *testing.T) {
	t.Helper()
	if _, err := h.app.Cases.FoldTallies(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func (h *house) compare(t *testing.T, place string) {
	t.Helper()
	c, f := h.as(t, supervisor), h.figures(t, supervisor, "place="+place)
	in := "&place=" + place
	if place == city {
		in = ""
	}
	check := func(what string, n int64, query string) {
		t.Helper()
		if got := int64(len(everything(t, c, "limit=200&"+query))); got != n {
			t.Errorf("%s, %s: %d, its list has %d (%s)", place, what, n, got, query)
		}
	}
	stand := func(what string, s cases.Stand, query string) {
		t.Helper()
		check(what+" open", s.Open, "open=true"+query)
		check(what+" due today", s.DueToday, "open=true&late=today"+query)
		check(what+" past the promise", s.Promise, "open=true&late=promise"+query)
		check(what+" past the law", s.Law, "open=true&late=law"+query)
	}
	stand("all", f.Stand, in)
	check("late", f.Late(), "open=true&late=any"+in)
	check("filed today", f.FiledToday, "filed="+f.Day+in)
	for _, m := range f.Months[len(f.Months)-3:] {
		check(m.Month+" filed", m.Filed, "filed="+m.Month+in)
		check(m.Month+" done", m.Done, "done_in="+m.Month+in)
		check(m.Month+" done late", m.Done-m.OnTime, "done_late=true&done_in="+m.Month+in)
	}
	var sum int64
	for _, x := range f.States {
		check(x.StateName, x.Open, "open=true&state="+string(x.State)+in)
		sum += x.Open
	}
	if sum != f.Open || f.Open == 0 {
		t.Errorf("%s: the states make %d, open are %d", place, sum, f.Open)
	}
	for i, p := range f.Below {
		if p.Open == 0 || i > 4 {
			continue
		}
		own := ""
		if p.Place == f.Place {
			own = "&own=true"
		}
		stand(p.PlaceName, p.Stand, "&place="+string(p.Place)+own)
		check(p.PlaceName+" done", p.Done, "done_in="+f.Month+"&place="+string(p.Place)+own)
	}
	for i, x := range f.Items {
		if x.Stand == (cases.Stand{}) {
			t.Errorf("%s: %s has nothing open and stands there", place, x.ItemName)
		}
		if i < 4 {
			stand(x.ItemName, x.Stand, "&item="+string(x.Item)+in)
		}
	}
	for i, x := range f.Hands {
		if x.Stand == (cases.Stand{}) {
			t.Errorf("%s: %s has nothing in hand and stands there", place, x.PostName)
		}
		if i < 6 {
			stand(x.PostName, x.Stand, "&post="+string(x.Post)+in)
		}
	}
}

// TestABoardShowsWhatItsReaderSees: a head asking for the city, or another town, gets the own one.
func TestABoardShowsWhatItsReaderSees(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for asked, want := range map[string]string{"": gaojiabu, city: gaojiabu, otherTown: gaojiabu, gaoVillage: gaoVillage, "610881102200": gaojiabu, "x": gaojiabu} {
			if f := h.figures(t, head, "place="+asked); string(f.Place) != want {
				t.Errorf("asked for %s: %s, want %s", asked, f.Place, want)
			}
		}
		if f := h.figures(t, supervisor, ""); string(f.Place) != city || len(f.Below) != 20 {
			t.Errorf("%s with %d towns", f.Place, len(f.Below))
		}
		h.as(t, supervisor).get(t, "/api/v1/board?month=2026").want(t, 422)
		for _, query := range []string{"filed=2026-13", "done_in=x", "late=never"} {
			if got := h.as(t, supervisor).get(t, filing+"?"+query); got.status != 422 && got.status != 400 {
				t.Errorf("%s: %d", query, got.status)
			}
		}
	})
}

// TestSeveralAtOnce: each is done by itself; the one that somebody else took meanwhile is told apart, and pressing again
// does nothing twice.
func TestSeveralAtOnce(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		var targets []form
		var made []cases.View
		for range 3 {
			v := h.toDecide(t)
			made = append(made, v)
			targets = append(targets, form{"number": v.Number, "version": v.Version})
		}
		h.as(t, gongan).did(t, made[1], "take", nil)
		send := func(k string, body form) reply {
			return h.as(t, gongan).send(t, http.MethodPost, filing+"/several", body, key(k))
		}
		body := form{"verb": "decide", "cases": targets, "approve": false, "reason": "照片不合格"}
		for range 2 {
			var out struct {
				Outcomes []struct {
					Number  string
					Done    bool
					Case    *struct{ State string }
					Problem *struct{ Code, Detail string }
				}
			}
			send("several-1", body).want(t, 200).into(t, &out)
			for i, o := range out.Outcomes {
				if want := i != 1; o.Done != want || o.Number != string(made[i].Number) {
					t.Errorf("%d: %+v", i, o)
				}
				if o.Done && o.Case.State != "decided" || !o.Done && (o.Problem.Code != "stale_version" || o.Problem.Detail == "") {
					t.Errorf("%d: %+v", i, o)
				}
			}
		}
		for i, v := range made {
			n := 0
			for _, e := range events(t, h.as(t, gongan), v) {
				if e.Kind == cases.KindDecided {
					n++
				}
			}
			if want := map[bool]int{true: 1, false: 0}[i != 1]; n != want {
				t.Errorf("%d was decided %d times", i, n)
			}
		}
		other := h.as(t, clerk).did(t, h.filed(t, "BM-031", gaojiabu), "accept", nil)
		fresh := h.toDecide(t)
		for name, c := range map[string]struct {
			body form
			want string
		}{
			"none":          {form{"verb": "take", "cases": []form{}}, "cases:required"},
			"twice":         {form{"verb": "take", "cases": []form{targets[0], targets[0]}}, "cases[1].number:twice"},
			"a blank left":  {form{"verb": "decide", "cases": []form{{"number": fresh.Number, "version": fresh.Version}}, "approve": false, "reason": "收入＿＿元"}, "reason:blank_left"},
			"no decision":   {form{"verb": "decide", "cases": targets}, "approve:required"},
			"not one's own": {form{"verb": "take", "cases": []form{{"number": other.Number, "version": other.Version}}}, ""},
			"another kind":  {form{"verb": "take", "cases": []form{{"number": fresh.Number, "version": fresh.Version}, {"number": other.Number, "version": other.Version}}}, "cases[1].number:another_kind"},
		} {
			got := send("several "+name, c.body)
			if c.want != "" {
				got.at(t, c.want)
				continue
			}
			if got.want(t, 200); !strings.Contains(string(got.raw), `"not_your_step"`) {
				t.Errorf("%s: %s", name, got.raw)
			}
		}
		many := make([]form, 101)
		for i := range many {
			many[i] = targets[0]
		}
		if got := send("many", form{"verb": "take", "cases": many}); got.status != 422 {
			t.Errorf("101 at once: %d", got.status)
		}
	})
}

// TestWhatWasDoneToday: one's own deeds and the post's, and what waits for others.
func TestWhatWasDoneToday(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		v := h.toDecide(t)
		h.as(t, gongan).did(t, v, "decide", form{"approve": true})
		for _, whose := range []string{"me", "post"} {
			var out struct{ Deeds []cases.Deed }
			h.as(t, gongan).get(t, "/api/v1/today?whose="+whose).want(t, 200).into(t, &out)
			if len(out.Deeds) == 0 || out.Deeds[0].Case.Number != v.Number || out.Deeds[0].Kind != cases.KindDecided {
				t.Errorf("%s: %+v", whose, out.Deeds)
			}
		}
		others := numbers(everything(t, h.as(t, gongan), "limit=200&others=true"))
		todo := numbers(everything(t, h.as(t, gongan), "limit=200&todo=me"))
		if fmt.Sprint(others) == fmt.Sprint(todo) || len(others) == 0 {
			t.Errorf("%d wait for others, %d for us", len(others), len(todo))
		}
	})
}

// TestPhrases are those of the item's rules, then those of all.
func TestPhrases(t *testing.T) {
	once(t, func(t *testing.T, h *house) {
		var out struct {
			Phrases []struct{ Label, Text string }
		}
		h.as(t, desk).get(t, "/api/v1/items/"+oldAge+"/phrases?answer=refuse").want(t, 200).into(t, &out)
		if len(out.Phrases) < 3 || strings.Contains(out.Phrases[0].Text, "行政许可") {
			t.Errorf("%+v", out.Phrases)
		}
		h.as(t, desk).get(t, "/api/v1/items/"+oldAge+"/phrases?answer=amend").want(t, 422)
		h.as(t, desk).get(t, "/api/v1/items/BM-999/phrases?answer=refuse").want(t, 404)
	})
}

// TestRequestsForTimeOfAnyItemsAtOnce: the head answers several requests together, of different items, steps and people;
// each has its own record, and the one that was decided meanwhile is told apart.
func TestRequestsForTimeOfAnyItemsAtOnce(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		ask := form{"days": 5, "reason": "等外地回函"}
		first := h.as(t, agent).did(t, h.as(t, clerk).did(t, h.filed(t, oldAge, gaoVillage), "accept", nil), "extend", ask)
		second := h.as(t, desk).did(t, h.as(t, clerk).did(t, h.filed(t, "BM-013", gaoVillage), "accept", nil), "extend", ask)
		third := h.as(t, desk).did(t, h.as(t, clerk).did(t, h.filed(t, "BM-013", gaoVillage), "accept", nil), "extend", ask)
		var targets []form
		for _, v := range []cases.View{first, second, third} {
			targets = append(targets, form{"number": v.Number, "version": v.Version})
		}
		h.as(t, head).did(t, third, "refuse-extension", form{"reason": "还来得及"})
		var out struct {
			Outcomes []struct {
				Done    bool
				Case    *struct{ Extension struct{ State string } }
				Problem *struct{ Code string }
			}
		}
		body := form{"verb": "approve-extension", "cases": targets}
		h.as(t, head).send(t, http.MethodPost, filing+"/several", body, key("time-1")).want(t, 200).into(t, &out)
		for i, o := range out.Outcomes {
			if i < 2 && (!o.Done || o.Case.Extension.State != "granted") || i == 2 && (o.Done || o.Problem.Code != "stale_version") {
				t.Errorf("%d: %+v", i, o)
			}
		}
		for i, v := range []cases.View{first, second} {
			list := events(t, h.as(t, head), v)
			if last := list[len(list)-1]; last.Kind != cases.KindExtended {
				t.Errorf("%d ends with %s", i, last.Kind)
			}
		}
		// Who asked does not decide.
		h.as(t, desk).send(t, http.MethodPost, filing+"/several", body, key("time-2")).want(t, 200).into(t, &out)
		for i, o := range out.Outcomes {
			if o.Done || o.Problem == nil {
				t.Errorf("the desk, %d: %+v", i, o)
			}
		}
	})
}
