package app_test

import (
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"bianmin/internal/access"
	"bianmin/internal/app"
	"bianmin/internal/db"
	"bianmin/internal/gate"
)

// TestAPanicIsToldWithoutItsMessage: what somebody typed may stand in it.
func TestAPanicIsToldWithoutItsMessage(t *testing.T) {
	log, config := &record{}, realConfig(t.TempDir())
	config.Log = slog.New(slog.NewJSONHandler(log, nil))
	a, err := app.Open(t.Context(), config, db.Serving)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { errClosing(t, a) })
	for path, panics := range map[string]any{"/error": errors.New(marker), "/text": marker} {
		a.Gate.Handle(gate.Route{Pattern: "GET " + path, Permission: access.Public, Face: gate.API}, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(panics) }))
		answer := httptest.NewRecorder()
		a.ServeHTTP(answer, httptest.NewRequest("GET", path, nil))
		if answer.Code != http.StatusInternalServerError || !chinese(answer.Body.String()) || strings.Contains(answer.Body.String(), marker) {
			t.Errorf("%s: %d %s", path, answer.Code, answer.Body)
		}
		if said := log.String(); strings.Contains(said, marker) || !strings.Contains(said, `"route":"GET `+path+`"`) || !strings.Contains(said, "observe_test.go") {
			t.Errorf("%s: the log says %s", path, said)
		}
	}
}

// TestTheLogNamesRoutesAndNotAddresses: an address may hold a name or a number.
func TestTheLogNamesRoutesAndNotAddresses(t *testing.T) {
	once(t, func(t *testing.T, h *house) {
		v := h.filed(t, oldAge, gaoVillage)
		h.as(t, clerk).get(t, path(v)).want(t, 200)
		h.as(t, clerk).get(t, filing+"?q=zgy").want(t, 200)
		said := h.log.String()
		for _, want := range []string{`"route":"GET /api/v1/cases/{number}"`, `"route":"POST /api/v1/cases"`, `"status":201`} {
			if !strings.Contains(said, want) {
				t.Errorf("the log does not say %s", want)
			}
		}
		for _, not := range []string{string(v.Number), "zgy", h.as(t, clerk).token, v.Applicant.Name} {
			if strings.Contains(said, not) {
				t.Errorf("the log says %s", not)
			}
		}
		if strings.Contains(said, `"level":"ERROR"`) {
			t.Errorf("the log tells of a fault: %s", said[strings.Index(said, `"level":"ERROR"`):][:400])
		}
	})
}

// TestAnotherSitesPagesAreRefusedInOurWords: the browser says where a request comes from.
func TestAnotherSitesPagesAreRefusedInOurWords(t *testing.T) {
	once(t, func(t *testing.T, h *house) {
		for _, with := range []option{header("Origin", "https://elsewhere.example"), header("Sec-Fetch-Site", "cross-site")} {
			got := h.nobody().post(t, "/sign-in", []byte("account=x"), with)
			if got.status != http.StatusForbidden || !chinese(string(got.raw)) || got.header.Get("Content-Security-Policy") == "" {
				t.Errorf("%d %s %v", got.status, got.raw, got.header)
			}
		}
		h.as(t, clerk).get(t, filing, header("Sec-Fetch-Site", "cross-site")).want(t, 200)
	})
}
