package work

import (
	"fmt"
	"maps"
	"slices"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/item"
	"bianmin/internal/web/ui"
)

// checkPress goes on to the last look.
var checkPress = ui.Press{Text: "下一步，核对", Key: "Enter", Code: "Enter", Name: fieldDo, Value: string(doCheck)}

// asidePress puts the application aside.
var asidePress = ui.Press{Text: "先放着", Kind: ui.Grey, Key: "Z", Code: "KeyZ", Name: fieldDo, Value: string(doAside)}

// fillingBar goes on to the last look; what can be done on the spot and is complete, at once.
func (w counterWork) fillingBar(sh sheet, o offer) []ui.Press {
	next := checkPress
	if o.Main == doFinish && len(w.check(sh)) == 0 {
		next = ui.Press{Text: w.doWords(doFinish), Key: "Enter", Code: "Enter", Name: fieldDo, Value: string(doFinish)}
	}
	return []ui.Press{asidePress, next}
}

// prints says whether the paper of what a button does is printed at once: all but a registration over the telephone.
func (w counterWork) prints(do counterDo) bool {
	return do != doFile || w.form.Channel != cases.ByPhone
}

// filingBar has the buttons that file: the blue one is the surest way to the result.
func (w counterWork) filingBar(o offer) []ui.Press {
	bar := []ui.Press{{Text: "回去改", Kind: ui.Grey, Key: "Esc", Code: "Escape", Name: fieldDo, Value: string(doEdit)}}
	if o.Blocked > 0 && !o.Elsewhere {
		bar = append(bar, ui.Press{Text: fmt.Sprintf("受理（还缺 %d 项）", o.Blocked), Off: true, Plain: true})
	}
	for _, do := range o.Others {
		bar = append(bar, ui.Press{Text: w.doWords(do), Kind: ui.Grey, Name: fieldDo, Value: string(do)})
	}
	return append(bar, ui.Press{Text: w.doWords(o.Main), Key: "Enter", Code: "Enter", Name: fieldDo, Value: string(o.Main)})
}

// doWords is what stands on a button.
func (w counterWork) doWords(do counterDo) string {
	switch do {
	case doAccept:
		return "受理并打印"
	case doNotify:
		return "发告知书并打印"
	case doFinish:
		return "当场办结并打印"
	}
	switch {
	case w.form.Channel == cases.ByPhone:
		return "登记"
	case w.actor.Role == access.Agent:
		return "收件"
	}
	return "收件，先不受理"
}

// says is what the blue button will do, in one sentence.
func (w counterWork) says(o offer) string {
	town, _ := w.site.Places.Place(w.at().Town())
	switch {
	case o.Main == doNotify:
		return fmt.Sprintf("缺的 %d 项一次告诉申请人，材料先收下。补齐再受理，时限从补齐那天起算。", o.Lacking)
	case o.Main == doFinish:
		return "受理、决定、送达一次办完，结果当场交给申请人。"
	case o.Main == doAccept:
		due := w.site.Calendar().Reckon(w.def.Limits.Promised, w.today(), nil, w.now).Due
		if w.def.Limits.Promised.Days == 0 {
			return "受理以后今天办好。"
		}
		return "受理以后从今天起算，最晚 " + ui.ShortDay(due) + " 办好。"
	case w.form.Channel == cases.ByPhone:
		return "先登记。材料带来以后再收件、受理。"
	case o.Elsewhere:
		return "先收下材料，由" + town.Name + "窗口受理，时限从受理那天起算。"
	}
	return "先收下材料，还没有受理，时限不走。"
}

// summary is the last look, line by line.
func (w counterWork) summary(sh sheet) []summaryRow {
	var rows []summaryRow
	for _, s := range w.def.Situations {
		if a := w.form.Answers[s.ID]; a != "" {
			rows = append(rows, summaryRow{Label: s.Question, Value: a})
		} else if changes(s) {
			rows = append(rows, summaryRow{Label: s.Question, Mark: ui.Amber, Status: "没有问", Value: "回答会增减材料"})
		}
	}
	if !w.under.None() {
		rows = append(rows, summaryRow{Label: "同一件事正在办，为什么另收", Value: w.form.Another})
	}
	if w.form.Channel == cases.ByPhone {
		return rows
	}
	settled := sh.settled()
	settled.each(func(i int, m item.Material, t tick) {
		row := summaryRow{Label: m.Name, Mark: markOf(t.Status), Status: t.Status.Chinese()}
		if t.Status == cases.MaterialDefective {
			row.Value = t.Note
		}
		if sh.ticks[i].Status == "" {
			row.Value = "没有点，按收到记"
		}
		rows = append(rows, row)
	})
	return rows
}

func markOf(s cases.MaterialStatus) ui.Mark {
	switch s {
	case cases.MaterialReceived:
		return ui.Done
	case cases.MaterialAbsent, cases.MaterialDefective:
		return ui.Amber
	}
	return ui.InTime
}

// hiddenValues is the whole form, so that nothing typed is lost.
func hiddenValues(f counterForm) []hiddenValue {
	var list []hiddenValue
	all := f.values()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if value := all.Get(name); value != "" && name != fieldKey { // the key goes with the draft
			list = append(list, hiddenValue{name, value})
		}
	}
	return list
}
