package portal

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

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
	Ask    bool // offers to look for the matter again
	Ways   []ui.NavItem
}

// elsewhere are the ways on from a page that could not be shown.
var elsewhere = []ui.NavItem{{Href: myPath, Label: "我的办件"}, {Href: "/follow", Label: "查进度"}}

// missing says what was looked for and is not there: a matter, an application under way, or a page at all. Of a case
// nothing is said but that it was not found.
func (p *problemPage) missing(pattern, path string) {
	switch {
	case pattern == "/":
		p.Title, p.Detail, p.Ask = "没有这一页", "网址不对，或者这一页没有了。要办什么，在这里查。", true
		p.Ways = append([]ui.NavItem{{Href: "/", Label: "回首页"}}, elsewhere...)
	case strings.HasPrefix(path, "/guide/"), strings.HasPrefix(path, "/file/"):
		p.Title, p.Detail, p.Ask = "没有找到这件事", "也许换了名字，也许网上不能办。换个说法再找一找。", true
		p.Ways = []ui.NavItem{{Href: "/guide", Label: "看全部事项"}}
	case strings.HasPrefix(path, "/filing/"):
		p.Title, p.Detail = "没有找到这份申请", "没有登录时填的，只在那台手机（电脑）上留 1 天。用手机号登录过的，登录以后接着填。"
		p.Ways = []ui.NavItem{{Href: signInPath, Label: "用手机号登录"}, {Href: "/guide?online=1", Label: "重新填一份"}}
	}
}

// statuses maps the kinds of problem to those of HTTP.
var statuses = map[problem.Kind]int{
	problem.Unauthenticated: http.StatusUnauthorized, problem.Malformed: http.StatusBadRequest, problem.NotFound: http.StatusNotFound,
	problem.Forbidden: http.StatusForbidden, problem.Invalid: http.StatusUnprocessableEntity, problem.Stale: http.StatusConflict,
	problem.Refused: http.StatusConflict, problem.TooMany: http.StatusTooManyRequests, problem.Unavailable: http.StatusServiceUnavailable,
}

func statusOf(p *problem.Problem) int {
	switch p.Code {
	case "body_too_large":
		return http.StatusRequestEntityTooLarge
	case "storage_full":
		return http.StatusInsufficientStorage
	}
	return statuses[p.Kind]
}

// Refuse is the portal's gate.Refuser: who is not signed in goes to the sign-in page and comes back; all else is a page
// that says what happened and what can be done.
func (s *Site) Refuse(w http.ResponseWriter, r *http.Request, err error) {
	var p *problem.Problem
	if !errors.As(err, &p) {
		s.Log.ErrorContext(r.Context(), "a page of the portal could not be made", "route", r.Pattern, "error", err) // an address may hold a number
		if p = db.Trouble(err); p == nil {
			p = &problem.Problem{Kind: problem.Unavailable, Code: "unavailable"}
		}
	}
	if p.Kind == problem.Unauthenticated {
		gate.DropCitizenCookie(w, r)
		redirect(w, r, signInPath+"?"+url.Values{"next": {from(r)}}.Encode())
		return
	}
	if p.Kind == problem.TooMany {
		w.Header().Set("Retry-After", fmt.Sprint(p.Facts["retry_after"]))
	}
	page := problemPage{}
	page.Title, page.Detail = words.Problem(p)
	if page.Detail != "" && !strings.HasSuffix(page.Detail, "。") {
		page.Detail += "。"
	}
	if p.Kind == problem.Unavailable {
		page.Detail += "没有交上去的还在上一页，退回去再交一次。"
	}
	if page.Ways = elsewhere; p.Kind == problem.NotFound {
		page.missing(r.Pattern, r.URL.Path)
	}
	page.Chrome = s.chrome(r, page.Title)
	s.render(ui.NoStore(w), r, statusOf(p), problemPaper(page))
}

// from is the page to come back to; when a form was sent, a citizen's first page.
func from(r *http.Request) string {
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return r.URL.RequestURI()
	}
	return myPath
}
