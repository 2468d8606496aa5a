package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"bianmin/internal/access"
	"bianmin/internal/gate"
	"bianmin/internal/place"
)

// sheet is a page as somebody asks for it, and the bare query for what stands at its heart.
type sheet struct {
	name string
	role access.Role // empty: nobody is signed in
	path func(x sample) string
	bare string
	args func(x sample) []any
}

const bareDoc = `SELECT c.number, c.due, c.filed_at, c.events, c.doc FROM cases c WHERE c.number = $1`

// bareStand counts what is open, as a board without counts of its own would.
const bareStand = `SELECT MIN(c.number), MIN(c.due), COUNT(*), 0, c.%[1]s FROM cases c WHERE %[2]s c.open GROUP BY c.%[1]s`

func byTown(x sample) []any   { return []any{x.town} }
func byNumber(x sample) []any { return []any{x.number} }
func nothing(sample) []any    { return nil }

var sheets = []sheet{
	{"the counter, empty", access.Clerk, fixed("/counter"), "", nil},
	{"the desk's list and a case", access.Desk, fixed("/desk?queue=open"), bareList + `c.town = $1 AND c.open ORDER BY c.due, c.number LIMIT 51`, byTown},
	{"the desk's search by name", access.Clerk, func(x sample) string { return "/desk?queue=all&q=" + url.QueryEscape(x.name) },
		bareList + `c.town = $1 AND c.name >= $2 AND c.name < $3 ORDER BY c.due, c.number LIMIT 51`, func(x sample) []any { return []any{x.town, x.name, beyond(x.name)} }},
	{"a case", access.Clerk, func(x sample) string { return "/cases/" + x.number }, bareDoc, byNumber},
	{"the agent's day", access.Agent, fixed("/today"), bareList + `c.town = $1 AND c.place = $2 AND c.open ORDER BY c.due, c.number LIMIT 21`,
		func(x sample) []any { return []any{x.town, x.room} }},
	{"the board of a town", access.Head, fixed("/board"), fmt.Sprintf(bareStand, "place", "c.town = $1 AND"), byTown},
	{"the board of the city", access.Supervisor, fixed("/board"), fmt.Sprintf(bareStand, "town", ""), nothing},
	{"how a case stands, for the citizen", "", func(x sample) string {
		return "/follow?number=" + x.number + "&phone_last4=" + x.phone[len(x.phone)-4:]
	}, bareDoc, byNumber},
	{"the guide's search", "", fixed("/guide?q=" + url.QueryEscape("种地补贴")), "", nil},
}

func fixed(path string) func(sample) string { return func(sample) string { return path } }

// pageSamples is how many times each page is asked for, after unheard that are not counted.
const pageSamples = 300

// pages measures whole pages, from the request to the last byte, beside their bare queries, in turn.
func (s *scale) pages(ctx context.Context, all []sample) error {
	server, err := startBianmin(s.binary, s.data, s.database)
	if err != nil {
		return err
	}
	defer server.end()
	in := &visitor{server: server, tokens: map[string]string{}}
	s.say("")
	s.say("| %s, %d cases | page p50, ms | p99, ms | bare query p50, ms | p99, ms | at most |", s.engine, s.cases)
	s.say("|---|---:|---:|---:|---:|---:|")
	for _, p := range sheets {
		m, err := s.measured(func() (ours, bare []float64, err error) { return s.page(ctx, in, p, all) })
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		beside := "– | –"
		if p.bare != "" {
			beside = fmt.Sprintf("%.2f | %.2f", m.bare50, m.bare99)
		}
		s.say("| %s | %.2f | %.2f | %s | 20 ms |", p.name, m.p50, m.p99, beside)
	}
	return nil
}

// page times a page for some of the samples, and its bare query.
func (s *scale) page(ctx context.Context, in *visitor, p sheet, all []sample) (ours, bare []float64, err error) {
	for i := 0; i < len(all); i += max(1, len(all)/(pageSamples+unheard)) {
		x := all[i]
		if p.role == access.Agent && x.room == x.town { // filed at the town's own station
			continue
		}
		if err := in.prepare(p.role, x); err != nil {
			return nil, nil, err
		}
		if err := timed(func() error { return in.get(p.role, x, p.path(x)) }, &ours); err != nil {
			return nil, nil, err
		}
		if p.bare == "" {
			continue
		}
		if err := timed(func() error { return readAll(s.bare.QueryContext(ctx, p.bare, p.args(x)...)) }, &bare); err != nil {
			return nil, nil, fmt.Errorf("the bare query: %w", err)
		}
	}
	return ours[unheard:], bare[min(unheard, len(bare)):], nil
}

// visitor is signed in wherever a page is asked for.
type visitor struct {
	server *server
	tokens map[string]string
}

// account is who has a role where a sample's case is.
func account(role access.Role, x sample) string {
	switch role {
	case "":
		return ""
	case access.Agent:
		return "agent-" + x.room
	case access.Supervisor:
		return string(role)
	}
	return string(role) + "-" + place.Code(x.town).Short()
}

// prepare signs in who asks, so that the page alone is timed.
func (v *visitor) prepare(role access.Role, x sample) (err error) {
	who := account(role, x)
	if who == "" || v.tokens[who] != "" {
		return nil
	}
	v.tokens[who], err = v.server.token(who)
	return err
}

func (v *visitor) get(role access.Role, x sample, path string) error {
	r, err := http.NewRequest(http.MethodGet, v.server.base+path, nil)
	if err != nil {
		return err
	}
	if who := account(role, x); who != "" {
		r.AddCookie(&http.Cookie{Name: gate.CookieName, Value: v.tokens[who]})
	}
	response, err := http.DefaultTransport.RoundTrip(r) // a redirection is no page
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("GET %s as %q: %d", path, account(role, x), response.StatusCode)
	}
	return nil
}
