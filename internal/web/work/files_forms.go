package work

import (
	"fmt"
	"strconv"

	"bianmin/internal/cases"
	"bianmin/internal/web/ui"
)

// unclearForm says of a file that it cannot be read.
func unclearForm(v cases.View, a asked) caseForm {
	do := string(cases.VerbUnclear)
	in := ui.Input{Name: "file", Label: "哪一张", Type: "select"}
	count := map[string]int{}
	if v.Whole != nil {
		for _, f := range v.Files {
			if f.Present() {
				count[f.Material]++
				in.Options = append(in.Options, ui.Option{Value: strconv.Itoa(f.N), Label: fmt.Sprintf("%s，第 %d 张", f.Material, count[f.Material])})
			}
		}
	}
	return caseForm{Title: "标为不清楚", Lead: "写明哪里看不清。窗口或者代办员会看到，重新拍一张。", Button: "标为不清楚",
		Fields: []ui.Input{a.input(do, in), a.input(do, ui.Input{Name: "reason", Label: "哪里不清楚", Max: 200})}}
}

// giveBackForm hands originals back to their owner.
func giveBackForm(v cases.View, a asked) caseForm {
	do := string(cases.VerbGiveBack)
	f := caseForm{Title: "归还原件", Lead: "勾上还给本人的，请本人在收条上签名。", Button: "还给本人",
		Fields: []ui.Input{a.input(do, ui.Input{Name: "receiver", Label: "谁签收的", Value: v.Applicant.Name, Max: 200})}}
	for i, m := range v.Held {
		name := do + "." + heldField(i)
		f.Papers = append(f.Papers, paperAsk{Name: m.Name, Status: countsWords(m.Originals, 0), Brought: name, Checked: a.Do != do || a.Typed.Get(name) != ""})
	}
	f.Papers = append(f.Papers, paperAsk{Name: "收条上签了名", Brought: do + ".signed", Checked: a.Do == do && a.Typed.Get(do+".signed") != ""})
	return f
}

func heldField(i int) string { return "held[" + strconv.Itoa(i) + "]" }
