package work

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"bianmin/internal/access"
	"bianmin/internal/gate"
	"bianmin/internal/place"
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
	Clock   *clockForm
}

type accountRow struct {
	Account, Name, Role, Place string
	Path                       string // what is done to it begins with this
	Again                      string // and ends with this: the list as it is now
	Disabled, NoPassword       bool
}

// accountLink is the one-time link that sets a password. It is shown once and stands in no address of ours.
type accountLink struct{ Account, Name, Address string }

type accountForm struct {
	Fields []ui.Input
	Errors []ui.Mistake
	Open   bool
}

// clockForm moves the demonstration's clock.
type clockForm struct {
	Now   string
	Steps []ui.Option
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
	if s.Demo && s.MoveClock != nil {
		page.Clock = &clockForm{Now: moment(s.Clock.Now()), Steps: clockSteps}
	}
	page.Chrome = s.chrome(r, ui.ErrorTitle("账号", len(page.Add.Errors)), "/accounts")
	s.render(w, r, status, accounts(page))
}

// accountsLike reads all accounts and keeps what is like the query: there are some hundreds.
func (s *Site) accountsLike(ctx context.Context, query string, role access.Role) ([]access.Account, error) {
	const most = 500
	query = strings.ToLower(strings.TrimSpace(query))
	var found []access.Account
	for after := ""; ; {
		list, err := s.Access.Accounts(ctx, after, most)
		if err != nil {
			return nil, err
		}
		for _, a := range list {
			row := s.accountRow(a)
			like := strings.Contains(strings.ToLower(row.Account+" "+row.Name+" "+row.Place), query)
			if like && (role == "" || a.Role == role) {
				found = append(found, a)
			}
		}
		if len(list) < most {
			return found, nil
		}
		after = list[len(list)-1].Account
	}
}

// pageOf is the part of the list behind an account, and the account that the next part is behind; empty on the last.
func pageOf(list []access.Account, after string) (part []access.Account, next string) {
	from := 0
	for from < len(list) && list[from].Account <= after {
		from++
	}
	part = list[from:]
	if len(part) > accountRows {
		return part[:accountRows], part[accountRows-1].Account
	}
	return part, ""
}

// listAgain is the question of the list, for the addresses that answer with the list.
func listAgain(v url.Values) string {
	if len(v) == 0 {
		return ""
	}
	return "?" + v.Encode()
}

func accountsAt(query, role, after string) string {
	v := url.Values{}
	for name, value := range map[string]string{"q": query, "role": role, "after": after} {
		if value != "" {
			v.Set(name, value)
		}
	}
	return "/accounts?" + v.Encode()
}

func (s *Site) accountRow(a access.Account) accountRow {
	row := accountRow{Account: a.Account, Name: a.Name, Role: a.Role.Chinese(), Disabled: a.Disabled, NoPassword: !a.HasPassword()}
	if p, ok := s.Places.Place(a.Place); ok {
		row.Place = p.Name
		if above, ok := s.Places.Place(p.Parent); ok && p.Kind == place.Room {
			row.Place = above.Name + p.Name
		}
	}
	if a.Unit != "" {
		row.Place = s.Places.UnitName(a.Unit, a.Place)
	}
	return row
}

func roleOptions(nothing string) []ui.Option {
	list := []ui.Option{{Value: "", Label: nothing}}
	for _, x := range access.Roles {
		list = append(list, ui.Option{Value: string(x.Role), Label: x.Chinese})
	}
	return list
}

// accountForm asks for a new account.
func (s *Site) accountForm(typed url.Values, wrong []problem.Field) accountForm {
	f := accountForm{Errors: ui.Mistakes(wrong), Open: len(wrong) > 0}
	add := func(in ui.Input) {
		in.Value, in.Error = typed.Get(in.Name), ui.ErrorAt(wrong, in.Name)
		f.Fields = append(f.Fields, in)
	}
	units := []ui.Option{{Value: "", Label: "不属于部门"}}
	for _, u := range s.Places.Units() {
		units = append(units, ui.Option{Value: u.Code, Label: u.Name})
	}
	add(ui.Input{Name: "account", Label: "账号", Hint: "小写字母开头，只有小写字母、数字、短横线", Max: 60})
	add(ui.Input{Name: "name", Label: "姓名", Max: 50})
	add(ui.Input{Name: "role", Label: "岗位", Type: "select", Options: roleOptions("请选")})
	add(ui.Input{Name: "place", Label: "在哪里", Hint: "名称或者 12 位区划代码，例如高家堡镇", Max: 40})
	add(ui.Input{Name: "unit", Label: "部门", Hint: "只有部门经办要选", Type: "select", Options: units})
	return f
}

// accountAdd makes an account and shows the link that sets its password.
func (s *Site) accountAdd(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	posted, err := form(w, r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	a := access.Account{Account: strings.TrimSpace(posted.Get("account")), Name: strings.TrimSpace(posted.Get("name")),
		Role: access.Role(posted.Get("role")), Place: s.placeMeant(posted.Get("place")), Unit: posted.Get("unit")}
	err = s.Access.Add(r.Context(), actor.Account, a, "")
	var p *problem.Problem
	switch {
	case err == nil:
		s.showLink(w, r, a.Account, "加好了")
	case errors.As(err, &p) && p.Kind == problem.Invalid:
		s.showAccounts(w, r, http.StatusUnprocessableEntity, accountsPage{Add: s.accountForm(posted, p.Fields)})
	default:
		s.Refuse(w, r, err)
	}
}

// placeMeant takes a place by its code or by its name, when only one has it.
func (s *Site) placeMeant(typed string) place.Code {
	typed = strings.TrimSpace(typed)
	var found []place.Place
	for _, p := range s.Places.All() {
		town, _ := s.Places.Place(p.Parent)
		if p.Name == typed || p.Service == typed || town.Name+p.Name == typed {
			found = append(found, p)
		}
	}
	if len(found) == 1 {
		return found[0].Code
	}
	return place.Code(typed) // the rule says what is wrong with it
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

func (s *Site) showLink(w http.ResponseWriter, r *http.Request, account, said string) {
	a, err := s.Access.Account(r.Context(), account)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	token, err := s.Access.LinkToken(r.Context(), account)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	s.showAccounts(w, r, http.StatusOK, accountsPage{Said: account + " " + said,
		Link: &accountLink{Account: account, Name: a.Name, Address: origin(r) + "/set-password?" + url.Values{"token": {token}}.Encode()}})
}

// origin is the address under which the browser reached us.
func origin(r *http.Request) string {
	if r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https" {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}
