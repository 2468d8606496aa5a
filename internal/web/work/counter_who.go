package work

import (
	"github.com/a-h/templ"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/hanzi"
	"bianmin/internal/item"
	"bianmin/internal/place"
	"bianmin/internal/problem"
	"bianmin/internal/web/ui"
)

// counterWho is the applicant: what is asked, and what the number says by itself.
type counterWho struct {
	Kinds                        []ui.Option // nil when the item leaves no choice
	Name, Number, Phone, Address ui.Input
	ShownPhone, ShownAddress     string // as the case will have them
	// Doubts are what should be looked at once more before anything is received: the clerk ticks that it has been.
	Doubts                 []string
	Sure                   bool
	SureWrong              string
	Known                  *counterKnown // who was recognised; nil when name and number are asked for
	Heard                  heard
	Earlier                []earlierCase
	Held                   []heldPaper
	Places                 []placeOption
	PlaceName              string // of the chosen one; for an agent the own room
	PlaceFixed             bool
	PlaceTyped, PlaceWrong string
	Channels, Greens       []ui.Option
	Green                  string // the kind under which the green channel opens; empty when it does not
	Channel                string
	ChannelWrong           string
}

// placeOption is one place to choose; it is found by its name or its initials.
type placeOption struct {
	Code, Name, Initials string
	On                   bool
}

// earlierCase is what the same person came for before, in this town.
type earlierCase struct {
	Number, Name, Stands string
	Open                 bool
}

// who asks about the applicant.
func (w counterWork) who(wrong []problem.Field) counterWho {
	f := w.form
	name, number := "姓名", "身份证号"
	if f.Kind == cases.AnOrganisation {
		name, number = "单位名称", "统一社会信用代码"
	}
	input := func(field, label, value string) ui.Input {
		return ui.Input{Name: field, Label: label, Value: value, Error: ui.ErrorAt(wrong, field), Max: 200}
	}
	who := counterWho{
		Name: input(fieldName, name, f.Name), Number: input(fieldIDNumber, number, f.IDNumber), Phone: input(fieldPhone, "手机号", f.Phone),
		Address: input(fieldAddress, "住址", f.Address), Heard: w.heard, PlaceTyped: f.PlaceTyped,
		Doubts: w.doubts(), Sure: w.sure(), SureWrong: ui.ErrorAt(wrong, fieldSure), PlaceWrong: ui.ErrorAt(wrong, fieldPlace), Channel: f.Channel.Chinese(), ChannelWrong: ui.ErrorAt(wrong, fieldChannel),
	}
	who.ShownPhone, who.ShownAddress = w.phone(), w.address()
	seen := w.seen()
	who.Known, who.Earlier, who.Held = seen.Known, seen.Earlier, seen.Held
	who.Name.Focus = f.Name+f.IDNumber == "" && len(wrong) == 0
	who.Name.Extra, who.Name.Placeholder = nameExtra, "姓名、首字母、证件号、手机号"
	if f.Kind == cases.AnOrganisation {
		who.Name.Placeholder = "名称、首字母、信用代码、电话"
	}
	who.Phone.InputMode, who.Phone.Hint = "tel", "办好了打电话用，没有就空着"
	if seen.Known != nil {
		who.Phone.Label, who.Phone.Hint, who.Address.Label, who.Address.Hint = "新手机号", "没有换就空着", "新住址", "没有搬就空着"
	}
	who.Number.Extra = numberExtra
	if f.Kind == cases.APerson {
		who.Number.Max = 30 // people put gaps into it
	}
	if w.def.Serves == item.Both {
		who.Kinds = []ui.Option{{Value: string(cases.APerson), Label: "个人", On: f.Kind == cases.APerson},
			{Value: string(cases.AnOrganisation), Label: "单位", On: f.Kind == cases.AnOrganisation}}
	}
	for _, c := range channelsOf(w.actor.Role) {
		who.Channels = append(who.Channels, ui.Option{Value: string(c), Label: c.Chinese(), On: c == f.Channel})
	}
	who.Greens, who.Green = greenOptions(f.Green), greenOf(f.Green, who.Heard)
	w.places(&who)
	return who
}

// nameExtra looks for people seen before while the one field is typed into.
var nameExtra = templ.Attributes{
	"hx-post": "/counter/people", "hx-trigger": "input changed delay:150ms", "hx-target": "#c-people", "hx-swap": "outerHTML", "hx-sync": "this:replace",
	"aria-controls": "c-people",
}

// numberExtra asks what the number says as soon as it is whole.
var numberExtra = templ.Attributes{
	"hx-post": "/counter/id", "hx-trigger": "input changed delay:250ms", "hx-target": "#c-heard", "hx-swap": "outerHTML", "hx-sync": "this:replace",
}

func greenOptions(chosen string) []ui.Option {
	list := []ui.Option{{Value: greenByAge, Label: "按年龄", On: chosen == greenByAge}}
	for _, kind := range greenKinds {
		list = append(list, ui.Option{Value: kind, Label: kind, On: chosen == kind})
	}
	return append(list, ui.Option{Value: greenNone, Label: "不用", On: chosen == greenNone})
}

// places are the own town's rooms behind the town itself; an agent's is fixed.
func (w counterWork) places(who *counterWho) {
	chosen := place.Code(w.form.Place)
	if p, ok := w.site.Places.Place(chosen); ok {
		who.PlaceName = p.Name
	}
	if w.actor.Role == access.Agent {
		who.PlaceFixed = true
		return
	}
	for _, p := range w.site.Places.Under(w.actor.Place) {
		o := placeOption{Code: string(p.Code), Name: p.Name, Initials: hanzi.Initials(p.Name), On: p.Code == chosen}
		if p.Code.IsTown() {
			o.Name += "（镇本级）"
			o.Initials += " " + hanzi.Initials("镇本级")
			if o.On {
				who.PlaceName = o.Name
			}
		}
		who.Places = append(who.Places, o)
	}
}

// standsWords is 3月10日 办结, or 正在办，最晚 3月24日.
func standsWords(v cases.View) string {
	if !v.State.Open() {
		return dayWords(v.ClosedAt) + " " + v.StateName
	}
	if p := v.Limits.Promised; p != nil && p.Due != nil {
		return "正在办，最晚 " + dateWords(*p.Due)
	}
	return v.StateName + "，" + dayWords(&v.FiledAt)
}
