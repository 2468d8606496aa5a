package work

import (
	"fmt"

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
	Late   ui.Input
	Kept   []kept // what narrows, and stands in no box
	On     bool
	Shown  []string // what narrows now, in words
	Remove string
}

func (s *Site) filterOf(a access.Actor, q deskQuery) deskFilter {
	f := deskFilter{Queue: q.Queue, On: q.filtered(), Remove: inQueue(q.Queue).address(),
		Text:  ui.Input{Name: "q", ID: "filter-q", Label: "姓名、编号", Value: s.uncovered(q.Text), Max: 60},
		State: ui.Input{Name: "state", Label: "状态", Type: "select", Value: string(q.State), Options: stateOptions()},
		Item:  ui.Input{Name: "item", Label: "事项", Type: "select", Value: string(q.Item), Options: s.itemOptions()},
		Place: ui.Input{Name: "place", Label: "地方", Type: "select", Value: string(q.Place), Options: s.placeOptions(a, q.Place)},
		Late:  ui.Input{Name: "late", Label: "时限", Type: "select", Value: string(q.Late), Options: lateOptions(q)},
	}
	f.Kept = s.keptOf(q)
	for _, in := range []ui.Input{f.Text, f.State, f.Item, f.Place, f.Late} {
		if in.Value != "" {
			f.Shown = append(f.Shown, in.Label+"："+labelOf(in))
		}
	}
	for _, k := range f.Kept {
		if k.Words != "" {
			f.Shown = append(f.Shown, k.Words)
		}
	}
	return f
}

// kept is a narrowing that comes from elsewhere: the board's figures lead here.
type kept struct{ Name, Value, Words string }

func (s *Site) keptOf(q deskQuery) []kept {
	var list []kept
	add := func(name, value, words string) {
		if value != "" {
			list = append(list, kept{name, value, words})
		}
	}
	add("post", string(q.Post), "在谁手里："+cases.PostName(q.Post, s.Places))
	if d, ok := cases.ParseDays(q.Filed); ok {
		add("filed", q.Filed, "收件："+daysWords(d))
	}
	if d, ok := cases.ParseDays(q.Done); ok {
		add("done_in", q.Done, "办结："+daysWords(d))
	}
	add("own", ownWord(q.Own), "在这里收的")
	return list
}

// daysWords is 2026年3月, a day, or from one to another.
func daysWords(d cases.Days) string {
	switch s := d.String(); {
	case len(s) == len("2026-03"):
		return fmt.Sprintf("%d年%d月", d.From.Year(), d.From.Month())
	case d.From == d.To:
		return d.From.Chinese()
	}
	return d.From.Chinese() + "到" + d.To.Chinese()
}

func lateOptions(q deskQuery) []ui.Option {
	list := []ui.Option{everything}
	for _, l := range []cases.Late{cases.DueToday, cases.LatePromise, cases.LateLaw, cases.LateAny} {
		list = append(list, ui.Option{Value: string(l), Label: l.Chinese()})
	}
	if q.Done != "" {
		list = append(list, ui.Option{Value: string(lateDone), Label: "没按时办结"})
	}
	return list
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
func (s *Site) placeOptions(a access.Actor, chosen place.Code) []ui.Option {
	list := []ui.Option{everything}
	var below []place.Place
	if a.SeesTown() || a.Place.IsCity() {
		below = s.Places.Children(a.Place)
	}
	for _, p := range below {
		list = append(list, ui.Option{Value: string(p.Code), Label: p.Name})
	}
	// a room of a town, or the town itself, whose figure led here
	if p, ok := s.Places.Place(chosen); ok && (chosen.IsRoom() && a.Place.IsCity() || chosen == a.Place) {
		list = append(list, ui.Option{Value: string(p.Code), Label: p.Name})
	}
	return list
}
