package app_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"bianmin/internal/app"
)

func TestMachinesAskHowItIs(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		nobody := h.nobody()
		for path, want := range map[string]string{"/healthz": "ok", "/readyz": "ready"} {
			if got := nobody.get(t, path).want(t, 200); string(got.raw) != want {
				t.Errorf("%s: %q", path, got.raw)
			}
		}
		nobody.get(t, "/api/v1/cases/610881101-2026-000001-1")
		metrics := string(nobody.get(t, "/metrics").want(t, 200).raw)
		for _, want := range []string{`bianmin_requests_total{route="GET /healthz",status="200"}`, `bianmin_requests_total{route="GET /api/v1/cases/{number}",status="401"}`,
			"bianmin_request_seconds_bucket", "bianmin_journal_signed_entries"} {
			if !strings.Contains(metrics, want) {
				t.Errorf("no %s among the metrics", want)
			}
		}
		if strings.Contains(metrics, "610881101-2026") {
			t.Error("a case's number is a metric")
		}
	})
}

// What is measured is no stranger's business: nor what comes through a web server in front, nor with another token.
func TestWhoReadsTheMetrics(t *testing.T) {
	for name, c := range map[string]struct {
		remote, header, value, token string
		may                          bool
	}{
		"this machine":                 {remote: "127.0.0.1:5000", may: true},
		"this machine, IPv6":           {remote: "[::1]:5000", may: true},
		"another":                      {remote: "10.8.1.101:5000"},
		"through a web server here":    {remote: "127.0.0.1:5000", header: "X-Forwarded-For", value: "10.8.1.101"},
		"a token where none is wanted": {remote: "10.8.1.101:5000", header: "Authorization", value: "Bearer "},
		"the token":                    {remote: "10.8.1.101:5000", header: "Authorization", value: "Bearer mi-ma", token: "mi-ma", may: true},
		"another token":                {remote: "10.8.1.101:5000", header: "Authorization", value: "Bearer mi-m", token: "mi-ma"},
		"this machine without it":      {remote: "127.0.0.1:5000", token: "mi-ma"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/metrics", nil)
		r.RemoteAddr = c.remote
		if c.header != "" {
			r.Header.Set(c.header, c.value)
		}
		config := app.Config{MetricsToken: c.token}
		if got := config.MayMeasure(r); got != c.may {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestTheCheckpointOpensWithThePublicKey(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		verifier, err := note.NewVerifier(h.app.Keys.Verifier)
		if err != nil {
			t.Fatal(err)
		}
		head := func() []string {
			t.Helper()
			signed := h.nobody().get(t, "/journal/checkpoint").want(t, 200).raw
			n, err := note.Open(signed, note.VerifierList(verifier))
			if err != nil {
				t.Fatalf("%v: %s", err, signed)
			}
			return strings.Split(n.Text, "\n")
		}
		var before []string
		h.eventually(t, time.Second, "a head is signed", func() bool { return h.nobody().get(t, "/journal/checkpoint").status == 200 })
		if before = head(); len(before) != 4 || before[0] != app.Origin {
			t.Errorf("%q", before)
		}
		h.filed(t, oldAge, gaoVillage)
		h.eventually(t, time.Second, "the head takes in a new entry", func() bool { return head()[1] != before[1] })
		signed := string(h.nobody().get(t, "/journal/checkpoint").want(t, 200).raw)
		for _, forged := range []string{strings.Replace(signed, "\n", "x\n", 1), strings.Replace(signed, "\n1", "\n2", 1)} {
			if _, err := note.Open([]byte(forged), note.VerifierList(verifier)); err == nil && forged != signed {
				t.Errorf("a forged head opens: %s", forged)
			}
		}
	})
}
