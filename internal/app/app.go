package app

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/alarm"
	"bianmin/internal/api"
	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/citizen"
	"bianmin/internal/clamd"
	"bianmin/internal/clock"
	"bianmin/internal/db"
	"bianmin/internal/draft"
	"bianmin/internal/export"
	"bianmin/internal/file"
	"bianmin/internal/filing"
	"bianmin/internal/gate"
	"bianmin/internal/journal"
	"bianmin/internal/once"
	"bianmin/internal/paper"
	"bianmin/internal/place"
	"bianmin/internal/print"
	"bianmin/internal/proxy"
	"bianmin/internal/rating"
	"bianmin/internal/reference"
	"bianmin/internal/seal"
	"bianmin/internal/sms"
	"bianmin/internal/web/board"
	"bianmin/internal/web/portal"
	"bianmin/internal/web/ui"
	"bianmin/internal/web/work"
	"bianmin/internal/witness"
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
	Papers    *paper.Service
	Messages  *sms.Service
	Citizens  *citizen.Service
	Filings   *filing.Service
	Ratings   *rating.Service
	Drafts    *draft.Service
	Exports   *export.Service
	seals     atomic.Pointer[seal.Keys] // the newest keys that were read, for the seals of places
	Files     *file.Service
	Gate      *gate.Gate
	Keys      *seal.Keys

	once      *once.Keeper
	box       *seal.Box
	calendar  *calendar.InForce
	policy    atomic.Pointer[cases.Policy]
	contacts  *place.Book
	telling   sync.Mutex   // held while what is in memory is set or learned
	mendIn    atomic.Int64 // how many looks remain until the cases are mended once more after a new calendar
	learned   atomic.Int64 // the revision of the reference that is in memory
	alarms    *alarm.Board
	witnesses []witness.Witness
	quorum    int
	provider  sms.Provider // nil when there is none
	proxies   proxy.Trusted
	clock     clock.Clock
	demo      *clock.Shifted // nil outside the demonstration
	jumps     atomic.Int64   // of the machine's clock
	metrics   *metrics
	handler   http.Handler
	stop      context.CancelFunc
	beside    sync.WaitGroup
}

// ErrDemo says that the data are the demonstration's and the program was started without it, or the other way round.
var ErrDemo = errors.New("the data folder belongs to the demonstration; start with --demo, or use another folder")

// ErrNotDemo is the other way round.
var ErrNotDemo = errors.New("the data folder is in real use; start without --demo, or use another folder")

// Open puts the program together: the database is brought up to date, and founded when it is empty.
func Open(ctx context.Context, c Config, mode db.Mode) (*App, error) {
	a, err := prepare(ctx, c, mode)
	if err != nil {
		return nil, err
	}
	if err := a.assemble(ctx); err != nil {
		return nil, errors.Join(err, a.DB.Close())
	}
	return a, nil
}

// prepare opens keys and database.
func prepare(ctx context.Context, c Config, mode db.Mode) (*App, error) {
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return nil, fmt.Errorf("making the data folder: %w", err)
	}
	keys, fresh, err := c.keys()
	if err != nil {
		return nil, err
	}
	box, err := keys.Box()
	if err != nil {
		return nil, err
	}
	witnesses, quorum, err := c.readWitnesses()
	if err != nil {
		return nil, err
	}
	proxies, err := proxy.Parse(c.Proxies)
	if err != nil {
		return nil, err
	}
	provider, err := c.readProvider()
	if err != nil {
		return nil, err
	}
	d, err := db.Open(ctx, c.URL(), mode)
	if err != nil {
		return nil, err
	}
	a := &App{Config: c, DB: d, Keys: keys, Journal: journal.New(d), once: once.New(d), box: box}
	a.alarms, a.witnesses, a.quorum, a.provider = alarm.New(d), witnesses, quorum, provider
	a.proxies = proxies
	a.Reference = reference.New(d, a.Journal)
	if err := a.recognise(ctx, fresh); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return a, nil
}

