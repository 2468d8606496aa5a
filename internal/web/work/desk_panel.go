package work

import (
	"fmt"
	"strconv"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/item"
	"bianmin/internal/problem"
	"bianmin/internal/web/ui"
)

// panel is the one case beside the list.
type panel struct {
	Number  cases.Number
	Version string
	Item    string
	Who     string
	Place   string
	State   caseState
	Clock   caseClock
	Track   []trackRow
	Papers  string // 材料 6 份，全部齐
	Legend  string
	Choices []choice
	Back    string // the list to return to
	Whole   string
	Once    string
	Refused *refusal
	Errors  []ui.Mistake
	Missing string // said at the legend when no answer was chosen
	More    []moreLink
}

// moreLink leads to a form of the case's own page.
type moreLink struct{ Href, Words string }

// caseState is the state as a mark and words.
type caseState struct {
	Mark  ui.Mark
	Words string
}

// caseClock is the limit large: what is left, till when, and the ruler.
type caseClock struct {
	Mark            ui.Mark
	Big, Unit       string
	Promised, Legal string
	Teeth           *ui.Teeth
}

// trackRow is one step on the way: done, now, todo, stop or skip.
type trackRow struct{ Kind, Name, Who, Right string }

// refusal is a no of the rule: what, why, and the way out stands in Detail. Kept is what was typed.
type refusal struct{ Title, Detail, Kept string }

func (s *Site) panelOf(a access.Actor, v cases.View, back string, form asked) *panel {
	p := &panel{
		Number: v.Number, Version: strconv.FormatInt(v.Version, 10), Item: v.Item.Name, Who: v.Applicant.Name, Place: placeFor(a, v),
		State: stateOf(v), Clock: clockOf(v), Track: trackOf(v, s.Clock.Now()), Papers: papersOf(v), Legend: legendOf(v),
		Choices: choicesOf(v, form), Back: back, Whole: casePath(v.Number), Once: newOnce(), Errors: form.mistakes(),
	}
	if form.Do == "" {
		p.Missing = ui.ErrorAt(form.Fields, "do")
	}
	if form.Problem != nil {
		p.Refused = refusalOf(form)
	}
	p.More = moreOf(v)
	return p
}

// refusalOf words a no. What was typed is shown with it: its box may be gone, or belong to another step now.
func refusalOf(form asked) *refusal {
	title, detail := pageWords(form.Problem)
	r := &refusal{Title: title, Detail: detail}
	for _, field := range []string{"reason", "note", "basis", "ground"} {
		r.Kept += form.typed(form.Do, field, "")
	}
	return r
}

func stateOf(v cases.View) caseState {
	s := caseState{Words: v.StateName}
	switch {
	case v.Approved != nil && !*v.Approved:
		s.Words += "，不同意"
	case v.State == cases.Closed:
		s.Mark = ui.Done
	case v.State == cases.Suspended || v.State == cases.Correcting:
		s.Mark = ui.Stopped
	}
	return s
}

// clockOf reads the promised and the legal limit for the head of a case.
func clockOf(v cases.View) caseClock {
	p := v.Limits.Promised
	switch {
	case p == nil || p.From == nil && !v.State.Open():
		return caseClock{Big: v.StateName, Unit: "没有受理过"}
	case p.From == nil:
		return caseClock{Big: "还没有受理", Unit: "受理那天起算", Promised: "承诺 " + limitWordsOf(p)}
	}
	cell := ui.CellOf(v)
	c := caseClock{Mark: cell.Mark, Big: cell.Words, Teeth: ui.TeethOf(v.Limits), Promised: "承诺 " + dueWords(p)}
	switch {
	case p.Why != nil && *p.Why == cases.WhyEnded:
		c.Mark, c.Big, c.Unit = endedWords(v)
	case p.Left > 0:
		c.Big, c.Unit = fmt.Sprintf("剩 %d", p.Left), "个"+p.Unit.Chinese()
	case p.Left < 0 && c.Mark != ui.Red:
		c.Big, c.Unit = fmt.Sprintf("超 %d", -p.Left), "个"+p.Unit.Chinese()
	}
	if !p.Running && p.Why != nil && *p.Why != cases.WhyEnded {
		c.Unit += "，停表"
	}
	if l := v.Limits.Legal; l != nil {
		c.Legal = "法定 " + dueWords(l)
	}
	if c.Teeth != nil {
		c.Teeth.Wide = true
	}
	return c
}

