package work

import (
	"net/http"
	"net/url"

	"bianmin/internal/cases"
	"bianmin/internal/gate"
)

// search opens the case that was meant, or lists what comes near.
func (s *Site) search(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	typed := r.URL.Query().Get("q")
	if meant(typed) {
		found, err := s.Cases.List(r.Context(), actor, cases.Filter{Query: typed, Sort: cases.ByNewest, Limit: 2})
		if err != nil {
			s.Refuse(w, r, err)
			return
		}
		if len(found.Cases) == 1 {
			redirect(w, r, casePath(found.Cases[0].Number))
			return
		}
	}
	redirect(w, r, "/desk?"+url.Values{"queue": {queueAll.key}, "q": {typed}}.Encode())
}

// meant says that what was typed names one case: its number, or its serial in the town.
func meant(typed string) bool {
	if _, ok := cases.ParseNumber(typed); ok {
		return true
	}
	for _, c := range typed {
		if c < '0' || c > '9' {
			return false
		}
	}
	return typed != "" && len(typed) <= 7
}
