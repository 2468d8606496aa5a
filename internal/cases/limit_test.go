package cases

import (
	"fmt"
	"testing"

	"bianmin/internal/access"
)

// TestWorkedExamples are the examples by which the counting of days is agreed, each on a case accepted on that day: the
// first day excluded, by the official calendar with its holidays and make-up days.
func TestWorkedExamples(t *testing.T) {
	for _, x := range []struct{ item, accepted, due, legal string }{
		{dibao, "2026-02-10", "2026-03-16", "2026-03-30"}, // 20 and 30 working days, over the Spring Festival
		{dibao, "2026-09-28", "2026-10-30", "2026-11-13"},
		{"BM-030", "2026-02-14", "2026-02-28", ""}, // 5 working days, from a make-up Saturday to one
		{"BM-030", "2025-01-24", "2025-02-07", ""},
		{"BM-030", "2024-09-29", "2024-10-11", ""},
		{"BM-030", "2020-01-22", "2020-02-06", ""},
		{"BM-030", "2026-04-30", "2026-05-11", ""},
		{"BM-034", "2026-03-10", "2026-03-30", "2026-05-09"}, // 20 and 60 calendar days; that Saturday is worked
		{"BM-067", "2026-02-13", "2026-02-24", "2026-02-24"}, // 3 and 7 calendar days: both end in the holiday, and move on
		{"BM-015", "2026-03-10", "2026-03-10", "2026-03-24"}, // at once; the law gives 10 working days
	} {
		s := filedOn(t, x.accepted+" 09:00", x.item, theClerk, AtCounter, gaojiabuRoom).does(theClerk, Accept{})
		limits := s.limits(theClerk)
		same(t, x.item+" from", *limits.Promised.From, x.accepted)
		same(t, x.item+" promised, accepted "+x.accepted, *limits.Promised.Due, x.due)
		if (limits.Legal == nil) != (x.legal == "") || limits.Legal != nil && *limits.Legal.Due != x.legal {
			t.Errorf("%s legal: %s, want %s", x.item, told(limits.Legal), x.legal)
		}
	}
}

// limits are the clocks as the actor sees them now.
func (s *story) limits(a access.Actor) Limits { return s.view(a).Limits }

func (s *story) view(a access.Actor) View {
	return viewer{places: thePlaces(), cal: theCalendar(), actor: a, now: s.now}.whole(s.c)
}

// told writes a limit for a table: "20: 03-10 to 04-08, 17 left", and why it does not run.
func told(l *Limit) string {
	if l == nil {
		return "none"
	}
	text := fmt.Sprintf("%d: ", l.Days)
	if l.From != nil {
		text += (*l.From)[5:] + " to " + (*l.Due)[5:] + ", "
	}
	text += fmt.Sprintf("%d left", l.Left)
	if l.Why != nil {
		text += ", " + string(*l.Why)
	}
	if l.Running == (l.Why != nil) || (l.From == nil) != (l.Due == nil) {
		text += " (at odds with itself)"
	}
	if l.Provisional {
		text += ", provisional"
	}
	return text
}

// clocks checks what the three clocks say at an instant: promised, legal, and (unless left empty) the step's as this
// actor sees it.
func (s *story) clocks(a access.Actor, when, promised, legal, step string) *story {
	s.t.Helper()
	s.on(when)
	l := s.limits(a)
	for _, x := range [][3]string{{"promised", told(l.Promised), promised}, {"legal", told(l.Legal), legal}, {"step", told(l.Step), step}} {
		if x[2] != "" && x[1] != x[2] {
			s.t.Errorf("%s, %s: %s, want %s", when, x[0], x[1], x[2])
		}
	}
	return s
}

