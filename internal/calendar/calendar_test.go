package calendar

import (
	"errors"
	"strings"
	"testing"
	"time"
)

var cal = New(Official())

func TestWorkingDaysOfTheYears(t *testing.T) {
	want := map[int]int{2019: 250, 2020: 249, 2021: 250, 2022: 249, 2023: 249, 2024: 251, 2025: 248, 2026: 248}
	for year, days := range want {
		got := 0
		for d := NewDate(year, 1, 1); d.Year() == year; d = d.AddDays(1) {
			if cal.Working(d) {
				got++
			}
		}
		if got != days {
			t.Errorf("%d has %d working days, want %d", year, got, days)
		}
	}
	if cal.LastYear() != 2026 {
		t.Error(cal.LastYear())
	}
}

func TestDescribe(t *testing.T) {
	for _, c := range []struct {
		date    string
		working bool
		name    string
		known   bool
	}{
		{"2026-03-10", true, "", true},
		{"2026-03-14", false, "周六", true},
		{"2026-03-15", false, "周日", true},
		{"2026-02-14", true, "调休上班", true}, // a Saturday
		{"2026-02-17", false, "春节", true},
		{"2026-02-21", false, "春节", true}, // a Saturday of the holiday
		{"2026-12-31", true, "", true},
		{"2027-01-01", true, "", false}, // nobody has said yet
		{"2027-01-02", false, "周六", false},
		{"2018-12-31", true, "", false},
	} {
		d := day(c.date)
		working, name := cal.Describe(d)
		if working != c.working || name != c.name || cal.Working(d) != c.working || cal.Known(d) != c.known {
			t.Errorf("%s: %v, %q, known %v", d, working, name, cal.Known(d))
		}
	}
}

func TestCalendarWithAGap(t *testing.T) {
	c := New([]Day{
		{day("2027-01-01"), Off, "元旦"}, {day("2025-01-01"), Off, "元旦"},
		{day("2025-01-01"), MakeUp, "元旦"}, // the later line holds
		{Date{}, Off, "没有日期"},
	})
	if c.LastYear() != 2027 || !c.Known(day("2025-12-31")) || c.Known(day("2026-06-01")) || !c.Known(day("2027-12-31")) {
		t.Error("2025 and 2027 are imported, 2026 is not")
	}
	if !c.Working(day("2025-01-01")) || c.Working(day("2027-01-01")) {
		t.Error("the lines do not hold")
	}
	empty := New(nil)
	if empty.LastYear() != 0 || empty.Known(day("2026-01-01")) || !empty.Working(day("2026-01-01")) || empty.Working(day("2026-01-03")) {
		t.Error("without a calendar only the weekday is known")
	}
}

func TestParseCSVRefuses(t *testing.T) {
	const head = "date,kind,name\n"
	for _, c := range []struct {
		name, file string
		line       int
		word       string
	}{
		{"nothing", "", 1, "空"},
		{"no head", "2027-01-01,off,元旦\n", 1, "表头"},
		{"no day", head, 2, "一天也没有"},
		{"bad date", head + "2027-01-01,off,元旦\n2027-02-30,off,春节\n", 3, "2027-02-30"},
		{"unknown kind", head + "2027-01-01,holiday,元旦\n", 2, "off"},
		{"twice", head + "2027-01-01,off,元旦\n\n2027-01-01,work,元旦\n", 4, "第 2 行"},
		{"two columns", head + "2027-01-01,off\n", 2, "三列"},
		{"no name", head + "2027-01-01,off, \n", 2, "节日名"},
		{"year of another age", head + "9027-01-01,off,元旦\n", 2, "年份"},
		{"not UTF-8", head + "2027-01-01,off,\xd4\xaa\xb5\xa9\n", 2, "UTF-8"},
		{"quotes", head + "2027-01-01,off,\"元旦\n", 2, "引号"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := ParseCSV(strings.NewReader(c.file))
			var fault *LineError
			if !errors.As(err, &fault) || fault.Line != c.line || !strings.Contains(fault.Message, c.word) {
				t.Fatalf("%v, want line %d with %q", err, c.line, c.word)
			}
		})
	}
}

func TestParseCSVReadsWhatSpreadsheetsWrite(t *testing.T) {
	days, err := ParseCSV(strings.NewReader("\ufeffdate,kind,name\r\n2027-01-02,work,元旦\r\n2027-01-01,off,元旦\r\n"))
	if err != nil || len(days) != 2 || days[0] != (Day{day("2027-01-01"), Off, "元旦"}) {
		t.Fatal(days, err)
	}
	broken := errors.New("the line is cut")
	if _, err := ParseCSV(failing{broken}); !errors.Is(err, broken) {
		t.Errorf("%v does not carry the cause", err)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func TestLimit(t *testing.T) {
	for _, bad := range []Limit{{-1, Working}, {MaxDays + 1, CalendarDays}, {5, ""}, {5, "weeks"}} {
		if _, err := NewLimit(bad.Days, bad.Unit); err == nil {
			t.Errorf("%v passed", bad)
		}
	}
	l, err := NewLimit(20, Working)
	if err != nil || l.Chinese() != "20 个工作日" {
		t.Error(l.Chinese(), err)
	}
	if (Limit{15, CalendarDays}).Chinese() != "15 个自然日" || (Limit{0, Working}).Chinese() != "当场" {
		t.Error("limit in words")
	}
}

func FuzzParseCSV(f *testing.F) {
	f.Add("date,kind,name\n2027-01-01,off,元旦\n")
	f.Add("date,kind,name\n\"")
	f.Fuzz(func(t *testing.T, s string) {
		days, err := ParseCSV(strings.NewReader(s))
		if err != nil {
			return
		}
		c := New(days)
		for i, d := range days {
			if i > 0 && !days[i-1].Date.Before(d.Date) {
				t.Fatal("out of order or twice")
			}
			if c.Working(d.Date) != (d.Kind == MakeUp) || !c.Known(d.Date) {
				t.Fatalf("%v is lost", d)
			}
		}
	})
}

func BenchmarkReckon(b *testing.B) {
	stops := []Stop{{From: clock("2026-02-12 10:00"), To: clock("2026-02-25 09:00")}, {From: clock("2026-03-02 10:00")}}
	at := time.Date(2026, 3, 10, 12, 0, 0, 0, Shanghai)
	b.ReportAllocs()
	for b.Loop() {
		cal.Reckon(Limit{20, Working}, day20260210, stops, at)
	}
}

var day20260210 = day("2026-02-10")
