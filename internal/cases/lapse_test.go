package cases

import "testing"

// TestTheTimeForCorrection: 30 calendar days, unless the notice names others; a last day on a holiday moves on; a
// reminder five days before, at nine; then it has lapsed, at the end of the last day.
func TestTheTimeForCorrection(t *testing.T) {
	for _, x := range []struct {
		noticed      string
		days, remind int
		reminder     string
		lastDay      string
		lapse        string
	}{
		{"2026-03-10 10:20", 30, 5, "2026-04-04 09:00", "2026-04-09", "2026-04-10 00:00"},
		{"2026-03-05 10:20", 30, 5, "2026-04-02 09:00", "2026-04-07", "2026-04-08 00:00"}, // the thirtieth day is in 清明
		{"2026-01-20 10:20", 30, 5, "2026-02-19 09:00", "2026-02-24", "2026-02-25 00:00"}, // and in 春节
		{"2026-03-10 10:20", 10, 3, "2026-03-17 09:00", "2026-03-20", "2026-03-21 00:00"},
		{"2026-03-10 10:20", 180, 30, "2026-08-08 09:00", "2026-09-07", "2026-09-08 00:00"}, // from a Sunday to the Monday
		{"2026-03-10 10:20", 30, 0, "", "2026-04-09", "2026-04-10 00:00"},                   // no reminder is wanted
		{"2026-03-10 10:20", 3, 5, "", "2026-03-13", "2026-03-14 00:00"},                    // shorter than the reminder
		{"2026-03-10 10:20", 6, 6, "", "2026-03-16", "2026-03-17 00:00"},                    // its hour was over when the notice came
		{"2026-03-10 08:20", 6, 6, "2026-03-10 09:00", "2026-03-16", "2026-03-17 00:00"},
	} {
		s := filedOn(t, x.noticed, elders, theClerk, AtCounter, gaojiabuRoom)
		s.does(theClerk, Notify{Missing: oneNotice.Missing, Days: x.days, Remind: x.remind})
		same(t, x.noticed+": until", s.view(theClerk).Notice.Until, x.lastDay)
		var want []Due
		if x.reminder != "" {
			want = append(want, Due{DueRemind, At(moments(x.reminder))})
		}
		want = append(want, Due{DueLapse, At(moments(x.lapse))})
		same(t, x.noticed+": due", asJSON(s.c.dues(theCalendar())), asJSON(want))
	}
}

// TestRemindedOnceAndLapsed: the reminder comes once and changes nothing that somebody saw; the lapse ends the case.
func TestRemindedOnceAndLapsed(t *testing.T) {
	s := receivedAtCounter(t).does(theClerk, oneNotice)
	seen := s.c.Version
	s.passes("2026-04-04 08:59").passes("2026-04-04 09:00").passes("2026-04-05 09:00").passes("2026-04-09 23:59")
	same(t, "until the last minute", s.happened(2), "reminded")
	same(t, "version", s.c.Version, seen)
	same(t, "the last day", s.last().(*Reminded).Until.String(), "2026-04-09")
	same(t, "reminded at", s.last().meta().At, At(moments("2026-04-04 09:00")))
	s.passes("2026-04-10 08:00").is(Lapsed, theClerk)
	same(t, "in all", s.happened(2), "reminded lapsed")
	same(t, "the record", *s.last().(*LapsedEvent), LapsedEvent{byLaw{Meta{By: "系统", Account: "system", Place: gaojiabu, At: At(moments("2026-04-10 00:00"))}, At(s.now)}, 30})
	same(t, "closed", s.c.ClosedAt, At(moments("2026-04-10 00:00")))
	same(t, "what remains to be done", s.verbsOf(theClerk), "reveal")
	s.passes("2027-01-01 00:00")
	same(t, "and no more", s.happened(2), "reminded lapsed")
}

// TestAllAtOnce: long after, both happen in their order, each at its moment, and say when they were written down.
func TestAllAtOnce(t *testing.T) {
	s := receivedAtCounter(t).does(theClerk, oneNotice).passes("2026-06-01 10:00")
	same(t, "happened", s.happened(2), "reminded lapsed")
	same(t, "reminded", s.events[2].meta().At, At(moments("2026-04-04 09:00")))
	same(t, "noted", s.events[2].(*Reminded).Noted, At(s.now))
	same(t, "lapsed", s.events[3].meta().At, At(moments("2026-04-10 00:00")))
	same(t, "noted", s.events[3].(*LapsedEvent).Noted, At(s.now))
}

// TestCorrectedInTime: in the last minute is in time; a part of it is not all of it.
func TestCorrectedInTime(t *testing.T) {
	both := Notify{Missing: []Lack{{Material: "居民身份证", What: MaterialAbsent}, {Material: "高龄补贴申请表", What: MaterialAbsent}}}
	s := receivedAtCounter(t).does(theClerk, both).passes("2026-04-09 23:59")
	s.does(theClerk, Correct{[]Material{paper("居民身份证", MaterialReceived)}}).is(Correcting, theClerk, "受理")
	s.does(theClerk, Correct{[]Material{paper("高龄补贴申请表", MaterialReceived)}}).passes("2026-04-10 09:00").is(Received, theClerk, "受理")
	s = receivedAtCounter(t).does(theClerk, both, Correct{[]Material{paper("居民身份证", MaterialReceived)}}).passes("2026-04-10 00:00")
	s.is(Lapsed, theClerk)
	receivedAtCounter(t).does(theClerk, both).does(theClerk, Withdraw{"本人不办了"}).passes("2026-06-01 09:00").is(Withdrawn, theClerk)
}
