package db

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The two folders hold the same text but for the engines' types, so that nobody changes one and forgets the other.
func TestMigrationsAreTheSameButForTheTypes(t *testing.T) {
	sqlite, postgres := migrationsOf(t, SQLite), migrationsOf(t, Postgres)
	if len(sqlite) == 0 || len(sqlite) != len(postgres) {
		t.Fatalf("%d files and %d", len(sqlite), len(postgres))
	}
	types := strings.NewReplacer("BYTEA", "BLOB", ` COLLATE "C"`, "")
	for name, text := range postgres {
		want := strings.Split(types.Replace(text), "\n")
		got := strings.Split(sqlite[name], "\n")
		if len(got) != len(want) {
			t.Errorf("%s: %d lines and %d", name, len(got), len(want))
			continue
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("%s line %d:\n  sqlite   %s\n  postgres %s", name, i+1, got[i], want[i])
			}
		}
	}
}

// A text column without COLLATE "C" would sort as the server's locale says, and differently from SQLite.
func TestEveryTextColumnOfPostgresSortsByItsBytes(t *testing.T) {
	bare := regexp.MustCompile(`^\s+\w+\s+TEXT(?: COLLATE "C")?`)
	for name, text := range migrationsOf(t, Postgres) {
		for i, line := range strings.Split(text, "\n") {
			if found := bare.FindString(line); found != "" && !strings.HasSuffix(found, `COLLATE "C"`) {
				t.Errorf("%s line %d: %s", name, i+1, line)
			}
		}
	}
}

func migrationsOf(t *testing.T, e Engine) map[string]string {
	t.Helper()
	folder := path.Join("migrations", string(e))
	files, err := fs.ReadDir(migrations, folder)
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for _, f := range files {
		raw, err := fs.ReadFile(migrations, path.Join(folder, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		texts[f.Name()] = string(raw)
	}
	return texts
}

func TestBothEnginesHaveTheSameTables(t *testing.T) {
	made := map[Engine][]string{}
	each(t, func(t *testing.T, d *base) {
		made[d.Engine()] = slices.Concat(tablesOf(t, d), columnsOf(t, d), indexesOf(t, d))
	})
	sqlite, postgres := made[SQLite], made[Postgres]
	if len(sqlite) < 100 {
		t.Errorf("only %d lines describe the tables", len(sqlite))
	}
	for i, line := range postgres { // which names the type of a constant
		postgres[i] = strings.ReplaceAll(line, "::text", "")
	}
	for _, line := range sqlite {
		if !slices.Contains(postgres, line) {
			t.Errorf("only on SQLite: %s", line)
		}
	}
	for _, line := range postgres {
		if !slices.Contains(sqlite, line) {
			t.Errorf("only on PostgreSQL: %s", line)
		}
	}
}

func tablesOf(t *testing.T, d *base) []string {
	t.Helper()
	list, err := d.Tables(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// columnsOf describes each column: its table, place, name, type, and whether it may be null.
func columnsOf(t *testing.T, d *base) []string {
	t.Helper()
	text := `SELECT m.name || ' ' || p.cid || ' ' || p.name || ' ' || lower(p.type) || CASE WHEN p."notnull" OR p.pk > 0 THEN ' not null' ELSE '' END
		FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table'`
	if d.Engine() == Postgres {
		text = `SELECT table_name || ' ' || (ordinal_position - 1) || ' ' || column_name || ' ' ||
			CASE data_type WHEN 'bytea' THEN 'blob' ELSE data_type END || CASE is_nullable WHEN 'NO' THEN ' not null' ELSE '' END
			FROM information_schema.columns WHERE table_schema = current_schema()`
	}
	list, err := texts(t.Context(), d.Q(t.Context()), text)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// indexesOf describes each index by what it is over; the names of those behind keys are the engine's own.
func indexesOf(t *testing.T, d *base) []string {
	t.Helper()
	if d.Engine() == Postgres {
		list, err := texts(t.Context(), d.Q(t.Context()), `SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema()`)
		if err != nil {
			t.Fatal(err)
		}
		parts := regexp.MustCompile(`^CREATE (UNIQUE )?INDEX \w+ ON \w+\.(\w+) USING btree \(([^)]*)\)(?: WHERE (.*))?$`)
		for i, line := range list {
			p := parts.FindStringSubmatch(line)
			if p == nil {
				t.Fatalf("an index that is not understood: %s", line)
			}
			list[i] = index(p[2], p[3], p[1] != "", strings.Trim(p[4], "()"))
		}
		return list
	}
	list, err := texts(t.Context(), d.Q(t.Context()), `
		SELECT m.name || '|' || (SELECT group_concat(name, ', ') FROM (SELECT name FROM pragma_index_info(l.name) ORDER BY seqno))
			|| '|' || l."unique" || '|' || COALESCE((SELECT sql FROM sqlite_master WHERE name = l.name), '')
		FROM sqlite_master m JOIN pragma_index_list(m.name) l WHERE m.type = 'table'`)
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range list {
		p := strings.SplitN(line, "|", 4)
		_, where, _ := strings.Cut(p[3], " WHERE ")
		list[i] = index(p[0], p[1], p[2] == "1", where)
	}
	return list
}

func index(table, columns string, unique bool, where string) string {
	return fmt.Sprintf("index on %s (%s) unique %v where %q", table, columns, unique, where)
}
