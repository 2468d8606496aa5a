package cases

import (
	"slices"
	"strings"
	"testing"
)

// TestSpecialProcedure: its time does not count (行政许可法 第四十五条); nobody goes on meanwhile; the owner of the open
// step ends it, and the case is where it was.
func TestSpecialProcedure(t *testing.T) {
	s := toBeDecided(t).on("2026-03-12 09:00").does(minzheng, anAppraisal).is(Suspended, minzheng, "审批")
	same(t, "special", *s.c.Special, Special{Kind: "appraisal", Basis: "年龄有争议，送鉴定", Days: 10, Evidence: "鉴定委托书 神鉴委〔2026〕7号",
		By: Person{minzheng.Account, minzheng.Name, shenmu}, Since: At(s.now)})
	same(t, "expected end", s.c.Special.ends(theCalendar()).String(), "2026-03-26")
	for _, cmd := range []Command{DecideOn{Approve: true}, Return{Reason: "x"}, Take{}, Pass{}, anAppraisal} {
		s.refuses(minzheng, cmd, "wrong_state")
	}
	s.refuses(theDesk, theReport, "not_your_step")
	s.on("2026-03-20 09:00").does(minzheng, Resume{Evidence: "鉴定意见书 榆鉴〔2026〕7号", Note: "确认为 1945 年生"}).is(Examining, minzheng, "审批")
	if s.c.Special != nil || s.c.Before != "" {
		t.Errorf("something is left of it: %v %q", s.c.Special, s.c.Before)
	}
	s.refuses(minzheng, theReport, "wrong_state")
}

// TestSuspendedFromAcceptance: acting on a case takes it, so it comes back as under examination.
func TestSuspendedFromAcceptance(t *testing.T) {
	s := receivedAtCounter(t).does(theClerk, Accept{}).does(theAgent, anAppraisal).is(Suspended, theAgent, "村里核实")
	s.does(theAgent, theReport).is(Examining, theAgent, "村里核实")
}

// TestSuspendedSideBySide: one of those who work side by side stops it for all, and any of them ends it.
func TestSuspendedSideBySide(t *testing.T) {
	s := filed(t, dibao, theClerk, AtCounter, gaojiabuRoom).does(theClerk, Accept{}).does(minzheng, anAppraisal)
	s.refuses(theDesk, Pass{}, "wrong_state")
	s.does(theDesk, theReport).is(Examining, theDesk, "核对家庭经济状况", "入户调查")
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

// TestClosedList: the eight procedures of Art. 45 and what the item itself names; nothing else stops the clock.
func TestClosedList(t *testing.T) {
	var list []string
	for _, k := range SpecialKinds {
		list = append(list, string(k.Kind)+k.Chinese)
		if !k.Kind.Known() || k.Kind.Chinese() != k.Chinese {
			t.Errorf("%s", k.Kind)
		}
	}
	same(t, "the list", strings.Join(list, " "), "hearing听证 tender招标 auction拍卖 inspection检验 testing检测 quarantine检疫 appraisal鉴定 expert_review专家评审 item事项规定的特别程序")
	if SpecialKind("extension").Known() || SpecialKind("").Known() {
		t.Error("an extension is not a special procedure of Art. 45")
	}
}

// TestEvidence: a procedure begins and ends with a paper; both stay on record when it is over.
func TestEvidence(t *testing.T) {
	s := toBeDecided(t).on("2026-03-12 09:00").does(minzheng, anAppraisal)
	same(t, "begun with", s.view(minzheng).Special.Evidence, "鉴定委托书 神鉴委〔2026〕7号")
	s.on("2026-03-20 09:00").does(minzheng, Resume{Evidence: "鉴定意见书 榆鉴〔2026〕7号", Note: "确认为 1945 年生"})
	over := s.view(minzheng).Specials
	same(t, "over", len(over), 1)
	same(t, "ended with", *over[0].EndEvidence+" "+*over[0].Until+" "+*over[0].Result, "鉴定意见书 榆鉴〔2026〕7号 2026-03-20T09:00:00+08:00 确认为 1945 年生")
	s.does(minzheng, Suspend{Kind: "hearing", Basis: "x", Evidence: "听证通知书", Days: 5}, Resume{Evidence: "听证笔录"})
	same(t, "a second one stands beside", len(s.c.Specials), 2)
}

// TestTold: the applicant is told how long it takes, and that it takes longer, once it does.
func TestTold(t *testing.T) {
	s := toBeDecided(t).on("2026-03-12 09:00").does(minzheng, anAppraisal)
	f := s.following()
	same(t, "how it stands", f.Plain, "正在鉴定，这段时间不算在期限里")
	same(t, "expected to end", *f.By, "2026-03-26")
	same(t, "told", strings.Join(f.Remarks, "；"), "鉴定预计 10 个工作日，从3月12日起")
	s.passes("2026-03-27 00:00")
	same(t, "told", strings.Join(s.following().Remarks, "；"), "鉴定预计 10 个工作日，从3月12日起；已经比告诉您的时间长，可以到窗口问原因")
}

// TestOverran: a procedure that takes longer than was told is seen, once; it goes on, and the clock stands on.
func TestOverran(t *testing.T) {
	s := toBeDecided(t).on("2026-03-12 09:00").does(minzheng, anAppraisal)
	seen, n := s.c.Version, len(s.events)
	s.passes("2026-03-26 23:59")
	same(t, "on the last day", s.happened(n), "nothing")
	s.passes("2026-03-27 08:00").passes("2026-04-27 08:00").is(Suspended, minzheng, "审批")
	same(t, "then", s.happened(n), "special_overran")
	same(t, "the record", *s.last().(*Overran), Overran{byLaw{Meta{By: "系统", Account: "system", Place: gaojiabu, At: At(moments("2026-03-27 00:00"))}, At(moments("2026-03-27 08:00"))}, 10})
	same(t, "version", s.c.Version, seen) // whoever comes to resume it is not told to look again
	same(t, "in lists", s.view(theSupervisor).Overran && s.view(theSupervisor).Special.Overran, true)
	s.clocks(minzheng, "2026-04-27 08:00", "10: 03-10 to 05-12, 9 left, suspended", "none", "5: 03-10 to 05-06, 4 left, suspended")
	s.does(minzheng, theReport)
	same(t, "it stays on record", s.c.Specials[0].Overran && s.view(theSupervisor).Specials[0].Overran, true)
	s.does(minzheng, anAppraisal)
	same(t, "the next begins anew", s.c.dues(theCalendar())[0].Kind, DueOverran)

	s = toBeDecided(t).on("2026-03-12 09:00").does(minzheng, anAppraisal).passes("2026-03-26 23:59").does(minzheng, theReport).passes("2026-04-27 08:00")
	same(t, "in time", s.c.Specials[0].Overran, false)
}

// TestTheItemsOwnProcedures: what is none of the law's list is one of the item's own steps whose time does not count, by name.
func TestTheItemsOwnProcedures(t *testing.T) {
	def, _ := theItems().Get("BM-001")
	if own := def.Procedures(); !slices.Equal(own, []string{"初审公示"}) {
		t.Fatalf("低保 has %v of its own", own)
	}
	for basis, want := range map[string]string{"有人提出异议，初审公示重新做": "", "群众有意见": "basis which_procedure", "": "basis required"} {
		got := ""
		for _, f := range (Suspend{Kind: OwnSpecial, Basis: basis, Evidence: "公示单 3 号", Days: 7}).Check(&def) {
			got += f.Path + " " + f.Code
		}
		if got != want {
			t.Errorf("%q: %q, want %q", basis, got, want)
		}
	}
}
