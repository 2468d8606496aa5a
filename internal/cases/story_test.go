package cases

import (
	"encoding/json"
	"slices"
	"sync"
	"testing"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/item"
	"bianmin/internal/place"
	"bianmin/internal/problem"
)

// The places of the stories: a town, one of its rooms, and the city above.
const (
	gaojiabu     = place.Code("610881101000")
	gaojiabuRoom = place.Code("610881101200")
	shenmu       = place.Code("610881000000")
)

// The cast. The clerk receives; her colleague sits at the same counter.
var (
	theAgent      = access.Actor{Account: "agent-610881101200", Name: "高海燕", Role: access.Agent, Place: gaojiabuRoom}
	theCitizen    = access.Actor{Account: "citizen:0123", Name: "139****5127", Role: access.Citizen, Place: shenmu, Phone: "0123"}
	theClerk      = access.Actor{Account: "clerk-610881101", Name: "刘芳", Role: access.Clerk, Place: gaojiabu}
	theColleague  = access.Actor{Account: "clerk2-610881101", Name: "贺小军", Role: access.Clerk, Place: gaojiabu}
	theDesk       = access.Actor{Account: "desk-610881101", Name: "张建国", Role: access.Desk, Place: gaojiabu}
	theHead       = access.Actor{Account: "head-610881101", Name: "王占山", Role: access.Head, Place: gaojiabu}
	theSupervisor = access.Actor{Account: "supervisor", Name: "李督", Role: access.Supervisor, Place: shenmu}
	theInspector  = access.Actor{Account: "inspector", Name: "白察", Role: access.Inspector, Place: shenmu}
	theAdmin      = access.Actor{Account: "admin", Name: "系统管理员", Role: access.Admin, Place: shenmu}
	minzheng      = theUnit("minzheng")
)

// The real data that the rules are told on.
var (
	theItems = sync.OnceValue(func() *item.Catalogue {
		return sure(item.NewCatalogue(item.FirstVersions(item.Demonstration())))
	})
	thePlaces   = sync.OnceValue(func() *place.Directory { return sure(place.NewDirectory(place.Shenmu(), place.ShenmuUnits())) })
	theCalendar = sync.OnceValue(func() *calendar.Calendar { return calendar.New(calendar.Official()) })
)

