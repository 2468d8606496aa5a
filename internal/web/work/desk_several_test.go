package work

import (
	"net/http"
	"testing"

	"bianmin/internal/cases"
)

// TestTakenAndUntakenAreAnsweredTogether: two cases at one step of one item are of one kind, though somebody took one of them;
// what is offered fits both. What cannot be answered with them is named, without a wrong reason.
func TestTakenAndUntakenAreAnsweredTogether(t *testing.T) {
	h := newHouse(t)
	free, counter := h.atTheDesk("折桂英"), h.files("高吉祥")
	taken := h.does(theDesk, h.atTheDesk("贺兰花"), cases.Take{})
	b := h.as(theDesk)
	for _, list := range [][]cases.View{{free, taken, counter}, {taken, free, counter}} {
		b.opens("/desk/several?"+picks(list)).is(http.StatusOK).
			says("一起办 2 件", "下一步：审批", "另外选的 1 件不能和上面的一起办").saysNot("先接下")
	}
	for _, v := range []cases.View{free, taken} {
		b.opens("/desk/several?like="+string(v.Number)).is(http.StatusOK).says("一起办 2 件", "折桂英", "贺兰花")
	}
	b.opens("/desk/several?n="+pickValue(free)).is(http.StatusOK).says("一起办 1 件", "先接下")
}
