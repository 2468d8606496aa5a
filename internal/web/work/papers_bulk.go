package work

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/gate"
	"bianmin/internal/paper"
	"bianmin/internal/place"
	"bianmin/internal/problem"
	"bianmin/internal/web/ui"
	"bianmin/internal/words"
)

// bulkPage chooses cases of a list to issue the same paper for, and shows what came of it.
type bulkPage struct {
	Chrome ui.Chrome
	Tabs   []ui.NavItem
	Errors []ui.Mistake
	Kind   ui.Input
	Text   ui.Input
	Place  ui.Input
	Hidden url.Values // the question, sent again with the choice
	Rows   []bulkRow
	Next   string
	Name   string // of the paper
	Done   *bulkDone
	// Chosen are the cases that were ticked in a list, as its check boxes send them; empty: the page has a list of its own.
	Chosen []string
	Back   string // to that list
}

// bulkRow is a case to choose.
type bulkRow struct {
	Number, Name, Item, Place, State, Href, Said string
	Can, On                                      bool
}

// bulkDone is what came of it.
type bulkDone struct {
	Said   string
	Papers []paperRow
	IDs    []string
	No     []bulkNo
}

type bulkNo struct{ Number, Href, Title, Why string }

// bulkRows is how many cases a page of choices holds: as many as are issued at a time.
const bulkRows = 50

// paperTabs leads between the pages of papers.
func paperTabs(a access.Actor) []ui.NavItem {
	var list []ui.NavItem
	if access.Allows(a.Role, paper.Permission) {
		list = append(list, ui.NavItem{Href: "/papers", Label: "批量出文书"})
	}
	if access.Allows(a.Role, access.ReadLedger) && a.Unit == "" {
		list = append(list, ui.NavItem{Href: "/ledger", Label: "办件登记簿"})
	}
	if access.Allows(a.Role, access.SettleWords) {
		list = append(list, ui.NavItem{Href: "/papers/wording", Label: "文书措辞"})
	}
	return list
}

