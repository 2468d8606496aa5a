package cases

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"sync"

	"bianmin/internal/access"
	"bianmin/internal/brake"
	"bianmin/internal/calendar"
	"bianmin/internal/clock"
	"bianmin/internal/db"
	"bianmin/internal/item"
	"bianmin/internal/journal"
	"bianmin/internal/once"
	"bianmin/internal/place"
	"bianmin/internal/problem"
	"bianmin/internal/seal"
)

// Service is the room's use cases: check, load, decide, save and journal in one transaction.
type Service struct {
	store                store
	db                   *db.DB
	journal              *journal.Journal
	once                 *once.Keeper
	places               *place.Directory
	items                func() *item.Catalogue
	people               People
	cal                  func() *calendar.Calendar
	policy               func() Policy
	box                  *seal.Box
	clock                clock.Clock
	wall                 clock.Clock
	follows, followsFrom *brake.Brake // by number, and by address
	guesses              *brake.Brake // by account
	guessers             sync.Map     // account: when it last searched in vain here
	tell                 Telling

	replayed replayed // by the check of the rows
}

// People are those to whom a matter can be handed.
type People interface {
	Account(ctx context.Context, account string) (access.Account, error)
	// FirstAsked is who answers at a station for what comes in from afar.
	FirstAsked(ctx context.Context, town place.Code) (access.Account, error)
}

// Parts are what the service is put together from.
type Parts struct {
	DB       *db.DB
	Journal  *journal.Journal
	Once     *once.Keeper
	Places   *place.Directory
	Items    *item.Catalogue
	People   People
	Calendar func() *calendar.Calendar
	// Policy is what the law leaves to the place; UsualPolicy when it is nil.
	Policy func() Policy
	Box    *seal.Box
	Clock  clock.Clock
	// Wall is the machine's clock, by which answers are kept for repeated requests; Clock when it is nil.
	Wall clock.Clock
	// Tell brings news to applicants; nil where nobody does.
	Tell Telling
}

// New puts the room together.
func New(p Parts) *Service {
	if p.Wall == nil {
		p.Wall = p.Clock
	}
	if p.Policy == nil {
		p.Policy = func() Policy { return UsualPolicy }
	}
	follows := brake.New(p.DB, "follow", followPause)
	return &Service{store: store{p.DB, &kept{}}, db: p.DB, journal: p.Journal, once: p.Once, places: p.Places,
		items: func() *item.Catalogue { return p.Items }, people: p.People, cal: p.Calendar, policy: p.Policy, box: p.Box, clock: p.Clock, wall: p.Wall,
		follows: follows, followsFrom: follows.After(followsFromMost),
		guesses: brake.New(p.DB, "guess", guessPause).After(guessMost), tell: p.Tell}
}

func (s *Service) viewer(a access.Actor) viewer {
	return viewer{places: s.places, cal: s.cal(), actor: a, now: s.clock.Now()}
}

// subjectPrefix begins the journal's subjects of cases.
const subjectPrefix = "case/"

func (n Number) subject() string { return subjectPrefix + string(n) }

// Sees says nothing when the actor may see the case, and problem.ErrNotFound when not or when there is none.
func (s *Service) Sees(ctx context.Context, a access.Actor, number Number) error {
	return s.store.sees(ctx, a, number)
}

// Get gives one case.
func (s *Service) Get(ctx context.Context, a access.Actor, number Number) (View, error) {
	c, err := s.load(ctx, a, number)
	if err != nil {
		return View{}, err
	}
	return s.viewer(a).whole(c), nil
}

// Case gives the case itself, for pages that show more than the View.
func (s *Service) Case(ctx context.Context, a access.Actor, number Number) (*Case, error) {
	return s.load(ctx, a, number)
}

func (s *Service) load(ctx context.Context, a access.Actor, number Number) (*Case, error) {
	if err := s.store.sees(ctx, a, number); err != nil {
		return nil, err
	}
	return s.store.load(ctx, number, s.items())
}

// File begins a case, and with finish does all of an on-the-spot one at once. The answer is kept under the key.
func (s *Service) File(ctx context.Context, a access.Actor, key once.Key, app Application) (once.Answer, error) {
	if !access.Allows(a.Role, access.FileCase) {
		return once.Answer{}, problem.ErrForbidden
	}
	app, err := s.recognised(ctx, a, app)
	if err != nil {
		return once.Answer{}, err
	}
	filing, def, wrong := s.parse(a, app)
	if p := problem.WrongFields(wrong); p != nil {
		return once.Answer{}, p
	}
	return s.once.Do(ctx, key, s.wall.Now(), func(ctx context.Context) (once.Answer, error) {
		c, err := s.file(ctx, a, def, filing, app.Finish)
		if err != nil {
			return once.Answer{}, err
		}
		return s.answer(http201, a, c, nil)
	})
}

// http201 and http200 are the two kinds of answer that are kept: something was made, or changed.
const (
	http201 = http.StatusCreated
	http200 = http.StatusOK
)

