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
	"bianmin/internal/export"
	"bianmin/internal/file"
	"bianmin/internal/gate"
	"bianmin/internal/item"
	"bianmin/internal/journal"
	"bianmin/internal/paper"
	"bianmin/internal/place"
	"bianmin/internal/reference"
	"bianmin/internal/seal"
	"bianmin/internal/web/ui"
)

// Deps are what the pages are made from.
type Deps struct {
	Access *access.Service
	Cases  *cases.Service
	Papers *paper.Service
	Drafts *draft.Service
	Files  *file.Service
	// Ratings is what applicants said of how they were served, Messages the outbox.
	Ratings  Ratings
	Messages Messages
	Exports  *export.Service
	Items    *item.Catalogue
	Places   *place.Directory
	Calendar func() *calendar.Calendar
	Clock    clock.Clock
	// Box covers the numbers that are searched for in addresses.
	Box  *seal.Box
	Demo bool
	Log  *slog.Logger
	// OutMost is how many cases a workbook holds at the most; 0 is the usual.
	OutMost int
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
	// Turn words refusals at addresses that everybody may ask for, for who is not signed in at a post. Nil where there is no
	// portal.
	Turn gate.Refuser
	// Contacts are how places are reached; SetContacts tells it anew, ContactHistory who told what.
	Contacts       *place.Book
	SetContacts    func(ctx context.Context, by access.Actor, list []place.Contact) error
	ContactHistory func(ctx context.Context, code place.Code) ([]reference.ContactSet, error)
	// SetFactorRule says whether the demonstration requires second factors of the powerful; nil outside it, where they
	// always are.
	SetFactorRule func(ctx context.Context, by access.Actor, required bool) error
	// Public is where the program is reached from outside, if that was told; passkeys are made for that name.
	Public string
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
	page("GET /sign-in/code", access.Public, s.signInCode)
	page("POST /sign-in/code", access.Public, s.signInCodePost)
	page("GET /sign-in/setup", access.Public, s.signInSetUp)
	page("POST /sign-in/setup", access.Public, s.signInSetUpPost)
	page("POST /sign-in/setup/passkey", access.Public, s.signInSetUpPasskey)
	page("POST "+passkeyAsk, access.Public, s.passkeyAskPost)
	page("POST /sign-in/passkey", access.Public, s.signInPasskey)
	page("POST "+passkeyOptions, access.Public, s.passkeyOptionsPost)
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
	page("GET /desk/several", access.TakeCase, s.severalAsk)
	page("POST /desk/several", access.TakeCase, s.severalDo)
	page("POST /desk", access.ReadCases, s.deskAsk)
	page("POST /desk/export", access.ReadCases, s.deskOut)
	page("POST /search", access.ReadCases, s.search)
	ofCase("GET /cases/{number}", access.ReadCases, s.caseWhole)
	if s.Prove != nil {
		ofCase("GET /cases/{number}/proof/{seq}", access.ReadCases, s.caseProof)
	}
	ofCase("POST /cases/{number}/do", access.TakeCase, s.caseDo)
	ofCase("POST /cases/{number}/papers", paper.Permission, s.paperIssue)
	ofCase("GET /cases/{number}/papers/{paper}", access.ReadCases, s.paperFile)
	ofCase("GET /cases/{number}/papers/{paper}/view", access.ReadCases, s.paperView)
	page("GET /papers", paper.Permission, s.bulk)
	page("POST /papers", paper.Permission, s.bulkIssue)
	page("POST /papers/find", paper.Permission, s.bulkAsk)
	page("POST /papers/file", paper.Permission, s.bulkFile)
	page("POST /papers/zip", paper.Permission, s.bulkZip)
	page("GET /ledger", access.ReadLedger, s.ledger)
	page("POST /ledger", access.KeepLedger, s.ledgerIssue)
	page("GET /ledger/{kind}", access.ReadLedger, s.ledgerFile)
	page("GET /ledger/papers/{ledger}", access.ReadLedger, s.ledgerIssued)
	page("GET /ledger/papers/{ledger}/view", access.ReadLedger, s.ledgerView)
	page("GET /papers/wording", access.SettleWords, s.wording)
	page("POST /papers/wording", access.SettleWords, s.wordingPost)
	for _, verb := range pageVerbs {
		ofCase("POST /cases/{number}/"+string(verb), verb.Permission(), s.caseVerb(verb))
	}

	s.registerMe(page)
	s.registerAccounts(page)
	s.registerPlaces(page)
	page("GET /faults", access.ReadFaults, s.faults)
	page("POST /faults", access.ReadFaults, s.faultsOut)
	page("GET /calendar", access.Settle, s.calendarShow)
	page("POST /calendar", access.Settle, s.calendarPost)
	page("POST /calendar/policy", access.Settle, s.policyPost)
	page("GET /ratings", access.ReadRatings, s.ratings)
	page("POST /ratings", access.ReadRatings, s.ratingsOut)
	ofCase("POST /ratings/{number}", access.CallBack, s.callBack)
	page("GET /messages", access.ReadMessages, s.messages)
	s.registerCounter(g)
	s.registerFiles(g)
	s.registerAgent(g)
}

