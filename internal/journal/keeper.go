package journal

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/mod/sumdb/note"

	"bianmin/internal/db"
	"bianmin/internal/journal/internal/query"
)

// Keeper numbers entries, grows the tree and signs its heads. One at a time works in a deployment: the database elects
// it.
type Keeper struct {
	// Watch, when it is set, is told how each step of the one who leads went.
	Watch func(ctx context.Context, err error)

	mu      sync.Mutex // held by Advance: a page may ask for it beside Run
	db      *db.DB
	signers []note.Signer
	known   []note.Verifier
	log     *slog.Logger
	leads   atomic.Bool
	tree    *tree  // nil until loaded, and again after a failed write
	owed    *Head  // the stored head, until the loaded tree has come to its size and agrees
	said    string // the last trouble logged: the same one four times a second would drown the rest
}

// keeperPace is how long a new entry waits for its number (PostgreSQL) and its signed head at the most.
const keeperPace = 250 * time.Millisecond

// Leader is the work whose leader keeps the log.
const Leader = "journal"

// keeperBatch is how many leaves one transaction takes in.
const keeperBatch = 4096

// NewKeeper is the keeper that signs with the keys, the log's own first. It goes on from a head that any of the known
// keys signed.
func NewKeeper(d *db.DB, signers []note.Signer, known []note.Verifier, log *slog.Logger) *Keeper {
	return &Keeper{db: d, signers: signers, known: known, log: log}
}

// Run keeps the log until ctx ends, then signs what is left.
func (k *Keeper) Run(ctx context.Context) {
	pace := time.NewTicker(keeperPace)
	defer pace.Stop()
	k.run(ctx, pace.C)
}

func (k *Keeper) run(ctx context.Context, pace <-chan time.Time) {
	for {
		select {
		case <-ctx.Done():
			k.try(context.WithoutCancel(ctx))
			return
		case <-pace:
			k.try(ctx)
		}
	}
}

func (k *Keeper) try(ctx context.Context) {
	err := k.Advance(ctx)
	trouble := ""
	if err != nil && ctx.Err() == nil {
		trouble = err.Error()
	}
	if k.Watch != nil && k.leads.Load() && ctx.Err() == nil {
		k.Watch(ctx, err)
	}
	if trouble != "" && trouble != k.said {
		k.log.Error("the journal could not be kept", "error", trouble)
	}
	k.said = trouble
}

// Advance takes in every entry there is and signs the head over them. It may be called by several at once.
func (k *Keeper) Advance(ctx context.Context) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	leads, err := k.db.Lead(ctx, Leader)
	k.leads.Store(leads && err == nil)
	if err != nil || !leads {
		k.tree = nil // another may be growing it
		return err
	}
	if !k.db.SingleWriter() {
		if err := k.number(ctx); err != nil {
			return err
		}
	}
	if err := k.keep(ctx); err != nil {
		k.tree = nil
		return err
	}
	return nil
}

// keep grows the tree over every numbered entry.
func (k *Keeper) keep(ctx context.Context) error {
	if k.tree == nil {
		if err := k.resume(ctx); err != nil {
			return err
		}
	}
	for {
		more, err := k.grow(ctx)
		if err != nil || !more {
			return err
		}
	}
}

// number gives the committed entries without one their numbers. Only the leader does, so it may count on from the last.
// One whose connection broke may for a moment work beside the next: the last number is read first, so that whatever the
// other gives in between collides, and the loser is run again.
func (k *Keeper) number(ctx context.Context) error {
	for {
		var n int64
		err := k.db.Write(ctx, func(ctx context.Context) error {
			q := query.New(k.db.Q(ctx))
			last, err := q.LastEntry(ctx)
			if err != nil {
				return err
			}
			n, err = q.Number(ctx, query.NumberParams{Last: last, Most: keeperBatch})
			return err
		})
		if err != nil || n < keeperBatch {
			return err
		}
	}
}

// grow takes in one batch and signs the new head, in one transaction.
func (k *Keeper) grow(ctx context.Context) (more bool, err error) {
	leaves, err := query.New(k.db.Q(ctx)).Leaves(ctx, query.LeavesParams{After: after(k.tree.size), Most: keeperBatch})
	if err != nil {
		return false, err
	}
	var whole []tile
	for _, l := range leaves {
		if l.Entry.Int64 != k.tree.size+1 {
			return false, fmt.Errorf("%w: it goes from entry %d to %d", ErrAltered, k.tree.size, l.Entry.Int64)
		}
		whole = append(whole, k.tree.add(l.Leaf)...)
		if err := k.recognise(); err != nil {
			return false, err
		}
	}
	if k.owed != nil {
		return false, fmt.Errorf("%w: %d entries are left of %d", ErrAltered, k.tree.size, k.owed.Size)
	}
	if len(leaves) == 0 {
		return false, nil
	}
	head, err := signHead(k.signers, k.tree.size, k.tree.root())
	if err != nil {
		return false, err
	}
	err = k.db.Write(ctx, func(ctx context.Context) error {
		q := query.New(k.db.Q(ctx))
		for _, t := range whole {
			if err := q.PutTile(ctx, query.PutTileParams{Level: t.level, Idx: t.index, Hashes: t.hashes}); err != nil {
				return err
			}
		}
		origin := k.signers[0].Name()
		if err := q.DropOtherHeads(ctx, origin); err != nil {
			return err
		}
		return q.PutHead(ctx, query.PutHeadParams{Origin: origin, Size: k.tree.size, Note: head})
	})
	return len(leaves) == keeperBatch, err
}
