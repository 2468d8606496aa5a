package cases

import (
	"testing"

	"bianmin/internal/problem"
)

// TestRefusals: a stable code, and the facts: what was tried, in which state, whose step it is, and who did the last
// thing and when, which often is the answer to "why".
func TestRefusals(t *testing.T) {
	s := receivedAtCounter(t).on("2026-03-10 14:00").does(theColleague, Accept{}).on("2026-03-10 16:00")
	last := problem.Facts{"last_kind": "accepted", "last_by": "贺小军", "last_account": "clerk2-610881101", "last_at": "2026-03-10T14:00:00+08:00"}

	no := s.refuses(theClerk, Accept{}, "wrong_state")
	facts(t, no, last, problem.Facts{"verb": "accept", "state": "accepted"})
	same(t, "kind", no.Kind, problem.Refused)

	no = s.refuses(theDesk, Pass{}, "not_your_step")
	facts(t, no, last, problem.Facts{"verb": "pass", "step": "村里核实", "owner": "agent"})

	no = s.refuses(theInspector, Pass{}, "forbidden")
	same(t, "kind", no.Kind, problem.Forbidden)
	facts(t, no)

	no = s.refuses(theAgent, Return{}, "invalid")
	same(t, "kind", no.Kind, problem.Invalid)

	// After the end nothing waits for anybody.
	s.does(theClerk, Withdraw{"本人不办了"})
	last = problem.Facts{"last_kind": "withdrawn", "last_by": "刘芳", "last_account": "clerk-610881101", "last_at": "2026-03-10T16:00:00+08:00"}
	facts(t, s.refuses(theAgent, Pass{}, "wrong_state"), last, problem.Facts{"verb": "pass", "state": "withdrawn"})
}

// facts checks that a refusal has these facts and no others.
func facts(t *testing.T, no *problem.Problem, parts ...problem.Facts) {
	t.Helper()
	want := problem.Facts{}
	for _, part := range parts {
		for k, v := range part {
			want[k] = v
		}
	}
	if len(want) == 0 && len(no.Facts) == 0 {
		return
	}
	same(t, no.Code, asJSON(no.Facts), asJSON(want))
}
