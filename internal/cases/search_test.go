package cases

import (
	"path/filepath"
	"strings"
	"testing"

	"bianmin/internal/access"
	"bianmin/internal/db"
)

// What a search by name sorts, it reads from the name's indexes, in no list's order: SQLite, which keeps no statistics,
// would take an index that gives the order and read a whole town by it.
func TestASearchByNameReadsItsIndexesAlone(t *testing.T) {
	d, err := db.Open(t.Context(), filepath.Join(t.TempDir(), db.File), db.Serving)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	for _, column := range []string{"name", "initials"} {
		for _, f := range []Filter{{}, {Open: true}, {Sort: ByNewest}, {Sort: ByNewest, Open: true}} {
			for _, town := range []string{"610881101000", ""} {
				q := &listQuery{from: "cases c", limit: 50, name: &named{column: column, begins: "w"}}
				q.scope(access.Actor{Role: access.Supervisor}, f)
				towns := "c.town IN ('610881101000', '610881102000')"
				if town != "" {
					q.and("c.town = ?", town)
					towns = "c.town IN ('610881101000')"
				}
				if f.Open {
					q.and("c.open")
				}
				q.and(towns)
				q.and("c."+column+" >= ? AND c."+column+" < ?", "w", after("w"))
				q.page(f)
				rows, err := d.Q(t.Context()).QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+q.text(), q.args...)
				if err != nil {
					t.Fatal(err)
				}
				for rows.Next() {
					var id, parent, unused int
					var step string
					if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
						t.Fatal(err)
					}
					whole := strings.HasPrefix(step, "SEARCH c USING INDEX sqlite_autoindex_cases_1 (number=?)")
					if strings.Contains(step, " c ") && !whole && !strings.Contains(step, "COVERING INDEX cases_town_"+column) {
						t.Errorf("%s, %+v, town %q: %s", column, f, town, step)
					}
				}
				if err := rows.Err(); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}