// pager registers one page.
type pager func(pattern string, p access.Permission, h http.HandlerFunc)

// registerMe: one's own account.
func (s *Site) registerMe(page pager) {
	page("GET /me", access.SignedIn, s.me)
	page("POST /me/password", access.SignedIn, s.mePassword)
	page("POST /me/code/new", access.SignedIn, s.sure("设手机验证码", s.meCodeNew))
	page("POST /me/code", access.SignedIn, s.sure("设手机验证码", s.meCodeSet))
	page("POST /me/code/remove", access.SignedIn, s.sure("去掉手机验证码", s.meCodeRemove))
	page("POST /me/passkeys", access.SignedIn, s.sure("加通行密钥", s.mePasskeyAdd))
	page("POST /me/passkeys/{passkey}/remove", access.SignedIn, s.sure("删掉通行密钥", s.mePasskeyRemove))
	page("POST /me/recovery", access.SignedIn, s.sure("换恢复码", s.meRecovery))
	page("POST /me/sessions/{session}/end", access.SignedIn, s.meSessionEnd)
	page("POST /me/sessions/end", access.SignedIn, s.meSessionsEnd)
}

// registerAccounts: everybody's.
func (s *Site) registerAccounts(page pager) {
	page("GET /accounts", access.ManageAccounts, s.accounts)
	page("GET /accounts.xlsx", access.ManageAccounts, s.accountsSheet)
	page("POST /accounts", access.ManageAccounts, s.sure("加账号 %s", s.accountAdd))
	page("GET /accounts/{account}", access.ManageAccounts, s.account)
	page("POST /accounts/{account}", access.ManageAccounts, s.sure("改账号 %s 的姓名、岗位", s.accountEdit))
	page("GET /accounts/{account}/disable", access.ManageAccounts, s.askDisable)
	page("GET /accounts/{account}/reset", access.ManageAccounts, s.askReset)
	page("POST /accounts/{account}/disable", access.ManageAccounts, s.sure("停用账号 %s", s.accountChange("停用了，已登录的也退出了", s.Access.Disable)))
	page("POST /accounts/{account}/enable", access.ManageAccounts, s.sure("启用账号 %s", s.accountChange("又能用了", s.Access.Enable)))
	page("POST /accounts/{account}/reset", access.ManageAccounts, s.sure("重设账号 %s 的密码", s.accountReset))
	page("POST /accounts/{account}/factors/reset", access.ManageAccounts, s.sure("清除账号 %s 的登录验证", s.accountFactorsReset))
	page("POST /accounts/{account}/sessions/{session}/end", access.ManageAccounts, s.accountSessionEnd)
	page("POST /accounts/{account}/sessions/end", access.ManageAccounts, s.accountSessionsEnd)
	page("GET /seats", access.ManageAccounts, s.seats)
	page("GET /seats.xlsx", access.ManageAccounts, s.seatsSheet)
	if s.SetFactorRule != nil {
		page("POST /accounts/factor-rule", access.ManageAccounts, s.sure("改登录验证的要求", s.factorRule))
	}
}

// registerPlaces: when places are open and how they are reached.
func (s *Site) registerPlaces(page pager) {
	page("GET /places", access.ReadPlaces, s.places)
	page("GET /places.xlsx", access.ReadPlaces, s.placesSheet)
	page("GET /places/{code}", access.ReadPlaces, s.placeShow)
	page("POST /places/{code}", access.EditPlaces, s.placePost)
	page("POST /places/import", access.EditPlaces, s.placesImport)
}
