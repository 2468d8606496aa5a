package item_test

import (
	"testing"

	"bianmin/internal/item"
)

func TestLeastAge(t *testing.T) {
	for said, want := range map[string]int{"年满70周岁": 70, "年满 60 周岁": 60, "年满16周岁，不是在校学生": 16, "年满16周岁；未满16周岁的由监护人代为申领": 0, "女方年满49周岁": 0,
		"孩子未满六周岁": 0, "未满18周岁": 0, "年满六周岁，从来没有上过户口": 0, "年满99999999999999999999周岁": 0, "户口在本市": 0} {
		d := item.Definition{Conditions: []string{"户口在本市", said}}
		if years, condition := d.LeastAge(); years != want || (want > 0) != (condition == said) {
			t.Errorf("%s: %d by %q", said, years, condition)
		}
	}
	v, _ := catalogue(t).Get("BM-008")
	if years, _ := v.LeastAge(); years != 70 {
		t.Errorf("the old people's allowance: %d", years)
	}
}
