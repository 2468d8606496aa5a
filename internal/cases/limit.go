package cases

import (
	"time"

	"bianmin/internal/calendar"
)

// Why says why a limit's clock does not run.
type Why string

// The reasons. The empty one is a clock that runs.
const (
	WhyNotAccepted Why = "not_accepted"
	WhySuspended   Why = "suspended" // a special procedure (行政许可法 第四十五条)
	WhyStep        Why = "step"      // a step that does not count (公示, 送达)
	WhyEnded       Why = "ended"
)

// Chinese is the reason in words.
func (w Why) Chinese() string {
	switch w {
	case WhyNotAccepted:
		return "还没有受理"
	case WhySuspended:
		return "特别程序"
	case WhyStep:
		return "这一步不算时间"
	case WhyEnded:
		return "已经办完"
	}
	return ""
}

// Stop is a time in which the limits stood still; To is 0 while it lasts.
type Stop struct {
	From Instant `json:"from"`
	To   Instant `json:"to,omitempty"`
	Why  Why     `json:"why"`
}

// wind sets the clock by what the case is now: called after every event.
func (c *Case) wind(at Instant) {
	why := c.standing()
	if n := len(c.Stops); n > 0 && c.Stops[n-1].To == 0 {
		if c.Stops[n-1].Why == why {
			return
		}
		c.Stops[n-1].To = at
	}
	if why != "" && why != WhyNotAccepted {
		c.Stops = append(c.Stops, Stop{From: at, Why: why})
	}
}

// standing says why the limits do not run now.
func (c *Case) standing() Why {
	switch {
	case c.AcceptedAt == 0 && c.State.Open():
		return WhyNotAccepted
	case !c.State.Open() || !c.countedRemain():
		return WhyEnded
	case c.State == Suspended:
		return WhySuspended
	case !c.countedOpen():
		return WhyStep
	}
	return ""
}

// Limit is where one limit stands, as shown.
type Limit struct {
	Days        int           `json:"days" doc:"how many days the limit has"`
	Unit        calendar.Unit `json:"unit" enum:"working,calendar"`
	From        *string       `json:"from" doc:"the day it runs from, itself not counted"`
	Due         *string       `json:"due" doc:"the last day; while the clock stands, as if it ran again"`
	Left        int           `json:"left" doc:"0 is today, negative is late"`
	Running     bool          `json:"running"`
	Why         *Why          `json:"why" enum:"not_accepted,suspended,step,ended" doc:"why it does not run"`
	Provisional bool          `json:"provisional" doc:"the official calendar of that year is not known yet"`
}

// Limits are the case's clocks.
type Limits struct {
	Legal    *Limit `json:"legal"`
	Promised *Limit `json:"promised"`
	Step     *Limit `json:"step"`
}

// limits reads the clocks at an instant.
func (c *Case) limits(cal *calendar.Calendar, step int, now time.Time) Limits {
	stops, at := c.stops(now)
	promised := c.readingAt(cal, c.promised(), stops, at)
	l := Limits{Promised: &promised}
	if limit := c.legal(); limit != nil {
		legal := c.readingAt(cal, *limit, stops, at)
		l.Legal = &legal
	}
	if step >= 0 {
		l.Step = c.stepReading(cal, step, now)
	}
	return l
}

// reading is where a limit of the whole case stands. An ended one is read as of its end.
func (c *Case) reading(cal *calendar.Calendar, limit calendar.Limit, now time.Time) Limit {
	stops, at := c.stops(now)
	return c.readingAt(cal, limit, stops, at)
}

func (c *Case) readingAt(cal *calendar.Calendar, limit calendar.Limit, stops []calendar.Stop, at time.Time) Limit {
	why := c.standing()
	if c.From.IsZero() {
		return Limit{Days: limit.Days, Unit: limit.Unit, Left: limit.Days, Why: orNil(why)}
	}
	return shown(limit, c.From, cal.Reckon(limit, c.From, stops, at), why)
}

// stops gives the stops for the calendar, and the instant to read the clock at.
func (c *Case) stops(now time.Time) ([]calendar.Stop, time.Time) {
	list := make([]calendar.Stop, 0, len(c.Stops))
	at := now
	for _, s := range c.Stops {
		if s.Why == WhyEnded && s.To == 0 {
			at = s.From.Time()
			continue
		}
		list = append(list, c.forCalendar(s))
	}
	return list, at
}

// forCalendar is a stop in the calendar's terms; a special procedure by its name.
func (c *Case) forCalendar(s Stop) calendar.Stop {
	stop := calendar.Stop{From: s.From.Time(), Why: s.Why.Chinese()}
	if s.Why == WhySuspended {
		stop.Why = c.specialAt(s.From).Chinese()
	}
	if s.To != 0 {
		stop.To = s.To.Time()
	}
	return stop
}

// stepReading is where the time of an open step stands: it stops for a special procedure alone. Nil when the step has
// no time of its own.
func (c *Case) stepReading(cal *calendar.Calendar, i int, now time.Time) *Limit {
	limit, from, stops, ok := c.stepLimit(i)
	if !ok {
		return nil
	}
	run := c.Steps[i]
	why, at := Why(""), now
	switch {
	case run.Done != 0:
		why, at = WhyEnded, run.Done.Time()
	case c.State == Suspended:
		why = WhySuspended
	case c.State == Correcting: // it waits for the applicant
		why, at = WhyNotAccepted, c.Notice.At.Time()
	}
	l := shown(limit, from, cal.Reckon(limit, from, stops, at), why)
	return &l
}

// stepLimit is the time of a step that was begun, from when it runs, and what stopped it.
func (c *Case) stepLimit(i int) (limit calendar.Limit, from calendar.Date, stops []calendar.Stop, ok bool) {
	step, run := c.Def.Steps[i], c.Steps[i]
	if step.Days == nil || run.Started == 0 {
		return limit, from, nil, false
	}
	for _, s := range c.Stops {
		if s.Why == WhySuspended && (s.To == 0 || s.To > run.Started) {
			stops = append(stops, c.forCalendar(s))
		}
	}
	return calendar.Limit{Days: *step.Days, Unit: step.DayUnit}, run.Started.Date(), stops, true
}

func shown(limit calendar.Limit, from calendar.Date, r calendar.Reckoning, why Why) Limit {
	f, due := from.String(), r.Due.String()
	return Limit{Days: limit.Days, Unit: limit.Unit, From: &f, Due: &due, Left: r.Left, Running: why == "", Why: orNil(why), Provisional: r.Provisional}
}

func orNil(w Why) *Why {
	if w == "" {
		return nil
	}
	return &w
}
