package cases

import (
	"context"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/ident"
	"bianmin/internal/problem"
)

// guessMost is how many whole numbers that find nobody an account may search for within a clock hour: more new faces than a
// counter sees, and too few to try out what a masked number hides. guessPause follows the last of them.
const (
	guessMost  = 200
	guessPause = time.Hour
)

// guessed does a search by what was typed. One by a whole citizen number, credit code or telephone that finds nobody is
// counted; too many of them are refused before they are asked.
func (s *Service) guessed(ctx context.Context, a access.Actor, typed string, find func() (found bool, err error)) error {
	if !s.identity(typed) {
		_, err := find()
		return err
	}
	now := s.wall.Now()
	for _, hour := range []time.Time{now, now.Add(-time.Hour)} {
		wait, err := s.guesses.Wait(ctx, withinHour(a.Account, hour), now)
		if err != nil {
			return err
		}
		if wait > 0 {
			return &problem.Problem{Kind: problem.TooMany, Code: "too_many_guesses",
				Facts: problem.Facts{"minutes": int((wait + time.Minute - 1) / time.Minute), "retry_after": int((wait + time.Second - 1) / time.Second)}}
		}
	}
	found, err := find()
	if err == nil && !found {
		_, err = s.guesses.Failed(ctx, withinHour(a.Account, now), now)
	}
	return err
}

// identity says that what was typed is a whole number of a person or an organisation, or a telephone.
func (s *Service) identity(typed string) bool {
	_, notCitizen := ident.ParseCitizenNumber(typed, At(s.clock.Now()).Date())
	_, notCode := ident.ParseCreditCode(typed)
	_, notPhone := ident.ParsePhone(typed)
	return notCitizen == nil || notCode == nil || notPhone == nil
}
