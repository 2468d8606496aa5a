package work

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"bianmin/internal/access"
	"bianmin/internal/gate"
	"bianmin/internal/problem"
	workbook "bianmin/internal/sheet"
	"bianmin/internal/web/ui"
	"bianmin/internal/words"
)

// accountsPage lists who can sign in.
type accountsPage struct {
	// NoScanner: nothing looks for malware in what is uploaded.
	NoScanner bool
	Chrome    ui.Chrome
	Count     int
	Filters   []ui.Input
	Heads     []sortHead
	Rows      []accountRow
	Pager     pagerShown
	Sheet     string
	Add       accountForm
	Link      *accountLink
	Rule      *factorRuleShown
	Said      string
	Refused   *refusal
}

// factorRuleShown is the demonstration's switch, and how many of those who need a factor have one.
type factorRuleShown struct {
	On        bool
	Need, Has int
	Switch    bool
}

// pagerShown leads through a list: 第 2 页，共 15 页.
type pagerShown struct{ Words, First, Before, Next string }

const accountRows = 50

func (s *Site) accounts(w http.ResponseWriter, r *http.Request) {
	page := accountsPage{}
	if said := r.URL.Query().Get("rule"); said != "" {
		page.Said = map[string]string{"on": "从现在起，管着别人的岗位登录要再验证一步", "off": "不再要求登录验证"}[said]
	}
	s.showAccounts(w, r, http.StatusOK, page)
}

// showAccounts fills the list around what was just done.
func (s *Site) showAccounts(w http.ResponseWriter, r *http.Request, status int, page accountsPage) {
	page.NoScanner = s.Files != nil && !s.Files.Scans()
	q := accountQueryOf(r.URL.Query())
	found, err := s.Access.Find(r.Context(), q.Query)
	if err == nil {
		page.Rule, err = s.factorRuleShown(r.Context())
	}
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	page.Count = len(found)
	shown, pager := pageOf(found, q.Page, accountRows, func(n int) string { q := q; q.Page = n; return q.at("/accounts") })
	page.Pager, page.Heads, page.Sheet = pager, accountHeads(q), q.at("/accounts.xlsx")
	for _, a := range shown {
		row := s.accountRow(a)
		row.Path, row.Again = "/accounts/"+url.PathEscape(a.Account), listAgain(r.URL.Query())
		page.Rows = append(page.Rows, row)
	}
	page.Filters = s.accountFilters(q)
	if page.Add.Fields == nil {
		page.Add = s.accountForm(url.Values{"role": {r.URL.Query().Get("add_role")}, "place": {r.URL.Query().Get("add_place")}, "unit": {r.URL.Query().Get("add_unit")}}, nil)
		page.Add.Open = r.URL.Query().Has("add_role")
	}
	page.Chrome = s.chrome(r, ui.ErrorTitle("账号", len(page.Add.Errors)), "/accounts")
	s.render(w, r, status, accounts(page))
}

func (s *Site) factorRuleShown(ctx context.Context) (*factorRuleShown, error) {
	all, err := s.Access.All(ctx)
	if err != nil {
		return nil, err
	}
	on, err := s.Access.FactorRequired(ctx, access.Admin)
	rule := &factorRuleShown{On: on, Switch: s.SetFactorRule != nil}
	for _, a := range all {
		if a.Disabled || !a.Role.NeedsFactor() {
			continue
		}
		rule.Need++
		if a.Factors().Has() {
			rule.Has++
		}
	}
	return rule, err
}

// factorRule switches the demonstration's requirement.
func (s *Site) factorRule(w http.ResponseWriter, r *http.Request, posted url.Values) {
	actor, _ := gate.Actor(r.Context())
	on := posted.Get("required") == "on"
	if err := s.SetFactorRule(r.Context(), actor, on); err != nil {
		s.Refuse(w, r, err)
		return
	}
	redirect(w, r, "/accounts?rule="+map[bool]string{true: "on", false: "off"}[on])
}

// accountsSheet gives the list, as it is filtered, as a workbook.
func (s *Site) accountsSheet(w http.ResponseWriter, r *http.Request) {
	found, err := s.Access.Find(r.Context(), accountQueryOf(r.URL.Query()).Query)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	text := func(head string, width float64, get func(accountRow, access.Account) string) workbook.Column[access.Account] {
		return workbook.Column[access.Account]{Head: head, Width: width, Value: func(a access.Account) any { return get(s.accountRow(a), a) }}
	}
	columns := []workbook.Column[access.Account]{
		text("账号", 26, func(_ accountRow, a access.Account) string { return a.Account }),
		text("姓名", 12, func(_ accountRow, a access.Account) string { return a.Name }),
		text("岗位", 14, func(x accountRow, _ access.Account) string { return x.Role }),
		text("在哪里", 28, func(x accountRow, _ access.Account) string { return x.Place }),
		text("区划代码", 16, func(_ accountRow, a access.Account) string { return string(a.Place) }),
		text("状态", 12, func(x accountRow, _ access.Account) string { return x.State.Words }),
		text("登录验证", 16, func(x accountRow, _ access.Account) string { return x.Factor }),
	}
	s.sendSheet(w, r, "账号", func() error { return workbook.Write(w, "账号", columns, found) })
}

// sendSheet answers with a workbook of a Chinese name.
func (s *Site) sendSheet(w http.ResponseWriter, r *http.Request, name string, write func() error) {
	h := ui.NoStore(w).Header()
	h.Set("Content-Type", workbook.Kind)
	h.Set("Content-Disposition", fmt.Sprintf(`attachment; filename="list%s"; filename*=UTF-8''%s%s`, workbook.Extension, url.PathEscape(name), workbook.Extension))
	if err := write(); err != nil {
		s.Log.ErrorContext(r.Context(), "a sheet could not be written", "route", r.Pattern, "error", err)
	}
}

// accountChange is one of the things that are done to an account.
func (s *Site) accountChange(said string, change func(ctx context.Context, by, account string) error) func(http.ResponseWriter, *http.Request, url.Values) {
	return func(w http.ResponseWriter, r *http.Request, _ url.Values) {
		actor, _ := gate.Actor(r.Context())
		account := r.PathValue("account")
		s.accountDone(w, r, account+" "+said, change(r.Context(), actor.Account, account))
	}
}

// accountDone shows what came of a change: on the account's own page when it was pressed there, else on the list.
func (s *Site) accountDone(w http.ResponseWriter, r *http.Request, said string, err error) {
	var p *problem.Problem
	var no *refusal
	status := http.StatusOK
	switch {
	case err == nil:
	case errors.As(err, &p) && p.Kind == problem.Refused:
		title, detail := words.Problem(p)
		no, said, status = &refusal{Title: title, Detail: detail}, "", http.StatusConflict
	default:
		s.Refuse(w, r, err)
		return
	}
	if r.URL.Query().Has("one") {
		s.showAccount(w, r, status, accountPage{Said: said, Refused: no})
		return
	}
	s.showAccounts(w, r, status, accountsPage{Said: said, Refused: no})
}

// accountReset takes the password away and shows the link to a new one.
func (s *Site) accountReset(w http.ResponseWriter, r *http.Request, _ url.Values) {
	actor, _ := gate.Actor(r.Context())
	account := r.PathValue("account")
	if err := s.Access.Reset(r.Context(), actor.Account, account); err != nil {
		s.Refuse(w, r, err)
		return
	}
	s.showLink(w, r, account, "原来的密码用不了了")
}
