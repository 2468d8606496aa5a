package gate

import (
	"crypto/tls"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"bianmin/internal/access"
	"bianmin/internal/clock"
	"bianmin/internal/proxy"
)

// bare is a gate without services: good for routes that are never let in.
func bare() *Gate {
	refuse := func(w http.ResponseWriter, _ *http.Request, err error) { http.Error(w, err.Error(), http.StatusTeapot) }
	return New(nil, nil, clock.NewManual(noon), refuse, refuse)
}

func TestAPermissionMustStandInTheTable(t *testing.T) {
	for permission, known := range map[access.Permission]bool{access.Public: true, access.SignedIn: true, access.DecideCase: true, "": false, "read": false, "Public": false} {
		g := bare()
		g.Handle(Route{Pattern: "GET /x", Permission: permission}, http.NotFoundHandler())
		if err := g.Check(); (err == nil) != known {
			t.Errorf("%q: %v", permission, err)
		}
		if got := len(g.Routes()); (got == 1) != known {
			t.Errorf("%q: %d routes", permission, got)
		}
	}
}

func TestEveryRouteThatDeclaresNothingIsNamed(t *testing.T) {
	g := bare()
	g.Handle(Route{Pattern: "GET /one"}, http.NotFoundHandler())
	g.Handle(Route{Pattern: "GET /two", Permission: access.Public}, http.NotFoundHandler())
	g.Handle(Route{Pattern: "GET /three", Permission: "all"}, http.NotFoundHandler())
	err := g.Check()
	if err == nil || !strings.Contains(err.Error(), "GET /one") || !strings.Contains(err.Error(), "GET /three") || strings.Contains(err.Error(), "GET /two") {
		t.Errorf("%v", err)
	}
}

func TestRoutesCannotBeChangedFromOutside(t *testing.T) {
	g := bare()
	g.Handle(Route{Pattern: "GET /x", Permission: access.SignedIn}, http.NotFoundHandler())
	g.Routes()[0].Permission = access.Public
	if g.Routes()[0].Permission != access.SignedIn {
		t.Error("the list that was given out is the gate's own")
	}
}

func TestATokenIsCarriedByTheFace(t *testing.T) {
	r := httptest.NewRequest("GET", "/", nil)
	r.AddCookie(&http.Cookie{Name: CookieName, Value: "cookie"})
	for sent, want := range map[string]string{"": "", "Bearer abc": "abc", "bearer abc": "abc", "BEARER  abc ": "abc", "Basic abc": "", "abc": "", "Bearer": ""} {
		r.Header.Set("Authorization", sent)
		if got := token(API, r); got != want {
			t.Errorf("%q: %q, want %q", sent, got, want)
		}
		if got := token(Page, r); got != "cookie" {
			t.Errorf("a page reads %q", got)
		}
	}
	if got := Token(httptest.NewRequest("GET", "/", nil)); got != "" {
		t.Errorf("without a cookie: %q", got)
	}
}

func TestTheCookieIsOutOfReach(t *testing.T) {
	for _, c := range []struct {
		name   string
		secure bool
		make   func(*http.Request)
	}{{"plain", false, func(*http.Request) {}}, {"TLS", true, func(r *http.Request) { r.TLS = &tls.ConnectionState{} }},
		{"anybody's word", false, func(r *http.Request) { r.Header.Set("X-Forwarded-Proto", "https") }}} {
		r, w := httptest.NewRequest("GET", "/", nil), httptest.NewRecorder()
		c.make(r)
		SetCookie(w, r, "token")
		DropCookie(w, r)
		set := w.Result().Cookies()
		for _, k := range set {
			if !k.HttpOnly || k.SameSite != http.SameSiteLaxMode || k.Secure != c.secure || k.Path != "/" {
				t.Errorf("%s: %+v", c.name, k)
			}
		}
		if len(set) != 2 || set[0].Value != "token" || set[1].Value != "" || set[1].MaxAge >= 0 {
			t.Errorf("%s: %+v", c.name, set)
		}
	}
}

func TestTheAddressIsTheConnections(t *testing.T) {
	for from, want := range map[string]string{"192.0.2.1:1234": "192.0.2.1", "[2001:db8::1]:80": "2001:db8::1", "@": "@"} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = from
		r.Header.Set("X-Forwarded-For", "203.0.113.9") // anybody can write that
		if got := Address(r); got != want {
			t.Errorf("%s: %s", from, got)
		}
	}
}

// TestBehindAWebServer: the address and the cookie are those of the browser's connection, not of the web server's.
func TestBehindAWebServer(t *testing.T) {
	trusted, err := proxy.Parse([]string{"127.0.0.1/32"})
	if err != nil {
		t.Fatal(err)
	}
	for from, c := range map[string]struct {
		address, origin string
		secure          bool
	}{"127.0.0.1:5": {"203.0.113.9", "https://example.com", true}, "192.0.2.1:5": {"192.0.2.1", "http://example.com", false}} {
		r, w := httptest.NewRequest("GET", "http://example.com/", nil), httptest.NewRecorder()
		r.RemoteAddr = from
		r.Header.Set("X-Forwarded-For", "203.0.113.9")
		r.Header.Set("X-Forwarded-Proto", "https")
		proxy.Front{Trusted: trusted}.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			SetCitizenCookie(w, r, "token")
			if From(r).Address != c.address || Origin(r, "") != c.origin {
				t.Errorf("%s: %s at %s", from, From(r).Address, Origin(r, ""))
			}
		})).ServeHTTP(w, r)
		if set := w.Result().Cookies(); len(set) != 1 || set[0].Secure != c.secure {
			t.Errorf("%s: %+v", from, set)
		}
	}
}
