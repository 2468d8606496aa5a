package cases

import (
	"slices"
	"testing"

	"bianmin/internal/access"
	"bianmin/internal/item"
	"bianmin/internal/place"
)

// walk takes a case from where it is to its end: at every moment the owner of an open step does what the rule lets
// that account do. It watches what must hold all the way.
func walk(s *story, approve bool) {
	s.t.Helper()
	for range 2 * len(s.c.Steps) {
		watch(s)
		if !s.c.State.Open() {
			return
		}
		if s.c.State == Submitted {
			s.does(theClerk, Receive{})
			continue
		}
		open := s.c.open()
		if len(open) == 0 {
			s.t.Fatalf("%s: nothing is open in %s", s.c.ItemCode, s.c.State)
		}
		i := open[len(open)-1] // of steps side by side the last, to go against the order in which they stand
		actor := theOwner(s.c, i)
		s.does(actor, forward(s, i, actor, approve))
	}
	s.t.Fatalf("%s does not come to its end", s.c.ItemCode)
}

// forward is what the owner of step i does to bring the case on, and it must be among what the account can do.
func forward(s *story, i int, a access.Actor, approve bool) Command {
	s.t.Helper()
	var cmd Command
	switch s.c.Def.Steps[i].Kind {
	case item.Accept:
		cmd = Accept{}
	case item.Decide:
		cmd = DecideOn{Approve: approve, Reason: "照条件核过"}
	case item.Deliver:
		cmd = Deliver{"counter", "折桂英"}
	default:
		cmd = Pass{Note: "属实"}
	}
	if !slices.Contains(s.c.Actions(a), cmd.Verb()) {
		s.t.Fatalf("%s: %s is not among the actions of %s in %s: %v", s.c.ItemCode, cmd.Verb(), a.Account, s.c.State, s.c.Actions(a))
	}
	return cmd
}

// watch checks what holds at every moment of every case.
func watch(s *story) {
	s.t.Helper()
	c := s.c
	if r := c.Responsible; r.Account == "" || r.Name == "" || r.Place == "" {
		s.t.Errorf("%s in %s: nobody answers for it: %v", c.ItemCode, c.State, r)
	}
	todo, seen := []access.Post{}, []access.Post{}
	for _, p := range postsOf(c, never) {
		if p.Todo {
			todo = append(todo, access.Post(p.Post))
		}
		seen = append(seen, access.Post(p.Post))
	}
	want := []access.Post{}
	switch {
	case c.State == Submitted: // whoever may take the papers in
		if want = append(want, access.CounterPost(c.Town)); c.Place.IsRoom() {
			want = append(want, access.AgentPost(c.Place))
		}
	case c.State != Correcting: // then it waits for the applicant
		for _, i := range c.open() {
			if post := theOwner(c, i).Post(); !slices.Contains(want, post) {
				want = append(want, post)
			}
		}
	}
	if slices.ContainsFunc(c.Questions, func(q Question) bool { return q.AnsweredAt == 0 }) && len(want) == 0 { // whoever meets the applicant
		if want = append(want, access.CounterPost(c.Town)); c.Place.IsRoom() {
			want = append(want, access.AgentPost(c.Place))
		}
	}
	if x := c.Extension; x != nil && x.Granted == nil && slices.Contains(beforeDecision, c.State) {
		want = append(want, x.For)
	}
	if c.Handing != nil {
		want = append(want, access.PersonPost(c.Handing.To.Account))
	}
	for _, m := range c.Moves { // where papers on their way are listed
		want = append(want, access.Post("arrives:"+string(m.Receiver)), access.Post("sent:"+string(m.Sender)), access.Post("moves:"+string(c.Town)))
	}
	slices.Sort(want)
	if want = slices.Compact(want); !slices.Equal(todo, want) {
		s.t.Errorf("%s in %s: it waits at %v, want %v", c.ItemCode, c.State, todo, want)
	}
	for i, step := range c.Def.Steps {
		if post := theOwner(c, i).Post(); step.Owner.Kind == item.UnitDesk && slices.Contains(seen, post) != (c.AcceptedAt != 0) {
			s.t.Errorf("%s in %s, accepted %v: seen by %v", c.ItemCode, c.State, c.AcceptedAt != 0, seen)
		}
	}
}

// TestWalkOfAllItems: each of the hundred items comes from filing to its end, filed at the counter for a room, at the
// counter for the town itself, by the agent, and from afar, approved and refused, by the accounts that own its steps.
func TestWalkOfAllItems(t *testing.T) {
	all := theItems().All()
	same(t, "items", len(all), 100)
	for _, way := range []struct {
		name    string
		who     access.Actor
		channel Channel
		at      place.Code
	}{
		{"at the counter for a room", theClerk, AtCounter, gaojiabuRoom},
		{"at the town itself", theClerk, AtCounter, gaojiabu},
		{"by the agent", theAgent, ByAgent, gaojiabuRoom},
		{"online", theClerk, Online, gaojiabuRoom},
	} {
		for _, approve := range []bool{true, false} {
			for _, def := range all {
				s := filed(t, string(def.Code), way.who, way.channel, way.at)
				walk(s, approve)
				c := s.c
				if c.State != Closed || c.Approved == nil || *c.Approved != approve || c.ClosedAt == 0 {
					t.Errorf("%s %s ends %s", def.Code, way.name, c.State)
				}
				for i, run := range c.Steps {
					skippable := !approve && i > stepOf(c, item.Decide) && def.Steps[i].Kind != item.Deliver
					if run.Skipped != skippable || run.Skipped == (run.Done != 0) {
						t.Errorf("%s %s: step %s ends %+v", def.Code, way.name, def.Steps[i].Name, run)
					}
				}
			}
		}
	}
}

func stepOf(c *Case, k item.StepKind) int {
	i, _ := c.Def.StepIndex(k)
	return i
}
