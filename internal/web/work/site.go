package work

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/alarm"
	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/clock"
	"bianmin/internal/draft"
	"bianmin/internal/gate"
	"bianmin/internal/item"
	"bianmin/internal/journal"
	"bianmin/internal/paper"
	"bianmin/internal/place"
	"bianmin/internal/web/ui"
)

// Deps are what the pages are made from.
type Deps struct {
	Access *access.Service
	Cases  *cases.Service
	Papers *paper.Service
	Drafts *draft.Service
	// Ratings is what applicants said of how they were served, Messages the outbox.
	Ratings  Ratings
	Messages Messages
	Items    *item.Catalogue
	Places   *place.Directory
	Calendar func() *calendar.Calendar
	Clock    clock.Clock
	Demo     bool
	Log      *slog.Logger
	// Policy is what the law leaves to the place; nil is what is usual.
	Policy    func() cases.Policy
	SetPolicy func(ctx context.Context, by access.Actor, p cases.Policy) error
	// ImportCalendar corrects the calendar, or (preview) only tells what that would move.
	ImportCalendar func(ctx context.Context, by access.Actor, days []calendar.Day, wholeYears, preview bool) (CalendarChange, error)
	// Alarms are those that are up, the oldest first; nil where nobody raises any.
	Alarms func(ctx context.Context) []alarm.Alarm
	// Prove shows that an entry of a case is in the signed log; nil where there is no log.
	Prove func(ctx context.Context, number string, seq int64) (journal.Proof, error)
	// Home is what the public meets first; who is signed in goes on to work. Nil where there is no portal.
	Home http.Handler
	// Demonstration moves the demonstration's clock; nil outside it.
	Demonstration *Demonstration
}

// CalendarChange is what a new calendar does, or would do.
type CalendarChange struct {
	Days  []calendar.DayChange
	Moved []cases.Moved
}

// Demonstration is the demonstration's clock, and what happens by itself while it is moved.
type Demonstration struct {
	// Move moves the clock to an instant, and returns when everything that falls due on the way has happened.
	Move func(ctx context.Context, by access.Actor, to time.Time) error
	// Mark is where the journal ends now; Since is what happened by itself behind a mark, at most so many, in order.
	Mark  func(ctx context.Context) (int64, error)
	Since func(ctx context.Context, mark int64, most int) ([]Happened, error)
}

// Happened is one thing that nobody did by hand.
type Happened struct {
	At     time.Time
	Kind   cases.Kind
	Number cases.Number
}

// Site is the staff's pages.
type Site struct {
	Deps
	needs map[string]access.Permission // by pattern: a page that refuses says who may
}

// New makes the pages.
func New(d Deps) *Site { return &Site{Deps: d, needs: map[string]access.Permission{}} }

// Register declares every page with the permission that it needs.
func (s *Site) Register(g *gate.Gate) {
	page := func(pattern string, p access.Permission, h http.HandlerFunc) {
		s.needs[pattern] = p
		g.Handle(gate.Route{Pattern: pattern, Permission: p, Face: gate.Page}, h)
	}
	ofCase := func(pattern string, p access.Permission, h http.HandlerFunc) {
		s.needs[pattern] = p
		g.Handle(gate.Route{Pattern: pattern, Permission: p, Face: gate.Page, OfCase: true}, h)
	}
	page(ui.AssetsPattern, access.Public, ui.Assets().ServeHTTP)
	page("GET /{$}", access.Public, s.front)
	page("/", access.Public, s.nothingHere)
	page("POST /size", access.Public, s.sizes)
	page("GET /sign-in", access.Public, s.signIn)
	page("POST /sign-in", access.Public, s.signInPost)
	page("POST /sign-out", access.Public, s.signOut)
	page("GET /set-password", access.Public, s.setPassword)
	page("POST /set-password", access.Public, s.setPasswordPost)
	if s.Demo {
		page("GET "+demoPath, access.Public, s.demoFront)
		page("POST /demo/enter", access.Public, s.enter)
	}
	if s.Demonstration != nil {
		page("GET /demo/time", access.Public, s.demoTime)
		page("POST /demo/time", access.Public, s.demoTimePost)
	}

	page("GET /desk", access.ReadCases, s.desk)
	page("GET /search", access.ReadCases, s.search)
	ofCase("GET /cases/{number}", access.ReadCases, s.caseWhole)
	if s.Prove != nil {
		ofCase("GET /cases/{number}/proof/{seq}", access.ReadCases, s.caseProof)
	}
	ofCase("POST /cases/{number}/do", access.TakeCase, s.caseDo)
	ofCase("POST /cases/{number}/papers", paper.Permission, s.paperIssue)
	ofCase("GET /cases/{number}/papers/{paper}", access.ReadCases, s.paperFile)
	for _, verb := range pageVerbs {
		ofCase("POST /cases/{number}/"+string(verb), verb.Permission(), s.caseVerb(verb))
	}

	page("GET /accounts", access.ManageAccounts, s.accounts)
	page("POST /accounts", access.ManageAccounts, s.accountAdd)
	page("POST /accounts/{account}/disable", access.ManageAccounts, s.accountChange("停用了，登录着的也退出了", s.Access.Disable))
	page("POST /accounts/{account}/enable", access.ManageAccounts, s.accountChange("又能用了", s.Access.Enable))
	page("POST /accounts/{account}/reset", access.ManageAccounts, s.accountReset)
	page("GET /faults", access.ReadFaults, s.faults)
	page("GET /calendar", access.Settle, s.calendarShow)
	page("POST /calendar", access.Settle, s.calendarPost)
	page("POST /calendar/policy", access.Settle, s.policyPost)
	page("GET /ratings", access.ReadRatings, s.ratings)
	ofCase("POST /ratings/{number}", access.CallBack, s.callBack)
	page("GET /messages", access.ReadMessages, s.messages)
	s.registerCounter(g)
}
