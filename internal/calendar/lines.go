package calendar

import "time"

// Line is one day of the arithmetic, as staff and citizen see it.
type Line struct {
	Date    Date
	Counted bool
	N       int    // which counted day it is, 0 if not counted
	Why     string // 第一天不算, 周六, 春节, 调休上班, 停：鉴定, 周日，顺延, 顺延到这一天, 超期, or nothing to say
	Future  bool   // after today: presumed
}

// Lines lays out what Reckon counts, from the first day to Due, or to today when that is later.
func (c *Calendar) Lines(l Limit, from Date, stops []Stop, at time.Time) []Line {
	if from.IsZero() {
		return nil
	}
	today := DateOf(at)
	due := c.Reckon(l, from, stops, at).Due
	last := due
	if today.After(last) {
		last = today
	}
	lines := make([]Line, 1, last.Sub(from)+1)
	lines[0] = Line{Date: from, Why: "第一天不算", Future: from.After(today)}
	n := 0
	for d := from.AddDays(1); !d.After(last); d = d.AddDays(1) {
		line := Line{Date: d, Future: d.After(today)}
		if n >= l.Days {
			line.Why = c.whyBeyond(l.Unit, d, due)
		} else if line.Counted, line.Why = c.whyCounted(l.Unit, d, stopAtEnd(stops, d, today, at)); line.Counted {
			n++
			line.N = n
		}
		lines = append(lines, line)
	}
	return lines
}

func (c *Calendar) whyCounted(u Unit, d Date, stop *Stop) (counted bool, why string) {
	// A day that is not worked needs no stop to explain it.
	if !c.countable(u, d) {
		_, why = c.Describe(d)
		return false, why
	}
	if stop != nil {
		return false, "停：" + stop.Why
	}
	if u == CalendarDays {
		return true, ""
	}
	_, why = c.Describe(d)
	return true, why
}

// whyBeyond words a day after the count is full: moved on by 民法典 第二百零三条, or late.
func (c *Calendar) whyBeyond(u Unit, d, due Date) string {
	working, name := c.Describe(d)
	switch {
	case d == due:
		return "顺延到这一天"
	case d.Before(due):
		return name + "，顺延"
	case u != CalendarDays && !working:
		return name
	}
	return "超期"
}
