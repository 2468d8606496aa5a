package simulate

import (
	"path/filepath"
	"strings"
	"testing"

	"bianmin/internal/db"
)

// Nothing that a list is asked for reads a whole town. The texts are those that cases.List composes; the plans are of a
// database without statistics, as SQLite's is.
func TestListsAreServedByIndexes(t *testing.T) {
	h := found(t, filepath.Join(t.TempDir(), db.File), keys(t))
	const due, newest = " ORDER BY c.due, c.number LIMIT 51", " ORDER BY c.filed_at DESC, c.number DESC LIMIT 51"
	for _, x := range []struct{ where, index string }{
		{"c.town = 'x' AND c.open" + due, "cases_town_due "},
		{"c.town = 'x' AND c.open" + newest, "cases_town_filed_open "},
		{"c.open" + newest, "cases_filed_open"},
		{"c.town = 'x'" + newest, "cases_town_filed "},
		{"(c.town || '') = 'x' AND c.phone_index = 'y'" + due, "cases_phone_filed "},
		{"(c.town || '') = 'x' AND c.phone_index = 'y'" + newest, "cases_phone_filed "},
		{"(c.place || '') = 'x' AND c.id_index = 'y'" + newest, "cases_id "},
		{"c.town = 'x' AND c.serial = 1 AND c.year = 2026 AND c.town IN ('x')" + newest, "(town=? AND year=? AND serial=?)"},
		{"c.serial = 1 AND c.year = 2026 AND c.town IN ('x', 'y')" + due, "(town=? AND year=? AND serial=?)"},
		{"c.town = 'x' AND c.open AND (c.initials || '') LIKE 'w%'" + due, "cases_town_due "},
		{"(c.initials || '') LIKE 'w%'" + newest, "cases_filed"},
	} {
		plan := strings.Join(h.dump("EXPLAIN QUERY PLAN SELECT c.number, c.doc FROM cases c WHERE "+x.where), "; ")
		if !strings.Contains(plan+" ", x.index) {
			t.Errorf("%s: %s", x.where, plan)
		}
	}
}
