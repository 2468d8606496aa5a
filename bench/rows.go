package main

import (
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// rows are what one filing stores: the same tables, columns and indexes as bianmin's, with contents of the same length.
type rows struct {
	subject, number, data, doc, answer string
	salt, leaf                         []byte
	at                                 int64
}

// lengths are those of what bianmin stores for the measured filing, in bytes: read from it at every run, and handed to
// the floor.
type lengths struct{ data, doc, answer int }

var floorLengths lengths

func (l lengths) String() string { return fmt.Sprintf("%d,%d,%d", l.data, l.doc, l.answer) }

func parseLengths(s string) (l lengths, err error) {
	_, err = fmt.Sscanf(s, "%d,%d,%d", &l.data, &l.doc, &l.answer)
	return l, err
}

// measureLengths reads them from the database of a bianmin in which the filing was filed as the last.
func measureLengths(file string) (l lengths, err error) {
	db, err := sql.Open("sqlite", "file:"+file+"?_pragma=query_only(1)")
	if err != nil {
		return l, err
	}
	defer db.Close()
	err = db.QueryRow(`SELECT length(CAST(j.data AS BLOB)), length(CAST(c.doc AS BLOB)),
		(SELECT length(CAST(i.answer AS BLOB)) FROM idempotency i ORDER BY i.at DESC LIMIT 1)
		FROM journal j JOIN cases c ON j.subject = 'case/' || c.number WHERE j.entry = (SELECT MAX(entry) FROM journal WHERE subject LIKE 'case/%')`).
		Scan(&l.data, &l.doc, &l.answer)
	return l, err
}

// schema is bianmin's own for these tables, in the dialect of SQLite; on PostgreSQL BLOB is BYTEA.
const schema = `
CREATE TABLE journal (subject TEXT NOT NULL, seq BIGINT NOT NULL, entry BIGINT, at BIGINT NOT NULL, kind TEXT NOT NULL, actor TEXT NOT NULL, on_behalf TEXT, place TEXT, data TEXT NOT NULL, salt BLOB NOT NULL, leaf BLOB NOT NULL, PRIMARY KEY (subject, seq));
CREATE UNIQUE INDEX journal_entry ON journal (entry);
CREATE INDEX journal_unnumbered ON journal (at, subject, seq) WHERE entry IS NULL;
CREATE TABLE idempotency (account TEXT NOT NULL, path TEXT NOT NULL, key TEXT NOT NULL, request BLOB NOT NULL, status BIGINT NOT NULL, answer TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (account, path, key));
CREATE INDEX idempotency_at ON idempotency (at);
CREATE TABLE sessions (token BLOB PRIMARY KEY, account TEXT NOT NULL, since BIGINT NOT NULL, seen BIGINT NOT NULL);
CREATE TABLE cases (number TEXT PRIMARY KEY, town TEXT NOT NULL, year BIGINT NOT NULL, serial BIGINT NOT NULL, place TEXT NOT NULL, item TEXT NOT NULL, state TEXT NOT NULL, open BOOLEAN NOT NULL, name TEXT NOT NULL, initials TEXT NOT NULL, id_index TEXT NOT NULL, phone_index TEXT, responsible TEXT NOT NULL, filed_at BIGINT NOT NULL, due TEXT NOT NULL, version BIGINT NOT NULL, events BIGINT NOT NULL, doc TEXT NOT NULL, UNIQUE (town, year, serial));
CREATE INDEX cases_town_due ON cases (town, due, number) WHERE open;
CREATE INDEX cases_town_filed ON cases (town, filed_at, number);
CREATE INDEX cases_place_due ON cases (place, due, number) WHERE open;
CREATE INDEX cases_place_filed ON cases (place, filed_at, number);
CREATE INDEX cases_due ON cases (due, number) WHERE open;
CREATE INDEX cases_filed ON cases (filed_at, number);
CREATE INDEX cases_id ON cases (id_index);
CREATE INDEX cases_phone ON cases (phone_index);
CREATE INDEX cases_responsible ON cases (responsible, due, number) WHERE open;
CREATE TABLE case_posts (number TEXT NOT NULL, post TEXT NOT NULL, todo BOOLEAN NOT NULL, due TEXT NOT NULL, PRIMARY KEY (number, post));
CREATE INDEX case_posts_post ON case_posts (post, todo, due, number);
CREATE TABLE case_serials (town TEXT NOT NULL, year BIGINT NOT NULL, last BIGINT NOT NULL, PRIMARY KEY (town, year));
`

const (
	insertSerial  = `INSERT INTO case_serials (town, year, last) VALUES ($1, $2, 1) ON CONFLICT (town, year) DO UPDATE SET last = case_serials.last + 1 RETURNING last`
	insertCase    = `INSERT INTO cases (number, town, year, serial, place, item, state, open, name, initials, id_index, phone_index, responsible, filed_at, due, version, events, doc) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`
	insertPost    = `INSERT INTO case_posts (number, post, todo, due) VALUES ($1, $2, $3, $4)`
	insertEntry   = `INSERT INTO journal (subject, seq, entry, at, kind, actor, on_behalf, place, data, salt, leaf) VALUES ($1, $2, (SELECT COALESCE(MAX(j.entry), 0) + 1 FROM journal j), $3, $4, $5, NULL, $6, $7, $8, $9)`
	insertUnnamed = `INSERT INTO journal (subject, seq, entry, at, kind, actor, on_behalf, place, data, salt, leaf) VALUES ($1, $2, NULL, $3, $4, $5, NULL, $6, $7, $8, $9)`
	insertAnswer  = `INSERT INTO idempotency (account, path, key, request, status, answer, at) VALUES ($1, $2, $3, $4, $5, $6, $7)`
	selectAnswer  = `SELECT request, status, answer FROM idempotency WHERE account = $1 AND path = $2 AND key = $3`
	selectTown    = `SELECT c.number, c.due, c.filed_at, c.events, c.doc FROM cases c WHERE c.town = $1 AND c.open ORDER BY c.due, c.number LIMIT 51`
)

// fill writes value as JSON and lengthens it to so many bytes, as its real form would have.
func fill(value any, length int) (string, error) {
	raw, err := json.Marshal(value)
	if err != nil {
		return "", err
	}
	missing := length - len(raw) - len(`,"more":""`)
	if missing < 0 {
		return string(raw), nil
	}
	return string(raw[:len(raw)-1]) + `,"more":"` + strings.Repeat("x", missing) + `"}`, nil
}

func random(n int) []byte {
	b := make([]byte, n)
	rand.Read(b)
	return b
}

func makeRows(value any) (r rows, err error) {
	r.salt, r.leaf, r.at = random(16), random(32), time.Now().UnixMicro()
	if r.data, err = fill(value, floorLengths.data); err != nil {
		return r, err
	}
	if r.doc, err = fill(value, floorLengths.doc); err != nil {
		return r, err
	}
	r.answer, err = fill(value, floorLengths.answer)
	return r, err
}
