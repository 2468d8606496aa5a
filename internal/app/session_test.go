package app_test

import (
	"bytes"
	"net"
	"net/http"
	"strconv"
	"testing"
	"time"

	"bianmin/internal/demo"
)

func TestASessionBeginsAndEnds(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		answer := h.nobody().post(t, "/api/v1/sessions", form{"account": clerk, "password": demo.Password}).want(t, 201)
		got := answer.object(t)
		shape{"token": like(`[A-Za-z0-9_-]{43}`), "account": is(clerk), "name": text, "role": is("clerk"), "place": is(gaojiabu)}.
			fits(t, "the session", got)
		one := &client{h: h, token: got["token"].(string), http: h.server.Client()}
		two := h.signIn(t, clerk)
		one.get(t, filing).want(t, 200)
		one.send(t, "DELETE", "/api/v1/sessions", nil).want(t, 204)
		one.get(t, filing).want(t, 401, "not_signed_in")
		one.send(t, "DELETE", "/api/v1/sessions", nil).want(t, 401, "not_signed_in")
		two.get(t, filing).want(t, 200)
	})
}

func TestADisabledAccountsSessionsEndAtOnce(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		const account = "head-610881103"
		c := h.signIn(t, account)
		c.get(t, filing).want(t, 200)
		if err := h.app.Access.Disable(t.Context(), "admin", account); err != nil {
			t.Fatal(err)
		}
		c.get(t, filing).want(t, 401, "not_signed_in")
		h.nobody().post(t, "/api/v1/sessions", form{"account": account, "password": demo.Password}).want(t, 401, "wrong_password")
		if err := h.app.Access.Enable(t.Context(), "admin", account); err != nil {
			t.Fatal(err)
		}
		c.get(t, filing).want(t, 401, "not_signed_in") // the old session does not come back
		h.signIn(t, account).get(t, filing).want(t, 200)
	})
}

func TestWrongPasswordsTellNothingAndAreFiveAtTheMost(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		const account = "desk-610881103"
		try := func(c *client, account, password string) reply {
			return c.post(t, "/api/v1/sessions", form{"account": account, "password": password})
		}
		unknown := try(h.nobody(), "nobody-here", demo.Password).want(t, 401, "wrong_password")
		for range 5 {
			if wrong := try(h.nobody(), account, "bianmin-demo-2025").want(t, 401, "wrong_password"); !bytes.Equal(wrong.raw, unknown.raw) {
				t.Errorf("a wrong password is answered %s, an unknown account %s", wrong.raw, unknown.raw)
			}
		}
		paused := try(h.nobody(), account, demo.Password).want(t, 429, "too_many_tries")
		if seconds, err := strconv.Atoi(paused.header.Get("Retry-After")); err != nil || seconds < 1 || seconds > 1800 {
			t.Errorf("Retry-After: %q", paused.header.Get("Retry-After"))
		}
		try(h.nobody(), "head-610881103", demo.Password).want(t, 201)
		elsewhere := &client{h: h, http: from("127.0.0.2")}
		try(elsewhere, account, demo.Password).want(t, 201)
		try(h.nobody(), account, demo.Password).want(t, 429, "too_many_tries")
	})
}

// from is a client at another address of this machine.
func from(address string) *http.Client {
	dialer := &net.Dialer{Timeout: time.Minute, LocalAddr: &net.TCPAddr{IP: net.ParseIP(address)}}
	return &http.Client{Transport: &http.Transport{DialContext: dialer.DialContext, DisableKeepAlives: true}}
}

func TestSignInNamesWhatIsWrongWithItsBody(t *testing.T) {
	once(t, func(t *testing.T, h *house) {
		for name, c := range map[string]struct {
			body form
			want []string
		}{
			"nothing":             {form{}, []string{"account:required", "password:required"}},
			"numbers":             {form{"account": 1, "password": 2}, []string{"account:not_string", "password:not_string"}},
			"too long":            {form{"account": string(bytes.Repeat([]byte("a"), 61)), "password": "x"}, []string{"account:too_long"}},
			"a field more":        {form{"account": "a", "password": "x", "remember": true}, []string{"remember:unknown_field"}},
			"another case":        {form{"Account": clerk, "password": demo.Password}, []string{"account:required", "Account:unknown_field"}},
			"the account, hidden": {form{"account": clerk + "\x00", "password": demo.Password}, []string{"account:control_character"}},
		} {
			t.Run(name, func(t *testing.T) { h.nobody().post(t, "/api/v1/sessions", c.body).at(t, c.want...) })
		}
	})
}
