package cases

import (
	"time"

	"bianmin/internal/access"
	"bianmin/internal/item"
	"bianmin/internal/problem"
)

// Withdraw ends the case because the applicant asks for it.
type Withdraw struct{ Reason string }

// Verb is withdraw.
func (Withdraw) Verb() Verb { return VerbWithdraw }

// Check wants a reason.
func (w Withdraw) Check(*item.Version) []problem.Field {
	return checkWords(words{"reason", "撤回的原因", w.Reason, true})
}

func (w Withdraw) decide(*Case, access.Actor, time.Time) ([]Event, *problem.Problem) {
	return []Event{&WithdrawnEvent{Reason: w.Reason}}, nil
}

// WithdrawnEvent is the withdrawal.
type WithdrawnEvent struct {
	Meta
	Reason string `json:"reason"`
}

// Kind is KindWithdrawn.
func (e *WithdrawnEvent) Kind() Kind { return KindWithdrawn }

func (e *WithdrawnEvent) apply(c *Case) { c.end(Withdrawn, e.At) }

// VoidCommand ends a case that should not have been filed.
type VoidCommand struct{ Reason string }

// Verb is void.
func (VoidCommand) Verb() Verb { return VerbVoid }

// Check wants a reason.
func (v VoidCommand) Check(*item.Version) []problem.Field {
	return checkWords(words{"reason", "作废的理由", v.Reason, true})
}

func (v VoidCommand) decide(*Case, access.Actor, time.Time) ([]Event, *problem.Problem) {
	return []Event{&Voided{Reason: v.Reason}}, nil
}

// Voided is the end of a case that should not have been.
type Voided struct {
	Meta
	Reason string `json:"reason"`
}

// Kind is KindVoided.
func (e *Voided) Kind() Kind { return KindVoided }

func (e *Voided) apply(c *Case) { c.end(Void, e.At) }
