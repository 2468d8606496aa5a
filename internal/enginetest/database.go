package enginetest

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// patience bounds making and dropping a database on a busy machine.
const patience = time.Minute

// PostgresURL makes a new, empty database for the test and drops it when the test ends.
func PostgresURL(t testing.TB) string {
	t.Helper()
	base, err := sharedURL()
	if err != nil {
		t.Fatal(err)
	}
	name := "t_" + strings.ToLower(rand.Text())
	if err := create(base, name); err != nil {
		t.Fatalf("making a test database: %v", err)
	}
	t.Cleanup(func() {
		if err := drop(base, name); err != nil {
			t.Errorf("dropping a test database: %v", err)
		}
	})
	database := *base
	database.Path = "/" + name
	return database.String()
}

// create starts from template0, so that nothing that someone put into template1 is there, and with the one locale whose
// order is the same on every machine.
func create(base *url.URL, name string) error {
	return administer(base, func(ctx context.Context, conn *pgx.Conn) error {
		_, err := conn.Exec(ctx, "CREATE DATABASE "+name+" TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'")
		return err
	})
}

// drop ends what connections a test left open. It asks until they are gone, because DROP DATABASE itself, finding one,
// looks again only after a tenth of a second: at every test that would be most of the time the test takes.
func drop(base *url.URL, name string) error {
	return administer(base, func(ctx context.Context, conn *pgx.Conn) error {
		for open := 1; open > 0; {
			row := conn.QueryRow(ctx, "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = $1", name)
			if err := row.Scan(&open); err != nil {
				return err
			}
		}
		_, err := conn.Exec(ctx, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)")
		return err
	})
}

func administer(base *url.URL, do func(context.Context, *pgx.Conn) error) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	conn, err := pgx.Connect(ctx, base.String())
	if err != nil {
		return fmt.Errorf("connecting to the test server: %w", err)
	}
	defer conn.Close(ctx)
	return do(ctx, conn)
}
