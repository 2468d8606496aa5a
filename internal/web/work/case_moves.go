package work

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"bianmin/internal/cases"
	"bianmin/internal/item"
	"bianmin/internal/paper"
	"bianmin/internal/place"
	"bianmin/internal/problem"
	"bianmin/internal/web/ui"
)

// sidesOf are the sides between which papers of a case change hands: the applicant, the room, the station, the units of
// its steps.
func sidesOf(v cases.View, places *place.Directory) []string {
	list := []string{"申请人"}
	for _, code := range []place.Code{v.Place, v.Town} {
		if p, ok := places.Place(code); ok {
			list = append(list, p.Service)
		}
	}
	if v.Whole != nil {
		for _, step := range v.Steps {
			if owner, err := item.ParseOwner(step.Owner); err == nil && owner.Kind == item.UnitDesk {
				list = append(list, step.OwnerName)
			}
		}
	}
	var once []string
	for _, side := range list {
		if !slices.Contains(once, side) {
			once = append(once, side)
		}
	}
	return once
}

func optionsOf(list ...string) []ui.Option {
	options := make([]ui.Option, len(list))
	for i, s := range list {
		options[i] = ui.Option{Value: s, Label: s}
	}
	return options
}

func chosenFirst(list []string) []ui.Option {
	return append([]ui.Option{{Value: "", Label: "请选"}}, optionsOf(list...)...)
}

func thingField(i int) string { return "things[" + strconv.Itoa(i) + "].originals" }

// conveyForm asks how many of each paper change hands, from whom to whom.
func conveyForm(v cases.View, o offers, in func(list ...ui.Input) []ui.Input) caseForm {
	var list []ui.Input
	for i, m := range v.Materials {
		list = append(list, ui.Input{Name: thingField(i), Label: m.Name, Hint: "原件几份，不交接的不写", InputMode: "numeric", Small: true, Max: 3})
	}
	list = append(list, ui.Input{Name: "other", Label: "清单以外的", Hint: "写材料的名称，没有就不写", Max: 100},
		ui.Input{Name: thingField(len(v.Materials)), Label: "清单以外的，几份", InputMode: "numeric", Small: true, Max: 3},
		ui.Input{Name: "from", Label: "从哪里交出", Type: "select", Options: chosenFirst(o.Sides)},
		ui.Input{Name: "giver", Label: "交出的人", Value: o.Me, Max: 50}, ui.Input{Name: "to", Label: "交到哪里", Type: "select", Options: chosenFirst(o.Sides)},
		ui.Input{Name: "taker", Label: "接收的人", Max: 50}, ui.Input{Name: "note", Label: "备注", Max: 200})
	return caseForm{Title: "材料交接", Lead: "原件在谁手里，交一次记一次。交给别处的，对方在屏幕上一样一样点收到。要纸的，在“文书”里出物料流转凭证。", Button: "记下这次交接", Fields: in(list...)}
}

// conveyed reads it. The place of a box is that of the material; the last box is for what stands in no list.
func conveyed(v cases.View, raw func(string) string, said func(string) string) cases.Convey {
	c := cases.Convey{From: said("from"), Giver: said("giver"), To: said("to"), Taker: said("taker"), Note: said("note")}
	for i, typed := range boxes(v, raw) {
		name := said("other")
		if i < len(v.Materials) {
			name = v.Materials[i].Name
		}
		if typed == "" && (i < len(v.Materials) || name == "") {
			continue
		}
		n, err := strconv.Atoi(typed)
		if err != nil {
			n = -1 // which the rule refuses
		}
		c.Things = append(c.Things, cases.Thing{Name: name, Originals: n})
	}
	return c
}

func boxes(v cases.View, raw func(string) string) []string {
	list := make([]string, len(v.Materials)+1)
	for i := range list {
		list[i] = raw(thingField(i))
	}
	return list
}

// atTheBoxes leads the paths of the hand-over's list to the boxes of the form, which has one for every material.
func atTheBoxes(v cases.View, posted url.Values, wrong []problem.Field) []problem.Field {
	raw := func(field string) string {
		return strings.TrimSpace(posted.Get(string(cases.VerbConvey) + "." + field))
	}
	var filled []int
	for i, typed := range boxes(v, raw) {
		if typed != "" || i == len(v.Materials) && raw("other") != "" {
			filled = append(filled, i)
		}
	}
	led := make([]problem.Field, len(wrong))
	for i, f := range wrong {
		led[i] = f
		index, field, ok := strings.Cut(strings.TrimPrefix(f.Path, "things["), "].")
		n, err := strconv.Atoi(index)
		switch {
		case f.Path == "things":
			led[i].Path = thingField(0)
		case ok && err == nil && n < len(filled) && field == "name":
			led[i].Path = "other"
		case ok && err == nil && n < len(filled):
			led[i].Path = thingField(filled[n])
		}
	}
	return led
}

func ticked(do, field string) string { return do + "." + field }

