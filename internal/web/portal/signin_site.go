package portal

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"bianmin/internal/access"
	"bianmin/internal/gate"
	"bianmin/internal/ident"
	"bianmin/internal/problem"
	"bianmin/internal/web/ui"
	"bianmin/internal/words"
)

// People signs citizens in and out.
type People interface {
	Ask(ctx context.Context, phone, address string) error
	SignIn(ctx context.Context, phone, code, address string) (token string, who access.Actor, err error)
	SignOut(ctx context.Context, who access.Actor, token string) error
	Phone(ctx context.Context, token string) (ident.Phone, error)
	SignOutEverywhere(ctx context.Context, who access.Actor) (ended int64, err error)
}

const (
	myPath      = "/my"
	signInPath  = "/my/sign-in"
	signOutPath = "/my/sign-out"
)

func (s *Site) registerSignIn(g *gate.Gate) {
	page := func(pattern string, p access.Permission, h http.HandlerFunc) {
		g.Handle(gate.Route{Pattern: pattern, Permission: p, Face: gate.My}, h)
	}
	page("GET "+signInPath, access.Public, s.signIn)
	page("POST /my/code", access.Public, s.sendCode)
	page("POST "+signInPath, access.Public, s.signInPost)
	page("POST "+signOutPath, access.Public, s.signOut)
	page("POST /my/sign-out-everywhere", access.OwnCases, s.signOutEverywhere)
}

// signInPage asks for the telephone, and then for the code.
type signInPage struct {
	Chrome ui.Chrome
	Said   string
	Next   string
	Phone  ui.Input
	Code   ui.Input
	Typed  string // the telephone to which the code goes; empty at first
	Masked string
	Refuse string // what stands over the form when no field is wrong
	Unable bool   // nobody brings codes
	Errors []ui.Mistake
}

func (s *Site) signIn(w http.ResponseWriter, r *http.Request) {
	next := local(r.URL.Query().Get("next"))
	if _, ok := gate.Citizen(r.Context()); ok {
		redirect(w, r, next)
		return
	}
	page := s.signInPage(r, "", next)
	switch {
	case r.URL.Query().Has("out"):
		page.Said = "退出了。"
	case next != myPath:
		page.Said = "请先登录，登录以后接着办。"
	}
	s.render(ui.NoStore(w), r, http.StatusOK, signInPaper(page))
}

func (s *Site) signInPage(r *http.Request, phone, next string) signInPage {
	p := signInPage{Chrome: s.chrome(r, "登录"), Next: next,
		Phone: ui.Input{Name: "phone", Label: "手机号", Hint: "验证码发到这个手机上，不用注册", Value: phone, InputMode: "tel", Autocomplete: "tel", Max: 30, Type: "tel"},
		Code:  ui.Input{Name: "code", Label: "验证码", Hint: "短信里的 6 位数字，5 分钟内有效", InputMode: "numeric", Autocomplete: "one-time-code", Small: true, Max: 12}}
	if s.Demo {
		p.Chrome.Try = "演示不发短信：验证码在系统管理员（admin）的“已发短信”里"
	}
	return p
}

