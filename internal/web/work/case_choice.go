package work

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/item"
	"bianmin/internal/problem"
	"bianmin/internal/web/ui"
)

// choice is one thing that can be done to the case now: an answer of the form, with the fields that it needs.
type choice struct {
	Do     string // what the form sends: a verb, or the two ways to decide
	Label  string
	Hint   string
	On     bool // it was chosen before the form came back
	Fields []ui.Input
}

// The two ways to decide are two answers of one verb.
const (
	doApprove = "approve"
	doRefuse  = "refuse"
)

// stepVerbs are those that stand as answers beside a case, in this order; the others are forms of the case's own page.
var stepVerbs = []cases.Verb{cases.VerbReceive, cases.VerbAccept, cases.VerbDecide, cases.VerbPass, cases.VerbDeliver, cases.VerbResume,
	cases.VerbApprove, cases.VerbRefuse, cases.VerbReturn, cases.VerbSuspend, cases.VerbExtend, cases.VerbTake}

// asked is a form that came back: what was chosen and typed, and what is wrong with it.
type asked struct {
	Do     string
	Typed  url.Values
	Fields []problem.Field
	// Files is what was wrong with files that came by a plain form.
	Files filesAsked
	// Problem is what stopped it, when it was not the fields alone.
	Problem *problem.Problem
}

func (a asked) typed(do, field, otherwise string) string {
	if v, ok := a.Typed[do+"."+field]; ok && len(v) > 0 {
		return v[0]
	}
	return otherwise
}

// input is a field of an answer. Its name begins with the answer's, so that answers do not mix.
func (a asked) input(do string, in ui.Input) ui.Input {
	path := in.Name
	in.Name = do + "." + path
	in.Value = a.typed(do, path, in.Value)
	if a.Do == do {
		in.Error = ui.ErrorAt(a.Fields, path)
	}
	return in
}

// mistakes are the wrong fields under the names that the form gave them.
func (a asked) mistakes() []ui.Mistake {
	list := make([]ui.Mistake, len(a.Fields))
	for i, f := range a.Fields {
		list[i] = ui.Mistake{ID: ui.FieldID(a.Do + "." + f.Path), Message: f.Message}
	}
	if a.Do == "" && len(list) > 0 {
		list[0].ID = ui.FieldID("do")
	}
	return list
}

// choices are the answers beside a case, with the standing wordings over their texts.
func (s *Site) choices(a access.Actor, v cases.View, form asked) []choice {
	return worded(s.regimeOf(v), form, choicesOf(v, form, s.decides(a, v)))
}

// choicesOf are the answers. Which there are, the case's own actions say; none is chosen beforehand. Who decides on an
// extension is told to whoever may ask for it.
func choicesOf(v cases.View, a asked, decides string) []choice {
	var list []choice
	for _, verb := range stepVerbs {
		if slices.Contains(v.Actions, verb) {
			list = append(list, choicesFor(verb, v, a, decides)...)
		}
	}
	for i := range list {
		list[i].On = list[i].Do == a.Do && a.Problem == nil // after somebody else's step it must be chosen anew
	}
	return list
}

func choicesFor(verb cases.Verb, v cases.View, a asked, decides string) []choice {
	do := string(verb)
	one := func(label, hint string, fields ...ui.Input) []choice {
		c := choice{Do: do, Label: label, Hint: hint}
		for _, f := range fields {
			c.Fields = append(c.Fields, a.input(do, f))
		}
		return []choice{c}
	}
	switch verb {
	case cases.VerbDecide:
		return []choice{
			{Do: doApprove, Label: "同意", Hint: nextHint(v), Fields: []ui.Input{a.input(doApprove, longText("reason", "意见", "可以不写", 2))}},
			{Do: doRefuse, Label: "不同意", Hint: "要写理由", Fields: []ui.Input{
				a.input(doRefuse, needed(longText("reason", "不同意的理由", "会写进决定书，请写清楚不合哪一条；行政复议和行政诉讼的途径自动附上", 3)))}},
		}
	case cases.VerbPass:
		return one("通过", nextHint(v), longText("note", "意见", "可以不写", 2))
	case cases.VerbReturn:
		return one("退回", "退到前面的一步", returnTo(v, a.typed(do, "to", "")), needed(longText("reason", "退回的理由", "退回以后时限接着走", 2)))
	case cases.VerbSuspend:
		return one("进入特别程序", "听证、鉴定，暂停计时", specialKinds(v, a.typed(do, "kind", "")), needed(longText("basis", "依据", "哪一条规定", 2)),
			evidence("开始的凭据", "文书名称和文号，例如听证通知书〔2026〕3 号"), ui.Input{Name: "expected_days", Label: "预计几个工作日", InputMode: "numeric", Small: true, Max: 3})
	case cases.VerbResume:
		return one("特别程序结束", "接着计时", needed(evidence("结束的凭据", "文书名称和文号，例如鉴定意见书〔2026〕8 号")), longText("note", "结果", "可以不写", 2))
	case cases.VerbExtend:
		return one("申请延期", "只能一次，最多 10 天", needed(ui.Input{Name: "days", Label: "延几天", Hint: "1 到 10 个" + limitUnit(v) + "，由" + decides + "批", InputMode: "numeric", Small: true, Max: 2}),
			longText("reason", "延期的理由", "申请人看得到，写清楚为什么办不完", 3))
	case cases.VerbTake:
		return one("接手", takeHint(v))
	case cases.VerbApprove:
		return one("同意延期", "两个期限一起往后")
	case cases.VerbRefuse:
		if lapsed(v) {
			return one("不同意延期", "期限过了还没有批，只能不同意", needed(longText("reason", "不同意延期的理由", "申请的人会看到", 2)))
		}
		return one("不同意延期", "要写理由", needed(longText("reason", "不同意延期的理由", "申请的人会看到；可以另写理由再申请", 2)))
	case cases.VerbDeliver:
		return one("送达", nextHint(v), ways(a.typed(do, "way", "")), ui.Input{Name: "receiver", Label: "谁领的", Value: v.Applicant.Name, Max: 200})
	case cases.VerbAccept:
		return one("受理", "从今天起算时限")
	case cases.VerbReceive:
		return one("收件", "材料到窗口了，到了哪些写哪些", papersTakenIn(v)...)
	}
	return one(verb.Chinese(), "")
}

