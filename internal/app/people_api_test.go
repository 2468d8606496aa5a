package app_test

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"bianmin/internal/demo"
)

var (
	anAccount = shape{"account": text, "name": text, "role": text, "role_name": text, "place": place, "place_name": text, "unit": orNull(text),
		"disabled": truth, "has_password": truth, "has_factor": truth}
	aFactor = shape{"needed": truth, "code_since": orNull(instant), "recovery_left": whole,
		"passkeys": listOf(object(shape{"id": text, "name": text, "since": instant, "used": orNull(instant)}))}
	aRecord = shape{"record": listOf(object(shape{"at": instant, "by": text, "by_name": text, "kind": text, "what": text}))}
)

func and(s shape, more shape) shape {
	all := maps.Clone(s)
	maps.Copy(all, more)
	return all
}

// TestAccountsByTheAPI: added, found, changed, stopped and started, with everything on record.
func TestAccountsByTheAPI(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		admin, d := h.as(t, "admin"), describedBy(t, h)
		made := admin.post(t, "/api/v1/accounts", form{"account": "desk-api", "name": "李建军", "role": "desk", "place": gaojiabu}).want(t, 201)
		and(anAccount, shape{"token": text}).fits(t, "a new account", made.object(t))
		d.fits(t, answerOf("post /api/v1/accounts", "201"), made.raw)
		admin.post(t, "/api/v1/accounts", form{"account": "desk-api", "name": "李建军", "role": "desk", "place": gaojiabu}).at(t, "account:taken")
		found := admin.get(t, "/api/v1/accounts?q=desk-api&state=no_password").want(t, 200)
		d.fits(t, answerOf("get /api/v1/accounts", "200"), found.raw)
		shape{"count": is(1.0), "accounts": listOf(object(anAccount))}.fits(t, "the list", found.object(t))
		to := form{"name": "李建国", "role": "clerk", "place": gaojiabu, "unit": nil}
		d.fits(t, operation("put /api/v1/accounts/{account}")+requestBody, marshal(t, to))
		and(anAccount, shape{"name": is("李建国"), "role": is("clerk"), "factors": object(aFactor)}).fits(t, "changed", admin.send(t, "PUT", "/api/v1/accounts/desk-api", to).want(t, 200).object(t))
		admin.send(t, "PUT", "/api/v1/accounts/desk-api", to).want(t, 409, "nothing_changes")
		admin.post(t, "/api/v1/accounts/desk-api/disable", nil).want(t, 204)
		admin.post(t, "/api/v1/accounts/desk-api/disable", nil).want(t, 409, "already_disabled")
		admin.post(t, "/api/v1/accounts/desk-api/enable", nil).want(t, 204)
		and(anAccount, shape{"token": text}).fits(t, "a new link", admin.post(t, "/api/v1/accounts/desk-api/reset", nil).want(t, 200).object(t))
		admin.post(t, "/api/v1/accounts/admin/disable", nil).want(t, 409, "last_admin")
		admin.send(t, "DELETE", "/api/v1/accounts/admin/factors", nil).want(t, 409, "own_factors")
		admin.send(t, "DELETE", "/api/v1/accounts/desk-api/factors", nil).want(t, 409, "no_factor")
		record := admin.get(t, "/api/v1/accounts/desk-api/record").want(t, 200)
		aRecord.fits(t, "the record", record.object(t))
		for _, said := range []string{"建了账号：李建军，高家堡镇经办人员", "姓名 李建军 改成 李建国；岗位 高家堡镇经办人员 改成 高家堡镇窗口人员", "停用了账号", "启用了账号", "重设了密码"} {
			if !strings.Contains(string(record.raw), said) {
				t.Errorf("the record does not say %s: %s", said, record.raw)
			}
		}
		seats := admin.get(t, "/api/v1/seats?place="+gaojiabu+"&role=clerk").want(t, 200)
		d.fits(t, answerOf("get /api/v1/seats", "200"), seats.raw)
		if !strings.Contains(string(seats.raw), "李建国") {
			t.Errorf("who holds the post: %s", seats.raw)
		}
		admin.post(t, "/api/v1/accounts/desk-api/disable", nil).want(t, 204)
	})
}

