package portal

import (
	"errors"
	"net/http"
	"time"

	"bianmin/internal/calendar"
	"bianmin/internal/filing"
	"bianmin/internal/gate"
	"bianmin/internal/item"
	"bianmin/internal/problem"
)

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
