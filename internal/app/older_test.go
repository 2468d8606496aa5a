package app_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
)

// TestADatabaseOlderThanItsCounts: one that was written before cases were counted is counted at its first start, which is said,
// and shows the same figures as before; at the next start nothing is left to do.
func TestADatabaseOlderThanItsCounts(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.walked(t)
		h.fold(t) // and none waits
		before := asJSON(t, h.figures(t, supervisor, ""))
		err := h.app.DB.Write(t.Context(), func(ctx context.Context) error {
			for _, table := range []string{"case_facts", "tallies", "tally_changes"} {
				if _, err := h.app.DB.Q(ctx).ExecContext(ctx, "DELETE FROM "+table); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range []int{1, 0} {
			from := len(h.log.String())
			h.restart(t)
			if said := strings.Count(h.log.String()[from:], "counted anew"); said != want {
				t.Errorf("start %d: said %d times, want %d", i+1, said, want)
			}
			if after := asJSON(t, h.figures(t, supervisor, "")); after != before {
				t.Errorf("start %d: the figures were\n%s\nand are\n%s", i+1, before, after)
			}
		}
		h.verifies(t)
	})
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
