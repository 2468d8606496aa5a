package cases

import (
	"slices"
	"testing"

	"bianmin/internal/calendar"
)

// dibao is 最低生活保障审核确认: five materials always needed, one that depends on the situation.
const dibao = "BM-001"

// TestNotice: one notice lists all that is missing (行政许可法 第三十二条); the papers stand as it says.
func TestNotice(t *testing.T) {
	s := filed(t, dibao, theClerk, AtCounter, gaojiabuRoom).on("2026-03-10 11:00")
	s.does(theColleague, Notify{[]Lack{
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
	s := filed(t, dibao, theClerk, AtCounter, gaojiabuRoom).does(theClerk, Notify{[]Lack{
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
		s := receivedAtCounter(t).does(theClerk, Notify{[]Lack{{Material: "委托书", What: MaterialAbsent}}})
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
	no := s.refuses(theColleague, Notify{[]Lack{{Material: "高龄补贴申请表", What: MaterialAbsent}}}, "already_notified")
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
		s.does(theClerk, Notify{[]Lack{{Material: name, What: MaterialAbsent}}}, Correct{[]Material{paper(name, MaterialReceived)}})
		no := s.refuses(theClerk, Notify{[]Lack{{Material: name, What: MaterialAbsent}}}, "already_notified")
		same[any](t, code, no.Facts["basis"], basis)
	}
}
