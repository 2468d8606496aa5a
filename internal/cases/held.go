package cases

import (
	"strings"

	"bianmin/internal/calendar"
	"bianmin/internal/item"
)

// heldDays is how long a paper that was received once counts as still valid, in calendar days [usual]: no paper of the
// catalogue names a term of its own.
const heldDays = 180

// Held is a paper that the house has from an earlier case of the same person (M49, §五(二): 申请材料不得重复提交).
type Held struct {
	Material string        `json:"material"`
	Case     Number        `json:"case" doc:"where it was received"`
	Item     string        `json:"item" doc:"that case's item in plain words"`
	On       calendar.Date `json:"on" doc:"when it was received"`
	Until    calendar.Date `json:"until" doc:"to when it counts as valid"`
}

// heldOf lists the papers that were received in earlier cases and still count, each from the newest case that has it.
// The cases are the newest first.
func heldOf(list []*Case, today calendar.Date) []Held {
	held := []Held{}
	seen := map[string]bool{}
	for _, c := range list {
		if c.State == Void || c.State == Withdrawn || c.ReceivedAt == 0 {
			continue // the papers went back
		}
		on := c.ReceivedAt.Date()
		for _, m := range c.Materials {
			until := on.AddDays(heldDays)
			if m.Status != MaterialReceived || seen[m.Name] || until.Before(today) || !c.keeps(m) {
				continue
			}
			seen[m.Name] = true
			held = append(held, Held{Material: m.Name, Case: c.Number, Item: c.Def.Plain, On: on, Until: until})
		}
	}
	return held
}

// keeps says whether the house has the paper or a copy of it, and whether it says anything beyond its own case: a form
// is filled in, and a mandate given, for one matter.
func (c *Case) keeps(m Material) bool {
	asked, known := c.Def.Material(m.Name)
	if !known || asked.From.Kind == item.CounterForm || asked.Return && m.Copies == 0 {
		return false
	}
	for _, own := range []string{"申请", "委托", "授权", "承诺", "声明"} {
		if strings.Contains(m.Name, own) {
			return false
		}
	}
	return true
}
