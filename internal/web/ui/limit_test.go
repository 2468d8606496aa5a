package ui

import (
	"testing"

	"bianmin/internal/calendar"
	"bianmin/internal/cases"
)

func p[T any](v T) *T { return &v }

// limit is a working-day limit of which so many days are left; not running for a reason.
func limit(days, left int, due string, why cases.Why) *cases.Limit {
	l := &cases.Limit{Days: days, Unit: calendar.Working, From: p("2026-02-24"), Due: p(due), Left: left, Running: why == ""}
	if why != "" {
		l.Why = &why
	}
	return l
}

func TestCellOf(t *testing.T) {
	notAccepted := &cases.Limit{Days: 10, Unit: calendar.Working, Left: 10, Why: p(cases.WhyNotAccepted)}
	for name, tc := range map[string]struct {
		v     cases.View
		mark  Mark
		words string
		note  string
		teeth bool
	}{
		"in time":                       {cases.View{State: cases.Examining, Limits: cases.Limits{Promised: limit(20, 5, "2026-03-17", "")}}, InTime, "剩 5 天", "3月17日", true},
		"a day left":                    {cases.View{State: cases.Examining, Limits: cases.Limits{Promised: limit(20, 1, "2026-03-11", "")}}, Amber, "剩 1 天", "3月11日", true},
		"due today":                     {cases.View{State: cases.Examining, Limits: cases.Limits{Promised: limit(20, 0, "2026-03-10", "")}}, Amber, "今天到期", "3月10日", true},
		"past promise":                  {cases.View{State: cases.Examining, Limits: cases.Limits{Promised: limit(20, -2, "2026-03-06", ""), Legal: limit(30, 8, "2026-03-20", "")}}, Yellow, "超 2 天", "3月6日", true},
		"past the law":                  {cases.View{State: cases.Examining, Limits: cases.Limits{Promised: limit(20, -12, "2026-02-20", ""), Legal: limit(30, -2, "2026-03-06", "")}}, Red, "超法定 2 天", "2月20日", true},
		"special":                       {cases.View{State: cases.Suspended, Limits: cases.Limits{Promised: limit(20, 12, "2026-03-26", cases.WhySuspended)}}, Stopped, "剩 12 天", "特别程序，暂停计时", true},
		"publicity":                     {cases.View{State: cases.Examining, Step: &cases.StepView{Name: "公示"}, Limits: cases.Limits{Promised: limit(20, 12, "2026-03-26", cases.WhyStep)}}, Stopped, "剩 12 天", "公示，暂停计时", true},
		"late and stood":                {cases.View{State: cases.Suspended, Limits: cases.Limits{Promised: limit(20, -1, "2026-03-09", cases.WhySuspended)}}, Yellow, "超 1 天", "特别程序，暂停计时", true},
		"just received":                 {cases.View{State: cases.Received, StateName: "收件", Limits: cases.Limits{Promised: notAccepted, Step: limit(1, 1, "2026-03-11", "")}}, Amber, "剩 1 天", "收件，3月11日", false},
		"left lying":                    {cases.View{State: cases.Received, StateName: "收件", Limits: cases.Limits{Promised: notAccepted, Step: limit(1, -3, "2026-03-05", "")}}, Amber, "这一步超 3 天", "收件，3月5日", false},
		"online":                        {cases.View{State: cases.Submitted, StateName: "已提交", Limits: cases.Limits{Promised: notAccepted}}, InTime, "已提交", "还没有受理", false},
		"correcting":                    {cases.View{State: cases.Correcting, StateName: "补正", Limits: cases.Limits{Promised: notAccepted, Step: limit(1, -3, "2026-03-05", "")}}, Stopped, "等补正", "材料没齐", false},
		"to be handed":                  {cases.View{State: cases.Decided, Limits: cases.Limits{Promised: limit(10, 3, "2026-03-13", cases.WhyEnded), Step: limit(3, 2, "2026-03-12", "")}}, InTime, "剩 2 天", "送达，3月12日", false},
		"a step is late":                {cases.View{State: cases.Examining, Step: &cases.StepView{Name: "入户调查"}, Limits: cases.Limits{Promised: limit(20, 16, "2026-04-01", ""), Step: limit(3, -1, "2026-03-09", "")}}, Amber, "这一步超 1 天", "入户调查，3月9日", true},
		"a step's last":                 {cases.View{State: cases.Examining, Step: &cases.StepView{Name: "入户调查"}, Limits: cases.Limits{Promised: limit(20, 16, "2026-04-01", ""), Step: limit(3, 0, "2026-03-10", "")}}, Amber, "这一步今天到期", "入户调查，3月10日", true},
		"both today":                    {cases.View{State: cases.Examining, Step: &cases.StepView{Name: "入户调查"}, Limits: cases.Limits{Promised: limit(20, 0, "2026-03-10", ""), Step: limit(3, 0, "2026-03-10", "")}}, Amber, "今天到期", "3月10日", true},
		"a late step, and past promise": {cases.View{State: cases.Examining, Step: &cases.StepView{Name: "入户调查"}, Limits: cases.Limits{Promised: limit(20, -2, "2026-03-06", ""), Step: limit(3, -9, "2026-02-27", "")}}, Yellow, "超 2 天", "3月6日", true},
		"a late step, and stopped":      {cases.View{State: cases.Suspended, Step: &cases.StepView{Name: "入户调查"}, Limits: cases.Limits{Promised: limit(20, 12, "2026-03-26", cases.WhySuspended), Step: limit(3, -1, "2026-03-09", cases.WhySuspended)}}, Stopped, "剩 12 天", "特别程序，暂停计时", true},
		"a publicity's last day":        {cases.View{State: cases.Examining, Step: &cases.StepView{Name: "公示"}, Limits: cases.Limits{Promised: limit(20, 12, "2026-03-26", cases.WhyStep), Step: limit(7, 0, "2026-03-10", "")}}, Stopped, "剩 12 天", "公示，暂停计时", true},
		"a publicity is over":           {cases.View{State: cases.Examining, Step: &cases.StepView{Name: "公示"}, Limits: cases.Limits{Promised: limit(20, 12, "2026-03-26", cases.WhyStep), Step: limit(7, -1, "2026-03-09", "")}}, Amber, "这一步超 1 天", "公示，3月9日", true},
		"stopped on its last day":       {cases.View{State: cases.Suspended, Limits: cases.Limits{Promised: limit(20, 0, "2026-03-10", cases.WhySuspended)}}, Stopped, "剩 0 天", "特别程序，暂停计时", true},
		"to accept today":               {cases.View{State: cases.Received, StateName: "收件", Limits: cases.Limits{Promised: notAccepted, Step: limit(1, 0, "2026-03-10", "")}}, Amber, "这一步今天到期", "收件，3月10日", false},
		"closed":                        {cases.View{State: cases.Closed, StateName: "办结", ClosedAt: p("2026-03-09T16:00:00+08:00"), Limits: cases.Limits{Promised: limit(10, 3, "2026-03-13", cases.WhyEnded)}}, Done, "办结", "3月9日", true},
		"closed late":                   {cases.View{State: cases.Closed, StateName: "办结", ClosedAt: p("2026-03-09T16:00:00+08:00"), Limits: cases.Limits{Promised: limit(10, -2, "2026-03-05", cases.WhyEnded)}}, Done, "办结", "3月9日，超 2 天", true},
		"not accepted":                  {cases.View{State: cases.NotAccepted, StateName: "不予受理", ClosedAt: p("2026-03-09T16:00:00+08:00"), Limits: cases.Limits{Promised: notAccepted}}, InTime, "不予受理", "3月9日", false},
	} {
		t.Run(name, func(t *testing.T) {
			got := CellOf(tc.v)
			if got.Mark != tc.mark || got.Words != tc.words || got.Note != tc.note || (got.Teeth != nil) != tc.teeth {
				t.Errorf("%+v, want %q %q %q, a ruler: %v", got, tc.mark, tc.words, tc.note, tc.teeth)
			}
		})
	}
}

