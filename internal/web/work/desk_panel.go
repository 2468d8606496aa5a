package work

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"bianmin/internal/access"
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
	Handing *handingShown
	Law     []lawNote
	Papers  string // 材料 6 份，全部齐
	Look    string // where its first file is shown; the list of papers when there is none
	Shown   string // 看 4 张图片
	Legend  string
	Choices []choice
	Back    string // the list to return to
	Whole   string
	Once    string
	Refused *refusal
	Errors  []ui.Mistake
	Missing string // said at the legend when no answer was chosen
	More    []moreLink
	Like    string // all that are like this one, to be answered together
}

// moreLink leads to a form of the case's own page.
type moreLink struct{ Href, Words string }

// caseState is the state as a mark and words.
type caseState struct {
	Mark  ui.Mark
	Words string
}

// refusal is a no of the rule: what, why, and the way out stands in Detail. Kept is what was typed.
type refusal struct{ Title, Detail, Kept string }

func (s *Site) panelOf(a access.Actor, v cases.View, back string, form asked) *panel {
	p := &panel{
		Number: v.Number, Version: strconv.FormatInt(v.Version, 10), Item: v.Item.Name, Who: v.Applicant.Name, Place: placeFor(a, v),
		State: stateOf(v), Clock: clockOf(v), Track: trackOf(v, s.Clock.Now()), Papers: papersOf(v), Legend: legendOf(v), Handing: handingOf(v, a.Account, s.Places), Law: lawOf(v),
		Choices: s.choices(a, v, form), Back: back, Whole: casePath(v.Number), Once: newOnce(), Errors: form.mistakes(),
	}
	if form.Do == "" {
		p.Missing = ui.ErrorAt(form.Fields, "do")
	}
	if form.Problem != nil {
		p.Refused = refusalOf(form)
	}
	p.More = moreOf(v)
	if v.Step != nil && back != "" && len(p.Choices) > 0 {
		p.Like = "/desk/several?" + url.Values{"like": {string(v.Number)}, "list": {back}}.Encode()
	}
	p.Look = lookAt(a, v)
	if p.Look != "" {
		p.Shown = fmt.Sprintf("看 %d 张图片", filesShown(v))
	}
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

// filesShown counts the files that stand for their materials.
func filesShown(v cases.View) (n int) {
	for _, f := range v.Files {
		if f.Present() {
			n++
		}
	}
	return n
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

func papersOf(v cases.View) string {
	needed, lacking := 0, 0
	for _, m := range v.Materials {
		switch m.Status {
		case cases.MaterialNotNeeded:
			continue
		case cases.MaterialAbsent, cases.MaterialDefective:
			lacking++
		}
		needed++
	}
	if lacking > 0 {
		return fmt.Sprintf("材料 %d 份，差 %d 份", needed, lacking)
	}
	lost := 0
	for _, m := range v.Moves {
		if m.Missed != nil {
			lost += len(m.Things)
		}
	}
	if lost > 0 { // the applicant handed everything in, and it did not come here
		return fmt.Sprintf("材料 %d 份，申请人交齐了，没收到 %d 样", needed, lost)
	}
	return fmt.Sprintf("材料 %d 份，全部齐", needed)
}

// legendOf asks the question of the answers: 审查意见.
func legendOf(v cases.View) string {
	if asksForTime(v) {
		return "延期的意见"
	}
	if v.Step == nil || !slices.ContainsFunc(stepVerbs, func(verb cases.Verb) bool { return verb != cases.VerbTake && slices.Contains(v.Actions, verb) }) {
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
		a.Problem, a.Fields = p, p.Fields // a refusal may say which box causes it
	default:
		return false
	}
	return true
}
