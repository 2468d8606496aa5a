package work

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/clock"
	"bianmin/internal/gate"
	"bianmin/internal/item"
	"bianmin/internal/place"
	"bianmin/internal/web/ui"
)

// Deps are what the pages are made from.
type Deps struct {
	Access   *access.Service
	Cases    *cases.Service
	Items    *item.Catalogue
	Places   *place.Directory
	Calendar *calendar.Calendar
	Clock    clock.Clock
	Demo     bool
	Log      *slog.Logger
	// MoveClock moves the demonstration's clock forward; nil when it cannot be moved.
	MoveClock func(ctx context.Context, actor access.Actor, d time.Duration) error
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
		page("POST /demo/enter", access.Public, s.enter)
	}

	page("GET /desk", access.ReadCases, s.desk)
	page("GET /search", access.ReadCases, s.search)
	ofCase("GET /cases/{number}", access.ReadCases, s.caseWhole)
	ofCase("POST /cases/{number}/do", access.TakeCase, s.caseDo)
	for _, verb := range pageVerbs {
		ofCase("POST /cases/{number}/"+string(verb), verb.Permission(), s.caseVerb(verb))
	}

	page("GET /accounts", access.ManageAccounts, s.accounts)
	page("POST /accounts", access.ManageAccounts, s.accountAdd)
	page("POST /accounts/{account}/disable", access.ManageAccounts, s.accountChange("停用了，登录着的也退出了", s.Access.Disable))
	page("POST /accounts/{account}/enable", access.ManageAccounts, s.accountChange("又能用了", s.Access.Enable))
	page("POST /accounts/{account}/reset", access.ManageAccounts, s.accountReset)
	if s.Demo && s.MoveClock != nil {
		page("POST /accounts/clock", access.MoveClock, s.clockMove)
	}
	s.registerCounter(g)
}
