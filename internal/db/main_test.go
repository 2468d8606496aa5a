package db

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"bianmin/internal/enginetest"
)

func TestMain(m *testing.M) { enginetest.Main(m) }

// patience bounds what a test waits for; only a test that fails ever waits so long.
const patience = 30 * time.Second

// base is an open database with one more table: marks (name, n).
type base struct {
	*DB
	t   *testing.T
	url string
}

// each runs a test on both engines.
func each(t *testing.T, f func(t *testing.T, d *base)) {
	t.Helper()
	enginetest.Each(t, func(t *testing.T, url string) {
		d := &base{open(t, url, Serving), t, url}
		d.addMarks()
		f(t, d)
	})
}

// onSQLite is for what only the engine with one writer has: its batches.
func onSQLite(t *testing.T) *base {
	t.Helper()
	url := filepath.Join(t.TempDir(), File)
	d := &base{open(t, url, Serving), t, url}
	d.addMarks()
	return d
}

// open opens a database for as long as the test runs. The test may close it itself, once.
func open(t *testing.T, url string, mode Mode) *DB {
	t.Helper()
	d, err := Open(t.Context(), url, mode)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if d.read != nil && d.read.PingContext(context.Background()) != nil {
			return // closed already
		}
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

func (d *base) addMarks() {
	d.t.Helper()
	d.write(func(ctx context.Context) error {
		return d.exec(ctx, `CREATE TABLE marks (name TEXT PRIMARY KEY, n BIGINT NOT NULL)`)
	})
}

// mark is a write that the tests do: it fails when the name is there.
func (d *base) mark(ctx context.Context, name string) error {
	return d.exec(ctx, `INSERT INTO marks (name, n) VALUES ($1, 0)`, name)
}

func (d *base) marking(name string) func(context.Context) error {
	return func(ctx context.Context) error { return d.mark(ctx, name) }
}

func (d *base) exec(ctx context.Context, text string, args ...any) error {
	_, err := d.Q(ctx).ExecContext(ctx, text, args...)
	return err
}

func (d *base) write(work func(ctx context.Context) error) {
	d.t.Helper()
	if err := d.Write(d.t.Context(), work); err != nil {
		d.t.Fatal(err)
	}
}

// names lists the marks that ctx sees.
func (d *base) names(ctx context.Context) []string {
	d.t.Helper()
	list, err := texts(ctx, d.Q(ctx), `SELECT name FROM marks ORDER BY name`)
	if err != nil {
		d.t.Fatal(err)
	}
	return list
}

// holds checks the marks that everybody sees.
func (d *base) holds(want ...string) {
	d.t.Helper()
	if got := d.names(d.t.Context()); !slices.Equal(got, want) {
		d.t.Errorf("stored %v, want %v", got, want)
	}
}

func (d *base) number(ctx context.Context, text string) int {
	d.t.Helper()
	var n int
	if err := d.Q(ctx).QueryRowContext(ctx, text).Scan(&n); err != nil {
		d.t.Fatalf("%s: %v", text, err)
	}
	return n
}

// reopen closes the database and opens it anew, as a restart does.
func (d *base) reopen() {
	d.t.Helper()
	if err := d.Close(); err != nil {
		d.t.Fatal(err)
	}
	d.DB = open(d.t, d.url, Serving)
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

var errNo = errors.New("no")
