package cases

import (
	"slices"
	"testing"

	"bianmin/internal/access"
	"bianmin/internal/item"
	"bianmin/internal/place"
)

// TestFiling: counter and agent filings begin at received, the others at submitted; who received it answers for it.
func TestFiling(t *testing.T) {
	for _, x := range []struct {
		name    string
		item    string
		who     access.Actor
		channel Channel
		at      place.Code
		kind    Kind
		state   State
		open    []string
	}{
		{"at the counter, for a room: the village's step is done by coming", elders, theClerk, AtCounter, gaojiabuRoom,
			KindReceived, Received, []string{"受理"}},
		{"at the counter, for the town itself", elders, theClerk, AtCounter, gaojiabu, KindReceived, Received, []string{"受理"}},
		{"by the agent: the papers are in the village", elders, theAgent, ByAgent, gaojiabuRoom,
			KindReceived, Received, []string{"村里收材料"}},
		{"by the agent, an item that the village does not receive", "BM-005", theAgent, ByAgent, gaojiabuRoom,
			KindReceived, Received, []string{"受理"}},
		{"by the agent, an item that the village does alone", "BM-065", theAgent, ByAgent, gaojiabuRoom,
			KindReceived, Received, []string{"登记"}},
		{"online", elders, theClerk, Online, gaojiabuRoom, KindSubmitted, Submitted, nil},
		{"at a kiosk", elders, theAgent, ByKiosk, gaojiabuRoom, KindSubmitted, Submitted, nil},
		{"by telephone", elders, theClerk, ByPhone, gaojiabu, KindSubmitted, Submitted, nil},
	} {
		t.Run(x.name, func(t *testing.T) {
			s := filed(t, x.item, x.who, x.channel, x.at).is(x.state, x.who, x.open...)
			c := s.c
			same(t, "kind", s.last().Kind(), x.kind)
			same(t, "place", c.Place, x.at)
			same(t, "town", c.Town, gaojiabu)
			same(t, "channel", c.Channel, x.channel)
			same(t, "version", c.Version, 1)
			same(t, "events", c.Events, 1)
			same(t, "filed", c.FiledAt, At(s.now))
			same(t, "received", c.ReceivedAt != 0, x.state == Received)
			same(t, "last", c.Last, LastDone{Person{x.who.Account, x.who.Name, x.who.Place}, At(s.now), x.kind})
		})
	}
}

// TestVillageStepAtTheCounter: what the village would have received is done, by who received it and at that moment.
func TestVillageStepAtTheCounter(t *testing.T) {
	s := receivedAtCounter(t)
	same(t, "the village's step", s.c.Steps[0], StepRun{Started: At(s.now), Done: At(s.now), By: theClerk.Name})
	same(t, "the counter's step", s.c.Steps[1], StepRun{Started: At(s.now)})
	same(t, "the next step", s.c.Steps[2], StepRun{})
}

// TestReceive: what came from afar is received by the counter, or by the agent with the village's step still to do.
func TestReceive(t *testing.T) {
	for _, x := range []struct {
		name string
		who  access.Actor
		open string
	}{
		{"by the counter", theColleague, "受理"},
		{"by the agent", theAgent, "村里收材料"},
	} {
		t.Run(x.name, func(t *testing.T) {
			s := filed(t, elders, theClerk, Online, gaojiabuRoom).on("2026-03-11 09:00").does(x.who, Receive{})
			s.is(Received, x.who, x.open)
			same(t, "kind", s.last().Kind(), KindTakenIn)
			same(t, "received", s.c.ReceivedAt, At(s.now))
			s.refuses(x.who, Receive{}, "wrong_state")
		})
	}
	filed(t, elders, theClerk, Online, gaojiabuRoom).refuses(theDesk, Receive{}, "forbidden")
}

// TestChecklist: every material of the item in its order; unnamed, one that is always needed is absent and one that
// depends on the situation is not needed.
func TestChecklist(t *testing.T) {
	s := filed(t, elders, theClerk, AtCounter, gaojiabuRoom,
		Material{"受托人身份证", 1, 2, MaterialReceived}, Material{"高龄补贴申请表", 1, 0, MaterialDefective})
	want := []Material{
		{"居民身份证", 1, 1, MaterialAbsent}, {"高龄补贴申请表", 1, 0, MaterialDefective}, {"社会保障卡或者一卡通银行卡", 1, 1, MaterialAbsent},
		{"委托书", 1, 0, MaterialNotNeeded}, {"受托人身份证", 1, 2, MaterialReceived},
	}
	for i, m := range s.c.Def.Materials { // the numbers of what was not named are the item's
		if i == 0 || i == 2 || i == 3 {
			want[i].Originals, want[i].Copies = m.Originals, m.Copies
		}
	}
	if !slices.Equal(s.c.Materials, want) {
		t.Errorf("%v, want %v", s.c.Materials, want)
	}
}

// TestAsManyAsAsked: a number that was left out is the item's own, at filing and at correction alike.
func TestAsManyAsAsked(t *testing.T) {
	s := filed(t, elders, theClerk, AtCounter, gaojiabuRoom, Material{"居民身份证", AsAsked, AsAsked, MaterialAbsent})
	want := Material{"居民身份证", s.c.Def.Materials[0].Originals, s.c.Def.Materials[0].Copies, MaterialAbsent}
	same(t, "filed", s.c.Materials[0], want)
	s.does(theClerk, oneNotice, Correct{[]Material{{"居民身份证", 0, AsAsked, MaterialReceived}}})
	want.Originals, want.Status = 0, MaterialReceived
	same(t, "corrected", s.c.Materials[0], want)
}

// TestFilingIsRefused: a paper that the item does not know, twice, with an odd number, or in no known condition.
func TestFilingIsRefused(t *testing.T) {
	def, _ := theItems().Get(item.Code(elders))
	for _, x := range []struct {
		name        string
		papers      []Material
		field, code string
	}{
		{"unknown", []Material{paper("房产证", MaterialReceived)}, "materials[0].name", "unknown_material"},
		{"twice", []Material{paper("居民身份证", MaterialReceived), paper("居民身份证", MaterialAbsent)}, "materials[1].name", "twice"},
		{"too many originals", []Material{{"居民身份证", 100, 0, MaterialReceived}}, "materials[0].originals", "out_of_range"},
		{"too many copies", []Material{{"居民身份证", 1, 100, MaterialReceived}}, "materials[0].copies", "out_of_range"},
		{"a condition that is none", []Material{paper("居民身份证", "lost")}, "materials[0].status", "unknown_status"},
	} {
		t.Run(x.name, func(t *testing.T) {
			f := Filing{Place: gaojiabuRoom, Channel: AtCounter, Applicant: zheGuiying, Materials: x.papers}
			events, no := File("610881101-2026-000421-7", &def, f, theClerk, moments("2026-03-10 10:20"))
			if no == nil || events != nil || len(no.Fields) != 1 {
				t.Fatalf("%v %v", events, no)
			}
			same(t, "field", no.Fields[0].Path, x.field)
			same(t, "code", no.Fields[0].Code, x.code)
		})
	}
}
