package simulate

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"bianmin/internal/cases"
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

// Whatever can happen to a case does: papers that are missing and never come, silence, extensions, refusals…
func TestALifeHasEverything(t *testing.T) {
	h := found(t, filepath.Join(t.TempDir(), db.File), keys(t))
	h.mustRun(Arguments{Days: 75, PerDay: 160, Seed: 3}, 5000)
	seen := h.dump(`SELECT kind FROM journal WHERE subject LIKE 'case/%' GROUP BY kind ORDER BY kind`)
	for _, k := range cases.Kinds {
		switch k.Kind {
		case cases.KindHanded, cases.KindRecounted, cases.KindResealed, cases.KindConveyed, cases.KindArrived, cases.KindMoveEnded, cases.KindEntrusted, cases.KindServed,
			cases.KindAsked, cases.KindAnswered, cases.KindFileAdded, cases.KindFileRemoved, cases.KindFileUnclear, cases.KindGaveBack: // by hand alone
			continue
		}
		if !slices.Contains(seen, string(k.Kind)) {
			t.Errorf("nothing was ever %s", k.Kind)
		}
	}
	count := func(query string) float64 {
		n, err := strconv.ParseFloat(h.dump(query)[0], 64)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	all := count(`SELECT COUNT(*) FROM cases`)
	if open := count(`SELECT COUNT(*) FROM cases WHERE open`); open < all/100 || open > all/3 {
		t.Errorf("%.0f of %.0f are open in the end", open, all)
	}
	if atOnce := count(`SELECT COUNT(*) FROM cases WHERE events = 4 AND state = 'closed'`); atOnce < all/3 {
		t.Errorf("%.0f of %.0f were done on the spot", atOnce, all)
	}
	if areas := h.dump(`SELECT DISTINCT SUBSTR(doc, INSTR(doc, '"masked":"') + 10, 6) AS area FROM cases WHERE doc LIKE '%"kind":"person"%' ORDER BY area`); !slices.Contains(areas, "610821") || !slices.Contains(areas, "612722") {
		t.Errorf("numbers of %v", areas)
	}
	if again := count(`SELECT COUNT(*) FROM (SELECT id_index FROM cases GROUP BY id_index HAVING COUNT(*) > 1) AS regulars`); again == 0 {
		t.Error("nobody came twice")
	}
}
