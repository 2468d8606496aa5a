package journal

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
)

// At every size all tiles that the format asks for are there, those that still grow too, and no other.
func TestEveryTileOfTheSignedLogIsServedAndNoOther(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		k := b.keeper()
		for _, size := range []int{1, 255, 256, 257, 700} {
			b.add(size - b.appended)
			b.advance(k)
			reference := b.copied()
			for index := int64(0); index <= int64(size)/tileWidth+1; index++ {
				for _, width := range []int{0, 1, 17, 188, 255, 256, 257} {
					b.tile(reference, 0, index, width, index*tileWidth+int64(width) <= int64(size))
				}
			}
			whole := size / tileWidth
			for _, width := range []int{0, 1, 2, 3, 256} {
				b.tile(reference, 1, 0, width, width <= whole)
			}
			b.tile(reference, 1, 1, 1, false)
			b.tile(reference, 2, 0, 1, false)
			b.tile(reference, 63, 0, 1, false)
			b.tile(reference, 0, 1<<62, 1, false)
		}
	})
}

func (b *base) tile(reference *book, level, index int64, width int, there bool) {
	b.t.Helper()
	got, err := b.Tile(b.t.Context(), level, index, width)
	if there = there && width > 0 && width <= tileWidth; !there {
		if !errors.Is(err, ErrNoTile) {
			b.t.Errorf("size %d: tile %d/%d.p/%d: %d bytes, %v", reference.size, level, index, width, len(got), err)
		}
		return
	}
	want, err2 := tlog.ReadTileData(tlog.Tile{H: tileHeight, L: int(level), N: index, W: width}, reference)
	if err != nil || err2 != nil || !bytes.Equal(got, want) {
		b.t.Errorf("size %d: tile %d/%d.p/%d differs, %v %v", reference.size, level, index, width, err, err2)
	}
}

func TestWhatNoHeadSignsIsNotServed(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		if _, err := b.Tile(t.Context(), 0, 0, 1); !errors.Is(err, ErrNoTile) {
			t.Errorf("a tile of nothing: %v", err)
		}
		b.add(3)
		b.advance(b.keeper())
		b.add(2)
		for width, want := range map[int]error{3: nil, 4: ErrNoTile} {
			if _, err := b.Tile(t.Context(), 0, 0, width); !errors.Is(err, want) {
				t.Errorf("width %d: %v", width, err)
			}
			if _, err := b.Bundle(t.Context(), 0, width); !errors.Is(err, want) {
				t.Errorf("a bundle of %d: %v", width, err)
			}
		}
	})
}

func TestABundleHoldsTheCommitments(t *testing.T) {
	b := onSQLite(t)
	b.add(3)
	b.advance(b.keeper())
	bundle, err := b.Bundle(t.Context(), 0, 3)
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range b.everything() {
		if part := bundle[i*34 : i*34+34]; part[0] != 0 || part[1] != 32 || !bytes.Equal(part[2:], e.Leaf()) {
			t.Errorf("entry %d: %x", i, part)
		}
	}
	if len(bundle) != 3*34 {
		t.Errorf("%d bytes", len(bundle))
	}
}

// What is missing is no tile that is not there: whoever asks has a head that promises it.
func TestATileOfWhatWasTakenAwayIsAnAlteration(t *testing.T) {
	b := onSQLite(t)
	b.add(600)
	b.advance(b.keeper())
	for what, tt := range map[string]struct {
		text         string
		level, index int64
		width        int
	}{
		"an entry":         {`DELETE FROM journal WHERE entry = 550`, 0, 2, 88},
		"the last entry":   {`DELETE FROM journal WHERE entry = 600`, 0, 2, 88},
		"a whole tile":     {`DELETE FROM journal_tiles WHERE idx = 1`, 0, 1, 256},
		"a tile below":     {`DELETE FROM journal_tiles WHERE idx = 1`, 1, 0, 2},
		"a tile below cut": {`UPDATE journal_tiles SET hashes = zeroblob(32) WHERE idx = 1`, 1, 0, 2},
		"a tile cut":       {`UPDATE journal_tiles SET hashes = zeroblob(32) WHERE idx = 1`, 0, 1, 256},
	} {
		err := b.db.Write(t.Context(), func(ctx context.Context) error {
			b.exec(ctx, tt.text)
			if _, err := b.Tile(ctx, tt.level, tt.index, tt.width); !errors.Is(err, ErrAltered) {
				t.Errorf("%s: %v", what, err)
			}
			return errUndo
		})
		if !errors.Is(err, errUndo) {
			t.Fatal(err)
		}
	}
}

func TestConsistencyBetweenAnyTwoSizes(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		b.add(700)
		b.advance(b.keeper())
		reference := b.copied()
		for _, from := range []int64{0, 1, 255, 256, 257, 511, 512, 699, 700} {
			proof, err := b.Consistency(t.Context(), from, 700)
			if err != nil {
				t.Fatal(err)
			}
			if from == 0 || from == 700 {
				if len(proof) != 0 {
					t.Errorf("from %d: %d hashes", from, len(proof))
				}
				continue
			}
			old, err := tlog.TreeHash(from, reference)
			if err != nil {
				t.Fatal(err)
			}
			if err := tlog.CheckTree(proof, 700, reference.root(t), from, old); err != nil {
				t.Errorf("from %d: %v", from, err)
			}
		}
	})
}
