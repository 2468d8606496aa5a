package journal

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"
)

func record(i int64) []byte {
	sum := sha256.Sum256(binary.BigEndian.AppendUint64(nil, uint64(i)))
	return sum[:]
}

func TestAnEmptyTree(t *testing.T) {
	want, err := tlog.TreeHash(0, nil)
	if err != nil || (&tree{}).root() != want {
		t.Errorf("root of nothing: %v, want %v (%v)", (&tree{}).root(), want, err)
	}
}

// Beyond 65536 there are tiles of tiles.
func TestRootsAndTilesAreThoseOfTheReference(t *testing.T) {
	const last = 65536 + 256 + 1
	ours, reference := &tree{}, &book{}
	tiles := map[[2]int64]bool{}
	for i := range int64(last) {
		reference.add(t, record(i))
		for _, x := range ours.add(record(i)) {
			if !bytes.Equal(x.hashes, reference.tile(t, x.level, x.index)) {
				t.Fatalf("tile %d/%d, whole at size %d, differs", x.level, x.index, i+1)
			}
			if tiles[[2]int64{x.level, x.index}] {
				t.Fatalf("tile %d/%d came twice", x.level, x.index)
			}
			tiles[[2]int64{x.level, x.index}] = true
		}
		if size := i + 1; size <= 1200 || size%256 <= 1 || size%256 == 255 || size > 65530 {
			if ours.size != size || ours.root() != reference.root(t) {
				t.Fatalf("size %d (%d): root %v, want %v", size, ours.size, ours.root(), reference.root(t))
			}
		}
	}
	if len(tiles) != 257+1 {
		t.Errorf("%d whole tiles of %d records", len(tiles), last)
	}
	for index := range int64(257) {
		if !tiles[[2]int64{0, index}] {
			t.Errorf("no tile 0/%d", index)
		}
	}
	if !tiles[[2]int64{1, 0}] {
		t.Error("no tile 1/0")
	}
}

func TestRootOfAnyRecords(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		ours, reference := &tree{}, &book{}
		seed := rapid.Int64().Draw(r, "seed")
		for i := range int64(rapid.IntRange(1, 1200).Draw(r, "size")) {
			ours.add(record(seed + i))
			reference.add(t, record(seed+i))
		}
		if ours.root() != reference.root(t) {
			r.Fatalf("root %v, want %v", ours.root(), reference.root(t))
		}
	})
}

func TestOneChangedRecordChangesTheRoot(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		size := rapid.Int64Range(1, 1200).Draw(r, "size")
		changed := rapid.Int64Range(0, size-1).Draw(r, "changed")
		a, b := &tree{}, &tree{}
		for i := range size {
			a.add(record(i))
			if i == changed {
				b.add(record(-1))
			} else {
				b.add(record(i))
			}
		}
		if a.root() == b.root() {
			r.Fatal("the root is the same")
		}
	})
}

func TestATileIsReadBackOrRefused(t *testing.T) {
	var hs []tlog.Hash
	for i := range int64(tileWidth) {
		hs = append(hs, tlog.RecordHash(record(i)))
	}
	raw := flatten(hs)
	back, err := unflatten(raw)
	if err != nil || !bytes.Equal(flatten(back), raw) {
		t.Errorf("read back: %v", err)
	}
	for _, wrong := range [][]byte{nil, raw[1:], append(raw, 0), raw[:32]} {
		if _, err := unflatten(wrong); err == nil {
			t.Errorf("a tile of %d bytes was taken", len(wrong))
		}
	}
}
