package journal

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"bianmin/internal/db"
	"bianmin/internal/enginetest"
)

// sealed are so many first entries about subjects of their own.
func sealed(from, n int) []Sealed {
	list := make([]Sealed, n)
	for i := range list {
		list[i] = Seal(entry(fmt.Sprintf("case/bulk-%06d", from+i)))
	}
	return list
}

func TestWhatIsAppendedInBulkIsLikeAnythingElse(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		k := b.keeper()
		b.add(3)
		b.advance(k)
		b.write(func(ctx context.Context) error { return k.AppendBulk(ctx, sealed(0, 300)) })
		b.advance(k)
		b.add(5)
		b.advance(k)
		b.gapless(308)
		if h := b.head(); h.Size != 308 || h.Root != b.copied().root(t) {
			t.Errorf("a head over %d, or another root", h.Size)
		}
		for i, e := range b.everything() {
			if !e.Intact() {
				t.Errorf("entry %d is not what its commitment binds", i+1)
			}
		}
		err := b.db.Write(t.Context(), func(ctx context.Context) error { return k.AppendBulk(ctx, sealed(7, 1)) })
		if err == nil {
			t.Error("the same place was taken twice")
		}
	})
}

func TestOnlyTheKeeperAppendsInBulk(t *testing.T) {
	url := enginetest.PostgresURL(t)
	b := on(t, url)
	b.advance(b.keeper())
	other, err := db.Open(t.Context(), url, db.Serving)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	beside := b.keeper()
	beside.db = other
	err = other.Write(t.Context(), func(ctx context.Context) error { return beside.AppendBulk(ctx, sealed(0, 1)) })
	if !errors.Is(err, errNotKeeper) {
		t.Errorf("beside the keeper: %v", err)
	}
}
