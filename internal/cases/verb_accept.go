package cases

import (
	"context"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/item"
	"bianmin/internal/problem"
)

// Accept takes the case on: from here the limits run (行政许可法 第三十二条、第四十二条).
type Accept struct{}

// Verb is accept.
func (Accept) Verb() Verb { return VerbAccept }

// Check finds nothing wrong: nothing is said with it.
func (Accept) Check(*item.Version) []problem.Field { return nil }

// ownsAcceptance: whoever owns the item's step of acceptance. The papers may come to the counter before the village
// has ticked them off; that step is then done by coming.
func ownsAcceptance(c *Case, a access.Actor) bool {
	return c.post(c.acceptance()) == a.Post()
}

func notYourRejection(c *Case, _ access.Actor) *problem.Problem {
	return c.notYours(VerbReject, c.acceptance())
}

// acceptance is the index of the item's step of acceptance; every item has one.
func (c *Case) acceptance() int {
	i, _ := c.Def.StepIndex(item.Accept)
	return i
}

// acceptable: and every paper that is always needed is here.
func acceptable(c *Case, a access.Actor) bool { return ownsAcceptance(c, a) && len(c.missing()) == 0 }

func notAcceptable(c *Case, a access.Actor) *problem.Problem {
	if !ownsAcceptance(c, a) {
		return c.notYours(VerbAccept, c.acceptance())
	}
	return c.refuse("materials_missing", problem.Facts{"missing": c.missing()})
}

func (Accept) decide(*Case, access.Actor, time.Time) ([]Event, *problem.Problem) {
	return []Event{&AcceptedEvent{}}, nil
}

// AcceptedEvent is the acceptance.
type AcceptedEvent struct{ Meta }

// Kind is KindAccepted.
func (e *AcceptedEvent) Kind() Kind { return KindAccepted }

func (e *AcceptedEvent) apply(c *Case) {
	c.finishReceiving(e.At, e.By)
	c.State, c.AcceptedAt = Accepted, e.At
	c.From = e.At.Date()
	if c.CorrectedAt != 0 {
		c.From = c.CorrectedAt.Date() // the day on which the papers were complete
	}
	c.finish(c.acceptance(), e.At, e.By, "")
}

// Reject refuses to accept: the ground, whose matter it is instead, and the ways of redress.
type Reject struct{ Ground, Whose, Redress string }

// Verb is reject.
func (Reject) Verb() Verb { return VerbReject }

// Check wants a ground.
func (r Reject) Check(*item.Version) []problem.Field {
	return checkWords(words{"ground", "不予受理的理由", r.Ground, true}, words{"whose", "该去哪里办", r.Whose, false},
		words{"redress", "救济途径", r.Redress, false})
}

// read names the usual ways of redress, against the station, where none are named.
func (r Reject) read(_ context.Context, s *Service, c *Case) (Command, error) {
	if r.Redress == "" {
		r.Redress = c.Def.Redress(s.places.Reconsiders(""))
	}
	return r, nil
}

func (r Reject) decide(*Case, access.Actor, time.Time) ([]Event, *problem.Problem) {
	return []Event{&Rejected{Ground: r.Ground, Whose: r.Whose, Redress: r.Redress}}, nil
}

// Rejected is the refusal to accept.
type Rejected struct {
	Meta
	Ground  string `json:"ground"`
	Whose   string `json:"whose,omitempty"`
	Redress string `json:"redress"`
}

// Kind is KindRejected.
func (e *Rejected) Kind() Kind { return KindRejected }

func (e *Rejected) apply(c *Case) { c.end(NotAccepted, e.At) }
