package cases

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"bianmin/internal/access"
	"bianmin/internal/once"
	"bianmin/internal/place"
	"bianmin/internal/problem"
)

// FileOnline begins a case that a citizen files from afar, once for each key, and answers with its number (FiledOnline). It belongs to the
// place where the applicant lives. Until somebody takes the papers in, the head of the town's station answers for it
// (首问负责); beside runs in the same transaction.
func (s *Service) FileOnline(ctx context.Context, a access.Actor, key once.Key, app Application, afar Afar, beside func(context.Context, Number) error) (once.Answer, error) {
	if !access.Allows(a.Role, access.FileOnline) {
		return once.Answer{}, problem.ErrForbidden
	}
	app.Channel, app.Finish = Online, nil
	filing, def, wrong := s.parse(a, app)
	if def != nil && def.InPersonOnly() {
		wrong = append(wrong, problem.Field{Path: "item", Code: "in_person", Message: def.InPersonWords()})
	}
	if p := problem.WrongFields(wrong); p != nil {
		return once.Answer{}, p
	}
	first, err := s.people.FirstAsked(ctx, filing.Place.Town())
	if errors.Is(err, problem.ErrNotFound) {
		return once.Answer{}, problem.Refuse("nobody_there", problem.Facts{"place": s.placeName(filing.Place.Town())})
	}
	if err != nil {
		return once.Answer{}, err
	}
	filing.Answers = &Person{Account: first.Account, Name: first.Name, Place: first.Place}
	afar.Filer, afar.Relation = Said(afar.Filer), Said(afar.Relation)
	filing.Afar = &afar
	return s.once.Do(ctx, key, s.wall.Now(), func(ctx context.Context) (once.Answer, error) {
		c, err := s.file(ctx, a, def, filing, nil)
		if err != nil {
			return once.Answer{}, err
		}
		if err := beside(ctx, c.Number); err != nil {
			return once.Answer{}, err
		}
		body, err := json.Marshal(FiledOnline{c.Number})
		return once.Answer{Status: http.StatusCreated, Body: body}, err
	})
}

// FiledOnline is what is answered to who filed: by the number all else is found.
type FiledOnline struct {
	Number Number `json:"number"`
}

func (s *Service) placeName(code place.Code) string {
	p, _ := s.places.Place(code)
	return p.Name
}