// sendCode sends a code and asks for it. The telephone stays in forms: it stands in no address.
func (s *Site) sendCode(w http.ResponseWriter, r *http.Request) {
	posted, err := form(w, r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	page := s.signInPage(r, posted.Get("phone"), local(posted.Get("next")))
	err = s.People.Ask(r.Context(), posted.Get("phone"), gate.Address(r))
	p, status := signInProblem(err)
	switch {
	case err == nil:
		page.asks(posted.Get("phone"))
		s.render(ui.NoStore(w), r, http.StatusOK, signInPaper(page))
		return
	case p == nil || p.Kind == problem.Unavailable && p.Code != "no_messages":
		s.Refuse(w, r, err)
		return
	case p.Code == "no_messages":
		page.Unable = true
	case p.Code == "code_too_soon":
		page.asks(posted.Get("phone")) // the one that was sent is still good
	}
	page.refuse(w, p)
	s.render(ui.NoStore(w), r, status, signInPaper(page))
}

func (s *Site) signInPost(w http.ResponseWriter, r *http.Request) {
	posted, err := form(w, r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	page := s.signInPage(r, posted.Get("phone"), local(posted.Get("next")))
	page.asks(posted.Get("phone"))
	token, _, err := s.People.SignIn(r.Context(), posted.Get("phone"), posted.Get("code"), gate.Address(r))
	if err == nil {
		gate.SetCitizenCookie(w, r, token)
		redirect(w, r, page.Next)
		return
	}
	p, status := signInProblem(err)
	if p == nil || p.Kind == problem.Unavailable {
		s.Refuse(w, r, err)
		return
	}
	if page.Code.Value = posted.Get("code"); ui.ErrorAt(p.Fields, "phone") != "" {
		page.Typed = ""
	}
	page.refuse(w, p)
	s.render(ui.NoStore(w), r, status, signInPaper(page))
}

// asks makes it the page that asks for the code.
func (p *signInPage) asks(phone string) {
	p.Typed, p.Code.Focus = phone, true
	shown := []rune(strings.TrimSpace(phone))
	p.Masked = "尾号 " + string(shown[max(0, len(shown)-4):])
	p.Chrome.Title = "登录，填验证码"
}

// refuse says at the form what is wrong.
func (p *signInPage) refuse(w http.ResponseWriter, no *problem.Problem) {
	if no.Kind == problem.TooMany {
		w.Header().Set("Retry-After", fmt.Sprint(no.Facts["retry_after"]))
	}
	p.Code.Focus = false
	p.Errors = ui.Mistakes(no.Fields)
	p.Phone.Error, p.Code.Error = ui.ErrorAt(no.Fields, "phone"), ui.ErrorAt(no.Fields, "code")
	if len(no.Fields) == 0 {
		title, detail := words.Problem(no)
		p.Refuse = title + "。" + detail
		if no.Code == "wrong_sms_code" {
			p.Code.Error = title
			p.Refuse, p.Errors = "", []ui.Mistake{{ID: ui.FieldID("code"), Message: title + "。" + detail}}
		}
	}
	p.Chrome.Title = "错误：" + p.Chrome.Title
}

// signInProblem is what went wrong and its status; nil for what no form can say.
func signInProblem(err error) (*problem.Problem, int) {
	var p *problem.Problem
	if !errors.As(err, &p) {
		return nil, http.StatusServiceUnavailable
	}
	return p, statusOf(p)
}

func (s *Site) signOut(w http.ResponseWriter, r *http.Request) {
	if who, ok := gate.Citizen(r.Context()); ok {
		if err := s.People.SignOut(r.Context(), who, gate.CitizenToken(gate.My, r)); err != nil {
			s.Refuse(w, r, err)
			return
		}
	}
	gate.DropCitizenCookie(w, r)
	letGo(w, r)
	redirect(w, r, signInPath+"?out")
}

func (s *Site) signOutEverywhere(w http.ResponseWriter, r *http.Request) {
	who, _ := gate.Citizen(r.Context())
	if _, err := s.People.SignOutEverywhere(r.Context(), who); err != nil {
		s.Refuse(w, r, err)
		return
	}
	gate.DropCitizenCookie(w, r)
	letGo(w, r)
	redirect(w, r, signInPath+"?out")
}

// formMost bounds a posted form, in bytes.
const formMost = 64 << 10

// form reads what was posted. Bytes that are no text are refused, like a form too large.
func form(w http.ResponseWriter, r *http.Request) (url.Values, error) {
	r.Body = http.MaxBytesReader(w, r.Body, formMost)
	var tooLarge *http.MaxBytesError
	if err := r.ParseForm(); errors.As(err, &tooLarge) {
		return nil, &problem.Problem{Kind: problem.Malformed, Code: "body_too_large"}
	} else if err != nil {
		return nil, &problem.Problem{Kind: problem.Malformed, Code: "body_unreadable"}
	}
	for name, values := range r.PostForm {
		for _, v := range append(values, name) {
			if !utf8.ValidString(v) || strings.ContainsRune(v, 0) {
				return nil, &problem.Problem{Kind: problem.Malformed, Code: "not_utf8"}
			}
		}
	}
	return r.PostForm, nil
}

// local lets through what leads to a page of the portal, and makes anything else a citizen's first page.
func local(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || !strings.HasPrefix(u.Path, "/") || u.Path == "/" ||
		strings.HasPrefix(u.Path, "//") || strings.ContainsAny(address, "\\\r\n\t") || strings.HasPrefix(address, "//") ||
		strings.HasPrefix(u.Path, signInPath) {
		return myPath
	}
	return address
}

// redirect sends the browser to a page.
func redirect(w http.ResponseWriter, r *http.Request, to string) {
	http.Redirect(ui.NoStore(w), r, to, http.StatusSeeOther)
}