// endedWords tells how the limit ended. A case that is still open waits to be handed over.
func endedWords(v cases.View) (mark ui.Mark, big, unit string) {
	mark, big, unit = ui.Done, "按时办完", "正好在承诺的那天"
	switch left := v.Limits.Promised.Left; {
	case left < 0:
		mark, big, unit = ui.Yellow, "超期办完", fmt.Sprintf("超了 %d 天", -left)
	case left > 0:
		unit = fmt.Sprintf("比承诺早 %d 天", left)
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
	said := shortDay(dayOfStamp(*l.Due))
	if l.Provisional {
		said += "（暂定）"
	}
	return said
}

// trackOf is the way of a case: what is done with its day, what is now, what comes.
func trackOf(v cases.View, now time.Time) []trackRow {
	var rows []trackRow
	if v.Whole == nil {
		return nil
	}
	for _, s := range v.Steps {
		r := trackRow{Name: s.Name, Who: s.OwnerName, Kind: "todo"}
		switch s.State {
		case "done":
			r.Kind, r.Right = "done", dayWords(s.Done)
			if s.By != nil {
				r.Who = *s.By
			}
			if s.Kind == item.Publicise {
				r.Kind = "stop"
			}
		case "open":
			r.Kind, r.Right = "now", openSince(s, now)
		case "skipped":
			r.Kind, r.Right = "skip", "不用办"
		default:
			if s.Days != nil && *s.Days > 0 {
				r.Right = fmt.Sprintf("%d 天", *s.Days)
			}
		}
		rows = append(rows, r)
	}
	return rows
}

// openSince counts the days a step has been open, its first day included.
func openSince(s cases.StepView, now time.Time) string {
	if s.Started == nil {
		return ""
	}
	days := calendar.DateOf(now).Sub(dayOfStamp(*s.Started))
	if days < 1 {
		return "今天到的"
	}
	return fmt.Sprintf("第 %d 天", days+1)
}

func papersOf(v cases.View) string {
	lacking := 0
	for _, m := range v.Materials {
		if m.Status == cases.MaterialAbsent || m.Status == cases.MaterialDefective {
			lacking++
		}
	}
	if lacking > 0 {
		return fmt.Sprintf("材料 %d 份，差 %d 份", len(v.Materials), lacking)
	}
	return fmt.Sprintf("材料 %d 份，全部齐", len(v.Materials))
}

// legendOf asks the question of the answers: 审查意见.
func legendOf(v cases.View) string {
	if v.Step == nil {
		return "办这一件"
	}
	if v.Step.Kind == item.Deliver || v.Step.Kind == item.Accept || v.Step.Kind == item.Receive {
		return v.Step.Name
	}
	return v.Step.Name + "的意见"
}

// moreOf leads to what is done on the case's own page.
func moreOf(v cases.View) []moreLink {
	var list []moreLink
	for _, verb := range pageVerbs {
		for _, can := range v.Actions {
			if can == verb && verb != cases.VerbReveal {
				list = append(list, moreLink{Href: casePath(v.Number) + "#" + string(verb), Words: verb.Chinese()})
			}
		}
	}
	return list
}

// wrong makes a problem of the rule into what the form shows again; other problems are pages of their own.
func (a *asked) wrong(p *problem.Problem) bool {
	switch p.Kind {
	case problem.Invalid:
		a.Fields = p.Fields
		if len(p.Fields) == 0 {
			a.Problem = p
		}
	case problem.Stale, problem.Refused:
		a.Problem = p
	default:
		return false
	}
	return true
}
