package access

import (
	"context"

	"bianmin/internal/journal"
	"bianmin/internal/problem"
)

// Change gives an account another name, role, place or unit. Another post ends the sessions: what was begun at the old one
// is not to be finished at the new one unseen.
func (s *Service) Change(ctx context.Context, by string, to Account) error {
	if p := to.check(s.places); p != nil {
		return p
	}
	return s.db.Write(ctx, func(ctx context.Context) error {
		a, err := s.Account(ctx, to.Account)
		if err != nil {
			return err
		}
		moved := a.Role != to.Role || a.Place != to.Place || a.Unit != to.Unit
		if !moved && a.Name == to.Name {
			return problem.Refuse("nothing_changes", nil)
		}
		if a.Role == Admin && to.Role != Admin {
			if err := s.lastAdmin(ctx, a); err != nil {
				return err
			}
		}
		a.Name, a.Role, a.Place, a.Unit = to.Name, to.Role, to.Place, to.Unit
		if moved {
			if err := s.store.q(ctx).EndSessions(ctx, a.Account); err != nil {
				return err
			}
		}
		return s.change(ctx, by, &a, KindChanged, changed{Name: a.Name, Role: a.Role, Place: a.Place, Unit: a.Unit})
	})
}

// lastAdmin refuses what would leave nobody to manage accounts.
func (s *Service) lastAdmin(ctx context.Context, a Account) error {
	if a.Role != Admin || a.Disabled {
		return nil
	}
	others, err := s.store.q(ctx).OtherAdmins(ctx, a.Account)
	if err == nil && others == 0 {
		err = problem.Refuse("last_admin", nil)
	}
	return err
}

// History gives what is on record about an account, oldest first.
func (s *Service) History(ctx context.Context, account string) ([]journal.Entry, error) {
	if _, err := s.Account(ctx, account); err != nil {
		return nil, err
	}
	return s.journal.About(ctx, subjectOf(account))
}
