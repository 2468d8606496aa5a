package cases

import "testing"

// TestEndedBeforeTheDecision: the applicant may withdraw, and the counter or the head void, until it is decided.
func TestEndedBeforeTheDecision(t *testing.T) {
	for _, at := range everyState {
		before := at.tell(t).c.State
		open := before.Open() && before != Decided
		for _, x := range []struct {
			cmd   Command
			kind  Kind
			state State
		}{
			{Withdraw{"本人不办了"}, KindWithdrawn, Withdrawn},
			{VoidCommand{"重复收件"}, KindVoided, Void},
		} {
			s := at.tell(t).on("2026-03-30 09:00")
			if !open {
				s.refuses(theClerk, x.cmd, "wrong_state")
				continue
			}
			responsible := s.actor()
			s.does(theClerk, x.cmd).is(x.state, responsible)
			same(t, "kind", s.last().Kind(), x.kind)
			same(t, "closed", s.c.ClosedAt, At(s.now))
			for i, run := range s.c.Steps {
				if !run.finished() {
					t.Errorf("%s: step %d is still to be done", at.name, i+1)
				}
			}
		}
	}
	receivedAtCounter(t).does(theAgent, Withdraw{"本人不办了"}).is(Withdrawn, theClerk)
	receivedAtCounter(t).does(theHead, VoidCommand{"重复收件"}).is(Void, theClerk)
	receivedAtCounter(t).refuses(theAgent, VoidCommand{"重复收件"}, "forbidden")
	receivedAtCounter(t).refuses(theHead, Withdraw{"本人不办了"}, "forbidden")
}
