package portal

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/filing"
	"bianmin/internal/gate"
	"bianmin/internal/guide"
	"bianmin/internal/item"
	"bianmin/internal/problem"
	"bianmin/internal/proxy"
	"bianmin/internal/web/ui"
	"bianmin/internal/words"
)

// Filings keeps applications under way and hands them in.
type Filings interface {
	Begin(ctx context.Context, o filing.Owner, code item.Code) (filing.Draft, error)
	Of(ctx context.Context, o filing.Owner) ([]filing.Draft, error)
	Get(ctx context.Context, o filing.Owner, id string) (filing.Draft, error)
	Save(ctx context.Context, o filing.Owner, id, question, said string) (filing.Draft, error)
	Claim(ctx context.Context, o filing.Owner, d filing.Draft) error
	Release(ctx context.Context, o filing.Owner, id string) error
	Drop(ctx context.Context, o filing.Owner, id string) error
	HandIn(ctx context.Context, a access.Actor, o filing.Owner, id string) (cases.Number, error)
	Unkept(code item.Code) (filing.Draft, error)
	Answered(d filing.Draft, question, said string) (filing.Draft, error)
	Carry(d filing.Draft) (string, error)
	Carried(text string) (filing.Draft, error)
	Keep(ctx context.Context, o filing.Owner, d filing.Draft) (filing.Draft, error)
}

// browserCookie is by what a browser finds its drafts again.
const browserCookie = "drafts"

func (s *Site) registerFile(g *gate.Gate) {
	page := func(pattern string, h http.HandlerFunc) {
		g.Handle(gate.Route{Pattern: pattern, Permission: access.Public, Face: gate.My}, h)
	}
	page("GET /file/{code}", s.fileStart)
	page("POST /file/{code}", s.fileBegin)
	page("GET /filing/{draft}", s.fileOn)
	page("GET /filing/{draft}/{question}", s.fileAsk)
	page("POST /filing/{draft}/{question}", s.fileAnswer)
	page("GET /filing/{draft}/check", s.fileCheck)
	page("GET /filing/{draft}/done", s.fileDone)
	page("POST /filing/{draft}/drop", s.fileDrop)
	page("POST /filing/{draft}/other-phone", s.fileOtherPhone)
	g.Handle(gate.Route{Pattern: "POST /filing/{draft}/hand-in", Permission: access.Public, Face: gate.My}, http.HandlerFunc(s.fileHandIn))
}

// owner is whose drafts this request means.
func (s *Site) owner(r *http.Request) filing.Owner {
	o := filing.Owner{Network: filing.NetworkOf(proxy.Address(r))}
	if c, err := r.Cookie(browserCookie); err == nil && len(c.Value) <= 64 {
		o.Browser = c.Value
	}
	if who, ok := gate.Citizen(r.Context()); ok {
		o.Phone = who.Phone
	}
	return o
}

// holding lets a browser find its drafts again.
func holding(w http.ResponseWriter, r *http.Request, o *filing.Owner) {
	if o.Browser == "" {
		o.Browser = filing.NewBrowser()
	}
	http.SetCookie(w, &http.Cookie{Name: browserCookie, Value: o.Browser, Path: "/", MaxAge: int(filing.Kept / time.Second), HttpOnly: true,
		SameSite: http.SameSiteLaxMode, Secure: proxy.Encrypted(r)})
}

// letGo takes from a browser what it held to find its drafts: after sign-out nothing of them opens in it.
func letGo(w http.ResponseWriter, r *http.Request) {
	http.SetCookie(w, &http.Cookie{Name: browserCookie, Path: "/", MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: proxy.Encrypted(r)})
	dropCarried(w, r)
}

// draftRow is a draft in a list.
type draftRow struct{ Plain, Saved, Href string }

func (s *Site) drafts(r *http.Request) ([]draftRow, error) {
	o := s.owner(r)
	if s.Filings == nil || o.Browser == "" && o.Phone == "" {
		return nil, nil
	}
	list, err := s.Filings.Of(r.Context(), o)
	var rows []draftRow
	for _, d := range list {
		if v, ok := s.Guide.Items.Get(d.Item); ok && len(d.Answers) > 0 {
			rows = append(rows, draftRow{Plain: v.Plain, Saved: savedWords(d.Saved), Href: draftPath(d.ID)})
		}
	}
	return rows, err
}

