package work

import (
	"errors"
	"net/http"
	"net/url"

	"bianmin/internal/gate"
	"bianmin/internal/problem"
	"bianmin/internal/web/ui"
)

// passwordPage sets a password by the one-time link.
type passwordPage struct {
	Chrome  ui.Chrome
	Account string
	Name    string
	Token   string
	First   ui.Input
	Again   ui.Input
	Errors  []ui.Mistake
}

const passwordHint = "至少 8 位，大写字母、小写字母、数字、符号里要有三种，不要有账号"

func (s *Site) setPassword(w http.ResponseWriter, r *http.Request) {
	page, err := s.passwordPage(r, r.URL.Query().Get("token"))
	if err != nil {
		s.spentLink(w, r, err)
		return
	}
	s.render(w, r, http.StatusOK, setPassword(page))
}

func (s *Site) passwordPage(r *http.Request, token string) (passwordPage, error) {
	a, err := s.Access.LinkOpens(r.Context(), token)
	if err != nil {
		return passwordPage{}, err
	}
	c := s.chrome(r, "设密码", "")
	c.Here = "/" // the address holds the link's secret
	return passwordPage{Chrome: c, Account: a.Account, Name: a.Name, Token: token,
		First: ui.Input{Name: "password", Label: "新密码", Type: "password", Autocomplete: "new-password", Focus: true, Max: 200,
			Hint: passwordHint},
		Again: ui.Input{Name: "again", Label: "再写一遍", Type: "password", Autocomplete: "new-password", Max: 200},
	}, nil
}

func (s *Site) setPasswordPost(w http.ResponseWriter, r *http.Request) {
	posted, err := form(w, r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	page, err := s.passwordPage(r, posted.Get("token"))
	if err != nil {
		s.spentLink(w, r, err)
		return
	}
	if posted.Get("password") != posted.Get("again") {
		page.wrong([]problem.Field{{Path: "again", Code: "different", Message: "两遍写的不一样"}})
		s.render(w, r, http.StatusUnprocessableEntity, setPassword(page))
		return
	}
	actor, err := s.Access.SetPassword(r.Context(), page.Token, posted.Get("password"))
	var p *problem.Problem
	switch {
	case err == nil:
		gate.DropCookie(w, r)
		redirect(w, r, "/sign-in?"+url.Values{"set": {"1"}, "account": {actor.Account}}.Encode())
	case errors.As(err, &p) && p.Kind == problem.Invalid:
		page.wrong(p.Fields)
		s.render(w, r, http.StatusUnprocessableEntity, setPassword(page))
	default:
		s.spentLink(w, r, err)
	}
}

func (p *passwordPage) wrong(fields []problem.Field) {
	p.First.Error, p.Again.Error = ui.ErrorAt(fields, "password"), ui.ErrorAt(fields, "again")
	p.Errors = ui.Mistakes(fields)
	p.First.Focus = false
	p.Chrome.Title = ui.ErrorTitle("设密码", len(fields))
}

// spentLink says that the link opens nothing any more.
func (s *Site) spentLink(w http.ResponseWriter, r *http.Request, err error) {
	var p *problem.Problem
	if !errors.As(err, &p) || p.Kind != problem.NotFound {
		s.Refuse(w, r, err)
		return
	}
	s.render(w, r, http.StatusNotFound, problemPaper(problemPage{Chrome: s.chrome(r, "链接用不了", ""),
		Title: "这个链接用不了", Detail: "链接只能用一次，7 天内有效。可能已经用过，可能过了期，也可能抄漏了字。请系统管理员再给一个。",
		Ways: []problemWay{{Href: "/sign-in", Words: "去登录"}}}))
}
