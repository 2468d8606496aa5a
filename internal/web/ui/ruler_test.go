package ui

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestRulerIsDrawn(t *testing.T) {
	for name, tc := range map[string]struct {
		t                          Teeth
		used, over, promised, gaps int
	}{
		"a third of the law used": {Teeth{Used: 10, Promised: 20, Legal: 30}, 80, 80, 160, 29},
		"no law":                  {Teeth{Used: 5, Promised: 10}, 120, 120, 240, 9},
		"past the promise":        {Teeth{Used: 25, Promised: 20, Legal: 30}, 160, 200, 160, 29},
		"past the end":            {Teeth{Used: 4, Promised: 2}, 120, 240, 120, 3},
		"a tooth for five days":   {Teeth{Used: 31, Promised: 30, Legal: 45}, 160, 165, 160, 8},
	} {
		t.Run(name, func(t *testing.T) {
			d := tc.t.draw()
			if d.used != tc.used || d.over != tc.over || d.promised != tc.promised || strings.Count(d.gaps, "M") != tc.gaps {
				t.Errorf("%+v with %d gaps", d, strings.Count(d.gaps, "M"))
			}
		})
	}
}

// Nothing is drawn outside, whatever the numbers are.
func TestRulerStaysInside(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		days := rapid.IntRange(0, 4000)
		d := Teeth{Used: days.Draw(t, "used"), Promised: days.Draw(t, "promised"), Legal: days.Draw(t, "legal"), Wide: rapid.Bool().Draw(t, "wide")}.draw()
		for _, x := range []int{d.used, d.over, d.promised, d.post} {
			if x < 0 || x > d.width {
				t.Fatalf("%+v", d)
			}
		}
		if d.used > d.over || strings.Count(d.gaps, "M") > teethMost {
			t.Fatalf("%+v", d)
		}
	})
}
