package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime/debug"
)

// writer is the one goroutine that owns SQLite's writing connection. Its end: stop closes the queue, the rest is
// committed, and done is closed.
type writer struct {
	conn  *sql.Conn
	q     *statements
	queue chan *job
	done  chan struct{}
}

// job is one Write: answered on result after the commit that holds it.
type job struct {
	ctx    context.Context
	work   func(context.Context) error
	result chan error
	after  []func()
	err    error // of the work itself, known before the commit
}

// batchMost bounds how many writes share one commit, and so how long the first of them waits for the others.
const batchMost = 256

// ErrClosed says that the database is being closed.
var ErrClosed = errors.New("the database is closing")

func startWriter(ctx context.Context, pool *sql.DB) (*writer, error) {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return nil, wrap("opening the writer", err)
	}
	w := &writer{conn: conn, q: newStatements(connection{conn}), queue: make(chan *job, batchMost), done: make(chan struct{})}
	go w.run()
	return w, nil
}

// connection lets a *sql.Conn stand where a Querier is asked.
type connection struct{ *sql.Conn }

func (w *writer) do(ctx context.Context, work func(context.Context) error) (err error) {
	j := &job{ctx: context.WithoutCancel(ctx), work: work, result: make(chan error, 1)}
	defer func() { // a send on the closed queue: the program is ending
		if r := recover(); r != nil {
			err = ErrClosed
		}
	}()
	select {
	case w.queue <- j:
		return <-j.result
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (w *writer) stop() error {
	close(w.queue)
	<-w.done
	return w.conn.Close()
}

func (w *writer) run() {
	defer close(w.done)
	batch := make([]*job, 0, batchMost)
	for first := range w.queue {
		batch = append(batch[:0], first)
		if err := w.commit(&batch); err != nil {
			w.oneByOne(batch)
			continue
		}
		answer(batch)
	}
}

// commit runs the batch, taking in whatever arrives meanwhile, and commits it. An error means that nothing was kept.
func (w *writer) commit(batch *[]*job) error {
	ctx := context.Background()
	if _, err := w.q.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	for i := 0; i < len(*batch); i++ {
		w.part((*batch)[i])
		w.takeWaiting(batch)
	}
	if _, err := w.q.ExecContext(ctx, "COMMIT"); err != nil {
		w.undo()
		return err
	}
	return nil
}

func (w *writer) takeWaiting(batch *[]*job) {
	for len(*batch) < batchMost {
		select {
		case j, ok := <-w.queue:
			if !ok {
				return
			}
			*batch = append(*batch, j)
		default:
			return
		}
	}
}

// part runs one job in its savepoint.
func (w *writer) part(j *job) {
	t := &tx{q: w.q}
	j.err = t.nested(context.WithValue(j.ctx, txKey{}, t), j.guarded)
	j.after = t.after
}

// guarded turns a panic of one job into its error: the others of its batch must not suffer.
func (j *job) guarded(ctx context.Context) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("a write panicked: %v\n%s", r, debug.Stack())
		}
	}()
	return j.work(ctx)
}

// oneByOne gives each job of a failed batch a transaction of its own, so that one that cannot be kept does not take
// the others with it.
func (w *writer) oneByOne(batch []*job) {
	for _, j := range batch {
		single := []*job{j}
		if err := w.single(&single); err != nil {
			j.err = wrap("committing", err)
		}
		answer(single)
	}
}

func (w *writer) single(batch *[]*job) error {
	ctx := context.Background()
	if _, err := w.q.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	w.part((*batch)[0])
	if _, err := w.q.ExecContext(ctx, "COMMIT"); err != nil {
		w.undo()
		return err
	}
	return nil
}

// undo leaves the transaction that did not commit. SQLite may have left it by itself, so its complaint says nothing.
func (w *writer) undo() {
	if _, err := w.q.ExecContext(context.Background(), "ROLLBACK"); err != nil {
		return
	}
}

func answer(batch []*job) {
	for _, j := range batch {
		if j.err == nil {
			for _, f := range j.after {
				f()
			}
		}
		j.result <- j.err
	}
}