func TestCalendarDaysAreCalledSo(t *testing.T) {
	natural := func(days, left int, due string, why cases.Why) *cases.Limit {
		l := limit(days, left, due, why)
		l.Unit = calendar.CalendarDays
		return l
	}
	for want, v := range map[string]cases.View{
		"剩 9 个自然日":   {State: cases.Examining, Limits: cases.Limits{Promised: natural(15, 9, "2026-03-19", "")}},
		"超 2 个自然日":   {State: cases.Examining, Limits: cases.Limits{Promised: natural(15, -2, "2026-03-08", "")}},
		"超法定 3 个自然日": {State: cases.Examining, Limits: cases.Limits{Promised: limit(15, -9, "2026-02-25", ""), Legal: natural(30, -3, "2026-03-07", "")}},
		"剩 10 天":     {State: cases.Examining, Limits: cases.Limits{Promised: limit(20, 10, "2026-03-24", ""), Legal: natural(60, 30, "2026-04-09", "")}},
		"剩 4 个自然日":   {State: cases.Decided, Limits: cases.Limits{Promised: limit(20, 10, "2026-03-24", cases.WhyEnded), Step: natural(7, 4, "2026-03-14", "")}},
	} {
		if got := CellOf(v).Words; got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestRulerLeavesOutALawInOtherDays(t *testing.T) {
	law := limit(60, 40, "2026-04-27", "")
	law.Unit = calendar.CalendarDays
	if got := TeethOf(cases.Limits{Promised: limit(20, 5, "2026-03-17", ""), Legal: law}); got.Legal != 0 || got.Used != 15 {
		t.Errorf("%+v, want 15 used and no law on the same scale", *got)
	}
}
