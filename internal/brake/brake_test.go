package brake

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"bianmin/internal/db"
	"bianmin/internal/enginetest"
)

func TestMain(m *testing.M) { enginetest.Main(m) }

const pause = 30 * time.Minute

var then = time.Date(2026, 3, 10, 2, 20, 0, 0, time.UTC)

// copies are two copies of the program on one database: on PostgreSQL each with connections of its own.
func copies(t *testing.T, url string) (one, two wheel) {
	t.Helper()
	open := func() *db.DB {
		d, err := db.Open(t.Context(), url, db.Tool)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { d.Close() })
		return d
	}
	first := open()
	second := first
	if strings.HasPrefix(url, "postgres") {
		second = open()
	}
	return wheel{New(first, "room", pause), t}, wheel{New(second, "room", pause), t}
}

// wheel asks a brake of which every answer is wanted.
type wheel struct {
	*Brake
	t *testing.T
}

func (w wheel) wait(key string, now time.Time) time.Duration {
	w.t.Helper()
	d, err := w.Wait(w.t.Context(), key, now)
	if err != nil {
		w.t.Fatal(err)
	}
	return d
}

func (w wheel) failed(key string, now time.Time) bool {
	w.t.Helper()
	began, err := w.Failed(w.t.Context(), key, now)
	if err != nil {
		w.t.Fatal(err)
	}
	return began
}

func each(t *testing.T, f func(t *testing.T, one, two wheel)) {
	t.Helper()
	enginetest.Each(t, func(t *testing.T, url string) {
		one, two := copies(t, url)
		f(t, one, two)
	})
}

func TestTheFifthWrongTryBeginsThePauseAtWhicheverCopy(t *testing.T) {
	each(t, func(t *testing.T, one, two wheel) {
		for i := range triesMost {
			at := []wheel{one, two}[i%2]
			if one.wait("a", then) != 0 || two.wait("a", then) != 0 {
				t.Fatalf("paused after %d", i)
			}
			if began := at.failed("a", then); began != (i == triesMost-1) {
				t.Errorf("try %d began the pause: %v", i+1, began)
			}
		}
		for _, at := range []wheel{one, two} {
			if w := at.wait("a", then.Add(time.Minute)); w != pause-time.Minute {
				t.Errorf("%v is to wait", w)
			}
			if at.wait("b", then) != 0 || at.wait("a", then.Add(pause)) != 0 {
				t.Error("another key waits, or the pause does not end")
			}
		}
		if two.wait("a", then.Add(-24*time.Hour)) != pause || one.wait("a", then.Add(-24*time.Hour+time.Minute)) != pause-time.Minute {
			t.Error("a clock put back prolongs the pause")
		}
	})
}

// TestAnotherBrakeOfTheRoom counts to its own number, and is swept with the room.
func TestAnotherBrakeOfTheRoom(t *testing.T) {
	each(t, func(t *testing.T, one, two wheel) {
		many := wheel{one.After(7), t}
		for i := range 7 {
			if began := many.failed("a", then); began != (i == 6) {
				t.Errorf("try %d began the pause: %v", i+1, began)
			}
			if paused := many.wait("a", then) > 0; paused != (i == 6) {
				t.Errorf("paused after %d: %v", i+1, paused)
			}
		}
		if err := two.Forget(t.Context(), then.Add(pause)); err != nil {
			t.Fatal(err)
		}
		if n, err := countRows(t, one); n != 0 || err != nil {
			t.Errorf("%d keys are remembered: %v", n, err)
		}
	})
}

func TestARightTryForgetsTheWrongOnesForAll(t *testing.T) {
	each(t, func(t *testing.T, one, two wheel) {
		for range triesMost - 1 {
			one.failed("a", then)
		}
		two.Succeeded(t.Context(), "a")
		if one.failed("a", then) {
			t.Error("one wrong try began the pause")
		}
		if two.Succeeded(t.Context(), "never tried"); two.wait("never tried", then) != 0 {
			t.Error("what was never tried waits")
		}
	})
}

func TestWrongTriesRunOut(t *testing.T) {
	each(t, func(t *testing.T, one, two wheel) {
		for range triesMost - 1 {
			one.failed("a", then)
		}
		if two.failed("a", then.Add(pause)) {
			t.Error("tries of an hour ago began a pause")
		}
	})
}

// TestTriesOfTwoCopiesAtOnceAreAllCounted: exactly one of them begins the pause.
func TestTriesOfTwoCopiesAtOnceAreAllCounted(t *testing.T) {
	each(t, func(t *testing.T, one, two wheel) {
		began := make([]bool, 20)
		errs := make([]error, len(began))
		var all sync.WaitGroup
		for i := range began {
			all.Go(func() { began[i], errs[i] = []wheel{one, two}[i%2].Failed(t.Context(), "a", then) })
		}
		all.Wait()
		n := 0
		for i := range began {
			if errs[i] != nil {
				t.Fatal(errs[i])
			}
			if began[i] {
				n++
			}
		}
		x, err := one.q(t.Context()).Tries(t.Context(), one.row("a"))
		if err != nil || n != 1 || x.Wrong != 20 {
			t.Errorf("%d began the pause, %d are counted: %v", n, x.Wrong, err)
		}
	})
}

func TestTwoRoomsDoNotCountTogether(t *testing.T) {
	each(t, func(t *testing.T, one, _ wheel) {
		other := wheel{New(one.db, "room2", pause), t}
		for range triesMost {
			one.failed("a", then)
		}
		if other.wait("a", then) != 0 {
			t.Error("another room's tries pause")
		}
		other.failed("a", then)
		if err := one.Forget(t.Context(), then.Add(pause)); err != nil {
			t.Fatal(err)
		}
		if _, err := other.q(t.Context()).Tries(t.Context(), other.row("a")); err != nil {
			t.Errorf("one room sweeps another's: %v", err)
		}
	})
}

// TestAFloodIsSweptAndEndsNoPause: what has run out goes, and of too many the ones that are not paused.
func TestAFloodIsSweptAndEndsNoPause(t *testing.T) {
	each(t, func(t *testing.T, one, two wheel) {
		one.failed("old", then)
		now := then.Add(pause)
		for range triesMost {
			one.failed("victim", now)
		}
		for i := range 10 {
			two.failed(fmt.Sprint(i), now)
		}
		count := func() int64 {
			n, err := countRows(t, one)
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		if err := two.forget(t.Context(), now, 11); err != nil || count() != 11 {
			t.Errorf("%d keys are remembered, want 11: %v", count(), err)
		}
		if err := two.forget(t.Context(), now, 10); err != nil || count() != 1 {
			t.Errorf("%d keys are remembered, want the paused one: %v", count(), err)
		}
		if one.wait("victim", now.Add(time.Minute)) != pause-time.Minute {
			t.Error("the pause is over")
		}
	})
}

func countRows(t *testing.T, w wheel) (n int64, err error) {
	err = w.db.Q(t.Context()).QueryRowContext(t.Context(), "SELECT COUNT(*) FROM brakes").Scan(&n)
	return n, err
}

// TestNothingOfATryCanBeRead in the table.
func TestNothingOfATryCanBeRead(t *testing.T) {
	each(t, func(t *testing.T, one, _ wheel) {
		one.failed("clerk-1\x00192.0.2.7", then)
		var key string
		if err := one.db.Q(t.Context()).QueryRowContext(t.Context(), "SELECT key FROM brakes").Scan(&key); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(key, "clerk") || strings.Contains(key, "192.") {
			t.Errorf("the table says %q", key)
		}
	})
}
