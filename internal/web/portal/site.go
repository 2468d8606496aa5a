package portal

import (
	"context"
	"log/slog"
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/clock"
	"bianmin/internal/gate"
	"bianmin/internal/guide"
	"bianmin/internal/journal"
	"bianmin/internal/paper"
	"bianmin/internal/place"
	"bianmin/internal/web/ui"
)

// Deps are what the pages are made from.
type Deps struct {
	Follow func(ctx context.Context, number, last4, address string) (cases.Following, error)
	// FollowByPaper shows it to whoever holds a paper of it.
	FollowByPaper func(ctx context.Context, number cases.Number) (cases.Following, error)
	// Genuine says whether a paper is genuine; ProvePaper proves that its issue stands in the log.
	Genuine func(ctx context.Context, id paper.ID, code string) (paper.Genuine, error)
	// GenuineFile says the same of a file that somebody holds.
	GenuineFile func(ctx context.Context, file []byte) (paper.Genuine, string, error)
	ProvePaper  func(ctx context.Context, id paper.ID) (journal.Proof, error)
	// People signs citizens in and out; Mine is what they see and do of their own cases, Papers their papers, Ratings what
	// they said of them.
	People  People
	Mine    Mine
	Papers  Papers
	Ratings Ratings
	Photos  Photos
	// Guide is the guide desk: finding an item and what it takes.
	Guide *guide.Desk
	// Filings keeps applications under way; CaseOf shows a case to the citizen whose it is.
	Filings Filings
	CaseOf  func(ctx context.Context, a access.Actor, number cases.Number) (cases.View, error)
	Places  *place.Directory
	// Contacts tells whom to call.
	Contacts *place.Book
	Clock    clock.Clock
	Demo     bool
	Log      *slog.Logger
}

// Site is the citizens' pages.
type Site struct{ Deps }

// New makes the pages.
func New(d Deps) *Site { return &Site{d} }

// Register declares every page with the permission that it needs.
func (s *Site) Register(g *gate.Gate) {
	g.Handle(gate.Route{Pattern: "GET /follow", Permission: access.Public, Face: gate.My}, http.HandlerFunc(s.follow))
	g.Handle(gate.Route{Pattern: "GET /genuine", Permission: access.Public, Face: gate.My}, http.HandlerFunc(s.genuine))
	g.Handle(gate.Route{Pattern: "POST /genuine", Permission: access.Public, Face: gate.My}, http.HandlerFunc(s.genuineFile))
	g.Handle(gate.Route{Pattern: "GET /genuine/proof", Permission: access.Public, Face: gate.My}, http.HandlerFunc(s.genuineProof))
	s.registerSignIn(g)
	s.registerGuide(g)
	s.registerFile(g)
	s.registerMy(g)
}

// chrome is the frame of a page: the sign of the person's own station, the menu, and a telephone one tap away.
func (s *Site) chrome(r *http.Request, title string) ui.Chrome {
	root := s.Places.Root()
	c := ui.Chrome{Title: title, Face: ui.Citizen, Place: root.Service, Size: ui.SizeOf(r), Here: r.URL.RequestURI(), Home: "/", Bare: true, In: signInPath, Nav: menu, Tel: guide.Hotline}
	if at, ok := s.placeOf(r); ok {
		c.Above, c.Place = root.Name, at.Service
		if town, known := s.Places.Place(at.Code.Town()); known && at.Kind == place.Room {
			c.Above = town.Name
		}
		if s.Guide != nil {
			c.Tel = s.Guide.Telephone(at.Code)
		}
	}
	if who, ok := gate.Citizen(r.Context()); ok {
		c.Actor, c.Out = who, signOutPath
		if strings.HasPrefix(r.URL.Path, myPath) {
			c.Nav = append([]ui.NavItem{menu[0]}, myNav...)
		}
	}
	if s.Demo {
		c.Demo, c.Time = ui.DemoWords(s.Clock.Now()), ui.DemoTimePath
	}
	return c
}

// menu is the portal's.
var menu = []ui.NavItem{{Href: "/", Label: "首页", Icon: "home"}, {Href: "/guide", Label: "办事", Icon: "book"}, {Href: "/follow", Label: "进度", Icon: "clock"},
	{Href: myPath, Label: "我的", Icon: "user"}}

func (s *Site) render(w http.ResponseWriter, r *http.Request, status int, page templ.Component) {
	if err := ui.Write(w, r, status, page); err != nil {
		s.Log.ErrorContext(r.Context(), "a page could not be written", "path", r.URL.Path, "error", err)
		ui.NotWritten(w)
	}
}
