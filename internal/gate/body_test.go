package gate

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bianmin/internal/access"
	"bianmin/internal/once"
	"bianmin/internal/problem"
)

var noon = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)

func codeOf(err error) string {
	var p *problem.Problem
	if errors.As(err, &p) {
		return p.Code
	}
	return ""
}

func TestABodyIsReadWithinBounds(t *testing.T) {
	route := Route{Body: true, Once: true}
	for _, c := range []struct{ what, kind, key, body, want string }{
		{"good", "application/json", "k", `{"a":[1]}`, ""},
		{"with a character set", "application/json; charset=utf-8", "k", `{}`, ""},
		{"its kind in capitals", "Application/JSON", "k", `{}`, ""},
		{"a kind of JSON", "application/merge-patch+json", "k", `{}`, ""},
		{"a form", "application/x-www-form-urlencoded", "k", `{}`, "unsupported_media_type"},
		{"no kind", "", "k", `{}`, "unsupported_media_type"},
		{"two kinds", "application/json, text/plain", "k", `{}`, "unsupported_media_type"},
		{"nothing", "application/json", "k", ``, "not_json"},
		{"as large as may be", "application/json", "k", `"` + strings.Repeat("x", bodyMost-2) + `"`, ""},
		{"larger", "application/json", "k", `"` + strings.Repeat("x", bodyMost-1) + `"`, "body_too_large"},
		{"no UTF-8", "application/json", "k", "\"\xc3\x28\"", "not_utf8"},
		{"as deep as may be", "application/json", "k", strings.Repeat("[", depthMost) + strings.Repeat("]", depthMost), ""},
		{"deeper", "application/json", "k", strings.Repeat("[", depthMost+1) + strings.Repeat("]", depthMost+1), "too_deep"},
		{"cut off", "application/json", "k", `{"a":`, "not_json"},
		{"and more", "application/json", "k", `{} {}`, "not_json"},
		{"without a key", "application/json", "", `{}`, "idempotency_key_missing"},
		{"a key in Chinese", "application/json", "防", `{}`, "idempotency_key_missing"},
		{"a key of two hundred", "application/json", strings.Repeat("k", 200), `{}`, ""},
		{"a longer key", "application/json", strings.Repeat("k", 201), `{}`, "idempotency_key_missing"},
	} {
		t.Run(c.what, func(t *testing.T) {
			r := httptest.NewRequest("POST", "/x", strings.NewReader(c.body))
			r.Header.Set("Content-Type", c.kind)
			r.Header.Set("Idempotency-Key", c.key)
			got, err := bare().read(route, httptest.NewRecorder(), r, access.Actor{Account: "a"})
			if codeOf(err) != c.want {
				t.Fatalf("%v, want %q", err, c.want)
			}
			if err != nil {
				return
			}
			if again, err := io.ReadAll(got.Body); err != nil || string(again) != c.body {
				t.Errorf("the handler reads another body: %v", err)
			}
			if k := Key(got.Context()); k.Account != "a" || k.Path != "/x" || k.Key != c.key {
				t.Errorf("%+v", k)
			}
		})
	}
}

// connection notes the deadlines that are set on it.
type connection struct {
	*httptest.ResponseRecorder
	deadlines []time.Time
}

func (c *connection) SetReadDeadline(at time.Time) error {
	c.deadlines = append(c.deadlines, at)
	return nil
}

// TestABodysDeadlineEndsWithTheBody: a deadline that stays would end the request while it waits for the database.
func TestABodysDeadlineEndsWithTheBody(t *testing.T) {
	w := &connection{ResponseRecorder: httptest.NewRecorder()}
	r := httptest.NewRequest("POST", "/", strings.NewReader("{}"))
	r.Header.Set("Content-Type", "application/json")
	if _, err := bare().read(Route{Body: true}, w, r, access.Actor{}); err != nil {
		t.Fatal(err)
	}
	if len(w.deadlines) != 2 || !w.deadlines[0].Equal(noon.Add(bodyTime)) || !w.deadlines[1].IsZero() {
		t.Errorf("%v", w.deadlines)
	}
}

