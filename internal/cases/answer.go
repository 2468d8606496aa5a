package cases

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/cases/internal/query"
	"bianmin/internal/item"
	"bianmin/internal/once"
	"bianmin/internal/place"
	"bianmin/internal/problem"
)

func nextSerial(town place.Code, year int) query.NextSerialParams {
	return query.NextSerialParams{Town: string(town), Year: int64(year)}
}

// sealedAnswer is the purpose under which the answer to a reveal is kept: it holds a number in full.
const sealedAnswer = "answer"

// answer is the case as the actor sees it after the change; to a citizen no more than that it was done. What reveal answers
// is kept sealed.
func (s *Service) answer(status int, a access.Actor, c *Case, cmd Command) (once.Answer, error) {
	if a.Role == access.Citizen { // who reads the own case as it is now
		body, err := json.Marshal(struct {
			Number  Number `json:"number"`
			Version int64  `json:"version"`
		}{c.Number, c.Version})
		return once.Answer{Status: status, Body: body}, err
	}
	view := s.viewer(a).whole(c)
	reveal, looking := cmd.(Reveal)
	if looking {
		value, err := s.open(c, reveal.Field)
		if err != nil {
			return once.Answer{}, err
		}
		view.Revealed = &RevealedView{Field: reveal.Field, Value: value}
	}
	body, err := json.Marshal(view)
	if err != nil {
		return once.Answer{}, fmt.Errorf("writing the answer: %w", err)
	}
	if looking {
		body = []byte(s.box.Seal(sealedAnswer, string(body)))
	}
	return once.Answer{Status: status, Body: body}, nil
}

// opened is the answer as it goes out.
func (s *Service) opened(answer once.Answer, cmd Command) (once.Answer, error) {
	if _, looking := cmd.(Reveal); !looking {
		return answer, nil
	}
	body, err := s.box.Open(sealedAnswer, string(answer.Body))
	answer.Body = []byte(body)
	return answer, err
}

// Before gives the answer that a key got before, nil when it is new; the edge asks before it looks at the body.
func (s *Service) Before(ctx context.Context, key once.Key, verb Verb) (*once.Answer, error) {
	answer, err := s.once.Before(ctx, key)
	if answer == nil || err != nil || verb != VerbReveal {
		return answer, err
	}
	opened, err := s.opened(*answer, Reveal{})
	return &opened, err
}

func (s *Service) open(c *Case, field string) (string, error) {
	secret := &c.Applicant.IDNumber
	if field == FieldPhone {
		secret = c.Applicant.Phone
	}
	return s.box.Open(field, secret.Sealed)
}

// Finish is what an on-the-spot case needs beyond the application (即办件): the decision and the handing over.
type Finish struct {
	Approve  bool
	Reason   string
	Way      string
	Receiver string
	redress  string // for a no
}

// finishOnTheSpot does acceptance, decision and delivery at once.
func finishOnTheSpot(c *Case, f Finish, a access.Actor, now time.Time) ([]Event, *problem.Problem) {
	if c.Def.Kind != item.OnTheSpot {
		return nil, problem.Refuse("not_on_the_spot", problem.Facts{"item": c.Def.Name})
	}
	if f.Way == "" {
		f.Way = Ways[0].Code
	}
	if f.Receiver == "" {
		f.Receiver = c.Applicant.Name
	}
	var all []Event
	for _, cmd := range []Command{Accept{}, DecideOn{f.Approve, f.Reason, f.redress}, Deliver{f.Way, f.Receiver}} {
		events, no := Decide(c, cmd, a, now)
		if no != nil {
			return nil, no
		}
		fold(c, events)
		all = append(all, events...)
	}
	return all, nil
}

// Timeline gives the events of a case, in order, with sealed values hidden.
func (s *Service) Timeline(ctx context.Context, a access.Actor, number Number) ([]EventView, error) {
	if err := s.Look(ctx, a, number); err != nil {
		return nil, err
	}
	entries, err := s.journal.About(ctx, number.subject())
	if err != nil {
		return nil, err
	}
	list := make([]EventView, len(entries))
	for i, e := range entries {
		event, err := decode(Kind(e.Kind), e.Data, Meta{})
		if err != nil {
			return nil, err
		}
		if h, ok := event.(interface{ hide() }); ok {
			h.hide()
		}
		data, err := json.Marshal(event)
		if err != nil {
			return nil, err
		}
		list[i] = EventView{Seq: e.Seq, At: stamp(At(e.At)), Kind: Kind(e.Kind), KindName: Kind(e.Kind).Chinese(), Actor: e.Actor,
			OnBehalf: text(e.OnBehalf), Place: text(e.Place), Data: data}
		if e.Number > 0 {
			list[i].Entry = &e.Number
		}
	}
	return list, nil
}

// hide takes out what is only for storage.
func (e *Filed) hide() {
	e.Applicant.IDNumber = e.Applicant.IDNumber.hidden()
	e.Applicant.Phone = hiddenOrNil(e.Applicant.Phone)
}

func (e *Amended) hide() {
	e.OldSecret, e.NewSecret = hiddenOrNil(e.OldSecret), hiddenOrNil(e.NewSecret)
}

func hiddenOrNil(s *Secret) *Secret {
	if s == nil {
		return nil
	}
	h := s.hidden()
	return &h
}
