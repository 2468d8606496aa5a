package enginetest

import (
	"errors"
	"os"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
)

// TestASmallDiskIsTheServersAlone: a table on it is refused what is beyond its size, the server goes on, and outside there
// is an empty folder.
func TestASmallDiskIsTheServersAlone(t *testing.T) {
	cluster, err := Start(WithFsyncOff(), WithSmallDisk("1m"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := cluster.Stop(); err != nil {
			t.Error(err)
		}
	})
	conn := connect(t, cluster.URL("postgres"))
	for _, order := range []string{"CREATE TABLESPACE small LOCATION '" + cluster.SmallDisk() + "'", "CREATE TABLE t (n int) TABLESPACE small"} {
		if _, err := conn.Exec(t.Context(), order); err != nil {
			t.Fatal(err)
		}
	}
	const diskFull = "53100"
	_, err = conn.Exec(t.Context(), "INSERT INTO t SELECT generate_series(1, 100000)")
	if refusal := new(pgconn.PgError); !errors.As(err, &refusal) || refusal.Code != diskFull {
		t.Errorf("more than there is room for: %v", err)
	}
	if got := ask(t, conn, "SELECT count(*)::text FROM t"); got != "0" {
		t.Errorf("%s rows were kept", got)
	}
	if inside, err := os.ReadDir(cluster.SmallDiskSeen()); err != nil || len(inside) != 1 {
		t.Errorf("on the small disk: %v, %v", inside, err)
	}
	if outside, err := os.ReadDir(cluster.SmallDisk()); err != nil || len(outside) != 0 {
		t.Errorf("outside: %v, %v", outside, err)
	}
}
