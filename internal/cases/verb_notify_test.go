package cases

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"bianmin/internal/calendar"
	"bianmin/internal/problem"
)

// dibao is 最低生活保障审核确认: five materials always needed, one that depends on the situation.
const dibao = "BM-001"

// TestNotice: one notice lists all that is missing (行政许可法 第三十二条); the papers stand as it says.
func TestNotice(t *testing.T) {
	s := filed(t, dibao, theClerk, AtCounter, gaojiabuRoom).on("2026-03-10 11:00")
	s.does(theColleague, Notify{Missing: []Lack{
		{Material: "户口簿", What: MaterialAbsent}, {Material: "家庭收入和财产申报表", What: MaterialDefective, Note: "没有签字"},
	}})
	s.is(Correcting, theClerk, "受理") // telling is not taking
	same(t, "the missing", s.c.Materials[3].Status, MaterialAbsent)
	same(t, "the defective", s.c.Materials[4].Status, MaterialDefective)
	same(t, "the rest", s.c.Materials[2].Status, MaterialReceived)
	same(t, "told by", s.c.Notice.By.Name, theColleague.Name)
	same(t, "told at", s.c.Notice.At, At(s.now))
}

// TestCorrection: partly corrected stays in correction; complete is received again, as of that moment.
func TestCorrection(t *testing.T) {
	s := filed(t, dibao, theClerk, AtCounter, gaojiabuRoom).does(theClerk, Notify{Missing: []Lack{
		{Material: "户口簿", What: MaterialAbsent}, {Material: "家庭收入和财产申报表", What: MaterialDefective, Note: "没有签字"},
	}})
	s.on("2026-03-12 09:00").does(theAgent, Correct{[]Material{paper("户口簿", MaterialReceived)}})
	s.is(Correcting, theClerk, "受理")
	s.does(theAgent, Correct{[]Material{paper("家庭收入和财产申报表", MaterialDefective)}}).is(Correcting, theClerk, "受理")
	same(t, "complete", s.c.CorrectedAt, 0)
	s.on("2026-03-13 15:00").does(theClerk, Correct{[]Material{paper("家庭收入和财产申报表", MaterialReceived)}})
	s.is(Received, theClerk, "受理")
	same(t, "complete", s.c.CorrectedAt, At(s.now))
}

// TestLimitsCountFromTheCorrection: not from the filing, and not from a later acceptance.
func TestLimitsCountFromTheCorrection(t *testing.T) {
	s := receivedAtCounter(t).does(theClerk, oneNotice)
	s.on("2026-03-12 16:00").does(theClerk, Correct{[]Material{paper("居民身份证", MaterialReceived)}})
	s.on("2026-03-16 09:00").does(theClerk, Accept{})
	same(t, "from", s.c.From, sure(calendar.ParseDate("2026-03-12")))
	same(t, "accepted", s.c.AcceptedAt, At(s.now))

	s = receivedAtCounter(t).on("2026-03-12 09:00").does(theClerk, Accept{})
	same(t, "from, with nothing to correct", s.c.From, sure(calendar.ParseDate("2026-03-12")))
}

// TestConditionalInANotice: what the notice asked for has to come, or to be found not needed after all.
func TestConditionalInANotice(t *testing.T) {
	for _, status := range []MaterialStatus{MaterialReceived, MaterialNotNeeded} {
		s := receivedAtCounter(t).does(theClerk, Notify{Missing: []Lack{{Material: "委托书", What: MaterialAbsent}}})
		s.does(theClerk, Correct{[]Material{paper("居民身份证", MaterialReceived)}}).is(Correcting, theClerk, "受理")
		s.does(theClerk, Correct{[]Material{paper("委托书", status)}}).is(Received, theClerk, "受理")
	}
}

// TestSecondNoticeIsRefused: everything has to be told at once. The refusal says who told what, and when.
func TestSecondNoticeIsRefused(t *testing.T) {
	s := receivedAtCounter(t).does(theClerk, oneNotice)
	told := stamp(At(s.now))
	s.refuses(theColleague, oneNotice, "already_notified") // while it is under correction, too
	s.on("2026-03-11 09:00").does(theClerk, Correct{[]Material{paper("居民身份证", MaterialReceived)}})
	no := s.refuses(theColleague, Notify{Missing: []Lack{{Material: "高龄补贴申请表", What: MaterialAbsent}}}, "already_notified")
	same[any](t, "by", no.Facts["by"], theClerk.Name)
	same[any](t, "at", no.Facts["at"], told)
	if names, _ := no.Facts["missing"].([]string); !slices.Equal(names, []string{"居民身份证"}) {
		t.Errorf("missing: %v", no.Facts["missing"])
	}
}

// TestOnlyLicencesCiteTheLicensingLaw: the one notice is the platform's rule for all, the article is a licence's alone.
func TestOnlyLicencesCiteTheLicensingLaw(t *testing.T) {
	for code, basis := range map[string]string{"BM-045": "行政许可法第三十二条", elders: "一次性告知制"} {
		s := filed(t, code, theClerk, AtCounter, gaojiabuRoom)
		name := s.c.Def.Materials[0].Name
		s.does(theClerk, Notify{Missing: []Lack{{Material: name, What: MaterialAbsent}}}, Correct{[]Material{paper(name, MaterialReceived)}})
		no := s.refuses(theClerk, Notify{Missing: []Lack{{Material: name, What: MaterialAbsent}}}, "already_notified")
		same[any](t, code, no.Facts["basis"], basis)
	}
}