// TestClocksOfALife follows a case of 最低生活保障审核确认 (promised 20, legal 30 working days) through every phase.
func TestClocksOfALife(t *testing.T) {
	s := filed(t, dibao, theClerk, AtCounter, gaojiabuRoom)
	// Not accepted: the limits wait; the counter's own step has its day.
	s.clocks(theClerk, "2026-03-10 10:25", "20: 20 left, not_accepted", "30: 30 left, not_accepted", "1: 03-10 to 03-11, 1 left")
	s.on("2026-03-10 10:30").does(theClerk, Accept{})
	// Running: the day of acceptance does not count, the next does.
	s.clocks(minzheng, "2026-03-10 23:59", "20: 03-10 to 04-08, 20 left", "30: 03-10 to 04-22, 30 left", "8: 03-10 to 03-20, 8 left")
	s.clocks(minzheng, "2026-03-11 00:00", "20: 03-10 to 04-08, 19 left", "30: 03-10 to 04-22, 29 left", "8: 03-10 to 03-20, 7 left")
	s.clocks(minzheng, "2026-03-13 14:00", "20: 03-10 to 04-08, 17 left", "30: 03-10 to 04-22, 27 left", "8: 03-10 to 03-20, 5 left")
	// Suspended: the day on which the clock stops is not counted, and while it stands nothing is lost.
	s.on("2026-03-13 15:00").does(minzheng, anAppraisal)
	s.clocks(minzheng, "2026-03-13 15:00", "20: 03-10 to 04-09, 18 left, suspended", "30: 03-10 to 04-23, 28 left, suspended", "8: 03-10 to 03-23, 6 left, suspended")
	s.clocks(minzheng, "2026-03-16 12:00", "20: 03-10 to 04-10, 18 left, suspended", "30: 03-10 to 04-24, 28 left, suspended", "8: 03-10 to 03-24, 6 left, suspended")
	s.on("2026-03-18 09:00").does(minzheng, theReport)
	s.clocks(minzheng, "2026-03-18 12:00", "20: 03-10 to 04-13, 17 left", "30: 03-10 to 04-27, 27 left", "8: 03-10 to 03-25, 5 left")
	// A step that does not count (公示): the limits stand, the step's own seven calendar days run.
	s.on("2026-03-19 10:00").does(minzheng, Pass{}).does(theDesk, Pass{}, Pass{})
	s.clocks(theAgent, "2026-03-19 10:00", "20: 03-10 to 04-14, 17 left, step", "30: 03-10 to 04-28, 27 left, step", "7: 03-19 to 03-26, 7 left")
	s.clocks(theAgent, "2026-03-24 12:00", "20: 03-10 to 04-17, 17 left, step", "30: 03-10 to 05-06, 27 left, step", "7: 03-19 to 03-26, 2 left")
	s.clocks(theAgent, "2026-03-27 08:00", "20: 03-10 to 04-22, 17 left, step", "30: 03-10 to 05-09, 27 left, step", "7: 03-19 to 03-26, -1 left")
	s.on("2026-03-27 09:00").does(theAgent, Pass{})
	s.clocks(theDesk, "2026-03-27 12:00", "20: 03-10 to 04-21, 16 left", "30: 03-10 to 05-08, 26 left", "2: 03-27 to 03-31, 2 left")
	// Ended by the decision, a day late of the promise: it stays as it was then.
	s.does(theDesk, Pass{}).on("2026-04-22 10:00").does(minzheng, DecideOn{Approve: true})
	s.clocks(theClerk, "2026-04-22 10:00", "20: 03-10 to 04-21, -1 left, ended", "30: 03-10 to 05-08, 9 left, ended", "3: 04-22 to 04-27, 3 left")
	s.clocks(theClerk, "2026-04-28 10:00", "20: 03-10 to 04-21, -1 left, ended", "30: 03-10 to 05-08, 9 left, ended", "3: 04-22 to 04-27, -1 left")
	s.does(theClerk, Deliver{"counter", "折桂英"})
	s.clocks(theClerk, "2026-06-01 10:00", "20: 03-10 to 04-21, -1 left, ended", "30: 03-10 to 05-08, 9 left, ended", "none")
}

