package work

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"bianmin/internal/access"
	"bianmin/internal/gate"
	"bianmin/internal/problem"
	"bianmin/internal/web/ui"
	"bianmin/internal/words"
)

// accountsPage lists who can sign in.
type accountsPage struct {
	Chrome  ui.Chrome
	Count   int
	Find    ui.Input
	Role    ui.Input
	Rows    []accountRow
	Next    string
	First   string
	Add     accountForm
	Link    *accountLink
	Said    string
	Refused *refusal
}

const accountRows = 50

func (s *Site) accounts(w http.ResponseWriter, r *http.Request) {
	s.showAccounts(w, r, http.StatusOK, accountsPage{})
}

// showAccounts fills the list around what was just done.
func (s *Site) showAccounts(w http.ResponseWriter, r *http.Request, status int, page accountsPage) {
	v := r.URL.Query()
	found, err := s.accountsLike(r.Context(), v.Get("q"), access.Role(v.Get("role")))
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	page.Count = len(found)
	shown, next := pageOf(found, v.Get("after"))
	for _, a := range shown {
		row := s.accountRow(a)
		row.Path, row.Again = "/accounts/"+url.PathEscape(a.Account), listAgain(v)
		page.Rows = append(page.Rows, row)
	}
	if next != "" {
		page.Next = accountsAt(v.Get("q"), v.Get("role"), next)
	}
	if v.Get("after") != "" {
		page.First = accountsAt(v.Get("q"), v.Get("role"), "")
	}
	page.Find = ui.Input{Name: "q", ID: "find", Label: "账号、姓名、地方", Value: v.Get("q"), Max: 60}
	page.Role = ui.Input{Name: "role", ID: "role-filter", Label: "岗位", Type: "select", Value: v.Get("role"), Options: roleOptions("不限")}
	if page.Add.Fields == nil {
		page.Add = s.accountForm(url.Values{}, nil)
	}
	page.Chrome = s.chrome(r, ui.ErrorTitle("账号", len(page.Add.Errors)), "/accounts")
	s.render(w, r, status, accounts(page))
}

// accountChange is one of the things that are done to an account.
func (s *Site) accountChange(said string, change func(ctx context.Context, by, account string) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		actor, _ := gate.Actor(r.Context())
		account := r.PathValue("account")
		var p *problem.Problem
		switch err := change(r.Context(), actor.Account, account); {
		case err == nil:
			s.showAccounts(w, r, http.StatusOK, accountsPage{Said: account + " " + said})
		case errors.As(err, &p) && p.Kind == problem.Refused:
			title, detail := words.Problem(p)
			s.showAccounts(w, r, http.StatusConflict, accountsPage{Refused: &refusal{Title: title, Detail: detail}})
		default:
			s.Refuse(w, r, err)
		}
	}
}

// accountReset takes the password away and shows the link to a new one.
func (s *Site) accountReset(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	account := r.PathValue("account")
	if err := s.Access.Reset(r.Context(), actor.Account, account); err != nil {
		s.Refuse(w, r, err)
		return
	}
	s.showLink(w, r, account, "原来的密码用不了了")
}
