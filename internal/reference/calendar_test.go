package reference

import (
	"context"
	"errors"
	"testing"

	"bianmin/internal/calendar"
)

// TestACalendarIsSetByYears: the years in which a day was named are set anew, in one document each; the others are not
// touched, and what is read is what was set.
func TestACalendarIsSetByYears(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		b.found()
		old, err := b.Calendar(t.Context())
		if err != nil || asJSON(t, old.Days()) != asJSON(t, b.load().Calendar.Days()) {
			t.Fatalf("the calendar alone is another one (%v)", err)
		}
		before := b.revision()
		file := []calendar.Day{{Date: calendar.NewDate(2026, 3, 16), Kind: calendar.Off, Name: "停电"}, {Date: calendar.NewDate(2027, 1, 1), Kind: calendar.Off, Name: "元旦"}}
		set := old.Correct(file, false)
		if err := b.SetCalendar(t.Context(), "admin", founded, set, file); err != nil {
			t.Fatal(err)
		}
		now, err := b.Calendar(t.Context())
		if err != nil || asJSON(t, now.Days()) != asJSON(t, set.Days()) || now.Working(calendar.NewDate(2026, 3, 16)) || !now.Known(calendar.NewDate(2027, 6, 1)) {
			t.Errorf("what is read is not what was set (%v)", err)
		}
		for subject, want := range map[string]int64{"calendar/2025": 1, "calendar/2026": 2, "calendar/2027": 1} {
			if n := b.number("SELECT events FROM documents WHERE subject = '" + subject + "'"); n != want {
				t.Errorf("%s was set %d times, want %d", subject, n, want)
			}
		}
		if got := b.revision(); got != before+2 {
			t.Errorf("the revision is %d after %d", got, before)
		}
	})
}

func (b *base) revision() int64 {
	b.t.Helper()
	n, err := b.Revision(b.t.Context())
	if err != nil {
		b.t.Fatal(err)
	}
	return n
}

// TestTheRevisionGrowsWithEveryDocument, and by nothing that did not come to be.
func TestTheRevisionGrowsWithEveryDocument(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		if n := b.revision(); n != 0 {
			t.Errorf("an empty database has the revision %d", n)
		}
		b.found()
		first := b.revision()
		err := b.db.Write(t.Context(), func(ctx context.Context) error {
			return errors.Join(b.Set(ctx, "admin", founded, "law.policy", "1"), errUndo)
		})
		if !errors.Is(err, errUndo) || b.revision() != first {
			t.Errorf("undone, it is %d after %d (%v)", b.revision(), first, err)
		}
		for i, value := range []string{"1", "2"} {
			if err := b.Set(t.Context(), "admin", founded, "law.policy", value); err != nil {
				t.Fatal(err)
			}
			if got := b.revision(); got != first+int64(i)+1 {
				t.Errorf("set %d times it is %d after %d", i+1, got, first)
			}
		}
	})
}