// TestStopWithinADay costs nothing: a day counts if the clock runs at its end.
func TestStopWithinADay(t *testing.T) {
	s := toBeDecided(t).clocks(minzheng, "2026-03-11 09:00", "10: 03-10 to 03-24, 9 left", "none", "5: 03-10 to 03-17, 4 left")
	s.does(minzheng, anAppraisal).on("2026-03-11 23:59").does(minzheng, theReport)
	s.clocks(minzheng, "2026-03-11 23:59", "10: 03-10 to 03-24, 9 left", "none", "5: 03-10 to 03-17, 4 left")
	s.on("2026-03-12 09:00").does(minzheng, anAppraisal).on("2026-03-13 00:00").does(minzheng, theReport) // ends at 24:00: counted
	s.clocks(minzheng, "2026-03-13 00:00", "10: 03-10 to 03-24, 7 left", "none", "5: 03-10 to 03-17, 2 left")
	s.on("2026-03-13 09:00").does(minzheng, anAppraisal).on("2026-03-14 00:01").does(minzheng, theReport)
	s.clocks(minzheng, "2026-03-14 00:01", "10: 03-10 to 03-25, 8 left", "none", "5: 03-10 to 03-18, 3 left")
}

func TestLate(t *testing.T) {
	s := receivedAtCounter(t).does(theClerk, Accept{})
	s.clocks(theAgent, "2026-03-24 23:59", "10: 03-10 to 03-24, 0 left", "none", "3: 03-10 to 03-13, -7 left")
	s.clocks(theAgent, "2026-03-25 00:00", "10: 03-10 to 03-24, -1 left", "none", "3: 03-10 to 03-13, -8 left")
	s.clocks(theAgent, "2026-03-29 12:00", "10: 03-10 to 03-24, -3 left", "none", "3: 03-10 to 03-13, -10 left") // a Sunday
	s.clocks(theAgent, "2026-03-30 12:00", "10: 03-10 to 03-24, -4 left", "none", "3: 03-10 to 03-13, -11 left")
}

// TestOnTheSpot: no days at all; the next day is late.
func TestOnTheSpot(t *testing.T) {
	s := filed(t, "BM-015", theClerk, AtCounter, gaojiabuRoom)
	s.clocks(theClerk, "2026-03-10 10:25", "0: 0 left, not_accepted", "10: 10 left, not_accepted", "0: 03-10 to 03-10, 0 left")
	s.does(theClerk, Accept{})
	s.clocks(theClerk, "2026-03-10 16:00", "0: 03-10 to 03-10, 0 left", "10: 03-10 to 03-24, 10 left", "0: 03-10 to 03-10, 0 left")
	s.clocks(theClerk, "2026-03-11 09:00", "0: 03-10 to 03-10, -1 left", "10: 03-10 to 03-24, 9 left", "0: 03-10 to 03-10, -1 left")

	s = filed(t, "BM-015", theClerk, AtCounter, gaojiabuRoom).does(theClerk, Accept{}, DecideOn{Approve: true}, Deliver{"counter", "折桂英"})
	s.clocks(theClerk, "2026-03-20 09:00", "0: 03-10 to 03-10, 0 left, ended", "10: 03-10 to 03-24, 10 left, ended", "none")
}

// TestCountedDelivery: where making and handing over the document belong to the promise, the clock runs to the end.
func TestCountedDelivery(t *testing.T) {
	police := theUnit("gongan")
	s := filed(t, "BM-034", theClerk, AtCounter, gaojiabuRoom).does(theClerk, Accept{})
	s.on("2026-03-13 09:00").does(police, DecideOn{Approve: true}).on("2026-03-23 09:00").does(police, Pass{})
	s.clocks(theClerk, "2026-03-24 09:00", "20: 03-10 to 03-30, 6 left", "60: 03-10 to 05-09, 46 left", "3: 03-23 to 03-26, 2 left")
	s.does(theClerk, Deliver{"counter", "折桂英"})
	s.clocks(theClerk, "2026-05-24 09:00", "20: 03-10 to 03-30, 6 left, ended", "60: 03-10 to 05-09, 46 left, ended", "none")

	s = filed(t, "BM-034", theClerk, AtCounter, gaojiabuRoom).does(theClerk, Accept{}) // a no is handed over in time too
	s.on("2026-03-13 09:00").does(police, DecideOn{Reason: "户籍不在本市"})
	s.clocks(theClerk, "2026-03-24 09:00", "20: 03-10 to 03-30, 6 left", "60: 03-10 to 05-09, 46 left", "3: 03-13 to 03-16, -8 left")
}

