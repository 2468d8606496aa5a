package portal

import (
	"errors"
	"net/http"

	"bianmin/internal/filing"
	"bianmin/internal/guide"
	"bianmin/internal/item"
	"bianmin/internal/problem"
	"bianmin/internal/web/ui"
)

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
