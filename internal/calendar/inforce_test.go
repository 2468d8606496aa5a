package calendar

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// corrected is the official calendar with lines of a file over it.
func corrected(t *testing.T, wholeYears bool, lines ...string) *Calendar {
	t.Helper()
	days, err := ParseCSV(strings.NewReader("date,kind,name\n" + strings.Join(lines, "\n")))
	if err != nil {
		t.Fatal(err)
	}
	return cal.Correct(days, wholeYears)
}

// differs writes what one calendar sees differently from the official one.
func differs(c *Calendar) string {
	var list []string
	for _, x := range c.Changes(cal) {
		list = append(list, fmt.Sprintf("%s %s%s%s", x.Date, map[bool]string{true: "worked", false: "off"}[x.Now],
			map[bool]string{true: " in a new year"}[x.NewYear], map[bool]string{true: " " + x.Name}[x.Name != ""]))
		if x.Before == x.Now {
			list = append(list, "which is no change")
		}
	}
	return strings.Join(list, ", ")
}

func TestALateYear(t *testing.T) {
	c := corrected(t, false, "2027-01-01,off,元旦", "2027-01-02,off,元旦", "2027-01-09,work,元旦")
	if got, want := differs(c), "2027-01-01 off in a new year 元旦, 2027-01-09 worked in a new year 调休上班"; got != want {
		t.Errorf("%s, want %s", got, want) // the second is a Saturday anyway
	}
	if !c.Known(day("2027-12-31")) || c.Known(day("2028-01-01")) || c.LastYear() != 2027 {
		t.Error("2027 is known, and no more")
	}
	if want := []int{2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026, 2027}; !slices.Equal(c.Years(), want) {
		t.Error(c.Years())
	}
	if cal.Known(day("2027-06-01")) || cal.LastYear() != 2026 {
		t.Error("the calendar itself has changed")
	}
	gap := New([]Day{{day("2025-01-01"), Off, "元旦"}, {day("2027-01-01"), Off, "元旦"}})
	if !slices.Equal(gap.Years(), []int{2025, 2027}) || len(New(nil).Years()) != 0 {
		t.Error(gap.Years())
	}
}

func TestACorrectedDay(t *testing.T) {
	for _, x := range []struct {
		whole bool
		line  string
		want  string
	}{
		{false, "2026-03-16,off,停电", "2026-03-16 off 停电"},
		{false, "2026-03-14,work,抢险", "2026-03-14 worked 调休上班"},
		{false, "2026-02-28,plain,春节", "2026-02-28 off 周六"}, // the make-up day is taken back
		{false, "2026-02-23,plain,春节", "2026-02-23 worked"}, // and so is the day off
		{false, "2026-02-23,off,放假", ""},                    // as before, by another name
		{false, "2026-03-16,plain,照常", ""},
	} {
		if got := differs(corrected(t, x.whole, x.line)); got != x.want {
			t.Errorf("%s: %q, want %q", x.line, got, x.want)
		}
	}
}

// With whole years what the file does not name of its years is a day like any other; other years stay.
func TestWholeYears(t *testing.T) {
	c := corrected(t, true, "2026-01-01,off,元旦")
	if c.Working(day("2026-01-01")) || !c.Working(day("2026-02-17")) || c.Working(day("2026-02-28")) {
		t.Error("2026 has one day off")
	}
	if c.Working(day("2025-01-01")) || !c.Known(day("2025-06-01")) || len(c.Days()) != len(cal.Days())-len(of(2026))+1 {
		t.Error("another year has changed")
	}
	if n := len(corrected(t, false, "2026-01-01,off,元旦").Days()); n != len(cal.Days()) {
		t.Errorf("without whole years %d days, want %d", n, len(cal.Days()))
	}
}

func of(year int) (days []Day) {
	for _, d := range cal.Days() {
		if d.Date.Year() == year {
			days = append(days, d)
		}
	}
	return days
}

// Whatever a file says: each day of it is as it says, all others are as they were, and the changes are exactly the days
// on which the two calendars disagree.
func TestCorrectingChangesWhatIsNamed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		named := map[Date]Kind{}
		var file []Day
		for range rapid.IntRange(1, 6).Draw(t, "lines") {
			d := Day{day("2025-06-01").AddDays(rapid.IntRange(0, 800).Draw(t, "day")), rapid.SampledFrom([]Kind{Off, MakeUp, Plain}).Draw(t, "kind"), "放假"}
			if named[d.Date] == "" {
				named[d.Date], file = d.Kind, append(file, d)
			}
		}
		c := cal.Correct(file, false)
		changes := map[Date]DayChange{}
		for _, x := range c.Changes(cal) {
			changes[x.Date] = x
		}
		for d := day("2025-01-01"); d.Before(day("2029-01-01")); d = d.AddDays(1) {
			want := cal.Working(d)
			switch named[d] {
			case Off:
				want = false
			case MakeUp:
				want = true
			case Plain:
				want = !weekend(d)
			}
			x, changed := changes[d]
			if c.Working(d) != want || changed != (want != cal.Working(d)) || changed && (x.Now != want || x.Before == want || x.NewYear == cal.Known(d)) {
				t.Fatalf("%s, named %q: worked %v, changed %v %+v", d, named[d], c.Working(d), changed, x)
			}
		}
	})
}

func TestInForce(t *testing.T) {
	f := NewInForce(cal)
	if f.Now() != cal {
		t.Error("another calendar is in force")
	}
	later := cal.Correct([]Day{{day("2027-01-01"), Off, "元旦"}}, false)
	if f.Set(later); f.Now() != later {
		t.Error("the old calendar is in force")
	}
	mine := cal.Days()
	mine[0].Kind = MakeUp
	if cal.Days()[0].Kind == MakeUp {
		t.Error("the days can be changed from outside")
	}
}
