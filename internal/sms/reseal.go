package sms

import (
	"context"
	"fmt"
	"strings"

	"bianmin/internal/sms/internal/query"
)

const resealPage = 200

// Reseal seals anew, with the newest key, what of the outbox was sealed with an older one.
func (s *Service) Reseal(ctx context.Context) (done int, err error) {
	err = s.DB.Write(ctx, func(ctx context.Context) error {
		done = 0
		return s.sealed(ctx, func(r query.SealedRow) (bool, error) {
			put := query.PutSealedParams{ID: r.ID}
			changed := false
			for _, x := range []struct {
				purpose, old string
				put          *string
			}{{sealedPhone, r.Telephone, &put.Telephone}, {sealedContent, r.Content, &put.Content}} {
				*x.put = x.old
				if x.old == "" || !s.Box.Old(x.old) {
					continue
				}
				plain, err := s.Box.Open(x.purpose, x.old)
				if err != nil {
					return false, err
				}
				*x.put, changed = s.Box.Seal(x.purpose, plain), true
			}
			if !changed {
				return true, nil
			}
			done++
			return true, s.q(ctx).PutSealed(ctx, put)
		})
	})
	return done, err
}

// SealedWith says whether anything in the outbox is sealed with the key of this number.
func (s *Service) SealedWith(ctx context.Context, key int) (found bool, err error) {
	mark := fmt.Sprintf("%d.", key)
	err = s.sealed(ctx, func(r query.SealedRow) (bool, error) {
		found = strings.HasPrefix(r.Telephone, mark) || strings.HasPrefix(r.Content, mark)
		return !found, nil
	})
	return found, err
}

// sealed gives everything that holds a sealed value, until more says no.
func (s *Service) sealed(ctx context.Context, each func(query.SealedRow) (more bool, err error)) error {
	for after := ""; ; {
		rows, err := s.q(ctx).Sealed(ctx, query.SealedParams{ID: after, Most: resealPage})
		if err != nil || len(rows) == 0 {
			return err
		}
		for _, r := range rows {
			more, err := each(r)
			if err != nil || !more {
				return err
			}
		}
		after = rows[len(rows)-1].ID
	}
}
