package cases

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"bianmin/internal/cases/internal/query"
	"bianmin/internal/db"
	"bianmin/internal/journal"
)

// Batch is what is written in one transaction.
type Batch struct {
	Cases   int // that it writes
	Entries []journal.Sealed

	cases, amended, posts, dues, faults, serials []any
	facts                                        []any
	counts                                       tally
	moved, undue                                 []string // the cases whose posts, and whose dues, stand there in an older form
}

// The columns as queries.sql has them.
const (
	bulkColumns = "number, town, year, serial, place, item, state, open, name, initials, id_index, phone_index, responsible, filed_at, due, version, events, doc"
	// bulkAgain writes over a case that is there. That nobody else changed it the journal sees to: its entries would
	// have the same places. Who the applicant is changes by an amendment alone (bulkAmended): SQLite writes every index
	// anew of which a column is named, and these indexes are written all over.
	bulkAgain = `ON CONFLICT (number) DO UPDATE SET state = excluded.state, open = excluded.open, responsible = excluded.responsible,
due = excluded.due, version = excluded.version, events = excluded.events, doc = excluded.doc`
	bulkNoTallies = `DELETE FROM tallies WHERE n = 0`
)

var (
	bulkCases   = db.Rows{Table: "cases", Columns: bulkColumns, Again: bulkAgain}
	bulkAmended = db.Rows{Table: "cases", Columns: bulkColumns,
		Again: bulkAgain + `, name = excluded.name, initials = excluded.initials, id_index = excluded.id_index, phone_index = excluded.phone_index`}
	bulkPosts   = db.Rows{Table: "case_posts", Columns: "number, post, todo, due, filed"}
	bulkDues    = db.Rows{Table: "dues", Columns: "subject, kind, at"}
	bulkFaults  = db.Rows{Table: "case_faults", Columns: "number, n, town, account, kind, at"}
	bulkSerials = db.Rows{Table: "case_serials", Columns: "town, year, last", Again: `ON CONFLICT (town, year) DO UPDATE SET last = excluded.last`}
	bulkFacts   = db.Rows{Table: "case_facts", Columns: "number, town, place, item, hands, promised, legal, done, days, late",
		Again: `ON CONFLICT (number) DO UPDATE SET hands = excluded.hands, promised = excluded.promised, legal = excluded.legal,
done = excluded.done, days = excluded.days, late = excluded.late`}
	bulkTallies = db.Rows{Table: "tallies", Columns: "what, scope, at, n", Again: `ON CONFLICT (what, scope, at) DO UPDATE SET n = tallies.n + excluded.n`}
)

// Gather takes what there is to write and begins anew.
func (b *Bulk) Gather() (*Batch, error) {
	w := &Batch{Cases: len(b.touched), Entries: b.entries, cases: make([]any, 0, 18*len(b.touched)), counts: tally{}}
	slices.SortFunc(b.touched, func(x, y *Running) int { return strings.Compare(string(x.c.Number), string(y.c.Number)) })
	for _, r := range b.touched {
		r.waiting = false
		if err := w.add(b, r); err != nil {
			return nil, err
		}
	}
	for of := range b.drawn {
		w.serials = append(w.serials, string(of.town), of.year, b.serials[of])
	}
	clear(b.drawn)
	b.touched, b.entries = b.touched[:0], make([]journal.Sealed, 0, len(b.entries))
	return w, nil
}

func (w *Batch) add(b *Bulk, r *Running) error {
	row, err := rowOf(r.c, b.s.cal())
	if err != nil {
		return err
	}
	rows := &w.cases
	if r.Had(KindAmended) {
		rows = &w.amended
	}
	*rows = append(*rows, row.Number, row.Town, row.Year, row.Serial, row.Place, row.Item, row.State, row.Open, row.Name, row.Initials,
		row.IDIndex, row.PhoneIndex, row.Responsible, row.FiledAt, row.Due, row.Version, row.Events, row.Doc)
	now := b.beside(r.c, row.Due)
	if !slices.Equal(now.posts, r.stored.posts) {
		w.addPosts(r.stored.posts, now.posts)
	}
	if !slices.Equal(now.dues, r.stored.dues) {
		w.addDues(r.stored.dues, now.dues)
	}
	for _, f := range now.faults[len(r.stored.faults):] {
		w.faults = append(w.faults, f.Number, f.N, f.Town, f.Account, f.Kind, f.At)
	}
	if now.fact != r.stored.fact {
		w.facts = append(w.facts, columnsOfFact(now.fact)...)
	}
	counted := countsOf(r.c, now.fact)
	w.counts.add(counted, 1)
	w.counts.add(r.counted, -1)
	r.stored, r.counted = now, counted
	return nil
}

func (w *Batch) addPosts(before, after []query.CasePost) {
	if len(before) > 0 {
		w.moved = append(w.moved, before[0].Number)
	}
	for _, p := range after {
		w.posts = append(w.posts, p.Number, p.Post, p.Todo, p.Due, p.Filed)
	}
}

func (w *Batch) addDues(before, after []query.Due) {
	if len(before) > 0 {
		w.undue = append(w.undue, before[0].Subject)
	}
	for _, d := range after {
		w.dues = append(w.dues, d.Subject, d.Kind, d.At)
	}
}

// Write writes it in the transaction of ctx, all but the entries.
func (w *Batch) Write(ctx context.Context, d *db.DB) error {
	if err := errors.Join(d.DropRows(ctx, "case_posts", "number", w.moved), d.DropRows(ctx, "dues", "subject", w.undue)); err != nil {
		return fmt.Errorf("writing %d cases: %w", w.Cases, err)
	}
	for _, part := range []struct {
		into db.Rows
		rows []any
	}{
		{bulkSerials, w.serials}, {bulkCases, w.cases}, {bulkAmended, w.amended}, {bulkPosts, w.posts}, {bulkDues, w.dues},
		{bulkFaults, w.faults}, {bulkFacts, w.facts}, {bulkTallies, w.counts.rows()},
	} {
		if err := d.WriteRows(ctx, part.into, part.rows); err != nil {
			return fmt.Errorf("writing %d cases into %s: %w", w.Cases, part.into.Table, err)
		}
	}
	if _, err := d.Q(ctx).ExecContext(ctx, bulkNoTallies); err != nil {
		return fmt.Errorf("dropping empty tallies: %w", err)
	}
	return nil
}
