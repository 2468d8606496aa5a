package work

import (
	"net/http"
	"slices"
	"strconv"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/gate"
	"bianmin/internal/web/ui"
)

// waitingMost is how far what waits is counted; beyond it the link says 99+.
const waitingMost = 100

// waits are the lists whose count is said wherever one is: somebody asked this very person.
var waits = []queue{queueAsked, queueHand, queueCome, queueSent, queueMoves}

// countWaiting puts its count beside each list that waits for this person.
func (s *Site) countWaiting(r *http.Request, a access.Actor, links []queueLink) error {
	for i := range links {
		at := slices.IndexFunc(waits, func(q queue) bool { return q.key == links[i].Key })
		if at < 0 {
			continue
		}
		n, err := s.waiting(r, a, waits[at])
		if err != nil {
			return err
		}
		links[i].Count, links[i].Hot = "", n > 0
		if n > 0 {
			links[i].Count = waitingWords(n)
		}
	}
	return nil
}

func waitingWords(n int) string {
	if n >= waitingMost {
		return "99+"
	}
	return strconv.Itoa(n)
}

func (s *Site) waiting(r *http.Request, a access.Actor, q queue) (int, error) {
	f := cases.Filter{Limit: waitingMost}
	q.narrow(&f)
	list, err := s.Cases.List(r.Context(), a, f)
	return len(list.Cases), err
}

// firstWaits leads whoever decides on requests to those that wait, when the day begins and there are any.
func (s *Site) firstWaits(r *http.Request) (to string, err error) {
	actor, _ := gate.Actor(r.Context())
	if r.URL.RawQuery != "" || !access.Allows(actor.Role, access.ApproveCase) {
		return "", nil
	}
	n, err := s.waiting(r, actor, queueAsked)
	if n > 0 {
		to = inQueue(queueAsked.key).address()
	}
	return to, err
}

// AlarmsFor are the alarms, for those who watch over the whole city.
func (s *Site) AlarmsFor(r *http.Request, a access.Actor) []ui.Alarm {
	if s.Alarms == nil || !a.SeesAll() {
		return nil
	}
	var list []ui.Alarm
	for _, x := range s.Alarms(r.Context()) {
		list = append(list, ui.Alarm{Text: withStop(x.Text), Since: ui.Moment(x.Since)})
	}
	return list
}
