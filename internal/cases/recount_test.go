package cases

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bianmin/internal/calendar"
)

// with is the official calendar corrected by a line for each day: "2027-01-01 off".
func with(lines ...string) *calendar.Calendar {
	var days []calendar.Day
	for _, line := range lines {
		date, kind, _ := strings.Cut(line, " ")
		days = append(days, calendar.Day{Date: sure(calendar.ParseDate(date)), Kind: calendar.Kind(kind), Name: "放假"})
	}
	return theCalendar().Correct(days, false)
}

// moved writes what another calendar moves: "promised 01-18 to 01-19".
func (s *story) moved(cal *calendar.Calendar) string {
	var list []string
	for _, m := range s.c.shifts(theCalendar(), cal, s.now) {
		list = append(list, m.Limit+" "+m.From.String()[5:]+" to "+m.To.String()[5:])
	}
	if len(list) == 0 {
		return "nothing"
	}
	return strings.Join(list, ", ")
}

// TestALateYear: a year that arrives when limits already run into it moves each of them, and says by how much.
func TestALateYear(t *testing.T) {
	newYear := with("2027-01-01 off", "2027-01-02 off", "2027-01-03 off", "2027-01-09 work")
	s := filedOn(t, "2026-12-29 09:00", dibao, theClerk, AtCounter, gaojiabuRoom)
	same(t, "received", s.moved(newYear), "silence 01-05 to 01-06")
	s.does(theClerk, Accept{})
	same(t, "accepted", s.moved(newYear), "step 01-08 to 01-09, step 01-08 to 01-09") // the others end after the make-up day
	same(t, "a day more off", s.moved(with("2027-01-01 off")), "legal 02-09 to 02-10, promised 01-26 to 01-27, step 01-08 to 01-11, step 01-08 to 01-11")
}

// TestACorrectedDay: of what runs, what the day lies in moves, and nothing else.
func TestACorrectedDay(t *testing.T) {
	off, work := with("2026-03-16 off"), with("2026-03-14 work")
	for name, x := range map[string]struct {
		s         *story
		off, work string
	}{
		"received":                  {receivedAtCounter(t), "silence 03-17 to 03-18", "silence 03-17 to 03-16"},
		"submitted":                 {filed(t, elders, theClerk, Online, gaojiabuRoom), "silence 03-17 to 03-18", "silence 03-17 to 03-16"},
		"accepted":                  {receivedAtCounter(t).does(theClerk, Accept{}), "promised 03-24 to 03-25", "promised 03-24 to 03-23"},
		"correcting, calendar days": {receivedAtCounter(t).does(theClerk, oneNotice), "nothing", "nothing"},
		"correcting, ending on it": {receivedAtCounter(t).does(theClerk, Notify{Missing: oneNotice.Missing, Days: 6, Remind: 2}),
			"remind 03-14 to 03-15, lapse 03-16 to 03-17", "nothing"},
		"correcting, ending before it": {receivedAtCounter(t).does(theClerk, Notify{Missing: oneNotice.Missing, Days: 4, Remind: 2}),
			"remind 03-14 to 03-15, lapse 03-16 to 03-17", "remind 03-14 to 03-12, lapse 03-16 to 03-14"},
		"suspended": {toBeDecided(t).does(minzheng, anAppraisal),
			"promised 03-24 to 03-25, step 03-17 to 03-18, overran 03-24 to 03-25", "promised 03-24 to 03-23, step 03-17 to 03-16, overran 03-24 to 03-23"},
		"ended":  {receivedAtCounter(t).does(theClerk, Accept{}, Withdraw{"本人不办了"}), "nothing", "nothing"},
		"closed": {toBeDecided(t).does(minzheng, DecideOn{Approve: true}).does(theClerk, Deliver{"counter", "折桂英"}), "nothing", "nothing"},
	} {
		same(t, name+", a day off", x.s.moved(off), x.off)
		same(t, name+", a day worked", x.s.moved(work), x.work)
	}
}

// TestStepsSideBySide each move from their own day.
func TestStepsSideBySide(t *testing.T) {
	s := filed(t, dibao, theClerk, AtCounter, gaojiabuRoom).does(theClerk, Accept{})
	s.c.Steps[3].Started = At(moments("2026-03-11 09:00")) // as after a return
	same(t, "moved", s.moved(with("2026-03-16 off")), "legal 04-22 to 04-23, promised 04-08 to 04-09, step 03-20 to 03-23, step 03-23 to 03-24")
}

// TestAReminderComesAndGoes: a last day that moves makes room for a reminder where there was none, or takes it; the
// limit itself is told right.
func TestAReminderComesAndGoes(t *testing.T) {
	s := receivedAtCounter(t).does(theClerk, Notify{Missing: oneNotice.Missing, Days: 6, Remind: 6}) // to 03-16: its hour is over
	same(t, "room is made", s.moved(with("2026-03-16 off")), "lapse 03-16 to 03-17")
	s = receivedAtCounter(t).does(theClerk, Notify{Missing: oneNotice.Missing, Days: 4, Remind: 4}) // over the weekend to 03-16
	same(t, "it is due", s.c.dues(theCalendar())[0].Kind, DueRemind)
	same(t, "room is taken", s.moved(with("2026-03-14 work")), "lapse 03-16 to 03-14")
}

// TestRecountedChangesNothingSeen: whoever looked at the case before need not look again.
func TestRecountedChangesNothingSeen(t *testing.T) {
	s := toBeDecided(t).does(minzheng, anAppraisal)
	seen, last := s.c.Version, s.c.Last
	s.take(stamped([]Event{&Recounted{Shifts: s.c.shifts(theCalendar(), with("2026-03-16 off"), s.now)}}, theAdmin, s.now))
	same(t, "version", s.c.Version, seen)
	same(t, "last done", s.c.Last, last)
}

// TestWhatMovesIsTold: in any life, under any two calendars: when what is stored of a case would differ, the case is
// among those that moved; with one calendar twice none is.
func TestWhatMovesIsTold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := newLife(t)
		days := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) calendar.Day {
			return calendar.Day{Date: l.c.FiledAt.Date().AddDays(rapid.IntRange(0, 40).Draw(t, "day")),
				Kind: rapid.SampledFrom([]calendar.Kind{calendar.Off, calendar.MakeUp, calendar.Plain}).Draw(t, "kind"), Name: "放假"}
		}), 1, 4).Draw(t, "days")
		other := theCalendar().Correct(days, rapid.Bool().Draw(t, "whole years"))
		t.Repeat(map[string]func(*rapid.T){
			"time passes":        l.waits,
			"somebody may":       l.doesWhatItMay,
			"it comes a step on": l.comesOn,
			"": func(t *rapid.T) {
				if same := l.c.shifts(other, other, l.now); len(same) > 0 {
					t.Fatalf("the same calendar moves %v", same)
				}
				moved := l.c.shifts(theCalendar(), other, l.now)
				if l.c.dueFor(theCalendar()) != l.c.dueFor(other) && len(moved) == 0 {
					t.Fatalf("%s: sorted by %s, now by %s, and nothing moved", l.c.State, l.c.dueFor(theCalendar()), l.c.dueFor(other))
				}
				for i, d := range l.c.dues(theCalendar()) {
					if now := l.c.dues(other); len(now) == len(l.c.dues(theCalendar())) && now[i] != d && len(moved) == 0 {
						t.Fatalf("%v falls due as %v, and nothing moved", d, now[i])
					}
				}
			},
		})
	})
}
