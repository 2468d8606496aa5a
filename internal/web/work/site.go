package work

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/a-h/templ"

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
	MoveClock func(ctx context.Context, d time.Duration) error
}

// Site is the staff's pages.
type Site struct{ Deps }

// New makes the pages.
func New(d Deps) *Site { return &Site{Deps: d} }

// Register declares every page with the permission that it needs.
func (s *Site) Register(g *gate.Gate) {
	page := func(pattern string, p access.Permission, h http.HandlerFunc) {
		g.Handle(gate.Route{Pattern: pattern, Permission: p, Face: gate.Page}, h)
	}
	page(ui.AssetsPattern, access.Public, ui.Assets().ServeHTTP)
	s.registerCounter(g)
}

// render writes a page. It is made whole before the first byte goes out, so that a fault cannot leave half a page.
func (s *Site) render(w http.ResponseWriter, r *http.Request, status int, page templ.Component) {
	templ.Handler(page, templ.WithStatus(status), templ.WithContentType("text/html; charset=utf-8"),
		templ.WithErrorHandler(func(r *http.Request, err error) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.Refuse(w, r, err) })
		})).ServeHTTP(noStore(w), r)
}

// noStore: what a signed-in person saw is not kept by the browser, so that going back after sign-out shows nothing.
func noStore(w http.ResponseWriter) http.ResponseWriter {
	w.Header().Set("Cache-Control", "no-store")
	return w
}
