package app_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"bianmin/internal/cases"
	"bianmin/internal/enginetest"
	"bianmin/internal/journal"
)

// populated files cases to which everything happens that the law does by itself, each kind a few times, at places and
// moments apart. Every land that is so populated has the same cases.
func (l *land) populated() []cases.Number {
	l.t.Helper()
	var all []cases.Number
	err := l.app.DB.Write(l.t.Context(), func(ctx context.Context) error {
		all = nil
		l.wall.Set(moment("2026-03-10 10:00"))
		for range 5 {
			for _, at := range []string{gaoVillage, otherTown} {
				by := "clerk-" + at[:9]
				add := func(v cases.View) cases.View {
					l.wall.Add(7 * time.Minute)
					all = append(all, v.Number)
					return v
				}
				add(l.files(ctx, by, at)) // forgotten
				add(l.files(ctx, by, at, through(cases.Online)))
				l.does(ctx, by, add(l.files(ctx, by, at)), missing)
				l.does(ctx, by, add(l.files(ctx, by, at)), cases.Notify{Missing: missing.Missing, Days: 6})
				v := add(l.files(ctx, by, at))
				l.does(ctx, by, l.does(ctx, by, v, missing), brought)
				l.does(ctx, by, add(l.files(ctx, by, at)), cases.Accept{})
				v = l.does(ctx, by, add(l.files(ctx, by, townOf(at), inTheTown)), cases.Accept{})
				l.does(ctx, minzheng, v, cases.Suspend{Kind: "appraisal", Basis: "有争议", Evidence: "鉴定委托书", Days: 10})
			}
		}
		return nil
	})
	if err != nil {
		l.t.Fatal(err)
	}
	return all
}

// townOf is the town of a place.
func townOf(at string) string { return at[:9] + "000" }

// inTheTown chooses an item of which 民政局 has the first step after acceptance.
func inTheTown(a *cases.Application) { a.Item = "BM-001" }

func (l *land) stories(all []cases.Number) string {
	l.t.Helper()
	var text []string
	for _, n := range all {
		text = append(text, string(n)+"\n"+l.story(n))
	}
	return strings.Join(text, "\n\n")
}

// end is when everything has happened.
var end = moment("2026-04-15 12:00")

// TestHoweverTheClockMoves: what falls due happens once, at its moment, in whatever way the clock comes there: by
// minutes, by a month at once, with a restart between, with a second copy beside.
func TestHoweverTheClockMoves(t *testing.T) {
	want := ""
	ways := map[string]func(t *testing.T, l *land){
		"a month at once": func(_ *testing.T, l *land) { l.falls(end) },
		"by minutes": func(_ *testing.T, l *land) {
			for now := moment("2026-03-11 00:00"); now.Before(end); now = now.Add(23 * time.Minute) {
				l.falls(now)
			}
			l.falls(end)
		},
		"with restarts": func(_ *testing.T, l *land) {
			for _, at := range []string{"2026-03-14 09:00", "2026-03-17 23:59", "2026-03-18 00:00", "2026-04-04 08:59"} {
				l.wall.Set(moment(at))
				l.restart()
				l.falls(moment(at))
			}
			l.restart()
			l.falls(end)
		},
	}
	enginetest.Each(t, func(t *testing.T, _ string) {
		for name, way := range ways {
			t.Run(name, func(t *testing.T) {
				l := newLand(t, anotherDatabase(t))
				all := l.populated()
				way(t, l)
				got := l.stories(all)
				if want == "" {
					want = got
					for kind, n := range map[cases.Kind]int{cases.KindSilent: 30, cases.KindReminded: 20, cases.KindLapsed: 20, cases.KindOverran: 10} {
						if count := strings.Count(got, " "+string(kind)+" system "); count != n {
							t.Errorf("%d times %s, want %d", count, kind, n)
						}
					}
				}
				if got != want {
					t.Errorf("another story: %s", firstDifference(got, want))
				}
				if n := l.falls(end); n != 0 {
					t.Errorf("%d things happened once more", n)
				}
				l.verifies()
			})
		}
	})
}

// anotherDatabase is a new one of the engine that the test runs on.
func anotherDatabase(t *testing.T) string {
	if strings.Contains(t.Name(), "/postgres") {
		return enginetest.PostgresURL(t)
	}
	return ""
}

func firstDifference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return a[i] + "\nwant\n" + b[i]
		}
	}
	return "one is longer"
}

