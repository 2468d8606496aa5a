package journal

import (
	"context"
	"errors"
	"fmt"

	"bianmin/internal/db"
	"bianmin/internal/journal/internal/query"
	"bianmin/internal/seal"
)

// Sealed is an entry with its salt and commitment, ready to be written.
type Sealed struct{ Entry }

// Seal commits to an entry.
func Seal(e Entry) Sealed {
	e.salt = seal.Salt()
	leaf := seal.Commit(e.salt, e.body())
	e.leaf = leaf[:]
	return Sealed{e}
}

// bulkRows are the columns of an entry in bulk.
var bulkRows = db.Rows{Table: "journal", Columns: "subject, seq, entry, at, kind, actor, on_behalf, place, data, salt, leaf"}

// errNotKeeper says that another program of the deployment numbers the journal.
var errNotKeeper = errors.New("another program keeps this journal")

// AppendBulk appends many entries at once, as Append would, but gives them their numbers at once on either engine: the
// keeper leads the journal, and has numbered every entry before them (Advance).
func (k *Keeper) AppendBulk(ctx context.Context, entries []Sealed) error {
	if leader, err := k.db.Lead(ctx, "journal"); err != nil || !leader {
		return errors.Join(err, errNotKeeper)
	}
	last, err := query.New(k.db.Q(ctx)).LastEntry(ctx)
	if err != nil {
		return err
	}
	values := make([]any, 0, 11*len(entries))
	for i, e := range entries {
		values = append(values, e.Subject, e.Seq, last+int64(i)+1, e.At.UnixMicro(), e.Kind, e.Actor, orNull(e.OnBehalf), orNull(e.Place),
			string(e.Data), e.salt, e.leaf)
	}
	if err := k.db.WriteRows(ctx, bulkRows, values); err != nil {
		return fmt.Errorf("appending %d entries to the journal: %w", len(entries), err)
	}
	return nil
}
