package browser

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// recorder is a test that is to fail: it keeps what it is told, and ends as a test does.
type recorder struct {
	testing.TB
	said     []string
	cleanups []func()
}

func (r *recorder) Helper()                   {}
func (r *recorder) Failed() bool              { return len(r.said) > 0 }
func (r *recorder) Cleanup(f func())          { r.cleanups = append(r.cleanups, f) }
func (r *recorder) Logf(string, ...any)       {}
func (r *recorder) Errorf(f string, a ...any) { r.said = append(r.said, fmt.Sprintf(f, a...)) }
func (r *recorder) Fatalf(f string, a ...any) { r.Errorf(f, a...); runtime.Goexit() }
func (r *recorder) Fatal(a ...any)            { r.Fatalf("%s", fmt.Sprint(a...)) }

// failing runs a test that must fail, and gives what it said.
func failing(t *testing.T, test func(*recorder)) string {
	t.Helper()
	fake := &recorder{TB: t}
	inTurn(func() { test(fake) })
	for _, cleanup := range slices.Backward(fake.cleanups) {
		inTurn(cleanup)
	}
	if len(fake.said) == 0 {
		t.Fatal("it passed")
	}
	return strings.Join(fake.said, "\n")
}

// inTurn runs on a goroutine of its own, as a test does, because Fatal ends the goroutine.
func inTurn(f func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		f()
	}()
	<-done
}
