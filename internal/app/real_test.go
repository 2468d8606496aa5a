package app_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/app"
	"bianmin/internal/clock"
	"bianmin/internal/db"
	"bianmin/internal/demo"
	"bianmin/internal/gate"
	"bianmin/internal/journal"
)

// realHouse is the program as a city would start it, on an empty SQLite file.
func realHouse(t testing.TB) *app.App {
	t.Helper()
	a, err := app.Open(t.Context(), realConfig(t.TempDir()), db.Serving)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { errClosing(t, a) })
	return a
}

func errClosing(t testing.TB, a *app.App) {
	if err := a.Close(); err != nil {
		t.Error(err)
	}
}

func realConfig(data string) app.Config {
	return app.Config{Data: data, Wall: clock.Func(time.Now), Log: slog.New(slog.DiscardHandler)}
}

func TestWithoutTheDemonstrationNothingOfItExists(t *testing.T) {
	a := realHouse(t)
	for _, r := range a.Gate.Routes() {
		if strings.Contains(r.Pattern, "demo") || r.Permission == access.MoveClock {
			t.Errorf("the route %s exists", r.Pattern)
		}
	}
	answer := httptest.NewRecorder()
	a.ServeHTTP(answer, httptest.NewRequest("POST", moving, strings.NewReader(`{"advance":"1h"}`)))
	if answer.Code != http.StatusNotFound {
		t.Errorf("%s: %d", moving, answer.Code)
	}
	list, err := a.Access.Accounts(t.Context(), "", 1000)
	if err != nil || len(list) != 1 || list[0].Account != "admin" || list[0].HasPassword() {
		t.Errorf("%+v %v", list, err)
	}
	if _, _, err := a.Access.SignIn(t.Context(), "admin", demo.Password, "127.0.0.1"); err == nil {
		t.Error("the demonstration's password opens")
	}
}

func TestDataAreOfOneKind(t *testing.T) {
	data := t.TempDir()
	a, err := app.Open(t.Context(), realConfig(data), db.Serving)
	if err != nil {
		t.Fatal(err)
	}
	errClosing(t, a)
	config := realConfig(data)
	config.Demo = true
	if _, err := app.Open(t.Context(), config, db.Serving); !errors.Is(err, app.ErrNotDemo) {
		t.Errorf("opened as a demonstration: %v", err)
	}
	once(t, func(t *testing.T, h *house) {
		if err := h.app.Close(); err != nil {
			t.Fatal(err)
		}
		config := h.config
		config.Demo = false
		if _, err := app.Open(t.Context(), config, db.Serving); !errors.Is(err, app.ErrDemo) {
			t.Errorf("the demonstration opened in earnest: %v", err)
		}
		if err := h.open(); err != nil {
			t.Fatal(err)
		}
	})
}

// FuzzFile sends any bytes as an application. Whatever they are, the program does not fail, files nothing but what is
// JSON, and says what is wrong as a problem.
func FuzzFile(f *testing.F) {
	a := realHouse(f)
	who := access.Account{Account: clerk, Name: "贾明亮", Role: access.Clerk, Place: gaojiabu}
	if err := a.Access.Add(f.Context(), journal.System, who, access.HashPassword(demo.Password)); err != nil {
		f.Fatal(err)
	}
	token, _, err := a.Access.SignIn(f.Context(), clerk, demo.Password, "127.0.0.1")
	if err != nil {
		f.Fatal(err)
	}
	file := func(body []byte) *httptest.ResponseRecorder {
		r := httptest.NewRequest("POST", filing, bytes.NewReader(body))
		r.Header.Set("Authorization", "Bearer "+token)
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Idempotency-Key", string(rune('a'+len(body)%26)))
		answer := httptest.NewRecorder()
		a.ServeHTTP(answer, r)
		return answer
	}
	good := `{"item":"BM-023","place":"610881101000","channel":"counter","applicant":{"kind":"person","name":"折桂英","id_number":"612722195410020026","phone":"13912345127"},` +
		`"materials":[{"name":"居民身份证","originals":1,"copies":0,"status":"received"}],"green":null,"finish":{"approve":false,"reason":"x"}}`
	if got := file([]byte(strings.Replace(good, `,"finish":{"approve":false,"reason":"x"}`, "", 1))); got.Code != http.StatusCreated {
		f.Fatalf("%d %s", got.Code, got.Body)
	}
	for _, seed := range []string{good, strings.Replace(good, "折桂英", `\ud800`, 1), strings.Replace(good, `"originals":1`, `"originals":1e1`, 1), strings.Replace(good, "1,", "1e400,", 1),
		strings.Replace(good, "{", `{"ITEM":"x",`, 1), strings.Replace(good, "折桂英", "𠮷\x00", 1), "", "null", "[]", "{}", `{"applicant":null}`, `{"materials":[null]}`, `{"finish":[]}`,
		`{"item":"a","item":"b"}`, "\xff", "\xef\xbb\xbf{}", `"\u0000"`, strings.Repeat("[", 100), `{"":{}}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		answer := file(body)
		switch {
		case answer.Code >= 500:
			t.Errorf("%d %s", answer.Code, answer.Body)
		case answer.Code < 300 && (!json.Valid(body) || answer.Header().Get("Content-Type") != "application/json"):
			t.Errorf("%d %s", answer.Code, answer.Body)
		case answer.Code >= 300 && answer.Header().Get("Content-Type") != "application/problem+json":
			t.Errorf("%d as %s: %s", answer.Code, answer.Header().Get("Content-Type"), answer.Body)
		}
	})
}

// TestARouteWithoutAPermissionDoesNotStart registers one at the program's own gate.
func TestARouteWithoutAPermissionDoesNotStart(t *testing.T) {
	a := realHouse(t)
	if err := a.Gate.Check(); err != nil {
		t.Fatal(err)
	}
	a.Gate.Handle(gate.Route{Pattern: "GET /secret", Face: gate.API}, http.NotFoundHandler())
	if err := a.Gate.Check(); err == nil || !strings.Contains(err.Error(), "GET /secret") {
		t.Errorf("%v", err)
	}
	answer := httptest.NewRecorder()
	a.ServeHTTP(answer, httptest.NewRequest("GET", "/secret", nil))
	if answer.Code != http.StatusNotFound {
		t.Errorf("it is served: %d", answer.Code)
	}
}
