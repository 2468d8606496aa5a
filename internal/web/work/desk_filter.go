package work

import (
	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/place"
	"bianmin/internal/web/ui"
)

// deskFilter narrows a list. It is a form that asks, so a view can be kept as an address.
type deskFilter struct {
	Queue  string
	Text   ui.Input
	State  ui.Input
	Item   ui.Input
	Place  ui.Input
	On     bool
	Shown  []string // what narrows now, in words
	Remove string
}

func (s *Site) filterOf(a access.Actor, q deskQuery) deskFilter {
	f := deskFilter{Queue: q.Queue, On: q.filtered(), Remove: inQueue(q.Queue).address(),
		Text:  ui.Input{Name: "q", ID: "filter-q", Label: "姓名、编号", Value: q.Text, Max: 60},
		State: ui.Input{Name: "state", Label: "状态", Type: "select", Value: string(q.State), Options: stateOptions()},
		Item:  ui.Input{Name: "item", Label: "事项", Type: "select", Value: string(q.Item), Options: s.itemOptions()},
		Place: ui.Input{Name: "place", Label: "地方", Type: "select", Value: string(q.Place), Options: s.placeOptions(a)},
	}
	for _, in := range []ui.Input{f.Text, f.State, f.Item, f.Place} {
		if in.Value != "" {
			f.Shown = append(f.Shown, in.Label+"："+labelOf(in))
		}
	}
	return f
}

// labelOf is the answer of a field in words.
func labelOf(in ui.Input) string {
	for _, o := range in.Options {
		if o.Value == in.Value {
			return o.Label
		}
	}
	return in.Value
}

var everything = ui.Option{Value: "", Label: "不限"}

func stateOptions() []ui.Option {
	list := []ui.Option{everything}
	for _, x := range cases.States {
		if x.State != cases.Draft {
			list = append(list, ui.Option{Value: string(x.State), Label: x.Chinese})
		}
	}
	return list
}

func (s *Site) itemOptions() []ui.Option {
	list := []ui.Option{everything}
	for _, v := range s.Items.All() {
		list = append(list, ui.Option{Value: string(v.Code), Label: v.Name})
	}
	return list
}

// placeOptions are the places whose cases the actor may see: the rooms of a town, or the towns of the city.
func (s *Site) placeOptions(a access.Actor) []ui.Option {
	list := []ui.Option{everything}
	var below []place.Place
	if a.SeesTown() || a.Place.IsCity() {
		below = s.Places.Children(a.Place)
	}
	for _, p := range below {
		list = append(list, ui.Option{Value: string(p.Code), Label: p.Name})
	}
	return list
}
