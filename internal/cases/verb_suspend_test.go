package cases

import "testing"

// TestSpecialProcedure: its time does not count (行政许可法 第四十五条); nobody goes on meanwhile; the owner of the open
// step ends it, and the case is where it was.
func TestSpecialProcedure(t *testing.T) {
	s := toBeDecided(t).on("2026-03-12 09:00").does(minzheng, anAppraisal).is(Suspended, minzheng, "审批")
	same(t, "special", *s.c.Special, Special{Kind: "appraisal", Basis: "年龄有争议，送鉴定", Days: 10, Since: At(s.now)})
	same(t, "expected end", s.c.Special.ends(theCalendar()).String(), "2026-03-26")
	for _, cmd := range []Command{DecideOn{Approve: true}, Return{Reason: "x"}, Take{}, Pass{}, anAppraisal} {
		s.refuses(minzheng, cmd, "wrong_state")
	}
	s.refuses(theDesk, Resume{}, "not_your_step")
	s.on("2026-03-20 09:00").does(minzheng, Resume{Note: "确认为 1945 年生"}).is(Examining, minzheng, "审批")
	if s.c.Special != nil || s.c.Before != "" {
		t.Errorf("something is left of it: %v %q", s.c.Special, s.c.Before)
	}
	s.refuses(minzheng, Resume{}, "wrong_state")
}

// TestSuspendedFromAcceptance: acting on a case takes it, so it comes back as under examination.
func TestSuspendedFromAcceptance(t *testing.T) {
	s := receivedAtCounter(t).does(theClerk, Accept{}).does(theAgent, anAppraisal).is(Suspended, theAgent, "村里核实")
	s.does(theAgent, Resume{}).is(Examining, theAgent, "村里核实")
}

// TestSuspendedSideBySide: one of those who work side by side stops it for all, and any of them ends it.
func TestSuspendedSideBySide(t *testing.T) {
	s := filed(t, dibao, theClerk, AtCounter, gaojiabuRoom).does(theClerk, Accept{}).does(minzheng, anAppraisal)
	s.refuses(theDesk, Pass{}, "wrong_state")
	s.does(theDesk, Resume{}).is(Examining, theDesk, "核对家庭经济状况", "入户调查")
}

func TestSuspensionEnds(t *testing.T) {
	for state, end := range map[State]func(s *story){
		Withdrawn: func(s *story) { s.does(theClerk, Withdraw{"本人不办了"}) },
		Void:      func(s *story) { s.does(theHead, VoidCommand{"重复收件"}) },
	} {
		s := toBeDecided(t).does(minzheng, anAppraisal)
		end(s)
		s.is(state, minzheng)
		if s.c.Special != nil || s.c.Before != "" {
			t.Errorf("%s: something is left of the special procedure", state)
		}
	}
}

func TestSpecialKinds(t *testing.T) {
	for _, k := range SpecialKinds {
		if !k.Kind.Known() || k.Kind.Chinese() != k.Chinese {
			t.Errorf("%s", k.Kind)
		}
	}
	if SpecialKind("extension").Known() || SpecialKind("").Known() {
		t.Error("an extension is not a special procedure of Art. 45")
	}
}
