package portal

import (
	"context"
	"log/slog"
	"net/http"

	"github.com/a-h/templ"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/clock"
	"bianmin/internal/gate"
	"bianmin/internal/journal"
	"bianmin/internal/paper"
	"bianmin/internal/place"
	"bianmin/internal/web/ui"
)

// Deps are what the pages are made from.
type Deps struct {
	Follow func(ctx context.Context, number, last4 string) (cases.Following, error)
	// Genuine says whether a paper is genuine; ProvePaper proves that its issue stands in the log.
	Genuine    func(ctx context.Context, id paper.ID, code string) (paper.Genuine, error)
	ProvePaper func(ctx context.Context, id paper.ID) (journal.Proof, error)
	Places     *place.Directory
	Contacts   *place.Book // whom to call
	Clock      clock.Clock
	Demo       bool
	Log        *slog.Logger
}

// Site is the citizens' pages.
type Site struct{ Deps }

// New makes the pages.
func New(d Deps) *Site { return &Site{d} }

// Register declares every page: all are public.
func (s *Site) Register(g *gate.Gate) {
	g.Handle(gate.Route{Pattern: "GET /follow", Permission: access.Public, Face: gate.Page}, http.HandlerFunc(s.follow))
	g.Handle(gate.Route{Pattern: "GET /genuine", Permission: access.Public, Face: gate.Page}, http.HandlerFunc(s.genuine))
	g.Handle(gate.Route{Pattern: "GET /genuine/proof", Permission: access.Public, Face: gate.Page}, http.HandlerFunc(s.genuineProof))
}

// chrome is the frame of a page, the same for everybody.
func (s *Site) chrome(r *http.Request, title string) ui.Chrome {
	c := ui.Chrome{Title: title, Face: ui.Citizen, Place: s.Places.Root().Service, Size: ui.SizeOf(r), Here: r.URL.RequestURI(), Home: "/follow", Bare: true}
	if s.Demo {
		c.Demo, c.Time, c.Home = ui.DemoWords(s.Clock.Now()), ui.DemoTimePath, "/"
	}
	return c
}

func (s *Site) render(w http.ResponseWriter, r *http.Request, status int, page templ.Component) {
	if err := ui.Write(w, r, status, page); err != nil {
		s.Log.ErrorContext(r.Context(), "a page could not be written", "path", r.URL.Path, "error", err)
		ui.NotWritten(w)
	}
}
