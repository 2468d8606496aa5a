package portal

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"

	"bianmin/internal/calendar"
	"bianmin/internal/filing"
	"bianmin/internal/gate"
	"bianmin/internal/guide"
	"bianmin/internal/item"
	"bianmin/internal/problem"
	"bianmin/internal/web/ui"
)

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
