package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime/debug"

	"github.com/jackc/pgx/v5/pgconn"
)

type txKey struct{}

// tx is the transaction that a context is in.
type tx struct {
	q     Querier
	conn  *sql.Conn // the connection itself, of a whole write on PostgreSQL
	depth int
	after []func()
	// left: the engine undid all of it at once (SQLite does when the disk is full), so no part of it can be kept or
	// undone any more.
	left bool
}

// ErrRace says that somebody else changed a row between the reading and the writing of this transaction. Write runs
// the work again; a store returns it when an update guarded by a version touches no row.
var ErrRace = errors.New("lost a race for a row")

// raceTries bounds how often a write that lost races is run again; each loss means that another write won.
const raceTries = 100

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
// have no effect but through Q(ctx), and an error of the engine ends it. A panic of work is its error. It is not
// interrupted when ctx ends, since others may share its transaction.
func (d *DB) Write(ctx context.Context, work func(ctx context.Context) error) error {
	return d.begin(ctx, work, false)
}

// WriteWhole is Write for much at once: it is kept or undone with all of its transaction.
func (d *DB) WriteWhole(ctx context.Context, work func(ctx context.Context) error) error {
	return d.begin(ctx, work, true)
}

func (d *DB) begin(ctx context.Context, work func(ctx context.Context) error, whole bool) error {
	if t, ok := ctx.Value(txKey{}).(*tx); ok {
		return t.nested(ctx, work)
	}
	after, err := d.commit(ctx, work, whole)
	if err != nil {
		return err
	}
	for _, f := range after {
		f()
	}
	return nil
}

// commit runs work until it is committed or fails for another reason than a lost race. It gives what is to run then.
func (d *DB) commit(ctx context.Context, work func(ctx context.Context) error, whole bool) (after []func(), err error) {
	try := d.once
	if whole {
		try = d.onceWhole
	}
	if d.engine == SQLite {
		if d.writer == nil {
			return nil, errors.New("the database was opened for reading alone")
		}
		if try = d.writer.do; whole {
			try = d.writer.doWhole
		}
	}
	for range raceTries {
		if after, err = try(ctx, work); !lostRace(err) {
			return after, err
		}
	}
	return nil, err
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
func (d *DB) once(ctx context.Context, work func(ctx context.Context) error) (after []func(), err error) {
	return d.within(ctx, d.write, nil, work)
}

// onceWhole is once on a connection that rows can be streamed into.
func (d *DB) onceWhole(ctx context.Context, work func(ctx context.Context) error) (after []func(), err error) {
	conn, err := d.write.Conn(ctx)
	if err != nil {
		return nil, wrap("beginning to write", err)
	}
	defer conn.Close() // back to the others; what it could say the commit has said
	return d.within(ctx, conn, conn, work)
}

// within begins on the pool or on a connection of it.
func (d *DB) within(ctx context.Context, on beginner, conn *sql.Conn, work func(ctx context.Context) error) (after []func(), err error) {
	ctx = context.WithoutCancel(ctx)
	t, err := on.BeginTx(ctx, nil)
	if err != nil {
		return nil, wrap("beginning to write", err)
	}
	in := &tx{q: t, conn: conn}
	if err := guarded(context.WithValue(ctx, txKey{}, in), work); err != nil {
		return nil, errors.Join(err, t.Rollback())
	}
	return in.after, wrap("committing", t.Commit())
}

// beginner is a pool, or a connection of it.
type beginner interface {
	BeginTx(context.Context, *sql.TxOptions) (*sql.Tx, error)
}

// guarded turns a panic of work into its error: what it holds is given back, and the others of its batch do not suffer.
func guarded(ctx context.Context, work func(ctx context.Context) error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("a write panicked: %v\n%s", r, debug.Stack())
		}
	}()
	return work(ctx)
}

// nested runs work in a savepoint of the transaction that is open. Savepoints are named by their depth, so that undoing
// one also undoes those inside it that a panic left open.
func (t *tx) nested(ctx context.Context, work func(ctx context.Context) error) error {
	t.depth++
	defer func() { t.depth-- }()
	point := fmt.Sprintf("SAVEPOINT part%d", t.depth)
	if err := t.command(ctx, point); err != nil {
		return wrap("opening a savepoint", err)
	}
	kept := len(t.after)
	err := work(ctx)
	if err == nil {
		return wrap("keeping a savepoint", t.command(ctx, "RELEASE "+point))
	}
	t.after = t.after[:kept]
	if undo := t.command(ctx, "ROLLBACK TO "+point); undo != nil {
		return errors.Join(err, wrap("undoing a savepoint", undo))
	}
	return errors.Join(err, wrap("leaving a savepoint", t.command(ctx, "RELEASE "+point)))
}

// command is one about savepoints. They fail only when the transaction is no longer there.
func (t *tx) command(ctx context.Context, text string) error {
	_, err := t.q.ExecContext(context.WithoutCancel(ctx), text)
	t.left = t.left || err != nil
	return err
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
