package work

import (
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"bianmin/internal/gate"
	"bianmin/internal/problem"
	"bianmin/internal/web/ui"
	"bianmin/internal/words"
)

// surePage asks again for the password, or a code, before what is delicate. What was typed is carried along.
type surePage struct {
	Chrome ui.Chrome
	Act    string // what it is asked for, and of whose account
	To     string
	Back   string
	Kept   []keptField
	Secret ui.Input
	Errors []ui.Mistake
}

type keptField struct{ Name, Value string }

// sure lets through what is delicate (passwords, factors, roles) when the sign-in is fresh, and asks again when it is not, naming
// the act; %s in it is the account that it is done to.
func (s *Site) sure(act string, do func(w http.ResponseWriter, r *http.Request, posted url.Values)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		posted, err := form(w, r)
		if err != nil {
			s.Refuse(w, r, err)
			return
		}
		if !posted.Has("confirm") {
			fresh, err := s.Access.Confirmed(r.Context(), gate.Token(r))
			switch {
			case err != nil:
				s.Refuse(w, r, err)
			case fresh:
				do(w, r, posted)
			default:
				s.askSure(w, r, act, http.StatusOK, posted, nil)
			}
			return
		}
		err = s.Access.Confirm(r.Context(), gate.Token(r), posted.Get("confirm"), gate.From(r))
		var p *problem.Problem
		switch {
		case err == nil:
			posted.Del("confirm")
			do(w, r, posted)
		case errors.As(err, &p) && p.Kind == problem.Invalid:
			s.askSure(w, r, act, http.StatusUnprocessableEntity, posted, p.Fields)
		case errors.As(err, &p) && p.Kind == problem.TooMany:
			title, detail := words.Problem(p)
			s.askSure(w, r, act, http.StatusTooManyRequests, posted, []problem.Field{{Path: "confirm", Message: title + "，" + detail}})
		default:
			s.Refuse(w, r, err)
		}
	}
}

func (s *Site) askSure(w http.ResponseWriter, r *http.Request, act string, status int, posted url.Values, wrong []problem.Field) {
	page := surePage{Act: strings.Replace(act, "%s", s.sureOf(r, posted), 1), To: r.URL.RequestURI(), Back: here(r), Errors: ui.Mistakes(wrong),
		Secret: ui.Input{Name: "confirm", Label: "密码，或者 6 位验证码", Type: "password", Autocomplete: "current-password", Max: 200, Focus: len(wrong) == 0, Error: ui.ErrorAt(wrong, "confirm")}}
	for _, name := range slices.Sorted(maps.Keys(posted)) {
		if name == "confirm" {
			continue
		}
		for _, v := range posted[name] {
			page.Kept = append(page.Kept, keptField{name, v})
		}
	}
	page.Chrome = s.chrome(r, ui.ErrorTitle("再确认一次", len(wrong)), "")
	s.render(w, r, status, sureSheet(page))
}

// sureOf names the account that is acted on, with the person where there is one yet.
func (s *Site) sureOf(r *http.Request, posted url.Values) string {
	account := r.PathValue("account")
	if account == "" {
		return strings.TrimSpace(posted.Get("account"))
	}
	if a, err := s.Access.Account(r.Context(), account); err == nil {
		return account + "（" + a.Name + "）"
	}
	return account // what is done next says that it is not there
}
