package ui

import (
	"fmt"
	"strings"

	"github.com/a-h/templ"

	"bianmin/internal/calendar"
	"bianmin/internal/cases"
)

// Mark is what a limit's state is, and so its colour and its shape.
type Mark string

// The marks. Shape and word always go with the colour.
const (
	InTime  Mark = ""       // ○
	Amber   Mark = "amber"  // ▲ due within a working day
	Yellow  Mark = "yellow" // ▮ past the promise
	Red     Mark = "red"    // ▮ past the law
	Stopped Mark = "hold"   // ‖
	Done    Mark = "ok"     // ●
	Begun   Mark = "blue"   // of a ruler that only shows what is promised
)

// Teeth is what a limit ruler shows, in days of the limit's own unit.
type Teeth struct {
	Used, Promised, Legal int // Legal is 0 where no law states one
	Mark                  Mark
	Wide                  bool
}

// LimitCell is where a case's time stands, in a list's cell.
type LimitCell struct {
	Mark  Mark
	Words string // 剩 3 天, 超 1 天, 今天到期; of a step's own time 这一步超 1 天
	Note  string // 3月13日, or why the clock stands
	Teeth *Teeth // nil before acceptance
}

// CellOf reads the clocks of a case for a list.
func CellOf(v cases.View) LimitCell {
	p := v.Limits.Promised
	switch {
	case p == nil || p.From == nil:
		return beforeAcceptance(v)
	case p.Why != nil && *p.Why == cases.WhyEnded:
		return ended(v)
	}
	c := LimitCell{Mark: MarkOf(v.Limits), Words: leftWords(v.Limits), Note: dayOf(p.Due), Teeth: TeethOf(v.Limits)}
	switch {
	case StepPresses(v):
		step := byStep(v, v.Step.Name, "")
		c.Mark, c.Words, c.Note = step.Mark, step.Words, step.Note
	case !p.Running:
		c.Note = standingWords(v)
	}
	return c
}

// StepPresses says that the open step is past its own time, or at the last day of it, while the promise still has days: it is
// the step that cannot wait. One that stops the promise (公示) has its days to lie, and presses when they are over.
func StepPresses(v cases.View) bool {
	s, p := v.Limits.Step, v.Limits.Promised
	switch {
	case v.Step == nil || s == nil || !s.Running || p.Left < 0:
		return false
	case p.Running:
		return s.Left <= 0 && p.Left > 0
	}
	return s.Left < 0
}

// MarkOf is the mark of a running or standing limit.
func MarkOf(l cases.Limits) Mark {
	switch p := l.Promised; {
	case l.Legal != nil && l.Legal.Left < 0:
		return Red
	case p.Left < 0:
		return Yellow
	case !p.Running:
		return Stopped
	case p.Left <= 1:
		return Amber
	}
	return InTime
}

// TeethOf is the ruler of the limits; nil before they run.
func TeethOf(l cases.Limits) *Teeth {
	p := l.Promised
	if p == nil || p.From == nil || p.Days == 0 {
		return nil
	}
	t := Teeth{Used: max(0, p.Days-p.Left), Promised: p.Days, Mark: MarkOf(l)}
	if p.Why != nil && *p.Why == cases.WhyEnded && p.Left >= 0 {
		t.Mark = Done
	}
	if l.Legal != nil && l.Legal.Unit == p.Unit {
		t.Legal = l.Legal.Days
	}
	return &t
}

func leftWords(l cases.Limits) string {
	switch p := l.Promised; {
	case l.Legal != nil && l.Legal.Left < 0:
		return "超法定 " + DaysOf(-l.Legal.Left, l.Legal.Unit)
	case p.Left < 0:
		return "超 " + DaysOf(-p.Left, p.Unit)
	case p.Left == 0 && p.Running:
		return "今天到期"
	default:
		return "剩 " + DaysOf(p.Left, p.Unit)
	}
}

// DaysOf is so many days of a limit. Working days are days here, as nearly every limit counts them; calendar days are called
// so, since nine of them beside ten working days would look like more time.
func DaysOf(n int, unit calendar.Unit) string {
	if unit == calendar.CalendarDays {
		return fmt.Sprintf("%d 个%s", n, unit.Chinese())
	}
	return fmt.Sprintf("%d 天", n)
}

// beforeAcceptance: no limit of the case runs yet, but the open step has its own time.
func beforeAcceptance(v cases.View) LimitCell {
	if !v.State.Open() {
		return LimitCell{Words: v.StateName, Note: day(v.ClosedAt)}
	}
	if v.State == cases.Correcting {
		return LimitCell{Mark: Stopped, Words: "等补正", Note: "材料没齐"}
	}
	return byStep(v, v.StateName, "还没有受理")
}

// byStep reads the open step's own time, where the case's does not run. label says what the time is for; none is said
// of a step that has no time.
func byStep(v cases.View, label, none string) LimitCell {
	s := v.Limits.Step
	if s == nil || s.Due == nil {
		return LimitCell{Words: label, Note: none}
	}
	c := LimitCell{Words: "剩 " + DaysOf(s.Left, s.Unit), Note: label + "，" + dayOf(s.Due)}
	switch {
	case s.Left < 0:
		c.Mark, c.Words = Amber, "这一步超 "+DaysOf(-s.Left, s.Unit)
	case s.Left == 0:
		c.Mark, c.Words = Amber, "这一步今天到期" // 今天到期 alone is the promised day, as on the board
	case s.Left == 1:
		c.Mark = Amber
	}
	return c
}

// ended: what counts is done; a case that is still open waits to be handed over.
func ended(v cases.View) LimitCell {
	if v.State.Open() {
		return byStep(v, "送达", "没有时限")
	}
	c := LimitCell{Mark: Done, Words: v.StateName, Note: day(v.ClosedAt), Teeth: TeethOf(v.Limits)}
	if p := v.Limits.Promised; p.Left < 0 {
		c.Note += "，超 " + DaysOf(-p.Left, p.Unit)
	}
	return c
}

func standingWords(v cases.View) string {
	if v.Limits.Promised.Why != nil && *v.Limits.Promised.Why == cases.WhySuspended {
		return "特别程序，暂停计时"
	}
	if v.Step != nil {
		return v.Step.Name + "，暂停计时"
	}
	return "暂停计时"
}

func dayOf(date *string) string {
	if date == nil {
		return ""
	}
	d, err := calendar.ParseDate(*date)
	if err != nil {
		return ""
	}
	return d.Chinese()
}

// day is the day of an instant as the View writes it.
func day(moment *string) string {
	if moment == nil || len(*moment) < 10 {
		return ""
	}
	date := (*moment)[:10]
	return dayOf(&date)
}

// ofStep breaks 这一步今天到期 behind 这一步 alone.
func ofStep(words string) templ.Component {
	if rest, ok := strings.CutPrefix(words, "这一步"); ok {
		head := len(words) - len(rest)
		return pieces(words, [][]int{{0, head}, {head, len(words)}}, "nb")
	}
	return pieces(words, nil, "")
}
