package cases

import (
	"context"
	"errors"

	"bianmin/internal/access"
	"bianmin/internal/problem"
)

// Brief is what a ledger says of a case.
type Brief struct{ Name, Item, State string }

// Brief gives it; nothing when the actor does not see the case.
func (s *Service) Brief(ctx context.Context, a access.Actor, number Number) (*Brief, error) {
	c, err := s.load(ctx, a, number)
	if errors.Is(err, problem.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &Brief{Name: c.Applicant.Name, Item: c.Def.Name, State: c.State.Chinese()}, nil
}
