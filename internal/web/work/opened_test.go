package work

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/cases"
)

// TestPagesOfSeveralCasesNoteTheLook: whoever has no part in a case and names it to a page beside others is noted as on the
// case's own page: once a person and day, however often it is read. Who works the case is not, nor a page that shows none.
func TestPagesOfSeveralCasesNoteTheLook(t *testing.T) {
	several := func(list ...cases.View) string { return "/desk/several?" + picks(list) }
	papers := func(list ...cases.View) string { return "/papers?kind=01&" + picks(list) }
	done := func(list ...cases.View) string { return "/counter/cases/" + string(list[1].Number) }
	dealt := func(list ...cases.View) string { return "/desk?queue=handed&done=" + string(list[1].Number) }
	for _, x := range []struct {
		name    string
		address func(list ...cases.View) string
		who     access.Account
		noted   string // at the case that waits at the counter, at the one at the desk
	}{
		{"answered together, one of them", several, theDesk, "1 0"},
		{"answered together, none", several, theHead, "0 0"},
		{"papers by the head", papers, theHead, "1 1"},
		{"papers by the desk", papers, theDesk, "1 0"},
		{"said to have been dealt with", dealt, theDesk, "1 0"},
		{"after filing, the agent", done, theAgent, "1 0"},
		{"after filing, the clerk", done, theClerk, "0 0"},
	} {
		h := newHouse(t)
		atDesk, atCounter := h.atTheDesk("折桂英"), h.files("高吉祥")
		noted := func() string {
			var n []string
			for _, v := range []cases.View{atCounter, atDesk} {
				entries, err := h.journal.About(t.Context(), "opened/"+string(v.Number))
				if err != nil {
					t.Fatal(err)
				}
				n = append(n, string(rune('0'+len(entries))))
				for _, e := range entries {
					if e.Actor != x.who.Account {
						t.Errorf("%s: %s is noted", x.name, e.Actor)
					}
				}
			}
			return strings.Join(n, " ")
		}
		b := h.as(x.who)
		for range 3 {
			b.opens(x.address(atDesk, atCounter, atDesk)).is(http.StatusOK)
		}
		if got := noted(); got != x.noted {
			t.Errorf("%s: noted %s, want %s", x.name, got, x.noted)
		}
		h.clock.Add(24 * time.Hour)
		h.wall.Add(time.Minute)
		b.opens(x.address(atDesk, atCounter)).is(http.StatusOK)
		if got, want := noted(), strings.ReplaceAll(x.noted, "1", "2"); got != want {
			t.Errorf("%s: a day later noted %s, want %s", x.name, got, want)
		}
	}
}

func picks(list []cases.View) string {
	q := url.Values{}
	for _, v := range list {
		q.Add("n", pickValue(v))
	}
	return q.Encode()
}
