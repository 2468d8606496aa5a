package work

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"bianmin/internal/access"
	"bianmin/internal/gate"
	"bianmin/internal/problem"
	"bianmin/internal/web/ui"
	"bianmin/internal/words"
)

// accountPage is one account, with everything that can be done to it and was.
type accountPage struct {
	Chrome   ui.Chrome
	Said     string
	Refused  *refusal
	Row      accountRow
	Edit     accountForm
	Link     *accountLink
	Factor   factorShown
	Sessions sessionsShown
	SignIns  signInsShown
	Record   []recordLine
	Own      bool
}

func (s *Site) account(w http.ResponseWriter, r *http.Request) {
	page := accountPage{}
	switch r.URL.Query().Get("done") {
	case "session":
		page.Said = "那台设备退出了"
	case "sessions":
		page.Said = "全部退出了"
	case "changed":
		page.Said = "改好了"
	}
	s.showAccount(w, r, http.StatusOK, page)
}

func (s *Site) showAccount(w http.ResponseWriter, r *http.Request, status int, page accountPage) {
	actor, _ := gate.Actor(r.Context())
	a, err := s.Access.Account(r.Context(), r.PathValue("account"))
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	path := "/accounts/" + url.PathEscape(a.Account)
	page.Row, page.Own = s.accountRow(a), a.Account == actor.Account
	page.Row.Path, page.Row.Again = path, "?one"
	needed, err := s.Access.FactorRequired(r.Context(), a.Role)
	if err == nil {
		page.Factor = s.factorShown(a, needed)
		if !page.Own {
			page.Factor.Reset = path + "/factors/reset?one"
		}
		page.Sessions, err = s.sessionsShown(r, a.Account, gate.Token(r), path+"/sessions")
	}
	if err == nil {
		page.SignIns, err = s.signInsShown(r, a.Account, path)
	}
	if err == nil {
		page.Record, err = s.recordShown(r, a.Account)
	}
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	if page.Edit.Fields == nil {
		page.Edit = s.editForm(url.Values{"name": {a.Name}, "role": {string(a.Role)}, "place": {s.placeTyped(a)}, "unit": {a.Unit}}, nil)
	}
	page.Edit.To = path + "?one"
	page.Chrome = s.chrome(r, ui.ErrorTitle(a.Name, len(page.Edit.Errors)), "/accounts")
	if r.Method != http.MethodGet {
		page.Chrome.Here = path
	}
	s.render(w, r, status, accountSheet(page))
}

// placeTyped is how one would type the place: by its name when only one has it, else by its code.
func (s *Site) placeTyped(a access.Account) string {
	typed := access.PlaceWords(s.Places, access.Seat{Place: a.Place})
	if s.placeMeant(typed) == a.Place {
		return typed
	}
	return string(a.Place)
}

// editForm is the form of a new account without its name, which never changes.
func (s *Site) editForm(typed url.Values, wrong []problem.Field) accountForm {
	f := s.accountForm(typed, wrong)
	f.Fields = f.Fields[1:]
	return f
}

func (s *Site) accountEdit(w http.ResponseWriter, r *http.Request, posted url.Values) {
	actor, _ := gate.Actor(r.Context())
	to := access.Account{Account: r.PathValue("account"), Name: strings.TrimSpace(posted.Get("name")),
		Role: access.Role(posted.Get("role")), Place: s.placeMeant(posted.Get("place")), Unit: posted.Get("unit")}
	err := s.Access.Change(r.Context(), actor.Account, to)
	var p *problem.Problem
	switch {
	case err == nil && to.Account == actor.Account && to.Role != actor.Role:
		redirect(w, r, "/sign-in")
	case err == nil:
		redirect(w, r, "/accounts/"+url.PathEscape(to.Account)+"?done=changed")
	case errors.As(err, &p) && p.Kind == problem.Invalid:
		s.showAccount(w, r, http.StatusUnprocessableEntity, accountPage{Edit: s.editForm(posted, p.Fields)})
	case errors.As(err, &p) && p.Kind == problem.Refused:
		title, detail := words.Problem(p)
		edit := s.editForm(posted, nil)
		edit.Open = true
		s.showAccount(w, r, http.StatusConflict, accountPage{Edit: edit, Refused: &refusal{Title: title, Detail: detail}})
	default:
		s.Refuse(w, r, err)
	}
}

func (s *Site) accountFactorsReset(w http.ResponseWriter, r *http.Request, _ url.Values) {
	actor, _ := gate.Actor(r.Context())
	account := r.PathValue("account")
	s.accountDone(w, r, account+" 的登录验证清除了，下次登录要重新设", s.Access.ResetFactors(r.Context(), actor, account))
}

func (s *Site) accountSessionEnd(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	account := r.PathValue("account")
	if err := s.Access.EndSession(r.Context(), actor.Account, account, r.PathValue("session")); err != nil {
		s.Refuse(w, r, err)
		return
	}
	redirect(w, r, "/accounts/"+url.PathEscape(account)+"?done=session#sessions")
}

func (s *Site) accountSessionsEnd(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	account := r.PathValue("account")
	if err := s.Access.EndSessions(r.Context(), actor.Account, account, ""); err != nil {
		s.Refuse(w, r, err)
		return
	}
	redirect(w, r, "/accounts/"+url.PathEscape(account)+"?done=sessions#sessions")
}