// TestSecondNotice: what could not have been seen the first time may be asked for, when that is said of each thing. It
// leaves a fault with who gave the first; the time begins anew, and what was still missing stays asked for.
func TestSecondNotice(t *testing.T) {
	s := receivedAtCounter(t).does(theClerk, Notify{Missing: []Lack{{Material: "居民身份证", What: MaterialAbsent}, {Material: "委托书", What: MaterialAbsent}}})
	s.on("2026-03-12 09:00").does(theClerk, Correct{[]Material{paper("居民身份证", MaterialReceived)}})
	form, why := "高龄补贴申请表", "身份证补来以后才能核对"
	card := Lack{Material: "社会保障卡或者一卡通银行卡", What: MaterialAbsent}
	half := Notify{Missing: []Lack{{Material: form, What: MaterialAbsent, Unseen: why}, card}}
	s.refuses(theColleague, half, "already_notified") // of one thing it is not said
	half.Missing[1].Unseen = " \n"
	s.refuses(theColleague, half, "already_notified") // nor by blanks
	s.does(theColleague, Notify{Missing: []Lack{{Material: form, What: MaterialAbsent, Unseen: why}}, Days: 10, Remind: 3}).is(Correcting, theClerk, "受理")
	if got := names(s.c.Notice.Missing); !slices.Equal(got, []string{"委托书", form}) {
		t.Errorf("asked for is %v", got)
	}
	same(t, "until", s.c.Notice.until(theCalendar()).String(), "2026-03-23") // ten days, and the last is a Sunday
	same(t, "faults", asJSON(s.c.Faults), asJSON([]Fault{{Kind: FaultSecondNotice, At: At(s.now), Who: personOf(theClerk), About: []string{form}}}))
	same(t, "the view says so", s.view(theClerk).Notice.Again, true)

	// A third: the fault is again with who gave the first, not the second.
	s.on("2026-03-13 09:00").does(theAgent, Notify{Missing: []Lack{{Material: form, What: MaterialDefective, Note: "没有签字", Unseen: "补来的这份没有签字"}}})
	same(t, "faults", len(s.c.Faults), 2)
	same(t, "with", s.c.Faults[1].Who, personOf(theClerk))
	if got := names(s.c.Notice.Missing); !slices.Equal(got, []string{"委托书", form}) {
		t.Errorf("what is named anew is asked for once: %v", got)
	}
	s.does(theClerk, Correct{[]Material{paper(form, MaterialReceived)}}).is(Correcting, theClerk, "受理")
	s.does(theClerk, Correct{[]Material{paper("委托书", MaterialReceived)}}).is(Received, theClerk, "受理")
	same(t, "the first notice leaves no fault", len(receivedAtCounter(t).does(theClerk, oneNotice).c.Faults), 0)
}

// TestSecondNoticeAfterCorrection: also when the papers had been complete; the applicant is reminded anew.
func TestSecondNoticeAfterCorrection(t *testing.T) {
	s := receivedAtCounter(t).does(theClerk, oneNotice).passes("2026-04-05 09:00")
	s.does(theClerk, Correct{[]Material{paper("居民身份证", MaterialReceived)}}).does(theClerk, unforeseen).is(Correcting, theClerk, "受理")
	if got := names(s.c.Notice.Missing); !slices.Equal(got, []string{"高龄补贴申请表"}) {
		t.Errorf("asked for is %v", got)
	}
	n := len(s.events)
	s.passes("2026-06-01 09:00").is(Lapsed, theClerk)
	same(t, "then", s.happened(n), "reminded lapsed")
}

// TestWhatIsUsualHere: a notice that names no time gives what the place has set.
func TestWhatIsUsualHere(t *testing.T) {
	s := &Service{policy: func() Policy { return Policy{CorrectDays: 20, RemindDays: 2} }}
	for asked, want := range map[int]int{0: 20, 7: 7} {
		n := sure(Notify{Missing: oneNotice.Missing, Days: asked}.read(t.Context(), s, nil)).(Notify)
		same(t, "days", n.Days, want)
		same(t, "reminder", n.Remind, 2)
	}
	same(t, "usual", UsualPolicy, Policy{CorrectDays: 30, RemindDays: 5, CallDays: 5})
	for p, wrong := range map[Policy]string{
		{30, 5, 5}: "", {1, 0, 1}: "", {180, 179, 20}: "", {0, 0, 5}: "correct_days", {181, 5, 5}: "correct_days", {30, 30, 5}: "remind_days", {30, -1, 5}: "remind_days",
		{-1, 5, 5}: "correct_days remind_days", {30, 5, 0}: "call_days", {30, 5, 21}: "call_days",
	} {
		got := ""
		if err := p.Check(); err != nil {
			var no *problem.Problem
			if !errors.As(err, &no) {
				t.Fatal(err)
			}
			for _, f := range no.Fields {
				got = strings.TrimSpace(got + " " + f.Path)
			}
		}
		same(t, asJSON(p), got, wrong)
	}
}
