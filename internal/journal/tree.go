package journal

import (
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// tileWidth is how many hashes a whole tile holds (C2SP tlog-tiles: 2^8).
const tileWidth = 256

// tree is the growing edge of the log: the hashes of the tile that each level is filling. Everything before the edge
// lies in whole tiles. Level n+1 holds the roots of level n's whole tiles.
type tree struct {
	size  int64
	tiles []int64       // whole tiles a level has
	edge  [][]tlog.Hash // fewer than tileWidth hashes a level
}

// tile is a whole tile, ready to be kept.
type tile struct {
	level, index int64
	hashes       []byte
}

// add appends a leaf's commitment and returns the tiles that it completed.
func (t *tree) add(commitment []byte) []tile {
	t.size++
	return t.push(0, tlog.RecordHash(commitment), nil)
}

func (t *tree) push(level int, h tlog.Hash, done []tile) []tile {
	if level == len(t.edge) {
		t.edge, t.tiles = append(t.edge, nil), append(t.tiles, 0)
	}
	t.edge[level] = append(t.edge[level], h)
	if len(t.edge[level]) < tileWidth {
		return done
	}
	whole := t.edge[level]
	done = append(done, tile{int64(level), t.tiles[level], flatten(whole)})
	t.tiles[level]++
	t.edge[level] = nil
	return t.push(level+1, subtree(whole), done)
}

// root is the tree's hash: the edges folded from the newest leaf to the oldest tile.
func (t *tree) root() tlog.Hash {
	var root tlog.Hash
	found := false
	fold := func(left tlog.Hash) {
		if !found {
			root, found = left, true
			return
		}
		root = tlog.NodeHash(left, root)
	}
	for _, edge := range t.edge {
		for _, h := range perfect(edge) {
			fold(h)
		}
	}
	if !found {
		root, _ = tlog.TreeHash(0, nil) // of an empty tree: it reads no hash and cannot fail
	}
	return root
}

// perfect folds an edge into its perfect subtrees, the newest (smallest) first.
func perfect(edge []tlog.Hash) []tlog.Hash {
	var list []tlog.Hash
	for len(edge) > 0 {
		n := len(edge) & -len(edge) // the lowest set bit: the size of the newest perfect subtree
		list = append(list, subtree(edge[len(edge)-n:]))
		edge = edge[:len(edge)-n]
	}
	return list
}

// subtree is the hash over a power of two of hashes.
func subtree(hs []tlog.Hash) tlog.Hash {
	if len(hs) == 1 {
		return hs[0]
	}
	half := len(hs) / 2
	return tlog.NodeHash(subtree(hs[:half]), subtree(hs[half:]))
}

func flatten(hs []tlog.Hash) []byte {
	b := make([]byte, 0, len(hs)*tlog.HashSize)
	for _, h := range hs {
		b = append(b, h[:]...)
	}
	return b
}

func unflatten(b []byte) ([]tlog.Hash, error) {
	if len(b) != tileWidth*tlog.HashSize {
		return nil, fmt.Errorf("a tile of %d bytes", len(b))
	}
	hs := make([]tlog.Hash, tileWidth)
	for i := range hs {
		copy(hs[i][:], b[i*tlog.HashSize:])
	}
	return hs, nil
}
