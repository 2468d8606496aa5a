package item

import "fmt"

// Presence is how much of an item can be asked for from afar (网办深度). Visits says how often one comes, PresentFor what for.
type Presence string

const (
	NoVisit  Presence = "none"      // nobody has to come
	Partly   Presence = "partly"    // asked for from afar, then one comes
	InPerson Presence = "in_person" // the person has to be there from the first: fingerprints, a photograph, a talk, or done on the spot
)

var presences = map[Presence]string{NoVisit: "全程不用到场", Partly: "网上申请，再到现场", InPerson: "只能现场办理"}

func (p Presence) Known() bool     { return presences[p] != "" }
func (p Presence) Chinese() string { return presences[p] }

// Online says that an item can be filed from home: a person may ask for it, it takes time, and nobody has to be there from
// the first. A definition older than the field says nothing of presence, and is as it was: on the promise of a visit later.
func (d Definition) Online() bool {
	return d.Kind == Promised && d.Serves != Organisations && d.Presence != InPerson
}

// InPersonOnly says that it is the person's presence that keeps an item from being filed from home.
func (d Definition) InPersonOnly() bool {
	return d.Kind == Promised && d.Serves != Organisations && d.Presence == InPerson
}

// InPersonWords say to a citizen why an item cannot be filed from home, and how it is done instead.
func (d Definition) InPersonWords() string {
	why := "“" + d.Plain + "”只能现场办理"
	if d.PresentFor != nil {
		why += "：" + *d.PresentFor
	}
	return why + "。请带材料到镇（街道）便民服务站的" + d.Window + "，去以前可以先打电话问、约时间"
}

// VisitWords say how often one comes and what for: 跑 2 趟：到定点医院做残疾评定，评完再领证.
func (d Definition) VisitWords() string {
	if d.Visits == 0 {
		return "不用跑"
	}
	said := fmt.Sprintf("跑 %d 趟", d.Visits)
	if d.PresentFor != nil {
		said += "：" + *d.PresentFor
	}
	return said
}
