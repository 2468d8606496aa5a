package work

import (
	"time"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/item"
	"bianmin/internal/place"
	"bianmin/internal/problem"
)

// counterDo is what a button of the counter's form asks for.
type counterDo string

// What the form can be sent for. Choosing an item is doItem followed by its code.
const (
	doCheck  counterDo = "check"  // look it over
	doEdit   counterDo = "edit"   // back to the form
	doChange counterDo = "change" // another item, what was typed stays
	doList   counterDo = "list"   // answers were given: make the list again
	doAll    counterDo = "all"    // every paper is here
	doItem   counterDo = "item:"

	doPerson  counterDo = "person:" // the applicant of this case
	doUnknown counterDo = "unknown" // somebody else than was recognised
	doAside   counterDo = "aside"   // put aside, come back later

	doFile   counterDo = "file"
	doAccept counterDo = "accept"
	doNotify counterDo = "notify"
	doFinish counterDo = "finish"
)

// files says that the button ends in a case.
func (d counterDo) files() bool {
	switch d {
	case doFile, doAccept, doNotify, doFinish:
		return true
	}
	return false
}

// rehearsal tries an application on the very rules that will decide on it, without storing anything: so the counter's
// buttons are those that the case would offer, and no rule is written twice.
type rehearsal struct {
	def    *item.Version
	actor  access.Actor
	filing cases.Filing
	now    time.Time
}

func rehearse(def *item.Version, f counterForm, s sheet, a access.Actor, now time.Time) rehearsal {
	at := place.Code(f.Place)
	if at == "" {
		at = a.Place
	}
	return rehearsal{def: def, actor: a, now: now, filing: cases.Filing{
		Place: at, Channel: f.Channel, Applicant: cases.Applicant{Kind: f.Kind, Name: f.Name}, Materials: s.materials(),
	}}
}

// filed is the case as it would be once filed.
func (r rehearsal) filed() (*cases.Case, *problem.Problem) {
	c := &cases.Case{Def: r.def}
	events, no := cases.File("", r.def, r.filing, r.actor, r.now)
	for _, e := range events {
		c.Evolve(e)
	}
	return c, no
}

// try does commands one after the other; nil when all of them would go through.
func (r rehearsal) try(commands ...cases.Command) *problem.Problem {
	c, no := r.filed()
	for _, cmd := range commands {
		if no != nil {
			break
		}
		var events []cases.Event
		events, no = cases.Decide(c, cmd, r.actor, r.now)
		for _, e := range events {
			c.Evolve(e)
		}
	}
	return no
}

// would says what would stand in the way of what a button asks for; nil when nothing does.
func (r rehearsal) would(do counterDo, lacks []cases.Lack) *problem.Problem {
	switch do {
	case doAccept:
		return r.try(cases.Accept{})
	case doNotify:
		return r.try(cases.Notify{Missing: lacks})
	case doFinish:
		if r.def.Kind != item.OnTheSpot {
			return problem.Refuse("not_on_the_spot", problem.Facts{"item": r.def.Name})
		}
		return r.try(cases.Accept{}, cases.DecideOn{Approve: true}, cases.Deliver{Way: wayOf(r.actor.Role), Receiver: "x"})
	}
	return r.try()
}

// wayOf is how this role hands over a result.
func wayOf(r access.Role) string {
	if r == access.Agent {
		return "agent"
	}
	return "counter"
}

// offer is what can be done with the application now.
type offer struct {
	Main   counterDo   // the blue button
	Others []counterDo // beside it
	// Blocked is how many papers stand in the way of acceptance; 0 when none do.
	Blocked int
	Lacking int // how many papers were marked as lacking
	// Elsewhere: acceptance is somebody else's step, whatever the papers.
	Elsewhere bool
}

// offers asks the rules, and puts the surest way to the applicant's result first.
func (r rehearsal) offers(lacks []cases.Lack) offer {
	o := offer{Lacking: len(lacks)}
	no := r.would(doAccept, nil)
	if no != nil && no.Code == "materials_missing" {
		missing, _ := no.Facts["missing"].([]string)
		o.Blocked = len(missing)
	} else if no != nil {
		o.Elsewhere = true
	}
	var can []counterDo
	if o.Blocked > 0 && len(lacks) > 0 && r.would(doNotify, lacks) == nil {
		can = append(can, doNotify)
	}
	if r.would(doFinish, nil) == nil {
		can = append(can, doFinish)
	}
	if no == nil {
		can = append(can, doAccept)
	}
	can = append(can, doFile)
	if o.Blocked == 0 && len(lacks) > 0 && r.would(doNotify, lacks) == nil {
		can = append(can, doNotify)
	}
	o.Main, o.Others = can[0], can[1:]
	return o
}