// papersTakenIn asks of each paper that is not here yet whether it has come.
func papersTakenIn(v cases.View) []ui.Input {
	var list []ui.Input
	for i, m := range v.Materials {
		if m.Status != cases.MaterialAbsent && m.Status != cases.MaterialDefective {
			continue
		}
		in := ui.Input{Name: materialField(i, "status"), Label: m.Name, Type: "select", Options: []ui.Option{{Value: "", Label: "没带"},
			{Value: string(cases.MaterialReceived), Label: "收到"}, {Value: string(cases.MaterialDefective), Label: "不合格"}}}
		if v.Whole != nil && v.Afar != nil && slices.Contains(v.Afar.Bring, m.Name) {
			in.Hint = "申请人说手里有"
		}
		list = append(list, in)
	}
	return list
}

func longText(name, label, hint string, rows int) ui.Input {
	return ui.Input{Name: name, Label: label, Hint: hint, Type: "textarea", Rows: rows, Max: 1000}
}

// evidence is a paper by name and number.
func evidence(label, hint string) ui.Input {
	return ui.Input{Name: "evidence", Label: label, Hint: hint, Max: 200}
}

// takeHint says who hands the matter over, when somebody does.
func takeHint(v cases.View) string {
	if v.Handing != nil {
		return v.Handing.By.Name + "移交的，接下就由自己负责"
	}
	return "先接下，过后办"
}

// needed marks a field that the script moves to when its answer is chosen.
func needed(in ui.Input) ui.Input {
	in.Extra = map[string]any{"data-need": true}
	return in
}

// nextHint says what comes afterwards; who does it stands in the track above.
func nextHint(v cases.View) string {
	if v.Whole == nil || v.Step == nil {
		return ""
	}
	for _, s := range v.Steps {
		switch {
		case s.State == "open" && s.Index != v.Step.Index:
			return "还有“" + s.Name + "”同时在办"
		case s.State == "todo" && s.Index > v.Step.Index:
			return "下一步：" + s.Name
		}
	}
	return "办完就结"
}

// returnTo offers the steps that were done after acceptance, the last one first.
func returnTo(v cases.View, chosen string) ui.Input {
	in := ui.Input{Name: "to", Label: "退到哪一步", Type: "select", Value: chosen}
	if v.Whole == nil || v.Step == nil {
		return in
	}
	for _, s := range v.Steps {
		if s.Kind == item.Accept {
			in.Options = nil // what stands before acceptance is not done again
			continue
		}
		if s.Index >= v.Step.Index {
			break
		}
		if s.State == "done" {
			in.Options = append(in.Options, ui.Option{Value: strconv.Itoa(s.Index), Label: s.Name + "（" + s.OwnerName + "）"})
		}
	}
	slices.Reverse(in.Options)
	return in
}

// proceduresOf are those of the item's own.
func proceduresOf(v cases.View) []string {
	var names []string
	if v.Whole == nil {
		return nil
	}
	for _, x := range v.Steps {
		if (item.Step{Kind: x.Kind, Counts: x.Counts}).Procedure() {
			names = append(names, x.Name)
		}
	}
	return names
}

// specialKinds offers the procedures of the law, and those of the item when it has any.
func specialKinds(v cases.View, chosen string) ui.Input {
	in := ui.Input{Name: "kind", Label: "什么程序", Type: "select", Value: chosen, Options: []ui.Option{{Value: "", Label: "请选"}}}
	for _, k := range cases.SpecialKinds {
		o := ui.Option{Value: string(k.Kind), Label: k.Chinese}
		if k.Kind == cases.OwnSpecial {
			own := proceduresOf(v)
			if len(own) == 0 {
				continue
			}
			o.Label += "（" + strings.Join(own, "、") + "）"
		}
		in.Options = append(in.Options, o)
	}
	return needed(in)
}

func ways(chosen string) ui.Input {
	in := ui.Input{Name: "way", Label: "怎么送达", Type: "select", Value: chosen}
	for _, w := range cases.Ways {
		in.Options = append(in.Options, ui.Option{Value: w.Code, Label: w.Chinese})
	}
	return in
}
