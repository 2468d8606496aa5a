package ui

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"bianmin/internal/proxy"
)

func TestSecureHeadersStandOnEveryAnswer(t *testing.T) {
	h := Secure(http.NotFoundHandler())
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	csp := w.Header().Get("Content-Security-Policy")
	if csp == "" || strings.Contains(csp, "unsafe") || strings.Contains(csp, "*") || strings.Contains(csp, "data:") {
		t.Errorf("policy %q", csp)
	}
	for _, name := range []string{"X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Permissions-Policy"} {
		if w.Header().Get(name) == "" {
			t.Errorf("no %s", name)
		}
	}
}

// TestABrowserIsKeptToTLS where it came by TLS, and is told nothing of the kind by anybody's header.
func TestABrowserIsKeptToTLS(t *testing.T) {
	for public, kept := range map[string]bool{"http://example.com": false, "https://example.com": true} {
		r, w := httptest.NewRequest(http.MethodGet, "/", nil), httptest.NewRecorder()
		r.Header.Set("X-Forwarded-Proto", "https")
		proxy.Front{Public: public}.Handler(Secure(http.NotFoundHandler())).ServeHTTP(w, r)
		if got := w.Header().Get("Strict-Transport-Security"); (got != "") != kept {
			t.Errorf("%s: %q", public, got)
		}
	}
}

func TestFormsOfOtherSitesAreRefused(t *testing.T) {
	reached := 0
	h := Secure(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached++ }))
	for name, tc := range map[string]struct {
		method, header, value string
		passes                bool
	}{
		"our own form":            {http.MethodPost, "Sec-Fetch-Site", "same-origin", true},
		"another site's form":     {http.MethodPost, "Sec-Fetch-Site", "cross-site", false},
		"a link from elsewhere":   {http.MethodGet, "Sec-Fetch-Site", "cross-site", true},
		"an old browser's own":    {http.MethodPost, "Origin", "http://example.com", true},
		"an old browser's other":  {http.MethodPost, "Origin", "http://elsewhere.cn", false},
		"a program, with no page": {http.MethodPost, "X-None", "1", true},
	} {
		t.Run(name, func(t *testing.T) {
			reached = 0
			r := httptest.NewRequest(tc.method, "http://example.com/cases", nil)
			r.Header.Set(tc.header, tc.value)
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if (reached == 1) != tc.passes || !tc.passes && w.Code != http.StatusForbidden {
				t.Errorf("reached %d, answered %d", reached, w.Code)
			}
			if w.Header().Get("Content-Security-Policy") == "" {
				t.Error("the refusal has no policy")
			}
		})
	}
}
