package work

import (
	"net/http"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/gate"
	"bianmin/internal/paper"
	"bianmin/internal/problem"
)

// papersShown are the papers of a case: what was issued, and what can be.
type papersShown struct {
	Action string // where a paper is asked for
	Issued []paperRow
	Due    []paper.Due
}

type paperRow struct{ Name, Number, At, Href, Note string }

// papersOf reads the papers of a case.
func (s *Site) papersOf(r *http.Request, actor access.Actor, number cases.Number) (papersShown, error) {
	list, err := s.Papers.Of(r.Context(), actor, number)
	shown := papersShown{Action: casePath(number) + "/papers", Due: list.Due}
	for _, p := range list.Issued {
		row := paperRow{Name: p.KindName, Number: p.Number, At: momentOf(p.At), Href: paperPath(p.ID)}
		if p.Replaced != nil {
			row.Note = "作废，换了新的"
		}
		shown.Issued = append(shown.Issued, row)
	}
	return shown, err
}

func paperPath(id paper.ID) string { return casePath(id.Case()) + "/papers/" + id.Short() }

// paperIssue issues a paper and shows it, ready to be printed.
func (s *Site) paperIssue(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	posted, err := form(w, r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	p, _, err := s.Papers.Issue(r.Context(), actor, cases.Number(r.PathValue("number")), paper.Kind(posted.Get("kind")))
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	redirect(w, r, paperPath(p.ID))
}

// paperFile is a paper as PDF. It is looked at in the browser, and never kept there.
func (s *Site) paperFile(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	id, ok := paper.ParseID(r.PathValue("number") + "-" + r.PathValue("paper"))
	if !ok {
		s.Refuse(w, r, problem.ErrNotFound)
		return
	}
	file, err := s.Papers.PDF(r.Context(), actor, id)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	sendFile(w, file, "application/pdf", "inline", string(id)+".pdf")
}