// TestProvisional: past the last imported year nobody knows the holidays yet, and the date says so.
func TestProvisional(t *testing.T) {
	for _, x := range []struct {
		accepted        string
		promised, legal string
	}{
		{"2026-11-16", "20: 11-16 to 12-14, 20 left", "30: 11-16 to 12-28, 30 left"},
		{"2026-12-01", "20: 12-01 to 12-29, 20 left", "30: 12-01 to 01-12, 30 left, provisional"},
		{"2026-12-21", "20: 12-21 to 01-18, 20 left, provisional", "30: 12-21 to 02-01, 30 left, provisional"},
	} {
		s := filedOn(t, x.accepted+" 09:00", dibao, theClerk, AtCounter, gaojiabuRoom).does(theClerk, Accept{})
		s.clocks(minzheng, x.accepted+" 09:00", x.promised, x.legal, "")
	}
}

// TestCorrectedClock: the limits of a corrected case run from the day on which it was complete.
func TestCorrectedClock(t *testing.T) {
	s := receivedAtCounter(t).does(theClerk, oneNotice)
	s.clocks(theClerk, "2026-03-13 09:00", "10: 10 left, not_accepted", "none", "")
	s.does(theClerk, Correct{[]Material{paper("居民身份证", MaterialReceived)}})
	s.clocks(theClerk, "2026-03-16 09:00", "10: 10 left, not_accepted", "none", "")
	s.does(theClerk, Accept{}) // three days later; the first of them is a working day that counts
	s.clocks(theAgent, "2026-03-16 10:00", "10: 03-13 to 03-27, 9 left", "none", "3: 03-16 to 03-19, 3 left")
}

// TestEndedClocks: at whatever point it ended, the clock stands as it stood then.
func TestEndedClocks(t *testing.T) {
	over := Withdraw{"本人不办了"}
	receivedAtCounter(t).does(theClerk, over).
		clocks(theClerk, "2026-06-01 09:00", "10: 10 left, ended", "none", "none")
	receivedAtCounter(t).does(theClerk, Accept{}).on("2026-03-12 09:00").does(theClerk, over).
		clocks(theClerk, "2026-06-01 09:00", "10: 03-10 to 03-24, 8 left, ended", "none", "none")
	toBeDecided(t).on("2026-03-12 09:00").does(minzheng, anAppraisal).on("2026-03-17 09:00").does(theClerk, over).
		clocks(theClerk, "2026-06-01 09:00", "10: 03-10 to 03-27, 8 left, ended", "none", "none")
}

// TestStepBegunAgain has its whole time again.
func TestStepBegunAgain(t *testing.T) {
	s := receivedAtCounter(t).does(theClerk, Accept{}).on("2026-03-12 09:00").does(theAgent, Pass{})
	s.on("2026-03-16 09:00").does(theDesk, Return{Reason: "请补签字"})
	s.clocks(theAgent, "2026-03-16 09:00", "10: 03-10 to 03-24, 6 left", "none", "3: 03-16 to 03-19, 3 left")
	step := s.view(theAgent).Steps[3]
	same(t, "the step after it", step.State, "todo")
	if step.Due != nil || step.Started != nil {
		t.Errorf("it has not begun: %v", step)
	}
}

func TestWhyInWords(t *testing.T) {
	for why, words := range map[Why]string{WhyNotAccepted: "还没有受理", WhySuspended: "特别程序", WhyStep: "这一步不算时间", WhyEnded: "已经办完", "": ""} {
		same(t, string(why), why.Chinese(), words)
	}
}
