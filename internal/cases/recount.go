package cases

import (
	"context"
	"slices"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/cases/internal/query"
)

// Shift is one limit that a changed calendar moved.
type Shift struct {
	Limit string        `json:"limit"` // promised, legal, step, or the kind of what falls due
	From  calendar.Date `json:"from"`
	To    calendar.Date `json:"to"`
}

// LimitChinese names what a Shift speaks of.
func LimitChinese(limit string) string {
	switch limit {
	case "promised":
		return "承诺期限"
	case "legal":
		return "法定期限"
	case "step":
		return "环节期限"
	case string(DueSilence):
		return "受理期限"
	case string(DueRemind):
		return "补正提醒"
	case string(DueLapse):
		return "补正期限"
	case string(DueOverran):
		return "特别程序预计结束"
	}
	return limit
}

// last are the last days of everything that runs for the case, by name.
func (c *Case) lastDays(cal *calendar.Calendar, now time.Time) []Shift {
	var list []Shift
	add := func(limit string, day calendar.Date) { list = append(list, Shift{Limit: limit, From: day}) }
	if c.standing() != WhyEnded && !c.From.IsZero() {
		stops, at := c.stops(now)
		if l := c.legal(); l != nil {
			add("legal", cal.Reckon(*l, c.From, stops, at).Due)
		}
		add("promised", cal.Reckon(c.promised(), c.From, stops, at).Due)
	}
	for _, i := range c.open() {
		if l := c.stepReading(cal, i, now); l != nil {
			day, _ := calendar.ParseDate(*l.Due) // it was written by us
			add("step", day)
		}
	}
	for _, d := range c.dues(cal) {
		add(string(d.Kind), (d.At - 1).Date()) // the last day ends at 24:00 of it
	}
	return list
}

// shifts says what differs between two calendars. They list the same in the same order, but for a reminder: a last day
// that moves makes room for one, or leaves none.
func (c *Case) shifts(old, cal *calendar.Calendar, now time.Time) []Shift {
	var moved []Shift
	after := c.lastDays(cal, now)
	for _, before := range c.lastDays(old, now) {
		i := slices.IndexFunc(after, func(s Shift) bool { return s.Limit == before.Limit })
		if i < 0 {
			continue
		}
		if before.From != after[i].From {
			moved = append(moved, Shift{Limit: before.Limit, From: before.From, To: after[i].From})
		}
		after = after[i+1:]
	}
	return moved
}

// Recounted is the moving of limits because the official calendar changed.
type Recounted struct {
	Meta
	Shifts []Shift `json:"shifts"`
}

// Kind is KindRecounted.
func (e *Recounted) Kind() Kind { return KindRecounted }

func (e *Recounted) apply(*Case) {}

// Moved is one case whose limits moved.
type Moved struct {
	Number Number  `json:"number"`
	Shifts []Shift `json:"shifts"`
}

// recountPage is how many open cases are looked at together.
const recountPage = 200

// Recount writes every open case anew whose limits another calendar moves, in the transaction of ctx or in one of its
// own, and tells which moved and from where. With one calendar given twice it mends what was stored by an older one: by
// another copy of the program, before that had heard of the new one.
func (s *Service) Recount(ctx context.Context, by access.Actor, old, cal *calendar.Calendar) (moved []Moved, err error) {
	err = s.db.Write(ctx, func(ctx context.Context) error {
		moved = nil
		after := ""
		for {
			rows, err := s.store.q(ctx).OpenAfter(ctx, query.OpenAfterParams{Number: after, Most: recountPage})
			if err != nil {
				return err
			}
			if len(rows) == 0 {
				return s.recountDone(ctx, firstChange(old, cal, s.clock.Now()), cal)
			}
			dues, err := s.duesOf(ctx, rows)
			if err != nil {
				return err
			}
			facts, err := s.factsOf(ctx, rows[0].Number, rows[len(rows)-1].Number)
			if err != nil {
				return err
			}
			for _, row := range rows {
				m, err := s.recount(ctx, by, row, dues[Number(row.Number).subject()], facts[row.Number], old, cal)
				if err != nil {
					return err
				}
				if m != nil {
					moved = append(moved, *m)
				}
			}
			after = rows[len(rows)-1].Number
		}
	})
	return moved, err
}

