package work

import (
	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/paper"
	"bianmin/internal/web/ui"
)

// deskRow is one case in the list.
type deskRow struct {
	Number   cases.Number
	Href     string // the same list with this case beside it
	Whole    string // the case's own page
	Selected bool
	Cell     ui.LimitCell
	Item     string
	Name     string
	Place    string
	Step     string
	Tags     []deskTag
	Pick     string // what its check box sends; empty where there is none
}

// deskTag is an adjective of a case: 绿色通道.
type deskTag struct{ Kind, Words string }

// rowFor shows a case to an actor: whoever works for the whole city is told the town, too.
func rowFor(a access.Actor, q deskQuery, selected cases.Number) func(cases.View) deskRow {
	return func(v cases.View) deskRow {
		r := deskRow{Number: v.Number, Href: q.with(v.Number).address(), Whole: casePath(v.Number), Selected: v.Number == selected,
			Cell: ui.CellOf(v), Item: v.Item.Name, Name: v.Applicant.Name, Place: placeFor(a, v), Step: v.StateName}
		if v.Step != nil && v.State.Open() {
			r.Step = v.Step.Name
		}
		r.Tags = tagsOf(a, v)
		if q.queueFor(a.Role).picks && len(v.Actions) > 0 || access.Allows(a.Role, paper.Permission) {
			r.Pick = pickValue(v)
		}
		return r
	}
}

// placeFor is where the applicant lives, as this actor has to be told it.
func placeFor(a access.Actor, v cases.View) string {
	if a.Place.IsCity() && v.Place != v.Town {
		return v.TownName + v.PlaceName
	}
	return v.PlaceName
}

func tagsOf(a access.Actor, v cases.View) []deskTag {
	tags := lawTags(a, v)
	if v.Green != nil {
		tags = append(tags, deskTag{"green", "绿色通道"})
	}
	switch {
	case v.State == cases.Correcting:
		tags = append(tags, deskTag{"", "补正"})
	case v.Overran:
		tags = append(tags, deskTag{"amber", "特别程序超期"})
	case v.State == cases.Suspended:
		tags = append(tags, deskTag{"", "特别程序"})
	}
	if t, ok := moveTag(v); ok {
		tags = append(tags, t)
	}
	if v.Approved != nil && !*v.Approved {
		tags = append(tags, deskTag{"", "不同意"})
	}
	return tags
}

// lawTags are the marks of the law's clock.
func lawTags(a access.Actor, v cases.View) []deskTag {
	var tags []deskTag
	switch h := v.Handing; {
	case h != nil && h.To.Account == a.Account:
		tags = append(tags, deskTag{"blue", "移交给我"})
	case h != nil:
		tags = append(tags, deskTag{"", "移交中"})
	}
	if x := v.Extension; x != nil && x.State == "asked" && v.State.Open() {
		tags = append(tags, deskTag{"blue", "等批延期"})
	}
	if v.Silent && v.State.Open() {
		tags = append(tags, deskTag{"amber", "视为受理"})
	}
	if p := v.Limits.Promised; p != nil && p.Provisional && v.State.Open() {
		tags = append(tags, deskTag{"", "暂定"})
	}
	return tags
}

func casePath(n cases.Number) string { return "/cases/" + string(n) }
