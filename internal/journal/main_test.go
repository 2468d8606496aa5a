package journal

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"bianmin/internal/db"
	"bianmin/internal/enginetest"
	"bianmin/internal/seal"
)

func TestMain(m *testing.M) { enginetest.Main(m) }

// patience bounds what a test waits for; only a test that fails ever waits so long.
const patience = 60 * time.Second

var began = time.Date(2026, 3, 10, 2, 20, 0, 123456000, time.UTC)

// base is a journal on an open database, with keys of its own.
type base struct {
	*Journal
	t        *testing.T
	url      string
	keys     *seal.Keys
	appended int
	book     book
}

// each runs a test on both engines.
func each(t *testing.T, f func(t *testing.T, b *base)) {
	t.Helper()
	enginetest.Each(t, func(t *testing.T, url string) { f(t, on(t, url)) })
}

func onSQLite(t *testing.T) *base {
	t.Helper()
	return on(t, filepath.Join(t.TempDir(), db.File))
}

func on(t *testing.T, url string) *base {
	t.Helper()
	keys, err := seal.Generate("bianmin.test")
	if err != nil {
		t.Fatal(err)
	}
	return &base{Journal: New(open(t, url)), t: t, url: url, keys: keys}
}

func open(t *testing.T, url string) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), url, db.Tool)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// entry is the first about a subject of its own.
func entry(subject string) Entry {
	return Entry{Subject: subject, Seq: 1, At: began, Kind: "received", Actor: "clerk-610881101", Place: "610881101000", Data: []byte(`{"n":1}`)}
}

// add appends so many entries in one transaction.
func (b *base) add(n int) {
	b.t.Helper()
	b.write(func(ctx context.Context) error {
		for range n {
			b.appended++
			if err := b.Append(ctx, entry(fmt.Sprintf("case/%06d", b.appended))); err != nil {
				return err
			}
		}
		return nil
	})
}

func (b *base) write(work func(ctx context.Context) error) {
	b.t.Helper()
	if err := b.db.Write(b.t.Context(), work); err != nil {
		b.t.Fatal(err)
	}
}

func (b *base) exec(ctx context.Context, text string, args ...any) {
	b.t.Helper()
	if _, err := b.db.Q(ctx).ExecContext(ctx, text, args...); err != nil {
		b.t.Fatalf("%s: %v", text, err)
	}
}

func (b *base) number(text string) int64 {
	b.t.Helper()
	var n int64
	if err := b.db.Q(b.t.Context()).QueryRowContext(b.t.Context(), text).Scan(&n); err != nil {
		b.t.Fatalf("%s: %v", text, err)
	}
	return n
}

func (b *base) keeper() *Keeper {
	b.t.Helper()
	return b.keeperOn(b.db, slog.New(slog.DiscardHandler))
}

// keeperOn is a keeper with the keys as they are now, on any connection.
func (b *base) keeperOn(d *db.DB, log *slog.Logger) *Keeper {
	b.t.Helper()
	signers, err := b.keys.Signers()
	if err != nil {
		b.t.Fatal(err)
	}
	return NewKeeper(d, signers, b.known(), log)
}

func (b *base) known() []note.Verifier {
	b.t.Helper()
	known, err := b.keys.Verifiers()
	if err != nil {
		b.t.Fatal(err)
	}
	return known
}

func (b *base) advance(k *Keeper) {
	b.t.Helper()
	if err := k.Advance(b.t.Context()); err != nil {
		b.t.Fatal(err)
	}
}

// head opens the stored head; it must be there.
func (b *base) head() Head {
	b.t.Helper()
	text, size, err := b.Checkpoint(b.t.Context())
	if err != nil {
		b.t.Fatal(err)
	}
	h, err := OpenHead(text, b.known()...)
	if err != nil || h.Size != size {
		b.t.Fatalf("the head %q: %v, size %d and %d", text, err, h.Size, size)
	}
	return h
}

// everything reads the numbered entries in order.
func (b *base) everything() []Entry {
	b.t.Helper()
	all, err := b.After(b.t.Context(), 0, 1<<30)
	if err != nil {
		b.t.Fatal(err)
	}
	return all
}

// gapless checks that the numbers are 1…n.
func (b *base) gapless(n int) {
	b.t.Helper()
	all := b.everything()
	if len(all) != n {
		b.t.Fatalf("%d numbered entries of %d", len(all), n)
	}
	for i, e := range all {
		if e.Number != int64(i)+1 {
			b.t.Fatalf("entry %d has the number %d", i+1, e.Number)
		}
	}
}

// book is the reference: the log of golang.org/x/mod/sumdb/tlog over the same records.
type book struct {
	size   int64
	hashes []tlog.Hash
}

func (b *book) add(t testing.TB, record []byte) {
	t.Helper()
	more, err := tlog.StoredHashes(b.size, record, b)
	if err != nil {
		t.Fatal(err)
	}
	b.size, b.hashes = b.size+1, append(b.hashes, more...)
}

func (b *book) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	list := make([]tlog.Hash, len(indexes))
	for i, x := range indexes {
		if x >= int64(len(b.hashes)) {
			return nil, fmt.Errorf("no hash %d", x)
		}
		list[i] = b.hashes[x]
	}
	return list, nil
}

func (b *book) root(t testing.TB) tlog.Hash {
	t.Helper()
	root, err := tlog.TreeHash(b.size, b)
	if err != nil {
		t.Fatal(err)
	}
	return root
}

func (b *book) tile(t testing.TB, level, index int64) []byte {
	t.Helper()
	data, err := tlog.ReadTileData(tlog.Tile{H: 8, L: int(level), N: index, W: tileWidth}, b)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// copied is the reference over what the database holds: entries never change, so it reads on from where it was.
func (b *base) copied() *book {
	b.t.Helper()
	more, err := b.After(b.t.Context(), b.book.size, 1<<30)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, e := range more {
		b.book.add(b.t, e.Leaf())
	}
	return &b.book
}

// together runs f so many times at once and joins the errors.
func together(n int, f func(i int) error) error {
	errs := make([]error, n)
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { errs[i] = f(i) })
	}
	all.Wait()
	return errors.Join(errs...)
}

// soon fails the test when f does not come to an end.
func soon(t *testing.T, what string, f func()) {
	t.Helper()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		f()
	}()
	select {
	case <-ended:
	case <-time.After(patience):
		t.Fatalf("%s does not come to an end", what)
	}
}

var errUndo = errors.New("undo")
