package calendar

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// drawn is a limit with stops that lie within three months of its first day.
type drawn struct {
	limit Limit
	from  Date
	stops []Stop
}

func anyLimit(t *rapid.T, units ...Unit) drawn {
	d := drawn{
		limit: Limit{rapid.IntRange(0, 40).Draw(t, "days"), rapid.SampledFrom(units).Draw(t, "unit")},
		from:  day("2019-01-01").AddDays(rapid.IntRange(0, 3000).Draw(t, "from")),
	}
	for range rapid.IntRange(0, 3).Draw(t, "stops") {
		begin := d.from.Start().Add(hours(t, "begin", 24*90))
		d.stops = append(d.stops, Stop{From: begin, To: begin.Add(hours(t, "length", 24*20)), Why: "鉴定"})
	}
	return d
}

// hours draws whole hours, so that midnight is often hit.
func hours(t *rapid.T, label string, most int) time.Duration {
	return time.Duration(rapid.IntRange(1, most).Draw(t, label)) * time.Hour
}

func (d drawn) instant(t *rapid.T) time.Time {
	return d.from.Start().Add(hours(t, "at", 24*120))
}

func TestUsedAndLeftMakeTheLimit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyLimit(t, Working)
		at := d.instant(t)
		r := cal.Reckon(d.limit, d.from, d.stops, at)
		late := DateOf(at).After(r.Due)
		switch {
		case late && (r.Left >= 0 || r.Used != d.limit.Days):
			t.Fatalf("late, but %+v", r)
		case !late && (r.Left < 0 || r.Used+r.Left != d.limit.Days):
			t.Fatalf("used and left do not make %d: %+v", d.limit.Days, r)
		case DateOf(at) == r.Due && r.Left != 0 && !r.Standing:
			t.Fatalf("due today, but %+v", r)
		}
	})
}

func TestLeftStandsStillWithTheClock(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyLimit(t, Working, CalendarDays)
		begin := d.instant(t)
		d.stops = append(d.stops, Stop{From: begin, Why: "听证"})
		first := cal.Reckon(d.limit, d.from, d.stops, begin)
		if first.Left < 0 || first.Used == d.limit.Days {
			return // the count was full: the stop came too late
		}
		for _, name := range []string{"soon", "later"} {
			then := cal.Reckon(d.limit, d.from, d.stops, begin.Add(hours(t, name, 24*60)))
			if then.Left != first.Left || then.Used != first.Used || !then.Standing {
				t.Fatalf("while the clock stood %+v became %+v", first, then)
			}
			if then.Due.Before(first.Due) {
				t.Fatalf("the due day went back from %s to %s", first.Due, then.Due)
			}
		}
	})
}

func TestStopsOnlyMoveDueOn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyLimit(t, Working, CalendarDays)
		at := d.instant(t)
		without := cal.Reckon(d.limit, d.from, nil, at)
		with := cal.Reckon(d.limit, d.from, d.stops, at)
		if with.Due.Before(without.Due) {
			t.Fatalf("stops brought the due day forward: %s to %s", without.Due, with.Due)
		}
		doubled := cal.Reckon(d.limit, d.from, append(d.stops, d.stops...), at)
		if doubled != with {
			t.Fatalf("the same stops twice: %+v and %+v", with, doubled)
		}
	})
}

// Without stops the end never depends on when one asks, and Left falls from day to day.
func TestRunningClockOnlyRunsDown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyLimit(t, Working, CalendarDays)
		at := d.instant(t)
		r := cal.Reckon(d.limit, d.from, nil, at)
		next := cal.Reckon(d.limit, d.from, nil, at.AddDate(0, 0, 1))
		if next.Due != r.Due || next.Left > r.Left || r.Left-next.Left > 1 {
			t.Fatalf("%+v, a day later %+v", r, next)
		}
		if d.limit.Days > 0 && !cal.Working(r.Due) {
			t.Fatalf("due on %s, no working day", r.Due)
		}
	})
}

// The lines that people see and the number that the program uses are the same arithmetic.
func TestLinesAddUpToTheReckoning(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyLimit(t, Working, CalendarDays)
		if rapid.Bool().Draw(t, "open") {
			d.stops = append(d.stops, Stop{From: d.instant(t), Why: "听证"})
		}
		at := d.instant(t)
		today := DateOf(at)
		r := cal.Reckon(d.limit, d.from, d.stops, at)
		lines := cal.Lines(d.limit, d.from, d.stops, at)
		counted, used := 0, 0
		for i, line := range lines {
			if line.Date != d.from.AddDays(i) || line.Future != line.Date.After(today) {
				t.Fatalf("line %d is %+v", i, line)
			}
			if !line.Counted {
				if line.N != 0 || line.Why == "" {
					t.Fatalf("not counted and no reason: %+v", line)
				}
				continue
			}
			if counted++; line.N != counted || line.Date.After(r.Due) {
				t.Fatalf("counted day %d is %+v", counted, line)
			}
			if line.Date.Before(today) || line.Date == today && !r.Standing {
				used++
			}
		}
		last := lines[len(lines)-1].Date
		if counted != d.limit.Days || used != r.Used || last.Before(r.Due) || last.Before(today) {
			t.Fatalf("%d counted, %d used, last %s; reckoning %+v", counted, used, last, r)
		}
	})
}
