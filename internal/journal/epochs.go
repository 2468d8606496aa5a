package journal

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"bianmin/internal/journal/internal/query"
)

// Epochs lists the declarations, the first one first.
func (j *Journal) Epochs(ctx context.Context) ([]Epoch, error) {
	rows, err := query.New(j.db.Q(ctx)).EpochsAfter(ctx, epochPrefix)
	list := make([]Epoch, len(rows))
	for i, r := range rows {
		if err := json.Unmarshal([]byte(r.Doc), &list[i]); err != nil {
			return nil, fmt.Errorf("reading %s: %w", r.Subject, err)
		}
	}
	slices.SortFunc(list, func(a, b Epoch) int { return cmp.Compare(a.Epoch, b.Epoch) })
	return list, err
}

// Lost finds the declaration after which a head that somebody kept is no longer the log's: the first one later than the
// head's epoch that kept fewer entries. named says that the loss which it declares reaches as far as the head.
func Lost(epochs []Epoch, head Head) (by *Epoch, named bool) {
	_, epoch := EpochOf(head.Origin)
	for i, e := range epochs {
		if e.Epoch > epoch && head.Size > e.Kept {
			return &epochs[i], head.Size <= e.Lost
		}
	}
	return nil, false
}

// EpochRoom is the side of the declarations in the check of the rows.
func (j *Journal) EpochRoom() Room {
	stored := func(subject, doc string) Stored { return Stored{subject, []Column{{"doc", doc}}} }
	return Room{Prefix: epochPrefix, Tables: []string{"journal_epochs"},
		Page: func(ctx context.Context, after string) ([]Stored, error) {
			rows, err := query.New(j.db.Q(ctx)).EpochsAfter(ctx, after)
			list := make([]Stored, len(rows))
			for i, r := range rows {
				list[i] = stored(r.Subject, r.Doc)
			}
			return list, err
		},
		Rebuild: func(entries []Entry) (Stored, error) {
			last := entries[len(entries)-1]
			return stored(last.Subject, string(last.Data)), nil
		}}
}
