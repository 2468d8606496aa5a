package cases

import (
	"slices"
	"testing"

	"bianmin/internal/access"
)

// conveys hands two things from the room to the station, who has to confirm them.
func (s *story) conveys(a access.Actor) *story {
	s.t.Helper()
	return s.does(a, Convey{Things: []Thing{{Name: "户口簿", Originals: 1}, {Name: "居民身份证", Copies: 2}}, From: "高家堡村便民服务室", Giver: "贺桂兰", To: "高家堡镇便民服务站", Taker: "刘芳",
		sender: roomSide(gaojiabuRoom), receiver: stationSide(gaojiabu)})
}

// arrives confirms the first thing of the first hand-over that is open, and says of the others whether they came.
func (s *story) arrives(a access.Actor, others bool) *story {
	s.t.Helper()
	m, yes := s.c.Moves[0], true
	v := Arrive{N: m.N, Note: "问过村里，说还在找"}
	for i, x := range m.Things {
		came := &others
		if i == 0 {
			came = &yes
		}
		v.Things = append(v.Things, Came{x.Name, came})
	}
	return s.does(a, v)
}

// TestPapersComeThingByThing: what came is off the list, what did not stays with who found so; the case is left alone.
func TestPapersComeThingByThing(t *testing.T) {
	s := receivedAtCounter(t)
	version := s.c.Version
	s.conveys(theAgent)
	n := s.c.Moves[0].N
	if got := s.c.movePosts(); !slices.Equal(got, []access.Post{"arrives:station:610881101000", "moves:610881101000", "sent:room:610881101200"}) {
		t.Errorf("%v", got)
	}
	s.arrives(theDesk, false)
	if got := s.c.Moves[0].Things; !slices.Equal(got, []Thing{{Name: "居民身份证", Copies: 2}}) {
		t.Errorf("left: %v", got)
	}
	same(t, "who missed it", s.c.Moves[0].Missed.By.Account, theDesk.Account)
	s.arrives(theClerk, true)
	same(t, "moves", len(s.c.Moves), 0)
	same(t, "version", s.c.Version, version)
	same(t, "of which", s.last().(*Arrived).Move, n)
}

// TestWhoConfirmsAndEnds: the side that receives confirms; the side that gave and the head of the town end.
func TestWhoConfirmsAndEnds(t *testing.T) {
	s := receivedAtCounter(t).conveys(theAgent)
	for _, a := range []access.Actor{theAgent, theClerk, theColleague, theDesk, theHead, minzheng, theChief, theSupervisor, theInspector, theAdmin} {
		confirms := slices.Contains([]access.Role{access.Clerk, access.Desk}, a.Role)
		ends := slices.Contains([]access.Role{access.Agent, access.Head}, a.Role)
		for verb, want := range map[Verb]bool{VerbArrive: confirms, VerbEndMove: ends} {
			if got := s.c.May(verb, a) == nil; got != want {
				t.Errorf("%s, %s: %v", a.Account, verb, got)
			}
		}
	}
	s.refuses(theAgent, EndMove{N: s.c.Moves[0].N + 1, Reason: "x"}, "nothing_coming")
	s.does(theAgent, EndMove{N: s.c.Moves[0].N, Reason: "没有交成"})
	same(t, "moves", len(s.c.Moves), 0)
}

// TestRecordedWhereItCame: whoever records a hand-over on the receiving side has the things before them.
func TestRecordedWhereItCame(t *testing.T) {
	s := receivedAtCounter(t).conveys(theClerk)
	same(t, "moves", len(s.c.Moves), 0)
}

func TestTheSameThingIsNamedOnce(t *testing.T) {
	v := convey
	v.Things = []Thing{{Name: "户口簿", Originals: 1}, {Name: "户口簿", Copies: 1}}
	if wrong := v.Check(nil); len(wrong) != 1 || wrong[0].Path != "things[1].name" || wrong[0].Code != "twice" {
		t.Errorf("%+v", wrong)
	}
}
