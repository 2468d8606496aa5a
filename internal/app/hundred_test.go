package app_test

import (
	"slices"
	"strings"
	"testing"

	"bianmin/internal/cases"
)

// TestTheHundredItemsFromReceiptToClose: each item of the catalogue, over the API, by the demonstration's accounts alone:
// whoever the answer names as the owner of the step does it, by a verb that the answer offers to that account.
func TestTheHundredItemsFromReceiptToClose(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		all := h.app.City.Items.All()
		if len(all) != 100 {
			t.Fatalf("%d items", len(all))
		}
		for _, def := range all {
			v := h.filed(t, string(def.Code), gaoVillage)
			for steps := 0; v.State != cases.Closed; steps++ {
				if steps > 3*len(def.Steps) || v.Step == nil {
					t.Fatalf("%s is still %s, at %+v", def.Code, v.State, v.Step)
				}
				v = h.takesItsTurn(t, v)
			}
			if v.Approved == nil || !*v.Approved || v.ClosedAt == nil {
				t.Errorf("%s is closed without a decision", def.Code)
			}
		}
	})
}

// takesItsTurn lets the owner of the open step do what it is for.
func (h *house) takesItsTurn(t *testing.T, v cases.View) cases.View {
	t.Helper()
	c := h.as(t, accountOf(v))
	mine := c.get(t, path(v)).want(t, 200).view(t)
	for _, turn := range []struct {
		verb cases.Verb
		body form
	}{{"accept", nil}, {"decide", form{"approve": true}}, {"deliver", form{"way": "counter", "receiver": "本人"}}, {"pass", nil}} {
		if slices.Contains(mine.Actions, turn.verb) {
			return c.did(t, mine, string(turn.verb), turn.body)
		}
	}
	t.Fatalf("%s: %s offers nothing at %s: %v", v.Item.Code, accountOf(v), v.Step.Name, mine.Actions)
	return v
}

// accountOf is the demonstration's account that owns the step, by what the answer says of it.
func accountOf(v cases.View) string {
	town := string(v.Town)[:9]
	unit, isUnit := strings.CutPrefix(v.Step.Owner, "unit:")
	switch {
	case isUnit && v.Step.Tier == "town":
		return "unit-" + unit + "-" + town
	case isUnit:
		return "unit-" + unit
	}
	return map[string]string{"agent": "agent-" + string(v.Place), "counter": "clerk-" + town, "desk": "desk-" + town}[v.Step.Owner]
}
