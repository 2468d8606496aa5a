package journal

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"bianmin/internal/journal/internal/query"
)

// ErrNoTile says that the signed log has no such tile.
var ErrNoTile = errors.New("the signed log has no such tile")

// Tile gives the first hashes of a tile (C2SP tlog-tiles), of what the newest head signs and nothing beyond. Only whole
// tiles are stored; the others are made of the rows, or of the tiles below.
func (j *Journal) Tile(ctx context.Context, level, index int64, width int) (hashes []byte, err error) {
	err = j.db.Read(ctx, func(ctx context.Context) error {
		_, size, err := j.Checkpoint(ctx)
		if err != nil {
			return err
		}
		hashes, err = tiles{query.New(j.db.Q(ctx)), size}.read(ctx, level, index, width)
		return err
	})
	return hashes, err
}

// Bundle gives the first entries of a bundle of 256, as the log holds them: each is a commitment, from which nobody who
// lacks the salt can tell anything.
func (j *Journal) Bundle(ctx context.Context, index int64, width int) (bundle []byte, err error) {
	err = j.db.Read(ctx, func(ctx context.Context) error {
		_, size, err := j.Checkpoint(ctx)
		if err != nil {
			return err
		}
		leaves, err := tiles{query.New(j.db.Q(ctx)), size}.leaves(ctx, index, width)
		for _, l := range leaves {
			bundle = binary.BigEndian.AppendUint16(bundle, uint16(len(l)))
			bundle = append(bundle, l...)
		}
		return err
	})
	return bundle, err
}

// tiles reads the tiles of a log of a size.
type tiles struct {
	q    *query.Queries
	size int64
}

// width is how many hashes of a tile there are.
func (t tiles) width(level, index int64) int {
	there := t.size
	for range level {
		there /= tileWidth
	}
	if index >= there/tileWidth+1 {
		return 0
	}
	return int(min(there-index*tileWidth, tileWidth))
}

func (t tiles) read(ctx context.Context, level, index int64, width int) ([]byte, error) {
	there := t.width(level, index)
	switch {
	case width < 1 || width > there:
		return nil, ErrNoTile
	case there == tileWidth:
		return t.whole(ctx, level, index, width)
	case level == 0:
		return t.ofLeaves(ctx, index, width)
	}
	return t.ofTiles(ctx, level, index, width)
}

func (t tiles) whole(ctx context.Context, level, index int64, width int) ([]byte, error) {
	hashes, err := t.q.Tile(ctx, query.TileParams{Level: level, Idx: index})
	if errors.Is(err, sql.ErrNoRows) || err == nil && len(hashes) != tileWidth*tlog.HashSize {
		return nil, fmt.Errorf("%w: tile %d/%d is missing", ErrAltered, level, index)
	}
	if err != nil {
		return nil, fmt.Errorf("reading tile %d/%d: %w", level, index, err)
	}
	return hashes[:width*tlog.HashSize], nil
}

func (t tiles) ofLeaves(ctx context.Context, index int64, width int) ([]byte, error) {
	leaves, err := t.leaves(ctx, index, width)
	var hashes []byte
	for _, l := range leaves {
		h := tlog.RecordHash(l)
		hashes = append(hashes, h[:]...)
	}
	return hashes, err
}

// leaves reads the commitments of one bundle.
func (t tiles) leaves(ctx context.Context, index int64, width int) ([][]byte, error) {
	if width < 1 || width > t.width(0, index) {
		return nil, ErrNoTile
	}
	rows, err := t.q.Leaves(ctx, query.LeavesParams{After: after(index * tileWidth), Most: int32(width)})
	if err != nil {
		return nil, err
	}
	list := make([][]byte, len(rows))
	for i, r := range rows {
		list[i] = r.Leaf
	}
	if len(rows) < width || rows[width-1].Entry.Int64 != index*tileWidth+int64(width) {
		return nil, fmt.Errorf("%w: an entry before %d is missing", ErrAltered, index*tileWidth+int64(width))
	}
	return list, nil
}

// ofTiles hashes whole tiles of the level below.
func (t tiles) ofTiles(ctx context.Context, level, index int64, width int) ([]byte, error) {
	first := index * tileWidth
	rows, err := t.q.TilesOf(ctx, query.TilesOfParams{Level: level - 1, First: first, Beyond: first + int64(width)})
	if err != nil {
		return nil, err
	}
	var hashes []byte
	for _, r := range rows {
		below, err := unflatten(r.Hashes)
		if err != nil {
			return nil, fmt.Errorf("%w: tile %d/%d: %w", ErrAltered, level-1, r.Idx, err)
		}
		h := subtree(below)
		hashes = append(hashes, h[:]...)
	}
	if len(rows) < width {
		return nil, fmt.Errorf("%w: a tile under %d/%d is missing", ErrAltered, level, index)
	}
	return hashes, nil
}

// reader is a tlog.HashReader over the tiles: what proofs are made of.
type reader struct {
	tiles
	ctx  context.Context
	read map[tlog.Tile][]byte
}

func (j *Journal) reader(ctx context.Context, size int64) *reader {
	return &reader{tiles{query.New(j.db.Q(ctx)), size}, ctx, map[tlog.Tile][]byte{}}
}

// tileHeight is the logarithm of tileWidth.
const tileHeight = 8

// ReadHashes gives the hashes of tlog's indexes.
func (r *reader) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	list := make([]tlog.Hash, len(indexes))
	for i, x := range indexes {
		t := tlog.TileForIndex(tileHeight, x)
		t.W = r.width(int64(t.L), t.N)
		if r.read[t] == nil {
			hashes, err := r.tiles.read(r.ctx, int64(t.L), t.N, t.W)
			if err != nil {
				return nil, err
			}
			r.read[t] = hashes
		}
		h, err := tlog.HashFromTile(t, r.read[t], x)
		if err != nil {
			return nil, err
		}
		list[i] = h
	}
	return list, nil
}

// Consistency proves that the log of one size goes on in that of another. Both are under the newest head.
func (j *Journal) Consistency(ctx context.Context, from, to int64) (proof []tlog.Hash, err error) {
	if from == 0 || from == to {
		return nil, nil
	}
	err = j.db.Read(ctx, func(ctx context.Context) error {
		proof, err = tlog.ProveTree(to, from, j.reader(ctx, to))
		return err
	})
	return proof, err
}
