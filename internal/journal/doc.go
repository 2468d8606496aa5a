// Package journal is the append-only record: one entry a change, written in the change's own transaction, numbered in
// order and bound into a Merkle log whose signed heads anybody may keep (rows M27, M61; §六(一) 责任追究: evidence that
// nobody, the database's owner included, can alter unseen).
//
// What the log holds of an entry is a salted commitment to all of its fields. The tree is that of RFC 6962
// (golang.org/x/mod/sumdb/tlog) in tiles of 256, heads are signed notes in the C2SP checkpoint form, tiles and bundles
// are addressed by C2SP tlog-tiles. A bundle holds the commitments: they are all that the log itself has, they tell
// nothing without the salt, and with them a stranger's program can recompute every tile.
//
// A head may carry lines of several keys: those of a change of keys, an SM2 one (internal/seal), and those of witnesses
// (internal/witness). What happens when a backup is put back is told in docs/decisions/0004.
package journal
