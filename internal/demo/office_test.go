package demo

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"bianmin/internal/calendar"
)

var official = office{calendar.New(calendar.Official())}

func when(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := moment(s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestOfficeHours(t *testing.T) {
	for _, c := range []struct {
		from    string
		minutes int
		want    string
	}{
		{"01-05 08:30", 0, "01-05 08:30"},
		{"01-05 07:15", 0, "01-05 08:30"},
		{"01-05 11:50", 20, "01-05 14:10"},
		{"01-05 12:30", 0, "01-05 14:00"},
		{"01-05 17:50", 20, "01-06 08:40"},
		{"01-05 19:00", 1, "01-06 08:31"},
		{"01-09 17:59", 1, "01-12 08:30"},  // a weekend
		{"02-13 17:00", 60, "02-14 08:30"}, // a Saturday that is worked
		{"02-14 17:00", 60, "02-24 08:30"}, // 春节
		{"01-05 08:30", officeDay, "01-06 08:30"},
		{"01-05 10:00", 5 * officeDay, "01-12 10:00"},
	} {
		if got := official.add(when(t, c.from), c.minutes); !got.Equal(when(t, c.want)) {
			t.Errorf("%d minutes after %s: %s, want %s", c.minutes, c.from, got.Format("01-02 15:04"), c.want)
		}
	}
}

func TestDaysOfANotice(t *testing.T) {
	for _, c := range []struct {
		from string
		days int
		unit calendar.Unit
		want string
	}{
		{"01-05 10:00", 7, calendar.CalendarDays, "01-12 10:00"},
		{"01-05 10:00", 5, calendar.CalendarDays, "01-12 08:30"}, // ends on a Saturday
		{"01-05 10:00", 5, calendar.Working, "01-12 10:00"},
	} {
		if got := official.days(when(t, c.from), c.days, c.unit); !got.Equal(when(t, c.want)) {
			t.Errorf("%d %s after %s: %s, want %s", c.days, c.unit, c.from, got.Format("01-02 15:04"), c.want)
		}
	}
}

// TestWorkIsDoneInOfficeHours: whatever is added ends while the counters are open, and adding in two parts is the same
// as adding at once.
func TestWorkIsDoneInOfficeHours(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := first.Start().Add(time.Duration(rapid.Int64Range(0, 80*24*3600).Draw(t, "seconds")) * time.Second)
		a, b := rapid.IntRange(0, 3000).Draw(t, "a"), rapid.IntRange(0, 3000).Draw(t, "b")
		got := official.add(from, a)
		if !isOpen(got) || got.Before(from) {
			t.Fatalf("%d minutes after %s is %s", a, from, got)
		}
		if whole, parts := official.add(from, a+b), official.add(got, b); !whole.Equal(parts) {
			t.Fatalf("%d and %d minutes after %s: %s at once, %s in parts", a, b, from, whole, parts)
		}
	})
}

func isOpen(t time.Time) bool {
	day := calendar.DateOf(t)
	minute := int(t.Sub(day.Start()).Minutes())
	return official.cal.Working(day) && (minute >= 510 && minute < 720 || minute >= 840 && minute < 1080)
}
