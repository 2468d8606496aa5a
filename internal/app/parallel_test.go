package app_test

import (
	"strings"
	"sync"
	"testing"

	"bianmin/internal/app"
	"bianmin/internal/cases"
)

// TestTwoDecideAtOnce lets two sessions decide on the same case at the same moment, one yes and one no, 500 times:
// exactly one wins, and the other learns who was first, and when.
func TestTwoDecideAtOnce(t *testing.T) {
	const pairs, workers = 500, 16
	each(t, func(t *testing.T, h *house) {
		clerk, yes, no := h.as(t, clerk), h.as(t, gongan), h.signIn(t, gongan)
		queue := make(chan int)
		var all sync.WaitGroup
		for range workers {
			all.Go(func() {
				for range queue {
					v, ok := accepted(t, clerk, application(h, firstCard, gaojiabu, newPerson()))
					if ok {
						race(t, v, yes, no)
					}
				}
			})
		}
		for i := range pairs {
			queue <- i
		}
		close(queue)
		all.Wait()
		h.verifies(t)
	})
}

// verifies says that the record and the rows agree, to the last column, while the program runs on.
func (h *house) verifies(t *testing.T) {
	t.Helper()
	err := app.Verify(t.Context(), h.config, func(what string) { t.Errorf("verify finds: %s", what) }, func(string, int64) {})
	if err != nil {
		t.Error(err)
	}
}

// accepted files and accepts a case; it does not end the test, which runs beside.
func accepted(t *testing.T, c *client, f form) (v cases.View, ok bool) {
	filed := c.post(t, filing, f)
	if filed.status != 201 {
		t.Errorf("%d %s", filed.status, short(filed.raw))
		return v, false
	}
	accepted := c.does(t, filed.view(t), "accept", nil)
	if accepted.status != 200 {
		t.Errorf("%d %s", accepted.status, short(accepted.raw))
		return v, false
	}
	return accepted.view(t), true
}

func race(t *testing.T, v cases.View, yes, no *client) {
	answers := together(2, func(i int) reply {
		if i == 0 {
			return yes.does(t, v, "decide", form{"approve": true})
		}
		return no.does(t, v, "decide", form{"approve": false, "reason": "材料不实"})
	})
	winner, loser := answers[0], answers[1]
	if winner.status != 200 {
		winner, loser = loser, winner
	}
	if winner.status != 200 || loser.status != 409 {
		t.Errorf("%d and %d: %s %s", winner.status, loser.status, short(winner.raw), short(loser.raw))
		return
	}
	won, p := winner.view(t), loser.problem(t)
	if p.Code != "stale_version" || p.Facts["last_account"] != gongan || p.Facts["last_by"] != won.Responsible.Name || p.Facts["last_at"] != *won.DecidedAt ||
		p.Facts["last_kind"] != "decided" || !strings.Contains(p.Detail, won.Responsible.Name) {
		t.Errorf("the second is told %s", short(loser.raw))
	}
	if p.Case["approved"] != *won.Approved || p.Case["version"] != float64(won.Version) {
		t.Errorf("the second is shown %v, version %v", p.Case["approved"], p.Case["version"])
	}
}
