package verify_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/stdlib"

	"github.com/jackc/pgx/v5"

	"bianmin/internal/access"
	"bianmin/internal/app"
	"bianmin/internal/cases"
	"bianmin/internal/clock"
	"bianmin/internal/db"
	"bianmin/internal/enginetest"
	"bianmin/internal/export"
)

func TestMain(m *testing.M) { enginetest.Main(m) }

// keys are the primary keys of the covered tables.
var keys = map[string][]string{
	"journal": {"subject", "seq"}, "journal_tiles": {"level", "idx"}, "journal_head": {"origin"}, "journal_epochs": {"subject"}, "schema_versions": {"version"},
	"accounts": {"account"}, "documents": {"subject"}, "cases": {"number"}, "case_posts": {"number", "post"}, "case_serials": {"town", "year"},
	"dues": {"subject", "kind"}, "case_faults": {"number", "n"},
	"citizens": {"account"}, "ratings": {"number"}, "files": {"subject"}, "file_pieces": {"subject", "n"}, "papers": {"subject"}, "paper_serials": {"series", "year", "kind"}, "paper_wordings": {"subject"},
	"case_facts": {"number"}, "tallies": {"what", "scope", "at"}, // of tally_changes there are none once they are added up
	"exports": {"subject"}, "case_looks": {"number"},
}

// archive is a founded demonstration whose database can be altered behind the program's back.
type archive struct {
	t      *testing.T
	config app.Config
	db     *sql.DB
}

func newArchive(t *testing.T, url string) *archive {
	config := app.Config{Data: t.TempDir(), Demo: true, Wall: clock.Func(time.Now), Log: slog.New(slog.DiscardHandler)}
	if db.IsPostgres(url) {
		config.DatabaseURL = url
	}
	a, err := app.Open(context.Background(), config, db.Serving)
	if err != nil {
		t.Fatal(err)
	}
	notifiedTwice(t, a)
	paperIssued(t, a)
	photographed(t, a)
	ratedByACitizen(t, a)
	listTaken(t, a)
	openedBySupervisor(t, a)
	if _, err := a.Cases.FoldTallies(t.Context()); err != nil {
		t.Fatal(err)
	}
	a.Start(t.Context())
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := app.DeclareEpoch(t.Context(), config, app.Loss{Reason: "机房停电"}); err != nil {
		t.Fatal(err)
	}
	if a, err = app.Open(context.Background(), config, db.Serving); err != nil {
		t.Fatal(err)
	}
	a.Start(t.Context())
	if err := a.Close(); err != nil { // signs the head over everything
		t.Fatal(err)
	}
	return &archive{t: t, config: config, db: raw(t, config)}
}

// openedBySupervisor opens a case without a part in it.
func openedBySupervisor(t *testing.T, a *app.App) {
	t.Helper()
	supervisor := access.Actor{Account: "supervisor", Name: "李督", Role: access.Supervisor, Place: "610881000000"}
	page, err := a.Cases.List(t.Context(), supervisor, cases.Filter{Limit: 1})
	if err != nil || len(page.Cases) == 0 {
		t.Fatalf("no case to open: %v", err)
	}
	if _, err := a.Cases.Open(t.Context(), supervisor, page.Cases[0].Number); err != nil {
		t.Fatal(err)
	}
}

// listTaken takes a list out as a file.
func listTaken(t *testing.T, a *app.App) {
	t.Helper()
	head := access.Actor{Account: "head-610881101", Name: "站长", Role: access.Head, Place: "610881101000"}
	if err := a.Exports.Note(t.Context(), head, export.Taken{List: "办件", Filter: "late=law", Rows: 3}); err != nil {
		t.Fatal(err)
	}
}

func raw(t *testing.T, config app.Config) *sql.DB {
	var pool *sql.DB
	if config.DatabaseURL != "" {
		cfg, err := pgx.ParseConfig(config.DatabaseURL)
		if err != nil {
			t.Fatal(err)
		}
		pool = stdlib.OpenDB(*cfg)
	} else {
		var err error
		if pool, err = sql.Open("sqlite", "file:"+filepath.Join(config.Data, db.File)+"?_pragma=busy_timeout(10000)"); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { pool.Close() })
	return pool
}

// findings runs the check.
func (a *archive) findings() []string {
	a.t.Helper()
	var list []string
	err := app.Verify(context.Background(), a.config, func(what string) { list = append(list, what) }, func(string, int64) {})
	if err != nil {
		list = append(list, "error: "+err.Error()) // a check that cannot be finished has found something, too
	}
	return list
}