// TestASecondFactorByTheAPI: set up, needed from then on, a code once, removed.
func TestASecondFactorByTheAPI(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		const who = "unit-shenpi"
		c, d := h.signIn(t, who), describedBy(t, h)
		var offer struct{ Nonce, Secret, Address string }
		offered := c.post(t, "/api/v1/me/code", nil).want(t, 200)
		d.fits(t, answerOf("post /api/v1/me/code", "200"), offered.raw)
		offered.into(t, &offer)
		c.send(t, "PUT", "/api/v1/me/code", form{"nonce": offer.Nonce, "code": "000000"}).at(t, "code:wrong_code")
		// One moment for every code: a step that passes meanwhile would make the code of now(0) another, unused one.
		start := time.Now()
		now := func(steps int) string {
			t.Helper()
			code, err := totp.GenerateCode(offer.Secret, start.Add(time.Duration(steps)*30*time.Second))
			if err != nil {
				t.Fatal(err)
			}
			return code
		}
		var recovery struct {
			Codes []string `json:"recovery_codes"`
		}
		c.send(t, "PUT", "/api/v1/me/code", form{"nonce": offer.Nonce, "code": now(0)}).want(t, 200).into(t, &recovery)
		if len(recovery.Codes) != 10 {
			t.Fatalf("%d recovery codes", len(recovery.Codes))
		}
		in := func(code string) reply {
			t.Helper()
			body := form{"account": who, "password": demo.Password}
			if code != "" {
				body["code"] = code
			}
			return h.nobody().post(t, "/api/v1/sessions", body)
		}
		in("").want(t, 401, "factor_needed")
		in(now(0)).want(t, 401, "wrong_code") // that of the setting up
		in(now(1)).want(t, 201)
		in(now(1)).want(t, 401, "wrong_code")
		in(recovery.Codes[0]).want(t, 201)
		in(recovery.Codes[0]).want(t, 401, "wrong_code")
		list := c.get(t, "/api/v1/me/sessions").want(t, 200)
		d.fits(t, answerOf("get /api/v1/me/sessions", "200"), list.raw)
		shape{"sessions": listOf(object(shape{"id": text, "device": text, "address": text, "proof": oneOf("password", "totp", "recovery"), "since": instant, "seen": instant, "own": truth}))}.fits(t, "sessions", list.object(t))
		tries := c.get(t, "/api/v1/me/sign-ins?limit=3").want(t, 200)
		d.fits(t, answerOf("get /api/v1/me/sign-ins", "200"), tries.raw)
		if n := len(tries.object(t)["sign_ins"].([]any)); n != 3 || tries.object(t)["next"] == nil {
			t.Errorf("a page of %d: %s", n, tries.raw)
		}
		me := c.get(t, "/api/v1/me").want(t, 200)
		and(anAccount, shape{"factors": object(aFactor), "has_factor": is(true)}).fits(t, "me", me.object(t))
		admin := h.as(t, "admin")
		admin.send(t, "DELETE", "/api/v1/accounts/"+who+"/factors", nil).want(t, 204)
		c.get(t, "/api/v1/me").want(t, 401, "not_signed_in")
		in("").want(t, 201)
		h.forget(who) // the reset ended the session that other tests share
	})
}

// TestHoursByTheAPI: told by the head, read by everybody, another town's refused.
func TestHoursByTheAPI(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		head, d := h.as(t, "head-610881101"), describedBy(t, h)
		week, none := []string{"8:30-12:00", "8:30-12:00", "8:30-12:00", "8:30-12:00", "8:30-12:00", "", ""}, []string{"", "", "", "", "", "", ""}
		body := form{"telephone": "0912 8331234", "address": "高家堡村", "position": form{"lat": 38.5, "lon": 110.25},
			"hours": form{"days": week, "extra": none, "except": []form{{"date": "2026-05-02", "hours": "", "note": "五一"}}}}
		d.fits(t, operation("put /api/v1/places/{place}/contact")+requestBody, marshal(t, body))
		told := head.send(t, "PUT", "/api/v1/places/"+gaoVillage+"/contact", body).want(t, 200)
		d.fits(t, answerOf("put /api/v1/places/{place}/contact", "200"), told.raw)
		read := h.as(t, clerk).get(t, "/api/v1/places/"+gaoVillage).want(t, 200).object(t)
		placeShape(is("room"), is(gaojiabu)).fits(t, "the place", read)
		if raw, _ := json.Marshal(read["hours"]); !strings.Contains(string(raw), "08:30-12:00") || read["telephone"] != "0912-8331234" {
			t.Errorf("%v", read)
		}
		body["telephone"] = "8331234"
		body["hours"].(form)["days"] = []string{"x", "", "", "", "", "", ""}
		head.send(t, "PUT", "/api/v1/places/"+gaoVillage+"/contact", body).at(t, "telephone:bad_telephone", "hours.days[0]:bad_hours")
		body["telephone"], body["hours"] = "12345", nil
		head.send(t, "PUT", "/api/v1/places/610881102200/contact", body).want(t, 403, "forbidden")
		h.as(t, clerk).send(t, "PUT", "/api/v1/places/"+gaoVillage+"/contact", body).want(t, 403, "forbidden")
		record := head.get(t, "/api/v1/places/"+gaoVillage+"/record").want(t, 200)
		aRecord.fits(t, "the record", record.object(t))
		if lacking := head.get(t, "/api/v1/places?parent="+gaojiabu+"&lack=telephone").want(t, 200); strings.Contains(string(lacking.raw), gaoVillage) {
			t.Error("what was told is lacking")
		}
	})
}
