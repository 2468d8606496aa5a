package work

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"bianmin/internal/access"
	"bianmin/internal/gate"
	"bianmin/internal/place"
	"bianmin/internal/problem"
	"bianmin/internal/web/ui"
)

// accountLink is the one-time link that sets a password. It is shown once and stands in no address of ours.
type accountLink struct{ Account, Name, Address string }

type accountForm struct {
	Fields []ui.Input
	Errors []ui.Mistake
	Open   bool
	To     string
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
	f := accountForm{To: "/accounts", Errors: ui.Mistakes(wrong), Open: len(wrong) > 0}
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
	add(ui.Input{Name: "unit", Label: "部门", Hint: "部门经办和部门负责人要选", Type: "select", Options: units})
	return f
}

// accountAdd makes an account and shows the link that sets its password.
func (s *Site) accountAdd(w http.ResponseWriter, r *http.Request, posted url.Values) {
	actor, _ := gate.Actor(r.Context())
	a := access.Account{Account: strings.TrimSpace(posted.Get("account")), Name: strings.TrimSpace(posted.Get("name")),
		Role: access.Role(posted.Get("role")), Place: s.placeMeant(posted.Get("place")), Unit: posted.Get("unit")}
	err := s.Access.Add(r.Context(), actor.Account, a, "")
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
	link := &accountLink{Account: account, Name: a.Name, Address: gate.Origin(r, "") + "/set-password?" + url.Values{"token": {token}}.Encode()}
	if r.URL.Query().Has("one") {
		s.showAccount(w, r, http.StatusOK, accountPage{Said: account + " " + said, Link: link})
		return
	}
	s.showAccounts(w, r, http.StatusOK, accountsPage{Said: account + " " + said, Link: link})
}