func (a *archive) exec(text string, args ...any) {
	a.t.Helper()
	if _, err := a.db.Exec(text, args...); err != nil {
		a.t.Fatalf("%s: %v", text, err)
	}
}

// row reads one row of a table, from its middle.
func (a *archive) row(table string) (columns []string, values []any) {
	a.t.Helper()
	var n int
	if err := a.db.QueryRow("SELECT COUNT(*) FROM " + table).Scan(&n); err != nil {
		a.t.Fatal(err)
	}
	rows, err := a.db.Query(fmt.Sprintf("SELECT * FROM %s ORDER BY %s LIMIT 1 OFFSET %d", table, strings.Join(keys[table], ", "), n/2))
	if err != nil {
		a.t.Fatal(err)
	}
	defer rows.Close()
	if !rows.Next() {
		a.t.Fatalf("%s is empty", table)
	}
	columns, err = rows.Columns()
	if err != nil {
		a.t.Fatal(err)
	}
	values = make([]any, len(columns))
	into := make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	if err := rows.Scan(into...); err != nil {
		a.t.Fatal(err)
	}
	return columns, values
}

// where finds the row again by its key.
func where(table string, columns []string, values []any, from int) (text string, args []any) {
	var parts []string
	for i, c := range columns {
		for _, k := range keys[table] {
			if c == k {
				args = append(args, values[i])
				parts = append(parts, c+" = $"+strconv.Itoa(from+len(args)-1))
			}
		}
	}
	return strings.Join(parts, " AND "), args
}

// altered is another value of the same type.
func altered(value any) any {
	switch v := value.(type) {
	case nil:
		return "x"
	case int64:
		return v + 1_000_000_007
	case bool:
		return !v
	case []byte:
		c := bytes.Clone(v)
		c[len(c)/2] ^= 1
		return c
	case string:
		return v + "x"
	}
	return fmt.Sprint(value) + "x"
}

func TestEveryAlterationIsFound(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		a := newArchive(t, url)
		if found := a.findings(); len(found) > 0 {
			t.Fatalf("the untouched data do not agree: %v", found)
		}
		for table := range keys {
			t.Run(table, func(t *testing.T) {
				a.t = t
				a.changeEachColumn(table)
				a.removeRow(table)
				a.addRow(table)
			})
		}
		a.t = t
		a.exec("CREATE TABLE notes (x TEXT)")
		if len(a.findings()) == 0 {
			t.Error("an added table was not found")
		}
		a.exec("DROP TABLE notes")
		if found := a.findings(); len(found) > 0 {
			t.Fatalf("the test did not put everything back: %v", found)
		}
	})
}

func (a *archive) changeEachColumn(table string) {
	columns, values := a.row(table)
	for i, column := range columns {
		changed := append([]any(nil), values...)
		changed[i] = altered(values[i])
		set := "UPDATE " + table + " SET " + column + " = $1 WHERE "
		before, args := where(table, columns, values, 2)
		a.exec(set+before, append([]any{changed[i]}, args...)...)
		if len(a.findings()) == 0 {
			a.t.Errorf("a changed %s.%s was not found", table, column)
		}
		after, args := where(table, columns, changed, 2)
		a.exec(set+after, append([]any{values[i]}, args...)...)
	}
}

func (a *archive) removeRow(table string) {
	columns, values := a.row(table)
	this, args := where(table, columns, values, 1)
	a.exec("DELETE FROM "+table+" WHERE "+this, args...)
	if len(a.findings()) == 0 {
		a.t.Errorf("a removed row of %s was not found", table)
	}
	a.insert(table, columns, values)
}

// addRow adds a copy of a row under another key; what must be unique is altered, too.
func (a *archive) addRow(table string) {
	columns, values := a.row(table)
	for i, c := range columns {
		switch c {
		case "subject", "seq", "level", "idx", "origin", "version", "account", "number", "post", "town", "year", "entry", "serial", "what":
			if table != "case_posts" && table != "cases" || c == keys[table][0] || c == "serial" {
				values[i] = altered(values[i])
			}
		}
	}
	a.insert(table, columns, values)
	if len(a.findings()) == 0 {
		a.t.Errorf("an added row of %s was not found", table)
	}
	this, args := where(table, columns, values, 1)
	a.exec("DELETE FROM "+table+" WHERE "+this, args...)
}

func (a *archive) insert(table string, columns []string, values []any) {
	a.t.Helper()
	marks := make([]string, len(columns))
	for i := range marks {
		marks[i] = "$" + strconv.Itoa(i+1)
	}
	a.exec("INSERT INTO "+table+" ("+strings.Join(columns, ", ")+") VALUES ("+strings.Join(marks, ", ")+")", values...)
}
