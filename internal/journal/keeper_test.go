package journal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"strings"
	"testing"
)

func TestNumbersHaveNoGapsUnderManyWriters(t *testing.T) {
	const writers, writes = 32, 20
	each(t, func(t *testing.T, b *base) {
		ctx, end := context.WithCancel(t.Context())
		kept := make(chan struct{})
		go func() {
			defer close(kept)
			b.keeper().Run(ctx)
		}()
		err := together(writers, func(i int) error {
			for n := range writes {
				e := entry(fmt.Sprintf("case/%02d", i))
				e.Seq = int64(n) + 1
				err := b.db.Write(t.Context(), func(ctx context.Context) error {
					if err := b.Append(ctx, e); err != nil || n%5 > 0 {
						return err
					}
					e := entry(fmt.Sprintf("case/%02d/undone", i)) // leaves no gap
					return errors.Join(b.Append(ctx, e), errUndo)
				})
				if errors.Is(err, errUndo) {
					err = b.db.Write(t.Context(), func(ctx context.Context) error { return b.Append(ctx, e) })
				}
				if err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
		end()
		soon(t, "the keeper", func() { <-kept })
		b.gapless(writers * writes)
		if h := b.head(); h.Size != writers*writes || h.Root != b.copied().root(t) {
			t.Errorf("the head is over %d of %d entries, or has another root", h.Size, writers*writes)
		}
		last := map[string]int64{}
		for _, e := range b.everything() {
			if !e.Intact() || e.Seq != last[e.Subject]+1 {
				t.Fatalf("entry %d: %s %d, intact %v", e.Number, e.Subject, e.Seq, e.Intact())
			}
			last[e.Subject] = e.Seq
		}
	})
}

// A page asks the keeper to go on, beside its own pace, and several pages may at once.
func TestAKeeperIsAskedByManyAtOnce(t *testing.T) {
	const askers, writes = 8, 40
	each(t, func(t *testing.T, b *base) {
		k := b.keeper()
		err := together(askers, func(i int) error {
			for n := range writes {
				e := entry(fmt.Sprintf("case/%02d", i))
				e.Seq = int64(n) + 1
				if err := b.db.Write(t.Context(), func(ctx context.Context) error { return b.Append(ctx, e) }); err != nil {
					return err
				}
				if err := k.Advance(t.Context()); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
		b.gapless(askers * writes)
		if h := b.head(); h.Size != askers*writes || h.Root != b.copied().root(t) {
			t.Errorf("the head is over %d of %d entries, or has another root", h.Size, askers*writes)
		}
	})
}

func TestTheKeeperSignsByItself(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		ctx, end := context.WithCancel(t.Context())
		defer end()
		go b.keeper().Run(ctx)
		b.add(3)
		soon(t, "a head over 3 entries", func() {
			for size := int64(0); size < 3; {
				var err error
				if _, size, err = b.Checkpoint(t.Context()); err != nil {
					t.Error(err)
					return
				}
				runtime.Gosched()
			}
		})
	})
}

func TestNothingIsSignedOfNothing(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		b.advance(b.keeper())
		if note, size, err := b.Checkpoint(t.Context()); note != "" || size != 0 || err != nil {
			t.Errorf("a head %q over %d entries, %v", note, size, err)
		}
	})
}

// sizes are those at which a log grows another tile, and some between.
var sizes = []int{1, 2, 3, 255, 256, 257, 300, 511, 512, 513, 700, 1024}

func TestHeadAndTilesAreThoseOfTheReference(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		k := b.keeper()
		for _, size := range sizes {
			b.add(size - b.appended)
			b.advance(k)
			reference := b.copied()
			if h := b.head(); h.Size != int64(size) || h.Root != reference.root(t) {
				t.Errorf("size %d: a head over %d, or another root", size, h.Size)
			}
			b.tiles(reference)
		}
	})
}

// tiles compares the stored tiles with those of the reference: all that are whole, and no other.
func (b *base) tiles(reference *book) {
	b.t.Helper()
	want := int64(0)
	for level, whole := int64(0), reference.size/tileWidth; whole > 0; level, whole = level+1, whole/tileWidth {
		want += whole
		for index := range whole {
			var hashes []byte
			err := b.db.Q(b.t.Context()).QueryRowContext(b.t.Context(),
				`SELECT hashes FROM journal_tiles WHERE level = $1 AND idx = $2`, level, index).Scan(&hashes)
			if err != nil || !bytes.Equal(hashes, reference.tile(b.t, level, index)) {
				b.t.Errorf("tile %d/%d: %d bytes, %v", level, index, len(hashes), err)
			}
		}
	}
	if n := b.number(`SELECT COUNT(*) FROM journal_tiles`); n != want {
		b.t.Errorf("size %d: %d tiles, want %d", reference.size, n, want)
	}
}

func TestAGapIsNotSigned(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		k := b.keeper()
		b.add(3)
		b.advance(k)
		b.add(3)
		b.write(func(ctx context.Context) error {
			b.exec(ctx, `UPDATE journal SET entry = 77 WHERE subject = 'case/000006'`)
			return nil
		})
		if err := k.Advance(t.Context()); err == nil {
			t.Error("the keeper did not mind")
		}
		if h := b.head(); h.Size != 3 {
			t.Errorf("the head is over %d entries", h.Size)
		}
	})
}

func TestTheSameTroubleIsLoggedOnce(t *testing.T) {
	b := onSQLite(t)
	b.add(300)
	b.advance(b.keeper())
	b.write(func(ctx context.Context) error { b.rewrite(ctx, 299); return nil })
	var log bytes.Buffer
	k := b.keeperOn(b.db, slog.New(slog.NewTextHandler(&log, nil)))
	for range 5 {
		k.try(t.Context())
	}
	if n := strings.Count(log.String(), "level=ERROR"); n != 1 {
		t.Errorf("%d lines:\n%s", n, log.String())
	}
}
