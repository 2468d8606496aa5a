package main

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	_ "modernc.org/sqlite"

	"bianmin/internal/db"
)

// floor is the bare server.
type floor struct {
	read  *sql.DB
	town  *sql.Stmt
	queue chan *filed
}

// filed is one request that waits for its commit.
type filed struct {
	key  string
	body application
	hash [32]byte
	rows rows
	err  chan error
}

// application is the body, with the validation that a bare server would have.
type application struct {
	Item      string `json:"item"`
	Place     string `json:"place"`
	Channel   string `json:"channel"`
	Applicant struct {
		Kind     string `json:"kind"`
		Name     string `json:"name"`
		IDNumber string `json:"id_number"`
		Phone    string `json:"phone"`
		Address  string `json:"address"`
	} `json:"applicant"`
	Materials []struct {
		Name      string `json:"name"`
		Originals int    `json:"originals"`
		Copies    int    `json:"copies"`
		Status    string `json:"status"`
	} `json:"materials"`
	Green *string `json:"green"`
}

var (
	placeForm = regexp.MustCompile(`^\d{12}$`)
	idForm    = regexp.MustCompile(`^\d{17}[\dX]$`)
	phoneForm = regexp.MustCompile(`^1[3-9]\d{9}$`)
)

func (a *application) valid() bool {
	return a.Item != "" && placeForm.MatchString(a.Place) && a.Channel != "" && a.Applicant.Name != "" &&
		idForm.MatchString(a.Applicant.IDNumber) && phoneForm.MatchString(a.Applicant.Phone) && len(a.Materials) > 0
}

func serveFloor(dir, address string) error {
	name := "file:" + filepath.Join(dir, db.File) +
		"?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=cache_size(-8000)&_pragma=temp_store(MEMORY)"
	write, err := sql.Open("sqlite", name)
	if err != nil {
		return err
	}
	write.SetMaxOpenConns(1)
	if err := emptied(write, `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`, "DELETE FROM "); err != nil {
		return err
	}
	if _, err := write.Exec("VACUUM"); err != nil {
		return err
	}
	f := &floor{queue: make(chan *filed, 256)}
	if f.read, err = sql.Open("sqlite", name+"&_pragma=query_only(1)"); err != nil {
		return err
	}
	f.read.SetMaxOpenConns(8)
	f.read.SetMaxIdleConns(8)
	if f.town, err = f.read.Prepare(selectTown); err != nil {
		return err
	}
	conn, err := write.Conn(context.Background())
	if err != nil {
		return err
	}
	go f.write(conn)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "ready") })
	mux.HandleFunc("POST /api/v1/sessions", f.signIn())
	mux.HandleFunc("POST /api/v1/cases", f.withToken(f.file))
	mux.HandleFunc("GET /api/v1/cases", f.withToken(f.list))
	return http.ListenAndServe(address, mux)
}

func (f *floor) signIn() http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		token := hex.EncodeToString(random(32))
		sum := sha256.Sum256([]byte(token))
		now := time.Now().UnixMicro()
		if err := f.direct(func(c *sql.Conn) error {
			_, err := c.ExecContext(context.Background(), `INSERT INTO sessions (token, account, since, seen) VALUES ($1, 'clerk', $2, $2)`, sum[:], now)
			return err
		}); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.WriteHeader(http.StatusCreated)
		fmt.Fprintf(w, `{"token":%q}`, token)
	}
}

