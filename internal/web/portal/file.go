package portal

import (
	"context"
	"net/http"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/filing"
	"bianmin/internal/gate"
	"bianmin/internal/item"
	"bianmin/internal/proxy"
	"bianmin/internal/web/ui"
)

// Filings keeps applications under way and hands them in.
type Filings interface {
	Begin(ctx context.Context, o filing.Owner, code item.Code) (filing.Draft, error)
	Of(ctx context.Context, o filing.Owner) ([]filing.Draft, error)
	Get(ctx context.Context, o filing.Owner, id string) (filing.Draft, error)
	Save(ctx context.Context, o filing.Owner, id, question, said string) (filing.Draft, error)
	Claim(ctx context.Context, o filing.Owner, d filing.Draft) error
	Release(ctx context.Context, o filing.Owner, id string) error
	Drop(ctx context.Context, o filing.Owner, id string) error
	HandIn(ctx context.Context, a access.Actor, o filing.Owner, id string) (cases.Number, error)
	Unkept(code item.Code) (filing.Draft, error)
	Answered(d filing.Draft, question, said string) (filing.Draft, error)
	Carry(d filing.Draft) (string, error)
	Carried(text string) (filing.Draft, error)
	Keep(ctx context.Context, o filing.Owner, d filing.Draft) (filing.Draft, error)
}

// browserCookie is by what a browser finds its drafts again.
const browserCookie = "drafts"

func (s *Site) registerFile(g *gate.Gate) {
	page := func(pattern string, h http.HandlerFunc) {
		g.Handle(gate.Route{Pattern: pattern, Permission: access.Public, Face: gate.My}, h)
	}
	page("GET /file/{code}", s.fileStart)
	page("POST /file/{code}", s.fileBegin)
	page("GET /filing/{draft}", s.fileOn)
	page("GET /filing/{draft}/{question}", s.fileAsk)
	page("POST /filing/{draft}/{question}", s.fileAnswer)
	page("GET /filing/{draft}/check", s.fileCheck)
	page("GET /filing/{draft}/done", s.fileDone)
	page("POST /filing/{draft}/drop", s.fileDrop)
	page("POST /filing/{draft}/other-phone", s.fileOtherPhone)
	g.Handle(gate.Route{Pattern: "POST /filing/{draft}/hand-in", Permission: access.Public, Face: gate.My}, http.HandlerFunc(s.fileHandIn))
}

// owner is whose drafts this request means.
func (s *Site) owner(r *http.Request) filing.Owner {
	o := filing.Owner{Network: filing.NetworkOf(proxy.Address(r))}
	if c, err := r.Cookie(browserCookie); err == nil && len(c.Value) <= 64 {
		o.Browser = c.Value
	}
	if who, ok := gate.Citizen(r.Context()); ok {
		o.Phone = who.Phone
	}
	return o
}

// holding lets a browser find its drafts again.
func holding(w http.ResponseWriter, r *http.Request, o *filing.Owner) {
	if o.Browser == "" {
		o.Browser = filing.NewBrowser()
	}
	http.SetCookie(w, &http.Cookie{Name: browserCookie, Value: o.Browser, Path: "/", MaxAge: int(filing.Kept / time.Second), HttpOnly: true,
		SameSite: http.SameSiteLaxMode, Secure: proxy.Encrypted(r)})
}

// letGo takes from a browser what it held to find its drafts: after sign-out nothing of them opens in it.
func letGo(w http.ResponseWriter, r *http.Request) {
	http.SetCookie(w, &http.Cookie{Name: browserCookie, Path: "/", MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: proxy.Encrypted(r)})
	dropCarried(w, r)
}

func (s *Site) onlineItem(r *http.Request) (item.Version, bool) {
	code, err := item.ParseCode(r.PathValue("code"))
	v, ok := s.Guide.Items.Get(code)
	return v, err == nil && ok && (v.Online() || v.InPersonOnly())
}

func (s *Site) filingChrome(r *http.Request, title string) ui.Chrome {
	c := s.chrome(r, title)
	c.Current, c.NoTabs = "/guide", true
	return c
}
