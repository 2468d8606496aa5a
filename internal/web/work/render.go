package work

import (
	"net/http"

	"github.com/a-h/templ"

	"bianmin/internal/web/ui"
)

// render answers with a page.
func (s *Site) render(w http.ResponseWriter, r *http.Request, status int, page templ.Component) {
	if err := ui.Write(w, r, status, page); err != nil {
		s.Log.ErrorContext(r.Context(), "a page could not be written", "path", r.URL.Path, "error", err)
		ui.NotWritten(w)
	}
}
