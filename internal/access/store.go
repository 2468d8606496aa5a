package access

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"bianmin/internal/access/internal/query"
	"bianmin/internal/db"
	"bianmin/internal/place"
	"bianmin/internal/problem"
)

// store is what this room asks of the database.
type store struct{ db *db.DB }

func (s store) q(ctx context.Context) *query.Queries { return query.New(s.db.Q(ctx)) }

// account gives an account, ok false when there is none. Of another form than an account's there is none, and PostgreSQL
// would take some for an error.
func (s store) account(ctx context.Context, name string) (a Account, ok bool, err error) {
	if !accountForm.MatchString(name) {
		return Account{}, false, nil
	}
	row, err := s.q(ctx).ByName(ctx, name)
	if errors.Is(err, sql.ErrNoRows) {
		return Account{}, false, nil
	}
	if err != nil {
		return Account{}, false, err
	}
	a, err = accountOfRow(row)
	return a, err == nil, err
}

func (s store) firstAsked(ctx context.Context, town place.Code) (Account, error) {
	row, err := s.q(ctx).FirstAsked(ctx, string(town))
	if errors.Is(err, sql.ErrNoRows) {
		return Account{}, problem.ErrNotFound
	}
	if err != nil {
		return Account{}, err
	}
	return accountOfRow(row)
}

func (s store) accounts(ctx context.Context, after string, most int) ([]Account, error) {
	rows, err := s.q(ctx).Accounts(ctx, query.AccountsParams{Account: after, Limit: int32(most)})
	list := make([]Account, len(rows))
	for i, r := range rows {
		if list[i], err = accountOfRow(r); err != nil {
			return nil, err
		}
	}
	return list, err
}

func (s store) put(ctx context.Context, a Account) error {
	return s.q(ctx).PutAccount(ctx, query.PutAccountParams(rowOf(a)))
}

// rowOf is how an account is stored; the check of the rows compares with the same.
func rowOf(a Account) query.Account {
	return query.Account{
		Account: a.Account, Name: a.Name, Role: string(a.Role), Place: string(a.Place),
		Unit: sql.NullString{String: a.Unit, Valid: a.Unit != ""}, Password: a.password, Disabled: a.Disabled, Events: a.events,
		Factors: a.factors,
	}
}

func accountOfRow(r query.Account) (Account, error) {
	if _, err := factorsOf(r.Factors); err != nil {
		return Account{}, fmt.Errorf("reading the factors of %s: %w", r.Account, err)
	}
	return Account{
		Account: r.Account, Name: r.Name, Role: Role(r.Role), Place: place.Code(r.Place), Unit: r.Unit.String,
		Disabled: r.Disabled, factors: r.Factors, password: r.Password, events: r.Events,
	}, nil
}