// assemble builds the services on the open database.
func (a *App) assemble(ctx context.Context) error {
	if err := a.found(ctx); err != nil {
		return err
	}
	if err := a.learnPolicy(ctx); err != nil {
		return err
	}
	a.contacts = place.NewBook(nil)
	if err := a.learnContacts(ctx); err != nil {
		return err
	}
	if err := a.keep(ctx); err != nil {
		return err
	}
	var err error
	a.calendar = calendar.NewInForce(a.City.Calendar)
	a.Messages = sms.New(sms.Parts{DB: a.DB, Box: a.box, Work: a.clock, Wall: a.Wall, Provider: a.provider, Keep: a.Demo})
	a.Access, a.Cases = a.services(a.clock, a.City, a.calendar)
	a.seals.Store(a.Keys)
	a.Citizens, a.Filings = a.people(), a.filings()
	a.Drafts = draft.New(a.DB, a.box, a.clock)
	if err := a.Cases.CountAnew(ctx, func() { a.Log.InfoContext(ctx, "all cases are counted anew, once; a million take a minute or two") }); err != nil {
		return fmt.Errorf("counting the cases: %w", err)
	}
	a.Exports = export.New(a.DB, a.Journal, a.clock)
	a.Papers = paper.New(paper.Parts{DB: a.DB, Journal: a.Journal, Cases: a.Cases, Items: a.City.Items, Places: a.City.Places,
		Calendar: a.calendar.Now, Clock: a.clock, Printer: print.New(a.Fonts()), Contacts: a.contacts, Public: a.Public, Names: a.nameOf, Seals: a.seals.Load})
	a.Ratings = rating.New(rating.Parts{DB: a.DB, Journal: a.Journal, Cases: a.Cases, Places: a.City.Places, Calendar: a.calendar.Now, Clock: a.clock,
		CallDays: func() int { return a.Policy().CallDays }})
	if a.Files, err = a.files(); err != nil {
		return err
	}
	return a.routes()
}

// nameOf is the name of an account; the account itself where nobody has it.
func (a *App) nameOf(ctx context.Context, account string) string {
	who, err := a.Access.Account(ctx, account)
	if err != nil {
		return account
	}
	return who.Name
}

// files is the room of photographs and scans.
func (a *App) files() (*file.Service, error) {
	parts := file.Parts{DB: a.DB, Journal: a.Journal, Cases: a.Cases, Box: a.box, Clock: a.clock, Wall: a.Wall}
	if a.Scanner != "" {
		scanner, err := clamd.New(a.Scanner)
		if err != nil {
			return nil, err
		}
		parts.Scanner = scanner
	}
	return file.New(parts), nil
}

// services builds the rooms on a clock.
func (a *App) services(clk clock.Clock, city reference.City, cal *calendar.InForce) (*access.Service, *cases.Service) {
	people := access.New(a.DB, a.Journal, city.Places, a.box, clk, a.Wall)
	people.RequireFactors(a.factorsRequired)
	return people, cases.New(cases.Parts{DB: a.DB, Journal: a.Journal, Once: a.once, Places: city.Places, Items: city.Items,
		People: people, Calendar: cal.Now, Policy: a.Policy, Box: a.box, Clock: clk, Wall: a.Wall, Tell: a.tell})
}

// people is the room of citizens.
func (a *App) people() *citizen.Service {
	return citizen.New(citizen.Parts{DB: a.DB, Journal: a.Journal, Box: a.box, Messages: a.Messages, Root: a.City.Places.Root(), Work: a.clock, Wall: a.Wall})
}

