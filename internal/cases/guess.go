package cases

import (
	"context"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/ident"
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
	if err := s.mayGuess(ctx, a, now); err != nil {
		return err
	}
	found, err := find()
	if err == nil && !found {
		s.guessers.Store(a.Account, now)
		_, err = s.guesses.Failed(ctx, withinHour(a.Account, now), now)
	}
	return err
}

// mayGuess refuses who has searched in vain too often. Whoever has not done so here of late is not looked up: of several
// copies each may so be asked in vain once more.
func (s *Service) mayGuess(ctx context.Context, a access.Actor, now time.Time) error {
	last, any := s.guessers.Load(a.Account)
	if !any {
		return nil
	}
	if now.Sub(last.(time.Time)) > 2*guessPause {
		s.guessers.Delete(a.Account)
		return nil
	}
	for _, hour := range []time.Time{now, now.Add(-time.Hour)} {
		wait, err := s.guesses.Wait(ctx, withinHour(a.Account, hour), now)
		if err != nil {
			return err
		}
		if wait > 0 {
			return tooMany("too_many_guesses", wait)
		}
	}
	return nil
}

// identity says that what was typed is a whole number of a person or an organisation, or a telephone.
func (s *Service) identity(typed string) bool {
	if typed == "" {
		return false
	}
	_, notCitizen := ident.ParseCitizenNumber(typed, At(s.clock.Now()).Date())
	_, notCode := ident.ParseCreditCode(typed)
	_, notPhone := ident.ParsePhone(typed)
	return notCitizen == nil || notCode == nil || notPhone == nil
}
