package backup

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bianmin/internal/app"
	"bianmin/internal/db"
	"bianmin/internal/enginetest"
	"bianmin/internal/seal"
)

// TestBackup asks everything of one house on each engine, the working one first.
func TestBackup(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, database string) {
		h := newHouse(t, database)
		for _, c := range []struct {
			name string
			test func(*testing.T, *house)
		}{
			{"taken at work it holds all that was acknowledged", atWork}, {"what is not whole is refused", notWhole},
			{"nothing is overwritten", overwritten}, {"ended, it leaves nothing", ended},
		} {
			t.Run(c.name, func(t *testing.T) { c.test(t, h) })
		}
	})
}

// atWork: what was answered before it began is in it, its journal is whole,
// its numbers open, and it is the view that it says.
func atWork(t *testing.T, h *house) {
	acknowledged, end := h.work()
	for len(acknowledged()) < 50 { // each look costs nothing; the clients are at work
		h.file("look")
	}
	before := acknowledged()
	file := filepath.Join(t.TempDir(), "all.age")
	held, err := Write(t.Context(), h.place(), file, quick, silent)
	end()
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the backup is %v, %v", info.Mode(), err)
	}
	to := h.elsewhere(t)
	said, err := Restore(t.Context(), file, placeOf(to), quick, silent)
	if err != nil {
		t.Fatal(err)
	}
	if said.Entry != held.Entry || said.Entry < int64(len(before)) || said.String() != held.String() {
		t.Errorf("it holds %v, and says %v", held, said)
	}
	agrees(t, to)
	entry, opened := looked(t, to, before)
	if entry != held.Entry {
		t.Errorf("the journal ends with %d; it was said to be %d", entry, held.Entry)
	}
	if opened != len(before) {
		t.Errorf("of %d cases that were acknowledged %d are there and open", len(before), opened)
	}
}

func agrees(t *testing.T, c app.Config) {
	t.Helper()
	err := app.Verify(t.Context(), c, func(what string) { t.Errorf("found: %s", what) }, func(string, int64) {})
	if err != nil {
		t.Error(err)
	}
}

// looked reads the restored data as they are: the journal's last number, and how many of the cases open.
func looked(t *testing.T, c app.Config, numbers []string) (entry int64, opened int) {
	t.Helper()
	keys, err := seal.Load(c.KeyFile())
	if err != nil {
		t.Fatal(err)
	}
	box, err := keys.Box()
	if err != nil {
		t.Fatal(err)
	}
	d, err := db.OpenReadOnly(c.URL())
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := d.Q(t.Context()).QueryRowContext(t.Context(), `SELECT MAX(entry) FROM journal`).Scan(&entry); err != nil {
		t.Fatal(err)
	}
	for _, n := range numbers {
		var doc string
		if err := d.Q(t.Context()).QueryRowContext(t.Context(), `SELECT doc FROM cases WHERE number = $1`, n).Scan(&doc); err != nil {
			t.Errorf("%s: %v", n, err)
			continue
		}
		_, sealed, _ := strings.Cut(doc, `"sealed":"`)
		sealed, _, _ = strings.Cut(sealed, `"`)
		if got, err := box.Open("id_number", sealed); err == nil && got == "612722195410020026" {
			opened++
		}
	}
	return entry, opened
}

// nothing says that a place is as empty as before.
func nothing(t *testing.T, c app.Config) {
	t.Helper()
	if left, err := os.ReadDir(c.Data); len(left) > 0 || err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Errorf("left behind: %v, %v", left, err)
	}
	if c.DatabaseURL != "" {
		if err := emptyPostgres(t.Context(), c.DatabaseURL); err != nil {
			t.Errorf("left behind: %v", err)
		}
	}
}