func savedWords(t time.Time) string {
	t = t.In(calendar.Shanghai)
	return calendar.DateOf(t).Chinese() + " " + t.Format("15:04")
}

func draftPath(id string) string              { return "/filing/" + id }
func questionPath(id, question string) string { return draftPath(id) + "/" + question }

// startPage tells what comes before the first question.
type startPage struct {
	Chrome ui.Chrome
	Plain  string
	Code   string
	Drafts []draftRow // of this item
	Count  int
	Bring  []string
	Until  string
}

// fileStart says what will be asked, and offers to go on with what was begun.
func (s *Site) fileStart(w http.ResponseWriter, r *http.Request) {
	v, ok := s.onlineItem(r)
	if !ok {
		s.Refuse(w, r, problem.ErrNotFound)
		return
	}
	if v.InPersonOnly() {
		s.inPerson(w, r, http.StatusOK, v)
		return
	}
	page := startPage{Chrome: s.filingChrome(r, "网上申请："+v.Plain), Plain: v.Plain, Code: string(v.Code)}
	page.Count = len(filing.Questions(v.Definition, filing.Answers{}, s.Places))
	for _, m := range v.AlwaysNeeded() {
		page.Bring = append(page.Bring, m.Name)
	}
	if o := s.owner(r); o.Browser != "" || o.Phone != "" {
		list, err := s.Filings.Of(r.Context(), o)
		if err != nil {
			s.Refuse(w, r, err)
			return
		}
		for _, d := range list {
			if d.Item == v.Code && len(d.Answers) > 0 {
				page.Drafts = append(page.Drafts, draftRow{Plain: v.Plain, Saved: savedWords(d.Saved), Href: draftPath(d.ID)})
			}
		}
	}
	s.render(w, r, http.StatusOK, startPaper(page))
}

// inPersonPage says why an item is not filed from home, and where to go.
type inPersonPage struct {
	Chrome ui.Chrome
	Plain  string
	Guide  string
	Visits string // 跑 2 趟：……
	Where  []guide.Where
	Window string
	Tel    string
}

// inPerson stands in the place of the questions where the person has to be there from the first.
func (s *Site) inPerson(w http.ResponseWriter, r *http.Request, status int, v item.Version) {
	at, _ := s.placeOf(r)
	page := inPersonPage{Chrome: s.filingChrome(r, "只能现场办理："+v.Plain), Plain: v.Plain, Guide: "/guide/" + string(v.Code), Visits: v.VisitWords(),
		Where: s.Guide.Where(v.Definition, at.Code), Window: v.Window}
	page.Tel = page.Chrome.Tel
	s.render(w, r, status, inPersonPaper(page))
}

func (s *Site) onlineItem(r *http.Request) (item.Version, bool) {
	code, err := item.ParseCode(r.PathValue("code"))
	v, ok := s.Guide.Items.Get(code)
	return v, err == nil && ok && (v.Online() || v.InPersonOnly())
}

func (s *Site) filingChrome(r *http.Request, title string) ui.Chrome {
	c := s.chrome(r, title)
	c.Current, c.NoTabs = "/guide", true
	return c
}

func (s *Site) fileBegin(w http.ResponseWriter, r *http.Request) {
	v, ok := s.onlineItem(r)
	if !ok {
		s.Refuse(w, r, problem.ErrNotFound)
		return
	}
	if v.InPersonOnly() {
		s.inPerson(w, r, http.StatusConflict, v)
		return
	}
	o := s.owner(r)
	holding(w, r, &o)
	d, err := s.Filings.Begin(r.Context(), o, v.Code)
	if errors.Is(err, filing.ErrNotKept) {
		if d, err = s.Filings.Unkept(v.Code); err == nil {
			err = s.carry(w, r, d)
		}
	}
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	redirect(w, r, draftPath(d.ID))
}

