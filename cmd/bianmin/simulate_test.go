package main

import (
	"testing"
	"time"

	"bianmin/internal/simulate"
)

// TestHowFarALifeIsTold: nothing is said of a speed that nobody has measured yet, nor of entries when none were written.
func TestHowFarALifeIsTold(t *testing.T) {
	at := time.Date(2026, time.March, 9, 18, 0, 0, 0, time.UTC)
	for want, c := range map[string]struct {
		at    simulate.Progress
		since int64
		took  time.Duration
	}{
		"2026-03-10  办件 3570  在办 1057  日志 14577 条":              {simulate.Progress{Now: at, Cases: 3570, Open: 1057, Entries: 14577}, 0, time.Millisecond},
		"2026-03-10  办件 44654  每秒 7262 件  在办 4415  日志 224975 条": {simulate.Progress{Now: at, Cases: 44654, Open: 4415, Entries: 224975}, 14525, 2 * time.Second},
		"2026-03-10  办件 13568  在办 2048":                         {simulate.Progress{Now: at, Cases: 13568, Open: 2048}, 0, 0},
	} {
		if got := howFar(c.at, c.since, c.took); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
