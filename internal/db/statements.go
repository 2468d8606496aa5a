package db

import (
	"context"
	"database/sql"
	"sync"
)

// Querier is what generated queries run on: a transaction, or the readers.
type Querier interface {
	ExecContext(context.Context, string, ...any) (sql.Result, error)
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
	QueryRowContext(context.Context, string, ...any) *sql.Row
	PrepareContext(context.Context, string) (*sql.Stmt, error)
}

// statements keeps each text's prepared form: parsing and planning cost SQLite more than most queries take. (pgx keeps
// its own.) What cannot be prepared is run as it is, so that the engine words the error.
type statements struct {
	on interface {
		Querier
	}
	known sync.Map // text → *sql.Stmt
}

func newStatements(on Querier) *statements { return &statements{on: on} }

func (s *statements) prepared(ctx context.Context, text string) (*sql.Stmt, error) {
	if v, ok := s.known.Load(text); ok {
		return v.(*sql.Stmt), nil
	}
	stmt, err := s.on.PrepareContext(context.WithoutCancel(ctx), text)
	if err != nil {
		return nil, err
	}
	if v, raced := s.known.LoadOrStore(text, stmt); raced {
		return v.(*sql.Stmt), stmt.Close()
	}
	return stmt, nil
}

func (s *statements) ExecContext(ctx context.Context, text string, args ...any) (sql.Result, error) {
	stmt, err := s.prepared(ctx, text)
	if err != nil {
		return nil, err
	}
	return stmt.ExecContext(ctx, args...)
}

func (s *statements) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	stmt, err := s.prepared(ctx, text)
	if err != nil {
		return nil, err
	}
	return stmt.QueryContext(ctx, args...)
}

func (s *statements) QueryRowContext(ctx context.Context, text string, args ...any) *sql.Row {
	stmt, err := s.prepared(ctx, text)
	if err != nil {
		return s.on.QueryRowContext(ctx, text, args...)
	}
	return stmt.QueryRowContext(ctx, args...)
}

func (s *statements) PrepareContext(ctx context.Context, text string) (*sql.Stmt, error) {
	return s.on.PrepareContext(ctx, text)
}
