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
	"bianmin/internal/item"
	"bianmin/internal/problem"
	"bianmin/internal/web/ui"
)

// registerCounter declares the counter's pages: the form and the parts of it that change while it is filled in, and
// the page after filing.
func (s *Site) registerCounter(g *gate.Gate) {
	page := func(pattern string, h http.HandlerFunc) {
		g.Handle(gate.Route{Pattern: pattern, Permission: access.FileCase, Face: gate.Page}, h)
	}
	ofCase := func(pattern string, p access.Permission, h http.HandlerFunc) {
		g.Handle(gate.Route{Pattern: pattern, Permission: p, Face: gate.Page, OfCase: true}, h)
	}
	page("GET /counter", s.counter)
	page("GET /counter/items", s.counterItems)
	page("POST /counter", s.counterPost)
	page("POST /counter/id", s.counterNumber)
	page("POST /counter/list", s.counterList)
	page("POST /counter/said", s.counterSaid)
	page("POST /counter/people", s.counterPeople)
	page("POST /counter/draft", s.counterDraft)
	page("POST /counter/drafts/{id}/drop", s.counterDraftDrop)
	ofCase("GET /counter/cases/{number}", access.FileCase, s.counterDone)
	ofCase("POST /counter/cases/{number}/pass", access.PassCase, s.counterPass)
}

// counterKeys is the table behind 「?」.
var counterKeys = []ui.Key{
	{Keys: "/", Does: "查找办件"}, {Keys: "1–9", Does: "选事项、选材料"}, {Keys: "J K", Does: "下一份、上一份材料"}, {Keys: "A", Does: "全部收到"},
	{Keys: "空格", Does: "收到，再按取消"}, {Keys: "Q", Does: "没带"}, {Keys: "B", Does: "不合格，写原因"}, {Keys: "M", Does: "不需要"},
	{Keys: "E", Does: "换事项"}, {Keys: "Z", Does: "先放着"}, {Keys: "Enter", Does: "蓝色的按钮"}, {Keys: "Esc", Does: "离开输入框，回上一步"}, {Keys: "P", Does: "打印"},
}

// counter is the page for the next applicant: the item first, then the form. The address may name the item, a draft to go
// on with, or a case by which the applicant is known.
func (s *Site) counter(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	typed := url.Values{fieldItem: q[fieldItem], fieldPerson: q[fieldPerson]}
	t := trouble{}
	if id := q.Get(fieldDraft); id != "" {
		d, said, err := s.takeUp(r, id)
		if err != nil {
			s.Refuse(w, r, err)
			return
		}
		if typed, t.said = said.values, said.words; d {
			typed.Del(fieldTab) // another page than the one that saved it
		}
	}
	work, err := s.workOf(r, typed)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	s.showCounter(w, r, http.StatusOK, work, filling, t)
}

// showCounter writes the page of a stage.
func (s *Site) showCounter(w http.ResponseWriter, r *http.Request, status int, work counterWork, st stage, t trouble) {
	title := "窗口收件"
	if work.actor.Role == access.Agent {
		title = "代办收件"
	}
	p, err := work.page(s.chrome(r, title, counterHome), st, t)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	if p.Stage == choosing {
		p.Search = searchItems(s.Items, queryOf(r))
		p.Search.Keep = work.form.Item != "" || !work.form.blank()
		if p.Search.Drafts, err = s.draftRows(r.Context(), work.actor, work.form.Key); err != nil {
			s.Refuse(w, r, err)
			return
		}
	}
	s.render(w, r, status, counterView(p))
}

// queryOf is what was asked of the search of items, wherever it stands.
func queryOf(r *http.Request) string {
	if r.PostForm != nil {
		return r.PostForm.Get("items")
	}
	return r.URL.Query().Get("items")
}

// counterItems finds items while somebody types; without a script it is the page again, with the hits.
func (s *Site) counterItems(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("HX-Request") == "" {
		s.counter(w, r)
		return
	}
	found := searchItems(s.Items, queryOf(r))
	found.Keep = r.URL.Query().Get("keep") != ""
	s.render(w, r, http.StatusOK, counterHits(found))
}

// posted reads the counter's form.
func (s *Site) posted(w http.ResponseWriter, r *http.Request) (counterWork, counterDo, error) {
	values, err := form(w, r)
	if err != nil {
		return counterWork{}, "", err
	}
	work, err := s.workOf(r, values)
	return work, counterDo(values.Get(fieldDo)), err
}

