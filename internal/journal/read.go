package journal

import (
	"context"
	"database/sql"
	"time"

	"bianmin/internal/journal/internal/query"
)

// About gives the entries about one subject, in order.
func (j *Journal) About(ctx context.Context, subject string) ([]Entry, error) {
	rows, err := query.New(j.db.Q(ctx)).About(ctx, subject)
	return entriesOf(rows), err
}

// After gives up to most numbered entries after a number, in order: how followers read.
func (j *Journal) After(ctx context.Context, number int64, most int) ([]Entry, error) {
	rows, err := query.New(j.db.Q(ctx)).InOrder(ctx, query.InOrderParams{After: after(number), Most: int32(most)})
	return entriesOf(rows), err
}

// BySubject gives up to most entries in the order of their subjects, after a subject's entry.
func (j *Journal) BySubject(ctx context.Context, subject string, seq int64, most int) ([]Entry, error) {
	rows, err := query.New(j.db.Q(ctx)).BySubject(ctx, query.BySubjectParams{Subject: subject, Seq: seq, Most: int32(most)})
	return entriesOf(rows), err
}

// Count is how many entries there are.
func (j *Journal) Count(ctx context.Context) (int64, error) {
	return query.New(j.db.Q(ctx)).Count(ctx)
}

// Checkpoint is the last signed head, and the size of the log that it signs; empty before the first.
func (j *Journal) Checkpoint(ctx context.Context) (note string, size int64, err error) {
	heads, err := query.New(j.db.Q(ctx)).Heads(ctx)
	if err != nil || len(heads) == 0 {
		return "", 0, err
	}
	return heads[0].Note, heads[0].Size, nil
}

func after(number int64) sql.NullInt64 { return sql.NullInt64{Int64: number, Valid: true} }

// Deed is one entry as it is told of somebody's day: about what, which of its entries, when, and of what kind.
type Deed struct {
	Subject string
	Seq     int64
	At      time.Time
	Kind    string
}

// ByActor gives what somebody did since an instant, the newest first, as far as it is about subjects that begin so.
func (j *Journal) ByActor(ctx context.Context, actor string, since time.Time, prefix string, most int) ([]Deed, error) {
	rows, err := query.New(j.db.Q(ctx)).ByActor(ctx, query.ByActorParams{Actor: actor, Since: since.UnixMicro(), First: prefix, Last: prefix + "~", Most: int32(most)})
	list := make([]Deed, len(rows))
	for i, r := range rows {
		list[i] = Deed{r.Subject, r.Seq, time.UnixMicro(r.At), r.Kind}
	}
	return list, err
}

// AtPlace gives up to most entries of what was done at a place from an instant to before another, in order.
func (j *Journal) AtPlace(ctx context.Context, place string, since, before time.Time, most int) ([]Entry, error) {
	rows, err := query.New(j.db.Q(ctx)).AtPlace(ctx, query.AtPlaceParams{Place: orNull(place), Since: since.UnixMicro(), Before: before.UnixMicro(), Most: int32(most)})
	return entriesOf(rows), err
}
