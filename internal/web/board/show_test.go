package board

import (
	"testing"

	"bianmin/internal/cases"
	"bianmin/internal/place"
)

func TestMonthsBeforeAnythingWasFiledAreLeftOut(t *testing.T) {
	months := func(filed ...int64) []cases.MonthFigure {
		list := make([]cases.MonthFigure, len(filed))
		for i, n := range filed {
			list[i].Month, list[i].Filed = string(rune('a'+i)), n
		}
		return list
	}
	for _, c := range []struct {
		name  string
		list  []cases.MonthFigure
		left  int
		first string
	}{
		{"a year in use", months(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1), 13, "a"},
		{"eight months in use", months(0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 1), 8, "f"},
		{"one month in use", months(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1), monthsLeast, "h"},
		{"never used", months(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), monthsLeast, "h"},
	} {
		if got := begun(c.list); len(got) != c.left || got[0].Month != c.first {
			t.Errorf("%s: %d months from %q, want %d from %q", c.name, len(got), got[0].Month, c.left, c.first)
		}
	}
	done := months(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)
	done[2].Done = 1
	if got := begun(done); got[0].Month != "c" {
		t.Errorf("a month in which something was done is left out: from %q", got[0].Month)
	}
}

func TestABoardDoesNotRepeatItsOwnPlace(t *testing.T) {
	const city, town, village = place.Code("610881000000"), place.Code("610881101000"), place.Code("610881101200")
	inVillage := cases.View{Place: village, PlaceName: "高家堡村", Town: town, TownName: "高家堡镇"}
	inTown := cases.View{Place: town, PlaceName: "高家堡镇便民服务站", Town: town, TownName: "高家堡镇"}
	for _, c := range []struct {
		board place.Code
		v     cases.View
		want  string
	}{
		{city, inVillage, "高家堡镇高家堡村，"}, {town, inVillage, "高家堡村，"}, {village, inVillage, ""},
		{city, inTown, "高家堡镇便民服务站，"}, {town, inTown, ""},
	} {
		if got := whereOf(c.board, c.v); got != c.want {
			t.Errorf("on the board of %s it is in %q", c.board, got)
		}
	}
}

func TestThePostsTableSaysWhatDoesNotAddUp(t *testing.T) {
	f := cases.Figures{Place: "610881101000", Stand: cases.Stand{Open: 5}, States: []cases.StateFigure{{State: cases.Correcting, Open: 2}, {State: cases.Examining, Open: 3}},
		Hands: []cases.HandFigure{{PostName: "高家堡镇经办岗", Stand: cases.Stand{Open: 3}}, {PostName: "市民政局", Stand: cases.Stand{Open: 1}}}}
	got := ""
	for _, n := range tableOf(f, byHands, whole).Notes {
		got += n.Link + n.Words
	}
	if want := "几个岗位同时能办的，每个岗位都算，所以加起来多 1 件。等申请人的 2 件在补正，不在哪个岗位手里。"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	f.States, f.Hands, f.Open = f.States[1:], f.Hands[:1], 3
	if notes := tableOf(f, byHands, whole).Notes; len(notes) > 0 {
		t.Errorf("it adds up, and %v is said", notes)
	}
}
