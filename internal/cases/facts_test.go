package cases

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"bianmin/internal/calendar"
)

// TestLateAsTheViewSays: by the stored last days a case is late on exactly those later days on which its page says so,
// with nothing done meanwhile.
func TestLateAsTheViewSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := newLife(t)
		t.Repeat(map[string]func(*rapid.T){
			"time passes": l.waits, "much time passes": l.waitsLong, "somebody may": l.doesWhatItMay, "it comes a step on": l.comesOn,
			"": func(t *rapid.T) {
				f := factOf(l.c, theCalendar())
				for _, days := range []int{0, 1, 2, 5, 9, 30, 100} {
					now := l.now.Add(time.Duration(days) * 24 * time.Hour)
					today := calendar.DateOf(now).String()
					limits := l.c.limits(theCalendar(), -1, now)
					runs := !l.c.From.IsZero() && l.c.standing() != WhyEnded
					if got, want := f.Promised != "" && f.Promised < today, runs && limits.Promised.Left < 0; got != want {
						t.Fatalf("%s, %d days on: past the promise %v, want %v (%+v)", l.c.State, days, got, want, f)
					}
					if l.c.legal() == nil {
						continue
					}
					if got, want := f.Legal != "" && f.Legal < today, runs && limits.Legal.Left < 0; got != want {
						t.Fatalf("%s, %d days on: past the law %v, want %v (%+v)", l.c.State, days, got, want, f)
					}
				}
				ended := f.Done != ""
				if want := l.c.hasResult() && l.c.standing() == WhyEnded; ended != want {
					t.Fatalf("%s: done on %q, want %v", l.c.State, f.Done, want)
				}
				if late := l.c.limits(theCalendar(), -1, l.now).Promised.Left < 0; ended && (f.Late != int64(InTime)) != late && l.c.legal() == nil {
					t.Fatalf("%s: late %d, want %v", l.c.State, f.Late, late)
				}
			},
		})
	})
}

// TestTallyOfAnyHistory: the changes of any lives, added up in any pieces, are what counting from scratch gives.
func TestTallyOfAnyHistory(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kept, anew := tally{}, tally{}
		for range rapid.IntRange(1, 3).Draw(t, "cases") {
			l := newLife(t)
			l.c.Number = NewNumber(l.c.Town, l.c.FiledAt.Date().Year(), int64(rapid.IntRange(1, 9999).Draw(t, "serial")))
			var before []count
			written := func() {
				after := countsOf(l.c, factOf(l.c, theCalendar()))
				if err := kept.read(change(before, after).text()); err != nil {
					t.Fatal(err)
				}
				before = after
			}
			written()
			for range rapid.IntRange(0, 12).Draw(t, "deeds") {
				rapid.SampledFrom([]func(*rapid.T){l.waits, l.waitsLong, l.doesWhatItMay, l.comesOn}).Draw(t, "deed")(t)
				if rapid.Bool().Draw(t, "written") {
					written()
				}
			}
			written()
			anew.add(countsOf(l.c, factOf(l.c, theCalendar())), 1)
		}
		for c, n := range anew {
			kept.plus(c, -n)
		}
		if len(kept) != 0 {
			t.Fatalf("they differ by %v", kept)
		}
	})
}

// TestFactsOfALife tells one life: whose turn it is, by when, and how it ended.
func TestFactsOfALife(t *testing.T) {
	s := filed(t, dibao, theClerk, AtCounter, gaojiabuRoom)
	check := func(what, hands, promised, done string, late int64) {
		t.Helper()
		f := factOf(s.c, theCalendar())
		same(t, what+": hands", f.Hands, hands)
		same(t, what+": hands as a list shows them", joinPosts(viewer{places: thePlaces(), cal: theCalendar(), actor: theClerk, now: s.now}.row(s.c).Hands), hands)
		same(t, what+": promised", f.Promised, promised)
		same(t, what+": done", f.Done, done)
		same(t, what+": late", f.Late, late)
	}
	check("received", "counter:610881101000", "", "", 0)
	s.does(theClerk, Accept{})
	check("accepted", "desk:610881101000 unit:minzheng", "2026-04-08", "", 0)
	s.on("2026-03-12 09:00").does(minzheng, anAppraisal)
	check("the clock stands", "desk:610881101000 unit:minzheng", "", "", 0)
	s.on("2026-03-17 09:00").does(minzheng, theReport)
	check("it runs again", "desk:610881101000 unit:minzheng", "2026-04-13", "", 0)
	s.does(theClerk, Withdraw{"本人不办了"})
	check("given up", "", "", "", 0)
}

// TestHandsAddUp: what the posts count, less what several of them count, and what the applicant has, are all that is open.
func TestHandsAddUp(t *testing.T) {
	f := Figures{Stand: Stand{Open: 10}, States: []StateFigure{{Received, "", 3}, {Correcting, "", 2}, {Examining, "", 5}},
		Hands: []HandFigure{{Stand: Stand{Open: 6}}, {Stand: Stand{Open: 5}}}}
	same(t, "with the applicant", f.AtApplicant(), int64(2))
	same(t, "counted again", f.Again(), int64(3))
	same(t, "a room's, which has no posts", Figures{Stand: Stand{Open: 4}}.Again(), int64(0))
}
