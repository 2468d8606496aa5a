package app_test

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"bianmin/internal/cases"
	"bianmin/internal/gate"
	"bianmin/internal/paper"
	"bianmin/internal/tus"
)

// The roles of the issue, by the letter that stands for them in the tables here.
const (
	toAgent, toClerk, toDesk, toHead, toUnit, toChief, toSupervisor, toInspector, toAdmin = "a", "c", "d", "h", "u", "k", "s", "i", "A"

	everyone = "acdhuksiA"
	readers  = "acdhuksi"
	front    = "ac"
	owners   = "acdu"
	answers  = "acduhk"  // who can answer for a matter
	lookers  = "acdhuks" // who may see what a photograph shows
)

// mayBy is who may do what at all, written out once more in the words of the issue: it must not follow from the program.
var mayBy = map[string]string{
	"DELETE /api/v1/sessions": everyone, "GET /api/v1/places": everyone, "GET /api/v1/items": everyone, "GET /api/v1/items/{code}": everyone,
	"GET /api/v1/cases": readers, "GET /api/v1/cases/{number}": readers, "GET /api/v1/cases/{number}/events": readers, "POST /api/v1/cases": front,
	"GET /api/v1/cases/{number}/arithmetic": readers, "GET /api/v1/cases/{number}/proof": readers, "GET /api/v1/faults": readers,
	"GET /api/v1/calendar": everyone, "GET /api/v1/policy": everyone, "POST /api/v1/calendar": toAdmin, "PUT /api/v1/policy": toAdmin,
	"GET /api/v1/board": toHead + toSupervisor + toInspector, "GET /api/v1/exports": toHead + toSupervisor + toInspector, "GET /api/v1/today": readers,
	"POST /api/v1/cases/several": answers, "GET /api/v1/items/{code}/phrases": everyone,
	"POST /api/v1/demo/clock": toAdmin, "GET /api/v1/cases/{number}/papers": readers, "GET /api/v1/cases/{number}/papers/{paper}": readers,
	"PUT /api/v1/cases/{number}/papers/{paper}": answers, "GET /api/v1/ratings": toHead + toSupervisor + toInspector,
	"POST /api/v1/ratings/{number}/call": toHead, "GET /api/v1/messages": toAdmin,
	"POST /api/v1/people": front, "POST /api/v1/under-way": front, "GET /api/v1/cases/{number}/applicant": front,
	"GET /api/v1/drafts": front, "GET /api/v1/drafts/{id}": front, "PUT /api/v1/drafts/{id}": front, "DELETE /api/v1/drafts/{id}": front,
	"GET /api/v1/places/{place}": everyone, "GET /api/v1/places/{place}/record": everyone, "PUT /api/v1/places/{place}/contact": toAdmin + toHead,
	"GET /api/v1/me": everyone, "POST /api/v1/sessions/confirm": everyone, "PUT /api/v1/me/password": everyone, "GET /api/v1/me/sessions": everyone,
	"DELETE /api/v1/me/sessions": everyone, "DELETE /api/v1/me/sessions/{session}": everyone, "GET /api/v1/me/sign-ins": everyone, "GET /api/v1/me/record": everyone,
	"POST /api/v1/me/code": everyone, "PUT /api/v1/me/code": everyone, "DELETE /api/v1/me/code": everyone, "DELETE /api/v1/me/passkeys/{passkey}": everyone,
	"POST /api/v1/me/recovery-codes": everyone, "POST /api/v1/me/passkeys/options": everyone, "POST /api/v1/me/passkeys": everyone,
	"GET /api/v1/accounts": toAdmin, "POST /api/v1/accounts": toAdmin, "GET /api/v1/accounts/{account}": toAdmin, "PUT /api/v1/accounts/{account}": toAdmin,
	"POST /api/v1/accounts/{account}/disable": toAdmin, "POST /api/v1/accounts/{account}/enable": toAdmin, "POST /api/v1/accounts/{account}/reset": toAdmin,
	"DELETE /api/v1/accounts/{account}/factors": toAdmin, "GET /api/v1/accounts/{account}/sessions": toAdmin, "DELETE /api/v1/accounts/{account}/sessions": toAdmin,
	"DELETE /api/v1/accounts/{account}/sessions/{session}": toAdmin, "GET /api/v1/accounts/{account}/sign-ins": toAdmin, "GET /api/v1/accounts/{account}/record": toAdmin,
	"GET /api/v1/seats": toAdmin, "PUT /api/v1/demo/factor-rule": toAdmin,
	"PUT /api/v1/papers": answers, "POST /api/v1/papers/file": answers, "POST /api/v1/papers/zip": answers, "GET /api/v1/ledger": "acdhsi",
	"PUT /api/v1/ledger/{place}/{day}": "acdh", "GET /api/v1/ledger/papers/{ledger}": "acdhsi",
	"POST /api/v1/cases/{number}/uploads": owners, "POST /api/v1/uploads": owners, "GET /api/v1/uploads": owners,
	"HEAD /api/v1/uploads/{token}": owners, "PATCH /api/v1/uploads/{token}": owners, "DELETE /api/v1/uploads/{token}": owners,
	"GET /api/v1/cases/{number}/files/{file}": lookers, "GET /api/v1/cases/{number}/files/{file}/thumb": lookers,
	"DELETE /api/v1/cases/{number}/files/{file}": owners, "GET /api/v1/cases/{number}/looks": readers,
	"GET /api/v1/papers/wording": toHead + toChief, "POST /api/v1/papers/wording/{kind}": toHead + toChief,
}

