package work

import (
	"net/http"
	"time"

	"bianmin/internal/gate"
	"bianmin/internal/problem"
	"bianmin/internal/web/ui"
)

// clockSteps are how far the demonstration's clock can be moved at once.
var clockSteps = []ui.Option{{Value: "1h", Label: "1 小时"}, {Value: "24h", Label: "1 天"}, {Value: "72h", Label: "3 天"}, {Value: "168h", Label: "7 天"}, {Value: "720h", Label: "30 天"}}

// clockMove moves the demonstration's clock forward; what falls due on the way happens before the answer.
func (s *Site) clockMove(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	posted, err := form(w, r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	by, err := time.ParseDuration(posted.Get("by"))
	if err != nil || by <= 0 {
		s.Refuse(w, r, &problem.Problem{Kind: problem.Invalid, Code: "clock_backwards"})
		return
	}
	if err := s.MoveClock(r.Context(), actor, by); err != nil {
		s.Refuse(w, r, err)
		return
	}
	s.showAccounts(w, r, http.StatusOK, accountsPage{Said: "现在是 " + moment(s.Clock.Now())})
}
