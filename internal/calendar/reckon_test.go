package calendar

import (
	"testing"
	"time"
)

// 行政许可法 第八十二条 with 民法典 第二百零一条: working days, the first day not counted.
func TestWorkedExamples(t *testing.T) {
	for _, c := range []struct {
		from string
		days int
		due  string
	}{
		{"2026-02-10", 20, "2026-03-16"},
		{"2026-02-14", 5, "2026-02-28"}, // from a make-up day to a make-up day
		{"2026-09-28", 20, "2026-10-30"},
		{"2025-01-24", 5, "2025-02-07"},
		{"2024-09-29", 5, "2024-10-11"},
		{"2020-01-22", 5, "2020-02-06"},
		{"2026-04-30", 5, "2026-05-11"},
		{"2026-02-10", 0, "2026-02-10"}, // at once
	} {
		from := day(c.from)
		r := cal.Reckon(Limit{c.days, Working}, from, nil, from.Start())
		want := Reckoning{Due: day(c.due), Left: c.days}
		if r != want {
			t.Errorf("%s +%d: %+v, want due %s", c.from, c.days, r, c.due)
		}
	}
}

// 民法典 第二百零三条: the last day of calendar days moves off a holiday.
func TestCalendarDays(t *testing.T) {
	for _, c := range []struct {
		from string
		days int
		due  string
	}{
		{"2026-03-02", 15, "2026-03-17"},
		{"2026-03-02", 12, "2026-03-16"}, // a Saturday to Monday
		{"2026-02-01", 15, "2026-02-24"}, // 15 February to the end of 春节
		{"2026-02-01", 13, "2026-02-14"}, // a Saturday that is worked
		{"2026-03-14", 0, "2026-03-14"},
	} {
		from := day(c.from)
		r := cal.Reckon(Limit{c.days, CalendarDays}, from, nil, from.Start())
		if r.Due != day(c.due) || r.Left != day(c.due).Sub(from) || r.Provisional {
			t.Errorf("%s +%d: %+v, want due %s", c.from, c.days, r, c.due)
		}
	}
}

func TestLeftFromDayToDay(t *testing.T) {
	working, calendar := Limit{5, Working}, Limit{5, CalendarDays}
	for _, c := range []struct {
		name       string
		limit      Limit
		from       string
		at         string
		left, used int
	}{
		{"before it begins", working, "2026-03-09", "2026-03-06 09:00", 5, 0},
		{"first day", working, "2026-03-09", "2026-03-09 09:00", 5, 0},
		{"second day", working, "2026-03-09", "2026-03-10 00:00", 4, 1},
		{"Friday", working, "2026-03-09", "2026-03-13 17:00", 1, 4},
		{"Saturday", working, "2026-03-09", "2026-03-14 17:00", 1, 4},
		{"last day to its end", working, "2026-03-09", "2026-03-16 23:59", 0, 5},
		{"one day late", working, "2026-03-09", "2026-03-17 00:00", -1, 5},
		{"two days late", working, "2026-03-09", "2026-03-18 00:00", -2, 5},
		{"late since Friday, on Saturday", working, "2026-03-06", "2026-03-14 09:00", -1, 5},
		{"late since Friday, on Monday", working, "2026-03-06", "2026-03-16 09:00", -1, 5},
		{"late since Friday, on Tuesday", working, "2026-03-06", "2026-03-17 09:00", -2, 5},
		{"calendar: full on Saturday, today Friday", calendar, "2026-03-09", "2026-03-13 09:00", 3, 4},
		{"calendar: full on Saturday, today Saturday", calendar, "2026-03-09", "2026-03-14 09:00", 2, 5},
		{"calendar: today Sunday", calendar, "2026-03-09", "2026-03-15 09:00", 1, 5},
		{"calendar: due Monday", calendar, "2026-03-09", "2026-03-16 09:00", 0, 5},
		{"calendar: late", calendar, "2026-03-09", "2026-03-21 09:00", -5, 5},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := cal.Reckon(c.limit, day(c.from), nil, clock(c.at))
			if r.Left != c.left || r.Used != c.used || r.Standing {
				t.Fatalf("%+v, want %d left, %d used", r, c.left, c.used)
			}
		})
	}
}

func stop(from, to string) Stop {
	s := Stop{From: clock(from), Why: "鉴定"}
	if to != "" {
		s.To = clock(to)
	}
	return s
}

