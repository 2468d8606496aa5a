package cases

import (
	"testing"

	"bianmin/internal/access"
)

// TestHand: to a named person, with the reason; until that person takes it the first stays responsible (首问负责).
func TestHand(t *testing.T) {
	s := receivedAtCounter(t).does(theClerk, Accept{}).does(theAgent, Take{}).on("2026-03-11 09:00")
	s.does(theAgent, handTo(theDesk)).is(Examining, theAgent, "村里核实")
	same(t, "on its way", *s.c.Handing, Handing{To: personOf(theDesk), By: personOf(theAgent), At: At(s.now), Reason: "外出学习"})
	same(t, "it waits with that person too", s.posts(), "+agent:610881101200 +person:desk-610881101 unit:minzheng")
	s.on("2026-03-12 09:00").does(theDesk, Take{}).is(Examining, theDesk, "村里核实")
	if s.c.Handing != nil {
		t.Errorf("taken, and still on its way: %v", s.c.Handing)
	}
	same(t, "taken, it waits for the step alone", s.posts(), "+agent:610881101200 unit:minzheng")
	s.refuses(theAgent, handTo(theClerk), "not_responsible")
}

func personOf(a access.Actor) Person {
	return Person{Account: a.Account, Name: a.Name, Place: a.Place}
}

// TestWhoMayHand: whoever answers for the matter, or the head of the station in that place; nobody to whom it was handed
// and who has not taken it.
func TestWhoMayHand(t *testing.T) {
	for _, a := range []access.Actor{theColleague, theAgent, theDesk} {
		no := receivedAtCounter(t).does(theClerk, handTo(theColleague)).refuses(a, handTo(theDesk), "not_responsible")
		same[any](t, "responsible", no.Facts["responsible"], theClerk.Name)
	}
	receivedAtCounter(t).refuses(theInspector, handTo(theDesk), "forbidden")
	s := receivedAtCounter(t).does(theHead, handTo(theColleague)).is(Received, theClerk, "受理")
	same(t, "handed by", s.c.Handing.By.Account, theHead.Account)
	s.does(theColleague, Take{}).is(Received, theColleague, "受理")
}

// TestHandedToTheSamePerson is wrong at the field, for whoever asks.
func TestHandedToTheSamePerson(t *testing.T) {
	for _, a := range []access.Actor{theClerk, theHead} {
		no := receivedAtCounter(t).refuses(a, handTo(theClerk), "invalid")
		same(t, "field", no.Fields[0].Path+" "+no.Fields[0].Code, "to same_person")
	}
}

// TestHandedAgain: to another, who then is the one who may take it.
func TestHandedAgain(t *testing.T) {
	s := toBeDecided(t).does(theDesk, handTo(theColleague), handTo(theClerk)).is(Examining, theDesk, "审批")
	same(t, "it waits", s.posts(), "+person:clerk-610881101 +unit:minzheng")
	s.refuses(theColleague, Take{}, "not_your_step")
	s.does(theClerk, Take{}).is(Examining, theClerk, "审批")
}

// TestSomebodyElseTakesIt, by taking or by doing what makes responsible: then it is on its way to nobody.
func TestSomebodyElseTakesIt(t *testing.T) {
	handed := func() *story { return toBeDecided(t).does(theDesk, handTo(theClerk)) }
	for name, s := range map[string]*story{
		"taken":     handed().does(minzheng, Take{}),
		"returned":  handed().does(minzheng, Return{Reason: "再核"}),
		"suspended": handed().does(minzheng, anAppraisal),
		"decided":   handed().does(minzheng, DecideOn{Approve: true}),
		"withdrawn": handed().does(theClerk, Withdraw{"本人不办了"}),
		"received":  filed(t, elders, theClerk, ByPhone, gaojiabuRoom).does(theClerk, handTo(theAgent)).does(theColleague, Receive{}),
		"received by whom it was handed to": filed(t, elders, theClerk, ByPhone, gaojiabuRoom).does(theClerk, handTo(theColleague)).
			does(theColleague, Receive{}),
	} {
		if s.c.Handing != nil {
			t.Errorf("%s: still on its way: %v", name, s.c.Handing)
		}
	}
	s := handed().does(theAgent, amendName).is(Examining, theDesk, "审批") // which makes nobody responsible
	same(t, "still on its way", s.c.Handing.To.Account, theClerk.Account)
}

// TestTakenFromOutside: who owns no open step answers for the matter, and moves no step; it does not become examined by
// that either.
func TestTakenFromOutside(t *testing.T) {
	s := receivedAtCounter(t).does(theClerk, Accept{}).on("2026-03-11 09:00").does(theClerk, handTo(theHead))
	steps := asJSON(s.c.Steps)
	s.does(theHead, Take{}).is(Accepted, theHead, "村里核实")
	same(t, "steps", asJSON(s.c.Steps), steps)
	s.does(theAgent, Take{}).is(Examining, theAgent, "村里核实")
}

// TestTakenAsItStandsThen: what counts is who owns the step when it is taken, not when it was handed on.
func TestTakenAsItStandsThen(t *testing.T) {
	// At the same counter; meanwhile it is accepted, and the village's turn.
	s := receivedAtCounter(t).does(theClerk, handTo(theColleague)).does(theClerk, Accept{}).does(theColleague, Take{})
	s.is(Accepted, theColleague, "村里核实")
	// To the village, whose turn it is not yet; meanwhile it is.
	s = receivedAtCounter(t).does(theClerk, handTo(theAgent)).does(theClerk, Accept{}).does(theAgent, Take{})
	s.is(Examining, theAgent, "村里核实")
}
