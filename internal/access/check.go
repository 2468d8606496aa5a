package access

import (
	"context"
	"strconv"
	"strings"

	"bianmin/internal/access/internal/query"
	"bianmin/internal/journal"
)

// Room is this room's side of the check of the rows.
func (s *Service) Room() journal.Room {
	return journal.Room{Prefix: subjectPrefix, Tables: []string{"accounts"}, Page: s.checkPage, Rebuild: rebuild}
}

func (s *Service) checkPage(ctx context.Context, after string) ([]journal.Stored, error) {
	list, err := s.store.q(ctx).Accounts(ctx, query.AccountsParams{Account: strings.TrimPrefix(after, subjectPrefix), Limit: 500})
	rows := make([]journal.Stored, len(list))
	for i, r := range list {
		r.Password = fingerprint(r.Password)
		rows[i] = columnsOf(r)
	}
	return rows, err
}

// rebuild folds the entries of one account; its password is then the fingerprint.
func rebuild(entries []journal.Entry) (journal.Stored, error) {
	var a Account
	for _, e := range entries {
		if err := a.evolve(e); err != nil {
			return journal.Stored{}, err
		}
	}
	return columnsOf(rowOf(a)), nil
}

// columnsOf is the row as it stands: not as an Account, which knows no difference between no unit and an empty one.
func columnsOf(r query.Account) journal.Stored {
	return journal.Stored{Subject: subjectOf(r.Account), Columns: []journal.Column{
		{Name: "name", Value: r.Name}, {Name: "role", Value: r.Role}, {Name: "place", Value: r.Place},
		{Name: "unit", Value: strconv.FormatBool(r.Unit.Valid) + r.Unit.String}, {Name: "password", Value: r.Password},
		{Name: "disabled", Value: strconv.FormatBool(r.Disabled)}, {Name: "events", Value: strconv.FormatInt(r.Events, 10)},
		{Name: "factors", Value: r.Factors},
	}}
}
