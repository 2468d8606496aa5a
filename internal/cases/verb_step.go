package cases

import (
	"slices"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/item"
	"bianmin/internal/problem"
)

// Take makes the person at the post responsible; until then whoever received the case stays so (首问负责).
type Take struct{}

// Verb is take.
func (Take) Verb() Verb { return VerbTake }

// Check finds nothing wrong: nothing is said with it.
func (Take) Check(*item.Version) []problem.Field { return nil }

// takeable: by the person to whom the matter was handed, whatever step it is at; else by whoever owns an open step and
// does not answer for the matter yet.
func takeable(c *Case, a access.Actor) bool {
	if c.handedTo(a) {
		return true
	}
	return slices.Contains(takeFrom, c.State) && c.mine(a) >= 0 && (c.Responsible.Account != a.Account || c.State == Accepted)
}

func notTakeable(c *Case, a access.Actor) *problem.Problem {
	switch {
	case !slices.Contains(takeFrom, c.State):
		return c.refuse("wrong_state", problem.Facts{"verb": string(VerbTake), "state": string(c.State)})
	case c.mine(a) < 0:
		return c.notYours(VerbTake, c.open()...)
	}
	return c.refuse("already_yours", problem.Facts{})
}

func (Take) decide(c *Case, a access.Actor, _ time.Time) ([]Event, *problem.Problem) {
	return []Event{&Taken{Outside: c.mine(a) < 0}}, nil
}

// Taken is the taking on by a named person.
type Taken struct {
	Meta
	// Outside says that the person owns no open step: taking it changes who answers for it, and no step.
	Outside bool `json:"outside,omitempty"`
}

// Kind is KindTaken.
func (e *Taken) Kind() Kind { return KindTaken }

func (e *Taken) apply(c *Case) {
	if e.Outside {
		c.answers(e.person()) // whoever owns no step of it does not begin the examination by answering for it
		return
	}
	c.take(e.Meta)
}

// take makes the actor responsible; the first after acceptance begins the examination.
func (c *Case) take(m Meta) {
	c.answers(m.person())
	if c.State == Accepted {
		c.State = Examining
	}
}

// Pass completes the actor's open step and hands the case on.
type Pass struct{ Note string }

// Verb is pass.
func (Pass) Verb() Verb { return VerbPass }

// Check looks at the note.
func (p Pass) Check(*item.Version) []problem.Field {
	return checkWords(words{"note", "意见", p.Note, false})
}

func (p Pass) decide(c *Case, a access.Actor, _ time.Time) ([]Event, *problem.Problem) {
	return []Event{&Passed{Step: c.mine(a, workSteps...) + 1, Note: p.Note}}, nil
}

// Passed is the completion of a step. Step is from 1.
type Passed struct {
	Meta
	Step int    `json:"step"`
	Note string `json:"note,omitempty"`
}

// Kind is KindPassed.
func (e *Passed) Kind() Kind { return KindPassed }

func (e *Passed) apply(c *Case) {
	c.take(e.Meta)
	c.finish(e.Step-1, e.At, e.By, e.Note)
	if c.State == Delivered && len(c.open()) == 0 {
		c.end(Closed, e.At)
	}
}

// Return sends the case back to an earlier step, with the reason.
type Return struct {
	To     int // from 1; 0 is the step before
	Reason string
}

// Verb is return.
func (Return) Verb() Verb { return VerbReturn }

// Check wants a reason.
func (r Return) Check(d *item.Version) []problem.Field {
	wrong := checkWords(words{"reason", "退回的理由", r.Reason, true})
	if r.To < 0 || r.To > len(d.Steps) {
		wrong = append(wrong, problem.Field{Path: "to", Code: "unknown_step", Message: "没有这一步"})
	}
	return wrong
}

func hasEarlier(c *Case, a access.Actor) bool { return c.earlier(c.mine(a, middleSteps...)) >= 0 }

func nothingEarlier(c *Case, _ access.Actor) *problem.Problem {
	return c.refuse("no_earlier_step", problem.Facts{})
}

// earlier is the last step done after acceptance and before step i; -1 when there is none. What runs beside step i is
// not before it.
func (c *Case) earlier(i int) int {
	accept, _ := c.Def.StepIndex(item.Accept)
	first, _ := c.beside(i)
	for j := first - 1; j > accept; j-- {
		if c.Steps[j].Done != 0 {
			return j
		}
	}
	return -1
}

func (r Return) decide(c *Case, a access.Actor, _ time.Time) ([]Event, *problem.Problem) {
	from := c.mine(a, middleSteps...)
	to := r.To - 1
	if r.To == 0 {
		to = c.earlier(from)
	}
	accept, _ := c.Def.StepIndex(item.Accept)
	first, _ := c.beside(from)
	if to <= accept || to >= first || c.Steps[to].Done == 0 {
		return nil, c.refuse("cannot_return_there", problem.Facts{"step": c.Def.Steps[max(to, 0)].Name})
	}
	return []Event{&Returned{From: from + 1, To: to + 1, Reason: r.Reason}}, nil
}

// Returned is the sending back. Steps are from 1.
type Returned struct {
	Meta
	From   int    `json:"from"`
	To     int    `json:"to"`
	Reason string `json:"reason"`
}

// Kind is KindReturned.
func (e *Returned) Kind() Kind { return KindReturned }

// apply opens the step again, alone; what had been done after it has to be done again, what was done beside it not.
func (e *Returned) apply(c *Case) {
	c.take(e.Meta)
	_, last := c.beside(e.To - 1)
	clear(c.Steps[last+1:])
	c.Steps[e.To-1] = StepRun{Started: e.At}
}
