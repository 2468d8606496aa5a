package demo

import (
	"slices"
	"strings"
	"time"

	"bianmin/internal/cases"
	"bianmin/internal/item"
	"bianmin/internal/place"
)

// step does an open step, after what may come before it: taking it, a special procedure, sending it back.
func (l *life) step(now time.Time) (move, bool) {
	free := l.free()
	if len(free) == 0 {
		return l.begun(now)
	}
	s := pick(l.dice, free)
	wait, account := l.pace(s), l.owner(s)
	open := middle(s.Kind) && l.view.AcceptedAt != nil && l.view.DecidedAt == nil
	switch {
	case open && l.special != nil && !l.setAside:
		l.setAside = true
		return l.move(now, wait/2, account, l.special.begins(now)), true
	case open && l.sentBack && !l.returned && s.Group == nil && l.doneBefore(s):
		l.returned = true
		return l.move(now, wait/2, account, cases.Return{Reason: l.whyReturn()}), true
	case l.mayTake(s, account):
		l.taken[s.Index] = true
		return l.move(now, wait/3, account, cases.Take{}), true
	}
	l.slowed = l.slowed || s.Counts && s.Days != nil && *s.Days > 0
	m := l.move(now, wait, account, l.completion(s))
	if s.Kind == item.Publicise && s.Days != nil { // as long as the notice hangs, and then until somebody takes it down
		m.at = l.office.add(l.office.days(now, *s.Days, s.DayUnit), l.between(0, 200))
	}
	return m, true
}

// begun is for a told case that is to stand in examination at its first open step: somebody takes it, and asks for more
// time or hands it on when that is its story, and no more.
func (l *life) begun(now time.Time) (move, bool) {
	open := l.open()
	if len(open) == 0 {
		return move{}, false
	}
	account := l.owner(open[0])
	tells := !l.asked && (l.more != nil || l.handOn != "")
	switch {
	case l.view.State == cases.Accepted && l.stands.state == cases.Examining, tells && l.view.Responsible.Account != account:
		return l.move(now, l.between(20, 120), account, cases.Take{}), true
	case tells && l.more != nil:
		l.asked = true
		return l.move(now, l.between(20, 120), account, *l.more), true
	case tells:
		l.asked = true
		return l.move(now, l.between(20, 120), account, cases.Hand{To: l.handOn, Reason: "外出培训一周，请接着办"}), true
	}
	return move{}, false
}

// completion is the command that completes a step.
func (l *life) completion(s cases.StepView) cases.Command {
	switch s.Kind {
	case item.Accept:
		return cases.Accept{}
	case item.Decide:
		if l.end == refused {
			return cases.DecideOn{Reason: pick(l.dice, refusals[l.def.Code])}
		}
		return cases.DecideOn{Approve: true, Reason: l.approval(s)}
	case item.Deliver:
		way := l.way()
		if s.Tier == item.Village {
			way = "agent"
		} else if l.def.Result.Kind == item.Certificate && chance(l.dice, 20) {
			way = "courier"
		}
		return cases.Deliver{Way: way, Receiver: l.who.receiver(l.dice)}
	}
	return cases.Pass{Note: l.note(s)}
}

// mayTake: now and then somebody takes a case before working on it.
func (l *life) mayTake(s cases.StepView, account string) bool {
	if l.taken[s.Index] || !middle(s.Kind) || s.Days == nil || *s.Days < 2 || l.view.AcceptedAt == nil {
		return false
	}
	return (l.view.State == cases.Accepted || l.view.Responsible.Account != account) && chance(l.dice, 35)
}

func middle(k item.StepKind) bool {
	switch k {
	case item.Examine, item.Inspect, item.Review, item.Perform, item.Decide:
		return true
	}
	return false
}

// doneBefore says that a step between acceptance and this one is done, so that the case can go back there.
func (l *life) doneBefore(s cases.StepView) bool {
	for _, before := range l.view.Steps[:s.Index-1] {
		if middle(before.Kind) && before.State == "done" {
			return true
		}
	}
	return false
}

func (l *life) open() []cases.StepView {
	var list []cases.StepView
	for _, s := range l.view.Steps {
		if s.State == "open" {
			list = append(list, s)
		}
	}
	return list
}

// free are the open steps but those that are to be left standing.
func (l *life) free() []cases.StepView {
	return slices.DeleteFunc(l.open(), func(s cases.StepView) bool { return slices.Contains(l.stands.steps, s.Index) })
}

// owner is the account that owns a step.
func (l *life) owner(s cases.StepView) string {
	switch s.Owner {
	case string(item.Agent):
		return agentAccount(l.view.Place)
	case string(item.Counter):
		return clerkAccount(l.view.Town)
	case string(item.Desk):
		return deskAccount(l.view.Town)
	}
	town := place.Code("")
	if s.Tier == item.Town {
		town = l.view.Town
	}
	return unitAccount(strings.TrimPrefix(s.Owner, "unit:"), town)
}
