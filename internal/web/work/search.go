package work

import (
	"net/http"
	"strings"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/gate"
)

// search opens the case that was meant, or lists what comes near. It is posted: what was typed may be a number.
func (s *Site) search(w http.ResponseWriter, r *http.Request) {
	posted, err := form(w, r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	actor, _ := gate.Actor(r.Context())
	typed := posted.Get("q")
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
	redirect(w, r, deskQuery{Queue: queueAll.key, Text: s.covered(typed)}.address())
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

// tellingDigits is how many digits in a row may be somebody's: a serial is shorter, a telephone longer.
const tellingDigits = 8

// telling says that what was typed holds a number by which somebody is found. It must not stand in an address: browsers keep
// those, and web servers, and whoever is sent one.
func telling(typed string) bool {
	if _, ok := cases.ParseNumber(typed); ok {
		return false
	}
	digits := 0
	for _, c := range typed {
		switch {
		case c >= '0' && c <= '9':
			digits++
		case c != ' ' && c != '-':
			digits = 0
		}
		if digits == tellingDigits {
			return true
		}
	}
	return false
}

// sealedMark begins a question whose words are sealed, searchSeal is what they are sealed for.
const (
	sealedMark = "~"
	searchSeal = "search"
)

// covered is what was typed as it may stand in an address.
func (s *Site) covered(typed string) string {
	if !telling(typed) {
		return typed
	}
	return sealedMark + s.Box.Seal(searchSeal, typed)
}

// uncovered is what was typed, from an address. A seal that does not open asks for nothing.
func (s *Site) uncovered(text string) string {
	sealed, is := strings.CutPrefix(text, sealedMark)
	if !is {
		return text
	}
	typed, err := s.Box.Open(searchSeal, sealed)
	if err != nil {
		return ""
	}
	return typed
}

// filter is the question of a list to the service.
func (s *Site) filter(role access.Role, q deskQuery) cases.Filter {
	f := q.filter(role)
	f.Query = s.uncovered(q.Text)
	return f
}
