package cases

import (
	"slices"
	"testing"

	"bianmin/internal/calendar"
)

// TestAcceptance: accepted is not taken; who received it answers for it until a named person takes it (首问负责).
func TestAcceptance(t *testing.T) {
	s := receivedAtCounter(t).on("2026-03-10 10:30").does(theColleague, Accept{}).is(Accepted, theClerk, "村里核实")
	same(t, "accepted", s.c.AcceptedAt, At(s.now))
	same(t, "from", s.c.From, sure(calendar.ParseDate("2026-03-10")))
	same(t, "done by", s.c.Steps[1].By, theColleague.Name)
	same(t, "kind", s.last().Kind(), KindAccepted)
	s.refuses(theClerk, Accept{}, "wrong_state")
}

// TestAgentHandsOn: the agent passes the village's step, then the counter accepts.
func TestAgentHandsOn(t *testing.T) {
	s := filed(t, elders, theAgent, ByAgent, gaojiabuRoom)
	s.on("2026-03-11 08:30").does(theAgent, Pass{Note: "材料齐"}).is(Received, theAgent, "受理")
	same(t, "the village's step", s.c.Steps[0],
		StepRun{Started: At(moments("2026-03-10 10:20")), Done: At(s.now), By: theAgent.Name, Note: "材料齐"})
	s.does(theClerk, Accept{}).is(Accepted, theAgent, "村里核实")
}

// TestAcceptedStraightFromTheVillage: the papers may come to the counter before the village has ticked them off. Its
// step is done by coming, and keeps the moment at which it began: how long the village took stays to be seen.
func TestAcceptedStraightFromTheVillage(t *testing.T) {
	s := filed(t, elders, theAgent, ByAgent, gaojiabuRoom)
	s.on("2026-03-12 09:00").does(theClerk, Accept{}).is(Accepted, theAgent, "村里核实")
	same(t, "the village's step", s.c.Steps[0],
		StepRun{Started: At(moments("2026-03-10 10:20")), Done: At(s.now), By: theClerk.Name})
}

// TestMaterialsAndAcceptance: a conditional one never blocks; one always needed does, missing or not as it should be.
func TestMaterialsAndAcceptance(t *testing.T) {
	all := []Material{paper("居民身份证", MaterialReceived), paper("高龄补贴申请表", MaterialReceived), paper("社会保障卡或者一卡通银行卡", MaterialReceived)}
	for _, x := range []struct {
		name    string
		papers  []Material
		missing []string
	}{
		{"all there", all, nil},
		{"a conditional one not mentioned", all, nil},
		{"conditional ones absent and defective", append(slices.Clone(all), paper("委托书", MaterialAbsent), paper("受托人身份证", MaterialDefective)), nil},
		{"one always needed not mentioned", all[:2], []string{"社会保障卡或者一卡通银行卡"}},
		{"one always needed absent", append([]Material{paper("居民身份证", MaterialAbsent)}, all[1:]...), []string{"居民身份证"}},
		{"one always needed defective", append([]Material{paper("居民身份证", MaterialDefective)}, all[1:]...), []string{"居民身份证"}},
		{"one always needed, not in this situation", append([]Material{paper("居民身份证", MaterialNotNeeded)}, all[1:]...), nil},
		{"nothing at all: in the item's order", []Material{}, []string{"居民身份证", "高龄补贴申请表", "社会保障卡或者一卡通银行卡"}},
	} {
		t.Run(x.name, func(t *testing.T) {
			s := filed(t, elders, theClerk, AtCounter, gaojiabuRoom, x.papers...)
			if x.missing == nil {
				s.does(theClerk, Accept{}).is(Accepted, theClerk, "村里核实")
				return
			}
			no := s.refuses(theClerk, Accept{}, "materials_missing")
			if names, _ := no.Facts["missing"].([]string); !slices.Equal(names, x.missing) {
				t.Errorf("missing: %v, want %v", no.Facts["missing"], x.missing)
			}
			if slices.Contains(s.c.Actions(theClerk), VerbAccept) {
				t.Error("the button is there though the rule refuses")
			}
			s.refuses(theAgent, Accept{}, "not_your_step") // it would not be hers with all papers either
		})
	}
}

// TestNotYoursToAccept names the step that is meant, and whose it is: not the one that happens to be open.
func TestNotYoursToAccept(t *testing.T) {
	for _, cmd := range []Command{Accept{}, Reject{Ground: "不在本镇"}} {
		no := filed(t, elders, theAgent, ByAgent, gaojiabuRoom).refuses(theAgent, cmd, "not_your_step")
		same[any](t, "step", no.Facts["step"], "受理")
		same[any](t, "owner", no.Facts["owner"], "counter")
	}
}

// TestRejection: not accepted, with the ground, whose matter it is, and the ways of redress; nothing is open any more.
func TestRejection(t *testing.T) {
	tell := map[string]func() *story{
		"received":    func() *story { return receivedAtCounter(t) },
		"correcting":  func() *story { return receivedAtCounter(t).does(theClerk, oneNotice) },
		"the agent's": func() *story { return filed(t, elders, theAgent, ByAgent, gaojiabuRoom) },
	}
	for name, begin := range tell {
		s := begin()
		first := s.c.Responsible
		s.does(theColleague, Reject{Ground: "户籍不在本市", Whose: "户籍所在地"})
		same(t, name, s.c.State, NotAccepted)
		same(t, name+" is answered for by", s.c.Responsible, first)
		same(t, name+" ended", s.c.ClosedAt, At(s.now))
		e := s.last().(*Rejected)
		same(t, "ground", e.Ground, "户籍不在本市")
		same(t, "whose", e.Whose, "户籍所在地")
		same(t, "redress", e.Redress, "不服的，可以自收到决定书之日起 60 日内向神木市人民政府申请行政复议，或者 6 个月内向人民法院起诉。")
		if len(s.c.open()) != 0 {
			t.Errorf("%s: %v are open", name, s.openNames())
		}
	}
	s := receivedAtCounter(t).does(theClerk, Reject{Ground: "不归我们", Redress: "向市民政局反映"})
	same(t, "redress in other words", s.last().(*Rejected).Redress, "向市民政局反映")
	receivedAtCounter(t).does(theClerk, Accept{}).refuses(theClerk, Reject{Ground: "晚了"}, "wrong_state")
	filed(t, elders, theClerk, Online, gaojiabuRoom).refuses(theClerk, Reject{Ground: "还没收"}, "wrong_state")
}
