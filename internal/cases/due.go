package cases

import (
	"time"

	"bianmin/internal/calendar"
	"bianmin/internal/journal"
	"bianmin/internal/problem"
)

// DueKind names what falls due by itself.
type DueKind string

// What falls due.
const (
	DueSilence DueKind = "silence" // nobody accepted and nobody notified: accepted by the law
	DueRemind  DueKind = "remind"  // the time for correction is nearly over
	DueLapse   DueKind = "lapse"   // it is over
	DueOverran DueKind = "overran" // a special procedure takes longer than the applicant was told
)

// Due is a moment at which something happens to the case when nobody does anything before.
type Due struct {
	Kind DueKind
	At   Instant
}

// The numbers of the law, and those that it leaves to practice: a place may set others (Policy).
const (
	// silenceDays: not told within five working days, the application counts as accepted (行政许可法 第三十二条).
	silenceDays = 5
	// remindHour is the hour of the day at which a reminder goes out.
	remindHour = 9
)

// Policy is what the law leaves to the place.
type Policy struct {
	CorrectDays int `json:"correct_days"` // calendar days that an applicant has to bring what a notice asks for
	RemindDays  int `json:"remind_days"`  // how many calendar days before that the reminder goes out
	// CallDays is within how many working days somebody who was badly served is called back.
	CallDays int `json:"call_days" required:"false" default:"5" doc:"working days for the call back after a bad rating"`
}

// callDaysMost bounds it: whoever is called back after a month has forgotten.
const callDaysMost = 20

// UsualPolicy is common practice, not law.
var UsualPolicy = Policy{CorrectDays: 30, RemindDays: 5, CallDays: 5}

// dues lists what falls due, in the order of the moments.
func (c *Case) dues(cal *calendar.Calendar) []Due {
	switch c.State {
	case Submitted, Received:
		if r, runs := c.silence(cal); runs && c.AcceptedAt == 0 {
			return []Due{{DueSilence, endOf(r.Due)}}
		}
	case Correcting:
		return c.Notice.dues(cal)
	case Suspended:
		if !c.Special.Overran {
			return []Due{{DueOverran, endOf(c.Special.ends(cal))}}
		}
	}
	return nil
}

func endOf(d calendar.Date) Instant { return At(d.End()) }

// papersIn is the day on which the papers came in (自收到申请材料之日起, 行政许可法 第三十二条): that of the application, or of the
// correction that made it complete. Where papers that are always needed were to be brought to an application from afar, it is
// the day on which somebody took them in; until then there is none.
func (c *Case) papersIn() (day calendar.Date, came bool) {
	switch {
	case c.CorrectedAt != 0:
		return c.CorrectedAt.Date(), true
	case c.PapersLater:
		return c.ReceivedAt.Date(), c.ReceivedAt != 0
	}
	return c.FiledAt.Date(), true
}

// silence is the time within which somebody has to accept, or to tell everything that is missing. It runs once the papers
// are in.
func (c *Case) silence(cal *calendar.Calendar) (r calendar.Reckoning, runs bool) {
	from, came := c.papersIn()
	if !came {
		return r, false
	}
	return cal.Reckon(calendar.Limit{Days: silenceDays, Unit: calendar.Working}, from, nil, from.Start()), true
}

// dues of a notice: the reminder, unless the notice came later than that, and the end.
func (n *Notice) dues(cal *calendar.Calendar) []Due {
	until := n.until(cal)
	list := []Due{{DueLapse, endOf(until)}}
	remind := At(until.AddDays(-n.Remind).Start().Add(remindHour * time.Hour))
	if n.Reminded || n.Remind == 0 || remind <= n.At {
		return list
	}
	return append([]Due{{DueRemind, remind}}, list...)
}

// until is the last day on which the correction can come.
func (n *Notice) until(cal *calendar.Calendar) calendar.Date {
	return cal.Reckon(calendar.Limit{Days: n.Days, Unit: calendar.CalendarDays}, n.At.Date(), nil, n.At.Time()).Due
}

// fallen is the first thing that has fallen due by now, as it happens by itself: at its moment, though never before
// what was done last (a corrected calendar may have moved the moment into the past). Nil when nothing has.
func (c *Case) fallen(cal *calendar.Calendar, now time.Time) Event {
	dues := c.dues(cal)
	if len(dues) == 0 || dues[0].At > At(now) {
		return nil
	}
	due := dues[0]
	by := byLaw{Meta{By: systemName, Account: journal.System, Place: c.Town, At: max(due.At, c.Last.At)}, At(now)}
	switch due.Kind {
	case DueSilence:
		papers, _ := c.papersIn()
		return &AcceptedBySilence{byLaw: by, Papers: papers, Days: silenceDays}
	case DueRemind:
		return &Reminded{byLaw: by, Until: c.Notice.until(cal)}
	case DueLapse:
		return &LapsedEvent{byLaw: by, Days: c.Notice.Days}
	default:
		return &Overran{byLaw: by, Days: c.Special.Days}
	}
}

// Check says what is wrong with a policy, if anything.
func (p Policy) Check() error {
	var wrong []problem.Field
	if p.CorrectDays < 1 || p.CorrectDays > NoticeMost {
		wrong = append(wrong, problem.Field{Path: "correct_days", Code: "out_of_range", Message: "请写 1 到 180 天"})
	}
	if p.RemindDays < 0 || p.RemindDays >= max(p.CorrectDays, 1) {
		wrong = append(wrong, problem.Field{Path: "remind_days", Code: "out_of_range", Message: "要比补正的天数少；写 0 就不提醒"})
	}
	if p.CallDays < 1 || p.CallDays > callDaysMost {
		wrong = append(wrong, problem.Field{Path: "call_days", Code: "out_of_range", Message: "请写 1 到 20 个工作日"})
	}
	if no := problem.WrongFields(wrong); no != nil {
		return no
	}
	return nil
}
