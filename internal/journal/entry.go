package journal

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"bianmin/internal/db"
	"bianmin/internal/journal/internal/query"
	"bianmin/internal/seal"
)

// System is the actor of what nobody did by hand.
const System = "system"

// Entry is one change: who did what, when, where, about what.
type Entry struct {
	Subject  string // what it is about: "case/610881101-2026-000001-7", "account/admin"
	Seq      int64  // 1…n within the subject
	Number   int64  // 1…n in the whole journal; 0 until it has one
	At       time.Time
	Kind     string
	Actor    string // account, or System
	OnBehalf string // for whom, when not for oneself
	Place    string // division code, when there is one
	Data     json.RawMessage

	salt, leaf []byte
	foreign    bool // a column holds what Append never writes
}

// Journal appends and reads entries.
type Journal struct{ db *db.DB }

// New is the journal of a database.
func New(d *db.DB) *Journal { return &Journal{db: d} }

// Append writes entries in the transaction of ctx. The caller gives each its Subject and its next Seq: of two changes
// that drew the same Seq only one is kept.
func (j *Journal) Append(ctx context.Context, entries ...Entry) error {
	q := query.New(j.db.Q(ctx))
	for _, e := range entries {
		salt := seal.Salt()
		leaf := seal.Commit(salt, e.body())
		err := q.AppendEntry(ctx, query.AppendEntryParams{
			Subject: e.Subject, Seq: e.Seq, Numbered: j.db.SingleWriter(), At: e.At.UnixMicro(), Kind: e.Kind, Actor: e.Actor,
			OnBehalf: orNull(e.OnBehalf), Place: orNull(e.Place), Data: string(e.Data), Salt: salt, Leaf: leaf[:],
		})
		if err != nil {
			return fmt.Errorf("appending %s %d to the journal: %w", e.Subject, e.Seq, err)
		}
	}
	return nil
}

// body is what the commitment binds: every field but the number (which the tree binds) as netstrings, with ~ for null.
func (e *Entry) body() []byte {
	b := make([]byte, 0, 160+len(e.Data))
	b = netstring(b, e.Subject)
	b = netstring(b, strconv.FormatInt(e.Seq, 10))
	b = netstring(b, strconv.FormatInt(e.At.UnixMicro(), 10))
	b = netstring(b, e.Kind)
	b = netstring(b, e.Actor)
	b = netstringOrNull(b, e.OnBehalf)
	b = netstringOrNull(b, e.Place)
	return netstring(b, string(e.Data))
}

func netstring(b []byte, s string) []byte {
	b = strconv.AppendInt(b, int64(len(s)), 10)
	b = append(b, ':')
	b = append(b, s...)
	return append(b, ',')
}

func netstringOrNull(b []byte, s string) []byte {
	if s == "" {
		return append(b, '~', ',')
	}
	return netstring(b, s)
}

func orNull(s string) sql.NullString { return sql.NullString{String: s, Valid: s != ""} }

func entryOf(r query.Journal) Entry {
	return Entry{
		Subject: r.Subject, Seq: r.Seq, Number: r.Entry.Int64, At: time.UnixMicro(r.At).UTC(), Kind: r.Kind, Actor: r.Actor,
		OnBehalf: r.OnBehalf.String, Place: r.Place.String, Data: json.RawMessage(r.Data), salt: r.Salt, leaf: r.Leaf,
		foreign: r.OnBehalf != orNull(r.OnBehalf.String) || r.Place != orNull(r.Place.String),
	}
}

func entriesOf(rows []query.Journal) []Entry {
	list := make([]Entry, len(rows))
	for i, r := range rows {
		list[i] = entryOf(r)
	}
	return list
}
