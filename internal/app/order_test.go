package app_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"
)

// TestWhatWins begins with a request in which everything is wrong, and puts one thing right after the other.
func TestWhatWins(t *testing.T) {
	large, deep := []byte(`"`+strings.Repeat("x", 1<<20)+`"`), []byte(strings.Repeat("[", 200_000))
	each(t, func(t *testing.T, h *house) {
		v := h.toDecide(t)
		stale := v
		stale.Version--
		decide := path(v, "decide")
		nobody, stranger, clerk, unit, inspector := h.nobody(), h.as(t, otherClerk), h.as(t, clerk), h.as(t, gongan), h.as(t, "inspector")
		wrongBody, staleBody := form{"approve": 1, "green": 2}, form{"version": stale.Version, "approve": true}
		taken := func(c *client, body form) option {
			t.Helper()
			k := key("taken by " + c.account + string(v.Number))
			c.post(t, path(v, "reveal"), body, k)
			return k
		}
		for _, c := range []struct {
			what   string
			who    *client
			body   any
			with   []option
			status int
			code   string
		}{
			{"no session", nobody, deep, []option{header("Content-Type", "text/plain"), without("Idempotency-Key")}, 401, "not_signed_in"},
			{"a session that is none", nobody, deep, []option{header("Authorization", "Bearer "+marker)}, 401, "not_signed_in"},
			{"another scheme", nobody, form{}, []option{header("Authorization", "Basic "+unit.token)}, 401, "not_signed_in"},
			{"no JSON by its name", stranger, deep, []option{header("Content-Type", "text/plain"), without("Idempotency-Key")}, 415, "unsupported_media_type"},
			{"no name at all", stranger, deep, []option{without("Content-Type"), without("Idempotency-Key")}, 415, "unsupported_media_type"},
			{"too large", stranger, large, []option{without("Idempotency-Key")}, 413, "body_too_large"},
			{"too deep", stranger, deep, []option{without("Idempotency-Key")}, 400, "too_deep"},
			{"no UTF-8", stranger, []byte("{\"a\":\"\xff\"}"), []option{without("Idempotency-Key")}, 400, "not_utf8"},
			{"no JSON", stranger, []byte("{"), []option{without("Idempotency-Key")}, 400, "not_json"},
			{"nothing", stranger, []byte(""), []option{without("Idempotency-Key")}, 400, "not_json"},
			{"two values", stranger, []byte("{}{}"), []option{without("Idempotency-Key")}, 400, "not_json"},
			{"no key", stranger, wrongBody, []option{without("Idempotency-Key")}, 400, "idempotency_key_missing"},
			{"a blank key", stranger, wrongBody, []option{key(" ")}, 400, "idempotency_key_missing"},
			{"a key that is too long", stranger, wrongBody, []option{key(strings.Repeat("k", 201))}, 400, "idempotency_key_missing"},
			{"a key in Chinese", stranger, wrongBody, []option{key("防重号")}, 400, "idempotency_key_missing"},
			{"not visible", stranger, wrongBody, nil, 404, "not_found"},
			{"visible, never by this role", inspector, wrongBody, nil, 403, "forbidden"},
			{"visible, never by a head", h.as(t, "head-610881101"), wrongBody, nil, 403, "forbidden"},
			{"fields", unit, wrongBody, nil, 422, "invalid"},
			{"a rule of the fields, and stale", unit, form{"version": stale.Version, "approve": false}, nil, 422, "invalid"},
			{"stale, and not her step", clerk, staleBody, nil, 409, "stale_version"},
			{"not her step", clerk, form{"version": v.Version, "approve": true}, nil, 409, "not_your_step"},
		} {
			t.Run(c.what, func(t *testing.T) { c.who.post(t, decide, c.body, c.with...).want(t, c.status, c.code) })
		}
		// A replay wins over the body and over everything that the rule would say; a key that is taken over the body.
		k := taken(unit, form{"version": v.Version, "field": "id_number", "reason": someReason})
		reveal := func(c *client, body form, status int, code ...string) reply {
			t.Helper()
			return c.post(t, path(v, "reveal"), body, k).want(t, status, code...)
		}
		reveal(unit, form{"version": v.Version, "field": "id_number", "reason": someReason}, 200)
		reveal(unit, wrongBody, 422, "idempotency_key_reused")
		inspector.post(t, path(v, "reveal"), wrongBody, k).want(t, 403, "forbidden")
		stranger.post(t, path(v, "reveal"), wrongBody, k).want(t, 404, "not_found")
		decided := unit.does(t, v, "decide", form{"approve": true}, key("decided"+string(v.Number))).want(t, 200)
		again := unit.does(t, v, "decide", form{"approve": true}, key("decided"+string(v.Number))).want(t, 200) // stale by now
		if !bytes.Equal(decided.raw, again.raw) {
			t.Errorf("asked again: %s, want %s", again.raw, decided.raw)
		}
		unit.does(t, v, "decide", form{"approve": true}).want(t, 409, "stale_version")
		unit.does(t, decided.view(t), "decide", form{"approve": true}).want(t, 409, "wrong_state")
	})
}

