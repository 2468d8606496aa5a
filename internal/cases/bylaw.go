package cases

import "bianmin/internal/calendar"

// systemName is who does what nobody does by hand.
const systemName = "系统"

// byLaw is what the events have in common that happen by themselves: they are dated at their moment, and say when the
// program wrote them down, which is later when it was not running.
type byLaw struct {
	Meta
	Noted Instant `json:"noted"`
}

// AcceptedBySilence is the acceptance that the law makes: told neither that it is accepted nor what is missing within
// five working days, the application counts as accepted from the day on which the papers came in (行政许可法 第三十二条).
type AcceptedBySilence struct {
	byLaw
	Papers calendar.Date `json:"papers"` // the day on which they came in
	Days   int           `json:"days"`   // the working days within which somebody had to say something
}

// Kind is KindSilent.
func (e *AcceptedBySilence) Kind() Kind { return KindSilent }

func (e *AcceptedBySilence) apply(c *Case) {
	if c.ReceivedAt == 0 {
		c.ReceivedAt = c.FiledAt
	}
	c.finishReceiving(e.At, e.By)
	c.State, c.AcceptedAt, c.Silent, c.From = Accepted, e.At, true, e.Papers
	c.finish(c.acceptance(), e.At, e.By, "")
}

// Reminded is the reminder that the time for correction is nearly over.
type Reminded struct {
	byLaw
	Until calendar.Date `json:"until"` // the last day
}

// Kind is KindReminded.
func (e *Reminded) Kind() Kind { return KindReminded }

func (e *Reminded) apply(c *Case) { c.Notice.Reminded = true }

// LapsedEvent is the end of a case whose applicant did not bring what the notice asked for.
type LapsedEvent struct {
	byLaw
	Days int `json:"days"` // the calendar days that the notice had given
}

// Kind is KindLapsed.
func (e *LapsedEvent) Kind() Kind { return KindLapsed }

func (e *LapsedEvent) apply(c *Case) { c.end(Lapsed, e.At) }

// Overran says that a special procedure takes longer than the applicant was told.
type Overran struct {
	byLaw
	Days int `json:"days"` // the working days that the applicant was told
}

// Kind is KindOverran.
func (e *Overran) Kind() Kind { return KindOverran }

func (e *Overran) apply(c *Case) { c.Special.Overran = true }