// counterPost is every button of the form. What is not filed by it is kept as a draft.
func (s *Site) counterPost(w http.ResponseWriter, r *http.Request) {
	work, do, err := s.posted(w, r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	if do.files() && work.def != nil {
		s.counterFile(w, r, work, do)
		return
	}
	if work, err = work.changed(r.Context(), do); err != nil {
		s.Refuse(w, r, err)
		return
	}
	said, err := work.keep(r.Context(), do == doAside)
	t := trouble{said: said}
	if err != nil {
		t.refusal = s.draftRefusal(r, err)
	}
	switch {
	case do == doAside && t.refusal == nil:
		redirect(w, r, counterHome)
	case do == doChange || do == "" || work.def == nil:
		s.showCounter(w, r, http.StatusOK, work, choosing, t)
	case do == doCheck:
		s.counterLook(w, r, work, t)
	case do == doAside, do == doEdit, do == doList, do == doAll, do == doUnknown, strings.HasPrefix(string(do), string(doItem)), strings.HasPrefix(string(do), string(doPerson)):
		s.showCounter(w, r, http.StatusOK, work, filling, t)
	default:
		s.Refuse(w, r, &problem.Problem{Kind: problem.Malformed, Code: "bad_request"})
	}
}

// changed is the form after a button that changes what stands in it.
func (w counterWork) changed(ctx context.Context, do counterDo) (counterWork, error) {
	if code, ok := strings.CutPrefix(string(do), string(doItem)); ok {
		return w.withItem(item.Code(code)).recognised(ctx)
	}
	if number, ok := strings.CutPrefix(string(do), string(doPerson)); ok {
		return w.withPerson(ctx, cases.Number(number))
	}
	switch do {
	case doUnknown:
		w.form.Person, w.form.Name, w.form.Another = "", "", ""
		return w.recognised(ctx)
	case doAll:
		if w.def != nil {
			w.form.Ticks = w.allReceived()
		}
	}
	return w, nil
}

// withPerson is the form with an applicant who was seen before: where they live comes along, the rest stays in the case.
func (w counterWork) withPerson(ctx context.Context, number cases.Number) (counterWork, error) {
	w.form.Person, w.form.IDNumber, w.form.Phone, w.form.Address, w.form.Another = number, "", "", "", ""
	w, err := w.recognised(ctx)
	if err == nil && w.form.Person != "" && w.actor.Role != access.Agent && w.history.Place.Within(w.actor.Place) {
		w.form.Place, w.form.PlaceTyped = string(w.history.Place), ""
	}
	return w, err
}

// withItem is the form with another item: who came stays, the answers and the papers are the new item's own.
func (w counterWork) withItem(code item.Code) counterWork {
	v, ok := w.site.Items.Get(code)
	if !ok {
		w.def = nil
		return w
	}
	if w.def == nil || w.def.Code != v.Code {
		w.form.Item, w.form.Answers, w.form.Ticks = v.Code, map[string]string{}, make([]tick, len(v.Materials))
	}
	w.def = &v
	w.form.complete(w.actor, w.def)
	return w
}

// allReceived marks every paper of the item as here.
func (w counterWork) allReceived() []tick {
	ticks := make([]tick, len(w.form.Ticks))
	for i := range ticks {
		ticks[i].Status = cases.MaterialReceived
	}
	return ticks
}

// counterLook is the last look: what is wrong is told before it.
func (s *Site) counterLook(w http.ResponseWriter, r *http.Request, work counterWork, t trouble) {
	sh, err := newSheet(work.def, work.form)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	if t.wrong = work.check(sh); len(t.wrong) > 0 {
		s.showCounter(w, r, http.StatusUnprocessableEntity, work, filling, t)
		return
	}
	s.showCounter(w, r, http.StatusOK, work, checking, t)
}

// counterFile files what the form says, when nothing is wrong with it.
func (s *Site) counterFile(w http.ResponseWriter, r *http.Request, work counterWork, do counterDo) {
	sh, err := newSheet(work.def, work.form)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	before, err := work.filedBefore(r.Context(), do)
	if err != nil {
		s.counterTrouble(w, r, work, sh, err)
		return
	}
	if wrong := work.check(sh); len(wrong) > 0 && !before {
		s.showCounter(w, r, http.StatusUnprocessableEntity, work, filling, trouble{wrong: wrong})
		return
	}
	sh = sh.forFiling(work.form.Channel)
	lacks, _ := sh.lacks()
	if no := rehearse(work.def, work.form, sh, work.actor, work.now).would(do, lacks); no != nil {
		s.counterTrouble(w, r, work, sh, no)
		return
	}
	out, err := work.file(r.Context(), do, sh)
	if err != nil {
		s.counterTrouble(w, r, work, sh, err)
		return
	}
	if err := s.Drafts.End(r.Context(), work.actor.Account, work.form.Key); err != nil {
		s.Log.ErrorContext(r.Context(), "a draft outlives what was filed of it", "error", err)
	}
	if out.Refused != nil {
		s.showDone(w, r, out.Case, out.Refused)
		return
	}
	to := "/counter/cases/" + string(out.Case.Number)
	if work.prints(do) && s.issueSlip(r.Context(), work.actor, out.Case) {
		to += "?print=1"
	}
	redirect(w, r, to)
}

// counterTrouble shows the form again with what stands in the way. Nothing typed is lost, and the key stays the same:
// pressing again after a lost answer files nothing twice.
func (s *Site) counterTrouble(w http.ResponseWriter, r *http.Request, work counterWork, sh sheet, err error) {
	var p *problem.Problem
	if !errors.As(err, &p) {
		s.Log.ErrorContext(r.Context(), "filing at the counter", "error", err)
		p = &problem.Problem{Kind: problem.Unavailable, Code: "unavailable"}
	}
	switch {
	case p.Kind == problem.Forbidden || p.Kind == problem.Unauthenticated:
		s.Refuse(w, r, p)
	case p.Code == "same_under_way": // somebody was quicker: what there is now stands beside the form
		again, err := work.recognised(r.Context())
		if err != nil {
			s.Refuse(w, r, err)
			return
		}
		wrong := []problem.Field{{Path: fieldAnother, Code: "required", Message: "刚才有人收了同一个人的这件事。确实是另一件，请写为什么"}}
		s.showCounter(w, r, http.StatusConflict, again, filling, trouble{wrong: wrong})
	case len(p.Fields) > 0:
		s.showCounter(w, r, http.StatusUnprocessableEntity, work, filling, trouble{wrong: atBoxes(p.Fields, sh)})
	case p.Kind == problem.Unavailable:
		s.showCounter(w, r, http.StatusServiceUnavailable, work, checking, trouble{refusal: &counterRefusal{Title: "没连上，没有丢", Detail: "填的还在这一页，过一会儿再按一次。按几次都只收一件。"}})
	default:
		s.showCounter(w, r, http.StatusConflict, work, checking, trouble{refusal: counterRefusalOf(p)})
	}
}

// counterNumber says what a whole number says: who that is, or what is wrong with it.
func (s *Site) counterNumber(w http.ResponseWriter, r *http.Request) {
	work, _, err := s.posted(w, r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	s.render(w, r, http.StatusOK, counterHeardPart(work.seen(), work.form.Green, work.path(filling), work.same(nil)))
}

// counterPeople finds whom the front has seen before, while a name, initials, a number or a telephone is typed.
func (s *Site) counterPeople(w http.ResponseWriter, r *http.Request) {
	work, _, err := s.posted(w, r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	found, err := work.people(r.Context())
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	s.render(w, r, http.StatusOK, counterPeopleBox(found))
}

// counterList is the checklist again, after an answer added or dropped papers.
func (s *Site) counterList(w http.ResponseWriter, r *http.Request) {
	s.counterPart(w, r, counterListPart)
}

// counterSaid is what follows from the marks: the counts, the paper, the words beside the button.
func (s *Site) counterSaid(w http.ResponseWriter, r *http.Request) {
	s.counterPart(w, r, counterSaidPart)
}

func (s *Site) counterPart(w http.ResponseWriter, r *http.Request, part partOf) {
	work, _, err := s.posted(w, r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	if work.def == nil {
		redirect(w, r, counterHome)
		return
	}
	p, err := work.page(s.chrome(r, "", counterHome), filling, trouble{})
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	s.render(w, r, http.StatusOK, part(p))
}

// counterDone is the page after filing.
func (s *Site) counterDone(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	v, err := s.Cases.Open(r.Context(), actor, cases.Number(r.PathValue("number")))
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	s.showDone(w, r, v, nil)
}

func (s *Site) showDone(w http.ResponseWriter, r *http.Request, v cases.View, refused *problem.Problem) {
	actor, _ := gate.Actor(r.Context())
	var refusal *counterRefusal
	if refused != nil {
		refusal = counterRefusalOf(refused)
	}
	page := s.donePage(actor, s.chrome(r, "", counterHome), v, refusal)
	page.Print = r.URL.Query().Has("print")
	var err error
	if page.Slip, err = s.slipOf(r.Context(), actor, v); err != nil {
		s.Refuse(w, r, err)
		return
	}
	if kind := slipKind(v); page.Slip == nil && v.State != cases.Submitted {
		page.Due = &dueSlip{Name: kind.Chinese(), To: casePath(v.Number) + "/papers", Kind: string(kind)}
	}
	s.render(w, r, http.StatusOK, counterDoneView(page))
}

// counterPass hands the papers of the village on to the town.
func (s *Site) counterPass(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	values, err := form(w, r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	version, err := strconv.ParseInt(values.Get("version"), 10, 64)
	if err != nil {
		s.Refuse(w, r, &problem.Problem{Kind: problem.Malformed, Code: "bad_request"})
		return
	}
	number := cases.Number(r.PathValue("number"))
	_, err = s.Cases.Do(r.Context(), actor, onceOf(r, actor, values), number, version, cases.Pass{})
	var refused *problem.Problem
	switch {
	case errors.As(err, &refused):
		v, err := s.Cases.Get(r.Context(), actor, number)
		if err != nil {
			s.Refuse(w, r, err)
			return
		}
		s.showDone(w, r, v, refused)
	case err != nil:
		s.Refuse(w, r, err)
	default:
		redirect(w, r, "/counter/cases/"+string(number))
	}
}
