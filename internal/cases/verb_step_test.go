package cases

import "testing"

// TestTake: the post's named person answers for the case from here; the first after acceptance begins the examination.
func TestTake(t *testing.T) {
	s := receivedAtCounter(t).does(theClerk, Accept{}).is(Accepted, theClerk, "村里核实")
	s.does(theAgent, Take{}).is(Examining, theAgent, "村里核实")
	s.refuses(theAgent, Take{}, "already_yours")
	s.refuses(theDesk, Take{}, "not_your_step")

	// Before acceptance a colleague may take it over; the state stays.
	receivedAtCounter(t).does(theColleague, Take{}).is(Received, theColleague, "受理").refuses(theColleague, Take{}, "already_yours")
	receivedAtCounter(t).refuses(theClerk, Take{}, "already_yours")

	// Who answers for it already still begins the examination by taking it.
	s = filed(t, elders, theAgent, ByAgent, gaojiabuRoom).does(theAgent, Pass{}).does(theClerk, Accept{})
	s.is(Accepted, theAgent, "村里核实").does(theAgent, Take{}).is(Examining, theAgent, "村里核实")
}

// TestPass: the step is done, the next one opens, and who passed it answers for the case until the next takes it.
func TestPass(t *testing.T) {
	s := receivedAtCounter(t).does(theClerk, Accept{}).on("2026-03-11 10:00")
	s.does(theAgent, Pass{Note: "本人在世，情况属实"}).is(Examining, theAgent, "复审")
	same(t, "the step", s.c.Steps[2],
		StepRun{Started: At(moments("2026-03-10 10:20")), Done: At(s.now), By: theAgent.Name, Note: "本人在世，情况属实"})
	same(t, "the event", *s.last().(*Passed), Passed{Meta: *s.last().meta(), Step: 3, Note: "本人在世，情况属实"})
	same(t, "the next", s.c.Steps[3], StepRun{Started: At(s.now)})
	s.refuses(theAgent, Pass{}, "not_your_step")
	s.does(theDesk, Pass{}).is(Examining, theDesk, "审批")
	s.refuses(minzheng, Pass{}, "not_your_step") // what waits is a decision: decide it
	s.refuses(theDesk, DecideOn{Approve: true}, "not_your_step")
}

// TestReturn: to an earlier step, with the reason; what came after is to be done again.
func TestReturn(t *testing.T) {
	s := filed(t, dibao, theClerk, AtCounter, gaojiabuRoom).does(theClerk, Accept{})
	s.does(minzheng, Pass{}).does(theDesk, Pass{}, Pass{}).does(theAgent, Pass{Note: "公示无异议"})
	s.on("2026-03-20 09:00").does(theDesk, Return{To: 5, Reason: "入户记录少一页"}).is(Examining, theDesk, "初审")
	same(t, "the event", *s.last().(*Returned), Returned{Meta: *s.last().meta(), From: 7, To: 5, Reason: "入户记录少一页"})
	same(t, "done before stays", s.c.Steps[3].By, theDesk.Name)
	same(t, "the step", s.c.Steps[4], StepRun{Started: At(s.now)})
	same(t, "after it, the publicity", s.c.Steps[5], StepRun{})
	same(t, "after it, the summing up", s.c.Steps[6], StepRun{})
	s.does(theDesk, Pass{}).is(Examining, theDesk, "初审公示")
	s.does(theAgent, Pass{}).does(theDesk, Pass{}).is(Examining, theDesk, "审核确认")
	// The step before, when none is named. The decider may return too.
	s.does(minzheng, Return{Reason: "再核"}).is(Examining, minzheng, "汇总上报")
}

func TestReturnIsRefused(t *testing.T) {
	accepted := func() *story { return receivedAtCounter(t).does(theClerk, Accept{}) }
	accepted().refuses(theAgent, Return{Reason: "材料不清"}, "no_earlier_step") // acceptance is not undone
	s := accepted().does(theAgent, Pass{})
	for _, to := range []int{1, 2, 4, 5, 6} { // before acceptance, its own, and later ones
		no := s.refuses(theDesk, Return{To: to, Reason: "材料不清"}, "cannot_return_there")
		same[any](t, "step", no.Facts["step"], s.c.Def.Steps[to-1].Name)
	}
	s.refuses(theAgent, Return{Reason: "已经不在手上"}, "not_your_step")
	s.does(theDesk, Return{To: 3, Reason: "请补签字"}).is(Examining, theDesk, "村里核实")
}