// under is a draft with its item and its questions.
type under struct {
	filing.Draft
	item      item.Version
	questions []filing.Question
}

func (s *Site) under(r *http.Request, d filing.Draft, err error) (under, error) {
	if err != nil {
		return under{}, err
	}
	v, ok := s.Guide.Items.Get(d.Item)
	if !ok {
		return under{}, problem.ErrNotFound
	}
	return under{d, v, filing.Questions(v.Definition, d.Answers, s.Places)}, nil
}

func (s *Site) draft(w http.ResponseWriter, r *http.Request) (under, error) {
	o := s.owner(r)
	if r.PathValue("draft") == filing.Here {
		d, err := s.carried(w, r, o)
		return s.under(r, d, err)
	}
	d, err := s.Filings.Get(r.Context(), o, r.PathValue("draft"))
	if err == nil {
		err = s.Filings.Claim(r.Context(), o, d) // whoever signed in finds it on other devices, and only signed in
	}
	return s.under(r, d, err)
}

// refuseDraft sends to the sign-in whose session ended while the draft was open; it goes on behind it.
func (s *Site) refuseDraft(w http.ResponseWriter, r *http.Request, err error) {
	if errors.Is(err, filing.ErrSignIn) {
		redirect(w, r, signInPath+"?next="+draftPath(r.PathValue("draft")))
		return
	}
	s.Refuse(w, r, err)
}

// next is where a draft goes on.
func (u under) next() string {
	switch {
	case u.Number != "":
		return questionPath(u.ID, "done")
	case u.item.InPersonOnly(): // begun before the item was one of those
		return "/file/" + string(u.Item)
	}
	if q, _, open := filing.Open(u.questions, u.Answers); open {
		return questionPath(u.ID, q.ID)
	}
	return questionPath(u.ID, "check")
}

// fileOn goes on where the draft stands.
func (s *Site) fileOn(w http.ResponseWriter, r *http.Request) {
	u, err := s.draft(w, r)
	if err != nil {
		s.refuseDraft(w, r, err)
		return
	}
	redirect(w, r, u.next())
}

// askPage is one question.
type askPage struct {
	Chrome  ui.Chrome
	Plain   string
	At      string // 第 3 步，共 10 步
	Back    string
	Action  string
	ID      string
	Kind    filing.Kind
	Label   string
	Hint    string
	Input   ui.Input
	Options []ui.Option
	Papers  []paperTick
	Errors  []ui.Mistake
	Error   string
	Clash   string // what another device answered meanwhile
	Seen    string
	Proven  string // the telephone of whoever signed in, masked
	SignIn  string
	Other   string // where another telephone is signed in with
	To      string // where it goes on: empty, or check when it came from there
	Later   string
	Keep    string // of an unkept draft: where signing in keeps it
}

type paperTick struct {
	Name, Count, Note string
	On                bool
}

func (s *Site) fileAsk(w http.ResponseWriter, r *http.Request) {
	u, err := s.draft(w, r)
	if err != nil {
		s.refuseDraft(w, r, err)
		return
	}
	q, at, ok := filing.Find(u.questions, r.PathValue("question"))
	if !ok || u.Number != "" || u.item.InPersonOnly() {
		redirect(w, r, u.next())
		return
	}
	if open, openAt, isOpen := filing.Open(u.questions, u.Answers); isOpen && openAt < at {
		redirect(w, r, questionPath(u.ID, open.ID)) // not past what is open
		return
	}
	s.ask1(w, r, http.StatusOK, s.askOf(r, u, q, at, u.Answers[q.ID]))
}

func (s *Site) ask1(w http.ResponseWriter, r *http.Request, status int, page askPage) {
	s.render(w, r, status, askPaper(page))
}

