package work

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/gate"
	"bianmin/internal/problem"
	"bianmin/internal/web/ui"
	"bianmin/internal/words"
)

// signInPage asks for account and password.
type signInPage struct {
	Chrome   ui.Chrome
	Account  ui.Input
	Password ui.Input
	Next     string
	Refused  *refusal
	Errors   []ui.Mistake
	Said     string // why one is here
	Demo     bool
	Held     string // what was posted without a session: kept as a draft after signing in
	Passkey  *passkeyForm
}

func (s *Site) signIn(w http.ResponseWriter, r *http.Request) {
	if actor, ok := gate.Actor(r.Context()); ok {
		redirect(w, r, onwards(r.URL.Query().Get("next"), actor))
		return
	}
	page := s.signInPage(r, r.URL.Query().Get("account"), r.URL.Query().Get("next"))
	switch {
	case r.URL.Query().Has("set"):
		page.Said = "密码设好了，请登录"
	case page.Next != "":
		page.Said = "请先登录，登录以后接着办"
	}
	s.render(w, r, http.StatusOK, signIn(page))
}

// signInHolding asks to sign in, and holds what was posted meanwhile.
func (s *Site) signInHolding(w http.ResponseWriter, r *http.Request, held string) {
	page := s.signInPage(r, "", "")
	page.Held, page.Said = held, "离开太久，为安全退出了。填的还在，登录接着办"
	s.render(w, r, http.StatusUnauthorized, signIn(page))
}

func (s *Site) signInPage(r *http.Request, account, next string) signInPage {
	if next != "" {
		next = local(next)
	}
	return signInPage{
		Chrome: s.chrome(r, "登录", ""), Next: next, Demo: s.Demo, Passkey: s.passkeyGet(r, next),
		Account:  ui.Input{Name: "account", Label: "账号", Value: account, Autocomplete: "username", Focus: account == "", Max: 60},
		Password: ui.Input{Name: "password", Label: "密码", Type: "password", Autocomplete: "current-password", Focus: account != "", Max: 200},
	}
}

func (s *Site) signInPost(w http.ResponseWriter, r *http.Request) {
	posted, err := form(w, r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	page := s.signInPage(r, posted.Get("account"), posted.Get("next"))
	page.Held = posted.Get("held")
	if page.missing(posted) {
		s.render(w, r, http.StatusUnprocessableEntity, signIn(page))
		return
	}
	door, err := s.Access.Knock(r.Context(), posted.Get("account"), posted.Get("password"), gate.From(r))
	var p *problem.Problem
	switch {
	case err == nil:
		s.afterDoor(w, r, door, s.held(r, page, door.Actor))
	case errors.As(err, &p) && (p.Kind == problem.Unauthenticated || p.Kind == problem.TooMany):
		page.refuse(p)
		status := http.StatusUnauthorized
		if p.Kind == problem.TooMany {
			status = http.StatusTooManyRequests
			w.Header().Set("Retry-After", strconv.Itoa(retryAfter(p)))
		}
		s.render(w, r, status, signIn(page))
	default:
		s.Refuse(w, r, err)
	}
}

// missing says what was left open.
func (p *signInPage) missing(posted url.Values) bool {
	if p.Account.Value == "" {
		p.Account.Error = "请写账号"
		p.Errors = append(p.Errors, ui.Mistake{ID: ui.FieldID("account"), Message: p.Account.Error})
	}
	if posted.Get("password") == "" {
		p.Password.Error = "请写密码"
		p.Errors = append(p.Errors, ui.Mistake{ID: ui.FieldID("password"), Message: p.Password.Error})
	}
	p.Chrome.Title = ui.ErrorTitle("登录", len(p.Errors))
	return len(p.Errors) > 0
}

func (p *signInPage) refuse(no *problem.Problem) {
	title, detail := words.Problem(no)
	p.Refused = &refusal{Title: title, Detail: detail}
	p.Chrome.Title = "错误：登录，" + title
	p.Account.Focus, p.Password.Focus = false, false // the focus goes to what was said
}

func retryAfter(p *problem.Problem) int {
	if n, ok := p.Facts["retry_after"].(int); ok {
		return n
	}
	return int(time.Minute / time.Second)
}

// held keeps what was posted without a session as a draft of whoever signed in, and leads to it; else to the page that
// asked.
func (s *Site) held(r *http.Request, page signInPage, actor access.Actor) (next string) {
	if page.Held == "" {
		return page.Next
	}
	next, err := s.takeIn(r.Context(), actor, page.Held)
	if err != nil {
		s.Log.ErrorContext(r.Context(), "keeping what was posted without a session", "error", err)
	}
	if next == "" {
		return page.Next
	}
	return next
}

// onwards is where a person goes after signing in: to a draft that was interrupted, unless another page asked.
func (s *Site) onwards(r *http.Request, next string, actor access.Actor) string {
	if next == "" || next == "/" || next == counterHome {
		back, err := s.backTo(r.Context(), actor)
		if err != nil {
			s.Log.ErrorContext(r.Context(), "going on with a draft", "error", err)
		}
		if back != "" {
			return back
		}
	}
	return onwards(next, actor)
}

// onwards leads back to the page that asked, else to the day's first.
func onwards(next string, actor access.Actor) string {
	if next = local(next); next != "/" {
		return next
	}
	return startOf(actor.Role)
}

// signOut ends the session in all tabs.
func (s *Site) signOut(w http.ResponseWriter, r *http.Request) {
	if actor, ok := gate.Actor(r.Context()); ok {
		if err := s.Access.SignOut(r.Context(), actor, gate.Token(r)); err != nil {
			s.Refuse(w, r, err)
			return
		}
	}
	gate.DropCookie(w, r)
	if s.Demo {
		redirect(w, r, demoPath)
		return
	}
	redirect(w, r, "/")
}

// sizes is the switch for large print; it is kept by the browser for a year.
func (s *Site) sizes(w http.ResponseWriter, r *http.Request) {
	posted, err := form(w, r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	size := posted.Get("size")
	if size != ui.Large && size != ui.Larger {
		size = ui.Normal
	}
	http.SetCookie(w, &http.Cookie{Name: ui.SizeCookie, Value: size, Path: "/", MaxAge: int(365 * 24 * time.Hour / time.Second), SameSite: http.SameSiteLaxMode, HttpOnly: true})
	redirect(w, r, local(posted.Get("back")))
}