// 行政许可法 第四十五条: what stops the clock. All start on Monday 2 March 2026 with 5 working days: due on the 9th.
func TestStops(t *testing.T) {
	for _, c := range []struct {
		name     string
		stops    []Stop
		at       string
		due      string
		left     int
		standing bool
	}{
		{"none", nil, "2026-03-03 12:00", "2026-03-09", 4, false},
		{"within one day", []Stop{stop("2026-03-03 09:00", "2026-03-03 17:00")}, "2026-03-04 12:00", "2026-03-09", 3, false},
		{"over one night", []Stop{stop("2026-03-03 17:00", "2026-03-04 09:00")}, "2026-03-04 12:00", "2026-03-10", 4, false},
		{"over a weekend", []Stop{stop("2026-03-06 17:00", "2026-03-09 09:00")}, "2026-03-09 12:00", "2026-03-10", 1, false},
		{"within the weekend", []Stop{stop("2026-03-07 08:00", "2026-03-08 20:00")}, "2026-03-09 12:00", "2026-03-09", 0, false},
		{"overlapping", []Stop{stop("2026-03-03 17:00", "2026-03-05 09:00"), stop("2026-03-04 08:00", "2026-03-06 09:00")},
			"2026-03-06 12:00", "2026-03-12", 4, false},
		{"the same twice", []Stop{stop("2026-03-03 17:00", "2026-03-04 09:00"), stop("2026-03-03 17:00", "2026-03-04 09:00")},
			"2026-03-04 12:00", "2026-03-10", 4, false},
		{"ends at midnight", []Stop{stop("2026-03-03 09:00", "2026-03-04 00:00")}, "2026-03-04 12:00", "2026-03-09", 3, false},
		{"begins at midnight", []Stop{stop("2026-03-04 00:00", "2026-03-04 09:00")}, "2026-03-04 12:00", "2026-03-10", 4, false},
		{"open since this morning", []Stop{stop("2026-03-04 09:00", "")}, "2026-03-04 12:00", "2026-03-10", 4, true},
		{"open, the next day", []Stop{stop("2026-03-04 09:00", "")}, "2026-03-05 12:00", "2026-03-11", 4, true},
		{"open, on Saturday", []Stop{stop("2026-03-04 09:00", "")}, "2026-03-07 12:00", "2026-03-12", 4, true},
		{"open, on Monday", []Stop{stop("2026-03-04 09:00", "")}, "2026-03-09 12:00", "2026-03-13", 4, true},
		{"not open yet", []Stop{stop("2026-03-04 15:00", "")}, "2026-03-04 12:00", "2026-03-09", 3, false},
		{"end known ahead", []Stop{stop("2026-03-04 09:00", "2026-03-11 09:00")}, "2026-03-04 12:00", "2026-03-16", 4, true},
		{"ends today, known ahead", []Stop{stop("2026-03-04 09:00", "2026-03-04 18:00")}, "2026-03-04 12:00", "2026-03-09", 4, true},
		{"the same after it ended", []Stop{stop("2026-03-04 09:00", "2026-03-04 18:00")}, "2026-03-04 19:00", "2026-03-09", 3, false},
		{"on the last day", []Stop{stop("2026-03-09 09:00", "")}, "2026-03-09 12:00", "2026-03-10", 1, true},
		{"too late to help", []Stop{stop("2026-03-10 09:00", "")}, "2026-03-12 12:00", "2026-03-09", -3, true},
		{"after the end of the day it is due", []Stop{stop("2026-03-10 00:01", "2026-03-11 09:00")}, "2026-03-11 12:00", "2026-03-09", -2, false},
		{"turned round", []Stop{stop("2026-03-05 09:00", "2026-03-03 09:00")}, "2026-03-05 12:00", "2026-03-09", 2, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := cal.Reckon(Limit{5, Working}, day("2026-03-02"), c.stops, clock(c.at))
			if r.Due != day(c.due) || r.Left != c.left || r.Standing != c.standing {
				t.Fatalf("%+v, want due %s, %d left, standing %v", r, c.due, c.left, c.standing)
			}
		})
	}
}

func TestStopOverAHoliday(t *testing.T) {
	// The working days 12, 13, 14 and 24 February are lost; 25, 26, 27, 28 (made up) and 2 March count.
	stops := []Stop{stop("2026-02-12 15:00", "2026-02-25 09:00")}
	r := cal.Reckon(Limit{5, Working}, day("2026-02-11"), stops, clock("2026-02-25 10:00"))
	if r.Due != day("2026-03-02") || r.Left != 4 || r.Used != 1 {
		t.Fatalf("%+v", r)
	}
}

func TestProvisional(t *testing.T) {
	for _, c := range []struct {
		name  string
		limit Limit
		from  string
		at    string
		want  bool
	}{
		{"ends on the last known day", Limit{1, Working}, "2026-12-30", "2026-12-30 09:00", false},
		{"ends next year", Limit{2, Working}, "2026-12-30", "2026-12-30 09:00", true},
		{"calendar days, moved into next year", Limit{1, CalendarDays}, "2027-01-01", "2027-01-01 09:00", true},
		{"calendar days, this year", Limit{30, CalendarDays}, "2026-12-01", "2026-12-01 09:00", false},
		{"late into next year", Limit{1, Working}, "2026-12-30", "2027-01-04 09:00", true},
		{"before the first year", Limit{1, Working}, "2018-03-01", "2018-03-01 09:00", true},
	} {
		r := cal.Reckon(c.limit, day(c.from), nil, clock(c.at))
		if r.Provisional != c.want {
			t.Errorf("%s: %+v", c.name, r)
		}
	}
}

func TestReckonSurvivesNonsense(t *testing.T) {
	at := clock("2026-03-10 09:00")
	if r := cal.Reckon(Limit{5, Working}, Date{}, nil, at); r != (Reckoning{}) {
		t.Errorf("no first day: %+v", r)
	}
	if r := cal.Reckon(Limit{-5, Working}, day("2026-03-10"), nil, at); r.Due != day("2026-03-10") || r.Left != 0 {
		t.Errorf("negative days: %+v", r)
	}
	forever := []Stop{{From: at, To: time.Date(20000, 1, 1, 0, 0, 0, 0, time.UTC)}}
	if r := cal.Reckon(Limit{5, CalendarDays}, day("2026-03-10"), forever, at); r.Due != lastDate || r.Left != 5 {
		t.Errorf("a stop without end: %+v", r)
	}
}

func TestReckonDoesNotAllocate(t *testing.T) {
	stops := []Stop{stop("2026-03-03 17:00", "2026-03-04 09:00"), stop("2026-03-05 09:00", "")}
	from, at := day("2026-03-02"), clock("2026-03-10 09:00")
	if n := testing.AllocsPerRun(100, func() { cal.Reckon(Limit{20, Working}, from, stops, at) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
