package simulate

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"bianmin/internal/db"
	"bianmin/internal/enginetest"
)

// short is a life of some weeks.
var short = Arguments{Days: 45, PerDay: 12, Seed: 7}

func TestVerifyFindsNothingInASimulatedLife(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		h := found(t, url, keys(t))
		h.mustRun(short, 300)
		if n := h.dump(`SELECT COUNT(*) FROM cases`)[0]; n < "200" || len(n) != 3 {
			t.Errorf("%s cases", n)
		}
		h.verified()
	})
}

// Killed at any moment and started again, it comes to the same.
func TestAnInterruptedLifeIsTheSame(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		k := keys(t)
		whole := found(t, filepath.Join(t.TempDir(), db.File), k)
		whole.mustRun(short, 300)
		want := whole.everything()

		h := found(t, url, k)
		stops := 0
		for {
			ctx, kill := context.WithCancel(t.Context())
			batches := 0
			err := h.run(ctx, short, 97, func(Progress) { // what is lived through meanwhile is lost
				if batches++; batches == 3 {
					kill()
				}
			})
			kill()
			h.again()
			if err == nil {
				break
			}
			if !errors.Is(err, context.Canceled) {
				t.Fatal(err)
			}
			stops++
		}
		if stops < 3 {
			t.Errorf("it was stopped %d times", stops)
		}
		got := h.everything()
		for i := range min(len(want), len(got)) {
			if want[i] != got[i] {
				t.Fatalf("line %d:\n%s, want\n%s", i, got[i], want[i])
			}
		}
		if len(want) != len(got) {
			t.Errorf("%d lines, want %d", len(got), len(want))
		}
		h.verified()
	})
}

func TestEntriesStandInTheOrderOfTime(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		h := found(t, url, keys(t))
		h.mustRun(short, 300)
		last := int64(0)
		for _, line := range h.dump(`SELECT at FROM journal WHERE subject LIKE 'case/%' ORDER BY entry`) {
			at, err := strconv.ParseInt(line, 10, 64)
			if err != nil || at < last {
				t.Fatalf("%s after %d: %v", line, last, err)
			}
			last = at
		}
	})
}

func TestAnotherSeedIsAnotherLife(t *testing.T) {
	names := func(seed uint64) []string {
		h := found(t, filepath.Join(t.TempDir(), db.File), keys(t))
		h.mustRun(Arguments{Days: 5, PerDay: 10, Seed: seed}, 300)
		return h.dump(`SELECT name FROM cases ORDER BY number`)
	}
	if one, same, other := names(1), names(1), names(2); !slices.Equal(one, same) || slices.Equal(one, other) {
		t.Errorf("%v, %v, %v", one, same, other)
	}
}
