package app_test

import (
	"testing"
	"time"
)

const moving = "/api/v1/demo/clock"

// reads is the instant that the demonstration's clock shows.
func (c *client) moves(t *testing.T, body form) time.Time {
	t.Helper()
	answer := c.post(t, moving, body).want(t, 200).object(t)
	shape{"now": instant}.fits(t, "the clock", answer)
	now, err := time.Parse(time.RFC3339, answer["now"].(string))
	if err != nil {
		t.Fatal(err)
	}
	return now
}

func TestTheDemonstrationsClockGoesForwardAlone(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		admin := h.as(t, "admin")
		start := admin.moves(t, form{"advance": "0s"})
		if start.Before(time.Date(2026, 3, 10, 10, 20, 0, 0, time.FixedZone("", 8*3600))) {
			t.Errorf("the clock shows %v", start)
		}
		v := h.toDecide(t)
		if got := admin.moves(t, form{"advance": "26h"}); got.Before(start.Add(26*time.Hour)) || got.After(start.Add(27*time.Hour)) {
			t.Errorf("26 hours after %v it is %v", start, got)
		}
		// A day has ended in Shanghai, so that one day less is left, by the same clock everywhere.
		if left := h.as(t, clerk).get(t, path(v)).want(t, 200).view(t).Limits.Promised.Left; left >= v.Limits.Promised.Left {
			t.Errorf("%d days were left, now %d", v.Limits.Promised.Left, left)
		}
		to := start.Add(50 * time.Hour)
		if got := admin.moves(t, form{"to": to.Format(time.RFC3339)}); got.Before(to.Truncate(time.Second)) || got.After(to.Add(time.Hour)) {
			t.Errorf("moved to %v it shows %v", to, got)
		}
		h.restart(t)
		if got := admin.moves(t, form{"advance": "0s"}); got.Before(to.Truncate(time.Second)) || got.After(to.Add(time.Hour)) {
			t.Errorf("after a restart it shows %v", got)
		}
		if filed := h.filed(t, oldAge, gaoVillage); filed.FiledAt < to.Format(time.RFC3339) {
			t.Errorf("a case is filed at %s", filed.FiledAt)
		}
		admin.get(t, "/api/v1/places").want(t, 200) // sessions go by real time: two days did not end this one
	})
}

func TestWhatTheClockRefuses(t *testing.T) {
	once(t, func(t *testing.T, h *house) {
		admin := h.as(t, "admin")
		for name, c := range map[string]struct {
			body form
			want string
		}{
			"both":                {form{"advance": "1h", "to": "2027-03-12T09:00:00+08:00"}, "advance:one_of"},
			"neither":             {form{}, "advance:one_of"},
			"no duration":         {form{"advance": "soon"}, "advance:not_a_duration"},
			"a number":            {form{"advance": 26}, "advance:not_string"},
			"backwards":           {form{"advance": "-1s"}, "advance:clock_backwards"},
			"back to a day":       {form{"to": "2026-03-01T00:00:00+08:00"}, "to:clock_backwards"},
			"a hundred years":     {form{"to": "2126-03-01T00:00:00+08:00"}, "to:clock_backwards"},
			"a hundred years on":  {form{"advance": "876000h"}, "advance:clock_backwards"},
			"no time":             {form{"to": "2026-03-12 09:00"}, "to:not_a_time"},
			"a day without time":  {form{"to": "2026-03-12"}, "to:not_a_time"},
			"a field of no sense": {form{"advance": "1h", "pace": 2}, "pace:unknown_field"},
		} {
			t.Run(name, func(t *testing.T) { admin.post(t, moving, c.body).at(t, c.want) })
		}
		for _, account := range []string{clerk, "supervisor", "inspector"} {
			h.as(t, account).post(t, moving, form{"advance": "1h"}).want(t, 403, "forbidden")
		}
		h.nobody().post(t, moving, form{"advance": "1h"}).want(t, 401, "not_signed_in")
	})
}
