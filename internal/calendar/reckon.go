package calendar

import "time"

// Reckoning is where a limit stands at an instant.
//
// Whenever the limit is not overrun and counts working days, Used + Left = Days.
type Reckoning struct {
	// Due is the last day, to 24:00. While the clock stands it moves on with every day counted in vain.
	Due Date
	// Left is 0 on the last day, positive before it, negative after it (at least -1, and one more for each
	// countable day past Due). While the clock stands it does not change, unless the count was full before.
	Left int
	// Used is the number of days counted up to yesterday, and today too if it counts and the clock is running.
	Used int
	// Provisional says that a day looked at lies in a year whose official calendar has not been imported.
	Provisional bool
	// Standing says that the clock stands still at the instant asked about.
	Standing bool
}

// Reckon counts the limit that began on from, as seen at the instant at.
//
// from itself is not counted (民法典 第二百零一条). A later day counts if it is countable (any day, or a working
// day) and the clock runs at 24:00 of it; so a stop within one day costs nothing, and a day on which the clock
// stops for the night is not counted. A stop that ends at exactly 24:00 leaves that day counted. An open stop is
// taken to last to the end of today. Due is the day on which the count reaches the limit; in calendar days it
// moves on to a working day (第二百零三条), and what happens after the count is full no longer moves it.
func (c *Calendar) Reckon(l Limit, from Date, stops []Stop, at time.Time) Reckoning {
	if from.IsZero() {
		return Reckoning{}
	}
	today := DateOf(at)
	l.Days = max(l.Days, 0)
	r := Reckoning{Standing: standing(stops, at)}
	full := from // the day on which the count was full
	for d, n := from, 0; n < l.Days; {
		if d = d.AddDays(1); d.After(lastDate) {
			break
		}
		full = d
		if l.Unit != CalendarDays {
			m := c.mark(d)
			r.Provisional = r.Provisional || m == unknown
			if !m.working(d) {
				continue
			}
		}
		if len(stops) > 0 && stopAtEnd(stops, d, today, at) != nil {
			continue
		}
		n++
		if d.Before(today) || d == today && !r.Standing {
			r.Used++
		}
	}
	r.Due = full
	if l.Unit == CalendarDays && l.Days > 0 {
		r.Due = c.nextWorking(full)
		r.Provisional = !c.Known(full) || !c.Known(r.Due)
	}
	r.Left = l.Days - r.Used
	switch {
	case today.After(r.Due):
		r.Left = -max(1, c.countLate(l.Unit, r.Due, today, &r.Provisional))
	case l.Unit == CalendarDays && today.After(full):
		r.Left = r.Due.Sub(today)
	case l.Unit == CalendarDays && !r.Standing:
		r.Left += r.Due.Sub(full)
	}
	return r
}

// nextWorking is d itself or the first working day after it.
func (c *Calendar) nextWorking(d Date) Date {
	for !c.Working(d) && d.Before(lastDate) {
		d = d.AddDays(1)
	}
	return d
}

// countLate counts the countable days in (due, today]; stops no longer matter.
func (c *Calendar) countLate(u Unit, due, today Date, provisional *bool) int {
	if u == CalendarDays {
		return today.Sub(due)
	}
	n := 0
	for d := due.AddDays(1); !d.After(today); d = d.AddDays(1) {
		if c.Working(d) {
			n++
		}
		if !c.Known(d) {
			*provisional = true
		}
	}
	return n
}
