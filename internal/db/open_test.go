package db

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bianmin/internal/enginetest"
)

func TestASecondServerOfOneFileIsRefused(t *testing.T) {
	d := onSQLite(t)
	second, err := Open(t.Context(), d.url, Serving)
	if !errors.Is(err, ErrInUse) {
		t.Fatalf("%v, %v", second, err)
	}
	d.write(d.marking("first")) // it was not disturbed
	d.reopen()                  // and gives the file back
	d.holds("first")
}

func TestALockThatCannotBeMadeIsNotAServer(t *testing.T) {
	file := filepath.Join(t.TempDir(), "no such folder", File)
	if _, err := Open(t.Context(), file, Serving); err == nil || errors.Is(err, ErrInUse) {
		t.Errorf("opening a file in no folder: %v", err)
	}
}

func TestAToolWritesBesideTheServer(t *testing.T) {
	each(t, func(t *testing.T, d *base) {
		tool := &base{open(t, d.url, Tool), t, d.url}
		err := together(8, func(i int) error {
			for k := range 20 {
				by := d
				if i%2 == 0 {
					by = tool
				}
				if err := by.Write(t.Context(), by.marking(string(rune('a'+i))+string(rune('a'+k)))); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
		for _, by := range []*base{d, tool} {
			if n := by.number(t.Context(), `SELECT COUNT(*) FROM marks`); n != 160 {
				t.Errorf("%d rows of 160", n)
			}
		}
	})
}

func TestOpeningTwiceChangesNothing(t *testing.T) {
	each(t, func(t *testing.T, d *base) {
		d.write(d.marking("kept"))
		before, err := d.Tables(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		d.reopen()
		d.reopen()
		d.holds("kept")
		after, err := d.Tables(t.Context())
		if err != nil || strings.Join(after, " ") != strings.Join(before, " ") {
			t.Errorf("tables %v, then %v (%v)", before, after, err)
		}
		if ok, err := d.VersionsAsShipped(t.Context()); err != nil || !ok {
			t.Errorf("versions as shipped: %v, %v", ok, err)
		}
	})
}

func TestManyOpenANewDatabaseAtOnce(t *testing.T) {
	url := enginetest.PostgresURL(t)
	opened := make([]*DB, 3)
	err := together(len(opened), func(i int) (err error) {
		opened[i], err = Open(t.Context(), url, Serving)
		return err
	})
	if err != nil {
		t.Error(err)
	}
	for _, d := range opened {
		if d != nil {
			if err := d.Close(); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestAMigrationThatNeverWasIsSeen(t *testing.T) {
	each(t, func(t *testing.T, d *base) {
		for _, text := range []string{`INSERT INTO schema_versions (version) VALUES (9999)`, `DELETE FROM schema_versions WHERE version > 0`} {
			d.write(func(ctx context.Context) error { return d.exec(ctx, text) })
			if ok, err := d.VersionsAsShipped(t.Context()); err != nil || ok {
				t.Errorf("after %s: as shipped: %v, %v", text, ok, err)
			}
		}
	})
}

func TestReadOnly(t *testing.T) {
	each(t, func(t *testing.T, d *base) {
		d.write(d.marking("before"))
		only, err := OpenReadOnly(d.url)
		if err != nil {
			t.Fatal(err)
		}
		reader := &base{only, t, d.url}
		reader.holds("before")
		d.write(d.marking("later"))
		reader.holds("before", "later")
		if err := reader.Write(t.Context(), reader.marking("mine")); err == nil {
			t.Error("it wrote in a transaction")
		}
		if err := reader.mark(t.Context(), "mine"); err == nil {
			t.Error("it wrote")
		}
		d.holds("before", "later")
		if err := only.Close(); err != nil {
			t.Error(err)
		}
	})
}

func TestReadOnlyMakesNoFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), File)
	if _, err := OpenReadOnly(file); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("opening what is not there: %v", err)
	}
	if _, err := os.Stat(file); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the file: %v", err)
	}
}

func TestNamesOfFoldersThatAnAddressWouldReadOtherwise(t *testing.T) {
	for _, name := range []string{"plain", "with space", "便民 数据", "a?mode=memory", "50%", "%41", "a#b", "a&b=c", "file:x", "a+b"} {
		t.Run(name, func(t *testing.T) {
			folder := filepath.Join(t.TempDir(), name)
			if err := os.MkdirAll(folder, 0o700); err != nil {
				t.Fatal(err)
			}
			d := &base{open(t, FileIn(folder), Serving), t, FileIn(folder)}
			d.addMarks()
			d.write(d.marking("kept"))
			if info, err := os.Stat(filepath.Join(folder, File)); err != nil || info.Size() == 0 {
				t.Errorf("the file: %v", err)
			}
			d.reopen()
			d.holds("kept")
		})
	}
}

func TestSQLiteIsDurableAndChecksItsKeys(t *testing.T) {
	d := onSQLite(t)
	for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1"} {
		var reader, writer string
		if err := d.Q(t.Context()).QueryRowContext(t.Context(), "PRAGMA "+pragma).Scan(&reader); err != nil {
			t.Fatal(err)
		}
		if err := d.writer.q.QueryRowContext(t.Context(), "PRAGMA "+pragma).Scan(&writer); err != nil {
			t.Fatal(err)
		}
		if reader != want || writer != want {
			t.Errorf("%s is %s for readers and %s for the writer, want %s", pragma, reader, writer, want)
		}
	}
}

func TestAnAddressThatCannotBeReadIsNotRepeated(t *testing.T) {
	for _, url := range []string{"postgres://u:secret@host:port/x", "postgresql://u:secret@[::1/x"} {
		for _, open := range []func() (*DB, error){
			func() (*DB, error) { return Open(t.Context(), url, Serving) },
			func() (*DB, error) { return OpenReadOnly(url) },
		} {
			if _, err := open(); err == nil || strings.Contains(err.Error(), "secret") {
				t.Errorf("the error: %v", err)
			}
		}
	}
}

func TestAServerThatIsNotThere(t *testing.T) {
	d, err := Open(t.Context(), "postgres://u:secret@127.0.0.1:1/x?sslmode=disable&connect_timeout=5", Serving)
	if err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("%v, %v", d, err)
	}
}