// entrustForm asks who may act for the applicant, for what, and until when.
func entrustForm(a asked, in func(list ...ui.Input) []ui.Input) caseForm {
	f := caseForm{Title: "授权委托", Lead: "申请人委托别人办这一件。勾上委托办什么。记好以后在“文书”里出授权委托书，双方签名。代办不收费。", Button: "记下委托",
		Fields: in(ui.Input{Name: "name", Label: "受托人的姓名", Max: 50}, ui.Input{Name: "relation", Label: "和申请人的关系", Type: "select", Options: chosenFirst(cases.Relations)},
			ui.Input{Name: "id_number", Label: "受托人的证件号", Hint: "加密保存，文书上只印一部分", Max: 20}, ui.Input{Name: "until", Label: "委托到哪一天", Hint: "写成 2026-06-30", Small: true, Max: 10})}
	do := string(cases.VerbEntrust)
	for i, m := range cases.Matters {
		name := ticked(do, "matters["+strconv.Itoa(i)+"]")
		f.Papers = append(f.Papers, paperAsk{Name: m, Brought: name, Checked: a.Typed.Get(name) != ""})
	}
	return f
}

func entrusted(posted url.Values, raw, said func(string) string) cases.Entrust {
	c := cases.Entrust{Name: said("name"), Relation: said("relation"), IDTyped: raw("id_number"), Until: raw("until")}
	for i, m := range cases.Matters {
		if posted.Get(ticked(string(cases.VerbEntrust), "matters["+strconv.Itoa(i)+"]")) != "" {
			c.Matters = append(c.Matters, m)
		}
	}
	return c
}

// servable are the papers of the case that are served on the applicant.
func servable(v cases.View) []string {
	var list []string
	for _, x := range []struct {
		there bool
		kind  paper.Kind
	}{{v.Whole != nil && v.Notice != nil, paper.Notice}, {v.AcceptedAt != nil, paper.Acceptance}, {v.State == cases.NotAccepted, paper.Rejection},
		{v.Whole != nil && (v.Special != nil || len(v.Specials) > 0), paper.Special}, {v.Extension != nil && v.Extension.State == "granted", paper.Extension},
		{v.Approved != nil && *v.Approved, paper.Approval}, {v.Approved != nil && !*v.Approved, paper.Refusal}} {
		if x.there {
			list = append(list, x.kind.Chinese())
		}
	}
	if v.Approved != nil && *v.Approved {
		list = append(list, "办理结果")
	}
	return list
}

// serveForm asks how a paper was served, once for each try.
func serveForm(v cases.View, a asked, in func(list ...ui.Input) []ui.Input) caseForm {
	do := string(cases.VerbServe)
	consent := ticked(do, "consent")
	var ways []ui.Option
	for _, w := range cases.ServiceWays {
		ways = append(ways, ui.Option{Value: string(w.Way), Label: w.Chinese})
	}
	f := caseForm{Title: "文书送达", Lead: "送一次记一次，没有送到的也记。签收了的，在“文书”里出送达回执。", Button: "记下这次送达", Sign: ticked(do, "strokes"), Signed: a.typed(do, "strokes", ""),
		Papers: []paperAsk{{Name: "受送达人同意电子送达", Brought: consent, Checked: a.Typed.Get(consent) != "", Status: "只有电子送达要勾"}},
		Fields: in(ui.Input{Name: "paper", Label: "送达哪一份", Type: "select", Options: chosenFirst(servable(v))}, ui.Input{Name: "way", Label: "怎么送达", Type: "select", Options: append([]ui.Option{{Value: "", Label: "请选"}}, ways...)},
			ui.Input{Name: "reached", Label: "送到了没有", Type: "select", Options: []ui.Option{{Value: "yes", Label: "送到了"}, {Value: "no", Label: "没有送到"}}},
			ui.Input{Name: "where", Label: "送到哪里", Max: 200}, ui.Input{Name: "receiver", Label: "签收人", Max: 50},
			ui.Input{Name: "relation", Label: "签收人和受送达人的关系", Type: "select", Options: chosenFirst([]string{"本人", "同住的成年家属", "代理人", "单位负责收件的人"})},
			ui.Input{Name: "why", Label: "没有送到的原因，或者拒收的理由", Max: 200}, ui.Input{Name: "witness", Label: "见证人", Hint: "留置送达要写；签在纸上的也要写", Max: 50},
			ui.Input{Name: "mail", Label: "邮件号", Hint: "邮寄送达要写", Max: 50}, ui.Input{Name: "address", Label: "电子送达的地址", Hint: "手机号、邮箱或者账号", Max: 200},
			ui.Input{Name: "signed_on", Label: "哪天在纸上签的", Hint: "签在纸上的才写，写成 2026-03-10", Small: true, Max: 10})}
	return f
}

func served(posted url.Values, raw, said func(string) string) cases.Serve {
	return cases.Serve{Paper: said("paper"), Way: cases.ServiceWay(raw("way")), Reached: raw("reached") != "" && raw("reached") != "no", Why: said("why"), Where: said("where"), Receiver: said("receiver"),
		Relation: said("relation"), Witness: said("witness"), Mail: raw("mail"), Address: said("address"), SignedOn: raw("signed_on"), Strokes: raw("strokes"),
		Consent: posted.Get(ticked(string(cases.VerbServe), "consent")) != ""}
}