// routes registers every way in. A route without a permission ends it here.
func (a *App) routes() error {
	deps := work.Deps{Access: a.Access, Cases: a.Cases, Papers: a.Papers, Files: a.Files, Drafts: a.Drafts, Exports: a.Exports, Ratings: a.Ratings, Messages: a.Messages, Items: a.City.Items, Places: a.City.Places, Calendar: a.calendar.Now,
		Clock: a.clock, Box: a.box, Demo: a.Demo, Log: a.Log, Prove: a.Prove, Policy: a.Policy, SetPolicy: a.SetPolicy, Alarms: a.Alarms, Public: a.Public,
		Contacts: a.contacts, SetContacts: a.SetContacts, ContactHistory: a.Reference.ContactHistory,
		ImportCalendar: func(ctx context.Context, by access.Actor, days []calendar.Day, wholeYears, preview bool) (work.CalendarChange, error) {
			out, err := a.ImportCalendar(ctx, by, days, wholeYears, preview)
			return work.CalendarChange(out), err
		}}
	parts := api.Parts{Access: a.Access, Cases: a.Cases, Papers: a.Papers, Files: a.Files, Drafts: a.Drafts, Exports: a.Exports, ExportsNow: a.clock.Now, People: a.Citizens, Ratings: a.Ratings, Messages: a.Messages, Places: a.City.Places, Items: a.City.Items, Log: a.Log, Prove: a.Prove,
		Calendar: a.calendar.Now, Policy: a.Policy, SetPolicy: a.SetPolicy, Now: a.clock.Now, Public: a.Public,
		Contacts: a.contacts, SetContacts: a.SetContacts, ContactHistory: a.Reference.ContactHistory,
		Import: func(ctx context.Context, by access.Actor, days []calendar.Day, wholeYears, preview bool) ([]calendar.DayChange, []cases.Moved, error) {
			out, err := a.ImportCalendar(ctx, by, days, wholeYears, preview)
			return out.Days, out.Moved, err
		}}
	if a.Demo {
		deps.Demonstration = &work.Demonstration{Move: a.MoveClock, Mark: a.Journal.Count, Since: a.meanwhile}
		deps.SetFactorRule, parts.SetFactorRule = a.SetFactorRule, a.SetFactorRule
		parts.MoveClock = a.MoveClock
	}
	desk, err := a.guideDesk()
	if err != nil {
		return err
	}
	public := portal.New(portal.Deps{Follow: a.Cases.Follow, FollowByPaper: a.Cases.FollowByPaper, Genuine: a.Papers.Genuine, GenuineFile: a.Papers.GenuineFile, ProvePaper: a.ProvePaper, People: a.Citizens, Mine: a.Cases, Papers: a.Papers, Ratings: a.Ratings,
		Photos: a.Files, Guide: desk, Filings: a.Filings, CaseOf: a.Cases.Get, Places: a.City.Places, Contacts: a.contacts, Clock: a.clock, Demo: a.Demo, Log: a.Log})
	deps.Home, deps.Turn, parts.Guide, parts.Filings, parts.PhoneOf = http.HandlerFunc(public.Home), public.Refuse, desk, a.Filings, a.Citizens.Phone
	site, rest := work.New(deps), api.New(parts)
	a.Gate = gate.New(a.Access, a.Cases, a.Wall, site.Refuse, rest.Refuse)
	a.Gate.Open(a.Citizens, public.Refuse)
	site.Register(a.Gate)
	public.Register(a.Gate)
	board.New(board.Deps{Cases: a.Cases, Exports: a.Exports, Places: a.City.Places, Clock: a.clock, Log: a.Log, Frame: site.Frame, Refuse: site.Refuse, Needs: site.Needs, Alarms: site.AlarmsFor}).Register(a.Gate)
	if err := rest.Register(a.Gate); err != nil {
		return err
	}
	a.metrics = newMetrics(a)
	a.health()
	front := proxy.Front{Trusted: a.proxies, Public: a.Public, Log: a.Log}
	a.handler = front.Handler(a.observe(ui.Secure(a.Gate))) // which also refuses forms of other sites
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
	a.beside.Go(func() { a.watchKeys(ctx) })
	a.countJumps()
	a.beside.Go(func() { a.watchClock(ctx) })
	if len(a.witnesses) > 0 {
		a.beside.Go(func() { a.gather(ctx) })
	}
	a.beside.Go(func() { a.keepTheLaw(ctx) })
	a.beside.Go(func() { a.watchService(ctx) })
	if a.provider != nil {
		a.beside.Go(func() { a.sendMessages(ctx) })
	}
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

// tidy drops sessions that have ended, answers that nobody can ask for any more, and drafts that are too old.
func (a *App) tidy(ctx context.Context) {
	pace := time.NewTicker(tidyPace)
	defer pace.Stop()
	for {
		if a.jumps.Load() == 0 { // see watchClock
			if err := errors.Join(a.Access.ForgetSessions(ctx), a.once.Forget(ctx, a.Wall.Now()), a.Citizens.Forget(ctx), a.Messages.Forget(ctx), a.Filings.Forget(ctx), a.Drafts.Forget(ctx), a.Files.Forget(ctx), a.Access.ForgetTries(ctx), a.Cases.ForgetTries(ctx)); err != nil && ctx.Err() == nil {
				a.Log.Error("what has run out could not be dropped", "error", err)
			}
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
