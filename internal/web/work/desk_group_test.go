package work

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"bianmin/internal/calendar"
	"bianmin/internal/cases"
)

// waiting is a case whose promised limit has so many days left; the step's own is optional.
func waiting(n cases.Number, state cases.State, left int, why cases.Why, step ...int) cases.View {
	from := "2026-02-24"
	v := cases.View{Number: n, State: state}
	v.Limits.Promised = &cases.Limit{Days: 20, Unit: calendar.Working, From: &from, Left: left, Running: why == ""}
	if why != "" {
		v.Limits.Promised.Why = &why
	}
	if why == cases.WhyNotAccepted {
		v.Limits.Promised.From = nil
	}
	if len(step) > 0 {
		v.Limits.Step = &cases.Limit{Days: 1, Left: step[0], Due: &from, Running: why != cases.WhySuspended}
		v.Step = &cases.StepView{Name: "入户调查"}
	}
	return v
}

func TestUrgency(t *testing.T) {
	for name, tc := range map[string]struct {
		v    cases.View
		want urgency
	}{
		"past the promise":                {waiting("", cases.Examining, -1, ""), overdue},
		"past it and stopped":             {waiting("", cases.Suspended, -1, cases.WhySuspended), overdue},
		"the last day":                    {waiting("", cases.Examining, 0, ""), today},
		"one day":                         {waiting("", cases.Accepted, 1, ""), soon},
		"three days":                      {waiting("", cases.Examining, 3, ""), soon},
		"four days":                       {waiting("", cases.Examining, 4, ""), later},
		"a special procedure":             {waiting("", cases.Suspended, 9, cases.WhySuspended), standing},
		"a publicity":                     {waiting("", cases.Examining, 2, cases.WhyStep), standing},
		"the applicant has to bring it":   {waiting("", cases.Correcting, 20, cases.WhyNotAccepted, -3), standing},
		"received, time for it":           {waiting("", cases.Received, 20, cases.WhyNotAccepted, 1), unaccepted},
		"received, to be accepted today":  {waiting("", cases.Received, 20, cases.WhyNotAccepted, 0), stepToday},
		"received and left lying":         {waiting("", cases.Received, 20, cases.WhyNotAccepted, -2), stepLate},
		"filed online":                    {waiting("", cases.Submitted, 20, cases.WhyNotAccepted), unaccepted},
		"decided, to be handed over":      {waiting("", cases.Decided, 5, cases.WhyEnded, 2), handingOver},
		"decided late, handed over today": {waiting("", cases.Decided, -5, cases.WhyEnded, 0), stepToday},
		"its step is a day late":          {waiting("", cases.Examining, 16, "", -1), stepLate},
		"its step's last day":             {waiting("", cases.Examining, 16, "", 0), stepToday},
		"its step has time":               {waiting("", cases.Examining, 16, "", 2), later},
		"the last day, its step late":     {waiting("", cases.Examining, 0, "", -4), today},
		"past it, its step late":          {waiting("", cases.Examining, -1, "", -9), overdue},
		"its step late, and stopped":      {waiting("", cases.Suspended, 16, cases.WhySuspended, -1), standing},
		"a publicity on its last day":     {waiting("", cases.Examining, 9, cases.WhyStep, 0), standing},
		"a publicity that is over":        {waiting("", cases.Examining, 9, cases.WhyStep, -1), stepLate},
		"closed":                          {waiting("", cases.Closed, 5, cases.WhyEnded), finished},
		"void before acceptance":          {waiting("", cases.Void, 20, cases.WhyNotAccepted), finished},
	} {
		t.Run(name, func(t *testing.T) {
			if got := urgencyOf(tc.v); got != tc.want {
				t.Errorf("%s, want %s", urgencies[got], urgencies[tc.want])
			}
		})
	}
}

func TestEveryUrgencyHasAName(t *testing.T) {
	for u, name := range urgencies {
		if name == "" {
			t.Errorf("urgency %d has no name", u)
		}
	}
}

func bareRow(v cases.View) deskRow { return deskRow{Number: v.Number} }

func TestGroupsStandByUrgencyAndKeepTheOrderWithin(t *testing.T) {
	groups := grouped([]cases.View{
		waiting("a", cases.Examining, 5, ""), waiting("b", cases.Suspended, 2, cases.WhySuspended), waiting("c", cases.Examining, -1, ""),
		waiting("d", cases.Examining, 4, ""), waiting("e", cases.Examining, 0, ""),
	}, bareRow)
	var titles []string
	for _, g := range groups {
		titles = append(titles, g.Title)
	}
	if want := []string{"已经超过承诺", "今天到期", "以后", "暂停计时，等别人"}; !slices.Equal(titles, want) {
		t.Errorf("%v, want %v", titles, want)
	}
	if got, want := inOrder(groups), []cases.Number{"c", "e", "a", "d", "b"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// Grouping loses nothing and doubles nothing.
func TestGroupsHoldEveryCaseOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		states := []cases.State{cases.Received, cases.Correcting, cases.Examining, cases.Suspended, cases.Decided, cases.Closed}
		whys := []cases.Why{"", cases.WhyNotAccepted, cases.WhySuspended, cases.WhyStep, cases.WhyEnded}
		n := rapid.IntRange(0, 30).Draw(t, "n")
		var list []cases.View
		for i := range n {
			list = append(list, waiting(cases.Number(rune('A'+i)), rapid.SampledFrom(states).Draw(t, "state"), rapid.IntRange(-9, 30).Draw(t, "left"), rapid.SampledFrom(whys).Draw(t, "why")))
		}
		got := inOrder(grouped(list, bareRow))
		slices.Sort(got)
		if len(slices.Compact(got)) != n {
			t.Fatalf("%d of %d", len(got), n)
		}
	})
}

func TestNextAfter(t *testing.T) {
	list := []cases.Number{"a", "b", "c"}
	for name, tc := range map[string]struct {
		list []cases.Number
		done cases.Number
		want cases.Number
	}{
		"the one under it":         {list, "a", "b"},
		"at the end the one above": {list, "c", "b"},
		"the only one":             {list[:1], "a", ""},
		"it was not in the list":   {list, "x", "a"},
		"nothing":                  {nil, "a", ""},
	} {
		if got := nextAfter(tc.list, tc.done); got != tc.want {
			t.Errorf("%s: %q, want %q", name, got, tc.want)
		}
	}
}

func TestPressingCountsTodayAndWhatIsLate(t *testing.T) {
	n, late := pressing([]cases.View{waiting("a", cases.Examining, -1, ""), waiting("b", cases.Examining, 0, ""), waiting("c", cases.Examining, 1, ""),
		waiting("d", cases.Received, 20, cases.WhyNotAccepted, -2), waiting("e", cases.Examining, 9, "", 0)})
	if n != 4 || !late {
		t.Errorf("%d, %v", n, late)
	}
	if n, late := pressing([]cases.View{waiting("b", cases.Examining, 0, "")}); n != 1 || late {
		t.Errorf("%d, %v", n, late)
	}
}
