package demo

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/clock"
	"bianmin/internal/db"
	"bianmin/internal/enginetest"
	"bianmin/internal/journal"
	"bianmin/internal/once"
	"bianmin/internal/reference"
	"bianmin/internal/seal"
)

// founded is a demonstration that was founded on a new database.
type founded struct {
	db      *db.DB
	city    reference.City
	people  *access.Service
	cases   *cases.Service
	journal *journal.Journal
	told    *reference.Reference
	clock   *clock.Manual
	lives   []*life
	took    time.Duration
}

// inspector reads all.
var inspector = access.Actor{Account: "inspector", Role: access.Inspector, Place: "610881000000"}

// found founds the demonstration for one test.
func found(t *testing.T, url string) *founded {
	t.Helper()
	f, err := establish(context.Background(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.db.Close(); err != nil {
			t.Error(err)
		}
	})
	return f
}

// founding is the demonstration that several tests read and none changes.
func founding(t *testing.T) *founded {
	t.Helper()
	f, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

var (
	folder string // of the shared one
	shared = sync.OnceValues(func() (*founded, error) {
		return establish(context.Background(), filepath.Join(folder, db.File))
	})
)

func TestMain(m *testing.M) {
	var err error
	if folder, err = os.MkdirTemp("", "bianmin-demo-"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	enginetest.Main(m, func() error { return os.RemoveAll(folder) })
}

// establish founds the demonstration as the program does at its first start: all in one transaction.
func establish(ctx context.Context, url string) (*founded, error) {
	d, err := db.Open(ctx, url, db.Serving)
	if err != nil {
		return nil, err
	}
	keys, err := seal.Generate("bianmin.610881000000")
	if err != nil {
		return nil, err
	}
	box, err := keys.Box()
	if err != nil {
		return nil, err
	}
	f := &founded{db: d, journal: journal.New(d), clock: clock.NewManual(Start.AddDate(0, -3, 0))}
	began := time.Now()
	err = d.Write(ctx, func(ctx context.Context) error { return f.settle(ctx, box) })
	f.took = time.Since(began)
	return f, err
}

func (f *founded) settle(ctx context.Context, box *seal.Box) error {
	told := reference.New(f.db, f.journal)
	f.told = told
	if err := told.Found(ctx, f.clock.Now()); err != nil {
		return err
	}
	var err error
	if f.city, _, err = told.Load(ctx); err != nil {
		return err
	}
	f.people = access.New(f.db, f.journal, f.city.Places, box, f.clock, f.clock)
	f.cases = cases.New(cases.Parts{DB: f.db, Journal: f.journal, Once: once.New(f.db), Places: f.city.Places, Items: f.city.Items,
		People: f.people, Calendar: calendar.NewInForce(f.city.Calendar).Now, Box: box, Clock: f.clock})
	if err := AddAccounts(ctx, f.people, f.city); err != nil {
		return err
	}
	if err := TellContacts(ctx, told, f.city, f.clock.Now()); err != nil {
		return err
	}
	f.lives, err = seedAll(ctx, f.cases, f.city, f.clock)
	return err
}

// timeline reads what happened to a case.
func (f *founded) timeline(t *testing.T, number cases.Number) []cases.EventView {
	t.Helper()
	events, err := f.cases.Timeline(t.Context(), inspector, number)
	if err != nil {
		t.Fatal(err)
	}
	return events
}

// todo is how many cases wait for an account.
func (f *founded) todo(t *testing.T, account string) int {
	t.Helper()
	a, err := f.people.Account(t.Context(), account)
	if err != nil {
		t.Fatal(err)
	}
	page, err := f.cases.List(t.Context(), a.Actor(), cases.Filter{Todo: true, Limit: 200})
	if err != nil {
		t.Fatal(err)
	}
	return len(page.Cases)
}
