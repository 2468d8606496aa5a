package portal

import (
	"net/http"
	"strconv"
	"strings"

	"bianmin/internal/filing"
	"bianmin/internal/proxy"
)

// An application that is not kept rides sealed in its browser, until the browser is closed. A cookie holds 4 KB; names of 200
// characters and a dozen papers need two.
const (
	carriedCookie = "unkept"
	carriedPart   = 3500
	carriedMost   = 4
)

// carry lets the browser carry an unkept draft.
func (s *Site) carry(w http.ResponseWriter, r *http.Request, d filing.Draft) error {
	text, err := s.Filings.Carry(d)
	if err != nil {
		return err
	}
	for i := range carriedMost {
		part := text[:min(len(text), carriedPart)]
		text = text[len(part):]
		setCarried(w, r, i, part)
	}
	return nil
}

func setCarried(w http.ResponseWriter, r *http.Request, i int, part string) {
	name := carriedCookie + strconv.Itoa(i)
	if _, err := r.Cookie(name); err != nil && part == "" {
		return
	}
	c := http.Cookie{Name: name, Value: part, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: proxy.Encrypted(r)}
	if part == "" {
		c.MaxAge = -1
	}
	http.SetCookie(w, &c)
}

func dropCarried(w http.ResponseWriter, r *http.Request) {
	for i := range carriedMost {
		setCarried(w, r, i, "")
	}
}

// carried is what the browser carries; for whoever signed in it is kept from now on.
func (s *Site) carried(w http.ResponseWriter, r *http.Request, o filing.Owner) (filing.Draft, error) {
	var text strings.Builder
	for i := range carriedMost {
		if c, err := r.Cookie(carriedCookie + strconv.Itoa(i)); err == nil {
			text.WriteString(c.Value)
		}
	}
	d, err := s.Filings.Carried(text.String())
	if err != nil || o.Phone == "" {
		return d, err
	}
	holding(w, r, &o)
	return s.Filings.Keep(r.Context(), o, d)
}

// save keeps an answer: here, or with the browser that carries the rest.
func (s *Site) save(w http.ResponseWriter, r *http.Request, o filing.Owner, d filing.Draft, question, said string) (filing.Draft, error) {
	if !d.Unkept {
		return s.Filings.Save(r.Context(), o, d.ID, question, said)
	}
	d, err := s.Filings.Answered(d, question, said)
	if err == nil {
		err = s.carry(w, r, d)
	}
	return d, err
}

// release takes a draft from the telephone of whoever signed in; an unkept one was never anybody's.
func (s *Site) release(r *http.Request, o filing.Owner, id string) error {
	if id == filing.Here {
		return nil
	}
	return s.Filings.Release(r.Context(), o, id)
}
