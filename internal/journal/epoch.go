package journal

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"bianmin/internal/journal/internal/query"
)

// Epoch declares that a backup was put back and the log goes on from there under a new name. The first epoch began with
// the log and is declared by nobody.
type Epoch struct {
	Epoch  int64     `json:"epoch"`
	Origin string    `json:"origin"` // the log's name from now on
	At     time.Time `json:"at"`
	Kept   int64     `json:"kept"` // entries 1…Kept are those of the log before
	Root   []byte    `json:"root"` // the tree over them
	// Lost is the last entry that is gone, as Head tells; 0 when no head of the log before is known: then the
	// declaration excuses no head at all.
	Lost   int64  `json:"lost,omitempty"`
	Head   string `json:"head,omitempty"` // the last head known of the log before
	Reason string `json:"reason"`
}

const epochPrefix = "epoch/"

// OriginIn is the name of the log in an epoch: a witness never goes back to a smaller size of the same name, and need
// not, since another name is another log to it.
func OriginIn(first string, epoch int64) string {
	if epoch == 1 {
		return first
	}
	return first + "/" + strconv.FormatInt(epoch, 10)
}

// OriginOf is the first line of a head, the log's name.
func OriginOf(checkpoint string) string {
	origin, _, _ := strings.Cut(checkpoint, "\n")
	return origin
}

// EpochOf reads the epoch in a log's name.
func EpochOf(origin string) (first string, epoch int64) {
	i := strings.LastIndexByte(origin, '/')
	if i < 0 {
		return origin, 1
	}
	n, err := strconv.ParseInt(origin[i+1:], 10, 64)
	if err != nil || n < 2 || strconv.FormatInt(n, 10) != origin[i+1:] {
		return origin, 1
	}
	return origin[:i], n
}

// Measure fills in what is kept (all that there is, unless the caller says less) and what is lost: before is the last
// head known of the log before, empty when there is none.
func (j *Journal) Measure(ctx context.Context, e *Epoch, before string, known ...note.Verifier) error {
	return j.db.Read(ctx, func(ctx context.Context) error {
		last, err := query.New(j.db.Q(ctx)).LastEntry(ctx)
		if err != nil {
			return err
		}
		if e.Kept == 0 {
			e.Kept = last
		}
		if e.Kept < 1 || e.Kept > last {
			return fmt.Errorf("%w: %d entries kept, and there are %d", ErrEpoch, e.Kept, last)
		}
		root, err := j.rootOver(ctx, e.Kept)
		if err != nil {
			return err
		}
		e.Root = root[:]
		return e.lost(before, known)
	})
}

// Declare records an epoch that is measured and named.
func (j *Journal) Declare(ctx context.Context, e Epoch, by string) error {
	return j.db.Write(ctx, func(ctx context.Context) error { return j.record(ctx, e, by) })
}

// rootOver hashes the first entries.
func (j *Journal) rootOver(ctx context.Context, size int64) (tlog.Hash, error) {
	grown := &tree{}
	for grown.size < size {
		page, err := query.New(j.db.Q(ctx)).Leaves(ctx, query.LeavesParams{After: after(grown.size), Most: int32(min(size-grown.size, keeperBatch))})
		if err != nil {
			return tlog.Hash{}, err
		}
		for _, l := range page {
			grown.add(l.Leaf)
			if l.Entry.Int64 != grown.size {
				return tlog.Hash{}, fmt.Errorf("%w: entry %d is missing", ErrAltered, grown.size)
			}
		}
		if len(page) == 0 {
			return tlog.Hash{}, fmt.Errorf("%w: entry %d is missing", ErrAltered, grown.size+1)
		}
	}
	return grown.root(), nil
}

// lost reads what is gone from the last head of the log before.
func (e *Epoch) lost(before string, known []note.Verifier) error {
	if before == "" {
		return nil
	}
	head, err := OpenHead(before, known...)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrEpoch, err)
	}
	if head.Size <= e.Kept {
		return fmt.Errorf("%w: the head is over %d entries, and %d are kept", ErrEpoch, head.Size, e.Kept)
	}
	e.Lost, e.Head = head.Size, before
	return nil
}

// ErrEpoch says that a declaration cannot be.
var ErrEpoch = errors.New("the epoch cannot be declared")

func (j *Journal) record(ctx context.Context, e Epoch, by string) error {
	doc, err := json.Marshal(e)
	if err != nil {
		return err
	}
	subject := epochPrefix + strconv.FormatInt(e.Epoch, 10)
	if err := query.New(j.db.Q(ctx)).PutEpoch(ctx, query.PutEpochParams{Subject: subject, Doc: string(doc)}); err != nil {
		return err
	}
	return j.Append(ctx, Entry{Subject: subject, Seq: 1, At: e.At, Kind: "declared", Actor: by, Data: doc})
}