func TestEngines(t *testing.T) {
	each(t, func(t *testing.T, d *base) {
		if postgres := IsPostgres(d.url); (d.Engine() == Postgres) != postgres || d.SingleWriter() == postgres {
			t.Errorf("%s is %s, one writer: %v", d.url, d.Engine(), d.SingleWriter())
		}
		if err := d.Ping(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func TestAfterClosingNothingIsWrittenAndEverythingIsThere(t *testing.T) {
	each(t, func(t *testing.T, d *base) {
		begun := make(chan struct{}, 32)
		answers := make([]error, 32)
		closing := make(chan error, 1)
		go func() {
			<-begun
			closing <- d.Close()
		}()
		_ = together(len(answers), func(i int) error {
			begun <- struct{}{}
			answers[i] = d.Write(t.Context(), d.marking(string(rune('A'+i))))
			return nil
		})
		soon(t, "closing", func() {
			if err := <-closing; err != nil {
				t.Error(err)
			}
		})
		if err := d.Write(t.Context(), d.marking("after")); err == nil {
			t.Error("a closed database took a write")
		} else if d.Engine() == SQLite && !errors.Is(err, ErrClosed) {
			t.Error(err)
		}
		kept := 0
		for _, err := range answers {
			if err == nil {
				kept++
			}
		}
		d.DB = open(t, d.url, Serving)
		if n := d.number(t.Context(), `SELECT COUNT(*) FROM marks`); n != kept {
			t.Errorf("%d rows, and %d were answered", n, kept)
		}
	})
}
