package calendar

import (
	"slices"
	"sync/atomic"
)

// InForce is the calendar that holds now: it is replaced as a whole when a year is published or a day corrected. Safe for
// concurrent use.
type InForce struct{ now atomic.Pointer[Calendar] }

// NewInForce begins with a calendar.
func NewInForce(c *Calendar) *InForce {
	f := &InForce{}
	f.Set(c)
	return f
}

// Now is the calendar in force.
func (f *InForce) Now() *Calendar { return f.now.Load() }

// Set puts another in its place.
func (f *InForce) Set(c *Calendar) { f.now.Store(c) }

// Days lists the days that the calendar was told of, sorted; of two lines for one day the later one holds.
func (c *Calendar) Days() []Day { return slices.Clone(c.days) }

// Correct is the calendar with the days of a published file: each replaces what was known of that day, and with whole
// years what the file does not name of its years is no longer special.
func (c *Calendar) Correct(days []Day, wholeYears bool) *Calendar {
	named, years := map[Date]bool{}, map[int]bool{}
	for _, d := range days {
		named[d.Date], years[d.Date.Year()] = true, true
	}
	kept := slices.DeleteFunc(c.Days(), func(d Day) bool {
		return named[d.Date] || wholeYears && years[d.Date.Year()]
	})
	return New(append(kept, days...))
}

// DayChange is one day that two calendars see differently.
type DayChange struct {
	Date        Date
	Before, Now bool   // whether it is worked
	Name        string // 春节, 调休上班, or nothing
	NewYear     bool   // of a year that was not known before
}

// Changes lists the days of the years that c knows which old saw differently, and of the years new to it those that
// differ from what the weekday says.
func (c *Calendar) Changes(old *Calendar) []DayChange {
	var list []DayChange
	for i := range c.marks {
		d := c.first.AddDays(i)
		before, now := old.Working(d), c.Working(d)
		if c.Known(d) && before != now {
			_, name := c.Describe(d)
			list = append(list, DayChange{Date: d, Before: before, Now: now, Name: name, NewYear: !old.Known(d)})
		}
	}
	return list
}

// Years lists the years that are known.
func (c *Calendar) Years() []int {
	var years []int
	for i := 0; i < len(c.marks); {
		d := c.first.AddDays(i)
		if c.marks[i] != unknown {
			years = append(years, d.Year())
		}
		i = NewDate(d.Year()+1, 1, 1).Sub(c.first)
	}
	return years
}
