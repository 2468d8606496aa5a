package app_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
)

// TestWhoOpensACaseIsOnRecord: whoever works it is not noted, anybody else once a day however often and at how many copies;
// the applicant reads it, and the case itself stays as it was.
func TestWhoOpensACaseIsOnRecord(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		v, phone := h.own(t, oldAge, gaojiabu)
		at := "/api/v1/cases/" + string(v.Number)
		me := h.citizenOf(t, phone)
		looks := func() []any { return me.get(t, "/api/v1/my/looks").want(t, 200).object(t)["looks"].([]any) }

		h.as(t, clerk).get(t, at).want(t, 200)
		if list := looks(); len(list) != 0 {
			t.Errorf("the clerk who works it is noted: %v", list)
		}
		supervisor := h.as(t, "supervisor")
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() { supervisor.get(t, at).want(t, 200) })
		}
		all.Wait()
		list := looks()
		if len(list) != 1 {
			t.Fatalf("%d looks, want one: %v", len(list), list)
		}
		look := list[0].(form)
		if look["number"] != string(v.Number) || !strings.Contains(look["reason"].(string), "监督人员") || look["by"] == "" || look["place_name"] == "" {
			t.Errorf("%v", look)
		}
		h.as(t, "head-610881101").get(t, at).want(t, 200)
		if list := looks(); len(list) != 2 || !strings.Contains(list[0].(form)["reason"].(string)+list[1].(form)["reason"].(string), "站长") {
			t.Errorf("the head, who has no part in it, is not noted: %v", list)
		}
		// Its record tells as much as its page.
		h.as(t, "inspector").get(t, at+"/events").want(t, 200)
		if list := looks(); len(list) != 3 {
			t.Errorf("%d looks after the inspector read the record: %v", len(list), list)
		}
		again := h.as(t, clerk).get(t, at).want(t, 200).view(t)
		if again.Version != v.Version {
			t.Errorf("a look makes version %d of %d", again.Version, v.Version)
		}
		if said := string(h.as(t, clerk).get(t, at+"/events").want(t, 200).raw); strings.Contains(said, "opened") {
			t.Errorf("it stands among what happened to the case: %s", said)
		}
		h.verifies(t)
	})
}

// TestALookIsNotedAgainTheDayAfter, and by each person apart.
func TestALookIsNotedAgainTheDayAfter(t *testing.T) {
	eachLand(t, func(t *testing.T, l *land) {
		v := l.files(t.Context(), clerk, gaoVillage, withPhone("5127"))
		opens := func(ctx context.Context, a access.Actor) {
			t.Helper()
			if _, err := l.app.Cases.Open(ctx, a, v.Number); err != nil {
				t.Fatal(err)
			}
		}
		one, two := access.Actor{Account: "s1", Name: "甲", Role: access.Supervisor, Place: city}, access.Actor{Account: "s2", Name: "乙", Role: access.Inspector, Place: city}
		opens(t.Context(), one)
		opens(t.Context(), two)
		opens(t.Context(), one)
		l.wall.Set(moment("2026-03-11 00:00"))
		opens(t.Context(), one)
		entries, err := l.app.Journal.About(t.Context(), "opened/"+string(v.Number))
		var said []string
		for _, e := range entries {
			said = append(said, e.Actor+" "+calendar.DateOf(e.At).String())
		}
		if got := strings.Join(said, ", "); err != nil || got != "s1 2026-03-10, s2 2026-03-10, s1 2026-03-11" {
			t.Errorf("%s %v", got, err)
		}
	})
}
