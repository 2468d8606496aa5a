package rating

import (
	"context"
	"encoding/json"
	"strconv"

	"bianmin/internal/journal"
	"bianmin/internal/rating/internal/query"
)

// Room is this room's side of the check of the rows.
func (s *Service) Room() journal.Room {
	return journal.Room{Prefix: subjectPrefix, Tables: []string{"ratings"}, Page: s.checkPage, Rebuild: rebuild}
}

const checkRows = 500

func (s *Service) checkPage(ctx context.Context, after string) ([]journal.Stored, error) {
	list, err := s.q(ctx).RatingsAfter(ctx, query.RatingsAfterParams{Number: string(numberOf(after)), Most: checkRows})
	rows := make([]journal.Stored, len(list))
	for i, r := range list {
		rows[i] = columnsOf(r)
	}
	return rows, err
}

func rebuild(entries []journal.Entry) (journal.Stored, error) {
	var r Rating
	for _, e := range entries {
		if err := r.evolve(e); err != nil {
			return journal.Stored{}, err
		}
	}
	row, err := rowOf(&r)
	return columnsOf(row), err
}

// rowOf is how a rating is stored.
func rowOf(r *Rating) (query.Rating, error) {
	doc, err := json.Marshal(r)
	return query.Rating{Number: string(r.Number), Town: r.Town, Grade: int64(r.Grade), Open: r.open(), At: int64(r.At), Events: r.Events, Doc: string(doc)}, err
}

func columnsOf(r query.Rating) journal.Stored {
	number := func(n int64) string { return strconv.FormatInt(n, 10) }
	return journal.Stored{Subject: subjectPrefix + r.Number, Columns: []journal.Column{
		{Name: "town", Value: r.Town}, {Name: "grade", Value: number(r.Grade)}, {Name: "open", Value: strconv.FormatBool(r.Open)},
		{Name: "at", Value: number(r.At)}, {Name: "events", Value: number(r.Events)}, {Name: "doc", Value: r.Doc}}}
}
