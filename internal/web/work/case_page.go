package work

import (
	"fmt"
	"strings"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/item"
	"bianmin/internal/web/ui"
)

// casePage is the case whole.
type casePage struct {
	Chrome      ui.Chrome
	Panel       *panel
	Done        cases.Verb
	Applicant   []caseFact
	Facts       []caseFact
	Responsible string
	FirstAsked  string
	Notice      *noticeShown
	Asks        []lawNote // stands where it is answered
	Law         []lawNote
	Faults      []lawNote
	Materials   []materialRow
	Steps       []stepRow
	Limits      []ui.LimitDays
	NoLimits    string
	Events      []eventRow
	Forms       []caseForm
	Papers      papersShown
	Printed     string
	Again       string // where something else is received from the same applicant; empty for who receives nothing
	// Looks leads to who looked at the files; empty when there are none. Added says how many files have just come.
	Looks, Added string
	// Call is the form that shows the applicant's telephone to be rung up; nil where there is none.
	Call *ringForm
}

// caseFact is one line of what is known. Field names what can be shown in full, when it can.
type caseFact struct{ Label, Value, Field, Full, Tel string }

type materialRow struct {
	Name, Asked, Note string
	Mark              ui.Mark
	Status            string
	Shots             shots
}

type stepRow struct {
	Kind                                                  string // done, now, todo, skip
	Name, Owner, Days, Started, Due, Late, Done, By, Note string
}

// noticeShown is the one-time notice that was given: when and by whom, and what it asks for.
type noticeShown struct{ Given, Lacks, Until string }

func (s *Site) casePage(actor access.Actor, v cases.View, o offers, form asked) casePage {
	p := casePage{
		Panel: s.panelOf(actor, v, "", form), Applicant: applicantOf(v), Facts: factsOf(v), Responsible: s.responsibleOf(v),
		Materials: s.materialsOf(actor, v, form), Steps: stepsOf(v), Forms: s.wordedForms(v, form, formsOf(v, o, form)), Printed: ui.Moment(s.Clock.Now()),
		Faults: faultsOf(v),
	}
	for _, n := range p.Panel.Law {
		if n.Asks {
			p.Asks = append(p.Asks, n)
		} else {
			p.Law = append(p.Law, n)
		}
	}
	p.Panel.More = nil // the forms are on this page
	for _, f := range p.Forms {
		if f.Open {
			p.Panel.Errors = nil // said at that form
		}
	}
	if v.State.Open() {
		p.FirstAsked = "首问负责：下一位接手以前，由这一位负责"
	}
	if v.Notice != nil {
		p.Notice = noticeOf(v)
	}
	p.NoLimits = noLimits(v)
	if len(v.Files) > 0 {
		p.Looks = casePath(v.Number) + "/looks"
	}
	p.Call = ringOf(v)
	return p
}

// noticeOf tells of the notice; while it is open, until when the applicant has time.
func noticeOf(v cases.View) *noticeShown {
	n, what := v.Notice, "一次性告知："
	if n.Again {
		what = "再次告知："
	}
	shown := &noticeShown{Given: momentOf(n.At) + " " + n.By.Name + what, Lacks: eventLacks(n.Missing)}
	if v.State == cases.Correcting {
		shown.Until = fmt.Sprintf("补正到 %s为止（%d 天），过了就办结", presumed(n.Until, n.Provisional), n.Days)
	}
	return shown
}

// noLimits says why there is nothing to count; nothing when there is.
func noLimits(v cases.View) string {
	switch p := v.Limits.Promised; {
	case p != nil && p.Days == 0:
		return "承诺当场办好，不用数天。"
	case p == nil || p.From != nil:
		return ""
	case !v.State.Open():
		return "没有受理过，时限没有起算。"
	default:
		return fmt.Sprintf("还没有受理，时限没有起算。受理以后承诺 %s办好。", limitWordsOf(p))
	}
}

func applicantOf(v cases.View) []caseFact {
	a := v.Applicant
	can := map[bool]string{true: cases.FieldIDNumber}
	list := []caseFact{{Label: "姓名", Value: a.Name}, {Label: "证件号", Value: a.IDNumber, Field: can[mayReveal(v)]}}
	if a.Kind == cases.AnOrganisation {
		list[0].Label, list[1].Label = "单位名称", "信用代码"
	}
	phone := caseFact{Label: "电话", Value: "无"}
	if a.Phone != nil {
		phone.Value = *a.Phone
		if mayReveal(v) {
			phone.Field = cases.FieldPhone
		}
	}
	list = append(list, phone, caseFact{Label: "住在", Value: v.TownName + townless(v)})
	if a.Address != nil {
		list = append(list, caseFact{Label: "住址", Value: *a.Address})
	}
	if v.Green != nil {
		list = append(list, caseFact{Label: "绿色通道", Value: *v.Green})
	}
	return list
}

// townless is the room's name beside the town's; nothing when the case was filed for the town itself.
func townless(v cases.View) string {
	if v.Place == v.Town {
		return ""
	}
	return v.PlaceName
}

