package cases

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/journal"
	"bianmin/internal/place"
	"bianmin/internal/problem"
)

// Bulk lives many cases through for a simulated life. Every change is decided by the rules, by whoever may do it, and
// folded as the service does; but what there is to store is gathered (Gather) and written many changes to a
// transaction, each case once, as it then stands. Nobody else may change its cases meanwhile. One goroutine uses it;
// what it gathered may be written by another.
type Bulk struct {
	s       *Service
	serials map[serialOf]int64
	drawn   map[serialOf]bool
	open    int // cases
	touched []*Running
	entries []journal.Sealed
}

// serialOf names a row of serials.
type serialOf struct {
	town place.Code
	year int
}

// Running is a case in the hands of a Bulk.
type Running struct {
	c       *Case
	had     uint64  // the kinds of event that happened, by their place in Kinds
	stored  beside  // as they are in the database
	counted []count // for what it is in the tallies
	waiting bool    // touched since the last Gather
	open    bool    // as it is counted
	at      time.Time
}

// Bulk begins; the serials go on from those that were drawn.
func (s *Service) Bulk(ctx context.Context) (*Bulk, error) {
	b := &Bulk{s: s, serials: map[serialOf]int64{}, drawn: map[serialOf]bool{}}
	rows, err := s.db.Q(ctx).QueryContext(ctx, `SELECT town, year, last FROM case_serials`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var of serialOf
		var last int64
		if err := rows.Scan(&of.town, &of.year, &last); err != nil {
			return nil, err
		}
		b.serials[of] = last
	}
	return b, rows.Err()
}

// Filed is how many cases were filed at all, when nobody but a Bulk filed any.
func (b *Bulk) Filed() (n int64) {
	for _, last := range b.serials {
		n += last
	}
	return n
}

// File begins a case, and with Finish does all of an on-the-spot one.
func (b *Bulk) File(a access.Actor, app Application) (*Running, error) {
	if !access.Allows(a.Role, access.FileCase) {
		return nil, problem.ErrForbidden
	}
	filing, def, wrong := b.s.parse(a, app)
	if p := problem.WrongFields(wrong); p != nil {
		return nil, p
	}
	now := b.s.clock.Now()
	of := serialOf{filing.Place.Town(), At(now).Date().Year()}
	r := &Running{c: &Case{Number: NewNumber(of.town, of.year, b.serials[of]+1), Def: def}}
	events, no := File(r.c.Number, def, filing, a, now)
	if no != nil {
		return nil, no
	}
	fold(r.c, events)
	if app.Finish != nil {
		more, no := finishOnTheSpot(r.c, b.s.against(def, *app.Finish), a, now)
		if no != nil {
			return nil, no
		}
		events = append(events, more...)
	}
	b.serials[of]++
	b.drawn[of] = true
	return r, b.happened(r, events)
}

// Do does a verb to a case.
func (b *Bulk) Do(ctx context.Context, r *Running, a access.Actor, cmd Command) error {
	if wrong := problem.WrongFields(cmd.Check(r.c.Def)); wrong != nil {
		return wrong
	}
	if x, ok := cmd.(readable); ok {
		var err error
		if cmd, err = x.read(ctx, b.s, r.c); err != nil {
			return err
		}
	}
	events, no := Decide(r.c, cmd, a, b.s.clock.Now())
	if no != nil {
		return no
	}
	fold(r.c, events)
	return b.happened(r, events)
}

// Falls is when something happens to the case by itself, if nobody does anything before; the zero time when nothing
// does.
func (b *Bulk) Falls(r *Running) time.Time {
	dues := r.c.dues(b.s.cal())
	if len(dues) == 0 {
		return time.Time{}
	}
	return max(dues[0].At, At(r.at)).Time()
}

// Fall brings that about.
func (b *Bulk) Fall(r *Running) error {
	e := r.c.fallen(b.s.cal(), b.s.clock.Now())
	if e == nil {
		return fmt.Errorf("nothing falls due for the case %s", r.c.Number)
	}
	fold(r.c, []Event{e})
	return b.happened(r, []Event{e})
}

