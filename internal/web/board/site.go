package board

import (
	"log/slog"
	"net/http"
	"net/url"

	"github.com/a-h/templ"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/clock"
	"bianmin/internal/export"
	"bianmin/internal/gate"
	"bianmin/internal/place"
	"bianmin/internal/web/ui"
)

// Deps are what the pages are made from.
type Deps struct {
	Cases   *cases.Service
	Exports *export.Service
	Places  *place.Directory
	Clock   clock.Clock
	Log     *slog.Logger
	// Frame is the frame of the staff's pages, Refuse their way to say no.
	Frame  func(r *http.Request, title, current string) ui.Chrome
	Refuse gate.Refuser
	// Alarms are those that the actor is to see.
	Alarms func(r *http.Request, a access.Actor) []ui.Alarm
	Needs  func(pattern string, p access.Permission)
}

// Site is the pages.
type Site struct{ Deps }

// New makes the pages.
func New(d Deps) *Site { return &Site{d} }

// Path is where the board stands.
const Path = "/board"

// Register declares every page with the permission that it needs.
func (s *Site) Register(g *gate.Gate) {
	page := func(pattern string, p access.Permission, h http.HandlerFunc) {
		s.Needs(pattern, p)
		g.Handle(gate.Route{Pattern: pattern, Permission: p, Face: gate.Page}, h)
	}
	page("GET "+Path, access.ReadBoard, s.show)
	page("GET "+Path+"/table", access.ReadBoard, s.table)
	page("POST "+Path+"/table", access.ReadBoard, s.tableOut)
	page("GET /exports", access.ReadExports, s.exports)
	page("POST /exports", access.ReadExports, s.exportsOut)
}

func (s *Site) render(w http.ResponseWriter, r *http.Request, page templ.Component) {
	if err := ui.Write(w, r, http.StatusOK, page); err != nil {
		s.Log.ErrorContext(r.Context(), "a page could not be written", "path", r.URL.Path, "error", err)
		ui.NotWritten(w)
	}
}

// asked is what a board is asked for. It stands whole in the address.
type asked struct {
	Place place.Code
	Month string // 2026-03; empty is the present one
	By    string // which table; of the table's page alone
}

func read(v url.Values) asked {
	return asked{Place: place.Code(v.Get("place")), Month: v.Get("month"), By: v.Get("by")}
}

func (q asked) address(path string) string {
	v := url.Values{}
	for name, value := range map[string]string{"place": string(q.Place), "month": q.Month, "by": q.By} {
		if value != "" {
			v.Set(name, value)
		}
	}
	if len(v) == 0 {
		return path
	}
	return path + "?" + v.Encode()
}

// list is the desk's list of a place's cases, narrowed by pairs of name and value.
func list(at place.Code, pairs ...string) string {
	v := url.Values{"queue": {"open"}}
	if !at.IsCity() {
		v.Set("place", string(at))
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return "/desk?" + v.Encode()
}
