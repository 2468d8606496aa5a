package simulate

import (
	"path/filepath"
	"strings"
	"testing"

	"bianmin/internal/db"
)

// Nothing that a list asks for reads and sorts a town's cases, or all there are. The texts are those that cases.List
// composes.
func TestListsAreServedByIndexes(t *testing.T) {
	h := found(t, filepath.Join(t.TempDir(), db.File), keys(t))
	h.mustRun(Arguments{Days: 5, PerDay: 5, Seed: 5}, 2000)
	for where, sorts := range map[string]bool{
		"c.town = 'x' AND c.open ORDER BY c.due, c.number":                                                     false,
		"c.town = 'x' AND c.open ORDER BY c.filed_at DESC, c.number DESC":                                      false,
		"c.town = 'x' ORDER BY c.due, c.number":                                                                false,
		"c.town = 'x' AND (c.initials || '') LIKE 'w%' ORDER BY c.due, c.number":                               false,
		"(c.initials || '') LIKE 'w%' ORDER BY c.due, c.number":                                                false,
		"(c.initials || '') LIKE 'w%' ORDER BY c.filed_at DESC, c.number DESC":                                 false,
		"c.town IN ('x', 'y') AND c.name >= 'a' AND c.name < 'b' ORDER BY c.due, c.number":                     true, // few
		"c.town = 'x' AND c.town IN ('x') AND c.initials >= 'a' AND c.initials < 'b' ORDER BY c.due, c.number": true,
		"c.serial = 1 AND c.year = 2026 AND c.town IN ('x', 'y') ORDER BY c.due, c.number":                     true,
	} {
		plan := strings.Join(h.dump("EXPLAIN QUERY PLAN SELECT c.number FROM cases c WHERE "+where+" LIMIT 51"), "; ")
		if !strings.Contains(plan, "INDEX") || !sorts && strings.Contains(plan, "TEMP B-TREE") || sorts && !strings.Contains(plan, "town=?") {
			t.Errorf("%s: %s", where, plan)
		}
	}
}
