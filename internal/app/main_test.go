package app_test

import (
	"errors"
	"fmt"
	"testing"

	"bianmin/internal/access"
	"bianmin/internal/enginetest"
)

// TestMain ends the houses when all tests are over, and looks once more whether anything that they were told in
// confidence was kept in the clear.
func TestMain(m *testing.M) {
	access.Cheap()
	enginetest.Main(m, closeHouses)
}

// engines are what a house stands on.
var engines = []string{"sqlite", "postgres"}

// each runs a test in the house of each engine. Founding the demonstration takes seconds, so that all tests of this
// package share the two houses: a test looks at what it made itself, and leaves the rest alone.
func each(t *testing.T, test func(t *testing.T, h *house)) {
	t.Helper()
	for _, engine := range engines {
		t.Run(engine, func(t *testing.T) { test(t, houseOn(t, engine)) })
	}
}

// once runs a test of what has nothing to do with storage in one house.
func once(t *testing.T, test func(t *testing.T, h *house)) {
	t.Helper()
	test(t, houseOn(t, engines[0]))
}

// binary stands in for a test that ends with the test binary: what outlives one test is cleaned up at the end.
type binary struct {
	testing.TB
	ends []func()
	errs []error
}

func (b *binary) Helper()          {}
func (b *binary) Cleanup(f func()) { b.ends = append(b.ends, f) }

func (b *binary) Errorf(format string, args ...any) {
	b.errs = append(b.errs, fmt.Errorf(format, args...))
}

func (b *binary) Fatal(args ...any)                 { panic(fmt.Sprint(args...)) }
func (b *binary) Fatalf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }

// end runs what was to be cleaned up, last first.
func (b *binary) end() error {
	for i := len(b.ends) - 1; i >= 0; i-- {
		b.ends[i]()
	}
	return errors.Join(b.errs...)
}
