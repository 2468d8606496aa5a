package work

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"bianmin/internal/cases"
	"bianmin/internal/problem"
	"bianmin/internal/web/ui"
)

func cameField(i int) string { return "things[" + strconv.Itoa(i) + "].came" }

// The two answers of whether a thing came.
const (
	cameYes = "yes"
	cameNo  = "no"
)

// comingTo are the hand-overs that this account's side is to confirm, the oldest first.
func comingTo(v cases.View) []cases.MoveView {
	return slices.DeleteFunc(slices.Clone(v.Moves), func(m cases.MoveView) bool { return !m.Mine })
}

// arriveForm confirms one hand-over, thing by thing; of several the oldest.
func arriveForm(v cases.View, in func(list ...ui.Input) []ui.Input) caseForm {
	list := comingTo(v)
	if len(list) == 0 {
		return caseForm{Title: "收到材料", Button: "点完了"}
	}
	m := list[0]
	f := caseForm{Title: "收到材料", Lead: moveWords(m) + "一样一样对着点。", Button: "点完了", Fixed: []fixed{{string(cases.VerbArrive) + ".n", strconv.FormatInt(m.N, 10)}}}
	if len(list) > 1 {
		f.Lead += fmt.Sprintf("这次点完，还有 %d 次交接要点。", len(list)-1)
	}
	var boxes []ui.Input
	for i, x := range m.Things {
		boxes = append(boxes, ui.Input{Name: cameField(i), Label: x.Name, Hint: countsWords(x.Originals, x.Copies), Type: "select",
			Options: []ui.Option{{Value: "", Label: "请点"}, {Value: cameYes, Label: "收到"}, {Value: cameNo, Label: "没收到"}}})
	}
	f.Fields = in(append(boxes, ui.Input{Name: "note", Label: "没收到的说明", Hint: "有没收到的才写：问了谁，怎么说的", Max: 200})...)
	return f
}

// arrived reads it against the hand-over that the form showed.
func arrived(v cases.View, raw, said func(string) string) cases.Arrive {
	n, _ := strconv.ParseInt(raw("n"), 10, 64) // none is 0, which is no hand-over
	c := cases.Arrive{N: n, Note: said("note")}
	for _, m := range v.Moves {
		if m.N != n {
			continue
		}
		for i, x := range m.Things {
			came := cases.Came{Name: x.Name}
			if answer := raw(cameField(i)); answer == cameYes || answer == cameNo {
				yes := answer == cameYes
				came.Came = &yes
			}
			c.Things = append(c.Things, came)
		}
	}
	if len(c.Things) == 0 { // somebody else was first: the rule says so
		no := true
		c.Things = []cases.Came{{Came: &no}}
	}
	return c
}

// endMoveForm ends a hand-over that will not be confirmed.
func endMoveForm(v cases.View, a asked, in func(list ...ui.Input) []ui.Input) caseForm {
	which := ui.Input{Name: "n", Label: "哪一次交接", Type: "select", Value: a.typed(string(cases.VerbEndMove), "n", "")}
	for _, m := range v.Moves {
		if m.MayEnd {
			which.Options = append(which.Options, ui.Option{Value: strconv.FormatInt(m.N, 10), Label: dateWords(m.At) + " " + thingWords(m.Things)})
		}
	}
	return caseForm{Title: "了结交接", Lead: "没有交成，或者找不到了、另外补办了，写明原因了结。已经收到的不变，记录都留着。", Button: "了结这次交接",
		Fields: in(which, longText("reason", "了结的原因", "材料现在在哪里，怎么办的", 2))}
}

// moveWords is 3月9日 贺桂兰从高家堡村便民服务室交给高家堡镇便民服务站刘芳。
func moveWords(m cases.MoveView) string {
	return fmt.Sprintf("%s %s从%s交给%s%s。", dateWords(m.At), m.Giver, m.From, m.To, m.Taker)
}

// moveNote tells of papers on their way; of what did not come as a warning.
func moveNote(m cases.MoveView) lawNote {
	if x := m.Missed; x != nil {
		return lawNote{Kind: "amber", Title: "没收到：" + thingWords(m.Things) + "。", Text: moveWords(m) + momentOf(x.At) + " " + x.By.Name + "点过：" + withStop(x.Note)}
	}
	n := lawNote{Title: "材料在路上：" + thingWords(m.Things) + "。", Text: moveWords(m) + "接收的一边还没有确认。"}
	if m.Mine {
		n.Kind = "amber"
		n.Title = "等着确认收到：" + thingWords(m.Things) + "。"
	}
	return n
}

// moveTag marks a case in a list by its papers on the way.
func moveTag(v cases.View) (deskTag, bool) {
	switch {
	case len(v.Moves) == 0:
		return deskTag{}, false
	case slices.ContainsFunc(v.Moves, func(m cases.MoveView) bool { return m.Missed != nil }):
		return deskTag{"amber", "材料没到"}, true
	case len(comingTo(v)) > 0:
		return deskTag{"blue", "材料等我收"}, true
	}
	return deskTag{"", "材料在路上"}, true
}

// atTheThings leads a refusal of the whole to the first box.
func atTheThings(wrong []problem.Field) []problem.Field {
	led := slices.Clone(wrong)
	for i, f := range led {
		if f.Path == "things" || strings.HasSuffix(f.Path, "].name") {
			led[i].Path = cameField(0)
		}
	}
	return led
}
