package cases

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/cases/internal/query"
	"bianmin/internal/db"
	"bianmin/internal/item"
	"bianmin/internal/place"
	"bianmin/internal/problem"
)

// store is what this room asks of the database.
type store struct {
	db   *db.DB
	kept *kept
}

func (s store) q(ctx context.Context) *query.Queries { return query.New(s.db.Q(ctx)) }

// load reads a case; problem.ErrNotFound when there is none.
func (s store) load(ctx context.Context, number Number, items *item.Catalogue) (*Case, error) {
	row, err := s.q(ctx).Doc(ctx, string(number))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, problem.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	return s.read(ctx, number, row.Events, row.Doc, items)
}

// read makes a case of its row. What it gives is shared: a change is made on a copy.
func (s store) read(ctx context.Context, number Number, events int64, doc string, items *item.Catalogue) (*Case, error) {
	if c := s.kept.get(number, events); c != nil {
		return c, nil
	}
	c := &Case{}
	if err := json.Unmarshal([]byte(doc), c); err != nil {
		return nil, fmt.Errorf("reading the case %s: %w", number, err)
	}
	if err := c.define(items); err != nil {
		return nil, err
	}
	s.db.AfterCommit(ctx, func() { s.kept.put(c) }) // what a transaction sees may never come to be
	return c, nil
}

// define finds the item's version under which the case was filed.
func (c *Case) define(items *item.Catalogue) error {
	def, ok := items.At(c.ItemCode, c.ItemVersion)
	if !ok {
		return fmt.Errorf("case %s: no version %d of the item %s", c.Number, c.ItemVersion, c.ItemCode)
	}
	c.Def = &def
	return nil
}

// seesPlace says whether the actor may see whatever is filed at a place.
func seesPlace(a access.Actor, town, room string) bool {
	return a.SeesAll() || a.SeesTown() && place.Code(town) == a.Place || a.Role == access.Agent && place.Code(room) == a.Place
}

// sees says whether the actor may see the case, by the row alone; problem.ErrNotFound when not, or when there is none.
func (s store) sees(ctx context.Context, a access.Actor, number Number) error {
	row, err := s.q(ctx).Scope(ctx, string(number))
	if errors.Is(err, sql.ErrNoRows) {
		return problem.ErrNotFound
	}
	if err != nil {
		return err
	}
	visible := seesPlace(a, row.Town, row.Place)
	if a.Role == access.Citizen {
		visible = a.Phone != "" && row.PhoneIndex.Valid && row.PhoneIndex.String == a.Phone
	}
	if post := a.OfUnit(); post != "" {
		n, err := s.q(ctx).HasPost(ctx, query.HasPostParams{Number: string(number), Post: string(post)})
		if err != nil {
			return err
		}
		visible = n > 0
	}
	if !visible {
		return problem.ErrNotFound
	}
	return nil
}

// insert stores a new case.
func (s store) insert(ctx context.Context, c *Case, cal *calendar.Calendar) error {
	row, err := rowOf(c, cal)
	if err != nil {
		return err
	}
	if err := s.q(ctx).InsertCase(ctx, query.InsertCaseParams(row)); err != nil {
		return err
	}
	for _, p := range postsOf(c, row.Due) {
		if err := s.q(ctx).InsertPost(ctx, query.InsertPostParams(p)); err != nil {
			return err
		}
	}
	for _, d := range duesOf(c, cal) {
		if err := s.q(ctx).InsertDue(ctx, query.InsertDueParams(d)); err != nil {
			return err
		}
	}
	return s.putFact(ctx, nil, c, cal)
}

// update stores a case that was read with so many events. Somebody else's change in between is db.ErrRace.
func (s store) update(ctx context.Context, before, c *Case, cal *calendar.Calendar) error {
	due, err := s.updateRow(ctx, before, c, cal)
	if err != nil {
		return err
	}
	if err := s.putPosts(ctx, postsOf(before, before.dueFor(cal)), postsOf(c, due)); err != nil {
		return err
	}
	if err := s.putDues(ctx, duesOf(before, cal), duesOf(c, cal)); err != nil {
		return err
	}
	for _, f := range faultsOf(c)[len(before.Faults):] {
		if err := s.q(ctx).InsertFault(ctx, query.InsertFaultParams(f)); err != nil {
			return err
		}
	}
	return s.putFact(ctx, before, c, cal)
}

// updateRow stores the row alone and gives its date.
func (s store) updateRow(ctx context.Context, before, c *Case, cal *calendar.Calendar) (due string, err error) {
	row, err := rowOf(c, cal)
	if err != nil {
		return "", err
	}
	n, err := s.q(ctx).UpdateCase(ctx, query.UpdateCaseParams{
		Number: row.Number, ReadEvents: before.Events, State: row.State, Open: row.Open, Name: row.Name, Initials: row.Initials,
		IDIndex: row.IDIndex, PhoneIndex: row.PhoneIndex, Responsible: row.Responsible, Due: row.Due, Version: row.Version,
		Events: row.Events, Doc: row.Doc,
	})
	if err == nil && n == 0 {
		err = db.ErrRace
	}
	return row.Due, err
}

