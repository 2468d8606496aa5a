package app_test

import (
	"strings"
	"testing"

	"bianmin/internal/cases"
)

// TestToWhomAMatterCanBeHanded: somebody who serves, sees the case, and can answer for one; all else is wrong at the
// field, and says no more to whoever tries names.
func TestToWhomAMatterCanBeHanded(t *testing.T) {
	eachLand(t, func(t *testing.T, l *land) {
		received := l.files(t.Context(), clerk, gaoVillage)
		v := l.does(t.Context(), clerk, l.files(t.Context(), clerk, gaoVillage), cases.Accept{})
		if err := l.app.Access.Disable(t.Context(), "admin", "clerk2-610881101"); err != nil {
			t.Fatal(err)
		}
		for to, want := range map[string]string{
			"": "to:required", " ": "to:required", "nobody": "to:unknown_person", "clerk2-610881101": "to:unknown_person", otherClerk: "to:unknown_person",
			"unit-canlian": "to:unknown_person", "supervisor": "to:unknown_person", "inspector": "to:unknown_person", "admin": "to:unknown_person", clerk: "to:same_person",
		} {
			if got := l.refused(clerk, v, cases.Hand{To: to, Reason: "外出学习"}); got != want {
				t.Errorf("to %q: %s, want %s", to, got, want)
			}
		}
		if got := l.refused(clerk, received, cases.Hand{To: minzheng, Reason: "x"}); got != "to:unknown_person" {
			t.Errorf("before acceptance no unit sees it: %s", got)
		}
		for _, to := range []string{desk, agent, minzheng, "chief-minzheng", " head-610881101 "} {
			v = l.does(t.Context(), clerk, v, cases.Hand{To: to, Reason: "外出学习"})
			if v.Handing == nil || v.Handing.To.Account != strings.TrimSpace(to) || v.Responsible.Account != clerk {
				t.Errorf("to %s: %+v", to, v.Handing)
			}
		}
		if page, err := l.app.Cases.List(t.Context(), who("head-610881101"), cases.Filter{Handed: true, Limit: 10}); err != nil || len(page.Cases) != 1 {
			t.Errorf("the head finds %d of it (%v)", len(page.Cases), err)
		}
		v = l.does(t.Context(), "head-610881101", v, cases.Take{})
		if v.Handing != nil || v.Responsible.Account != "head-610881101" || v.State != cases.Accepted {
			t.Errorf("taken: %+v %s", v.Handing, v.State)
		}
		l.verifies()
	})
}

// TestExtensionsOnBothEngines: asked, refused, asked again, granted; it stands on the chief's list meanwhile, and both
// limits move.
func TestExtensionsOnBothEngines(t *testing.T) {
	eachLand(t, func(t *testing.T, l *land) {
		ctx := t.Context()
		v := l.does(ctx, clerk, l.files(ctx, clerk, gaoVillage, inTheTown), cases.Accept{})
		waiting := func() int {
			page, err := l.app.Cases.List(ctx, who("chief-minzheng"), cases.Filter{Todo: true, Limit: 10})
			if err != nil {
				t.Fatal(err)
			}
			return len(page.Cases)
		}
		ask := cases.Extend{Days: 5, Reason: "要向外省核对"}
		v = l.does(ctx, minzheng, v, ask)
		if waiting() != 1 {
			t.Error("it is not on the chief's list")
		}
		v = l.does(ctx, "chief-minzheng", v, cases.RefuseExtension{Reason: "还有时间"})
		if waiting() != 0 {
			t.Error("it stays on the chief's list")
		}
		v = l.does(ctx, "chief-minzheng", l.does(ctx, minzheng, v, ask), cases.Approve{})
		if *v.Limits.Promised.Due != "2026-04-15" || *v.Limits.Legal.Due != "2026-04-29" || v.Extension.State != "granted" {
			t.Errorf("%+v %+v %+v", v.Limits.Promised, v.Limits.Legal, v.Extension)
		}
		if got := l.refused(minzheng, v, ask); got != "extended_before" {
			t.Error(got)
		}
		l.wall.Set(moment("2026-04-30 00:00"))
		late := l.does(ctx, clerk, l.files(ctx, clerk, gaoVillage, inTheTown), cases.Accept{})
		l.wall.Set(moment("2026-07-01 00:00"))
		if got := l.refused(minzheng, late, ask); got != "limit_passed" {
			t.Errorf("after the limit: %s", got)
		}
		l.verifies()
	})
}

// TestWhoseFaultsAreListed: all for those who read the city, a town's for its head, else the own.
func TestWhoseFaultsAreListed(t *testing.T) {
	eachLand(t, func(t *testing.T, l *land) {
		ctx := t.Context()
		var faulty []cases.View
		for _, x := range []struct{ first, at string }{{clerk, gaoVillage}, {agent, gaoVillage}, {otherClerk, otherTown}} {
			by := "clerk-" + x.at[:9]
			v := l.does(ctx, x.first, l.files(ctx, by, x.at), missing)
			faulty = append(faulty, l.does(ctx, by, v, unseen("补来以后才能核对"))) // all at one instant
		}
		own := func(account string, before cases.Instant, most int) (string, *cases.Instant) {
			page, err := l.app.Cases.Faults(ctx, who(account), before, most)
			if err != nil {
				t.Fatal(err)
			}
			var list []string
			for _, f := range page.Faults {
				if f.Kind != cases.FaultSecondNotice || f.KindName != "没有一次告知全" || len(f.About) != 1 || f.About[0] != "高龄补贴申请表" || f.ItemName == "" || f.Town == "" {
					t.Errorf("%+v", f)
				}
				list = append(list, string(f.Number)[:9]+" "+f.Who.Account)
			}
			return strings.Join(list, ", "), page.Next
		}
		const first, second, third = "610881101 " + clerk, "610881101 " + agent, "610881102 " + otherClerk
		for account, want := range map[string]string{
			"supervisor": third + ", " + second + ", " + first, "inspector": third + ", " + second + ", " + first,
			"head-610881101": second + ", " + first, "head-610881102": third, clerk: first, agent: second, otherClerk: third,
			"clerk2-610881101": "", desk: "", minzheng: "", "chief-minzheng": "",
		} {
			if got, next := own(account, 0, 50); got != want || next != nil {
				t.Errorf("%s: %s, want %s (and %v)", account, got, want, next)
			}
		}
		// Page by page, none is lost and none comes twice, though several are of one instant.
		l.wall.Set(moment("2026-03-11 10:00"))
		l.does(ctx, clerk, faulty[0], unseen("又一样"))
		got, next := own("supervisor", 0, 2)
		if got != first || next == nil {
			t.Fatalf("the first page: %s, then %v", got, next)
		}
		if got, next := own("supervisor", *next, 3); got != third+", "+second+", "+first || next != nil {
			t.Errorf("the second page: %s, then %v", got, next)
		}
		l.verifies()
	})
}