// broken is a body whose sender goes away.
type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestABodyThatDoesNotComeWhole(t *testing.T) {
	r := httptest.NewRequest("POST", "/", io.MultiReader(strings.NewReader(`{"a":`), broken{}))
	r.Header.Set("Content-Type", "application/json")
	if _, err := bare().read(Route{Body: true}, httptest.NewRecorder(), r, access.Actor{}); codeOf(err) != "body_unreadable" {
		t.Error(err)
	}
}

// TestALargeBodyIsTakenInToItsEnd: a client that is still sending would read a broken connection, not the answer.
func TestALargeBodyIsTakenInToItsEnd(t *testing.T) {
	body := bytes.NewReader(make([]byte, 12<<20))
	r := httptest.NewRequest("POST", "/", body)
	r.Header.Set("Content-Type", "application/json")
	if _, err := bare().read(Route{Body: true}, httptest.NewRecorder(), r, access.Actor{}); codeOf(err) != "body_too_large" || body.Len() != 0 {
		t.Errorf("%v, %d bytes left", err, body.Len())
	}
}

func TestABodyThatIsNotAskedForIsNotRead(t *testing.T) {
	r := httptest.NewRequest("GET", "/", broken{})
	if _, err := bare().read(Route{}, httptest.NewRecorder(), r, access.Actor{}); err != nil {
		t.Error(err)
	}
}

// TestDepthIsThatOfTheJSON compares the count of brackets with the tree that they make.
func TestDepthIsThatOfTheJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		depth := rapid.IntRange(0, depthMost+3).Draw(t, "depth")
		value := any(rapid.SampledFrom([]string{"x", "[[[[", `\"]`, `"{`, `\`}).Draw(t, "text"))
		for range depth {
			if rapid.Bool().Draw(t, "list") {
				value = []any{"]", value, "["}
			} else {
				value = map[string]any{"[{": "}", "]": value}
			}
		}
		raw, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		if got := tooDeep(raw); got != (depth > depthMost) {
			t.Fatalf("depth %d: too deep is %v", depth, got)
		}
	})
}

func TestAnAddressMustBeText(t *testing.T) {
	for address, want := range map[string]string{
		"/cases?q=%E6%8A%98&limit=5": "", "/cases?q=a%0Ab%09": "", "/%E6%8A%98": "", "/cases?": "", "/cases?q": "",
		"/cases?q=%00": "bad_request", "/cases?%00=q": "bad_request", "/a%00b": "bad_request", "/cases?q=%zz": "bad_request", "/cases?a;b": "bad_request",
		"/cases?q=%ff": "not_utf8", "/cases?%ff=q": "not_utf8", "/a%ff": "not_utf8", "/cases?q=%ed%a0%80": "not_utf8",
	} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if got := codeOf(legible(u)); got != want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
}

func TestAnAnswerIsGivenAgainByteForByte(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		body := rapid.SliceOf(rapid.Byte()).Draw(t, "body")
		status := rapid.SampledFrom([]int{http.StatusOK, http.StatusCreated}).Draw(t, "status")
		w := httptest.NewRecorder()
		writeAnswer(w, once.Answer{Status: status, Body: body})
		if w.Code != status || !bytes.Equal(w.Body.Bytes(), body) || w.Header().Get("Idempotent-Replayed") != "true" || w.Header().Get("Content-Type") != "application/json" {
			t.Fatalf("%d %v %q", w.Code, w.Header(), w.Body)
		}
	})
}

// FuzzTooDeep: no bytes make the count fail.
func FuzzTooDeep(f *testing.F) {
	for _, seed := range []string{"", "[", `"\`, `{"a":["]"]}`, strings.Repeat("[", 65), "]]]]" + strings.Repeat("{", 65)} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		if tooDeep(raw) && bytes.Count(raw, []byte("["))+bytes.Count(raw, []byte("{")) <= depthMost {
			t.Errorf("%q has not so many brackets", raw)
		}
	})
}
