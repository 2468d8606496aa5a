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

// like is what bianmin stores for the measured filing: lengths in bytes, and what else stands in its rows. It is read from
// bianmin at every run and handed to the floor, which stores rows of the same kinds, numbers and lengths.
type like struct {
	Data, Doc, Answer int
	Posts, Dues       []string
	Hands, Change     string
}

var floorLike like

func (l like) String() string {
	raw, _ := json.Marshal(l) // of numbers and texts: cannot fail
	return string(raw)
}

// readLike reads it from the database of a bianmin in which the filing was filed as the last.
func readLike(file string) (l like, err error) {
	db, err := sql.Open("sqlite", "file:"+file+"?_pragma=query_only(1)")
	if err != nil {
		return l, err
	}
	defer db.Close()
	var number string
	err = db.QueryRow(`SELECT c.number, length(CAST(j.data AS BLOB)), length(CAST(c.doc AS BLOB)),
		(SELECT length(CAST(i.answer AS BLOB)) FROM idempotency i ORDER BY i.at DESC LIMIT 1), f.hands
		FROM journal j JOIN cases c ON j.subject = 'case/' || c.number JOIN case_facts f ON f.number = c.number
		WHERE j.entry = (SELECT MAX(entry) FROM journal WHERE subject LIKE 'case/%')`).
		Scan(&number, &l.Data, &l.Doc, &l.Answer, &l.Hands)
	if err != nil {
		return l, err
	}
	if l.Posts, err = texts(db, `SELECT post FROM case_posts WHERE number = $1`, number); err != nil {
		return l, err
	}
	if l.Dues, err = texts(db, `SELECT kind FROM dues WHERE subject = 'case/' || $1`, number); err != nil {
		return l, err
	}
	var changes []string // one; none when it has been added up already, which is tried at every run anew
	if changes, err = texts(db, `SELECT change FROM tally_changes WHERE number = $1`, number); err != nil {
		return l, err
	}
	l.Change = strings.Join(changes, "")
	if l.Change == "" {
		l.Change = strings.Repeat("x", usualChange)
	}
	return l, nil
}

// usualChange is how long what a filing changes in the tallies is, in bytes, when it cannot be seen any more.
const usualChange = 480

func texts(db *sql.DB, query string, args ...any) (list []string, err error) {
	rows, err := db.Query(query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, rows.Err()
}

// emptied removes every row from a database that bianmin has founded: the floor has its tables, columns and indexes.
func emptied(db *sql.DB, tables, remove string) error {
	list, err := texts(db, tables)
	if err != nil {
		return err
	}
	for _, table := range list {
		if _, err := db.Exec(remove + table); err != nil {
			return fmt.Errorf("emptying %s: %w", table, err)
		}
	}
	return nil
}

const (
	insertSerial  = `INSERT INTO case_serials (town, year, last) VALUES ($1, $2, 1) ON CONFLICT (town, year) DO UPDATE SET last = case_serials.last + 1 RETURNING last`
	insertCase    = `INSERT INTO cases (number, town, year, serial, place, item, state, open, name, initials, id_index, phone_index, responsible, filed_at, due, version, events, doc) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`
	insertPost    = `INSERT INTO case_posts (number, post, todo, due, filed) VALUES ($1, $2, $3, $4, $5)`
	insertEntry   = `INSERT INTO journal (subject, seq, entry, at, kind, actor, on_behalf, place, data, salt, leaf) VALUES ($1, $2, (SELECT COALESCE(MAX(j.entry), 0) + 1 FROM journal j), $3, $4, $5, NULL, $6, $7, $8, $9)`
	insertUnnamed = `INSERT INTO journal (subject, seq, entry, at, kind, actor, on_behalf, place, data, salt, leaf) VALUES ($1, $2, NULL, $3, $4, $5, NULL, $6, $7, $8, $9)`
	insertDue     = `INSERT INTO dues (subject, kind, at) VALUES ($1, $2, $3)`
	insertFact    = `INSERT INTO case_facts (number, town, place, item, hands, promised, legal, done, days, late) VALUES ($1, $2, $3, $4, $5, '', '', '', 0, 0)`
	insertChange  = `INSERT INTO tally_changes (number, events, change) VALUES ($1, 1, $2)`
	takeTurn      = `INSERT INTO filing_turns (slot, turns) VALUES ($1, 1) ON CONFLICT (slot) DO UPDATE SET turns = filing_turns.turns + 1`
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
	if r.data, err = fill(value, floorLike.Data); err != nil {
		return r, err
	}
	if r.doc, err = fill(value, floorLike.Doc); err != nil {
		return r, err
	}
	r.answer, err = fill(value, floorLike.Answer)
	return r, err
}
