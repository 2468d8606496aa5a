package portal

import (
	"errors"
	"net/http"
	"strings"

	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/filing"
	"bianmin/internal/gate"
	"bianmin/internal/guide"
	"bianmin/internal/problem"
	"bianmin/internal/web/ui"
	"bianmin/internal/words"
)

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
		title, detail := words.ToApplicant(p)
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
	Photos string // where photographs of the papers can be sent before
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
	if c.MayAttach {
		p.Photos = photosPath(u.Number)
	}
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
