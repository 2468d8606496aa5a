package cases

import (
	"context"
	"errors"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"bianmin/internal/cases/internal/query"
	"bianmin/internal/journal"
)

// Resealed holds the applicant's numbers sealed with another key. What earlier entries hold stays sealed with the old
// one: when that is dropped, they can no longer be opened.
type Resealed struct {
	Meta
	IDNumber Secret  `json:"id_number"`
	Phone    *Secret `json:"phone,omitempty"`
}

// Kind is KindResealed.
func (e *Resealed) Kind() Kind { return KindResealed }

func (e *Resealed) apply(c *Case) { c.Applicant.IDNumber, c.Applicant.Phone = e.IDNumber, e.Phone }

func (e *Resealed) hide() { e.IDNumber, e.Phone = e.IDNumber.hidden(), hiddenOrNil(e.Phone) }

// resealPage is how many cases are looked through at a time, resealAtOnce how many of them are sealed at once.
const (
	resealPage   = 200
	resealAtOnce = 16
)

// Reseal seals anew, with the newest key, what of the cases after a number was sealed with an older one. It gives the
// number after which to go on, empty at the end, and how many it sealed. Each case is written by itself, so that no
// more than one has to be tried again when somebody works on it; on SQLite those in hand at once share their commit.
func (s *Service) Reseal(ctx context.Context, after Number) (next Number, done int, err error) {
	rows, err := s.store.q(ctx).SealedAfter(ctx, query.SealedAfterParams{Number: string(after), Most: resealPage})
	if err != nil || len(rows) == 0 {
		return "", 0, err
	}
	var sealed atomic.Int64
	several, ctx := errgroup.WithContext(ctx)
	several.SetLimit(resealAtOnce)
	for _, row := range rows {
		c, err := s.store.read(ctx, Number(row.Number), row.Events, row.Doc, s.items())
		if err != nil {
			return "", 0, errors.Join(err, several.Wait())
		}
		if s.sealedAnew(c) {
			continue
		}
		several.Go(func() error {
			var changed bool
			err := s.db.Write(ctx, func(ctx context.Context) (err error) {
				changed, err = s.reseal(ctx, c.Number)
				return err
			})
			if err == nil && changed {
				sealed.Add(1)
			}
			return err
		})
	}
	err = several.Wait()
	return Number(rows[len(rows)-1].Number), int(sealed.Load()), err
}

// sealedAnew says that nothing of the case is sealed with an older key.
func (s *Service) sealedAnew(c *Case) bool {
	a := c.Applicant
	return !s.box.Old(a.IDNumber.Sealed) && (a.Phone == nil || !s.box.Old(a.Phone.Sealed))
}

// reseal reads the case as it stands in this transaction, and seals it unless another has.
func (s *Service) reseal(ctx context.Context, number Number) (changed bool, err error) {
	c, err := s.store.load(ctx, number, s.items())
	if err != nil || s.sealedAnew(c) {
		return false, err
	}
	a := c.Applicant
	e := &Resealed{Meta: Meta{By: systemName, Account: journal.System, Place: c.Town, At: max(At(s.clock.Now()), c.Last.At)}}
	if e.IDNumber, err = s.sealAnew(FieldIDNumber, a.IDNumber); err != nil {
		return false, err
	}
	if a.Phone != nil {
		phone, err := s.sealAnew(FieldPhone, *a.Phone)
		if err != nil {
			return false, err
		}
		e.Phone = &phone
	}
	_, err = s.save(ctx, c, []Event{e})
	return true, err
}

func (s *Service) sealAnew(field string, old Secret) (Secret, error) {
	plain, err := s.box.Open(field, old.Sealed)
	return Secret{Sealed: s.box.Seal(field, plain), Masked: old.Masked, Index: old.Index}, err
}