// TestInTheOrderOfTheMoments: the record tells what the law did in the order in which it happened, over all cases and
// more than are done together.
func TestInTheOrderOfTheMoments(t *testing.T) {
	eachLand(t, func(t *testing.T, l *land) {
		l.populated()
		err := l.app.DB.Write(t.Context(), func(ctx context.Context) error {
			for range 120 {
				l.files(ctx, clerk, gaojiabu)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if n := l.falls(end); n != 200 {
			t.Errorf("%d things happened, want 200", n)
		}
		if err := l.app.Keeper.Advance(t.Context()); err != nil {
			t.Fatal(err)
		}
		entries, err := l.app.Journal.After(t.Context(), 0, 100_000)
		if err != nil {
			t.Fatal(err)
		}
		law := slices.DeleteFunc(entries, func(e journal.Entry) bool {
			return e.Actor != journal.System || !strings.HasPrefix(e.Subject, "case/")
		})
		if len(law) != 200 || !slices.IsSortedFunc(law, func(a, b journal.Entry) int { return a.At.Compare(b.At) }) {
			t.Errorf("%d entries, or out of order", len(law))
		}
	})
}

// TestTwoCopiesAtOnce let everything fall due at the same time, again and again, over one PostgreSQL: nothing happens
// twice and nothing is left out.
func TestTwoCopiesAtOnce(t *testing.T) {
	alone := newLand(t, "")
	want := func() string {
		all := alone.populated()
		alone.falls(end)
		return alone.stories(all)
	}()
	l := newLand(t, enginetest.PostgresURL(t))
	all := l.populated()
	second := l.opened()
	defer errClosing(t, second)
	n := 0
	for now := moment("2026-03-12 00:00"); !now.After(end); now = now.Add(6 * time.Hour) {
		l.wall.Set(now)
		var both sync.WaitGroup
		var done [2]int
		var failed [2]error
		both.Go(func() { done[0], failed[0] = l.app.Cases.FallDue(t.Context()) })
		both.Go(func() { done[1], failed[1] = second.Cases.FallDue(t.Context()) })
		both.Wait()
		for _, err := range failed {
			if err != nil {
				t.Errorf("%s: %v", now, err)
			}
		}
		n += done[0] + done[1]
	}
	if got := l.stories(all); got != want || n != 80 {
		t.Errorf("%d things happened, want 80; %s", n, firstDifference(got, want))
	}
	l.verifies()
}

// TestByItself: nobody asks, and it happens.
func TestByItself(t *testing.T) {
	eachLand(t, func(t *testing.T, l *land) {
		v := l.files(t.Context(), clerk, gaoVillage)
		l.app.Start(t.Context())
		l.wall.Set(moment("2026-03-18 00:00"))
		(&house{}).eventually(t, time.Second, "accepted by silence", func() bool { return l.now(v).Silent })
		if at := l.now(v).AcceptedAt; *at != "2026-03-18T00:00:00+08:00" {
			t.Errorf("accepted at %s", *at)
		}
	})
}

// TestACommandAfterTheMoment: whoever comes after something fell due, and before the program brought it about, finds
// that it has happened: that stays, and what was wanted is looked at anew.
func TestACommandAfterTheMoment(t *testing.T) {
	eachLand(t, func(t *testing.T, l *land) {
		ctx := t.Context()
		forgotten, told, late := l.files(ctx, clerk, gaoVillage), l.files(ctx, clerk, gaoVillage), l.files(ctx, clerk, gaoVillage)
		told, late = l.does(ctx, clerk, told, missing), l.does(ctx, clerk, late, missing)

		l.wall.Set(moment("2026-03-18 09:00"))
		if code := l.refused(clerk, forgotten, cases.Accept{}); code != "stale_version" {
			t.Errorf("accepting: %s", code)
		}
		now := l.now(forgotten)
		if got := l.kinds(now.Number); now.State != cases.Accepted || *now.AcceptedAt != "2026-03-18T00:00:00+08:00" || got != "received accepted_by_silence" {
			t.Errorf("%s at %s: %s", now.State, *now.AcceptedAt, got)
		}
		if code := l.refused(clerk, now, cases.Accept{}); code != "wrong_state" {
			t.Errorf("accepting what is accepted: %s", code)
		}
		l.does(ctx, agent, now, cases.Take{})

		// A reminder changes nothing that somebody saw: the papers are taken in.
		l.wall.Set(moment("2026-04-08 15:00"))
		told = l.does(ctx, clerk, told, brought)
		if got := l.kinds(told.Number); told.State != cases.Received || got != "received notified reminded corrected" {
			t.Errorf("%s: %s", told.State, got)
		}
		// Both that fell due come first.
		l.wall.Set(moment("2026-04-10 09:00"))
		if code := l.refused(clerk, late, brought); code != "stale_version" {
			t.Errorf("corrected too late: %s", code)
		}
		if got := l.kinds(late.Number); got != "received notified reminded lapsed" {
			t.Error(got)
		}
		l.verifies()
	})
}
