package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
)

func TestTroubleOfTheStorageIsToldFromMistakes(t *testing.T) {
	pg := func(code string) error { return fmt.Errorf("asking: %w", &pgconn.PgError{Code: code}) }
	for _, c := range []struct {
		err  error
		code string
	}{
		{fmt.Errorf("writing: %w", ErrBroken), "restart_needed"},
		{pg("53100"), "storage_full"},
		{pg("57P01"), "unavailable"}, {pg("57P03"), "unavailable"}, {pg("08006"), "unavailable"}, {pg("53300"), "unavailable"}, {pg("25006"), "unavailable"},
		{&net.OpError{Op: "dial", Err: os.ErrDeadlineExceeded}, "unavailable"}, {io.ErrUnexpectedEOF, "unavailable"}, {ErrClosed, "unavailable"}, {sql.ErrConnDone, "unavailable"},
		{pg("23505"), ""}, {pg("42P01"), ""}, {sql.ErrNoRows, ""}, {errNo, ""}, {context.Canceled, ""}, {nil, ""},
	} {
		got := ""
		if p := Trouble(c.err); p != nil {
			got = p.Code
		}
		if got != c.code {
			t.Errorf("%v: %q, want %q", c.err, got, c.code)
		}
	}
}

// TestAFullDatabaseIsTrouble: SQLite says the same of a disk that is full and of a file that may not grow.
func TestAFullDatabaseIsTrouble(t *testing.T) {
	d := onSQLite(t)
	d.write(func(ctx context.Context) error {
		return d.exec(ctx, fmt.Sprintf(`PRAGMA max_page_count = %d`, d.number(ctx, `SELECT page_count FROM pragma_page_count`)))
	})
	err := d.Write(t.Context(), func(ctx context.Context) error {
		for i := range 1000 {
			if err := d.mark(ctx, fmt.Sprintf("%0100d", i)); err != nil {
				return err
			}
		}
		return nil
	})
	if p := Trouble(err); p == nil || p.Code != "storage_full" {
		t.Errorf("%v: %v", err, p)
	}
	d.holds()
}

// TestTheLogIsMovedIntoTheFile: nobody else does it, and it would grow for ever.
func TestTheLogIsMovedIntoTheFile(t *testing.T) {
	d := onSQLite(t)
	const most = 3 * checkpointPages
	for i := range 200 {
		d.write(func(ctx context.Context) error {
			for k := range 200 {
				if err := d.mark(ctx, fmt.Sprintf("%0200d", i*200+k)); err != nil {
					return err
				}
			}
			return nil
		})
	}
	var busy, pages, moved int64
	if err := d.Q(t.Context()).QueryRowContext(t.Context(), `PRAGMA wal_checkpoint(NOOP)`).Scan(&busy, &pages, &moved); err != nil {
		t.Fatal(err)
	}
	if all := d.number(t.Context(), `SELECT page_count FROM pragma_page_count`); pages > most || all < 2*checkpointPages {
		t.Errorf("%d pages wait in the log, of a file of %d", pages, all)
	}
}

// TestABrokenDiskIsNotAskedAgain: after a write that was not kept none is tried, and the file is left as it is.
func TestABrokenDiskIsNotAskedAgain(t *testing.T) {
	d := onSQLite(t)
	d.write(d.marking("before"))
	d.writer.broken.Store(true)
	ran := false
	err := d.Write(t.Context(), func(context.Context) error {
		ran = true
		return nil
	})
	if !errors.Is(err, ErrBroken) || ran {
		t.Errorf("it wrote: %v, %v", ran, err)
	}
	if err := d.Ping(t.Context()); !errors.Is(err, ErrBroken) {
		t.Errorf("it says that it is well: %v", err)
	}
	d.holds("before")
	d.reopen()
	d.write(d.marking("after"))
	d.holds("after", "before")
}
