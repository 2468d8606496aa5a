package journal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"bianmin/internal/journal/internal/query"
)

// ErrAltered says that the stored log is not the one that its last head signed. A keeper that starts anew signs nothing
// then: otherwise a restart would put its seal on whatever the owner of the database wrote meanwhile.
var ErrAltered = errors.New("the journal is not the one that its last head signed; bianmin verify tells what differs")

// resume loads the tree of the stored tiles. The stored head is then owed: the tree has to agree with it when it has
// come to its size, within the unfinished tile.
func (k *Keeper) resume(ctx context.Context) error {
	err := k.db.Read(ctx, func(ctx context.Context) (err error) {
		if k.tree, err = k.load(ctx); err != nil {
			return err
		}
		k.owed, err = k.stored(ctx)
		return err
	})
	switch {
	case err != nil:
		return err
	case k.owed == nil && k.tree.size > 0:
		return fmt.Errorf("%w: the head is missing", ErrAltered)
	case k.owed != nil && (k.owed.Size < k.tree.size || k.owed.Size >= k.tree.size+tileWidth):
		return fmt.Errorf("%w: whole tiles over %d entries, and a head over %d", ErrAltered, k.tree.size, k.owed.Size)
	}
	return k.recognise()
}

// ErrOtherKey says that the last head was signed, and by none of the keys that are known.
var ErrOtherKey = errors.New("the journal's last head was signed by another key")

// Recognise says ErrOtherKey when the keys are another log's. Whatever else may be wrong with the last head, the keeper
// finds when it goes on from there.
func (j *Journal) Recognise(ctx context.Context, known ...note.Verifier) error {
	head, _, err := j.Checkpoint(ctx)
	if err != nil || head == "" {
		return err
	}
	_, err = note.Open([]byte(head), note.VerifierList(known...))
	if unknown := (*note.UnverifiedNoteError)(nil); errors.As(err, &unknown) {
		return ErrOtherKey
	}
	return nil
}

// stored is the log's last head; nil before the first.
func (k *Keeper) stored(ctx context.Context) (*Head, error) {
	heads, err := query.New(k.db.Q(ctx)).Heads(ctx)
	if err != nil || len(heads) == 0 {
		return nil, err
	}
	h, err := OpenHead(heads[0].Note, k.known...)
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrAltered, err)
	case len(heads) > 1 || h.Origin != heads[0].Origin || h.Size != heads[0].Size:
		return nil, fmt.Errorf("%w: the head's row is another than its text", ErrAltered)
	}
	return &h, nil
}

// recognise compares the tree with the head that is owed, once it has come to its size.
func (k *Keeper) recognise() error {
	if k.owed == nil || k.owed.Size != k.tree.size {
		return nil
	}
	if k.tree.root() != k.owed.Root {
		return fmt.Errorf("%w: the first %d entries give another root", ErrAltered, k.tree.size)
	}
	k.owed = nil
	return nil
}

// load rebuilds the growing edge: each level's last roots from the whole tiles below it. The leaves of the unfinished
// tile come in again with grow.
func (k *Keeper) load(ctx context.Context) (*tree, error) {
	q := query.New(k.db.Q(ctx))
	levels, err := q.LastTiles(ctx)
	if err != nil {
		return nil, err
	}
	t := &tree{}
	if len(levels) == 0 {
		return t, nil
	}
	t.size = levels[0].Tiles * tileWidth
	t.edge, t.tiles = make([][]tlog.Hash, 1), []int64{levels[0].Tiles}
	for i, level := range levels {
		above := int64(0)
		if i+1 < len(levels) {
			above = levels[i+1].Tiles
		}
		edge := make([]tlog.Hash, 0, tileWidth)
		for index := above * tileWidth; index < level.Tiles; index++ {
			root, err := tileRoot(ctx, q, level.Level, index)
			if err != nil {
				return nil, err
			}
			edge = append(edge, root)
		}
		t.edge, t.tiles = append(t.edge, edge), append(t.tiles, above)
	}
	return t, nil
}

// tileRoot is the hash over one stored tile.
func tileRoot(ctx context.Context, q *query.Queries, level, index int64) (tlog.Hash, error) {
	raw, err := q.Tile(ctx, query.TileParams{Level: level, Idx: index})
	if errors.Is(err, sql.ErrNoRows) {
		return tlog.Hash{}, fmt.Errorf("%w: tile %d/%d is missing", ErrAltered, level, index)
	}
	if err != nil {
		return tlog.Hash{}, fmt.Errorf("reading tile %d/%d: %w", level, index, err)
	}
	hs, err := unflatten(raw)
	if err != nil {
		return tlog.Hash{}, fmt.Errorf("%w: tile %d/%d: %w", ErrAltered, level, index, err)
	}
	return subtree(hs), nil
}
