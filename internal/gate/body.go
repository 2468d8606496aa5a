package gate

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/once"
	"bianmin/internal/problem"
)

// bodyMost bounds a JSON body, in bytes; depthMost its brackets.
const (
	bodyMost  = 1 << 20
	depthMost = 64
)

// bodyTime is how long a client may take to send a body; drainMost how much of one that is too large is still taken in,
// so that the client reads our answer and not a broken connection.
const (
	bodyTime  = 30 * time.Second
	drainMost = 64 << 20
)

func drain(body io.Reader) {
	_, _ = io.Copy(io.Discard, io.LimitReader(body, drainMost)) // what the client does meanwhile is its own affair
}

type keyKey struct{}
type answerKey struct{}

// Key is the idempotency key of the request, with its account, path and body.
func Key(ctx context.Context) once.Key { k, _ := ctx.Value(keyKey{}).(once.Key); return k }

func answered(ctx context.Context) *once.Answer {
	a, _ := ctx.Value(answerKey{}).(*once.Answer)
	return a
}

func malformed(code string) error { return &problem.Problem{Kind: problem.Malformed, Code: code} }

// legible says whether an address can be read: what stands in it goes on to the database, where PostgreSQL takes text
// alone.
func legible(u *url.URL) error {
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return malformed("bad_request")
	}
	texts := []string{u.Path}
	for name, values := range query {
		texts = append(append(texts, name), values...)
	}
	for _, s := range texts {
		switch {
		case !utf8.ValidString(s):
			return malformed("not_utf8")
		case strings.ContainsRune(s, 0):
			return malformed("bad_request")
		}
	}
	return nil
}

// read takes in a JSON body, whole and bounded, and checks that it is JSON before anything else is asked of it; it
// also reads the idempotency key.
func (g *Gate) read(route Route, w http.ResponseWriter, r *http.Request, actor access.Actor) (*http.Request, error) {
	if route.Raw != "" {
		return g.readRaw(route, w, r)
	}
	if !route.Body {
		return r, nil
	}
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/json" && !strings.HasSuffix(kind, "+json") {
		return r, malformed("unsupported_media_type")
	}
	// A writer that cannot set a deadline (a test's) has no slow client either. Once the body is in there is none: it
	// would end the request while it is worked on.
	connection := http.NewResponseController(w)
	_ = connection.SetReadDeadline(g.wall.Now().Add(bodyTime))
	defer func() { _ = connection.SetReadDeadline(time.Time{}) }()
	body, err := io.ReadAll(io.LimitReader(r.Body, bodyMost+1))
	switch {
	case len(body) > bodyMost:
		drain(r.Body)
		return r, malformed("body_too_large")
	case err != nil:
		return r, malformed("body_unreadable")
	case !utf8.Valid(body):
		return r, malformed("not_utf8")
	case tooDeep(body):
		return r, malformed("too_deep")
	case !json.Valid(body):
		return r, malformed("not_json")
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json") // as whoever reads on expects it, however it was spelt
	if !route.Once {
		return r, nil
	}
	key := strings.TrimSpace(r.Header.Get("Idempotency-Key"))
	if key == "" || len(key) > 200 || strings.ContainsFunc(key, func(c rune) bool { return c < ' ' || c > '~' }) {
		return r, malformed("idempotency_key_missing")
	}
	k := once.Key{Account: actor.Account, Path: r.URL.Path, Key: key, Request: sha256.Sum256(body)}
	return r.WithContext(context.WithValue(r.Context(), keyKey{}, k)), nil
}

// readRaw takes in a body of bytes, whole and bounded.
func (g *Gate) readRaw(route Route, w http.ResponseWriter, r *http.Request) (*http.Request, error) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != route.Raw {
		return r, malformed("unsupported_media_type")
	}
	connection := http.NewResponseController(w)
	defer func() { _ = connection.SetReadDeadline(time.Time{}) }() // as in read
	body, err := io.ReadAll(io.LimitReader(r.Body, int64(route.RawMost)+1))
	switch {
	case len(body) > route.RawMost:
		drain(r.Body)
		return r, malformed("piece_too_large")
	case err != nil:
		return r, malformed("body_unreadable")
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	return r, nil
}

// Patient lets a large body take its time, as long as something of it comes every so often.
func Patient(w http.ResponseWriter, r *http.Request, wall func() time.Time) {
	r.Body = &patient{r.Body, http.NewResponseController(w), wall}
}

type patient struct {
	io.ReadCloser
	connection *http.ResponseController
	now        func() time.Time
}

func (p *patient) Read(b []byte) (int, error) {
	_ = p.connection.SetReadDeadline(p.now().Add(bodyTime)) // as in read
	n, err := p.ReadCloser.Read(b)
	if err != nil {
		_ = p.connection.SetReadDeadline(time.Time{})
	}
	return n, err
}

// tooDeep says whether brackets nest deeper than any honest request's.
func tooDeep(body []byte) bool {
	depth, inText, escaped := 0, false, false
	for _, b := range body {
		switch {
		case escaped:
			escaped = false
		case inText && b == '\\':
			escaped = true
		case b == '"':
			inText = !inText
		case inText:
		case b == '{' || b == '[':
			if depth++; depth > depthMost {
				return true
			}
		case b == '}' || b == ']':
			depth--
		}
	}
	return false
}

// before finds the answer that the key got before. A citizen gets the case as it is now, also the second time: what is
// kept is only that it was done.
func (g *Gate) before(route Route, r *http.Request) (*http.Request, error) {
	if !route.Once || route.Permission.OfCitizens() {
		return r, nil
	}
	answer, err := g.cases.Before(r.Context(), Key(r.Context()), cases.Verb(r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]))
	if answer == nil || err != nil {
		return r, err
	}
	return r.WithContext(context.WithValue(r.Context(), answerKey{}, answer)), nil
}

// writeAnswer gives an answer again, byte for byte.
func writeAnswer(w http.ResponseWriter, a once.Answer) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Idempotent-Replayed", "true")
	w.WriteHeader(a.Status)
	w.Write(a.Body)
}
