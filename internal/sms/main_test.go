package sms

import (
	"context"
	"errors"
	"testing"
	"time"

	"bianmin/internal/clock"
	"bianmin/internal/db"
	"bianmin/internal/enginetest"
	"bianmin/internal/ident"
	"bianmin/internal/seal"
)

func TestMain(m *testing.M) { enginetest.Main(m) }

var now = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

// told is a provider that does as it is told.
type told struct {
	got    []Outgoing
	answer func(n int, o Outgoing) (int, error)
	closed bool
}

func (p *told) Send(_ context.Context, o Outgoing) (int, error) {
	p.got = append(p.got, o)
	if p.answer == nil {
		return o.From + 1, nil
	}
	return p.answer(len(p.got)-1, o)
}

func (p *told) Close() error { p.closed = true; return nil }

// base is the outbox on an open database, with a clock that stands still.
type base struct {
	*Service
	t        *testing.T
	wall     *clock.Manual
	provider *told
}

func each(t *testing.T, f func(t *testing.T, b *base)) {
	t.Helper()
	enginetest.Each(t, func(t *testing.T, url string) {
		d, err := db.Open(t.Context(), url, db.Serving)
		if err != nil {
			t.Fatal(err)
		}
		keys, err := seal.Generate("bianmin.test")
		if err != nil {
			t.Fatal(err)
		}
		box, err := keys.Box()
		if err != nil {
			t.Fatal(err)
		}
		b := &base{t: t, wall: clock.NewManual(now), provider: &told{}}
		b.Service = New(Parts{DB: d, Box: box, Work: b.wall, Wall: b.wall, Provider: b.provider})
		f(t, b)
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
}

const phone = ident.Phone("13912345127")

func (b *base) put(m Message) {
	b.t.Helper()
	if m.To == "" {
		m.To = phone
	}
	if err := b.DB.Write(b.t.Context(), func(ctx context.Context) error { return b.Put(ctx, m) }); err != nil {
		b.t.Fatal(err)
	}
}

func (b *base) drain() int {
	b.t.Helper()
	n, err := b.Drain(b.t.Context())
	if err != nil {
		b.t.Fatal(err)
	}
	return n
}

func (b *base) list(f Filter) []View {
	b.t.Helper()
	page, err := b.List(b.t.Context(), f)
	if err != nil {
		b.t.Fatal(err)
	}
	return page.Messages
}

var errDown = errors.New("down")
