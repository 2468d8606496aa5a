package export

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/clock"
	"bianmin/internal/db"
	"bianmin/internal/export/internal/query"
	"bianmin/internal/journal"
	"bianmin/internal/place"
)

// Taken is what was taken out.
type Taken struct {
	List   string `json:"list"`             // its name on the page
	Filter string `json:"filter,omitempty"` // what narrowed it, in words; numbers in it are masked
	Rows   int    `json:"rows"`
	By     string `json:"by"` // name, as known then
}

// Entry is one taking out, as it is listed.
type Entry struct {
	Taken
	Account string
	Place   place.Code
	At      time.Time
}

// Service keeps the record.
type Service struct {
	db      *db.DB
	journal *journal.Journal
	clock   clock.Clock
}

// New puts the room together.
func New(d *db.DB, j *journal.Journal, c clock.Clock) *Service { return &Service{d, j, c} }

const (
	subjectPrefix = "export/"
	kindTaken     = "taken_out"
)

func (s *Service) q(ctx context.Context) *query.Queries { return query.New(s.db.Q(ctx)) }

// Note puts on record that somebody takes a list out. The file goes out only after that.
func (s *Service) Note(ctx context.Context, a access.Actor, taken Taken) error {
	taken.By = a.Name
	doc, err := json.Marshal(taken)
	if err != nil {
		return err
	}
	at := time.UnixMicro(s.clock.Now().UnixMicro())
	subject := subjectPrefix + strconv.FormatInt(at.UnixMicro(), 10) + strings.ToLower(rand.Text()[:6])
	return s.db.Write(ctx, func(ctx context.Context) error {
		row := rowOf(subject, a.Account, at, a.Place, string(doc))
		if err := s.q(ctx).InsertExport(ctx, query.InsertExportParams(row)); err != nil {
			return fmt.Errorf("keeping on record who takes a list out: %w", err)
		}
		return s.journal.Append(ctx, journal.Entry{Subject: subject, Seq: 1, At: at, Kind: kindTaken, Actor: a.Account, Place: string(a.Place), Data: doc})
	})
}

// rowOf is how a taking out is stored beside its entry. What somebody of the city takes belongs to no town.
func rowOf(subject, account string, at time.Time, of place.Code, doc string) query.Export {
	town := ""
	if !of.IsCity() && of != "" {
		town = string(of.Town())
	}
	return query.Export{Subject: subject, Account: account, At: at.UnixMicro(), Town: town, Doc: doc}
}

// List gives what was taken out before a moment, the newest first: in a head's town, or in the whole city.
func (s *Service) List(ctx context.Context, a access.Actor, before time.Time, most int) ([]Entry, error) {
	town := ""
	if !a.SeesAll() {
		town = string(a.Place.Town())
	}
	rows, err := s.q(ctx).Exports(ctx, query.ExportsParams{Before: before.UnixMicro(), Town: town, Most: int32(most)})
	list := make([]Entry, len(rows))
	for i, r := range rows {
		list[i] = Entry{Account: r.Account, Place: place.Code(r.Town), At: time.UnixMicro(r.At)}
		if err := json.Unmarshal([]byte(r.Doc), &list[i].Taken); err != nil {
			return nil, fmt.Errorf("reading %s: %w", r.Subject, err)
		}
	}
	return list, err
}

// checkRows is how many the check reads at a time.
const checkRows = 500

// Room is this room's side of the check of the rows.
func (s *Service) Room() journal.Room {
	return journal.Room{Prefix: subjectPrefix, Tables: []string{"exports"}, Rebuild: rebuild,
		Page: func(ctx context.Context, after string) ([]journal.Stored, error) {
			rows, err := s.q(ctx).ExportsAfter(ctx, query.ExportsAfterParams{Subject: after, Most: checkRows})
			list := make([]journal.Stored, len(rows))
			for i, r := range rows {
				list[i] = columnsOf(r)
			}
			return list, err
		}}
}

func rebuild(entries []journal.Entry) (journal.Stored, error) {
	e := entries[0]
	if len(entries) != 1 || e.Kind != kindTaken {
		return journal.Stored{}, fmt.Errorf("%s was taken out %d times", e.Subject, len(entries))
	}
	return columnsOf(rowOf(e.Subject, e.Actor, e.At, place.Code(e.Place), string(e.Data))), nil
}

func columnsOf(r query.Export) journal.Stored {
	return journal.Stored{Subject: r.Subject, Columns: []journal.Column{{Name: "account", Value: r.Account},
		{Name: "at", Value: strconv.FormatInt(r.At, 10)}, {Name: "town", Value: r.Town}, {Name: "doc", Value: r.Doc}}}
}