// ofCitizens are the routes that want a citizen's session.
var ofCitizens = []string{"DELETE /api/v1/my/sessions", "DELETE /api/v1/my/sessions/all", "GET /api/v1/my/cases", "POST /api/v1/my/cases", "GET /api/v1/my/looks", "GET /api/v1/my/cases/{number}",
	"POST /api/v1/my/cases/{number}/withdraw", "POST /api/v1/my/cases/{number}/questions", "PUT /api/v1/my/cases/{number}/rating",
	"GET /api/v1/my/cases/{number}/papers", "GET /api/v1/my/cases/{number}/papers/{paper}",
	"POST /api/v1/my/cases/{number}/photos", "GET /api/v1/my/cases/{number}/photos/{file}", "DELETE /api/v1/my/cases/{number}/photos/{file}"}

// notThere stands in an address for something of one's own or of an account that nobody has: who may is answered 404.
const notThere = "nobody-there"

var verbBy = map[cases.Verb]string{
	"receive": front, "notify": front, "correct": front, "accept": front, "reject": front, "withdraw": front, "amend": front,
	"take": answers, "answer": answers, "hand": answers, "convey": owners, "arrive": owners, "end-move": owners + toHead, "serve": owners, "entrust": front, "extend": owners, "approve-extension": toHead + toChief, "refuse-extension": toHead + toChief, "pass": owners, "return": owners, "suspend": owners, "resume": owners, "decide": owners, "deliver": owners,
	"unclear": toClerk + toDesk + toUnit, "give-back": front,
	"void": toClerk + toHead, "reveal": toAgent + toClerk + toDesk + toHead + toUnit + toChief + toSupervisor,
}

// openToAll are the routes for which nobody needs to sign in.
var openToAll = []string{"POST /api/v1/sessions", "GET /api/openapi.json", "GET /api/docs", "GET /api/docs.css", "/api/",
	"GET /healthz", "GET /readyz", "GET /metrics", "GET /journal/checkpoint", "GET /journal/cosigned", "GET /journal/tile/{path...}",
	"GET /journal/keys", "GET /journal/epochs", "GET /api/v1/follow", "GET /api/v1/genuine", "POST /api/v1/my/codes", "POST /api/v1/my/sessions", "PUT /api/v1/follow/rating",
	"GET /api/v1/guide/search", "GET /api/v1/guide/{code}", "GET /api/v1/guide/{code}/guide.pdf", "OPTIONS /api/v1/uploads"}

// posts is somebody of every role at several places, with what they see of the cases below.
var posts = []struct{ account, role, sees string }{
	{"agent-610881101200", toAgent, "village"},
	{"agent-610881101201", toAgent, "next"},
	{clerk, toClerk, "village next town unaccepted card"},
	{otherClerk, toClerk, "far"},
	{desk, toDesk, "village next town unaccepted card"},
	{"desk-610881102", toDesk, "far"},
	{"head-610881101", toHead, "village next town unaccepted card"},
	{"head-610881102", toHead, "far"},
	{minzheng, toUnit, "village next town far"},
	{"chief-minzheng", toChief, "village next town far"},
	{"chief-canlian", toChief, ""},
	{gongan, toUnit, "card"},
	{"unit-paichusuo-610881101", toUnit, "card"},
	{"unit-paichusuo-610881102", toUnit, ""},
	{"unit-shenpi", toUnit, ""},
	{"supervisor", toSupervisor, "village next town far unaccepted card"},
	{"inspector", toInspector, "village next town far unaccepted card"},
	{"admin", toAdmin, ""},
}

