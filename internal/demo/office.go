package demo

import (
	"time"

	"bianmin/internal/calendar"
)

// The counters' hours, in minutes of the day: 8:30 to 12:00 and 14:00 to 18:00.
const (
	morning   = 8*60 + 30
	noon      = 12 * 60
	afternoon = 14 * 60
	evening   = 18 * 60

	officeDay = noon - morning + evening - afternoon // minutes worked in a day
)

// office counts the time in which somebody is at work.
type office struct{ cal *calendar.Calendar }

// next is t itself when the counters are open, else when they open next. Seconds are kept, so that not everybody comes
// on the stroke.
func (o office) next(t time.Time) time.Time {
	day := calendar.DateOf(t)
	minute := int(t.Sub(day.Start()) / time.Minute)
	second := t.Sub(day.Start()) % time.Minute
	switch {
	case o.cal.Working(day) && minute >= morning && minute < noon, o.cal.Working(day) && minute >= afternoon && minute < evening:
		return t
	case o.cal.Working(day) && minute < morning:
		return clockOn(day, morning, second)
	case o.cal.Working(day) && minute < afternoon:
		return clockOn(day, afternoon, second)
	}
	for day = day.AddDays(1); !o.cal.Working(day); {
		day = day.AddDays(1)
	}
	return clockOn(day, morning, second)
}

// add is so many worked minutes after t.
func (o office) add(t time.Time, minutes int) time.Time {
	t = o.next(t)
	for {
		left := untilClosing(t)
		if minutes < left {
			return t.Add(time.Duration(minutes) * time.Minute)
		}
		minutes -= left
		t = o.next(t.Add(time.Duration(left) * time.Minute))
	}
}

// untilClosing is how many minutes of the half day are left at t, when the counters are open.
func untilClosing(t time.Time) int {
	minute := int(t.Sub(calendar.DateOf(t).Start()) / time.Minute)
	if minute < noon {
		return noon - minute
	}
	return evening - minute
}

// days is the same hour so many days later, or when the counters open next.
func (o office) days(t time.Time, n int, unit calendar.Unit) time.Time {
	if unit == calendar.Working {
		return o.add(t, n*officeDay)
	}
	return o.next(t.AddDate(0, 0, n))
}

func clockOn(day calendar.Date, minute int, more time.Duration) time.Time {
	return day.Start().Add(time.Duration(minute)*time.Minute + more)
}
