package citizen

import (
	"errors"
	"fmt"
	"regexp"
	"testing"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/clock"
	"bianmin/internal/db"
	"bianmin/internal/enginetest"
	"bianmin/internal/journal"
	"bianmin/internal/place"
	"bianmin/internal/problem"
	"bianmin/internal/seal"
	"bianmin/internal/sms"
)

func TestMain(m *testing.M) { enginetest.Main(m) }

const (
	phone = "139 1234 5127"
	other = "13812340001"
	here  = "10.8.1.101"
)

// The demonstration's day is not the machine's.
var (
	workTime = time.Date(2026, 3, 10, 2, 20, 0, 0, time.UTC)
	wallTime = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
)

// base is the room on an open database, with clocks that stand still.
type base struct {
	*Service
	t    *testing.T
	wall *clock.Manual
	work *clock.Manual
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
		b := &base{t: t, wall: clock.NewManual(wallTime), work: clock.NewManual(workTime)}
		outbox := sms.New(sms.Parts{DB: d, Box: box, Work: b.work, Wall: b.wall, Keep: true})
		b.Service = New(Parts{DB: d, Journal: journal.New(d), Box: box, Messages: outbox, Root: place.Place{Code: "610881000000", Name: "神木市"}, Work: b.work, Wall: b.wall})
		f(t, b)
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
}

// later moves both clocks.
func (b *base) later(d time.Duration) {
	b.wall.Set(b.wall.Now().Add(d))
	b.work.Set(b.work.Now().Add(d))
}

var sixDigits = regexp.MustCompile(`\d{6}`)

// asks asks for a code and reads it from the outbox.
func (b *base) asks(to string) string {
	b.t.Helper()
	if err := b.Ask(b.t.Context(), to, here); err != nil {
		b.t.Fatal(err)
	}
	page, err := b.Messages.List(b.t.Context(), sms.Filter{Limit: 1})
	if err != nil || len(page.Messages) == 0 {
		b.t.Fatal(page, err)
	}
	return sixDigits.FindString(page.Messages[0].Text)
}

// try signs in and gives the code of the answer, "" for a session.
func (b *base) try(to, typed string) string {
	_, _, err := b.SignIn(b.t.Context(), to, typed, here)
	return code(err)
}

func (b *base) signIn(to string) (string, access.Actor) {
	b.t.Helper()
	token, who, err := b.SignIn(b.t.Context(), to, b.asks(to), here)
	if err != nil {
		b.t.Fatal(err)
	}
	return token, who
}

// holds says whether the token is still a session.
func (b *base) holds(token string) bool {
	b.t.Helper()
	_, err := b.Authenticate(b.t.Context(), token)
	if err != nil && code(err) != "not_signed_in" {
		b.t.Error(err)
	}
	return err == nil
}

// code is the code of a problem, and of its fields; "" for none.
func code(err error) string {
	var p *problem.Problem
	switch {
	case err == nil:
		return ""
	case !errors.As(err, &p):
		return fmt.Sprintf("no problem but an error: %v", err)
	}
	text := p.Code
	for _, f := range p.Fields {
		text += " " + f.Path + ":" + f.Code
	}
	return text
}

// another is a code that is not the given one.
func another(code string) string {
	if code[0] == '9' {
		return "0" + code[1:]
	}
	return string(code[0]+1) + code[1:]
}
