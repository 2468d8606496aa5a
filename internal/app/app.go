package app

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"sync"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/api"
	"bianmin/internal/cases"
	"bianmin/internal/clock"
	"bianmin/internal/db"
	"bianmin/internal/gate"
	"bianmin/internal/journal"
	"bianmin/internal/once"
	"bianmin/internal/reference"
	"bianmin/internal/seal"
	"bianmin/internal/web/ui"
	"bianmin/internal/web/work"
)

// App is the program, put together and running.
type App struct {
	Config
	DB        *db.DB
	Journal   *journal.Journal
	Keeper    *journal.Keeper
	Reference *reference.Reference
	City      reference.City
	Access    *access.Service
	Cases     *cases.Service
	Gate      *gate.Gate
	Keys      *seal.Keys

	once    *once.Keeper
	box     *seal.Box
	clock   clock.Clock
	demo    *clock.Shifted // nil outside the demonstration
	metrics *metrics
	handler http.Handler
	stop    context.CancelFunc
	beside  sync.WaitGroup
}

// ErrDemo says that the data are the demonstration's and the program was started without it, or the other way round.
var ErrDemo = errors.New("the data folder belongs to the demonstration; start with --demo, or use another folder")

// ErrNotDemo is the other way round.
var ErrNotDemo = errors.New("the data folder is in real use; start without --demo, or use another folder")

// Open puts the program together: the database is brought up to date, and founded when it is empty.
func Open(ctx context.Context, c Config, mode db.Mode) (*App, error) {
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return nil, fmt.Errorf("making the data folder: %w", err)
	}
	keys, err := seal.LoadOrGenerate(c.KeyFile(), Origin)
	if err != nil {
		return nil, err
	}
	box, err := keys.Box()
	if err != nil {
		return nil, err
	}
	d, err := db.Open(ctx, c.URL(), mode)
	if err != nil {
		return nil, err
	}
	a := &App{Config: c, DB: d, Keys: keys, Journal: journal.New(d), once: once.New(d), box: box}
	a.Reference = reference.New(d, a.Journal)
	if err := a.assemble(ctx); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return a, nil
}

// assemble builds the services on the open database.
func (a *App) assemble(ctx context.Context) error {
	if err := a.found(ctx); err != nil {
		return err
	}
	var err error
	if a.Keeper, err = journal.NewKeeper(a.DB, a.Keys.Signer, a.Log); err != nil {
		return err
	}
	a.Access, a.Cases = a.services(a.clock, a.City)
	return a.routes()
}

// services builds the rooms on a clock.
func (a *App) services(clk clock.Clock, city reference.City) (*access.Service, *cases.Service) {
	return access.New(a.DB, a.Journal, city.Places, a.box, clk, a.Wall), cases.New(cases.Parts{
		DB: a.DB, Journal: a.Journal, Once: a.once, Places: city.Places, Items: city.Items, Calendar: city.Calendar, Box: a.box, Clock: clk, Wall: a.Wall})
}

// routes registers every way in. A route without a permission ends it here.
func (a *App) routes() error {
	deps := work.Deps{Access: a.Access, Cases: a.Cases, Items: a.City.Items, Places: a.City.Places, Calendar: a.City.Calendar,
		Clock: a.clock, Demo: a.Demo, Log: a.Log}
	parts := api.Parts{Access: a.Access, Cases: a.Cases, Places: a.City.Places, Items: a.City.Items, Log: a.Log}
	if a.Demo {
		deps.MoveClock = func(ctx context.Context, actor access.Actor, d time.Duration) error {
			return a.MoveClock(ctx, actor, a.clock.Now().Add(d))
		}
		parts.MoveClock, parts.Now = a.MoveClock, a.clock.Now
	}
	site, rest := work.New(deps), api.New(parts)
	a.Gate = gate.New(a.Access, a.Cases, a.Wall, site.Refuse, rest.Refuse)
	site.Register(a.Gate)
	if err := rest.Register(a.Gate); err != nil {
		return err
	}
	a.metrics = newMetrics(a)
	a.health()
	a.handler = a.observe(ui.Secure(a.Gate)) // which also refuses forms of other sites
	return a.Gate.Check()
}

// ServeHTTP answers a request.
func (a *App) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.handler.ServeHTTP(w, r) }

// Start begins what runs beside the requests; Close ends it. When it returns, a head is signed: what is served after it
// cannot be taken for a log that never had one.
func (a *App) Start(ctx context.Context) {
	a.firstHead(ctx)
	ctx, a.stop = context.WithCancel(context.WithoutCancel(ctx))
	a.beside.Go(func() { a.Keeper.Run(ctx) })
	a.beside.Go(func() { a.tidy(ctx) })
}

// firstHeadWithin is how long a start waits for the first head: on PostgreSQL another copy may be at it, or one that was
// killed may hold the lead until its connection is found dead.
const firstHeadWithin = 4 * time.Second

func (a *App) firstHead(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, firstHeadWithin)
	defer cancel()
	again := time.NewTicker(50 * time.Millisecond)
	defer again.Stop()
	for {
		err := a.Keeper.Advance(ctx)
		if _, size, unread := a.Journal.Checkpoint(ctx); err == nil && unread == nil && size > 0 {
			return
		}
		select {
		case <-ctx.Done():
			a.Log.Warn("serving before the journal's first head is signed", "error", err)
			return
		case <-again.C:
		}
	}
}

// tidyPace is how often what has run out is dropped.
const tidyPace = 10 * time.Minute

// tidy drops sessions that have ended and answers that nobody can ask for any more.
func (a *App) tidy(ctx context.Context) {
	pace := time.NewTicker(tidyPace)
	defer pace.Stop()
	for {
		if err := errors.Join(a.Access.ForgetSessions(ctx), a.once.Forget(ctx, a.Wall.Now())); err != nil && ctx.Err() == nil {
			a.Log.Error("what has run out could not be dropped", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-pace.C:
		}
	}
}

// Close ends what runs beside, signs the last head, and closes the database.
func (a *App) Close() error {
	if a.stop != nil {
		a.stop()
		a.beside.Wait()
	}
	return a.DB.Close()
}
