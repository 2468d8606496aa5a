package enginetest

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

func TestEachGivesBothEnginesNewAndEmpty(t *testing.T) {
	var seen []string
	Each(t, func(t *testing.T, url string) {
		seen = append(seen, filepath.Base(t.Name()))
		if filepath.Base(t.Name()) == "sqlite" {
			if _, err := os.Stat(url); !errors.Is(err, os.ErrNotExist) {
				t.Errorf("%s is there already: %v", url, err)
			}
			if _, err := os.Stat(filepath.Dir(url)); err != nil {
				t.Error(err)
			}
			return
		}
		conn := connect(t, url)
		if n := ask(t, conn, "SELECT count(*)::text FROM pg_tables WHERE schemaname = 'public'"); n != "0" {
			t.Errorf("%s tables in a new database", n)
		}
		if got := ask(t, conn, "SHOW server_encoding"); got != "UTF8" {
			t.Errorf("encoding %s", got)
		}
	})
	if len(seen) != 2 || seen[0] != "sqlite" || seen[1] != "postgres" {
		t.Errorf("engines in turn: %v", seen)
	}
}

func TestOrderAndLettersAreTheSameOnEveryMachine(t *testing.T) {
	conn := connect(t, PostgresURL(t))
	if got := ask(t, conn, "SELECT string_agg(v, '' ORDER BY v) FROM (VALUES ('b'), ('B'), ('民'), ('a')) x(v)"); got != "Bab民" {
		t.Errorf("order %s, want that of the code points", got)
	}
	if got := ask(t, conn, "SELECT upper('é')"); got != "É" {
		t.Errorf("upper('é') is %s: letters beyond ASCII are not known", got)
	}
}

func TestDatabasesAreApart(t *testing.T) {
	first, second := connect(t, PostgresURL(t)), connect(t, PostgresURL(t))
	if _, err := first.Exec(t.Context(), "CREATE TABLE here (n int)"); err != nil {
		t.Fatal(err)
	}
	if got := ask(t, second, "SELECT (to_regclass('here') IS NULL)::text"); got != "true" {
		t.Error("a table made in one database is in the other")
	}
}

func TestDatabaseIsDroppedThoughAConnectionIsOpen(t *testing.T) {
	var url string
	t.Run("user", func(t *testing.T) {
		url = PostgresURL(t)
		connect(t, url)
	})
	conn, err := pgx.Connect(t.Context(), url)
	if err == nil {
		t.Fatal("the database is still there", conn.Close(t.Context()))
	}
	const noSuchDatabase = "3D000"
	if refusal := new(pgconn.PgError); !errors.As(err, &refusal) || refusal.Code != noSuchDatabase {
		t.Errorf("connecting to a dropped database: %v", err)
	}
}

func TestVariableNamesTheServer(t *testing.T) {
	cluster := own(t)
	t.Setenv(Variable, cluster.URL("postgres"))
	conn := connect(t, PostgresURL(t))
	if got, want := ask(t, conn, "SHOW data_directory"), cluster.dataDir(); got != want {
		t.Errorf("the database is in %s, want %s", got, want)
	}
}

func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	return conn
}

func ask(t *testing.T, conn *pgx.Conn, query string) string {
	t.Helper()
	var answer string
	if err := conn.QueryRow(t.Context(), query).Scan(&answer); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return answer
}
