package portal

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"net/http"
	"net/url"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/gate"
	"bianmin/internal/once"
	"bianmin/internal/paper"
	"bianmin/internal/rating"
	"bianmin/internal/web/ui"
)

// Mine is what a citizen sees and does of the own cases.
type Mine interface {
	MyCases(ctx context.Context, a access.Actor, limit int, after string) (cases.MinePage, error)
	Mine(ctx context.Context, a access.Actor, number cases.Number) (cases.Mine, error)
	Looks(ctx context.Context, a access.Actor, limit int, after string) (cases.LookPage, error)
	Do(ctx context.Context, a access.Actor, key once.Key, number cases.Number, version int64, cmd cases.Command) (once.Answer, error)
}

// Papers are those of a case that its holder may have.
type Papers interface {
	Of(ctx context.Context, a access.Actor, number cases.Number) (paper.Papers, error)
	PDF(ctx context.Context, a access.Actor, id paper.ID) ([]byte, error)
}

// Ratings is what applicants say of how they were served.
type Ratings interface {
	CallsWithin() int
	Of(ctx context.Context, a access.Actor, number cases.Number) (rating.Own, error)
	OfFollowed(ctx context.Context, f cases.Following) (rating.Own, error)
	Rate(ctx context.Context, a access.Actor, number cases.Number, grade rating.Grade, words string) error
	RateFollowed(ctx context.Context, number, last4, address string, grade rating.Grade, words string) error
}

var myNav = []ui.NavItem{{Href: myPath, Label: "我的办件", Icon: "list"}, {Href: looksPath, Label: "谁看过", Icon: "user"}, {Href: "/follow", Label: "查进度", Icon: "clock"}}

const looksPath = "/my/looks"

func (s *Site) registerMy(g *gate.Gate) {
	page := func(pattern string, h http.HandlerFunc) {
		g.Handle(gate.Route{Pattern: pattern, Permission: access.OwnCases, Face: gate.My}, h)
	}
	ofCase := func(pattern string, p access.Permission, h http.HandlerFunc) {
		g.Handle(gate.Route{Pattern: pattern, Permission: p, Face: gate.My, OfCase: true}, h)
	}
	page("GET "+myPath, s.myCases)
	page("GET "+looksPath, s.myLooks)
	ofCase("GET /my/cases/{number}", access.OwnCases, s.myCase)
	ofCase("GET /my/cases/{number}/papers/{paper}", access.OwnCases, s.myPaper)
	ofCase("GET /my/cases/{number}/withdraw", access.OwnCases, s.myWithdraw)
	ofCase("POST /my/cases/{number}/withdraw", access.OwnCases, s.myWithdrawPost)
	ofCase("POST /my/cases/{number}/ask", access.AskAbout, s.myAsk)
	ofCase("POST /my/cases/{number}/rate", access.OwnCases, s.myRate)
	s.registerPhotos(g)
	g.Handle(gate.Route{Pattern: "POST /follow/rate", Permission: access.Public, Face: gate.My}, http.HandlerFunc(s.followRate))
}

// me is who makes the request; the gate has let nobody else in.
func me(r *http.Request) access.Actor {
	who, _ := gate.Citizen(r.Context())
	return who
}

func myCasePath(n cases.Number) string { return myPath + "/cases/" + string(n) }

// myChrome is the frame of a citizen's own page.
func (s *Site) myChrome(r *http.Request, title, current string) ui.Chrome {
	c := s.chrome(r, title)
	c.Current, c.Home = current, myPath
	return c
}

// newOnce makes the key that a form carries from its rendering: a second press sends the same one.
func newOnce() string { return rand.Text() }

// onceOf is the intention behind a posted form: a form without a key gets one of its own.
func onceOf(r *http.Request, who access.Actor, posted url.Values) once.Key {
	key := posted.Get("once")
	if key == "" || len(key) > 200 {
		key = newOnce()
	}
	return once.Key{Account: who.Account, Path: r.URL.Path, Key: key, Request: sha256.Sum256([]byte(posted.Encode()))}
}