// rewrite stores a case whose posts and dues were written by another calendar: what is there is dropped. had is what was
// counted of it.
func (s store) rewrite(ctx context.Context, before, c *Case, had query.CaseFact, cal *calendar.Calendar) error {
	due, err := s.updateRow(ctx, before, c, cal)
	if err != nil {
		return err
	}
	q := s.q(ctx)
	if err := errors.Join(q.DropPosts(ctx, string(c.Number)), q.DropDues(ctx, c.Number.subject())); err != nil {
		return err
	}
	return errors.Join(s.putPosts(ctx, nil, postsOf(c, due)), s.putDues(ctx, nil, duesOf(c, cal)), s.putFactOver(ctx, before, c, had, cal))
}

// putDues writes what differs between two lists of what falls due.
func (s store) putDues(ctx context.Context, before, after []query.Due) error {
	for _, d := range before {
		if !slices.ContainsFunc(after, func(x query.Due) bool { return x.Kind == d.Kind }) {
			if err := s.q(ctx).DropDue(ctx, query.DropDueParams{Subject: d.Subject, Kind: d.Kind}); err != nil {
				return err
			}
		}
	}
	for _, d := range after {
		if slices.Contains(before, d) {
			continue
		}
		if err := s.q(ctx).PutDue(ctx, query.PutDueParams(d)); err != nil {
			return err
		}
	}
	return nil
}

// putPosts writes what differs between two lists of posts, both in order.
func (s store) putPosts(ctx context.Context, before, after []query.CasePost) error {
	had := make(map[string]query.CasePost, len(before))
	for _, p := range before {
		had[p.Post] = p
	}
	for _, p := range after {
		old, known := had[p.Post]
		delete(had, p.Post)
		if known && old == p {
			continue
		}
		if err := s.q(ctx).PutPost(ctx, query.PutPostParams(p)); err != nil {
			return err
		}
	}
	for post, p := range had {
		if err := s.q(ctx).DropPost(ctx, query.DropPostParams{Number: p.Number, Post: post}); err != nil {
			return err
		}
	}
	return nil
}

// listed is one row of a list, as it stood in the list's order.
type listed struct {
	number Number
	due    string
	filed  Instant
	events int64
	c      *Case
}

// list reads a list. The cases themselves are most of what a list weighs, and most of those that are listed were read
// before: only the others are fetched, as they are by then. Those that are sought come with it.
func (s store) list(ctx context.Context, q *listQuery, items *item.Catalogue) ([]listed, error) {
	rows, err := s.db.Q(ctx).QueryContext(ctx, q.text(), q.args...)
	if err != nil {
		return nil, fmt.Errorf("listing cases: %w", err)
	}
	defer rows.Close()
	list, unread := make([]listed, 0, q.limit+1), []any(nil)
	for rows.Next() {
		var r listed
		var doc string
		if err := rows.Scan(&r.number, &r.due, &r.filed, &r.events, &doc); err != nil {
			return nil, err
		}
		if r.c = s.kept.get(r.number, r.events); r.c == nil && doc == "" {
			unread = append(unread, string(r.number))
		} else if r.c == nil {
			if r.c, err = s.read(ctx, r.number, r.events, doc, items); err != nil {
				return nil, err
			}
		}
		list = append(list, r)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil || len(unread) == 0 {
		return list, err
	}
	read, err := s.readAll(ctx, unread, items)
	if err != nil {
		return nil, err
	}
	for i, r := range list {
		if r.c != nil {
			continue
		}
		if list[i].c = read[r.number]; list[i].c == nil {
			return nil, fmt.Errorf("listing cases: %s is not there", r.number)
		}
	}
	return list, nil
}

// readAll reads cases by their numbers.
func (s store) readAll(ctx context.Context, numbers []any, items *item.Catalogue) (map[Number]*Case, error) {
	size := 1
	for size < len(numbers) { // few lengths of the text, so that few statements are prepared
		size *= 2
	}
	for len(numbers) < size {
		numbers = append(numbers, numbers[0])
	}
	places := make([]string, size)
	for i := range places {
		places[i] = "$" + strconv.Itoa(i+1)
	}
	rows, err := s.db.Q(ctx).QueryContext(ctx, "SELECT c.number, c.events, c.doc FROM cases c WHERE c.number IN ("+strings.Join(places, ", ")+")", numbers...)
	if err != nil {
		return nil, fmt.Errorf("reading cases: %w", err)
	}
	defer rows.Close()
	read := make(map[Number]*Case, size)
	for rows.Next() {
		var number Number
		var events int64
		var doc string
		if err := rows.Scan(&number, &events, &doc); err != nil {
			return nil, err
		}
		if read[number], err = s.read(ctx, number, events, doc, items); err != nil {
			return nil, err
		}
	}
	return read, rows.Err()
}
