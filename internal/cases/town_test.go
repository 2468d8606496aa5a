package cases

import (
	"testing"

	"bianmin/internal/access"
	"bianmin/internal/item"
	"bianmin/internal/place"
)

func parsedCode(s string) (place.Code, error) { return place.ParseCode(s) }

// TestFiledAtTheTownItself: there is no village agent. The counter meets the applicant (receiving, accepting, handing
// over), the desk does the rest of the agent's steps; the other owners stay.
func TestFiledAtTheTownItself(t *testing.T) {
	s := filed(t, elders, theClerk, AtCounter, gaojiabu).does(theClerk, Accept{}).is(Accepted, theClerk, "村里核实")
	s.refuses(theAgent, Pass{}, "not_your_step")
	same(t, "owner", s.c.owner(2), item.Owner{Kind: item.Desk})
	same(t, "tier", s.c.tier(2), item.Town)
	s.does(theDesk, Pass{}, Pass{}).does(minzheng, DecideOn{Approve: true}).does(theClerk, Deliver{"counter", "折桂英"}).is(Closed, theClerk)

	s = filed(t, "BM-066", theClerk, Online, gaojiabu).does(theClerk, Receive{}, Accept{}) // the agent talks and answers
	s.does(theDesk, Pass{}).does(theDesk, DecideOn{Approve: true}).is(Decided, theDesk, "答复申请人")
	s.does(theClerk, Deliver{"counter", "折桂英"}).is(Closed, theClerk)

	same(t, "in a room the agent's step is in the village", receivedAtCounter(t).c.tier(2), item.Village)
	same(t, "and the city's in the city", s.c.tier(len(s.c.Steps)-1), item.Town)
}

// TestPosts: where each step of a case waits, in a room and at the town itself, by an example of every kind of owner.
func TestPosts(t *testing.T) {
	for _, x := range []struct {
		item   string
		step   int
		atRoom access.Post
		atTown access.Post
	}{
		{elders, 1, "agent:610881101200", "counter:610881101000"},   // receive
		{elders, 2, "counter:610881101000", "counter:610881101000"}, // accept
		{elders, 3, "agent:610881101200", "desk:610881101000"},      // examine
		{elders, 4, "desk:610881101000", "desk:610881101000"},
		{elders, 5, "unit:minzheng", "unit:minzheng"},
		{"BM-044", 3, "unit:nongjizhan:610881101000", "unit:nongjizhan:610881101000"},
		{"BM-064", 4, "agent:610881101200", "desk:610881101000"},    // publicise
		{"BM-064", 7, "agent:610881101200", "counter:610881101000"}, // deliver
		{"BM-065", 1, "agent:610881101200", "counter:610881101000"}, // an on-the-spot item that the village does alone:
		{"BM-065", 2, "agent:610881101200", "counter:610881101000"}, // at the town all of it is the counter's,
		{"BM-065", 3, "agent:610881101200", "counter:610881101000"}, // for the applicant waits
	} {
		room, town := filed(t, x.item, theClerk, AtCounter, gaojiabuRoom), filed(t, x.item, theClerk, AtCounter, gaojiabu)
		same(t, x.item+" in the room", room.c.post(x.step-1), x.atRoom)
		same(t, x.item+" at the town", town.c.post(x.step-1), x.atTown)
	}
}
