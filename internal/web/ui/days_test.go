package ui

import (
	"strings"
	"testing"
	"time"

	"bianmin/internal/calendar"
	"bianmin/internal/cases"
)

func date(s string) calendar.Date {
	d, err := calendar.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func at(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", s, calendar.Shanghai)
	if err != nil {
		panic(err)
	}
	return t
}

// counted is a limit as the service counts it out.
func counted(cal *calendar.Calendar, limit calendar.Limit, from string, stops []calendar.Stop, now string) cases.CountingView {
	r := cal.Reckon(limit, date(from), stops, at(now))
	v := cases.CountingView{Name: "承诺期限", Days: limit.Days, Unit: limit.Unit, Due: r.Due.String(), Provisional: r.Provisional}
	for _, l := range cal.Lines(limit, date(from), stops, at(now)) {
		v.Lines = append(v.Lines, cases.LineView{Date: l.Date.String(), Counted: l.Counted, N: l.N, Why: l.Why, Future: l.Future})
	}
	return v
}

func TestArithmeticDayByDay(t *testing.T) {
	cal := calendar.New(calendar.Official())
	for name, tc := range map[string]struct {
		limit   calendar.Limit
		from    string
		stops   []calendar.Stop
		now     string
		sum     string
		day     string
		kind    string
		note    string
		columns string
	}{
		"the first day is not counted": {calendar.Limit{Days: 10, Unit: calendar.Working}, "2026-03-10", nil, "2026-03-10 10:20",
			"第一天不算，休息日 4 天不算，数到 3月24日 周二", "3月10日 周二", "first", "第一天不算", "w2"},
		"a weekend": {calendar.Limit{Days: 10, Unit: calendar.Working}, "2026-03-10", nil, "2026-03-10 10:20",
			"第一天不算，休息日 4 天不算，数到 3月24日 周二", "3月14日 周六", "rest", "周六", "w2"},
		"a make-up day counts": {calendar.Limit{Days: 5, Unit: calendar.Working}, "2026-02-27", nil, "2026-03-02 09:00",
			"第一天不算，休息日 1 天不算，数到 3月5日 周四", "2月28日 周六", "counted", "第 1 天，调休上班", "w5"},
		"the last day": {calendar.Limit{Days: 5, Unit: calendar.Working}, "2026-02-27", nil, "2026-03-02 09:00",
			"第一天不算，休息日 1 天不算，数到 3月5日 周四", "3月5日 周四", "counted end", "第 5 天", "w5"},
		"stopped for an appraisal": {calendar.Limit{Days: 3, Unit: calendar.Working}, "2026-03-09", []calendar.Stop{{From: at("2026-03-10 09:00"), To: at("2026-03-12 09:00"), Why: "特别程序"}}, "2026-03-12 10:00",
			"第一天不算，休息日 2 天不算，暂停 2 天不算，数到 3月16日 周一", "3月10日 周二", "stop", "停：特别程序", "w1"},
		"a day too late": {calendar.Limit{Days: 2, Unit: calendar.Working}, "2026-03-05", nil, "2026-03-10 10:20",
			"第一天不算，休息日 2 天不算，数到 3月9日 周一", "3月10日 周二", "late", "超期", "w4"},
	} {
		t.Run(name, func(t *testing.T) {
			got := CountedOut([]cases.CountingView{counted(cal, tc.limit, tc.from, tc.stops, tc.now)}, calendar.DateOf(at(tc.now)))[0]
			if got.Sum+" "+got.Due != tc.sum || got.Days[0].Column != tc.columns {
				t.Errorf("%s in column %s", got.Sum, got.Days[0].Column)
			}
			for _, d := range got.Days {
				if d.Full == tc.day {
					if d.Kind != tc.kind || d.Note != tc.note {
						t.Errorf("%+v, want %s, %s", d, tc.kind, tc.note)
					}
					return
				}
			}
			t.Errorf("no %s", tc.day)
		})
	}
}

func TestTodayAndTheFutureAreMarked(t *testing.T) {
	cal := calendar.New(calendar.Official())
	limit := calendar.Limit{Days: 5, Unit: calendar.Working}
	list := CountedOut([]cases.CountingView{counted(cal, limit, "2026-03-06", nil, "2026-03-10 10:20")}, date("2026-03-10"))
	for _, d := range list[0].Days {
		if d.Today != strings.HasPrefix(d.Full, "3月10日") || d.Future != (d.Full > "3月10日" && !strings.HasPrefix(d.Full, "3月6") && !strings.HasPrefix(d.Full, "3月7") && !strings.HasPrefix(d.Full, "3月8") && !strings.HasPrefix(d.Full, "3月9") && !d.Today) {
			t.Errorf("%+v", d)
		}
	}
}
