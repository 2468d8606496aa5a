package demo

import (
	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/item"
)

// pace is how long the owner of a step takes for it, in worked minutes: mostly less than the step has, now and then
// much more.
func (l *life) pace(s cases.StepView) int {
	switch {
	case l.prompt && (s.Kind == item.Receive || s.Kind == item.Accept):
		return l.between(8, 35)
	case s.Kind == item.Receive:
		return l.between(25, officeDay)
	case s.Kind == item.Accept && !l.def.SpotFinish():
		return l.between(10, officeDay*2/3)
	case s.Kind == item.Deliver && s.Days != nil && *s.Days > 0:
		return l.between(30, 2*officeDay)
	case s.Days == nil:
		return l.between(2*officeDay, 9*officeDay)
	case *s.Days == 0:
		return l.between(3, 25)
	}
	whole := minutesOf(*s.Days, s.DayUnit)
	switch {
	case l.prompt:
		return l.between(whole*4/100, whole*16/100)
	case l.slow && s.Counts && !l.slowed:
		promised := minutesOf(l.def.Limits.Promised.Days, l.def.Limits.Promised.Unit)
		return l.between(promised*105/100, promised*170/100)
	case s.Group != nil:
		return l.between(whole*10/100, whole*50/100)
	}
	return l.between(whole*15/100, whole*80/100)
}

// minutesOf is about how much work fits into so many days.
func minutesOf(days int, unit calendar.Unit) int {
	if unit == calendar.CalendarDays {
		return days * officeDay * 5 / 7
	}
	return days * officeDay
}