// askOf is the page of a question, with an answer in it: the one that was kept, or the one that came back.
func (s *Site) askOf(r *http.Request, u under, q filing.Question, at int, said string) askPage {
	p := askPage{Chrome: s.filingChrome(r, q.Label), Plain: u.item.Plain, At: fmt.Sprintf("第 %d 步，共 %d 步", at+1, len(u.questions)), Action: questionPath(u.ID, q.ID),
		ID: q.ID, Kind: q.Kind, Label: q.Label, Hint: q.Hint, Seen: mark(u.Answers, q.ID), Later: "/file/" + string(u.Item)}
	if u.Unkept {
		p.Keep = signInPath + "?next=" + questionPath(u.ID, q.ID)
	}
	p.Back = "/guide/" + string(u.Item)
	if at > 0 {
		p.Back = questionPath(u.ID, u.questions[at-1].ID)
	}
	if to := r.FormValue("to"); to == "check" {
		p.To, p.Back = to, questionPath(u.ID, "check")
	}
	switch q.Kind {
	case filing.Text:
		p.Input = ui.Input{Name: "said", ID: ui.FieldID(q.ID), Label: q.Label, Hint: q.Hint, Value: said, InputMode: q.Mode, Autocomplete: q.Auto, Max: q.Most}
	case filing.Pick:
		p.Input = ui.Input{Name: "said", ID: ui.FieldID(q.ID), Label: q.Label, Hint: q.Hint, Type: "select", Options: []ui.Option{{Value: "", Label: "请选择"}}}
		if said == "" {
			said = s.guess(r, u, q)
		}
		for _, o := range q.Options {
			p.Input.Options = append(p.Input.Options, ui.Option{Value: o.Value, Label: o.Label, On: o.Value == said})
		}
	case filing.Choice:
		for _, o := range q.Options {
			p.Options = append(p.Options, ui.Option{Value: o.Value, Label: o.Label, Hint: o.Hint, On: o.Value == said})
		}
	case filing.Ticks:
		ticked := strings.Split(said, "\n")
		for _, m := range filing.Needed(u.item.Definition, u.Answers) {
			t := paperTick{Name: m.Name, Count: guide.Count(m)}
			if m.From.Kind == item.CounterForm {
				t.Note = "窗口有空白表，来了再填也行"
			}
			for _, name := range ticked {
				t.On = t.On || name == m.Name
			}
			p.Papers = append(p.Papers, t)
		}
	case filing.Proven:
		p.SignIn, p.Other = signInPath+"?next="+questionPath(u.ID, q.ID), questionPath(u.ID, "other-phone")
		if who, ok := gate.Citizen(r.Context()); ok {
			p.Proven = who.Name
		}
	}
	return p
}

// guess is the place that the person chose before, on the home page.
func (s *Site) guess(r *http.Request, u under, q filing.Question) string {
	at, ok := s.placeOf(r)
	switch {
	case !ok || u.Answers[filing.ForWhom] == filing.Another:
		return ""
	case q.ID == filing.Town:
		return string(at.Code.Town())
	}
	return string(at.Code)
}

func shortHash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:8])
}

// mark tells whether an answer is still the one that the page showed, without saying it.
func mark(a filing.Answers, id string) string {
	said, ok := a[id]
	if !ok {
		return "none"
	}
	return shortHash(said)
}

