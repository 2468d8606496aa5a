package work

import (
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"bianmin/internal/access"
	"bianmin/internal/once"
	"bianmin/internal/problem"
)

// formMost bounds a posted form, in bytes.
const formMost = 1 << 20

// form reads what was posted. Bytes that are no text are refused, like a form too large.
func form(w http.ResponseWriter, r *http.Request) (url.Values, error) {
	r.Body = http.MaxBytesReader(w, r.Body, formMost)
	var tooLarge *http.MaxBytesError
	if err := r.ParseForm(); errors.As(err, &tooLarge) {
		return nil, &problem.Problem{Kind: problem.Malformed, Code: "body_too_large"}
	} else if err != nil {
		return nil, &problem.Problem{Kind: problem.Malformed, Code: "body_unreadable"}
	}
	for name, values := range r.PostForm {
		for _, v := range append(values, name) {
			if !utf8.ValidString(v) || strings.ContainsRune(v, 0) {
				return nil, &problem.Problem{Kind: problem.Malformed, Code: "not_utf8"}
			}
		}
	}
	return r.PostForm, nil
}

// newOnce makes the key that a form carries from its rendering: a second press sends the same one.
func newOnce() string { return rand.Text() }

// onceOf is the intention behind a posted form: a form without a key gets one of its own.
func onceOf(r *http.Request, a access.Actor, posted url.Values) once.Key {
	key := posted.Get("once")
	if key == "" || len(key) > 200 {
		key = newOnce()
	}
	return once.Key{Account: a.Account, Path: r.URL.Path, Key: key, Request: sha256.Sum256([]byte(posted.Encode()))}
}