// TestFilingHasTheSameOrder is the table for the one POST that names no case.
func TestFilingHasTheSameOrder(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		good, bad := application(h, oldAge, gaoVillage, newPerson()), form{"item": 1}
		good["another"] = "同一个人连着收两件"
		h.nobody().post(t, filing, []byte("{"), header("Content-Type", "text/plain")).want(t, 401, "not_signed_in")
		h.as(t, "inspector").post(t, filing, []byte("{"), header("Content-Type", "text/plain")).want(t, 415, "unsupported_media_type")
		h.as(t, "inspector").post(t, filing, bad, without("Idempotency-Key")).want(t, 400, "idempotency_key_missing")
		for _, account := range []string{"inspector", "supervisor", "admin", desk, "head-610881101", minzheng} {
			h.as(t, account).post(t, filing, bad).want(t, 403, "forbidden")
			h.as(t, account).post(t, filing, good).want(t, 403, "forbidden")
		}
		h.as(t, clerk).post(t, filing, bad).want(t, 422, "invalid")
		for _, kind := range []string{"application/merge-patch+json; charset=utf-8", "Application/JSON"} {
			h.as(t, clerk).post(t, filing, good, header("Content-Type", kind)).want(t, 201)
		}
	})
}

func TestStaleTellsWhoAndWhenAndGivesTheCase(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		v := h.filed(t, oldAge, gaoVillage)
		now := h.as(t, clerk).did(t, v, "accept", nil)
		p := h.as(t, agent).does(t, v, "take", nil).want(t, 409, "stale_version").problem(t)
		wholeCase().fits(t, "the present case", p.Case)
		if p.Case["version"] != float64(now.Version) || p.Case["state"] != "accepted" {
			t.Errorf("%v", p.Case)
		}
		if actions := p.Case["actions"].([]any); len(actions) == 0 || actions[0] != "pass" {
			t.Errorf("the present case is not as the agent sees it: %v", actions)
		}
		shape{"version": is(float64(now.Version)), "last_kind": is("accepted"), "last_by": is(now.Responsible.Name), "last_account": is(clerk), "last_at": is(*now.AcceptedAt)}.
			fits(t, "the facts", p.Facts)
		at := (*now.AcceptedAt)[11:16]
		for _, said := range []string{now.Responsible.Name, at, "受理"} {
			if !strings.Contains(p.Detail, said) {
				t.Errorf("%q does not say %s", p.Detail, said)
			}
		}
	})
}

// TestWhatIsNotToBeSeenLooksAsIfItWereNotThere compares every byte of the two answers.
func TestWhatIsNotToBeSeenLooksAsIfItWereNotThere(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		there := h.filed(t, oldAge, gaoVillage)
		not := there
		not.Number = "610881101-2026-999999-1"
		for _, account := range []string{otherClerk, "agent-610881101201", minzheng, "desk-610881102", "head-610881102", "admin"} {
			c := h.as(t, account)
			for _, ask := range []func(n string) reply{
				func(n string) reply { return c.get(t, filing+"/"+n) },
				func(n string) reply { return c.get(t, filing+"/"+n+"/events") },
				func(n string) reply { return c.post(t, filing+"/"+n+"/take", form{"version": 1}) },
				func(n string) reply { return c.post(t, filing+"/"+n+"/decide", form{"version": 1, "approve": 7}) },
				func(n string) reply {
					return c.post(t, filing+"/"+n+"/reveal", form{"version": 1, "field": "phone", "reason": "x"}, key("known"))
				},
			} {
				want := bare(ask(string(not.Number)).want(t, 404, "not_found"))
				for _, n := range []string{string(there.Number), "610881101-2026-999999-0", "1", marker} {
					if got := bare(ask(n)); got != want {
						t.Errorf("%s: %s\n%s\nwant\n%s", account, n, got, want)
					}
				}
			}
		}
	})
}

// bare is an answer with its headers, without what differs at every one.
func bare(r reply) string {
	headers := r.header.Clone()
	headers.Del("Date")
	var b bytes.Buffer
	b.WriteString(http.StatusText(r.status) + "\n")
	if err := headers.Write(&b); err != nil {
		return err.Error()
	}
	b.Write(r.raw)
	return b.String()
}

func TestAddressesThatAreNone(t *testing.T) {
	once(t, func(t *testing.T, h *house) {
		c := h.as(t, clerk)
		for _, path := range []string{"/api/", "/api/v1/nothing", "/api/v1/cases/", "/api/v2/cases", "/api/v1/cases/1/2/3", "/api/v1/cases/610881101-2026-000001-1/approve"} {
			c.get(t, path).want(t, 404, "no_such_route")
		}
		for _, x := range []struct{ method, path, allow string }{{"PUT", filing, "GET, POST"}, {"DELETE", filing, "GET, POST"}, {"PATCH", filing + "/1", "GET"},
			{"GET", moving, "POST"}, {"POST", "/api/v1/places", "GET"}, {"GET", "/api/v1/sessions", "DELETE, POST"}, {"POST", filing + "/1/events", "GET"}} {
			if got := c.send(t, x.method, x.path, form{}).want(t, 405, "method_not_allowed"); got.header.Get("Allow") != x.allow {
				t.Errorf("%s: Allow: %q, want %q", got.asked, got.header.Get("Allow"), x.allow)
			}
		}
	})
}
