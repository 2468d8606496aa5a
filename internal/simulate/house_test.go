package simulate

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/clock"
	"bianmin/internal/db"
	"bianmin/internal/demo"
	"bianmin/internal/enginetest"
	"bianmin/internal/journal"
	"bianmin/internal/once"
	"bianmin/internal/reference"
	"bianmin/internal/seal"
	"bianmin/internal/verify"
)

func TestMain(m *testing.M) { enginetest.Main(m) }

// house is a city that was founded on a new database.
type house struct {
	t     *testing.T
	url   string
	keys  *seal.Keys
	city  reference.City
	clock *clock.Manual

	db      *db.DB
	journal *journal.Journal
	told    *reference.Reference
	people  *access.Service
	cases   *cases.Service
}

func found(t *testing.T, url string, keys *seal.Keys) *house {
	t.Helper()
	h := &house{t: t, url: url, keys: keys, clock: clock.NewManual(time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC))}
	h.open()
	err := h.db.Write(t.Context(), func(ctx context.Context) error {
		if err := h.told.Found(ctx, h.clock.Now()); err != nil {
			return err
		}
		city, _, err := h.told.Load(ctx)
		if err != nil {
			return err
		}
		h.services(city)
		return demo.AddAccounts(ctx, h.people, city)
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.db.Close(); err != nil {
			t.Error(err)
		}
	})
	return h
}

func keys(t *testing.T) *seal.Keys {
	t.Helper()
	k, err := seal.Generate("bianmin.test")
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func (h *house) open() {
	h.t.Helper()
	d, err := db.Open(h.t.Context(), h.url, db.Serving)
	if err != nil {
		h.t.Fatal(err)
	}
	h.db, h.journal = d, journal.New(d)
	h.told = reference.New(d, h.journal)
}

func (h *house) services(city reference.City) {
	h.t.Helper()
	box, err := h.keys.Box()
	if err != nil {
		h.t.Fatal(err)
	}
	h.city = city
	h.people = access.New(h.db, h.journal, city.Places, box, h.clock, h.clock)
	h.cases = cases.New(cases.Parts{DB: h.db, Journal: h.journal, Once: once.New(h.db), Places: city.Places, Items: city.Items,
		People: h.people, Calendar: func() *calendar.Calendar { return city.Calendar }, Box: box, Clock: h.clock})
}

// again opens the same database anew, as another process would.
func (h *house) again() {
	h.t.Helper()
	if err := h.db.Close(); err != nil {
		h.t.Fatal(err)
	}
	h.open()
	h.services(h.city)
}

// run lives through the days in batches of so many entries, or until the context ends.
func (h *house) run(ctx context.Context, args Arguments, batch int, progress func(Progress)) error {
	h.t.Helper()
	signers, err := h.keys.Signers()
	if err != nil {
		h.t.Fatal(err)
	}
	known, err := h.keys.Verifiers()
	if err != nil {
		h.t.Fatal(err)
	}
	return Run(ctx, args, Parts{DB: h.db, Keeper: journal.NewKeeper(h.db, signers, known, slog.New(slog.DiscardHandler)),
		Cases: h.cases, City: h.city, Clock: h.clock, Progress: progress, Batch: batch})
}

func (h *house) mustRun(args Arguments, batch int) {
	h.t.Helper()
	if err := h.run(h.t.Context(), args, batch, func(Progress) {}); err != nil {
		h.t.Fatal(err)
	}
}

// verified recomputes everything, as `bianmin verify` does.
func (h *house) verified() {
	h.t.Helper()
	known, err := h.keys.Verifiers()
	if err != nil {
		h.t.Fatal(err)
	}
	check := verify.Check{DB: h.db, Journal: h.journal, Known: known,
		Found: func(what string) {
			if !strings.HasSuffix(what, "：多出一张表") { // other rooms' tables: the program's own test has all rooms
				h.t.Errorf("verify: %s", what)
			}
		}, Progress: func(string, int64) {},
		Rooms:  slices.Concat(h.told.Rooms(), []journal.Room{h.people.Room(), h.cases.Room(), h.journal.EpochRoom()}),
		Totals: []func(context.Context, func(string)) error{h.told.CheckTotals, h.cases.CheckTotals}}
	if err := check.Run(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
}

// dump is what a query gives, a line a row.
func (h *house) dump(query string) []string {
	h.t.Helper()
	rows, err := h.db.Q(h.t.Context()).QueryContext(h.t.Context(), query)
	if err != nil {
		h.t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		h.t.Fatal(err)
	}
	var list []string
	for rows.Next() {
		values := make([]any, len(columns))
		targets := make([]any, len(columns))
		for i := range values {
			targets[i] = &values[i]
		}
		if err := rows.Scan(targets...); err != nil {
			h.t.Fatal(err)
		}
		line := make([]string, len(values))
		for i, v := range values {
			if line[i] = fmt.Sprint(v); line[i] == "true" || line[i] == "false" { // SQLite's are 1 and 0
				line[i] = strconv.Itoa(strings.Index("ft", line[i][:1]))
			}
		}
		list = append(list, strings.Join(line, " "))
	}
	if err := rows.Err(); err != nil {
		h.t.Fatal(err)
	}
	return list
}

// everything is all that is stored of the cases but what is sealed or salted anew every time.
func (h *house) everything() []string {
	return slices.Concat(
		h.dump(`SELECT number, town, year, serial, place, item, state, open, name, initials, id_index, phone_index, responsible, filed_at, due, version, events FROM cases ORDER BY number`),
		h.dump(`SELECT * FROM case_posts ORDER BY number, post`),
		h.dump(`SELECT * FROM dues ORDER BY subject, kind`),
		h.dump(`SELECT * FROM case_faults ORDER BY number, n`),
		h.dump(`SELECT * FROM case_serials ORDER BY town, year`),
		h.dump(`SELECT entry, subject, seq, at, kind, actor, place FROM journal WHERE subject LIKE 'case/%' ORDER BY entry`))
}

// multiply writes rows of the first cases again and again under another name, for a query that is to find very many.
func (h *house) multiply(n, of int) {
	h.t.Helper()
	err := h.db.Write(h.t.Context(), func(ctx context.Context) error {
		_, err := h.db.Q(ctx).ExecContext(ctx, `WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < $1)
			INSERT INTO cases (number, town, year, serial, place, item, state, open, name, initials, id_index, phone_index, responsible, filed_at, due, version, events, doc)
			SELECT c.number || '-' || CAST(i.n AS TEXT), c.town, c.year, 100000 + i.n * 100 + c.serial, c.place, c.item, c.state, c.open, '欧阳' || CAST(i.n AS TEXT), 'oy' || CAST(i.n AS TEXT),
				c.id_index, c.phone_index, c.responsible, c.filed_at + i.n, c.due, c.version, c.events, c.doc
			FROM i, (SELECT * FROM cases ORDER BY number LIMIT $2) c`, n, of)
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
}