func mayReveal(v cases.View) bool {
	for _, verb := range v.Actions {
		if verb == cases.VerbReveal {
			return true
		}
	}
	return false
}

func factsOf(v cases.View) []caseFact {
	list := []caseFact{{Label: "事项", Value: v.Item.Name}, {Label: "类型", Value: v.Item.Kind.Chinese()}, {Label: "渠道", Value: v.Channel.Chinese()}, {Label: "提交", Value: momentOf(v.FiledAt)}}
	if v.Whole != nil && v.Another != nil {
		list = append(list, caseFact{Label: "另收一件", Value: anotherWords(v.Another)})
	}
	for _, m := range []struct {
		label string
		at    *string
	}{{"收件", v.ReceivedAt}, {"受理", v.AcceptedAt}, {"决定", v.DecidedAt}, {"办结", v.ClosedAt}} {
		if m.at != nil && !(m.label == "收件" && *m.at == v.FiledAt) {
			list = append(list, caseFact{Label: m.label, Value: momentOf(*m.at)})
		}
	}
	return list
}

// anotherWords are why the case was received beside the same matter under way, and what that was.
func anotherWords(n *cases.AnotherView) string {
	var beside []string
	for _, number := range n.Beside {
		beside = append(beside, string(number))
	}
	beside = append(beside, n.Elsewhere...)
	return fmt.Sprintf("%s（当时正在办：%s）", n.Reason, strings.Join(beside, "、"))
}

func (s *Site) responsibleOf(v cases.View) string {
	return personWords(v.Responsible, s.Places)
}

func (s *Site) materialsOf(actor access.Actor, v cases.View, form asked) []materialRow {
	def, known := s.Items.At(v.Item.Code, v.Item.Version)
	rows := make([]materialRow, len(v.Materials))
	for i, m := range v.Materials {
		rows[i] = materialRow{Name: m.Name, Asked: countsWords(m.Originals, m.Copies), Status: m.Status.Chinese(), Mark: materialMark(m.Status)}
		rows[i].Shots = shotsOf(actor, v, i, form.Files.at(m.Name))
		if !known {
			continue
		}
		if asked, ok := def.Material(m.Name); ok && asked.Need == item.When && asked.When != nil {
			rows[i].Note = *asked.When
		}
	}
	return rows
}

func materialMark(s cases.MaterialStatus) ui.Mark {
	switch s {
	case cases.MaterialReceived:
		return ui.Done
	case cases.MaterialAbsent, cases.MaterialDefective:
		return ui.Amber
	}
	return ui.InTime
}

// countsWords is 原件 1，复印 1.
func countsWords(originals, copies int) string {
	var said []string
	if originals > 0 {
		said = append(said, fmt.Sprintf("原件 %d", originals))
	}
	if copies > 0 {
		said = append(said, fmt.Sprintf("复印 %d", copies))
	}
	if len(said) == 0 {
		return "看一下"
	}
	return strings.Join(said, "，")
}

func stepsOf(v cases.View) []stepRow {
	var rows []stepRow
	for _, s := range v.Steps {
		r := stepRow{Kind: map[string]string{"done": "done", "open": "now", "skipped": "skip"}[s.State], Name: s.Name, Owner: s.OwnerName,
			Started: dayWords(s.Started), Done: dayWords(s.Done)}
		if r.Kind == "" {
			r.Kind = "todo"
		}
		if s.Days != nil && *s.Days > 0 {
			r.Days = fmt.Sprintf("%d 个%s", *s.Days, s.DayUnit.Chinese())
		}
		if !s.Counts {
			r.Days = strings.TrimPrefix(r.Days+"，不计入时限", "，")
		}
		if s.Due != nil {
			r.Due, r.Late = dateWords(*s.Due), lateWords(s)
		}
		if s.By != nil {
			r.By = *s.By
		}
		if s.Note != nil {
			r.Note = *s.Note
		}
		rows = append(rows, r)
	}
	return rows
}

// reveal puts a number in full beside its name, this once.
func (p *casePage) reveal(r *cases.RevealedView) {
	if r == nil {
		return
	}
	for i := range p.Applicant {
		if p.Applicant[i].Field == r.Field {
			p.Applicant[i].Full = r.Value
			if r.Field == cases.FieldPhone {
				p.Applicant[i].Tel = r.Value
			}
		}
	}
}

// DoneWords says what was done.
func (p casePage) doneWords() string {
	if p.Done == "" || !known(p.Done) {
		return ""
	}
	return "“" + p.Done.Chinese() + "”办好了"
}

func known(verb cases.Verb) bool {
	for _, v := range cases.Verbs() {
		if v == verb {
			return true
		}
	}
	return false
}

var caseKeys = []ui.Key{{Keys: "1–9", Does: "选意见"}, {Keys: "Enter", Does: "按蓝色的按钮"}, {Keys: "P", Does: "打印"}, {Keys: "/", Does: "查找：姓名、首字母、编号"},
	{Keys: "Esc", Does: "回到列表"}, {Keys: "?", Does: "这张表"}}
