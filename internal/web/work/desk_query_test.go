package work

import (
	"net/url"
	"testing"

	"pgregory.net/rapid"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/item"
	"bianmin/internal/place"
)

// A view of the list is its address: what is sent to a colleague opens the same.
func TestAddressHoldsTheWholeQuestion(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[a-z0-9折桂英 &=#?+%/]{0,8}`)
		q := deskQuery{Queue: text.Draw(t, "queue"), Text: text.Draw(t, "q"), State: cases.State(text.Draw(t, "state")), Item: item.Code(text.Draw(t, "item")),
			Place: place.Code(text.Draw(t, "place")), After: text.Draw(t, "after"), Case: cases.Number(text.Draw(t, "case"))}
		if got := deskAt(q.address()); got != q {
			t.Fatalf("%+v became %+v by %s", q, got, q.address())
		}
	})
}

func TestQueuesOfRoles(t *testing.T) {
	for role, want := range map[access.Role]string{access.Agent: "todo", access.Clerk: "todo", access.Desk: "todo", access.Unit: "todo",
		access.Head: "open", access.Supervisor: "open", access.Inspector: "open"} {
		if got := parseDesk(url.Values{}).queueFor(role).key; got != want {
			t.Errorf("%s begins with %s, want %s", role, got, want)
		}
	}
	if got := (deskQuery{Queue: "todo"}).queueFor(access.Head).key; got != "open" {
		t.Errorf("the head has no steps to do, and is shown %s", got)
	}
}

func TestFilters(t *testing.T) {
	for name, tc := range map[string]struct {
		q    deskQuery
		want cases.Filter
	}{
		"to do":              {deskQuery{}, cases.Filter{Todo: true, Limit: deskRows}},
		"mine":               {deskQuery{Queue: "mine"}, cases.Filter{Responsible: true, Open: true, Limit: deskRows}},
		"ended":              {deskQuery{Queue: "ended"}, cases.Filter{State: cases.Closed, Sort: cases.ByNewest, Limit: deskRows}},
		"a state in a queue": {deskQuery{Queue: "open", State: cases.Correcting}, cases.Filter{Open: true, State: cases.Correcting, Limit: deskRows}},
		"all of it": {deskQuery{Queue: "all", Text: "折", Item: "BM-008", Place: "610881101200", After: "x"},
			cases.Filter{Query: "折", Item: "BM-008", Place: "610881101200", After: "x", Sort: cases.ByNewest, Limit: deskRows}},
	} {
		if got := tc.q.filter(access.Desk); got != tc.want {
			t.Errorf("%s: %+v, want %+v", name, got, tc.want)
		}
	}
}

func TestWhatNamesOneCase(t *testing.T) {
	number := cases.NewNumber(gaojiabu, 2026, 26)
	for typed, want := range map[string]bool{string(number): true, "26": true, "000026": true, "1234567": true, "12345678": false, "13991234567": false, "折桂英": false, "sgy": false, "": false, "26 ": false} {
		if got := meant(typed); got != want {
			t.Errorf("%q: %v, want %v", typed, got, want)
		}
	}
}
