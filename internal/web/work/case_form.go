package work

import (
	"fmt"
	"slices"

	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/web/ui"
)

// caseForm is a form of the case's own page: one verb that is not a step of the way.
type caseForm struct {
	Verb    string
	Title   string
	Lead    string
	Fields  []ui.Input
	Papers  []paperAsk
	Button  string
	Fixed   []fixed // what the form carries without asking
	Sign    string  // the name of a drawn signature; empty: none is asked for
	Signed  string  // what was drawn already
	Open    bool
	Errors  []ui.Mistake
	Action  string
	Version string
	Once    string
}

// fixed is a value that a form sends as it is.
type fixed struct{ Name, Value string }

// paperAsk is one paper in a form about papers: what is wrong with it, or whether it came.
type paperAsk struct {
	Name    string
	Status  string
	What    ui.Input // of the notice
	Note    ui.Input // of the notice
	Unseen  ui.Input // of a later notice: why it could not be seen before
	Again   bool
	Brought string // of the correction: the name of its check box; empty when nothing is to come
	Checked bool
}

// pageVerbs are done on the case's own page, in this order.
var pageVerbs = []cases.Verb{cases.VerbNotify, cases.VerbCorrect, cases.VerbReject, cases.VerbAnswer, cases.VerbArrive, cases.VerbHand, cases.VerbUnclear, cases.VerbGiveBack, cases.VerbServe, cases.VerbConvey,
	cases.VerbEndMove, cases.VerbEntrust, cases.VerbAmend,
	cases.VerbWithdraw, cases.VerbVoid, cases.VerbReveal}

// offers is what forms offer that does not stand in the case.
type offers struct {
	People []ui.Option // to whom it can be handed
	Days   int         // that a notice usually gives
	Me     string      // the actor's name
	Sides  []string    // between which papers change hands
}

// formsOf are the forms that the case's actions allow.
func formsOf(v cases.View, o offers, a asked) []caseForm {
	var list []caseForm
	for _, verb := range pageVerbs {
		if !slices.Contains(v.Actions, verb) {
			continue
		}
		f := formFor(verb, v, o, a)
		f.Verb, f.Action, f.Version, f.Once = string(verb), casePath(v.Number)+"/"+string(verb), versionOf(v), newOnce()
		f.Open = verb == cases.VerbAnswer || verb == cases.VerbArrive // somebody waits for it
		if a.Do == f.Verb {
			f.Open, f.Errors = true, a.mistakes()
		}
		list = append(list, f)
	}
	return list
}

func formFor(verb cases.Verb, v cases.View, o offers, a asked) caseForm {
	do := string(verb)
	fields := func(list ...ui.Input) []ui.Input {
		for i := range list {
			list[i] = a.input(do, list[i])
		}
		return list
	}
	switch verb {
	case cases.VerbNotify:
		f := noticeForm(v, papersToAsk(v, a))
		f.Fields = fields(ui.Input{Name: "days", Label: "给几天补正", Hint: fmt.Sprintf("自然日，不写就是 %d 天", o.Days), InputMode: "numeric", Small: true, Max: 3})
		return f
	case cases.VerbAnswer:
		return caseForm{Title: "回复申请人", Lead: "先问的先回。回复发短信给申请人，也写在申请人的页面上。", Button: "发回复",
			Fields: fields(longText("text", "回复", "最多 300 个字，说清楚怎么办、找谁", 3))}
	case cases.VerbHand:
		return caseForm{Title: "移交", Lead: "对方接手以前，还由" + v.Responsible.Name + "负责。", Button: "移交这一件",
			Fields: fields(ui.Input{Name: "to", Label: "移交给谁", Type: "select", Options: o.People}, longText("reason", "移交的理由", "", 2))}
	case cases.VerbUnclear:
		return unclearForm(v, a)
	case cases.VerbGiveBack:
		return giveBackForm(v, a)
	case cases.VerbCorrect:
		return caseForm{Title: "补正", Lead: "勾上补来的材料。都齐了，从今天起可以受理。", Papers: papersToCome(v, a), Button: "收下材料"}
	case cases.VerbReject:
		return caseForm{Title: "不予受理", Lead: "要书面告诉申请人，行政复议和行政诉讼的途径自动附上。", Button: "不予受理",
			Fields: fields(longText("ground", "不予受理的理由", "依据哪一条", 3), ui.Input{Name: "whose", Label: "该去哪里办", Hint: "不归这里管的，写清楚归谁", Max: 200})}
	case cases.VerbAmend:
		return caseForm{Title: "更正", Lead: "写错的姓名、证件号、电话、住址，决定以前可以改。原来的留着，谁改的、为什么改，都有记录。", Button: "改过来",
			Fields: fields(fieldChoice(a.typed(do, "field", ""), cases.FieldName, cases.FieldIDNumber, cases.FieldPhone, cases.FieldAddress),
				ui.Input{Name: "value", Label: "改成", Max: 200}, longText("reason", "更正的原因", "", 2))}
	case cases.VerbWithdraw:
		return caseForm{Title: "撤回", Lead: "申请人不办了。撤回以后这一件就结了，要办得重新申请。", Button: "撤回这一件", Fields: fields(longText("reason", "撤回的原因", "", 2))}
	case cases.VerbVoid:
		return caseForm{Title: "作废", Lead: "收错了的件。作废以后不能恢复，记录还在。", Button: "作废这一件", Fields: fields(longText("reason", "作废的理由", "", 2))}
	case cases.VerbServe:
		return serveForm(v, a, fields)
	case cases.VerbArrive:
		return arriveForm(v, fields)
	case cases.VerbEndMove:
		return endMoveForm(v, a, fields)
	case cases.VerbConvey:
		return conveyForm(v, o, fields)
	case cases.VerbEntrust:
		return entrustForm(a, fields)
	case cases.VerbReveal:
		choices := []string{cases.FieldIDNumber}
		if v.Applicant.Phone != nil {
			choices = append(choices, cases.FieldPhone)
		}
		return caseForm{Title: "显示完整号码", Lead: "谁看的、为什么看，会留下记录。", Button: "显示",
			Fields: fields(fieldChoice(a.typed(do, "field", ""), choices...), ui.Input{Name: "reason", Label: "查看的原因", Max: 200})}
	}
	return caseForm{Title: verb.Chinese(), Button: verb.Chinese()}
}

