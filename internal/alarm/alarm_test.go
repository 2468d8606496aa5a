package alarm

import (
	"context"
	"testing"
	"time"

	"bianmin/internal/db"
	"bianmin/internal/enginetest"
)

func TestMain(m *testing.M) { enginetest.Main(m) }

var noon = time.Date(2026, 3, 10, 4, 0, 0, 0, time.UTC)

func open(t *testing.T, url string) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), url, db.Tool)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

func raised(t *testing.T, b *Board, want ...Alarm) {
	t.Helper()
	got, err := b.Raised(t.Context())
	if err != nil || len(got) != len(want) {
		t.Fatalf("%+v, %v, want %+v", got, err, want)
	}
	for i := range want {
		if got[i].Kind != want[i].Kind || got[i].Text != want[i].Text || !got[i].Since.Equal(want[i].Since) {
			t.Errorf("%+v, want %+v", got[i], want[i])
		}
	}
}

func TestAnAlarmIsUpUntilItsCauseIsGoneOnEveryCopy(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		d := open(t, url)
		one, two := New(d), New(d)
		do := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		raised(t, one)
		do(one.Raise(t.Context(), Alarm{"witness/a", "没有回应", noon.Add(time.Minute)}))
		do(one.Raise(t.Context(), Alarm{"clock/jump", "时钟跳了", noon}))
		do(one.Raise(t.Context(), Alarm{"witness/a", "没有回应", noon.Add(time.Hour)}))
		for _, b := range []*Board{one, two} {
			raised(t, b, Alarm{"clock/jump", "时钟跳了", noon}, Alarm{"witness/a", "没有回应", noon.Add(time.Minute)})
		}
		do(one.Raise(t.Context(), Alarm{"witness/a", "答得不对", noon.Add(2 * time.Hour)}))
		raised(t, two, Alarm{"clock/jump", "时钟跳了", noon}, Alarm{"witness/a", "答得不对", noon.Add(time.Minute)})
		do(two.Clear(t.Context(), "witness/a")) // by the copy that leads now
		do(two.Clear(t.Context(), "no such"))
		raised(t, one, Alarm{"clock/jump", "时钟跳了", noon})
		do(one.Clear(t.Context(), "clock/jump"))
		raised(t, two)
		do(two.Raise(t.Context(), Alarm{"witness/a", "没有回应", noon}))
		raised(t, two, Alarm{"witness/a", "没有回应", noon})
	})
}

// table gives a table another name: what writes to it meets an error.
func table(t *testing.T, d *db.DB, from, to string) {
	t.Helper()
	err := d.Write(t.Context(), func(ctx context.Context) error {
		_, err := d.Q(ctx).ExecContext(ctx, "ALTER TABLE "+from+" RENAME TO "+to)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// What cannot be written is still shown by the copy that raised it, and written when that is possible again.
func TestAnAlarmThatCannotBeWrittenIsShown(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		d := open(t, url)
		b, other := New(d), New(d)
		a := Alarm{"journal/altered", "改动过", noon}
		table(t, d, "alarms", "hidden")
		if err := b.Raise(t.Context(), a); err == nil {
			t.Fatal("the premise: it was written")
		}
		if got, err := b.Raised(t.Context()); err == nil || len(got) != 1 || got[0] != a {
			t.Errorf("%+v, %v", got, err)
		}
		table(t, d, "hidden", "alarms")
		raised(t, b, a)
		raised(t, other)
		if err := b.Raise(t.Context(), a); err != nil {
			t.Fatal(err)
		}
		raised(t, other, a)
	})
}
