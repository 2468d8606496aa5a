package cases

import (
	"testing"

	"bianmin/internal/access"
)

var (
	anotherNumber = Secret{Sealed: "s3", Masked: "612722********1028", Index: "i3"}
	amendName     = Amend{Field: FieldName, Text: "折桂莹", Reason: "录入时写错"}
	amendNumber   = Amend{Field: FieldIDNumber, Secret: &anotherNumber, Reason: "录入时写错"}
	amendPhone    = Amend{Field: FieldPhone, Secret: &herPhone, Reason: "补登"}
	amendAddress  = Amend{Field: FieldAddress, Text: "高家堡村二组", Reason: "补登"}
)

// TestAmend: what was mistyped is put right before the decision, and the old value is kept.
func TestAmend(t *testing.T) {
	s := toBeDecided(t).does(theClerk, amendName)
	e := s.last().(*Amended)
	same(t, "old name", e.OldText, "折桂英")
	same(t, "new name", s.c.Applicant.Name, "折桂莹")

	s.does(theAgent, amendNumber)
	e = s.last().(*Amended)
	same(t, "old number", *e.OldSecret, zheGuiying.IDNumber)
	same(t, "new number", *e.NewSecret, anotherNumber)
	same(t, "the case's", s.c.Applicant.IDNumber, anotherNumber)

	s.does(theClerk, amendPhone)
	e = s.last().(*Amended)
	if e.OldSecret != nil {
		t.Errorf("there was no telephone: %v", e.OldSecret)
	}
	same(t, "telephone", *s.c.Applicant.Phone, herPhone)
	s.does(theClerk, Amend{Field: FieldPhone, Secret: &anotherNumber, Reason: "换了号"})
	same(t, "old telephone", *s.last().(*Amended).OldSecret, herPhone)

	s.does(theClerk, amendAddress)
	same(t, "address", s.c.Applicant.Address, "高家堡村二组")
	same(t, "old address", s.last().(*Amended).OldText, "")
	s.is(Examining, theDesk, "审批") // putting right is not taking
}

func TestAmendIsRefused(t *testing.T) {
	s := receivedAtCounter(t)
	for _, m := range []Amend{
		{Field: FieldName, Text: "折桂英", Reason: "x"},
		{Field: FieldAddress, Reason: "x"},
		{Field: FieldIDNumber, Secret: &Secret{Sealed: "sealed again", Masked: "x", Index: "i1"}, Reason: "x"}, // the same number, found by its index
	} {
		same[any](t, "field", s.refuses(theClerk, m, "nothing_changes").Facts["field"], m.Field)
	}
	s.refuses(theDesk, amendName, "forbidden")
	toBeDecided(t).does(minzheng, DecideOn{Approve: true}).refuses(theClerk, amendName, "wrong_state")
}

// TestReveal: looking at a full number is on record and changes nothing, so whoever has the page open still can act.
func TestReveal(t *testing.T) {
	look := Reveal{Field: FieldIDNumber, Reason: "核对本人"}
	for _, at := range everyState {
		s := at.tell(t)
		before := *s.c
		s.on("2026-05-20 09:00").does(theSupervisor, look)
		same(t, at.name+": version", s.c.Version, before.Version)
		same(t, at.name+": events", s.c.Events, before.Events+1)
		same(t, at.name+": last", s.c.Last, before.Last)
		before.Events = s.c.Events
		same(t, at.name, asJSON(s.c), asJSON(&before))
		for _, a := range []access.Actor{theAgent, theClerk, theDesk, theHead, minzheng} {
			s.does(a, look)
		}
		for _, a := range []access.Actor{theInspector, theAdmin} {
			s.refuses(a, look, "forbidden")
		}
	}
	// The version is the number of the last event that changed anything.
	s := receivedAtCounter(t).does(theDesk, look).does(theClerk, Accept{})
	same(t, "version", s.c.Version, 3)

	s = receivedAtCounter(t)
	same[any](t, "field", s.refuses(theClerk, Reveal{FieldPhone, "回电话"}, "nothing_to_reveal").Facts["field"], FieldPhone)
	s.does(theClerk, amendPhone, Reveal{FieldPhone, "回电话"})
}
