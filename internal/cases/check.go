package cases

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"bianmin/internal/cases/internal/query"
	"bianmin/internal/item"
	"bianmin/internal/journal"
	"bianmin/internal/place"
)

// Room is this room's side of the check of the rows.
func (s *Service) Room() journal.Room {
	s.replayed.begin()
	return journal.Room{Prefix: subjectPrefix, Tables: []string{"cases", "case_posts", "case_serials", "dues", "case_faults", "case_facts", "tallies", "tally_changes"}, Page: s.checkPage, Rebuild: s.rebuild}
}

// checkRows is how many cases the check reads at a time.
const checkRows = 500

func (s *Service) checkPage(ctx context.Context, after string) ([]journal.Stored, error) {
	q := s.store.q(ctx)
	rows, err := q.CasesAfter(ctx, query.CasesAfterParams{Number: strings.TrimPrefix(after, subjectPrefix), Limit: checkRows})
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	posts, err := q.PostsBetween(ctx, query.PostsBetweenParams{First: rows[0].Number, Last: rows[len(rows)-1].Number})
	if err != nil {
		return nil, err
	}
	first, last := rows[0].Number, rows[len(rows)-1].Number
	dues, err := q.DuesBetween(ctx, query.DuesBetweenParams{First: Number(first).subject(), Last: Number(last).subject()})
	if err != nil {
		return nil, err
	}
	faults, err := q.FaultsBetween(ctx, query.FaultsBetweenParams{First: first, Last: last})
	if err != nil {
		return nil, err
	}
	facts, err := q.FactsBetween(ctx, query.FactsBetweenParams{First: first, Last: last})
	if err != nil {
		return nil, err
	}
	list := make([]journal.Stored, len(rows))
	for i, r := range rows {
		b := beside{}
		var own []query.CaseFact
		if own, facts = partOf(facts, func(f query.CaseFact) bool { return f.Number == r.Number }); len(own) > 0 {
			b.fact = own[0]
		}
		b.posts, posts = partOf(posts, func(p query.CasePost) bool { return p.Number == r.Number })
		b.dues, dues = partOf(dues, func(d query.Due) bool { return d.Subject == Number(r.Number).subject() })
		b.faults, faults = partOf(faults, func(f query.CaseFault) bool { return f.Number == r.Number })
		list[i] = columnsOf(r, b)
	}
	return list, nil
}

// beside are the rows of a case in the other tables, each in the order of its key.
type beside struct {
	posts  []query.CasePost
	dues   []query.Due
	faults []query.CaseFault
	fact   query.CaseFact
}

// partOf takes a case's rows off the front; those of no case before them are counted as strays elsewhere.
func partOf[T any](rows []T, mine func(T) bool) (part, rest []T) {
	first := slices.IndexFunc(rows, mine)
	if first < 0 {
		return nil, rows
	}
	last := first
	for last < len(rows) && mine(rows[last]) {
		last++
	}
	return rows[first:last], rows[last:]
}

// rebuild folds all events of a case and stores the result as the services would.
func (s *Service) rebuild(entries []journal.Entry) (journal.Stored, error) {
	c := &Case{Number: Number(strings.TrimPrefix(entries[0].Subject, subjectPrefix))}
	for _, e := range entries {
		event, err := decode(Kind(e.Kind), e.Data, metaOf(e))
		if err != nil {
			return journal.Stored{}, err
		}
		if err := c.begin(event, s.items()); err != nil {
			return journal.Stored{}, err
		}
		c.Evolve(event)
	}
	row, err := rowOf(c, s.cal())
	if err != nil {
		return journal.Stored{}, err
	}
	fact := factOf(c, s.cal())
	s.replayed.add(countsOf(c, fact))
	return columnsOf(row, beside{postsOf(c, row.Due), duesOf(c, s.cal()), faultsOf(c), fact}), nil
}

// metaOf is who and when, as the journal's columns have it.
func metaOf(e journal.Entry) Meta {
	return Meta{Account: e.Actor, Place: place.Code(e.Place), At: At(e.At)}
}

// begin finds the item when the event is the first.
func (c *Case) begin(e Event, items *item.Catalogue) error {
	filed, first := e.(*Filed)
	switch {
	case c.Def == nil && !first:
		return fmt.Errorf("the first event of %s is %s", c.Number, e.Kind())
	case c.Def != nil && first:
		return fmt.Errorf("%s was filed twice", c.Number)
	case first:
		c.ItemCode, c.ItemVersion = filed.Item, filed.ItemVersion
		return c.define(items)
	}
	return nil
}

func columnsOf(r query.Case, b beside) journal.Stored {
	number := func(n int64) string { return strconv.FormatInt(n, 10) }
	stored := journal.Stored{Subject: Number(r.Number).subject(), Columns: []journal.Column{
		{Name: "town", Value: r.Town}, {Name: "year", Value: number(r.Year)}, {Name: "serial", Value: number(r.Serial)},
		{Name: "place", Value: r.Place}, {Name: "item", Value: r.Item}, {Name: "state", Value: r.State},
		{Name: "open", Value: strconv.FormatBool(r.Open)}, {Name: "name", Value: r.Name}, {Name: "initials", Value: r.Initials},
		{Name: "id_index", Value: r.IDIndex}, {Name: "phone_index", Value: strconv.FormatBool(r.PhoneIndex.Valid) + r.PhoneIndex.String},
		{Name: "responsible", Value: r.Responsible}, {Name: "filed_at", Value: number(r.FiledAt)}, {Name: "due", Value: r.Due},
		{Name: "version", Value: number(r.Version)}, {Name: "events", Value: number(r.Events)}, {Name: "doc", Value: r.Doc},
	}}
	for _, p := range b.posts {
		stored.Columns = append(stored.Columns, journal.Column{Name: "case_posts", Value: p.Post + " " + strconv.FormatBool(p.Todo) + " " + p.Due + " " + strconv.FormatInt(p.Filed, 10)})
	}
	for _, d := range b.dues {
		stored.Columns = append(stored.Columns, journal.Column{Name: "dues", Value: d.Kind + " " + number(d.At)})
	}
	for _, f := range b.faults {
		stored.Columns = append(stored.Columns, journal.Column{Name: "case_faults", Value: strings.Join([]string{number(f.N), f.Town, f.Account, f.Kind, number(f.At)}, " ")})
	}
	stored.Columns = append(stored.Columns, shownFact(b.fact))
	return stored
}

// CheckTotals finds what no single case shows: rows of no case, and serials that were not drawn in order.
func (s *Service) CheckTotals(ctx context.Context, found func(what string)) error {
	q := s.store.q(ctx)
	for _, strays := range []struct {
		table string
		count func(context.Context) (int64, error)
	}{{"case_posts", q.StrayPosts}, {"dues", q.StrayDues}, {"case_faults", q.StrayFaults}, {"case_facts", q.StrayFacts}} {
		n, err := strays.count(ctx)
		if err != nil {
			return err
		}
		if n > 0 {
			found(fmt.Sprintf("%s：多出 %d 行", strays.table, n))
		}
	}
	serials, err := q.Serials(ctx)
	if err != nil {
		return err
	}
	for _, r := range serials {
		if r.Last != r.Highest || r.Last != r.Cases {
			found(fmt.Sprintf("case_serials：%s %d 年的流水号和办件不一致", r.Town, r.Year))
		}
	}
	missing, err := q.TownsWithoutSerial(ctx)
	if err != nil {
		return err
	}
	if missing > 0 {
		found(fmt.Sprintf("case_serials：少了 %d 行", missing))
	}
	return s.checkTallies(ctx, found)
}