func (s *Site) fileAnswer(w http.ResponseWriter, r *http.Request) {
	posted, err := form(w, r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	u, err := s.draft(w, r)
	if err != nil {
		s.refuseDraft(w, r, err)
		return
	}
	q, at, ok := filing.Find(u.questions, r.PathValue("question"))
	if !ok || u.Number != "" || u.item.InPersonOnly() {
		redirect(w, r, u.next())
		return
	}
	typed := strings.Join(posted["said"], "\n")
	if q.Kind == filing.Proven {
		if typed, err = s.proven(r); err != nil {
			redirect(w, r, signInPath+"?next="+questionPath(u.ID, q.ID))
			return
		}
	}
	said, wrong := q.Check(typed, calendar.DateOf(s.Clock.Now()))
	if wrong != nil {
		page := s.askOf(r, u, q, at, typed)
		page.Errors, page.Error, page.Input.Error = ui.Mistakes([]problem.Field{*wrong}), wrong.Message, wrong.Message
		page.Chrome.Title = ui.ErrorTitle(q.Label, 1)
		s.ask1(w, r, http.StatusUnprocessableEntity, page)
		return
	}
	if had, answered := u.Answers[q.ID]; answered && had != said && posted.Get("seen") != "" && posted.Get("seen") != mark(u.Answers, q.ID) {
		page := s.askOf(r, u, q, at, typed)
		page.Clash = q.Shown(had)
		s.ask1(w, r, http.StatusConflict, page)
		return
	}
	o := s.owner(r)
	d, err := s.save(w, r, o, u.Draft, q.ID, said)
	if u, err = s.under(r, d, err); err != nil {
		s.refuseDraft(w, r, err)
		return
	}
	if o.Browser != "" {
		holding(w, r, &o) // for another thirty days
	}
	redirect(w, r, u.after(q.ID, posted.Get("to")))
}

// after is what follows an answer: the next question, also one that was answered before, so that Back and 继续 walk the
// same way; or the list of answers, when it was changed from there and nothing opened by it.
func (u under) after(id, to string) string {
	_, _, open := filing.Open(u.questions, u.Answers)
	if u.Number != "" || to == "check" && !open {
		return u.next()
	}
	_, at, ok := filing.Find(u.questions, id)
	if !ok || at+1 >= len(u.questions) || to == "check" {
		return u.next()
	}
	return questionPath(u.ID, u.questions[at+1].ID)
}

// proven is the telephone of whoever signed in.
func (s *Site) proven(r *http.Request) (string, error) {
	if _, ok := gate.Citizen(r.Context()); !ok {
		return "", problem.ErrForbidden
	}
	phone, err := s.People.Phone(r.Context(), gate.CitizenToken(gate.My, r))
	return string(phone), err
}

// checkPage shows all answers before they are handed in.
type checkPage struct {
	Chrome ui.Chrome
	Plain  string
	Rows   []checkRow
	Back   string
	Action string
	Drop   string
	SignIn string // where to sign in first; empty when the telephone is proven
	Refuse string
	Fields []ui.Mistake
	Later  string // when it was saved; empty when it is not kept
	Until  string
}

type checkRow struct{ Name, Said, Href string }

func (s *Site) fileCheck(w http.ResponseWriter, r *http.Request) {
	u, err := s.draft(w, r)
	if err != nil {
		s.refuseDraft(w, r, err)
		return
	}
	if to := u.next(); to != questionPath(u.ID, "check") {
		redirect(w, r, to)
		return
	}
	s.render(w, r, http.StatusOK, checkPaper(s.checkOf(r, u)))
}

func (s *Site) checkOf(r *http.Request, u under) checkPage {
	p := checkPage{Chrome: s.filingChrome(r, "交之前看一遍"), Plain: u.item.Plain, Action: questionPath(u.ID, "hand-in"), Drop: questionPath(u.ID, "drop"),
		Back: questionPath(u.ID, u.questions[len(u.questions)-1].ID), Later: savedWords(u.Saved), Until: savedWords(u.Until())}
	if u.Unkept {
		p.Later, p.Until = "", ""
	}
	for _, q := range u.questions {
		said := q.Shown(u.Answers[q.ID])
		if q.ID == filing.Papers {
			if said = strings.Join(u.Answers.Bring(u.item.Definition), "、"); said == "" {
				said = "手里还没有"
			}
		}
		p.Rows = append(p.Rows, checkRow{q.Short, said, questionPath(u.ID, q.ID) + "?to=check"})
	}
	if !s.isProven(r, u) {
		p.SignIn = signInPath + "?next=" + questionPath(u.ID, "check")
	}
	return p
}

// isProven: the telephone of the application is that of whoever signed in.
func (s *Site) isProven(r *http.Request, u under) bool {
	phone, err := s.proven(r)
	return err == nil && phone == u.Answers[filing.Phone]
}

func (s *Site) fileHandIn(w http.ResponseWriter, r *http.Request) {
	u, err := s.draft(w, r)
	switch {
	case err != nil:
		s.refuseDraft(w, r, err)
		return
	case u.Number != "" || u.next() != questionPath(u.ID, "check"):
		redirect(w, r, u.next())
		return
	case !s.isProven(r, u):
		redirect(w, r, questionPath(u.ID, "check"))
		return
	}
	who, _ := gate.Citizen(r.Context())
	_, err = s.Filings.HandIn(r.Context(), who, s.owner(r), u.ID)
	if err == nil {
		dropCarried(w, r)
		redirect(w, r, questionPath(u.ID, "done"))
		return
	}
	var p *problem.Problem
	if errors.As(err, &p) && (p.Kind == problem.Refused || p.Kind == problem.Invalid) {
		page := s.checkOf(r, u)
		title, detail := words.Problem(p)
		page.Refuse = title + "。" + detail
		for _, f := range p.Fields {
			page.Fields = append(page.Fields, ui.Mistake{ID: "main", Message: f.Message})
		}
		page.Chrome.Title = "错误：" + page.Chrome.Title
		s.render(w, r, statusOf(p), checkPaper(page))
		return
	}
	s.Refuse(w, r, err)
}

// donePage says what happens next.
type donePage struct {
	Chrome ui.Chrome
	Plain  string
	Number string
	Where  []guide.Where
	By     string
	Within string
	Bring  []guide.Paper
	Follow string
	Tel    string
	Print  string
}

func (s *Site) fileDone(w http.ResponseWriter, r *http.Request) {
	u, err := s.draft(w, r)
	if err != nil {
		s.refuseDraft(w, r, err)
		return
	}
	if u.Number == "" {
		redirect(w, r, u.next())
		return
	}
	who, ok := gate.Citizen(r.Context())
	if !ok {
		redirect(w, r, signInPath+"?next="+questionPath(u.ID, "done"))
		return
	}
	c, err := s.CaseOf(r.Context(), who, u.Number)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	now := s.Clock.Now()
	p := donePage{Chrome: s.filingChrome(r, "交好了"), Plain: c.Item.Plain, Number: string(u.Number), Within: u.item.Limits.Promised.Chinese(), Print: ui.Moment(now),
		Where: s.Guide.Where(u.item.Definition, c.Place), Tel: s.Guide.Telephone(c.Place), Follow: "/follow?number=" + string(u.Number)}
	if c.AcceptBy != nil {
		if day, err := calendar.ParseDate(*c.AcceptBy); err == nil {
			p.By = dayWords(day, calendar.DateOf(now))
		}
	}
	for _, m := range c.Materials {
		if asked, known := u.item.Material(m.Name); known && m.Status == cases.MaterialAbsent {
			p.Bring = append(p.Bring, guide.PaperOf(asked))
		}
	}
	s.render(w, r, http.StatusOK, donePaper(p))
}

// fileOtherPhone signs out and goes on with the same draft at the sign-in, for who wants it filed with another telephone.
func (s *Site) fileOtherPhone(w http.ResponseWriter, r *http.Request) {
	o, id := s.owner(r), r.PathValue("draft")
	holding(w, r, &o)
	if id == filing.Here {
		u, err := s.draft(w, r) // whoever is signed in has it kept by now
		if err != nil {
			s.refuseDraft(w, r, err)
			return
		}
		id = u.ID
	}
	if err := s.release(r, o, id); err != nil {
		s.refuseDraft(w, r, err)
		return
	}
	if who, ok := gate.Citizen(r.Context()); ok {
		if err := s.People.SignOut(r.Context(), who, gate.CitizenToken(gate.My, r)); err != nil {
			s.Refuse(w, r, err)
			return
		}
	}
	gate.DropCitizenCookie(w, r)
	redirect(w, r, signInPath+"?next="+questionPath(id, filing.Phone))
}

func (s *Site) fileDrop(w http.ResponseWriter, r *http.Request) {
	if r.PathValue("draft") == filing.Here {
		dropCarried(w, r)
		redirect(w, r, "/")
		return
	}
	if err := s.Filings.Drop(r.Context(), s.owner(r), r.PathValue("draft")); err != nil {
		s.refuseDraft(w, r, err)
		return
	}
	redirect(w, r, "/")
}
