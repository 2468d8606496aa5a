package calendar

import (
	"slices"
	"time"
)

// Calendar answers which days are worked. It never changes after New.
type Calendar struct {
	first Date   // 1 January of the first imported year
	marks []mark // one a day from first to 31 December of the last imported year
	days  []Day  // sorted, for the names
	last  int    // the last imported year
}

type mark uint8

const (
	unknown mark = iota // the year has not been imported
	plain               // as the weekday says
	off
	makeUp
)

// New builds a calendar. A year counts as imported if at least one of the days lies in it; of two lines for one
// day the later one holds.
func New(days []Day) *Calendar {
	c := &Calendar{days: slices.Clone(days)}
	c.days = slices.DeleteFunc(c.days, func(d Day) bool { return d.Date.IsZero() })
	slices.SortStableFunc(c.days, func(a, b Day) int { return a.Date.Compare(b.Date) })
	if len(c.days) == 0 {
		return c
	}
	c.last = c.days[len(c.days)-1].Date.Year()
	c.first = NewDate(c.days[0].Date.Year(), time.January, 1)
	c.marks = make([]mark, NewDate(c.last+1, time.January, 1).Sub(c.first))
	year := 0
	for _, day := range c.days {
		if y := day.Date.Year(); y != year {
			year = y
			c.fill(year)
		}
		c.marks[day.Date.Sub(c.first)] = markOf(day.Kind)
	}
	return c
}

func (c *Calendar) fill(year int) {
	from := NewDate(year, time.January, 1).Sub(c.first)
	to := NewDate(year+1, time.January, 1).Sub(c.first)
	for i := from; i < to; i++ {
		c.marks[i] = plain
	}
}

func markOf(k Kind) mark {
	switch k {
	case Off:
		return off
	case MakeUp:
		return makeUp
	}
	return plain
}

func (c *Calendar) mark(d Date) mark {
	i := d.Sub(c.first)
	if i < 0 || i >= len(c.marks) {
		return unknown
	}
	return c.marks[i]
}

// Working reports whether d is a working day (行政许可法 第八十二条). Where Known is false it goes by the weekday.
func (c *Calendar) Working(d Date) bool { return c.mark(d).working(d) }

func (m mark) working(d Date) bool {
	switch m {
	case off:
		return false
	case makeUp:
		return true
	}
	return !weekend(d)
}

func weekend(d Date) bool {
	w := d.Weekday()
	return w == time.Saturday || w == time.Sunday
}

// Known reports whether the official calendar of d's year has been imported.
func (c *Calendar) Known(d Date) bool { return c.mark(d) != unknown }

// LastYear is the last imported year, 0 if there is none.
func (c *Calendar) LastYear() int { return c.last }

// Describe says whether d is worked and what is special about it: 春节, 周六, 调休上班, or "" for a plain working day.
func (c *Calendar) Describe(d Date) (working bool, name string) {
	switch c.mark(d) {
	case off:
		return false, c.nameOf(d)
	case makeUp:
		return true, "调休上班"
	}
	if weekend(d) {
		return false, "周" + weekdays[d.Weekday()]
	}
	return true, ""
}

func (c *Calendar) nameOf(d Date) string {
	// Past the last line of the day, as the later one holds.
	i, _ := slices.BinarySearchFunc(c.days, d.AddDays(1), func(day Day, d Date) int { return day.Date.Compare(d) })
	if i == 0 || c.days[i-1].Name == "" {
		return "放假"
	}
	return c.days[i-1].Name
}
