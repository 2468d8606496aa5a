package work

import (
	"net/http"
	"slices"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/gate"
	"bianmin/internal/paper"
	"bianmin/internal/problem"
	"bianmin/internal/web/ui"
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
		row := paperRow{Name: p.KindName, Number: p.Number, At: momentOf(p.At), Href: paperPath(p.ID) + "/view"}
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
	redirect(w, r, paperPath(p.ID)+"/view")
}

// paperFile is a paper as PDF. It is looked at in the browser, and never kept there.
func (s *Site) paperFile(w http.ResponseWriter, r *http.Request) {
	id, ok := paper.ParseID(r.PathValue("number") + "-" + r.PathValue("paper"))
	s.sendPaper(w, r, id, ok)
}

// sendPaper answers with a paper, where it is named. A page of ours shows it in a frame; the type is fixed, so that nothing
// in the file runs as ours.
func (s *Site) sendPaper(w http.ResponseWriter, r *http.Request, id paper.ID, named bool) {
	actor, _ := gate.Actor(r.Context())
	var file []byte
	err := error(problem.ErrNotFound)
	if named {
		file, err = s.Papers.PDF(r.Context(), actor, id)
	}
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	w.Header().Set("Content-Security-Policy", "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'")
	w.Header().Set("X-Frame-Options", "SAMEORIGIN")
	sendFile(w, file, "application/pdf", "inline", string(id)+".pdf")
}

// paperViewPage is one paper as it is printed, with the way back to its case, or to the ledger.
type paperViewPage struct {
	Chrome       ui.Chrome
	paperRow            // Href: the file
	About        string // whose paper it is, and of what
	Back, BackTo string
}

// paperKeys are the keys of the page of a paper.
func paperKeys(back string) []ui.Key {
	return []ui.Key{{Keys: "P", Does: "打印"}, {Keys: "O", Does: "在新窗口打开"}, {Keys: "Esc", Does: back}, {Keys: "?", Does: "这张表"}}
}

// paperView shows a paper on a page of ours.
func (s *Site) paperView(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	number := cases.Number(r.PathValue("number"))
	v, err := s.Cases.Get(r.Context(), actor, number)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	shown, err := s.papersOf(r, actor, number)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	source := casePath(number) + "/papers/" + r.PathValue("paper")
	at := slices.IndexFunc(shown.Issued, func(row paperRow) bool { return row.Href == source+"/view" })
	if at < 0 {
		s.Refuse(w, r, problem.ErrNotFound)
		return
	}
	p := paperViewPage{paperRow: shown.Issued[at], About: v.Applicant.Name + "，" + v.Item.Plain, Back: casePath(number) + "#papers", BackTo: "回到这一件"}
	p.Href = source
	p.Chrome = s.chrome(r, p.Name+"，"+v.Applicant.Name, "/desk")
	p.Chrome.Keys = paperKeys(p.BackTo)
	s.render(w, r, http.StatusOK, paperViewOf(p))
}
