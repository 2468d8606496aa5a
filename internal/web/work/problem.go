package work

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"bianmin/internal/access"
	"bianmin/internal/db"
	"bianmin/internal/gate"
	"bianmin/internal/problem"
	"bianmin/internal/web/ui"
	"bianmin/internal/words"
)

// problemPage says what happened, why, and what can be done now.
type problemPage struct {
	Chrome ui.Chrome
	Title  string
	Detail string
	Ways   []problemWay
}

type problemWay struct{ Href, Words string }

// statuses maps the kinds of problem to those of HTTP.
var statuses = map[problem.Kind]int{
	problem.Unauthenticated: http.StatusUnauthorized, problem.Malformed: http.StatusBadRequest, problem.NotFound: http.StatusNotFound,
	problem.Forbidden: http.StatusForbidden, problem.Invalid: http.StatusUnprocessableEntity, problem.Stale: http.StatusConflict,
	problem.Refused: http.StatusConflict, problem.TooMany: http.StatusTooManyRequests, problem.Unavailable: http.StatusServiceUnavailable,
}

// everybodys are the addresses registered here that citizens ask for as well: the first page, what leads nowhere, and the
// size of the print.
var everybodys = []string{"GET /{$}", "/", "POST /size"}

// Refuse is the pages' gate.Refuser: who is not signed in goes to the sign-in page and comes back; all else is a page
// that says what happened and what can be done.
func (s *Site) Refuse(w http.ResponseWriter, r *http.Request, err error) {
	var p *problem.Problem
	if !errors.As(err, &p) {
		s.Log.ErrorContext(r.Context(), "a page could not be made", "route", r.Pattern, "error", err) // an address may hold a name
		if p = db.Trouble(err); p == nil {
			p = &problem.Problem{Kind: problem.Unavailable, Code: "unavailable"}
		}
	}
	if _, signedIn := gate.Actor(r.Context()); !signedIn && s.Turn != nil && slices.Contains(everybodys, r.Pattern) {
		s.Turn(w, r, p)
		return
	}
	if p.Kind == problem.Unauthenticated && r.Header.Get("HX-Request") != "" && strings.HasPrefix(r.URL.Path, counterHome+"/") {
		s.signedOut(w, r)
		return
	}
	if p.Kind == problem.Unauthenticated {
		gate.DropCookie(w, r)
		if held, ok := heldForm(w, r); ok {
			s.signInHolding(w, r, held)
			return
		}
		redirect(w, r, "/sign-in?"+url.Values{"next": {here(r)}}.Encode())
		return
	}
	if p.Kind == problem.TooMany {
		w.Header().Set("Retry-After", fmt.Sprint(retryAfter(p)))
	}
	s.render(w, r, statusFor(p), problemPaper(s.problemOf(r, p)))
}

func statusFor(p *problem.Problem) int {
	switch p.Code {
	case "body_too_large", "piece_too_large":
		return http.StatusRequestEntityTooLarge
	case "storage_full":
		return http.StatusInsufficientStorage
	}
	return statuses[p.Kind]
}

func (s *Site) problemOf(r *http.Request, p *problem.Problem) problemPage {
	actor, signedIn := gate.Actor(r.Context())
	page := problemPage{}
	page.Title, page.Detail = pageWords(p)
	page.Detail = withStop(page.Detail)
	switch p.Kind {
	case problem.Forbidden:
		page.Detail = s.whoMay(r, actor)
	case problem.NotFound:
		page = missing(r.Pattern, actor.Role)
	case problem.Unavailable:
		page.Detail += "没有交上去的还在上一页，退回去再交一次。"
	}
	home := "/sign-in"
	if signedIn || s.Demo {
		home = startOf(actor.Role)
	}
	page.Ways = append(page.Ways, problemWay{home, "回到首页"})
	page.Chrome = s.chrome(r, page.Title, "")
	return page
}

// missing is the page for what is not there, in the words of the kind of thing that the address names. Whether a thing is
// not there or is not to be seen, it says the same.
func missing(pattern string, role access.Role) problemPage {
	of := func(path string) bool { return strings.HasPrefix(pattern[strings.IndexByte(pattern, ' ')+1:], path) }
	way := func(needed access.Permission, href, words string) []problemWay {
		if !access.Allows(role, needed) {
			return nil
		}
		return []problemWay{{href, words}}
	}
	switch {
	case of("/accounts/"):
		return problemPage{Title: "没有这个账号", Detail: "账号写得不对，或者已经没有了。", Ways: way(access.ManageAccounts, "/accounts", "查找账号")}
	case of("/places/"):
		return problemPage{Title: "没有这个地方", Detail: "区划代码不对，或者这个地方已经没有了。", Ways: way(access.ReadPlaces, "/places", "查找地方")}
	case of("/board"):
		return problemPage{Title: "没有这个地方", Detail: "区划代码不对，或者这个地方已经没有了。", Ways: way(access.ReadBoard, "/board", "回到总览")}
	case of("/cases/"), of("/counter/"), of("/desk"):
		title, detail := words.Problem(problem.ErrNotFound)
		return problemPage{Title: title, Detail: withStop(detail), Ways: way(access.ReadCases, "/desk?queue=all", "查找办件")}
	}
	return problemPage{Title: "没有这一页", Detail: "网址不对，或者这一页已经没有了。", Ways: way(access.ReadCases, "/desk?queue=all", "查找办件")}
}

// pageWords words a problem for a person at a screen, where the common words speak to whoever writes programs.
func pageWords(p *problem.Problem) (title, detail string) {
	switch p.Code {
	case "idempotency_key_reused":
		return "这张表刚才已经交过了", "后来改的没有算。请打开这一件，看过现在的情况再办"
	case "not_utf8", "bad_request", "body_unreadable":
		return "交来的内容读不出来", "请退回去，重新写一遍再交"
	}
	return words.Problem(p)
}

// whoMay names the roles that have what this one lacks.
func (s *Site) whoMay(r *http.Request, actor access.Actor) string {
	needed, ok := s.needs[r.Pattern]
	if !ok {
		return "要办的话，请找有这个权限的同事。"
	}
	var roles []string
	for _, x := range access.Roles {
		if access.Allows(x.Role, needed) {
			roles = append(roles, x.Chinese)
		}
	}
	return fmt.Sprintf("%s没有这个权限，归%s办。要办，请找有权限的同事。", actor.Role.Chinese(), strings.Join(roles, "、"))
}

func withStop(s string) string {
	if s == "" || strings.HasSuffix(s, "。") {
		return s
	}
	return s + "。"
}

// nothingHere answers addresses that lead nowhere.
func (s *Site) nothingHere(w http.ResponseWriter, r *http.Request) {
	s.Refuse(w, r, &problem.Problem{Kind: problem.NotFound, Code: "not_found"})
}

// redirect sends the browser to a page; a part of a page that htmx asked for cannot hold another page, so htmx is told
// to go there itself.
func redirect(w http.ResponseWriter, r *http.Request, to string) {
	if r.Header.Get("HX-Request") != "" {
		w.Header().Set("HX-Redirect", to)
		w.WriteHeader(http.StatusNoContent)
		return
	}
	http.Redirect(ui.NoStore(w), r, to, http.StatusSeeOther)
}
