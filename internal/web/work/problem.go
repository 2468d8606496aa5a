package work

import (
	"errors"
	"net/http"
	"net/url"

	"bianmin/internal/gate"
	"bianmin/internal/problem"
)

// Refuse is the pages' gate.Refuser: who is not signed in goes to the sign-in page and comes back; all else is a page
// that says what happened and what can be done.
func (s *Site) Refuse(w http.ResponseWriter, r *http.Request, err error) {
	var p *problem.Problem
	if !errors.As(err, &p) {
		s.Log.ErrorContext(r.Context(), "page", "path", r.URL.Path, "error", err)
		p = &problem.Problem{Kind: problem.Unavailable, Code: "unavailable"}
	}
	if p.Kind == problem.Unauthenticated {
		gate.DropCookie(w, r)
		redirect(w, r, "/sign-in?next="+url.QueryEscape(here(r)))
		return
	}
	http.Error(noStore(w), p.Code, http.StatusInternalServerError)
}

// redirect sends the browser to a page; a part of a page that htmx asked for cannot hold another page, so htmx is told
// to go there itself.
func redirect(w http.ResponseWriter, r *http.Request, to string) {
	if r.Header.Get("HX-Request") != "" {
		w.Header().Set("HX-Redirect", to)
		w.WriteHeader(http.StatusNoContent)
		return
	}
	http.Redirect(noStore(w), r, to, http.StatusSeeOther)
}
