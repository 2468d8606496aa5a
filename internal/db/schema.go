package db

import (
	"context"
	"io/fs"
	"slices"
	"strconv"
	"strings"
)

// Tables lists the tables that there are, in order.
func (d *DB) Tables(ctx context.Context) ([]string, error) {
	text := `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY name`
	if d.engine == Postgres {
		text = `SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() ORDER BY table_name COLLATE "C"`
	}
	return texts(ctx, d.Q(ctx), text)
}

// VersionsAsShipped says whether the migrations that ran are those of this program.
func (d *DB) VersionsAsShipped(ctx context.Context) (bool, error) {
	want := []string{"0"} // goose's own beginning
	err := fs.WalkDir(migrations, "migrations/"+string(d.engine), func(_ string, f fs.DirEntry, err error) error {
		if err == nil && !f.IsDir() {
			number, _, _ := strings.Cut(f.Name(), "_")
			n, _ := strconv.Atoi(number) // goose has refused other names
			want = append(want, strconv.Itoa(n))
		}
		return err
	})
	if err != nil {
		return false, err
	}
	have, err := texts(ctx, d.Q(ctx), `SELECT CAST(version AS TEXT) FROM schema_versions ORDER BY schema_versions.version`)
	return slices.Equal(have, want), err
}

func texts(ctx context.Context, q Querier, text string) ([]string, error) {
	rows, err := q.QueryContext(ctx, text)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, rows.Err()
}