// walked makes a case at each of the places: a village, the one beside it, the town above them, another town; one that
// is not accepted yet; and one with a step of the town's police.
func (h *house) walked(t *testing.T) map[string]cases.View {
	t.Helper()
	accepted := func(code, at string) cases.View {
		return h.as(t, "clerk-"+at[:9]).did(t, h.filed(t, code, at), "accept", nil)
	}
	return map[string]cases.View{"village": accepted(oldAge, gaoVillage), "next": accepted(oldAge, "610881101201"), "town": accepted(oldAge, gaojiabu),
		"far": accepted(oldAge, otherTown), "unaccepted": h.filed(t, oldAge, gaojiabu), "card": accepted("BM-031", gaojiabu)}
}

// TestEveryRouteForEveryRoleAtEveryPlace walks all routes of the API: without a session 401; a case that is not to be
// seen 404; one that is seen, to a role that never may, 403; else anything but these.
func TestEveryRouteForEveryRoleAtEveryPlace(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		made := h.walked(t)
		for _, v := range made {
			h.issued(t, clerkOf(v), v, paper.Register)
			h.attached(t, clerkOf(v), v, 0)
		}
		for _, p := range posts {
			if strings.Contains(front, p.role) {
				h.as(t, p.account).send(t, "PUT", "/api/v1/drafts/"+walkedDraft, form{"version": 0, "form": form{}}).want(t, 200)
			}
		}
		for _, route := range h.app.Gate.Routes() {
			if route.Face != gate.API || slices.Contains(openToAll, route.Pattern) {
				continue
			}
			if slices.Contains(ofCitizens, route.Pattern) {
				continue // TestACitizensSessionOpensTheOwnCasesAlone
			}
			method, path, _ := strings.Cut(route.Pattern, " ")
			may, known := mayBy[route.Pattern]
			if verb, is := strings.CutPrefix(path, filing+"/{number}/"); is && method == "POST" && !known {
				may, known = verbBy[cases.Verb(verb)]
			}
			if !known {
				t.Errorf("the route %s stands in no table of this test", route.Pattern)
				continue
			}
			t.Run(route.Pattern, func(t *testing.T) {
				path := strings.NewReplacer("{code}", oldAge, "{paper}", "10-1", "/phrases", "/phrases?answer=approve", "{id}", walkedDraft,
					"{place}", string(gaoVillage), "{account}", notThere, "{session}", notThere, "{passkey}", notThere, "{kind}", "00", "{file}", "1", "{token}", "none", "{ledger}", notThere, "{day}", notThere).Replace(path)
				h.walk(t, method, path, may, made)
			})
		}
	})
}

// walkedDraft is a draft that everybody has who may have any.
const walkedDraft = "walked"

func (h *house) walk(t *testing.T, method, path, may string, made map[string]cases.View) {
	places := []string{""}
	if strings.Contains(path, "{number}") {
		places = slices.Sorted(maps.Keys(made))
	}
	for _, place := range places {
		path := strings.ReplaceAll(path, "{number}", string(made[place].Number))
		ask := func(c *client) reply { // with a body that nobody can mean, so that nothing changes
			switch {
			case method == http.MethodPatch:
				return c.send(t, method, path, []byte("x"), resumable, header("Upload-Offset", "0"), header("Content-Type", tus.PieceType))
			case method == http.MethodHead, method == http.MethodPost && strings.HasSuffix(path, "/uploads"):
				return c.send(t, method, path, nil, resumable)
			}
			if method == http.MethodPost || method == http.MethodPut {
				return c.send(t, method, path, form{"version": "none"})
			}
			return c.send(t, method, path, nil)
		}
		if got := ask(h.nobody()); method == http.MethodHead {
			got.want(t, 401)
		} else {
			got.want(t, 401, "not_signed_in")
		}
		for _, p := range posts {
			c := h.as(t, p.account)
			if method == http.MethodDelete {
				c = h.signIn(t, p.account) // it ends its session
			}
			got, want := ask(c), "let in"
			if method+" "+path == "DELETE /api/v1/me/sessions" {
				h.forget(p.account) // or the others of its account
			}
			switch {
			case place != "" && !slices.Contains(strings.Fields(p.sees), place):
				want = "404 not_found"
			case !strings.Contains(may, p.role):
				want = "403 forbidden"
			}
			said := outcome(t, got)
			if lacking := said == "404 not_found" && (strings.Contains(path, notThere) || path == "/api/v1/me/code"); want == "let in" && (lacking || said == "409 no_factor") {
				said = want
			}
			if said != want {
				t.Errorf("%s %s, %s: %s, want %s", method, path, p.account+" at "+place, said, want)
			}
		}
	}
}

