package app_test

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"bianmin/internal/problem"
)

// problemAnswer is RFC 9457 as the issue has it.
type problemAnswer struct {
	Type   string          `json:"type"`
	Title  string          `json:"title"`
	Status int             `json:"status"`
	Code   string          `json:"code"`
	Detail string          `json:"detail"`
	Facts  form            `json:"facts"`
	Errors []problem.Field `json:"errors"`
	Case   form            `json:"case"`
}

func (r reply) problem(t *testing.T) problemAnswer {
	t.Helper()
	var p problemAnswer
	r.into(t, &p)
	return p
}

// at says that the answer is a 422 with exactly these wrong fields, each written field:code.
func (r reply) at(t *testing.T, want ...string) {
	t.Helper()
	r.want(t, 422, "invalid")
	var got []string
	for _, e := range r.problem(t).Errors {
		got = append(got, e.Path+":"+e.Code)
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%s: wrong fields %v, want %v", r.asked, got, want)
	}
}

var (
	codeForm = regexp.MustCompile(`^[a-z][a-z0-9_]*[a-z0-9]$`)
	// latin finds words in other letters; what may stand in a Chinese sentence is what has no other name.
	latin      = regexp.MustCompile(`[A-Za-z][A-Za-z/_-]+`)
	properName = []string{"Idempotency-Key", "application/json", "JSON", "MB", "KB", "PDF", "JPEG", "PNG", "WebP", "HEIC", "UTF-", "true", "false"}
	// inMessages are names of fields, of values to choose from and of units, which a program's author has to write.
	inMessages = regexp.MustCompile(`^[a-z_]+$|^T$`)
)

// check looks at every answer of the API that the tests ever get: none is a fault of the program, and each refusal is
// a problem in words that its reader understands.
func (r reply) check(t *testing.T) {
	if strings.HasPrefix(r.asked, http.MethodHead) {
		return // it has no body
	}
	t.Helper()
	if r.status >= 500 {
		t.Errorf("%s: %d %s", r.asked, r.status, short(r.raw))
		return
	}
	if r.status < 400 {
		return
	}
	if got := r.header.Get("Content-Type"); got != "application/problem+json" {
		t.Errorf("%s: %d as %q: %s", r.asked, r.status, got, short(r.raw))
		return
	}
	p := r.problem(t)
	if p.Status != r.status || p.Type != "urn:bianmin:problem:"+p.Code || !codeForm.MatchString(p.Code) {
		t.Errorf("%s: %s", r.asked, short(r.raw))
	}
	for _, said := range []string{p.Title, p.Detail} {
		if !chinese(said) || strings.ContainsAny(said, "!！") {
			t.Errorf("%s: says %q", r.asked, said)
		}
		for _, word := range latin.FindAllString(said, -1) {
			if !slices.Contains(properName, word) {
				t.Errorf("%s: %q stands in %q", r.asked, word, said)
			}
		}
	}
	for _, e := range p.Errors {
		if !codeForm.MatchString(e.Code) || !chinese(e.Message) || e.Message == p.Detail {
			t.Errorf("%s: says %+v", r.asked, e)
		}
		for _, word := range latin.FindAllString(e.Message, -1) {
			if !slices.Contains(properName, word) && !inMessages.MatchString(word) {
				t.Errorf("%s: %q stands in %q", r.asked, word, e.Message)
			}
		}
	}
}

func chinese(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}
