package journal

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func TestTheNameOfTheLogTellsItsEpoch(t *testing.T) {
	for origin, want := range map[string]int64{"bianmin.test": 1, "bianmin.test/2": 2, "bianmin.test/17": 17} {
		if first, n := EpochOf(origin); first != "bianmin.test" || n != want || OriginIn(first, n) != origin {
			t.Errorf("%s: %s %d", origin, first, n)
		}
	}
	for _, odd := range []string{"a/1", "a/0", "a/-2", "a/02", "a/+2", "a/x", "a/", "a/2/sm2"} {
		if first, n := EpochOf(odd); first != odd || n != 1 {
			t.Errorf("%s: %s %d", odd, first, n)
		}
	}
}

// lose puts the log back to a size, as an old backup does, and gives the last head of before.
func (b *base) lose(size int) (last string) {
	b.t.Helper()
	last, _, err := b.Checkpoint(b.t.Context())
	if err != nil {
		b.t.Fatal(err)
	}
	root, err := tlog.TreeHash(int64(size), b.copied())
	if err != nil {
		b.t.Fatal(err)
	}
	b.write(func(ctx context.Context) error {
		b.exec(ctx, `DELETE FROM journal WHERE entry > $1`, size)
		b.exec(ctx, `DELETE FROM journal_tiles WHERE (idx + 1) * 256 > $1`, size)
		b.exec(ctx, `DELETE FROM journal_head`)
		head, err := signHead([]note.Signer{signer(b.t, b.keys)}, int64(size), root)
		if err != nil {
			return err
		}
		b.exec(ctx, `INSERT INTO journal_head (origin, size, note) VALUES ($1, $2, $3)`, b.keys.Origin(), size, head)
		return nil
	})
	b.appended, b.book = size, book{}
	return last
}

// declare does what bianmin epoch declare does.
func (b *base) declare(kept int64, before string) Epoch {
	b.t.Helper()
	epochs, err := b.Epochs(b.t.Context())
	if err != nil {
		b.t.Fatal(err)
	}
	n := int64(len(epochs)) + 2
	e := Epoch{Epoch: n, Origin: OriginIn("bianmin.test", n), At: began, Kept: kept, Reason: "机房停电"}
	if err := b.Measure(b.t.Context(), &e, before, b.known()...); err != nil {
		b.t.Fatal(err)
	}
	if err := b.keys.BeginEpoch(e.Origin); err != nil {
		b.t.Fatal(err)
	}
	if err := b.Declare(b.t.Context(), e, "command-line"); err != nil {
		b.t.Fatal(err)
	}
	b.appended++
	return e
}

func TestAfterADeclaredLossTheLogGoesOnUnderANewName(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		b.add(700)
		b.advance(b.keeper())
		last := b.lose(520)
		kept := b.head().Root
		e := b.declare(0, last)
		if e.Kept != 520 || e.Lost != 700 || e.Head != last || !bytes.Equal(e.Root, kept[:]) {
			t.Errorf("declared: %+v", e)
		}
		b.add(300)
		b.advance(b.keeper())
		h := b.head()
		if h.Origin != "bianmin.test/2" || h.Size != 821 || h.Root != b.copied().root(t) {
			t.Errorf("the head: %+v", h)
		}
		if n := b.number(`SELECT COUNT(*) FROM journal_head`); n != 1 {
			t.Errorf("%d heads", n)
		}
		if found := b.audit(t.Context()); len(found) > 0 {
			t.Error(found)
		}
		epochs, err := b.Epochs(t.Context())
		if err != nil || len(epochs) != 1 || epochs[0].Lost != 700 || epochs[0].Reason != "机房停电" {
			t.Errorf("%+v, %v", epochs, err)
		}
		entries, err := b.About(t.Context(), "epoch/2")
		if err != nil || len(entries) != 1 || entries[0].Number <= 520 {
			t.Errorf("the declaration's entry: %d of them, %v", len(entries), err)
		}
		room := b.EpochRoom()
		stored, err := room.Page(t.Context(), "epoch/")
		if err != nil || len(stored) != 1 {
			t.Fatal(stored, err)
		}
		if want, err := room.Rebuild(entries); err != nil || want.Subject != stored[0].Subject || want.Columns[0] != stored[0].Columns[0] {
			t.Errorf("the row %+v, and the entry says %+v", stored[0], want)
		}
	})
}

func TestALossThatCannotBeIsNotDeclared(t *testing.T) {
	b := onSQLite(t)
	b.add(10)
	b.advance(b.keeper())
	own, _, err := b.Checkpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for what, tt := range map[string]struct {
		kept   int64
		before string
	}{
		"more kept than there is":   {11, ""},
		"less than nothing":         {-1, ""},
		"a head that is not lost":   {0, own},
		"a head of another log":     {0, signed(t, keys(t, "bianmin.test"), 20, b.head().Root)},
		"a head that was altered":   {5, strings.Replace(own, "\n10\n", "\n12\n", 1)},
		"a text that is no head":    {5, "x"},
		"a head of exactly what is": {10, own},
	} {
		e := Epoch{Kept: tt.kept}
		if err := b.Measure(t.Context(), &e, tt.before, b.known()...); !errors.Is(err, ErrEpoch) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestADeclarationExcusesWhatItNamesAndNoMore(t *testing.T) {
	epochs := []Epoch{{Epoch: 2, Kept: 100, Lost: 150}, {Epoch: 3, Kept: 120}, {Epoch: 5, Kept: 90, Lost: 400}}
	for _, tt := range []struct {
		origin string
		size   int64
		by     int64
		named  bool
	}{
		{"a", 90, 0, false}, {"a", 91, 5, true}, {"a", 100, 5, true}, {"a", 101, 2, true}, {"a", 150, 2, true}, {"a", 151, 2, false},
		{"a/2", 90, 0, false}, {"a/2", 120, 5, true}, {"a/2", 121, 3, false},
		{"a/3", 400, 5, true}, {"a/3", 401, 5, false}, {"a/4", 95, 5, true}, {"a/5", 1000, 0, false},
	} {
		by, named := Lost(epochs, Head{Origin: tt.origin, Size: tt.size})
		if got := by; (got == nil) != (tt.by == 0) || got != nil && got.Epoch != tt.by || named != tt.named {
			t.Errorf("%s %d: %+v, %v", tt.origin, tt.size, by, named)
		}
	}
}
