package cases

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"net/http"

	"bianmin/internal/access"
	"bianmin/internal/once"
	"bianmin/internal/place"
	"bianmin/internal/problem"
)

// FileOnline begins a case that a citizen files from afar, once for each key, and gives its number. It belongs to the
// place where the applicant lives. Until somebody takes the papers in, the head of the town's station answers for it
// (首问负责); beside runs in the same transaction.
func (s *Service) FileOnline(ctx context.Context, a access.Actor, key string, app Application, afar Afar, beside func(context.Context, Number) error) (Number, error) {
	if !access.Allows(a.Role, access.FileOnline) {
		return "", problem.ErrForbidden
	}
	app.Channel, app.Finish = Online, nil
	filing, def, wrong := s.parse(a, app)
	if p := problem.WrongFields(wrong); p != nil {
		return "", p
	}
	first, err := s.people.FirstAsked(ctx, filing.Place.Town())
	if errors.Is(err, problem.ErrNotFound) {
		return "", problem.Refuse("nobody_there", problem.Facts{"place": s.placeName(filing.Place.Town())})
	}
	if err != nil {
		return "", err
	}
	filing.Answers = &Person{Account: first.Account, Name: first.Name, Place: first.Place}
	afar.Filer, afar.Relation = Said(afar.Filer), Said(afar.Relation)
	filing.Afar = &afar
	k := once.Key{Account: a.Account, Path: "/file", Key: key, Request: sha256.Sum256([]byte(key))}
	answer, err := s.once.Do(ctx, k, s.wall.Now(), func(ctx context.Context) (once.Answer, error) {
		c, err := s.file(ctx, a, def, filing, nil)
		if err != nil {
			return once.Answer{}, err
		}
		if err := beside(ctx, c.Number); err != nil {
			return once.Answer{}, err
		}
		body, err := json.Marshal(c.Number)
		return once.Answer{Status: http.StatusCreated, Body: body}, err
	})
	if err != nil {
		return "", err
	}
	var number Number
	return number, json.Unmarshal(answer.Body, &number)
}

func (s *Service) placeName(code place.Code) string {
	p, _ := s.places.Place(code)
	return p.Name
}
