package work

import (
	"testing"

	"bianmin/internal/access"
	"bianmin/internal/cases"
)

// In a workbook a case is in the hands in which the board counts it: all of them, and nobody's while the applicant has it.
func TestHandsInAWorkbook(t *testing.T) {
	h := newHouse(t)
	column := func(v cases.View) any {
		for _, c := range h.site.caseColumns() {
			if c.Head == "在谁手里" {
				return c.Value(v)
			}
		}
		return nil
	}
	step := &cases.StepView{Name: "受理", OwnerName: "高家堡镇窗口"}
	for want, v := range map[string]cases.View{
		"等申请人": {State: cases.Correcting, Step: step},
		"高家堡镇经办岗、神木市民政局": {State: cases.Examining, Step: step, Hands: []access.Post{access.DeskPost(gaojiabu), access.UnitPost("minzheng", "")}},
		"高家堡镇窗口":         {State: cases.Submitted, Hands: []access.Post{access.CounterPost(gaojiabu)}},
		"":               {State: cases.Closed, Step: step},
	} {
		if got := column(v); got != want {
			t.Errorf("%s: %v, want %s", v.State, got, want)
		}
	}
	if got := column(h.atTheDesk("折桂英")); got != "高家堡镇经办岗" {
		t.Errorf("at the desk: %v", got)
	}
}
