// Package gate is the one place where a request is let in: every route is registered here with the permission that it
// needs, and one without a known permission ends the program before it serves. Pages carry a cookie, the API a bearer
// token; both become the same actor.
//
// A permission that is the citizens' alone wants a citizen's session, which has a cookie of its own; every other wants an
// account's. The one is no session where the other is wanted. A public page may find both.
//
// What wins, in order: no session (401), a request that cannot be read (400, 413, 415), a case that is not to be seen
// (404), a role that never may (403), an answer that was given before. Only then does the handler look at the body.
package gate

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/clock"
	"bianmin/internal/problem"
)

// Face is which kind of client a route serves.
type Face int

// The faces. They differ in how a session is carried and in how a refusal is worded.
const (
	Page Face = iota // cookie; refusals are the staff's pages
	API              // bearer token; refusals are RFC 9457
	My               // cookie; refusals are the portal's pages
)

// Route is one way in.
type Route struct {
	Pattern    string // as http.ServeMux has it: "POST /api/v1/cases/{number}/take"
	Permission access.Permission
	Face       Face
	// OfCase: the pattern has {number}; a case that the actor does not see is not found, before anything else.
	OfCase bool
	// Once: the request carries an Idempotency-Key (the API's POSTs under /cases).
	Once bool
	// Body: the request carries JSON.
	Body bool
	// Raw: the request carries bytes of this type, at most RawMost.
	Raw     string
	RawMost int
}

// Refuser words what went wrong for one face.
type Refuser func(w http.ResponseWriter, r *http.Request, err error)

// Citizens knows the sessions of citizens.
type Citizens interface {
	Authenticate(ctx context.Context, token string) (access.Actor, error)
}

// Gate registers routes and lets requests in.
type Gate struct {
	mux     *http.ServeMux
	access  *access.Service
	people  Citizens
	cases   *cases.Service
	wall    clock.Clock
	refuse  map[Face]Refuser
	routes  []Route
	refused error
}

// New is a gate with no routes. wall is the machine's clock; page and api word refusals. To citizens the gate is
// closed until Open.
func New(a *access.Service, c *cases.Service, wall clock.Clock, page, api Refuser) *Gate {
	return &Gate{mux: http.NewServeMux(), access: a, people: nobody{}, cases: c, wall: wall, refuse: map[Face]Refuser{Page: page, API: api, My: page}}
}

// Open lets citizens in, too; my words refusals of the portal.
func (g *Gate) Open(people Citizens, my Refuser) { g.people, g.refuse[My] = people, my }

// nobody has no citizens.
type nobody struct{}

func (nobody) Authenticate(context.Context, string) (access.Actor, error) {
	return access.Actor{}, &problem.Problem{Kind: problem.Unauthenticated, Code: "not_signed_in"}
}

// Handle registers a route. What is wrong with it is kept for Check: the program then does not start.
func (g *Gate) Handle(route Route, h http.Handler) {
	if !route.Permission.Known() {
		g.refused = errors.Join(g.refused, fmt.Errorf("the route %q declares no permission that is in the table", route.Pattern))
		return
	}
	g.routes = append(g.routes, route)
	g.mux.Handle(route.Pattern, g.guard(route, h))
}

// Check says which routes must not be served.
func (g *Gate) Check() error { return g.refused }

// Routes lists what was registered.
func (g *Gate) Routes() []Route { return slices.Clone(g.routes) }

// ServeHTTP answers a request.
func (g *Gate) ServeHTTP(w http.ResponseWriter, r *http.Request) { g.mux.ServeHTTP(w, r) }

type (
	actorKey   struct{}
	citizenKey struct{}
)

// Actor is who makes the request: an account's, or on the citizens' routes the citizen. ok is false on public routes
// without an account's session.
func Actor(ctx context.Context) (access.Actor, bool) {
	a, ok := ctx.Value(actorKey{}).(access.Actor)
	return a, ok
}

// Citizen is the citizen who makes the request, on the citizens' routes and on public ones; ok is false without a
// citizen's session.
func Citizen(ctx context.Context) (access.Actor, bool) {
	a, ok := ctx.Value(citizenKey{}).(access.Actor)
	return a, ok
}

// guard lets a request through to h, or refuses it.
func (g *Gate) guard(route Route, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r, err := g.letIn(route, w, r)
		if err != nil {
			g.refuse[route.Face](w, r, err)
			return
		}
		if before := answered(r.Context()); before != nil {
			writeAnswer(w, *before)
			return
		}
		h.ServeHTTP(w, r)
	})
}

// letIn asks the questions of the package's comment, in their order.
func (g *Gate) letIn(route Route, w http.ResponseWriter, r *http.Request) (*http.Request, error) {
	if r.Body != http.NoBody {
		// A writer that cannot set a deadline (a test's) has no slow client either.
		_ = http.NewResponseController(w).SetReadDeadline(g.wall.Now().Add(bodyTime))
	}
	r, actor, err := g.recognise(route, r)
	if err != nil {
		return r, err
	}
	if err := legible(r.URL); err != nil {
		return r, err
	}
	if r, err = g.read(route, w, r, actor); err != nil {
		return r, err
	}
	if route.OfCase {
		if err := g.sees(r, actor); err != nil {
			return r, err
		}
	}
	if !access.Allows(actor.Role, route.Permission) {
		return r, problem.ErrForbidden
	}
	return g.before(route, r)
}

// recognise finds out who makes the request. On a public route that may be nobody.
func (g *Gate) recognise(route Route, r *http.Request) (*http.Request, access.Actor, error) {
	if route.Permission.OfCitizens() {
		who, err := g.people.Authenticate(r.Context(), CitizenToken(route.Face, r))
		if err != nil {
			return r, access.Actor{}, err
		}
		ctx := context.WithValue(r.Context(), citizenKey{}, who)
		return r.WithContext(context.WithValue(ctx, actorKey{}, who)), who, nil
	}
	actor, err := g.access.Authenticate(r.Context(), token(route.Face, r))
	switch {
	case err == nil:
		r = r.WithContext(context.WithValue(r.Context(), actorKey{}, actor))
	case !isUnauthenticated(err) || route.Permission != access.Public:
		return r, actor, err
	}
	if sent := CitizenToken(route.Face, r); route.Permission == access.Public && sent != "" {
		who, err := g.people.Authenticate(r.Context(), sent)
		if err != nil && !isUnauthenticated(err) {
			return r, actor, err
		}
		if err == nil {
			r = r.WithContext(context.WithValue(r.Context(), citizenKey{}, who))
		}
	}
	return r, actor, nil
}

func (g *Gate) sees(r *http.Request, actor access.Actor) error {
	number, ok := cases.ParseNumber(r.PathValue("number"))
	if !ok || string(number) != r.PathValue("number") {
		return problem.ErrNotFound
	}
	return g.cases.Sees(r.Context(), actor, number)
}

func isUnauthenticated(err error) bool {
	var p *problem.Problem
	return errors.As(err, &p) && p.Kind == problem.Unauthenticated
}
