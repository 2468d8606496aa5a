package db

import (
	"context"
	"database/sql"
	"errors"
	"sync/atomic"
)

// writer is the one goroutine that owns SQLite's writing connection. Its end: stop closes the queue, the rest is
// committed, and done is closed.
type writer struct {
	conn  *sql.Conn
	q     *statements
	queue chan *job
	done  chan struct{}
	pages int64 // that the write-ahead log gathers before they are moved into the file
	// broken: the disk did not keep something (ErrBroken). It stays so.
	broken atomic.Bool
}

// job is one Write: answered on result after the commit that holds it.
type job struct {
	ctx    context.Context
	work   func(context.Context) error
	result chan error
	after  []func()
	err    error // of the work itself, known before the commit
	whole  bool  // it is kept or undone with all of its transaction
}

// batchMost bounds how many writes share one commit, and so how long the first of them waits for the others.
const batchMost = 256

// ErrClosed says that the database is being closed.
var ErrClosed = errors.New("the database is closing")

func startWriter(ctx context.Context, pool *sql.DB, mode Mode) (*writer, error) {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return nil, wrap("opening the writer", err)
	}
	w := &writer{conn: conn, q: newStatements(connection{conn}), queue: make(chan *job, batchMost), done: make(chan struct{}), pages: checkpointPages}
	if mode == Filling {
		w.pages = fillingPages
	}
	go w.run()
	return w, nil
}

// connection lets a *sql.Conn stand where a Querier is asked.
type connection struct{ *sql.Conn }

// do gives work to the writer and waits for its commit.
func (w *writer) do(ctx context.Context, work func(context.Context) error) (after []func(), err error) {
	return w.wait(ctx, &job{ctx: context.WithoutCancel(ctx), work: work, result: make(chan error, 1)})
}

// doWhole is do without a savepoint: SQLite would keep a copy of every page before it is changed.
func (w *writer) doWhole(ctx context.Context, work func(context.Context) error) (after []func(), err error) {
	return w.wait(ctx, &job{ctx: context.WithoutCancel(ctx), work: work, result: make(chan error, 1), whole: true})
}

func (w *writer) wait(ctx context.Context, j *job) (after []func(), err error) {
	if err := w.send(ctx, j); err != nil {
		return nil, err
	}
	if err := <-j.result; err != nil {
		return nil, err
	}
	return j.after, nil
}

func (w *writer) send(ctx context.Context, j *job) (err error) {
	defer func() { // a send on the closed queue: the program is ending
		if r := recover(); r != nil {
			err = ErrClosed
		}
	}()
	select {
	case w.queue <- j:
		return nil
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
		w.checkpoint()
	}
}

// checkpointPages are some 4 MB. A Filling writer writes most pages again in its next batches, and moves them once.
const (
	checkpointPages = 1_000
	fillingPages    = 100_000
)

// checkpoint moves the log into the file. SQLite would do so by itself inside a commit, and would then keep to itself
// that the disk did not take it.
func (w *writer) checkpoint() {
	var busy, pages, moved int64
	look := w.q.QueryRowContext(context.Background(), "PRAGMA wal_checkpoint(NOOP)")
	if err := look.Scan(&busy, &pages, &moved); err == nil && pages-moved < w.pages {
		return
	}
	_, err := w.q.ExecContext(context.Background(), "PRAGMA wal_checkpoint(PASSIVE)")
	w.see(err) // a full disk, or a reader in the way: the next commit tries again
}

// see notices an error after which nothing that is said about the disk can be believed.
func (w *writer) see(err error) {
	if unkept(err) {
		w.broken.Store(true)
	}
}

// commit runs the batch, taking in whatever arrives meanwhile, and commits it. An error means that nothing was kept.
func (w *writer) commit(batch *[]*job) error {
	ctx := context.Background()
	if w.broken.Load() {
		return ErrBroken
	}
	if _, err := w.q.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	for i := 0; i < len(*batch); i++ {
		if left := w.part((*batch)[i]); left || w.broken.Load() {
			w.undo()
			return errLeft
		}
		w.takeWaiting(batch)
	}
	if _, err := w.q.ExecContext(ctx, "COMMIT"); err != nil {
		w.see(err)
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

// errLeft says that the engine left the transaction in the middle of a batch.
var errLeft = errors.New("the engine undid the transaction")

// part runs one job in its savepoint and says whether the engine left the transaction over it: what came before it in
// the batch is then undone, and what would come after it must not run without a transaction.
func (w *writer) part(j *job) (left bool) {
	t := &tx{q: w.q}
	work := func(ctx context.Context) error { return guarded(ctx, j.work) }
	ctx := context.WithValue(j.ctx, txKey{}, t)
	if j.whole {
		j.err = work(ctx)
		t.left = j.err != nil
	} else {
		j.err = t.nested(ctx, work)
	}
	j.after = t.after
	w.see(j.err)
	return t.left
}

// oneByOne gives each job of a failed batch a transaction of its own, so that one that cannot be kept does not take
// the others with it.
func (w *writer) oneByOne(batch []*job) {
	for _, j := range batch {
		w.alone(j)
		answer([]*job{j})
	}
}

func (w *writer) alone(j *job) {
	ctx := context.Background()
	if w.broken.Load() {
		j.err = ErrBroken
		return
	}
	if _, err := w.q.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		j.err = wrap("beginning to write", err)
		return
	}
	if left := w.part(j); left || w.broken.Load() {
		w.undo()
		return
	}
	if _, err := w.q.ExecContext(ctx, "COMMIT"); err != nil {
		w.see(err)
		w.undo()
		j.err = wrap("committing", err)
	}
}

// undo leaves the transaction that did not commit. SQLite may have left it by itself, so its complaint says nothing.
func (w *writer) undo() {
	if _, err := w.q.ExecContext(context.Background(), "ROLLBACK"); err != nil {
		return
	}
}

func answer(batch []*job) {
	for _, j := range batch {
		j.result <- j.err
	}
}
