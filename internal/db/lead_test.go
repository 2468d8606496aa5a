package db

import (
	"context"
	"testing"

	"bianmin/internal/enginetest"
)

func TestOneLeadsUntilItEnds(t *testing.T) {
	url := enginetest.PostgresURL(t)
	a, b := open(t, url, Serving), open(t, url, Serving)
	leads(t, a, "journal", true)
	leads(t, a, "journal", true) // and again
	leads(t, b, "journal", false)
	leads(t, b, "letters", true) // another work
	leads(t, a, "letters", false)
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	takesOver(t, b, "journal")
}

func TestOneWhoseConnectionBreaksLeadsNoMore(t *testing.T) {
	url := enginetest.PostgresURL(t)
	a, b := open(t, url, Serving), open(t, url, Serving)
	leads(t, a, "journal", true)
	rows, err := b.Q(t.Context()).QueryContext(t.Context(),
		`SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`)
	if err != nil {
		t.Fatal(err)
	}
	if err := rows.Close(); err != nil {
		t.Fatal(err)
	}
	takesOver(t, b, "journal")
	leads(t, a, "journal", false)
}

func TestAContextThatEndsKeepsTheLead(t *testing.T) {
	url := enginetest.PostgresURL(t)
	a, b := open(t, url, Serving), open(t, url, Serving)
	leads(t, a, "journal", true)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if won, err := a.Lead(ended, "journal"); won && err != nil {
		t.Errorf("%v, %v", won, err)
	}
	// Whichever of the two has it now, one has.
	soon(t, "the election", func() {
		for {
			for _, d := range []*DB{a, b} {
				if won, err := d.Lead(t.Context(), "journal"); err != nil {
					t.Error(err)
					return
				} else if won {
					return
				}
			}
		}
	})
}

func TestTheServerOfAFileLeads(t *testing.T) {
	leads(t, onSQLite(t).DB, "journal", true)
}

func leads(t *testing.T, d *DB, work string, want bool) {
	t.Helper()
	if got, err := d.Lead(t.Context(), work); err != nil || got != want {
		t.Errorf("it leads %s: %v, %v, want %v", work, got, err, want)
	}
}

// takesOver asks until the server has noticed that the leader is gone.
func takesOver(t *testing.T, d *DB, work string) {
	t.Helper()
	soon(t, "taking over", func() {
		for won := false; !won; {
			var err error
			if won, err = d.Lead(t.Context(), work); err != nil {
				t.Error(err)
				return
			}
		}
	})
}