// withToken finds the session by the token's hash, as bianmin does at every request.
func (f *floor) withToken(h http.HandlerFunc) http.HandlerFunc {
	session, err := f.read.Prepare(`SELECT account, since, seen FROM sessions WHERE token = $1`)
	return func(w http.ResponseWriter, r *http.Request) {
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		sum := sha256.Sum256([]byte(strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")))
		var account string
		var since, seen int64
		if err := session.QueryRowContext(r.Context(), sum[:]).Scan(&account, &since, &seen); err != nil {
			http.Error(w, "no session", http.StatusUnauthorized)
			return
		}
		h(w, r)
	}
}

func (f *floor) file(w http.ResponseWriter, r *http.Request) {
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	q := &filed{key: r.Header.Get("Idempotency-Key"), hash: sha256.Sum256(raw), err: make(chan error, 1)}
	if err := json.Unmarshal(raw, &q.body); err != nil || !q.body.valid() || q.key == "" {
		http.Error(w, "invalid", http.StatusUnprocessableEntity)
		return
	}
	if q.rows, err = makeRows(&q.body); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	f.queue <- q
	if err := <-q.err; err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusCreated)
	io.WriteString(w, q.rows.answer)
}

func (f *floor) list(w http.ResponseWriter, r *http.Request) {
	rows, err := f.town.QueryContext(r.Context(), "610881101000")
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	defer rows.Close()
	type row struct {
		Number string          `json:"number"`
		Due    string          `json:"due"`
		Filed  int64           `json:"filed_at"`
		Events int64           `json:"events"`
		Doc    json.RawMessage `json:"doc"`
	}
	list := make([]row, 0, 51)
	for rows.Next() {
		var x row
		var doc string
		if err := rows.Scan(&x.Number, &x.Due, &x.Filed, &x.Events, &doc); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		x.Doc = json.RawMessage(doc)
		list = append(list, x)
	}
	if err := rows.Err(); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(map[string]any{"cases": list, "next": nil}); err != nil {
		return // the client has gone
	}
}

// direct runs one write between the batches.
func (f *floor) direct(work func(*sql.Conn) error) error {
	q := &filed{err: make(chan error, 1)}
	q.key = ""
	directWork <- work
	f.queue <- q
	return <-q.err
}

// directWork holds the one direct write that is waiting.
var directWork = make(chan func(*sql.Conn) error, 1)

// write is the one goroutine that writes: a batch a commit, a savepoint a request.
func (f *floor) write(conn *sql.Conn) {
	w := &floorWriter{conn: conn, known: map[string]*sql.Stmt{}}
	batch := make([]*filed, 0, 256)
	for first := range f.queue {
		batch = append(batch[:0], first)
		err := w.exec("BEGIN IMMEDIATE")
		failed := map[*filed]error{}
		for i := 0; i < len(batch) && err == nil; i++ {
			failed[batch[i]] = w.part(batch[i])
			for waiting := true; waiting && len(batch) < 256; {
				select {
				case q := <-f.queue:
					batch = append(batch, q)
				default:
					waiting = false
				}
			}
		}
		if err == nil {
			err = w.exec("COMMIT")
		}
		for _, q := range batch {
			q.err <- errors.Join(err, failed[q])
		}
	}
}

type floorWriter struct {
	conn  *sql.Conn
	known map[string]*sql.Stmt
}

func (w *floorWriter) stmt(text string) (*sql.Stmt, error) {
	if s, ok := w.known[text]; ok {
		return s, nil
	}
	s, err := w.conn.PrepareContext(context.Background(), text)
	if err == nil {
		w.known[text] = s
	}
	return s, err
}

func (w *floorWriter) exec(text string, args ...any) error {
	s, err := w.stmt(text)
	if err == nil {
		_, err = s.Exec(args...)
	}
	return err
}

func (w *floorWriter) row(text string, into []any, args ...any) error {
	s, err := w.stmt(text)
	if err != nil {
		return err
	}
	return s.QueryRow(args...).Scan(into...)
}

func (w *floorWriter) part(q *filed) error {
	if err := w.exec("SAVEPOINT part"); err != nil {
		return err
	}
	if err := w.insert(q); err != nil {
		return errors.Join(err, w.exec("ROLLBACK TO part"), w.exec("RELEASE part"))
	}
	return w.exec("RELEASE part")
}

func (w *floorWriter) insert(q *filed) error {
	if q.key == "" {
		return (<-directWork)(w.conn)
	}
	var request []byte
	var status int64
	var answer string
	if err := w.row(selectAnswer, []any{&request, &status, &answer}, "clerk", "/api/v1/cases", q.key); !errors.Is(err, sql.ErrNoRows) {
		return errors.Join(err, errors.New("answered before"))
	}
	if err := w.exec(takeTurn, q.slot()); err != nil {
		return err
	}
	var serial int64
	if err := w.row(insertSerial, []any{&serial}, "610881101000", 2026); err != nil {
		return err
	}
	return q.store(serial, func(text string, args ...any) error { return w.exec(text, args...) }, insertEntry)
}

// slot is where applications for one person wait for each other.
func (q *filed) slot() string { return hex.EncodeToString(q.rows.leaf[:2])[:3] }

// store writes the rows of one filing after its serial was drawn.
func (q *filed) store(serial int64, exec func(text string, args ...any) error, entry string) error {
	r := q.rows
	r.number = fmt.Sprintf("610881101-2026-%06d-%d", serial, serial%10)
	r.subject = "case/" + r.number
	index := hex.EncodeToString(r.leaf)
	if err := exec(insertCase, r.number, "610881101000", 2026, serial, q.body.Place, q.body.Item, "received", true, q.body.Applicant.Name, "wz",
		index, index, "clerk-610881101", r.at, "2026-03-11", 1, 1, r.doc); err != nil {
		return err
	}
	for i, post := range floorLike.Posts {
		if err := exec(insertPost, r.number, post, i == 0, "2026-03-11", r.at); err != nil {
			return err
		}
	}
	for _, kind := range floorLike.Dues {
		if err := exec(insertDue, r.subject, kind, r.at); err != nil {
			return err
		}
	}
	if err := exec(insertFact, r.number, "610881101000", q.body.Place, q.body.Item, floorLike.Hands); err != nil {
		return err
	}
	if err := exec(insertChange, r.number, floorLike.Change); err != nil {
		return err
	}
	if err := exec(entry, r.subject, 1, r.at, "received", "clerk-610881101", "610881101000", r.data, r.salt, r.leaf); err != nil {
		return err
	}
	return exec(insertAnswer, "clerk", "/api/v1/cases", q.key, q.hash[:], 201, r.answer, r.at)
}