// happened notes the last events of a case, which are folded already.
func (b *Bulk) happened(r *Running, events []Event) error {
	if !r.waiting {
		r.waiting = true
		b.touched = append(b.touched, r)
	}
	b.count(r)
	r.at = events[len(events)-1].meta().At.Time()
	entries, err := entriesOf(r.c, events)
	if err != nil {
		return err
	}
	for i, e := range entries {
		r.had |= bitOf(events[i].Kind())
		b.entries = append(b.entries, journal.Seal(e))
	}
	return nil
}

// count counts the case if it is open.
func (b *Bulk) count(r *Running) {
	switch open := r.c.State.Open(); {
	case open && !r.open:
		b.open++
	case !open && r.open:
		b.open--
	}
	r.open = r.c.State.Open()
}

// Open is how many cases are open.
func (b *Bulk) Open() int { return b.open }

// bitOf is the kind's place in the table of kinds.
func bitOf(k Kind) uint64 {
	for i := range Kinds {
		if Kinds[i].Kind == k {
			return 1 << i
		}
	}
	return 0
}

// Resume gives the open cases, in order of number, as they are stored.
func (b *Bulk) Resume(ctx context.Context, each func(*Running) error) error {
	rows, err := b.s.db.Q(ctx).QueryContext(ctx, `SELECT number, doc FROM cases WHERE open ORDER BY number`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var number Number
		var doc []byte
		if err := rows.Scan(&number, &doc); err != nil {
			return err
		}
		r := &Running{c: &Case{}}
		if err := json.Unmarshal(doc, r.c); err != nil {
			return err
		}
		if err := r.c.define(b.s.items()); err != nil {
			return err
		}
		entries, err := b.s.journal.About(ctx, number.subject())
		if err != nil {
			return err
		}
		for _, e := range entries {
			r.had |= bitOf(Kind(e.Kind))
			r.at = e.At
		}
		b.count(r)
		r.stored = b.beside(r.c, r.c.dueFor(b.s.cal()))
		r.counted = countsOf(r.c, r.stored.fact)
		if err := each(r); err != nil {
			return err
		}
	}
	return rows.Err()
}

// beside are the rows beside the case's own.
func (b *Bulk) beside(c *Case, due string) beside {
	return beside{postsOf(c, due), duesOf(c, b.s.cal()), faultsOf(c), factOf(c, b.s.cal())}
}

// Number is the case's number.
func (r *Running) Number() Number { return r.c.Number }

// Open says that somebody still has something to do.
func (r *Running) Open() bool { return r.c.State.Open() }

// Had says that an event of a kind happened to it.
func (r *Running) Had(k Kind) bool { return r.had&bitOf(k) != 0 }

// Events is how many there were.
func (r *Running) Events() int64 { return r.c.Events }

// At is when the last thing happened to it.
func (r *Running) At() time.Time { return r.at }

// Serial is which of its town and year it is.
func (r *Running) Serial() (town place.Code, year int, serial int64) {
	return r.c.Town, r.c.FiledAt.Date().Year(), r.c.Number.Serial()
}

// View is as much of the case as tells what can be done next.
func (r *Running) View() View {
	c := r.c
	v := View{Number: c.Number, Version: c.Version, State: c.State, Place: c.Place, Town: c.Town, Responsible: c.Responsible, Whole: &Whole{}}
	marked := func(i Instant) *string {
		if i == 0 {
			return nil
		}
		return new(string)
	}
	v.AcceptedAt, v.DecidedAt = marked(c.AcceptedAt), marked(c.DecidedAt)
	if c.Notice != nil {
		v.Notice = &NoticeView{Missing: c.Notice.Missing}
	}
	if c.Extension.open() {
		v.Extension = &ExtensionView{By: c.Extension.By, State: "asked"}
	}
	v.Steps = make([]StepView, len(c.Steps))
	for i, run := range c.Steps {
		step := &c.Def.Steps[i]
		v.Steps[i] = StepView{Index: i + 1, Name: step.Name, Kind: step.Kind, Tier: c.tier(i), Owner: c.owner(i).String(),
			Days: step.Days, DayUnit: step.DayUnit, Counts: step.Counts, Group: step.Group, State: run.state()}
	}
	return v
}

// Waiting is how many entries wait for the next Gather.
func (b *Bulk) Waiting() int { return len(b.entries) }
