// Package alarm holds what wants somebody's eye now: a witness that is silent, a log that was altered, a clock that
// jumped. An alarm is no record: it is there until its cause is gone. It stands in the database, so that every copy of
// the program shows it; what cannot be written there is still shown by the copy that raised it.
package alarm

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"bianmin/internal/alarm/internal/query"
	"bianmin/internal/db"
)

// Alarm is one of them.
type Alarm struct {
	Kind  string // which it is, with the thing it is about: "witness/town", "journal/altered"
	Text  string // in Chinese, for the supervisor: what happened and what to do
	Since time.Time
}

// Board is where alarms are raised and taken down.
type Board struct {
	db *db.DB
	mu sync.Mutex
	// own are those that this copy raised; written is what it last wrote of a kind, empty when that was taken down: the
	// same is not written four times a second.
	own     map[string]Alarm
	written map[string]string
}

// New is the board of a database.
func New(d *db.DB) *Board {
	return &Board{db: d, own: map[string]Alarm{}, written: map[string]string{}}
}

// Raise puts an alarm up, or changes its text.
func (b *Board) Raise(ctx context.Context, a Alarm) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if before, up := b.own[a.Kind]; up {
		a.Since = before.Since
	}
	b.own[a.Kind] = a
	return b.write(ctx, a.Kind, a.Text, func(ctx context.Context, q *query.Queries) error {
		return q.Raise(ctx, query.RaiseParams{Kind: a.Kind, Text: a.Text, Since: a.Since.UnixMicro()})
	})
}

// Clear takes an alarm down, whichever copy raised it.
func (b *Board) Clear(ctx context.Context, kind string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.own, kind)
	return b.write(ctx, kind, "", func(ctx context.Context, q *query.Queries) error { return q.Clear(ctx, kind) })
}

// write carries a change out unless it is already; one that could not be written is tried again with the next call.
func (b *Board) write(ctx context.Context, kind, text string, change func(context.Context, *query.Queries) error) error {
	if before, ok := b.written[kind]; ok && before == text {
		return nil
	}
	err := b.db.Write(ctx, func(ctx context.Context) error { return change(ctx, query.New(b.db.Q(ctx))) })
	if err != nil {
		delete(b.written, kind)
		return fmt.Errorf("writing the alarm %s: %w", kind, err)
	}
	b.written[kind] = text
	return nil
}

// Raised lists the alarms that are up, the oldest first. With an error it lists those of this copy.
func (b *Board) Raised(ctx context.Context) ([]Alarm, error) {
	rows, err := query.New(b.db.Q(ctx)).Raised(ctx)
	b.mu.Lock()
	defer b.mu.Unlock()
	var list []Alarm
	for _, r := range rows {
		list = append(list, Alarm{r.Kind, r.Text, time.UnixMicro(r.Since).UTC()})
	}
	for kind, a := range b.own {
		if err != nil || b.written[kind] != a.Text {
			list = slices.DeleteFunc(list, func(x Alarm) bool { return x.Kind == kind })
			list = append(list, a)
		}
	}
	slices.SortFunc(list, func(x, y Alarm) int {
		return cmp.Or(x.Since.Compare(y.Since), cmp.Compare(x.Kind, y.Kind))
	})
	return list, err
}
