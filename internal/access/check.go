package access

import (
	"context"
	"strconv"
	"strings"

	"bianmin/internal/journal"
)

// Room is this room's side of the check of the rows.
func (s *Service) Room() journal.Room {
	return journal.Room{Prefix: subjectPrefix, Tables: []string{"accounts"}, Page: s.checkPage, Rebuild: rebuild}
}

func (s *Service) checkPage(ctx context.Context, after string) ([]journal.Stored, error) {
	list, err := s.store.accounts(ctx, strings.TrimPrefix(after, subjectPrefix), 500)
	rows := make([]journal.Stored, len(list))
	for i, a := range list {
		a.password = fingerprint(a.password)
		rows[i] = columnsOf(a)
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
	return columnsOf(a), nil
}

func columnsOf(a Account) journal.Stored {
	r := rowOf(a)
	return journal.Stored{Subject: subjectOf(a.Account), Columns: []journal.Column{
		{Name: "name", Value: r.Name}, {Name: "role", Value: r.Role}, {Name: "place", Value: r.Place},
		{Name: "unit", Value: strconv.FormatBool(r.Unit.Valid) + r.Unit.String}, {Name: "password", Value: r.Password},
		{Name: "disabled", Value: strconv.FormatBool(r.Disabled)}, {Name: "events", Value: strconv.FormatInt(r.Events, 10)},
	}}
}