// noticeForm is the first notice, or a later one, which says of whose record it goes on.
func noticeForm(v cases.View, papers []paperAsk) caseForm {
	if v.Whole == nil || v.Notice == nil {
		return caseForm{Title: "一次性告知", Lead: "缺的、不合格的一次写全。只有这一次，今天能说而没说的，以后不能再要。", Papers: papers, Button: "发告知书"}
	}
	for i := range papers {
		papers[i].Again = true
	}
	return caseForm{Title: "再次告知", Lead: fmt.Sprintf("%s %s已经告知过一次。要再告知，每一样都写明上次为什么看不出来；会作为过错，记在第一次告知的人名下。", dateWords(v.Notice.At), v.Notice.By.Name),
		Papers: papers, Button: "再发告知书"}
}

func limitUnit(v cases.View) string {
	if v.Limits.Promised == nil {
		return calendar.Working.Chinese()
	}
	return v.Limits.Promised.Unit.Chinese()
}

func fieldChoice(chosen string, names ...string) ui.Input {
	in := ui.Input{Name: "field", Label: "哪一项", Type: "select", Value: chosen}
	for _, name := range names {
		in.Options = append(in.Options, ui.Option{Value: name, Label: cases.FieldChinese[name]})
	}
	return in
}

// papersToAsk lists every paper for the notice.
func papersToAsk(v cases.View, a asked) []paperAsk {
	do := string(cases.VerbNotify)
	var list []paperAsk
	for i, m := range v.Materials {
		what := ""
		if m.Status == cases.MaterialAbsent || m.Status == cases.MaterialDefective {
			what = string(m.Status)
		}
		list = append(list, paperAsk{Name: m.Name, Status: m.Status.Chinese(),
			What: a.input(do, ui.Input{Name: materialField(i, "what"), Label: m.Name + "怎么样", Hidden: true, Type: "select", Value: what, Options: []ui.Option{
				{Value: "", Label: "不用补"}, {Value: string(cases.MaterialAbsent), Label: "没带"}, {Value: string(cases.MaterialDefective), Label: "不合格"}}}),
			Note:   a.input(do, ui.Input{Name: materialField(i, "note"), Label: m.Name + "的说明", Hidden: true, Placeholder: "怎么补，不合格的要写", Max: 200}),
			Unseen: a.input(do, ui.Input{Name: materialField(i, "unseen"), Label: m.Name + "上次为什么看不出来", Hidden: true, Placeholder: "上次为什么看不出来", Max: 200}),
		})
	}
	return list
}

// papersToCome lists what the correction may bring: what is absent or not in order.
func papersToCome(v cases.View, a asked) []paperAsk {
	do := string(cases.VerbCorrect)
	var list []paperAsk
	for i, m := range v.Materials {
		if m.Status != cases.MaterialAbsent && m.Status != cases.MaterialDefective {
			continue
		}
		list = append(list, paperAsk{Name: m.Name, Status: m.Status.Chinese(), Brought: do + "." + materialField(i, "status"),
			Checked: a.typed(do, materialField(i, "status"), "") != ""})
	}
	return list
}