// notWhole: a wrong passphrase, a file cut anywhere, a bit changed anywhere; nothing is left behind,
// and the same place takes the right one afterwards.
func notWhole(t *testing.T, h *house) {
	dir := t.TempDir()
	file := filepath.Join(dir, "all.age")
	if _, err := Write(t.Context(), h.place(), file, quick, silent); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	to := h.elsewhere(t)
	refused := func(what string, content []byte, p Passphrase, want ...error) {
		t.Helper()
		bad := filepath.Join(dir, "bad.age")
		if err := os.WriteFile(bad, content, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := Restore(t.Context(), bad, placeOf(to), p, silent)
		if !oneOf(err, want) {
			t.Errorf("%s: %v", what, err)
		}
		nothing(t, to)
	}
	refused("a wrong passphrase", whole, Passphrase{text: "another passphrase", work: 4}, ErrPassphrase)
	refused("no backup at all", []byte("PK\x03\x04 something else"), quick, ErrNotABackup)
	refused("an empty file", nil, quick, ErrNotABackup)
	for _, keep := range []int{10, 200, 1000, len(whole) / 2, len(whole) - 70_000, len(whole) - 1} {
		refused("cut", whole[:keep], quick, ErrBroken, ErrNotABackup)
	}
	for _, at := range []int{3, 100, 300, 5000, len(whole) / 2, len(whole) - 1} {
		changed := append([]byte(nil), whole...)
		changed[at] ^= 1
		refused("changed", changed, quick, ErrBroken, ErrNotABackup, ErrPassphrase)
	}
	refused("with something added", append(append([]byte(nil), whole...), 'x'), quick, ErrBroken)
	if _, err := Restore(t.Context(), file, placeOf(to), quick, silent); err != nil {
		t.Errorf("the right one: %v", err)
	}
	agrees(t, to)
}

func oneOf(err error, want []error) bool {
	for _, w := range want {
		if errors.Is(err, w) {
			return true
		}
	}
	return false
}

// overwritten: neither a backup that is there, nor data.
func overwritten(t *testing.T, h *house) {
	file := filepath.Join(t.TempDir(), "all.age")
	if _, err := Write(t.Context(), h.place(), file, quick, silent); err != nil {
		t.Fatal(err)
	}
	before, _ := os.ReadFile(file)
	if _, err := Write(t.Context(), h.place(), file, quick, silent); !errors.Is(err, ErrThere) {
		t.Errorf("writing over a backup: %v", err)
	}
	if after, _ := os.ReadFile(file); string(after) != string(before) {
		t.Error("the backup was changed")
	}
	if _, err := Restore(t.Context(), file, h.place(), quick, silent); !errors.Is(err, ErrHasData) {
		t.Errorf("restoring over data: %v", err)
	}
	other := app.Config{Data: filepath.Join(t.TempDir(), "new")}
	if h.config.DatabaseURL == "" {
		other.DatabaseURL = enginetest.PostgresURL(t)
	} else {
		full := h.config
		full.Data = filepath.Join(t.TempDir(), "new")
		if _, err := Restore(t.Context(), file, placeOf(full), quick, silent); !errors.Is(err, ErrNotEmpty) {
			t.Errorf("restoring into a database with tables: %v", err)
		}
	}
	if _, err := Restore(t.Context(), file, placeOf(other), quick, silent); !errors.Is(err, ErrOtherEngine) {
		t.Errorf("restoring onto the other engine: %v", err)
	}
	nothing(t, other)
	agrees(t, h.config)
}

// ended: the operator may end either at any moment.
func ended(t *testing.T, h *house) {
	dir := t.TempDir()
	file := filepath.Join(dir, "all.age")
	ctx, end := context.WithCancel(t.Context())
	_, err := Write(ctx, h.place(), file, quick, func(n int64) { end() })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("an ended backup: %v", err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("an ended backup leaves %v, %v", left, err)
	}
	if _, err := Write(t.Context(), h.place(), file, quick, silent); err != nil {
		t.Fatal(err)
	}
	to := h.elsewhere(t)
	ctx, end = context.WithCancel(t.Context())
	if _, err := Restore(ctx, file, placeOf(to), quick, func(n int64) { end() }); !errors.Is(err, context.Canceled) {
		t.Errorf("an ended restore: %v", err)
	}
	nothing(t, to)
}

// TestAPasswordIsNeverOnACommandLine: every user of the machine can read those.
func TestAPasswordIsNeverOnACommandLine(t *testing.T) {
	for address, password := range map[string]string{
		"postgres://bm:s3cret%2F@db:5432/city?sslmode=require":  "s3cret/",
		"postgres://bm@db/city?password=s3cret&sslmode=disable": "s3cret",
		"postgres://db/city": "",
	} {
		cmd, err := client(t.Context(), "pg_dump", address)
		if err != nil {
			t.Fatal(err)
		}
		if line := strings.Join(cmd.Args, " "); strings.Contains(line, "s3cret") || !strings.Contains(line, "/city") {
			t.Errorf("the command line is %s", line)
		}
		if given := strings.Contains(strings.Join(cmd.Env, "\n")+"\n", "PGPASSWORD="+password+"\n"); given != (password != "") {
			t.Errorf("%s: the password reaches the program: %v", address, given)
		}
	}
	if _, err := client(t.Context(), "pg_dump", "postgres://bm:s3cret@[::1/x"); err == nil || strings.Contains(err.Error(), "s3cret") {
		t.Errorf("an address that cannot be read: %v", err)
	}
	if _, err := find("pg_dump_of_no_version"); err == nil || !strings.Contains(err.Error(), "postgresql-client") {
		t.Errorf("a program that is not there: %v", err)
	}
}

func TestAPassphraseIsLongEnough(t *testing.T) {
	if _, err := NewPassphrase("eleven char"); !errors.Is(err, ErrShort) {
		t.Error(err)
	}
	if _, err := NewPassphrase("twelve chars"); err != nil {
		t.Error(err)
	}
}