func sure[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// theUnit is the account of a unit: one in the city, or the one of the town.
func theUnit(code string) access.Actor {
	u, known := thePlaces().Unit(code)
	if !known {
		panic("no unit " + code)
	}
	a := access.Actor{Account: "unit-" + code, Name: u.Short, Role: access.Unit, Place: shenmu, Unit: code}
	if u.Tier == place.TownTier {
		a.Account, a.Place = a.Account+"-610881101", gaojiabu
	}
	return a
}

// The citizen of the stories. The sealed values are only looked through here, never opened.
var (
	zheGuiying = Applicant{Kind: APerson, Name: "折桂英", IDNumber: Secret{Sealed: "s1", Masked: "612722********0024", Index: "i1"}}
	herPhone   = Secret{Sealed: "s2", Masked: "139****0000", Index: "i2"}
)

// teller is what a story needs of testing.T and of rapid.T.
type teller interface {
	Helper()
	Fatalf(format string, args ...any)
	Errorf(format string, args ...any)
}

// story is a case as a test tells it: a real item at a real place, one thing after another.
type story struct {
	t      teller
	c      *Case
	events []Event
	now    time.Time
}

// filed begins a story: an application for the item at the place, at 2026-03-10 10:20. Without papers named, all that
// are always needed are there.
func filed(t teller, code string, a access.Actor, channel Channel, at place.Code, papers ...Material) *story {
	t.Helper()
	return filedOn(t, "2026-03-10 10:20", code, a, channel, at, papers...)
}

func filedOn(t teller, when, code string, a access.Actor, channel Channel, at place.Code, papers ...Material) *story {
	t.Helper()
	def, known := theItems().Get(item.Code(code))
	if !known {
		t.Fatalf("no item %s", code)
	}
	if papers == nil {
		papers = whatIsNeeded(def)
	}
	s := &story{t: t, now: moments(when), c: &Case{Number: NewNumber(at.Town(), 2026, 421), Def: &def}}
	events, no := File(s.c.Number, s.c.Def, Filing{Place: at, Channel: channel, Applicant: zheGuiying, Materials: papers}, a, s.now)
	if no != nil {
		t.Fatalf("filing %s: %v %v", code, no, no.Fields)
	}
	s.take(events)
	return s
}

func whatIsNeeded(d item.Version) []Material {
	list := []Material{}
	for _, m := range d.Materials {
		if m.Need == item.Always {
			list = append(list, paper(m.Name, MaterialReceived))
		}
	}
	return list
}

func paper(name string, status MaterialStatus) Material {
	return Material{Name: name, Originals: 1, Status: status}
}

// moments reads an instant as a test writes it, in Shanghai.
func moments(s string) time.Time {
	return sure(time.ParseInLocation("2006-01-02 15:04", s, calendar.Shanghai))
}

// on moves the story's clock.
func (s *story) on(when string) *story {
	s.now = moments(when)
	return s
}

// does tells that somebody does something, and that the rule agrees.
func (s *story) does(a access.Actor, commands ...Command) *story {
	s.t.Helper()
	for _, cmd := range commands {
		switch refusal := cmd.(type) { // names who reconsiders it
		case DecideOn:
			cmd = s.asks(refusal)
		case Reject:
			cmd = s.asks(refusal)
		}
		events, no := Decide(s.c, cmd, a, s.now)
		if no != nil {
			s.t.Fatalf("%s cannot %s in %s: %s %v %v", a.Account, cmd.Verb(), s.c.State, no.Code, no.Facts, no.Fields)
		}
		s.take(events)
	}
	return s
}

func (s *story) take(events []Event) {
	for _, e := range events {
		s.c.Evolve(e)
	}
	s.events = append(s.events, events...)
}

// refuses tells that somebody cannot do something, with this code, and that nothing changed by asking.
func (s *story) refuses(a access.Actor, cmd Command, code string) *problem.Problem {
	s.t.Helper()
	before := asJSON(s.c)
	events, no := Decide(s.c, cmd, a, s.now)
	switch {
	case no == nil:
		s.t.Fatalf("%s may %s in %s", a.Account, cmd.Verb(), s.c.State)
	case no.Code != code:
		s.t.Fatalf("%s is refused %s with %s %v, want %s", a.Account, cmd.Verb(), no.Code, no.Facts, code)
	case len(events) != 0:
		s.t.Errorf("a refusal comes with %d events", len(events))
	}
	if asJSON(s.c) != before {
		s.t.Errorf("a refusal changed the case")
	}
	return no
}

// is tells where the case now is: its state, who answers for it, and the open steps by name.
func (s *story) is(state State, responsible access.Actor, open ...string) *story {
	s.t.Helper()
	if s.c.State != state {
		s.t.Errorf("the case is %s, want %s", s.c.State, state)
	}
	if want := (Person{Account: responsible.Account, Name: responsible.Name, Place: responsible.Place}); s.c.Responsible != want {
		s.t.Errorf("%v answers for it, want %v", s.c.Responsible, want)
	}
	if got := s.openNames(); !slices.Equal(got, open) {
		s.t.Errorf("open are %v, want %v", got, open)
	}
	return s
}

func (s *story) openNames() []string {
	var names []string
	for _, i := range s.c.open() {
		names = append(names, s.c.Def.Steps[i].Name)
	}
	return names
}

// last is the last event.
func (s *story) last() Event { return s.events[len(s.events)-1] }

func asJSON(v any) string { return string(sure(json.Marshal(v))) }

// theOwner is whose account does step i, by the words of the issue and not by the code under test: the owner that the
// item names; at the town itself the station's counter meets the applicant and its desk does the rest, but what is
// done while the applicant waits is all the counter's.
func theOwner(c *Case, i int) access.Actor {
	step := c.Def.Steps[i]
	switch step.Owner.Kind {
	case item.Counter:
		return theClerk
	case item.Desk:
		return theDesk
	case item.UnitDesk:
		return theUnit(step.Owner.Unit)
	}
	switch {
	case c.Place.IsRoom():
		return theAgent
	case c.Def.SpotFinish(), step.Kind == item.Receive, step.Kind == item.Accept, step.Kind == item.Deliver:
		return theClerk
	}
	return theDesk
}

// verbsOf joins what an actor can do to the case, for tables; of what moves papers TestWhoMovesPapers tells.
func (s *story) verbsOf(a access.Actor) string {
	text := ""
	for _, v := range withoutPaperVerbs(s.c.Actions(a)) {
		text += " " + string(v)
	}
	if text == "" {
		return "-"
	}
	return text[1:]
}

func same[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}
