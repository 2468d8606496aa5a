package cases

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"bianmin/internal/calendar"
	"bianmin/internal/cases/internal/query"
	"bianmin/internal/db"
	"bianmin/internal/journal"
)

// putFact stores what is counted of a case, and what that changes in the tallies: as a row of its own, which the leader
// adds up later. No two writers meet at one count.
func (s store) putFact(ctx context.Context, before, c *Case, cal *calendar.Calendar) error {
	if before == nil {
		return s.putFactOver(ctx, nil, c, query.CaseFact{}, cal)
	}
	had := factOf(before, cal)
	if had.Done != "" { // another copy of the program may have counted its days by another calendar
		var err error
		if had, err = s.q(ctx).Fact(ctx, string(c.Number)); err != nil {
			return err
		}
	}
	return s.putFactOver(ctx, before, c, had, cal)
}

// putFactOver is putFact where something else may stand: what another calendar said.
func (s store) putFactOver(ctx context.Context, before, c *Case, had query.CaseFact, cal *calendar.Calendar) error {
	var counted []count
	if before != nil {
		counted = countsOf(before, had)
	}
	fact := factOf(c, cal)
	if fact != had {
		if err := s.q(ctx).PutFact(ctx, query.PutFactParams(fact)); err != nil {
			return err
		}
	}
	if t := change(counted, countsOf(c, fact)); len(t) > 0 {
		return s.q(ctx).InsertTallyChange(ctx, query.InsertTallyChangeParams{Number: string(c.Number), Events: c.Events, Change: t.text()})
	}
	return nil
}

// foldPage is how many changes share a transaction.
const foldPage = 1000

// FoldTallies adds to the tallies what has changed, and says how many changes that were. One at a time does it; of two
// that meet the second finds a change gone and begins again.
func (s *Service) FoldTallies(ctx context.Context) (n int, err error) {
	for {
		folded := 0
		err := s.db.Write(ctx, func(ctx context.Context) (err error) {
			folded, err = s.fold(ctx)
			return err
		})
		n += folded
		if err != nil || folded < foldPage {
			return n, err
		}
	}
}

func (s *Service) fold(ctx context.Context) (int, error) {
	q := s.store.q(ctx)
	rows, err := q.TallyChanges(ctx, foldPage)
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	t := tally{}
	for _, r := range rows {
		gone, err := q.DropTallyChange(ctx, query.DropTallyChangeParams{Number: r.Number, Events: r.Events})
		if err == nil && gone == 0 {
			err = db.ErrRace
		}
		if err = errors.Join(err, t.read(r.Change)); err != nil {
			return 0, err
		}
	}
	for _, c := range t.sorted() {
		if err := q.AddTally(ctx, query.AddTallyParams{What: c.what, Scope: c.scope, At: c.at, N: t[c]}); err != nil {
			return 0, err
		}
	}
	return len(rows), q.DropNoTallies(ctx)
}

// waiting are the changes that are not in the tallies yet.
func (s *Service) waiting(ctx context.Context) (tally, error) {
	t := tally{}
	rows, err := s.store.q(ctx).TallyChanges(ctx, 1<<31-1)
	for _, r := range rows {
		err = errors.Join(err, t.read(r.Change))
	}
	return t, err
}

// replayed counts what the check of the rows folds, case by case, to be compared with the tallies at its end.
type replayed struct {
	sync.Mutex
	counts tally
}

func (r *replayed) begin() {
	r.Lock()
	defer r.Unlock()
	r.counts = tally{}
}

func (r *replayed) add(list []count) {
	r.Lock()
	defer r.Unlock()
	if r.counts != nil {
		r.counts.add(list, 1)
	}
}

// checkTallies compares the tallies, with what waits to be added, to what the replayed cases say.
func (s *Service) checkTallies(ctx context.Context, found func(what string)) error {
	s.replayed.Lock()
	defer s.replayed.Unlock()
	have, err := s.waiting(ctx)
	if err != nil {
		found("tally_changes：" + err.Error())
		return nil
	}
	rows, err := s.store.q(ctx).AllTallies(ctx)
	if err != nil {
		return err
	}
	for _, r := range rows {
		if r.N == 0 {
			found(fmt.Sprintf("tallies：%s %s %s 是空的", r.What, r.Scope, r.At))
		}
		have.plus(count{r.What, r.Scope, r.At}, r.N)
	}
	for c, n := range s.replayed.counts {
		have.plus(c, -n)
	}
	const most = 10
	for i, c := range have.sorted() {
		if i == most {
			found(fmt.Sprintf("tallies：还有 %d 处和办件不一致", len(have)-most))
			break
		}
		found(fmt.Sprintf("tallies：%s %s %s 差 %d", c.what, c.scope, c.at, have[c]))
	}
	return nil
}

// CountAnew fills facts and tallies in a database that is older than they are, after it has said so: a million cases take over
// a minute. It does nothing in any other.
func (s *Service) CountAnew(ctx context.Context, say func()) error {
	if n, err := s.store.q(ctx).AnyFact(ctx); err != nil || n > 0 {
		return err
	}
	return s.db.WriteWhole(ctx, func(ctx context.Context) error {
		t, after := tally{}, ""
		for {
			rows, err := s.store.q(ctx).SealedAfter(ctx, query.SealedAfterParams{Number: after, Most: foldPage})
			if err != nil {
				return err
			}
			if len(rows) == 0 {
				break
			}
			if after == "" {
				say()
			}
			var facts []any
			for _, r := range rows {
				c := &Case{}
				if err := json.Unmarshal([]byte(r.Doc), c); err != nil {
					return fmt.Errorf("reading the case %s: %w", r.Number, err)
				}
				if err := c.define(s.items()); err != nil {
					return err
				}
				f := factOf(c, s.cal())
				facts, after = append(facts, columnsOfFact(f)...), r.Number
				t.add(countsOf(c, f), 1)
			}
			if err := s.db.WriteRows(ctx, bulkFacts, facts); err != nil {
				return err
			}
		}
		return s.db.WriteRows(ctx, bulkTallies, t.rows())
	})
}

// rows are the tallies as they are written in bulk.
func (t tally) rows() []any {
	list := make([]any, 0, 4*len(t))
	for _, c := range t.sorted() {
		list = append(list, c.what, c.scope, c.at, t[c])
	}
	return list
}

func columnsOfFact(f query.CaseFact) []any {
	return []any{f.Number, f.Town, f.Place, f.Item, f.Hands, f.Promised, f.Legal, f.Done, f.Days, f.Late}
}

func shownFact(f query.CaseFact) journal.Column {
	return journal.Column{Name: "case_facts", Value: fmt.Sprintf("%s %s %s [%s] %s %s %s %d %d", f.Town, f.Place, f.Item, f.Hands, f.Promised, f.Legal, f.Done, f.Days, f.Late)}
}
