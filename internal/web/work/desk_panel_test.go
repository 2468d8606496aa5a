package work

import (
	"testing"

	"bianmin/internal/cases"
)

// What is not needed in a case is none of its papers.
func TestHowManyPapersACaseHas(t *testing.T) {
	here, gone, spare := cases.Material{Status: cases.MaterialReceived}, cases.Material{Status: cases.MaterialAbsent}, cases.Material{Status: cases.MaterialNotNeeded}
	for want, list := range map[string][]cases.Material{"材料 2 份，全部齐": {here, spare, here}, "材料 2 份，差 1 份": {gone, spare, here}, "材料 0 份，全部齐": {spare}} {
		if got := papersOf(cases.View{Materials: list}); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
