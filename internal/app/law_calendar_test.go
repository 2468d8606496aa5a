package app_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"bianmin/internal/app"
	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/enginetest"
	keys "bianmin/internal/once"
)

// file is a published calendar: a day a line.
func file(t *testing.T, lines ...string) []calendar.Day {
	t.Helper()
	days, err := calendar.ParseCSV(strings.NewReader("date,kind,name\n" + strings.Join(lines, "\n")))
	if err != nil {
		t.Fatal(err)
	}
	return days
}

func (l *land) imports(days []calendar.Day, preview bool) app.Imported {
	l.t.Helper()
	out, err := l.app.ImportCalendar(l.t.Context(), theAdmin, days, false, preview)
	if err != nil {
		l.t.Fatal(explained(err))
	}
	return out
}

// told writes what moved: "…0001-7 promised 2026-03-24 to 2026-03-25".
func told(moved []cases.Moved) string {
	var lines []string
	for _, m := range moved {
		for _, s := range m.Shifts {
			lines = append(lines, string(m.Number)[15:]+" "+s.Limit+" "+s.From.String()+" to "+s.To.String())
		}
	}
	return strings.Join(lines, "\n")
}

// running files a case in each state in which something runs, and gives them in the order of their numbers.
func (l *land) running() (received, accepted, correcting, suspended, ended cases.View) {
	ctx := l.t.Context()
	received = l.files(ctx, clerk, gaoVillage)
	accepted = l.does(ctx, clerk, l.files(ctx, clerk, gaoVillage), cases.Accept{})
	correcting = l.does(ctx, clerk, l.files(ctx, clerk, gaoVillage), cases.Notify{Missing: missing.Missing, Days: 6})
	suspended = l.does(ctx, clerk, l.files(ctx, clerk, gaoVillage, inTheTown), cases.Accept{})
	suspended = l.does(ctx, minzheng, suspended, cases.Suspend{Kind: "appraisal", Basis: "x", Evidence: "鉴定委托书", Days: 10})
	ended = l.does(ctx, clerk, l.files(ctx, clerk, gaoVillage), cases.Withdraw{Reason: "x"})
	return received, accepted, correcting, suspended, ended
}

// TestImportingACalendar: every running limit moves, and it is told which cases moved and by how much; a preview tells
// the same and changes nothing.
func TestImportingACalendar(t *testing.T) {
	eachLand(t, func(t *testing.T, l *land) {
		received, accepted, correcting, suspended, ended := l.running()
		off := file(t, "2026-03-16,off,停电", "2027-01-01,off,元旦")
		everything := func() string {
			var all []any
			for _, v := range []cases.View{received, accepted, correcting, suspended, ended} {
				all = append(all, l.now(v), l.story(v.Number))
			}
			raw, err := json.Marshal(all)
			if err != nil {
				t.Fatal(err)
			}
			return string(raw)
		}
		before, revision := everything(), l.revision()
		preview := l.imports(off, true)
		if everything() != before || l.revision() != revision {
			t.Error("a preview changed something")
		}
		l.verifies()

		out := l.imports(off, false)
		want := strings.Join([]string{
			"000001 silence 2026-03-17 to 2026-03-18",
			"000002 promised 2026-03-24 to 2026-03-25",
			"000003 remind 2026-03-11 to 2026-03-12", "000003 lapse 2026-03-16 to 2026-03-17",
			"000004 legal 2026-04-22 to 2026-04-23", "000004 promised 2026-04-08 to 2026-04-09",
			"000004 step 2026-03-20 to 2026-03-23", "000004 step 2026-03-20 to 2026-03-23", "000004 overran 2026-03-24 to 2026-03-25",
		}, "\n")
		if got := withoutCheckDigit(told(out.Moved)); got != want {
			t.Errorf("moved:\n%s\nwant\n%s", got, want)
		}
		if told(preview.Moved) != told(out.Moved) || len(preview.Days) != 2 || !slices.Equal(preview.Days, out.Days) {
			t.Errorf("the preview told %v of %v", preview.Moved, preview.Days)
		}
		if v := l.now(accepted); *v.Limits.Promised.Due != "2026-03-25" || v.Version != accepted.Version {
			t.Errorf("due %s, version %d after %d", *v.Limits.Promised.Due, v.Version, accepted.Version)
		}
		if got := l.kinds(accepted.Number); got != "received accepted recounted" {
			t.Error(got)
		}
		if got := l.kinds(ended.Number); strings.Contains(got, "recounted") {
			t.Error(got)
		}
		l.verifies()
		if again := l.imports(off, false); len(again.Moved) > 0 || len(again.Days) > 0 {
			t.Errorf("once more: %+v", again)
		}

		// What falls due goes by the new calendar.
		if l.falls(moment("2026-03-18 12:00")); l.now(received).Silent || l.now(correcting).State != cases.Lapsed {
			t.Error("by the old calendar")
		}
		if l.falls(moment("2026-03-19 00:00")); !l.now(received).Silent {
			t.Error("not accepted by the new calendar")
		}
		l.verifies()
	})
}

