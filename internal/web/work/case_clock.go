package work

import (
	"fmt"

	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/web/ui"
)

// caseClock is the limit large: what is left, till when, and the ruler.
type caseClock struct {
	Mark            ui.Mark
	Big, Unit       string
	Promised, Legal string
	Teeth           *ui.Teeth
}

// clockOf reads the promised and the legal limit for the head of a case.
func clockOf(v cases.View) caseClock {
	p := v.Limits.Promised
	switch {
	case p == nil || p.From == nil && !v.State.Open():
		return caseClock{Big: v.StateName, Unit: "没有受理过"}
	case p.From == nil:
		return beforeClock(v)
	}
	cell := ui.CellOf(v)
	c := caseClock{Mark: ui.MarkOf(v.Limits), Big: cell.Words, Teeth: ui.TeethOf(v.Limits), Promised: "承诺 " + dueWords(p)}
	switch {
	case p.Why != nil && *p.Why == cases.WhyEnded:
		c.Mark, c.Big, c.Unit = endedWords(v)
	case p.Left > 0 || p.Left == 0 && !p.Running:
		c.Big, c.Unit = fmt.Sprintf("剩 %d", p.Left), "个"+p.Unit.Chinese()
	case p.Left < 0 && c.Mark != ui.Red:
		c.Big, c.Unit = fmt.Sprintf("超 %d", -p.Left), "个"+p.Unit.Chinese()
	}
	if !p.Running && p.Why != nil && *p.Why != cases.WhyEnded {
		c.Unit += "，暂停计时"
	}
	if l := v.Limits.Legal; l != nil {
		c.Legal = "法定 " + dueWords(l)
	}
	if c.Teeth != nil {
		c.Teeth.Wide = true
	}
	return c
}

// beforeClock is what runs before acceptance: the time for correction, or the time within which somebody has to say
// something.
func beforeClock(v cases.View) caseClock {
	c := caseClock{Big: "还没有受理", Unit: "受理那天起算", Promised: "承诺 " + limitWordsOf(v.Limits.Promised)}
	switch {
	case v.State == cases.Correcting && v.Whole != nil && v.Notice != nil:
		c.Mark, c.Big, c.Unit = ui.Stopped, "等补正", "到 "+presumed(v.Notice.Until, v.Notice.Provisional)
	case v.AcceptBy == nil && v.State == cases.Submitted:
		c.Big, c.Unit = "等材料交来", "收到材料起 5 个工作日里受理或者告知"
	case v.AcceptBy != nil:
		c.Unit = "最晚 " + presumed(*v.AcceptBy, v.AcceptByProvisional)
	}
	return c
}

// endedWords tells how the limit ended. A case that is still open waits to be handed over.
func endedWords(v cases.View) (mark ui.Mark, big, unit string) {
	mark, big, unit = ui.Done, "按时办完", "在承诺的当天"
	switch p := v.Limits.Promised; {
	case p.Left < 0:
		mark, big, unit = ui.Yellow, "超期办完", "超了 "+ui.DaysOf(-p.Left, p.Unit)
	case p.Days == 0:
		unit = "当场"
	case p.Left > 0:
		unit = "比承诺早 " + ui.DaysOf(p.Left, p.Unit)
	}
	if v.State.Open() {
		big = "等送达"
	}
	return mark, big, unit
}

func limitWordsOf(l *cases.Limit) string {
	if l == nil {
		return "没有写"
	}
	return calendar.Limit{Days: l.Days, Unit: l.Unit}.Chinese()
}

// dueWords is 3月11日 周三, with a mark when the calendar of that year is not known yet.
func dueWords(l *cases.Limit) string {
	if l.Due == nil {
		return limitWordsOf(l)
	}
	said := ui.ShortDay(dayOfStamp(*l.Due))
	if l.Provisional {
		said += "（暂定）"
	}
	return said
}

// presumed is a date, marked when the holidays of its year are not known yet.
func presumed(date string, provisional bool) string {
	if provisional {
		return dateWords(date) + "（暂定）"
	}
	return dateWords(date)
}
