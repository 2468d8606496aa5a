package cases

import (
	"context"

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

// resealPage is how many cases share a transaction.
const resealPage = 200

// Reseal seals anew, with the newest key, what of the cases after a number was sealed with an older one. It gives the
// number after which to go on, empty at the end, and how many it sealed.
func (s *Service) Reseal(ctx context.Context, after Number) (next Number, done int, err error) {
	err = s.db.Write(ctx, func(ctx context.Context) error {
		next, done = "", 0
		rows, err := s.store.q(ctx).SealedAfter(ctx, query.SealedAfterParams{Number: string(after), Most: resealPage})
		if err != nil || len(rows) == 0 {
			return err
		}
		for _, row := range rows {
			c, err := s.store.read(ctx, Number(row.Number), row.Events, row.Doc, s.items())
			if err != nil {
				return err
			}
			sealed, err := s.reseal(ctx, c)
			if err != nil {
				return err
			}
			done += sealed
		}
		next = Number(rows[len(rows)-1].Number)
		return nil
	})
	return next, done, err
}

func (s *Service) reseal(ctx context.Context, c *Case) (int, error) {
	a := c.Applicant
	if !s.box.Old(a.IDNumber.Sealed) && (a.Phone == nil || !s.box.Old(a.Phone.Sealed)) {
		return 0, nil
	}
	e := &Resealed{Meta: Meta{By: systemName, Account: journal.System, Place: c.Town, At: max(At(s.clock.Now()), c.Last.At)}}
	id, err := s.sealAnew(FieldIDNumber, a.IDNumber)
	if err != nil {
		return 0, err
	}
	e.IDNumber = id
	if a.Phone != nil {
		phone, err := s.sealAnew(FieldPhone, *a.Phone)
		if err != nil {
			return 0, err
		}
		e.Phone = &phone
	}
	_, err = s.save(ctx, c, []Event{e})
	return 1, err
}

func (s *Service) sealAnew(field string, old Secret) (Secret, error) {
	plain, err := s.box.Open(field, old.Sealed)
	return Secret{Sealed: s.box.Seal(field, plain), Masked: old.Masked, Index: old.Index}, err
}
