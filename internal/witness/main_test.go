package witness

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"bianmin/internal/db"
	"bianmin/internal/enginetest"
	"bianmin/internal/journal"
	"bianmin/internal/seal"
)

func TestMain(m *testing.M) { enginetest.Main(m) }

const origin = "bianmin.test"

// base is a log on an open database.
type base struct {
	*journal.Journal
	t        *testing.T
	db       *db.DB
	keys     *seal.Keys
	appended int
}

func each(t *testing.T, f func(t *testing.T, b *base)) {
	t.Helper()
	enginetest.Each(t, func(t *testing.T, url string) {
		d, err := db.Open(t.Context(), url, db.Tool)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := d.Close(); err != nil {
				t.Error(err)
			}
		})
		keys, err := seal.Generate(origin)
		if err != nil {
			t.Fatal(err)
		}
		f(t, &base{Journal: journal.New(d), t: t, db: d, keys: keys})
	})
}

// grow appends up to a size, and signs with a keeper that starts anew.
func (b *base) grow(size int) {
	b.t.Helper()
	b.write(func(ctx context.Context) error {
		for b.appended < size {
			b.appended++
			e := journal.Entry{Subject: fmt.Sprintf("case/%06d", b.appended), Seq: 1, Kind: "received", Actor: "x", Data: []byte(`{}`)}
			if err := b.Append(ctx, e); err != nil {
				return err
			}
		}
		return nil
	})
	b.sign()
}

func (b *base) sign() {
	b.t.Helper()
	signers, err := b.keys.Signers()
	if err != nil {
		b.t.Fatal(err)
	}
	if err := journal.NewKeeper(b.db, signers, b.known(), slog.New(slog.DiscardHandler)).Advance(b.t.Context()); err != nil {
		b.t.Fatal(err)
	}
}

func (b *base) known() []note.Verifier {
	b.t.Helper()
	known, err := b.keys.Verifiers()
	if err != nil {
		b.t.Fatal(err)
	}
	return known
}

func (b *base) write(work func(ctx context.Context) error) {
	b.t.Helper()
	if err := b.db.Write(b.t.Context(), work); err != nil {
		b.t.Fatal(err)
	}
}

func (b *base) exec(text string, args ...any) {
	b.t.Helper()
	b.write(func(ctx context.Context) error {
		_, err := b.db.Q(ctx).ExecContext(ctx, text, args...)
		return err
	})
}

// cosigned is the kept head; every line under it has to hold.
func (b *base) cosigned() journal.Cosigned {
	b.t.Helper()
	c, err := b.Cosigned(b.t.Context())
	if err != nil {
		b.t.Fatal(err)
	}
	if c.Size > 0 {
		if h, err := journal.OpenHead(c.Note, b.known()...); err != nil || h.Size != c.Size {
			b.t.Fatalf("%+v, %v", h, err)
		}
		if lines, err := Cosignatures(c.Note, c.Keys); err != nil || len(lines) != len(c.Keys) {
			b.t.Fatalf("%d lines of %d keys, %v", len(lines), len(c.Keys), err)
		}
	}
	return c
}

// asking is a gatherer, and what it was told of each witness in the last round.
type asking struct {
	Gatherer
	b    *base
	told map[string]error
}

func (b *base) asking(quorum int, list ...Witness) *asking {
	a := &asking{b: b}
	a.Gatherer = Gatherer{Log: b.Journal, Witnesses: list, Quorum: quorum, Client: &http.Client{Timeout: patience},
		Leads: func(context.Context) (bool, error) { return true, nil },
		Told:  func(_ context.Context, name string, _ int64, err error) { a.told[name] = err }}
	return a
}

// patience bounds what a test waits for.
const patience = time.Minute

func (a *asking) round() map[string]error {
	a.b.t.Helper()
	a.told = map[string]error{}
	if err := a.Round(a.b.t.Context()); err != nil {
		a.b.t.Fatal(err)
	}
	return a.told
}
