package reference

import (
	"context"
	"fmt"
	"strconv"

	"bianmin/internal/journal"
	"bianmin/internal/reference/internal/query"
)

// Rooms are this room's side of the check of the rows: one a kind of document, since each kind has subjects of its own.
func (r *Reference) Rooms() []journal.Room {
	var rooms []journal.Room
	for _, kind := range kinds {
		rooms = append(rooms, journal.Room{Prefix: kind + "/", Tables: []string{"documents"},
			Page: func(ctx context.Context, after string) ([]journal.Stored, error) {
				return r.checkPage(ctx, kind, after)
			}, Rebuild: rebuild})
	}
	return rooms
}

// CheckTotals finds documents of no known kind: there are none unless somebody put them there.
func (r *Reference) CheckTotals(ctx context.Context, found func(what string)) error {
	strangers, err := r.strangers(ctx)
	if err == nil && strangers > 0 {
		found(fmt.Sprintf("documents：多出 %d 行", strangers))
	}
	return err
}

func (r *Reference) strangers(ctx context.Context) (int64, error) {
	q := query.New(r.db.Q(ctx))
	all, err := q.CountDocuments(ctx)
	for _, kind := range kinds {
		if err != nil {
			return 0, err
		}
		var rows []query.DocumentsUnderRow
		rows, err = q.DocumentsUnder(ctx, query.DocumentsUnderParams{First: kind + "/", Last: kind + "0"})
		all -= int64(len(rows))
	}
	return all, err
}

func (r *Reference) checkPage(ctx context.Context, kind, after string) ([]journal.Stored, error) {
	rows, err := query.New(r.db.Q(ctx)).DocumentsAfter(ctx, query.DocumentsAfterParams{Subject: max(after, kind+"/"), Limit: 500})
	var list []journal.Stored
	for _, row := range rows {
		if row.Subject < kind+"0" {
			list = append(list, columnsOf(row))
		}
	}
	return list, err
}

func rebuild(entries []journal.Entry) (journal.Stored, error) {
	last := entries[len(entries)-1]
	return columnsOf(query.Document{Subject: last.Subject, Doc: string(last.Data), Events: last.Seq}), nil
}

func columnsOf(d query.Document) journal.Stored {
	return journal.Stored{Subject: d.Subject, Columns: []journal.Column{
		{Name: "doc", Value: d.Doc}, {Name: "events", Value: strconv.FormatInt(d.Events, 10)}}}
}
