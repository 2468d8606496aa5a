package calendar

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// day reads a date that a test writes.
func day(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// clock is an instant in Shanghai: "2026-03-10 15:04".
func clock(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", s, Shanghai)
	if err != nil {
		panic(err)
	}
	return t
}

func TestParseDate(t *testing.T) {
	for _, good := range []string{"2026-03-10", "2024-02-29", "1880-01-01", "0001-01-01", "9999-12-31"} {
		if got := day(good).String(); got != good {
			t.Errorf("%s became %s", good, got)
		}
	}
	for _, bad := range []string{
		"", "2026-2-1", "2026-02-30", "2023-02-29", "2026-13-01", "0000-01-01", "2026/03/10", "2026-03-10 ",
		"10000-01-01", "-001-01-01", "２０２６-03-10",
	} {
		if d, err := ParseDate(bad); err == nil {
			t.Errorf("%q was read as %s", bad, d)
		}
	}
}

func TestDateTurnsAtMidnightInShanghai(t *testing.T) {
	for _, c := range []struct{ utc, want string }{
		{"2026-03-10T15:59:59Z", "2026-03-10"},
		{"2026-03-10T16:00:00Z", "2026-03-11"},
		{"1969-12-31T15:59:59Z", "1969-12-31"},
		{"1969-12-31T16:00:00Z", "1970-01-01"},
	} {
		at, err := time.Parse(time.RFC3339, c.utc)
		if err != nil {
			t.Fatal(err)
		}
		if got := DateOf(at).String(); got != c.want {
			t.Errorf("%s is %s, want %s", c.utc, got, c.want)
		}
	}
	d := day("2026-03-10")
	if !d.End().Equal(clock("2026-03-11 00:00")) || !d.Start().Equal(clock("2026-03-10 00:00")) {
		t.Error(d.Start(), d.End())
	}
	if d.End().Location().String() != "Asia/Shanghai" {
		t.Error(d.End().Location())
	}
}

func TestDateInWords(t *testing.T) {
	d := day("2026-03-16")
	if d.Chinese() != "3月16日" || d.ChineseLong() != "3月16日 星期一" {
		t.Error(d.Chinese(), d.ChineseLong())
	}
	if got := day("2026-03-15").ChineseLong(); got != "3月15日 星期日" {
		t.Error(got)
	}
}

func TestNoDay(t *testing.T) {
	var none Date
	if !none.IsZero() || !DateOf(time.Time{}).IsZero() || !none.AddDays(3).IsZero() || day("0001-01-01").IsZero() {
		t.Error("the zero date is no day and stays none")
	}
	if none.String() != "" || none.Chinese() != "" || none.ChineseLong() != "" || none.Year() != 0 ||
		!none.Start().IsZero() || !none.End().IsZero() {
		t.Error("no day has words")
	}
	var back Date
	text, err := json.Marshal(none)
	if err != nil || json.Unmarshal(text, &back) != nil || back != none || string(text) != `""` {
		t.Errorf("%s, %v", text, err)
	}
	if json.Unmarshal([]byte(`"2026-02-30"`), &back) == nil {
		t.Error("a day that does not exist was read")
	}
}

func TestDatesAgreeWithTheStandardLibrary(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 3652059).Draw(t, "n")
		d := Date{n: int32(n)}
		std := time.Date(1, 1, n, 0, 0, 0, 0, Shanghai)
		if d.String() != std.Format(time.DateOnly) || d.Weekday() != std.Weekday() || DateOf(std) != d ||
			NewDate(std.Date()) != d || !d.Start().Equal(std) || !d.AddDays(-1).End().Equal(d.Start()) ||
			d.Year() != std.Year() || d.Month() != std.Month() || d.Day() != std.Day() {
			t.Fatalf("%s is not %s", d, std)
		}
		var back Date
		text, _ := d.MarshalText()
		if back.UnmarshalText(text) != nil || back != d {
			t.Fatalf("%s came back as %s", d, back)
		}
		e := d.AddDays(rapid.IntRange(-1000, 1000).Draw(t, "step"))
		if d.Before(e) != (e.Sub(d) > 0) || d.After(e) != (e.Sub(d) < 0) || (d.Compare(e) == 0) != (d == e) {
			t.Fatalf("%s and %s are out of order", d, e)
		}
	})
}

func FuzzParseDate(f *testing.F) {
	f.Add("2026-03-10")
	f.Add("2026-02-30")
	f.Fuzz(func(t *testing.T, s string) {
		if d, err := ParseDate(s); err == nil && d.String() != s {
			t.Fatalf("%q became %q", s, d)
		}
	})
}
