package journal

import (
	"context"
	"fmt"
	"log/slog"
	"testing"

	"bianmin/internal/db"
	"bianmin/internal/enginetest"
)

func TestOfTwoKeepersOneLeadsAndTheOtherTakesOver(t *testing.T) {
	url := enginetest.PostgresURL(t)
	b := on(t, url)
	second, err := db.Open(t.Context(), url, db.Serving)
	if err != nil {
		t.Fatal(err)
	}
	leader := b.keeperOn(second, slog.New(slog.DiscardHandler))
	waiting := b.keeper()
	b.add(300)
	b.advance(leader)
	b.add(300)
	b.advance(waiting)
	if h := b.head(); h.Size != 300 {
		t.Errorf("the one who does not lead signed %d entries", h.Size)
	}
	b.advance(leader)
	b.add(100)
	if err := second.Close(); err != nil {
		t.Fatal(err)
	}
	soon(t, "taking over", func() {
		for size := int64(0); size < 700; {
			if err := waiting.Advance(t.Context()); err != nil {
				t.Error(err)
				return
			}
			if _, size, err = b.Checkpoint(t.Context()); err != nil {
				t.Error(err)
				return
			}
		}
	})
	b.gapless(700)
	if b.head().Root != b.copied().root(t) {
		t.Error("another root")
	}
}

// A leader whose connection breaks may go on for a moment beside the next one: no number may be lost or given twice.
func TestSeveralWhoNumberAtOnceLeaveNoGap(t *testing.T) {
	const rounds, writers, numberers = 30, 4, 4
	b := on(t, enginetest.PostgresURL(t))
	k := b.keeper()
	for round := range rounds {
		err := together(writers+numberers, func(i int) error {
			if i >= writers {
				return k.number(t.Context())
			}
			return b.db.Write(t.Context(), func(ctx context.Context) error {
				return b.Append(ctx, entry(fmt.Sprintf("case/%d-%d-1", round, i)), entry(fmt.Sprintf("case/%d-%d-2", round, i)))
			})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := k.number(t.Context()); err != nil {
		t.Error(err)
	}
	b.gapless(2 * rounds * writers)
}