// withoutCheckDigit drops what only guards the number.
func withoutCheckDigit(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if len(line) > 8 {
			lines[i] = line[:6] + line[8:]
		}
	}
	return strings.Join(lines, "\n")
}

func (l *land) revision() int64 {
	l.t.Helper()
	n, err := l.app.Reference.Revision(l.t.Context())
	if err != nil {
		l.t.Fatal(err)
	}
	return n
}

// TestALateYearIsNoLongerProvisional: a limit beyond the calendar says so until the year is published.
func TestALateYearIsNoLongerProvisional(t *testing.T) {
	eachLand(t, func(t *testing.T, l *land) {
		l.wall.Set(moment("2026-12-21 10:00"))
		v := l.does(t.Context(), clerk, l.files(t.Context(), clerk, gaoVillage), cases.Accept{})
		if p := v.Limits.Promised; !p.Provisional || *p.Due != "2027-01-04" {
			t.Errorf("%+v", p)
		}
		l.imports(file(t, "2027-01-01,off,元旦", "2027-01-02,off,元旦", "2027-01-03,off,元旦"), false)
		if p := l.now(v).Limits.Promised; p.Provisional || *p.Due != "2027-01-05" {
			t.Errorf("%+v", p)
		}
	})
}

// TestAfterARestart: the calendar and the policy are those that were set, from the first request on.
func TestAfterARestart(t *testing.T) {
	eachLand(t, func(t *testing.T, l *land) {
		_, accepted, _, _, _ := l.running()
		l.imports(file(t, "2026-03-16,off,停电"), false)
		if err := l.app.SetPolicy(t.Context(), theAdmin, cases.Policy{CorrectDays: 20, RemindDays: 2, CallDays: 5}); err != nil {
			t.Fatal(err)
		}
		l.restart()
		if due := *l.now(accepted).Limits.Promised.Due; due != "2026-03-25" {
			t.Errorf("due %s", due)
		}
		if v := l.does(t.Context(), clerk, l.files(t.Context(), clerk, gaoVillage), missing); v.Notice.Days != 20 {
			t.Errorf("a notice gives %d days", v.Notice.Days)
		}
	})
}

// TestTheOtherCopyLearns what one copy was told: the calendar, with the cases that the other stored by the old one in
// between, and the policy.
func TestTheOtherCopyLearns(t *testing.T) {
	l := newLand(t, enginetest.PostgresURL(t))
	second := &land{t: t, config: l.config, wall: l.wall, asked: 1000}
	second.app = second.opened()
	t.Cleanup(func() { errClosing(t, second.app) })
	l.imports(file(t, "2026-03-16,off,停电"), false)
	if err := l.app.SetPolicy(t.Context(), theAdmin, cases.Policy{CorrectDays: 20, RemindDays: 2, CallDays: 5}); err != nil {
		t.Fatal(err)
	}
	v := second.does(t.Context(), clerk, second.files(t.Context(), clerk, gaoVillage), cases.Accept{}) // by the old calendar still
	second.app.Start(t.Context())
	(&house{}).eventually(t, time.Second, "the policy is learned", func() bool { return second.app.Policy().CorrectDays == 20 })
	(&house{}).eventually(t, time.Second, "the calendar is learned", func() bool { return *second.now(v).Limits.Promised.Due == "2026-03-25" })
	(&house{}).eventually(t, time.Second, "what was stored by the old one is mended", func() bool { return strings.HasSuffix(second.kinds(v.Number), "recounted") })
	l.verifies()
}

// TestImportingInTheMidstOfWork: a calendar that comes while cases are accepted leaves no row that goes by the old one.
func TestImportingInTheMidstOfWork(t *testing.T) {
	eachLand(t, func(t *testing.T, l *land) {
		var filed []cases.View
		for range 40 {
			filed = append(filed, l.files(t.Context(), clerk, gaoVillage))
		}
		var all sync.WaitGroup
		failed := make([]error, 5)
		all.Go(func() {
			_, failed[4] = l.app.ImportCalendar(t.Context(), theAdmin, file(t, "2026-03-16,off,停电"), false, false)
		})
		for i := range 4 {
			all.Go(func() {
				for n := i; n < len(filed); n += 4 {
					v := filed[n]
					key := keys.Key{Account: clerk, Path: "/accept", Key: string(v.Number)}
					_, err := l.app.Cases.Do(t.Context(), who(clerk), key, v.Number, v.Version, cases.Accept{})
					failed[i] = errors.Join(failed[i], err)
				}
			})
		}
		all.Wait()
		for _, err := range failed {
			if err != nil {
				t.Error(explained(err))
			}
		}
		for _, v := range filed {
			if due := *l.now(v).Limits.Promised.Due; due != "2026-03-25" {
				t.Errorf("due %s", due)
			}
		}
		l.verifies()
	})
}
