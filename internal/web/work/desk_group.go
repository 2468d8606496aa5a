package work

import (
	"bianmin/internal/cases"
	"bianmin/internal/web/ui"
)

// deskGroup is a part of the list: what has the same urgency.
type deskGroup struct {
	Title string
	Rows  []deskRow
}

// urgency orders the parts of a worked list. What is due today by the promise and what is by the step's own time are two parts:
// the board counts the first alone.
type urgency int

const (
	overdue urgency = iota
	stepLate
	today
	stepToday
	soon
	unaccepted
	handingOver
	later
	standing
	finished
)

var urgencies = [...]string{
	overdue: "已经超过承诺", stepLate: "这一步超过时间", today: "今天到期", stepToday: "这一步今天到期", soon: "三天之内",
	later: "以后", unaccepted: "还没有受理", handingOver: "决定了，等送达", standing: "暂停计时，等别人", finished: "办完的",
}

// urgencyOf says to which part a case belongs.
func urgencyOf(v cases.View) urgency {
	p := v.Limits.Promised
	switch {
	case !v.State.Open():
		return finished
	case v.State == cases.Correcting:
		return standing // the applicant has to bring something
	case p == nil || p.From == nil:
		return byItsStep(v, unaccepted)
	case p.Why != nil && *p.Why == cases.WhyEnded:
		return byItsStep(v, handingOver)
	case p.Left < 0:
		return overdue
	case ui.StepPresses(v):
		return byItsStep(v, later)
	case !p.Running:
		return standing
	case p.Left == 0:
		return today
	case p.Left <= 3:
		return soon
	}
	return later
}

// byItsStep: where the step's own time runs out first, or alone runs, it decides whether the case can wait.
func byItsStep(v cases.View, otherwise urgency) urgency {
	switch s := v.Limits.Step; {
	case s == nil || s.Left > 0:
		return otherwise
	case s.Left < 0:
		return stepLate
	}
	return stepToday
}

// grouped lays a worked list out by urgency; within a part the service's order stays.
func grouped(list []cases.View, row func(cases.View) deskRow) []deskGroup {
	var parts [len(urgencies)][]deskRow
	for _, v := range list {
		u := urgencyOf(v)
		parts[u] = append(parts[u], row(v))
	}
	var groups []deskGroup
	for u, rows := range parts {
		if len(rows) > 0 {
			groups = append(groups, deskGroup{Title: urgencies[u], Rows: rows})
		}
	}
	return groups
}

// inOrder is the order in which a list stands on the page: for the next one after a case is done.
func inOrder(groups []deskGroup) []cases.Number {
	var list []cases.Number
	for _, g := range groups {
		for _, r := range g.Rows {
			list = append(list, r.Number)
		}
	}
	return list
}

// nextAfter is the case to look at when one is done: the one under it, at the end the one above; empty when it was the
// only one.
func nextAfter(list []cases.Number, done cases.Number) cases.Number {
	for i, n := range list {
		switch {
		case n != done:
		case i+1 < len(list):
			return list[i+1]
		case i > 0:
			return list[i-1]
		default:
			return ""
		}
	}
	if len(list) > 0 {
		return list[0]
	}
	return ""
}

// pressing counts the cases that must be done today: late ones too.
func pressing(list []cases.View) (n int, late bool) {
	for _, v := range list {
		switch urgencyOf(v) {
		case overdue, stepLate:
			n, late = n+1, true
		case today, stepToday:
			n++
		}
	}
	return n, late
}