// file draws the number, decides, stores and journals, in the transaction of ctx.
func (s *Service) file(ctx context.Context, a access.Actor, def *item.Version, f Filing, finish *Finish) (*Case, error) {
	now := s.clock.Now()
	f, err := s.besides(ctx, a, def, f)
	if err != nil {
		return nil, err
	}
	year := calendar.DateOf(now).Year()
	serial, err := s.store.q(ctx).NextSerial(ctx, nextSerial(f.Place.Town(), year))
	if err != nil {
		return nil, err
	}
	c := &Case{Number: NewNumber(f.Place.Town(), year, serial), Def: def}
	events, no := File(c.Number, def, f, a, now)
	if no != nil {
		return nil, no
	}
	fold(c, events)
	if finish != nil {
		more, no := finishOnTheSpot(c, s.against(def, *finish), a, now)
		if no != nil {
			return nil, no
		}
		events = append(events, more...)
	}
	if err := s.store.insert(ctx, c, s.cal()); err != nil {
		return nil, err
	}
	return c, s.append(ctx, c, events)
}

func fold(c *Case, events []Event) {
	for _, e := range events {
		c.Evolve(e)
	}
}

// Do does a verb to a case, at the version that the person had seen. The answer is kept under the key.
func (s *Service) Do(ctx context.Context, a access.Actor, key once.Key, number Number, version int64, cmd Command) (once.Answer, error) {
	if err := s.store.sees(ctx, a, number); err != nil {
		return once.Answer{}, err
	}
	if !access.Allows(a.Role, cmd.Verb().Permission()) {
		return once.Answer{}, problem.ErrForbidden
	}
	do := func(ctx context.Context) (once.Answer, error) {
		c, err := s.do(ctx, a, number, version, cmd)
		if err != nil {
			return once.Answer{}, err
		}
		return s.answer(http200, a, c, cmd)
	}
	answer, err := s.once.Do(ctx, key, s.wall.Now(), do)
	if errors.Is(err, errOverdue) {
		// What the law has done meanwhile comes first, in a transaction of its own: it stays, whatever becomes of this.
		if err := s.settle(ctx, number); err != nil {
			return once.Answer{}, err
		}
		answer, err = s.once.Do(ctx, key, s.wall.Now(), do)
	}
	if err != nil {
		return once.Answer{}, err
	}
	return s.opened(answer, cmd)
}

func (s *Service) do(ctx context.Context, a access.Actor, number Number, version int64, cmd Command) (*Case, error) {
	now := s.clock.Now()
	before, err := s.store.load(ctx, number, s.items())
	if err != nil {
		return nil, err
	}
	if before.fallen(s.cal(), now) != nil {
		return nil, errOverdue
	}
	if wrong := problem.WrongFields(cmd.Check(before.Def)); wrong != nil {
		return nil, wrong
	}
	if r, ok := cmd.(readable); ok {
		if cmd, err = r.read(ctx, s, before); err != nil {
			return nil, err
		}
	}
	if _, any := cmd.(free); !any && before.Version != version {
		return nil, s.stale(a, before)
	}
	events, no := Decide(before, cmd, a, now)
	if no != nil {
		return nil, no
	}
	return s.save(ctx, before, events)
}

// save folds the events into a copy of the case, stores it, journals them, and has the applicant told of what concerns them.
func (s *Service) save(ctx context.Context, before *Case, events []Event) (*Case, error) {
	c, err := before.copy()
	if err != nil {
		return nil, err
	}
	fold(c, events)
	if err := s.store.update(ctx, before, c, s.cal()); err != nil {
		return nil, err
	}
	return c, errors.Join(s.tellApplicant(ctx, c, events), s.append(ctx, c, events))
}

// stale tells who was first, and gives the case as it is now.
func (s *Service) stale(a access.Actor, c *Case) error {
	p := c.refuse("stale_version", problem.Facts{"version": c.Version})
	p.Kind, p.Present = problem.Stale, s.viewer(a).whole(c)
	if a.Role == access.Citizen { // who sees no more of it than the own page shows
		p.Present = s.viewer(a).mine(c)
	}
	return p
}

// copy is a deep copy, through the form in which the case is stored.
func (c *Case) copy() (*Case, error) {
	raw, err := json.Marshal(c)
	if err != nil {
		return nil, err
	}
	n := &Case{Def: c.Def}
	return n, json.Unmarshal(raw, n)
}

// append writes the last events of a case to the journal.
func (s *Service) append(ctx context.Context, c *Case, events []Event) error {
	entries, err := entriesOf(c, events)
	if err != nil {
		return err
	}
	return s.journal.Append(ctx, entries...)
}

// entriesOf are the last events of a case as the journal keeps them.
func entriesOf(c *Case, events []Event) ([]journal.Entry, error) {
	entries := make([]journal.Entry, len(events))
	first := c.Events - int64(len(events)) + 1
	for i, e := range events {
		data, err := json.Marshal(e)
		if err != nil {
			return nil, err
		}
		m := e.meta()
		entries[i] = journal.Entry{Subject: c.Number.subject(), Seq: first + int64(i), At: m.At.Time(), Kind: string(e.Kind()),
			Actor: m.Account, Place: string(m.Place), Data: data}
	}
	return entries, nil
}
