package witness

import (
	"context"
	"path/filepath"
	"testing"

	"bianmin/internal/witness/witnesstest"
)

// newOutside makes a real witness that knows no log yet.
func newOutside(t *testing.T, name string) *witnesstest.Outside {
	t.Helper()
	o, err := witnesstest.New(context.WithoutCancel(t.Context()), name, filepath.Join(t.TempDir(), "witness.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { end(t, o) })
	return o
}

func end(t *testing.T, o *witnesstest.Outside) {
	t.Helper()
	if err := o.Close(); err != nil {
		t.Error(err)
	}
}

// known is how we know it.
func known(t *testing.T, o *witnesstest.Outside) Witness { return parsed(t, o.Named()) }

func parsed(t *testing.T, text string) Witness {
	t.Helper()
	w, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return w
}