func (s *Service) duesOf(ctx context.Context, rows []query.OpenAfterRow) (map[string][]query.Due, error) {
	list, err := s.store.q(ctx).DuesBetween(ctx, query.DuesBetweenParams{
		First: Number(rows[0].Number).subject(), Last: Number(rows[len(rows)-1].Number).subject()})
	of := map[string][]query.Due{}
	for _, d := range list {
		of[d.Subject] = append(of[d.Subject], d)
	}
	return of, err
}

// recount writes one case anew when what is stored is not what the calendar says.
func (s *Service) recount(ctx context.Context, by access.Actor, row query.OpenAfterRow, dues []query.Due, fact query.CaseFact, old, cal *calendar.Calendar) (*Moved, error) {
	before, err := s.store.read(ctx, Number(row.Number), row.Events, row.Doc, s.items())
	if err != nil {
		return nil, err
	}
	now := s.clock.Now()
	shifts := before.shifts(old, cal, now)
	stale := row.Due != before.dueFor(cal) || !slices.Equal(dues, duesOf(before, cal)) || fact != factOf(before, cal)
	if len(shifts) == 0 && !stale {
		return nil, nil
	}
	c, err := before.copy()
	if err != nil {
		return nil, err
	}
	events := stamped([]Event{&Recounted{Shifts: shifts}}, by, now)
	fold(c, events)
	if err := s.store.rewrite(ctx, before, c, fact, cal); err != nil {
		return nil, err
	}
	return &Moved{Number: c.Number, Shifts: shifts}, s.append(ctx, c, events)
}

func (s *Service) factsOf(ctx context.Context, first, last string) (map[string]query.CaseFact, error) {
	list, err := s.store.q(ctx).FactsBetween(ctx, query.FactsBetweenParams{First: first, Last: last})
	of := make(map[string]query.CaseFact, len(list))
	for _, f := range list {
		of[f.Number] = f
	}
	return of, err
}

// mendBack is how many days before today a case can have ended that was stored by an older calendar, where two copies of
// the program had different ones for some seconds.
const mendBack = 2

// firstChange is the first day from which a changed calendar counts otherwise how long ended cases took.
func firstChange(old, cal *calendar.Calendar, now time.Time) calendar.Date {
	first := calendar.DateOf(now).AddDays(-mendBack)
	for _, d := range cal.Changes(old) {
		if d.Date.Before(first) {
			first = d.Date
		}
	}
	return first
}

// recountDone counts anew what ended on a day or after it: how many working days it took, and whether that was in time.
// It is no event in a case's life, which has ended: it follows from the case and the calendar.
func (s *Service) recountDone(ctx context.Context, day calendar.Date, cal *calendar.Calendar) error {
	after := ""
	for {
		rows, err := s.store.q(ctx).DoneSince(ctx, query.DoneSinceParams{Day: day.String(), Number: after, Most: recountPage})
		if err != nil || len(rows) == 0 {
			return err
		}
		facts, err := s.factsOf(ctx, rows[0].Number, rows[len(rows)-1].Number)
		if err != nil {
			return err
		}
		for _, row := range rows {
			c, err := s.store.read(ctx, Number(row.Number), row.Events, row.Doc, s.items())
			if err != nil {
				return err
			}
			if err := s.recountFact(ctx, c, facts[row.Number], cal); err != nil {
				return err
			}
		}
		after = rows[len(rows)-1].Number
	}
}

func (s *Service) recountFact(ctx context.Context, c *Case, had query.CaseFact, cal *calendar.Calendar) error {
	fact := factOf(c, cal)
	if fact == had {
		return nil
	}
	if err := s.store.q(ctx).PutFact(ctx, query.PutFactParams(fact)); err != nil {
		return err
	}
	for what, n := range change(countsOf(c, had), countsOf(c, fact)) {
		if err := s.store.q(ctx).AddTally(ctx, query.AddTallyParams{What: what.what, Scope: what.scope, At: what.at, N: n}); err != nil {
			return err
		}
	}
	return s.store.q(ctx).DropNoTallies(ctx)
}
