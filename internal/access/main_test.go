package access

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"bianmin/internal/clock"
	"bianmin/internal/db"
	"bianmin/internal/enginetest"
	"bianmin/internal/journal"
	"bianmin/internal/place"
	"bianmin/internal/problem"
	"bianmin/internal/seal"
)

func TestMain(m *testing.M) {
	Cheap()
	hashed = HashPassword(right)
	enginetest.Main(m)
}

// asShipped is what a password costs outside of tests.
var asShipped = cost

// patience bounds what a test waits for; only a test that fails ever waits so long.
const patience = 30 * time.Second

const (
	right = "Zheng-que-1"
	wrong = "Cuo-wu-1"
	here  = "10.8.1.101"
	there = "10.8.1.102"
)

// hashed is made once.
var hashed string

// The demonstration's day is not the machine's.
var (
	workTime = time.Date(2026, 3, 10, 2, 20, 0, 0, time.UTC)
	wallTime = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
)

// base is the room on an open database, with clocks that stand still.
type base struct {
	*Service
	t          *testing.T
	work, wall *clock.Manual
}

func each(t *testing.T, f func(t *testing.T, b *base)) {
	t.Helper()
	enginetest.Each(t, func(t *testing.T, url string) {
		d, err := db.Open(t.Context(), url, db.Serving)
		if err != nil {
			t.Fatal(err)
		}
		b := newBase(t, d)
		b.add(clerk)
		f(t, b)
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
}

func newBase(t *testing.T, d *db.DB) *base {
	t.Helper()
	keys, err := seal.Generate("bianmin.test")
	if err != nil {
		t.Fatal(err)
	}
	box, err := keys.Box()
	if err != nil {
		t.Fatal(err)
	}
	b := &base{t: t, work: clock.NewManual(workTime), wall: clock.NewManual(wallTime)}
	b.Service = New(d, journal.New(d), shenmu(t), box, b.work, b.wall)
	return b
}

func shenmu(t *testing.T) *place.Directory {
	t.Helper()
	places, err := place.NewDirectory(place.Shenmu(), place.ShenmuUnits())
	if err != nil {
		t.Fatal(err)
	}
	return places
}

var clerk = Account{Account: "clerk-610881101", Name: "王芳", Role: Clerk, Place: "610881101000"}

func named(account string) Account {
	a := clerk
	a.Account = account
	return a
}

// add makes an account whose password is the right one.
func (b *base) add(a Account) {
	b.t.Helper()
	if err := b.Add(b.t.Context(), journal.System, a, hashed); err != nil {
		b.t.Fatal(err)
	}
}

func (b *base) signIn() string {
	b.t.Helper()
	token, _, err := b.SignIn(b.t.Context(), clerk.Account, right, here)
	if err != nil {
		b.t.Fatal(err)
	}
	return token
}

// try signs in and gives the code of the answer, "" for a session.
func (b *base) try(account, password, address string) string {
	_, _, err := b.SignIn(b.t.Context(), account, password, address)
	return code(err)
}

// holds says whether the token is still a session.
func (b *base) holds(token string) bool {
	b.t.Helper()
	actor, err := b.Authenticate(b.t.Context(), token)
	if err == nil && actor != clerk.Actor() {
		b.t.Errorf("the session is that of %+v", actor)
	}
	if err != nil && code(err) != "not_signed_in" {
		b.t.Error(err)
	}
	return err == nil
}

// kinds lists what the journal says of an account.
func (b *base) kinds(account string) []string {
	b.t.Helper()
	list, err := b.journal.About(b.t.Context(), subjectOf(account))
	if err != nil {
		b.t.Fatal(err)
	}
	var kinds []string
	for _, e := range list {
		kinds = append(kinds, e.Kind)
	}
	return kinds
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

// must fails the test on an error.
func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// wants compares lists in whatever order.
func wants[T ~string](t *testing.T, what string, got, want []T) {
	t.Helper()
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

func (b *base) number(text string, args ...any) int64 {
	b.t.Helper()
	var n int64
	if err := b.db.Q(b.t.Context()).QueryRowContext(b.t.Context(), text, args...).Scan(&n); err != nil {
		b.t.Fatalf("%s: %v", text, err)
	}
	return n
}
