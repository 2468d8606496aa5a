package cases

import (
	"context"
	"errors"
	"math"
	"strings"

	"bianmin/internal/cases/internal/query"
)

// errOverdue says that something fell due for the case which nobody has brought about yet.
var errOverdue = errors.New("something has fallen due")

// fallPage is how many things that fell due share a transaction.
const fallPage = 100

// FallDue brings about everything that falls due until now, in the order of the moments, and says how many. What of one
// case cannot be done does not hold up the others'.
func (s *Service) FallDue(ctx context.Context) (n int, err error) {
	until := At(s.clock.Now())
	after := query.FallenDueParams{Until: int64(until), At: math.MinInt64, Most: fallPage}
	for {
		page, failed := s.store.q(ctx).FallenDue(ctx, after)
		if failed != nil || len(page) == 0 {
			return n, errors.Join(err, failed)
		}
		done, failed := s.fallTogether(ctx, page)
		n, err = n+done, errors.Join(err, failed)
		last := page[len(page)-1]
		after.At, after.Subject, after.Kind = last.At, last.Subject, last.Kind
	}
}

// fallTogether does a page in one transaction; when that fails, each by itself.
func (s *Service) fallTogether(ctx context.Context, page []query.Due) (n int, err error) {
	err = s.db.Write(ctx, func(ctx context.Context) error {
		n = 0
		for _, due := range page {
			happened, err := s.fall(ctx, Number(strings.TrimPrefix(due.Subject, subjectPrefix)))
			if err != nil {
				return err
			}
			n += happened
		}
		return nil
	})
	if err == nil || len(page) == 1 {
		return n, err
	}
	n, err = 0, nil
	for i := range page {
		done, failed := s.fallTogether(ctx, page[i:i+1])
		n, err = n+done, errors.Join(err, failed)
	}
	return n, err
}

// settle brings about everything that has fallen due for one case.
func (s *Service) settle(ctx context.Context, number Number) error {
	for {
		n := 0
		err := s.db.Write(ctx, func(ctx context.Context) (err error) {
			n, err = s.fall(ctx, number)
			return err
		})
		if err != nil || n == 0 {
			return err
		}
	}
}

// fall brings about the first thing that has fallen due for a case; 0 when another did it before.
func (s *Service) fall(ctx context.Context, number Number) (int, error) {
	before, err := s.store.load(ctx, number, s.items())
	if err != nil {
		return 0, err
	}
	e := before.fallen(s.cal(), s.clock.Now())
	if e == nil {
		return 0, nil
	}
	_, err = s.save(ctx, before, []Event{e})
	return 1, err
}
