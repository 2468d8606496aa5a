package cases

import (
	"context"
	"errors"
	"fmt"

	"bianmin/internal/access"
	"bianmin/internal/once"
	"bianmin/internal/problem"
)

// SeveralMost is how many cases can be dealt with at once.
const SeveralMost = 100

// severalVerbs are those that make sense for many cases with one wording. What is about one person is not among them.
var severalVerbs = []Verb{VerbTake, VerbAccept, VerbPass, VerbReturn, VerbDecide, VerbSuspend, VerbExtend, VerbApprove, VerbRefuse}

// CanSeveral says whether many cases can be answered so at once.
func CanSeveral(v Verb) bool {
	for _, x := range severalVerbs {
		if x == v {
			return true
		}
	}
	return false
}

// Target is one of several cases, at the version that the person had seen.
type Target struct {
	Number  Number `json:"number"`
	Version int64  `json:"version" minimum:"1" doc:"the version that you saw"`
}

// Outcome is what became of one of several: done, with the case as it is now, or why not.
type Outcome struct {
	Number  Number
	Answer  once.Answer      // the case, when it was done
	Problem *problem.Problem // else why not
}

// DoSeveral does one thing to several cases of one item at one step; an answer to requests for more time, to those of any
// items: what is looked at there is the request. Each is a command of its own, with its own record and
// its own answer: what cannot be done does not hold up the others. A repeated request does again only what was not done.
// Of a trouble that is no case's (the database is gone) the first ends it all, as an error.
func (s *Service) DoSeveral(ctx context.Context, a access.Actor, key once.Key, targets []Target, cmd Command) ([]Outcome, error) {
	if err := s.severalFit(ctx, a, targets, cmd); err != nil {
		return nil, err
	}
	list := make([]Outcome, len(targets))
	for i, t := range targets {
		own := key
		own.Key = key.Key + " " + string(t.Number)
		answer, err := s.Do(ctx, a, own, t.Number, t.Version, cmd)
		list[i] = Outcome{Number: t.Number, Answer: answer}
		if err != nil && !errors.As(err, &list[i].Problem) {
			return nil, err
		}
	}
	return list, nil
}

// severalFit says what is wrong with the whole of it.
func (s *Service) severalFit(ctx context.Context, a access.Actor, targets []Target, cmd Command) error {
	wrong := func(path, code, message string) error {
		return problem.WrongFields([]problem.Field{{Path: path, Code: code, Message: message}})
	}
	if !CanSeveral(cmd.Verb()) {
		return wrong("verb", "not_for_several", "这一步要一件一件办")
	}
	if len(targets) == 0 {
		return wrong("cases", "required", "先选上要一起办的件")
	}
	if len(targets) > SeveralMost {
		return wrong("cases", "too_many", fmt.Sprintf("一次最多 %d 件", SeveralMost))
	}
	seen, first := map[Number]bool{}, ""
	for i, t := range targets {
		at := fmt.Sprintf("cases[%d].number", i)
		if seen[t.Number] {
			return wrong(at, "twice", "同一件写了两遍")
		}
		seen[t.Number] = true
		if err := s.store.sees(ctx, a, t.Number); err != nil {
			continue // it is answered by itself, in the words for what is not there
		}
		c, err := s.store.load(ctx, t.Number, s.items())
		if err != nil {
			return err
		}
		if c.Version != t.Version {
			continue // somebody was first: that is answered by itself
		}
		if kind := c.sameKind(a, cmd.Verb()); first == "" {
			first = kind
		} else if kind != first {
			return wrong(at, "another_kind", "一起办的要是同一个事项的同一步")
		}
		if fields := cmd.Check(c.Def); len(fields) > 0 {
			return problem.WrongFields(fields)
		}
	}
	return nil
}

// sameKind is the same for cases that can be dealt with together: the item, and the step of the actor's that is open.
func (c *Case) sameKind(a access.Actor, v Verb) string {
	if v == VerbApprove || v == VerbRefuse {
		return string(KindExtensionAsked)
	}
	step := ""
	if i := c.mine(a); i >= 0 {
		step = c.Def.Steps[i].Name
	}
	return fmt.Sprintf("%s %d %s %s", c.ItemCode, c.ItemVersion, c.State, step)
}
