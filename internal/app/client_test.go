package app_test

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"bianmin/internal/cases"
	"bianmin/internal/demo"
)

// form is a JSON object as a program would send it.
type form = map[string]any

// client is one account's way to the API.
type client struct {
	h       *house
	account string
	token   string
	http    *http.Client
}

// as signs an account in, once for all tests.
func (h *house) as(t *testing.T, account string) *client {
	t.Helper()
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.clients[account] == nil {
		h.clients[account] = h.signIn(t, account)
	}
	return h.clients[account]
}

// forget drops the session of as: the next one signs in again.
func (h *house) forget(account string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.clients, account)
}

// signIn opens a session of the test's own.
func (h *house) signIn(t *testing.T, account string) *client {
	t.Helper()
	answer := h.nobody().post(t, "/api/v1/sessions", form{"account": account, "password": demo.Password}).want(t, 201)
	return &client{h: h, account: account, token: answer.object(t)["token"].(string), http: h.server.Client()}
}

// nobody has no session.
func (h *house) nobody() *client { return &client{h: h, http: h.server.Client()} }

// option changes a request before it is sent.
type option func(*http.Request)

func key(k string) option { return header("Idempotency-Key", k) }

func header(name, value string) option { return func(r *http.Request) { r.Header.Set(name, value) } }

func without(name string) option { return func(r *http.Request) { r.Header.Del(name) } }

func (c *client) get(t *testing.T, path string, with ...option) reply {
	t.Helper()
	return c.send(t, http.MethodGet, path, nil, with...)
}

// post sends a body, with a new idempotency key unless one is given.
func (c *client) post(t *testing.T, path string, body any, with ...option) reply {
	t.Helper()
	return c.send(t, http.MethodPost, path, body, with...)
}

// send asks and reads the answer whole. A body of bytes goes out as it is, anything else as JSON. It may be called
// beside the test, so it never ends it.
func (c *client) send(t *testing.T, method, path string, body any, with ...option) reply {
	t.Helper()
	var sent io.Reader
	raw, asItIs := body.([]byte)
	if body != nil && !asItIs {
		raw = marshal(t, body)
	}
	if body != nil {
		sent = bytes.NewReader(raw)
	}
	r, err := http.NewRequestWithContext(t.Context(), method, c.h.server.URL+path, sent)
	if err != nil {
		t.Error(err)
		return reply{}
	}
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if c.token != "" {
		r.Header.Set("Authorization", "Bearer "+c.token)
	}
	if method == http.MethodPost {
		r.Header.Set("Idempotency-Key", rand.Text())
	}
	for _, change := range with {
		change(r)
	}
	answer, err := c.http.Do(r)
	if err != nil {
		t.Errorf("%s %s: %v", method, path, err)
		return reply{}
	}
	defer answer.Body.Close()
	read, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Errorf("%s %s: the answer: %v", method, path, err)
	}
	got := reply{asked: method + " " + path, status: answer.StatusCode, header: answer.Header, raw: read}
	if strings.HasPrefix(path, "/api/") {
		got.check(t)
	}
	return got
}

// reply is an answer.
type reply struct {
	asked  string
	status int
	header http.Header
	raw    []byte
}

// want ends the test unless the answer has this status and, when it is a problem, this code.
func (r reply) want(t *testing.T, status int, code ...string) reply {
	t.Helper()
	if r.status != status || len(code) > 0 && r.problem(t).Code != code[0] {
		t.Fatalf("%s: %d %s, want %d %v", r.asked, r.status, short(r.raw), status, code)
	}
	return r
}

func (r reply) object(t *testing.T) form {
	t.Helper()
	var o form
	r.into(t, &o)
	return o
}

func (r reply) view(t *testing.T) cases.View {
	t.Helper()
	var v cases.View
	r.into(t, &v)
	return v
}

func (r reply) into(t *testing.T, to any) {
	t.Helper()
	if err := json.Unmarshal(r.raw, to); err != nil {
		t.Fatalf("%s: %v in %s", r.asked, err, short(r.raw))
	}
}

func marshal(t *testing.T, v any) []byte {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Error(err)
	}
	return raw
}

func short(raw []byte) string { return string(raw[:min(len(raw), 600)]) }
