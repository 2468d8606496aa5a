// Package reference keeps what a deployment is told rather than what happens in it: its places, units, items, calendar
// and settings. Each is a document about one subject; setting it anew is an entry of the journal, and the last entry is
// the document. They are few and read at every request, so the program keeps them in memory.
//
// Rows M1 (the three tiers), M9 (the catalogue), M17 (the official calendar).
package reference

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"bianmin/internal/db"
	"bianmin/internal/journal"
	"bianmin/internal/reference/internal/query"
)

// Reference reads and writes the documents.
type Reference struct {
	db      *db.DB
	journal *journal.Journal
}

// New is the reference of a database.
func New(d *db.DB, j *journal.Journal) *Reference { return &Reference{db: d, journal: j} }

// The kinds of document: the part of a subject before its first slash.
const (
	kindPlace    = "place"
	kindUnit     = "unit"
	kindItem     = "item"
	kindCalendar = "calendar"
	kindSetting  = "setting"
	kindContact  = "contact" // of a place: hours, telephone, address, position
)

// kinds are all of them, in the order of their subjects.
var kinds = []string{kindCalendar, kindContact, kindItem, kindPlace, kindSetting, kindUnit}

// kindSet is the one kind of entry about a document: its data is the document.
const kindSet = "set"

// put sets a document.
func (r *Reference) put(ctx context.Context, by string, at time.Time, subject string, doc any) error {
	raw, err := json.Marshal(doc)
	if err != nil {
		return fmt.Errorf("writing %s: %w", subject, err)
	}
	return r.db.Write(ctx, func(ctx context.Context) error {
		q := query.New(r.db.Q(ctx))
		before, err := q.Document(ctx, subject)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		seq := before.Events + 1
		if err := q.PutDocument(ctx, query.PutDocumentParams{Subject: subject, Doc: string(raw), Events: seq}); err != nil {
			return err
		}
		return r.journal.Append(ctx, journal.Entry{Subject: subject, Seq: seq, At: at, Kind: kindSet, Actor: by, Data: raw})
	})
}

// read gives the documents of one kind, in the order of their subjects.
func read[T any](ctx context.Context, r *Reference, kind string) ([]T, error) {
	rows, err := query.New(r.db.Q(ctx)).DocumentsUnder(ctx, query.DocumentsUnderParams{First: kind + "/", Last: kind + "0"})
	if err != nil {
		return nil, err
	}
	list := make([]T, len(rows))
	for i, row := range rows {
		if err := json.Unmarshal([]byte(row.Doc), &list[i]); err != nil {
			return nil, fmt.Errorf("reading %s: %w", row.Subject, err)
		}
	}
	return list, nil
}
