package db

import (
	"context"
	"database/sql"
	"errors"

	"github.com/jackc/pgx/v5/pgconn"
)

type txKey struct{}

// tx is the transaction that a context is in.
type tx struct {
	q     Querier
	depth int
	after []func()
}

// ErrRace says that somebody else changed a row between the reading and the writing of this transaction. Write runs
// the work again; a store returns it when an update guarded by a version touches no row.
var ErrRace = errors.New("lost a race for a row")

// raceTries bounds how often a write that lost races is run again; each loss means that another write won.
const raceTries = 50

// Q is the transaction of ctx, or a reader outside one.
func (d *DB) Q(ctx context.Context) Querier {
	if t, ok := ctx.Value(txKey{}).(*tx); ok {
		return t.q
	}
	if d.queries != nil {
		return d.queries
	}
	return d.read
}

// Write runs work in one durable transaction and returns when it is committed, or undone with work's error. Inside
// another Write it joins that transaction, as a part that can be undone alone. Work may be run more than once: it must
// have no effect but through Q(ctx). It is not interrupted when ctx ends, since others may share its transaction.
func (d *DB) Write(ctx context.Context, work func(ctx context.Context) error) error {
	if t, ok := ctx.Value(txKey{}).(*tx); ok {
		return t.nested(ctx, work)
	}
	if d.engine == SQLite {
		return d.writer.do(ctx, work)
	}
	var err error
	for range raceTries {
		if err = d.once(context.WithoutCancel(ctx), work); !lostRace(err) {
			return err
		}
	}
	return err
}

// AfterCommit runs f once the transaction of ctx is durable; never when it is undone.
func (d *DB) AfterCommit(ctx context.Context, f func()) {
	if t, ok := ctx.Value(txKey{}).(*tx); ok {
		t.after = append(t.after, f)
		return
	}
	f()
}

// Read runs work on one unchanging view of the data.
func (d *DB) Read(ctx context.Context, work func(ctx context.Context) error) error {
	if _, ok := ctx.Value(txKey{}).(*tx); ok {
		return work(ctx)
	}
	opts := &sql.TxOptions{ReadOnly: true}
	if d.engine == Postgres {
		opts.Isolation = sql.LevelRepeatableRead
	}
	t, err := d.read.BeginTx(ctx, opts)
	if err != nil {
		return wrap("beginning to read", err)
	}
	defer t.Rollback() // a reader has nothing to keep
	return work(context.WithValue(ctx, txKey{}, &tx{q: t}))
}

// once is one try on PostgreSQL.
func (d *DB) once(ctx context.Context, work func(ctx context.Context) error) error {
	t, err := d.write.BeginTx(ctx, nil)
	if err != nil {
		return wrap("beginning to write", err)
	}
	in := &tx{q: t}
	if err := work(context.WithValue(ctx, txKey{}, in)); err != nil {
		return errors.Join(err, t.Rollback())
	}
	if err := t.Commit(); err != nil {
		return wrap("committing", err)
	}
	in.done()
	return nil
}

// nested runs work in a savepoint of the transaction that is open.
func (t *tx) nested(ctx context.Context, work func(ctx context.Context) error) error {
	if _, err := t.q.ExecContext(ctx, "SAVEPOINT part"); err != nil {
		return wrap("opening a savepoint", err)
	}
	kept := len(t.after)
	t.depth++
	err := work(ctx)
	t.depth--
	if err == nil {
		_, err = t.q.ExecContext(ctx, "RELEASE SAVEPOINT part")
		return wrap("keeping a savepoint", err)
	}
	t.after = t.after[:kept]
	if _, undo := t.q.ExecContext(ctx, "ROLLBACK TO SAVEPOINT part"); undo != nil {
		return errors.Join(err, wrap("undoing a savepoint", undo))
	}
	_, release := t.q.ExecContext(ctx, "RELEASE SAVEPOINT part")
	return errors.Join(err, wrap("leaving a savepoint", release))
}

func (t *tx) done() {
	for _, f := range t.after {
		f()
	}
}

// lostRace says that running the same work again may succeed: a guarded update touched nothing, or PostgreSQL reports
// a serialisation failure, a deadlock, or a key that another transaction took first.
func lostRace(err error) bool {
	if errors.Is(err, ErrRace) {
		return true
	}
	var pg *pgconn.PgError
	if !errors.As(err, &pg) {
		return false
	}
	return pg.Code == "40001" || pg.Code == "40P01" || pg.Code == "23505"
}