// bulkAsk leads to the list that was asked for. It is posted: what was typed may be somebody's number.
func (s *Site) bulkAsk(w http.ResponseWriter, r *http.Request) {
	posted, err := form(w, r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	posted.Set("q", s.covered(posted.Get("q")))
	redirect(w, r, "/papers?"+posted.Encode())
}

func (s *Site) bulk(w http.ResponseWriter, r *http.Request) {
	v := r.URL.Query()
	if typed := v.Get("q"); telling(typed) {
		v.Set("q", s.covered(typed))
		redirect(w, r, "/papers?"+v.Encode())
		return
	}
	s.showBulk(w, r, http.StatusOK, v, nil)
}

// showBulk lists the cases. What was ticked stays ticked.
func (s *Site) showBulk(w http.ResponseWriter, r *http.Request, status int, asked url.Values, wrong []problem.Field) {
	actor, _ := gate.Actor(r.Context())
	kind := paper.Kind(asked.Get("kind"))
	if kind == "" {
		kind = paper.Acceptance
	}
	p := bulkPage{Tabs: paperTabs(actor), Errors: ui.Mistakes(wrong), Name: kind.Chinese(), Hidden: url.Values{"kind": {string(kind)}, "q": {asked.Get("q")}, "place": {asked.Get("place")}}}
	p.Kind = ui.Input{Name: "kind", Label: "出哪一种", Type: "select", Value: string(kind), Error: ui.ErrorAt(wrong, "kind")}
	for _, k := range paper.KindsIssued() {
		p.Kind.Options = append(p.Kind.Options, ui.Option{Value: string(k.Kind), Label: k.KindName})
	}
	p.Text = ui.Input{Name: "q", Label: "找办件", Hint: "姓名、拼音首字母、办件编号", Value: s.uncovered(asked.Get("q")), Max: 60}
	p.Place = ui.Input{Name: "place", Label: "哪里收的", Type: "select", Value: asked.Get("place"), Options: append([]ui.Option{{Value: "", Label: "全部"}}, s.ledgerPlaceOptions(actor)...)}
	if p.Chosen = asked["n"]; len(p.Chosen) > 0 {
		p.Hidden["n"], p.Back = p.Chosen, deskAt(asked.Get("list")).address()
	}
	page, err := s.bulkCases(r.Context(), actor, asked, cases.Filter{Query: s.uncovered(asked.Get("q")), Place: place.Code(asked.Get("place")), Sort: cases.ByNewest, Limit: bulkRows, After: asked.Get("after")})
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	ticked := map[string]bool{}
	for _, n := range asked["number"] {
		ticked[n] = true
	}
	if len(wrong) == 0 {
		for _, t := range picked(p.Chosen) {
			ticked[string(t.Number)] = true
		}
	}
	for _, v := range page.Cases {
		stands, err := s.Papers.Stands(r.Context(), actor, v.Number, kind)
		if err != nil {
			s.Refuse(w, r, err)
			return
		}
		row := bulkRow{Number: string(v.Number), Name: v.Applicant.Name, Item: v.Item.Plain, Place: v.PlaceName, State: v.StateName, Href: casePath(v.Number), Can: stands.New || stands.Last != nil}
		row.On = row.Can && ticked[row.Number]
		switch {
		case stands.Last != nil && stands.New:
			row.Said = "出过，内容变了"
		case stands.Last != nil:
			row.Said = "出过，" + stands.Last.Number
		case stands.New:
			row.Said = "可以出"
		default:
			row.Said = "还出不了"
		}
		p.Rows = append(p.Rows, row)
	}
	if page.Next != nil {
		next := url.Values{"kind": {string(kind)}, "after": {*page.Next}}
		for _, name := range []string{"q", "place"} {
			if v := asked.Get(name); v != "" {
				next.Set(name, v)
			}
		}
		p.Next = "/papers?" + next.Encode()
	}
	p.Chrome = s.chrome(r, ui.ErrorTitle("批量出文书", len(wrong)), "/papers")
	s.render(w, r, status, bulkPaper(p))
}

// bulkCases are those that were ticked in a list, or a page of all.
func (s *Site) bulkCases(ctx context.Context, a access.Actor, asked url.Values, f cases.Filter) (cases.Page, error) {
	if len(asked["n"]) == 0 {
		return s.Cases.List(ctx, a, f)
	}
	var page cases.Page
	targets := picked(asked["n"])
	for _, t := range targets {
		v, err := s.Cases.Get(ctx, a, t.Number)
		if errors.Is(err, problem.ErrNotFound) {
			continue // it has left this person's sight
		}
		if err != nil {
			return page, err
		}
		page.Cases = append(page.Cases, v)
	}
	return page, s.Cases.LookSeveral(ctx, a, numbersOf(targets))
}

// ledgerPlaceOptions are the places below the actor's own.
func (s *Site) ledgerPlaceOptions(a access.Actor) []ui.Option {
	var list []ui.Option
	for _, p := range s.Papers.LedgerPlaces(a) {
		list = append(list, ui.Option{Value: string(p.Code), Label: p.Service})
	}
	return list
}

// bulkIssue issues the paper for every case that was ticked, and says what came of each.
func (s *Site) bulkIssue(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	posted, err := form(w, r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	var list []cases.Number
	for _, n := range posted["number"] {
		number, ok := cases.ParseNumber(n)
		if !ok {
			s.Refuse(w, r, problem.ErrNotFound)
			return
		}
		list = append(list, number)
	}
	kind := paper.Kind(posted.Get("kind"))
	made, err := s.Papers.IssueMany(r.Context(), actor, list, kind)
	var p *problem.Problem
	switch {
	case errors.As(err, &p) && p.Kind == problem.Invalid:
		for i := range p.Fields {
			if p.Fields[i].Path == "numbers" {
				p.Fields[i].Path = "number"
			}
		}
		s.showBulk(w, r, http.StatusUnprocessableEntity, posted, p.Fields)
		return
	case err != nil:
		s.Refuse(w, r, err)
		return
	}
	page := bulkPage{Chrome: s.chrome(r, "批量出文书", "/papers"), Tabs: paperTabs(actor), Name: kind.Chinese(), Hidden: posted, Done: &bulkDone{}}
	fresh := 0
	for _, x := range made.Issued {
		row := paperRow{Name: string(x.ID.Case()), Number: x.Number, At: momentOf(x.At), Href: paperPath(x.ID), Note: "新出的"}
		if x.Again {
			row.Note = "以前出过，内容没有变"
		} else {
			fresh++
		}
		page.Done.Papers, page.Done.IDs = append(page.Done.Papers, row), append(page.Done.IDs, string(x.ID))
	}
	for _, x := range made.Refused {
		title, detail := words.Problem(x.Why)
		page.Done.No = append(page.Done.No, bulkNo{Number: string(x.Number), Href: casePath(x.Number), Title: title, Why: detail})
	}
	said := []string{"新出 " + strconv.Itoa(fresh) + " 份"}
	if n := len(made.Issued) - fresh; n > 0 {
		said = append(said, strconv.Itoa(n)+" 份以前出过")
	}
	if n := len(made.Refused); n > 0 {
		said = append(said, strconv.Itoa(n)+" 件没有出")
	}
	page.Done.Said = strings.Join(said, "，")
	s.render(w, r, http.StatusOK, bulkPaper(page))
}

// bulkFile gives many papers as one file, to be printed.
func (s *Site) bulkFile(w http.ResponseWriter, r *http.Request) {
	s.bulkOut(w, r, s.Papers.File, "application/pdf", "inline", "papers.pdf")
}

// bulkZip gives them each as it was issued, signed.
func (s *Site) bulkZip(w http.ResponseWriter, r *http.Request) {
	s.bulkOut(w, r, s.Papers.Zip, "application/zip", "attachment", "papers.zip")
}

func (s *Site) bulkOut(w http.ResponseWriter, r *http.Request, of func(context.Context, access.Actor, []paper.ID) ([]byte, error), kind, how, name string) {
	actor, _ := gate.Actor(r.Context())
	posted, err := form(w, r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	var ids []paper.ID
	for _, text := range posted["paper"] {
		id, ok := paper.ParseID(text)
		if !ok {
			s.Refuse(w, r, problem.ErrNotFound)
			return
		}
		ids = append(ids, id)
	}
	file, err := of(r.Context(), actor, ids)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	sendFile(w, file, kind, how, name)
}

// sendFile answers with a file that the browser does not keep.
func sendFile(w http.ResponseWriter, file []byte, kind, how, name string) {
	head := ui.NoStore(w).Header()
	head.Set("Content-Type", kind)
	head.Set("Content-Disposition", how+`; filename="`+name+`"`)
	head.Set("Content-Length", strconv.Itoa(len(file)))
	w.Write(file)
}