func outcome(t *testing.T, r reply) string {
	t.Helper()
	switch r.status {
	case 200, 201, 204, 422:
		return "let in"
	}
	code := ""
	if strings.HasPrefix(r.asked, http.MethodHead) {
		code = map[int]string{404: "upload_gone", 403: "forbidden"}[r.status] // it has no body
	} else {
		code = r.problem(t).Code
	}
	if code == "upload_gone" || code == "file_on_record" || code == "no_passkeys_here" { // who is not let in never hears of these
		return "let in"
	}
	return strconv.Itoa(r.status) + " " + code
}

func TestRoutesThatAreOpenToAll(t *testing.T) {
	once(t, func(t *testing.T, h *house) {
		for _, route := range h.app.Gate.Routes() {
			method, path, _ := strings.Cut(route.Pattern, " ")
			if route.Face != gate.API || !slices.Contains(openToAll, route.Pattern) || method != "GET" {
				continue
			}
			if got := h.nobody().get(t, path); got.status != 200 && got.status != 404 && got.status != 422 { // for want of words
				t.Errorf("%s: %d", route.Pattern, got.status)
			}
		}
	})
}

// TestWhatEachPostLists compares a list with what may be seen one by one.
func TestWhatEachPostLists(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		made := h.walked(t)
		for _, p := range posts {
			c := h.as(t, p.account)
			if p.role == toAdmin {
				c.get(t, filing).want(t, 403, "forbidden")
				continue
			}
			list := numbers(everything(t, c, "limit=200"))
			for place, v := range made {
				if got, want := slices.Contains(list, string(v.Number)), slices.Contains(strings.Fields(p.sees), place); got != want {
					t.Errorf("%s lists the case at %s: %v, want %v", p.account, place, got, want)
				}
			}
		}
	})
}

// TestAUnitSeesACaseFromAcceptanceOnIfAStepIsItsOwn walks one case of the police.
func TestAUnitSeesACaseFromAcceptanceOnIfAStepIsItsOwn(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		v := h.filed(t, "BM-031", gaojiabu)
		own := []*client{h.as(t, gongan), h.as(t, "unit-paichusuo-610881101")}
		others := []*client{h.as(t, minzheng), h.as(t, "unit-paichusuo-610881102")}
		for _, c := range append(own, others...) {
			c.get(t, path(v)).want(t, 404)
		}
		v = h.as(t, clerk).did(t, v, "accept", nil)
		for _, c := range own {
			c.get(t, path(v)).want(t, 200)
			c.get(t, path(v, "events")).want(t, 200)
		}
		v = h.as(t, clerk).did(t, v, "withdraw", form{"reason": someReason})
		for _, c := range own {
			c.get(t, path(v)).want(t, 200) // what was seen stays seen
		}
		for _, c := range others {
			c.get(t, path(v)).want(t, 404)
		}
		rejected := h.as(t, clerk).did(t, h.filed(t, "BM-031", gaojiabu), "reject", form{"ground": "x"})
		own[0].get(t, path(rejected)).want(t, 404)
	})
}

// TestWhoMayFileWhere: an agent for the own village, a clerk for the own town and its villages.
func TestWhoMayFileWhere(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for _, c := range []struct{ account, at, want string }{
			{agent, gaoVillage, ""}, {agent, "610881101201", "place:not_yours"}, {agent, gaojiabu, "place:not_yours"}, {agent, city, "place:unknown_place"},
			{clerk, gaojiabu, ""}, {clerk, gaoVillage, ""}, {clerk, otherTown, "place:not_yours"}, {clerk, "610881102200", "place:not_yours"}, {clerk, city, "place:unknown_place"},
		} {
			f := application(h, oldAge, c.at, newPerson())
			if c.account == agent {
				f["channel"] = "agent"
			}
			got := h.as(t, c.account).post(t, filing, f)
			if c.want == "" {
				got.want(t, 201)
			} else {
				got.at(t, c.want)
			}
		}
	})
}

// TestTheInspectorChangesNothing sends every verb as it would be right for somebody.
func TestTheInspectorChangesNothing(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		v := h.toDecide(t)
		for _, account := range []string{"inspector", "admin"} {
			for _, verb := range cases.Verbs() {
				if got := h.as(t, account).does(t, v, string(verb), form{"approve": true, "field": "phone", "reason": "x", "note": "x"}); got.status != 403 && got.status != 404 {
					t.Errorf("%s, %s: %d", account, verb, got.status)
				}
			}
		}
		if got := len(events(t, h.as(t, "inspector"), v)); got != 2 {
			t.Errorf("%d events, want 2", got)
		}
	})
}
