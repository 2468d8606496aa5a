package cases

import (
	"context"
	"slices"
	"strings"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/item"
	"bianmin/internal/problem"
)

// Handing is a matter on its way from one person to another. Until the other takes it the first answers for it
// (首问负责, §六(一)).
type Handing struct {
	To     Person  `json:"to"`
	By     Person  `json:"by"`
	At     Instant `json:"at"`
	Reason string  `json:"reason"`
}

// handedTo says whether the matter waits for this person to take it.
func (c *Case) handedTo(a access.Actor) bool {
	return c.Handing != nil && c.Handing.To.Account == a.Account
}

// answers makes a person the one who answers for the matter; whoever was to take it no longer has to.
func (c *Case) answers(p Person) { c.Responsible, c.Handing = p, nil }

// Hand gives the matter to a named person, who has to take it.
type Hand struct {
	To     string // account
	Reason string
	person *access.Account
}

// Verb is hand.
func (Hand) Verb() Verb { return VerbHand }

// Check wants a person and a reason.
func (h Hand) Check(*item.Version) []problem.Field {
	return checkWords(words{"to", "移交给谁", h.To, true}, words{"reason", "移交的理由", h.Reason, true})
}

// read finds the person: one who serves, sees this case, and can do something about it.
func (h Hand) read(ctx context.Context, s *Service, c *Case) (Command, error) {
	person, err := s.people.Account(ctx, strings.TrimSpace(h.To))
	if err != nil || person.Disabled || !slices.Contains(access.Owners(), person.Role) || s.store.sees(ctx, person.Actor(), c.Number) != nil {
		return nil, problem.WrongFields([]problem.Field{{Path: "to", Code: "unknown_person",
			Message: "没有这个人，或者这件不归这个人看。请写同一个镇或者经办部门里在岗人员的账号"}})
	}
	h.person = &person
	return h, nil
}

// handable: whoever answers for the matter hands it on, and the head of the station does in their place.
func handable(c *Case, a access.Actor) bool {
	return c.Responsible.Account == a.Account || a.Role == access.Head
}

func notHandable(c *Case, _ access.Actor) *problem.Problem {
	return c.refuse("not_responsible", problem.Facts{"responsible": c.Responsible.Name})
}

func (h Hand) decide(c *Case, a access.Actor, _ time.Time) ([]Event, *problem.Problem) {
	if h.person.Account == c.Responsible.Account {
		return nil, problem.WrongFields([]problem.Field{{Path: "to", Code: "same_person", Message: "这件本来就由这个人负责，请写另一个人"}})
	}
	to := h.person.Actor()
	return []Event{&Handed{To: Person{Account: to.Account, Name: to.Name, Place: to.Place}, Reason: h.Reason}}, nil
}

// Handed is the handing on.
type Handed struct {
	Meta
	To     Person `json:"to"`
	Reason string `json:"reason"`
}

// Kind is KindHanded.
func (e *Handed) Kind() Kind { return KindHanded }

func (e *Handed) apply(c *Case) {
	c.Handing = &Handing{To: e.To, By: e.person(), At: e.At, Reason: e.Reason}
}
