package gate

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/proxy"
)

// CookieName is the session's cookie, CitizenCookieName that of a citizen's.
const (
	CookieName        = "bianmin"
	CitizenCookieName = "bianmin-my"
)

// token is what the request carries to say who sends it.
func token(face Face, r *http.Request) string {
	if face == API {
		scheme, value, _ := strings.Cut(r.Header.Get("Authorization"), " ")
		if !strings.EqualFold(scheme, "Bearer") {
			return ""
		}
		return strings.TrimSpace(value)
	}
	return Token(r)
}

// Token is the session token of a page's request; empty without one.
func Token(r *http.Request) string { return cookieOf(r, CookieName) }

// CitizenToken is the token of a citizen's session; empty without one.
func CitizenToken(face Face, r *http.Request) string {
	if face == API {
		return token(API, r)
	}
	return cookieOf(r, CitizenCookieName)
}

func cookieOf(r *http.Request, name string) string {
	c, err := r.Cookie(name)
	if err != nil {
		return ""
	}
	return c.Value
}

// Bearer is the session token of a request to the API; empty without one.
func Bearer(r *http.Request) string { return token(API, r) }

// SetCookie gives the browser its session. Scripts cannot read it, and no other site's form can send it.
func SetCookie(w http.ResponseWriter, r *http.Request, token string) {
	http.SetCookie(w, cookie(r, CookieName, token, 0))
}

// DropCookie takes it away.
func DropCookie(w http.ResponseWriter, r *http.Request) {
	http.SetCookie(w, cookie(r, CookieName, "", -1))
}

// SetCitizenCookie gives a citizen's browser its session.
func SetCitizenCookie(w http.ResponseWriter, r *http.Request, token string) {
	http.SetCookie(w, cookie(r, CitizenCookieName, token, 0))
}

// DropCitizenCookie takes it away.
func DropCitizenCookie(w http.ResponseWriter, r *http.Request) {
	http.SetCookie(w, cookie(r, CitizenCookieName, "", -1))
}

func cookie(r *http.Request, name, value string, maxAge int) *http.Cookie {
	c := &http.Cookie{Name: name, Value: value, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, MaxAge: maxAge,
		Secure: proxy.Encrypted(r)}
	if maxAge < 0 {
		c.Expires = time.Unix(1, 0)
	}
	return c
}

// Address is where a request comes from, for the brake on wrong tries.
func Address(r *http.Request) string { return proxy.Address(r) }

// From is where a request comes from, for the lists of sessions and sign-ins.
func From(r *http.Request) access.From {
	return access.From{Address: Address(r), Device: access.DeviceWords(r.UserAgent())}
}

// Origin is where the program is reached: as it was told (public), else as the request came.
func Origin(r *http.Request, public string) string {
	if u, err := url.Parse(public); err == nil && u.Host != "" {
		return u.Scheme + "://" + u.Host
	}
	if proxy.Encrypted(r) {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}
