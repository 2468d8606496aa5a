package app_test

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bianmin/internal/cases"
	"bianmin/internal/gate"
	"bianmin/internal/paper"
)

var aCode = regexp.MustCompile(`验证码 (\d{6})`)

// citizenOf signs in with a telephone: the code is read where the administrator reads it.
func (h *house) citizenOf(t *testing.T, phone string) *client {
	t.Helper()
	h.nobody().post(t, "/api/v1/my/codes", form{"phone": phone}).want(t, 202)
	list := h.as(t, "admin").get(t, "/api/v1/messages?tail="+phone[7:]).want(t, 200).object(t)["messages"].([]any)
	code := aCode.FindStringSubmatch(list[0].(form)["text"].(string))
	if code == nil {
		t.Fatalf("no code in %v", list[0])
	}
	answer := h.nobody().post(t, "/api/v1/my/sessions", form{"phone": phone, "code": code[1]}).want(t, 201)
	return &client{h: h, account: "citizen", token: answer.object(t)["token"].(string), http: h.server.Client()}
}

// own files an application of somebody new and gives her telephone.
func (h *house) own(t *testing.T, code, at string) (v cases.View, phone string) {
	t.Helper()
	p := newPerson()
	return h.as(t, "clerk-"+at[:9]).post(t, filing, application(h, code, at, p)).want(t, 201).view(t), p.phone
}

// TestACitizensSessionOpensTheOwnCasesAlone: staff's routes are shut to it as to nobody, the citizens' to staff; another's
// case is one that is not there.
func TestACitizensSessionOpensTheOwnCasesAlone(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		mine, phone := h.own(t, oldAge, gaoVillage)
		theirs := h.filed(t, oldAge, gaoVillage)
		h.issued(t, clerk, mine, paper.Receipt)
		me := h.citizenOf(t, phone)
		for _, route := range h.app.Gate.Routes() {
			method, pattern, _ := strings.Cut(route.Pattern, " ")
			if route.Face != gate.API || slices.Contains(openToAll, route.Pattern) || method == http.MethodDelete {
				continue
			}
			address := func(n cases.Number) string {
				return strings.NewReplacer("{code}", oldAge, "{paper}", "01-1", "{number}", string(n)).Replace(pattern)
			}
			ask := func(c *client, n cases.Number) string {
				if route.Raw != "" {
					return outcome(t, c.send(t, method, address(n)+"?material=x&name=x.jpg", []byte("x"), header("Content-Type", route.Raw)))
				}
				if method == http.MethodPost || method == http.MethodPut {
					return outcome(t, c.send(t, method, address(n), form{"version": "none"}, key(fmt.Sprint("walk ", route.Pattern, n))))
				}
				return outcome(t, c.send(t, method, address(n), nil))
			}
			if !slices.Contains(ofCitizens, route.Pattern) {
				if got := ask(me, mine.Number); got != "401 not_signed_in" && (method != http.MethodHead || got != "401 ") { // a HEAD has no body
					t.Errorf("%s, a citizen: %s", route.Pattern, got)
				}
				continue
			}
			for _, account := range []string{clerk, "supervisor", "admin"} {
				if got := ask(h.as(t, account), mine.Number); got != "401 not_signed_in" {
					t.Errorf("%s, %s: %s", route.Pattern, account, got)
				}
			}
			if got := ask(h.nobody(), mine.Number); got != "401 not_signed_in" {
				t.Errorf("%s, nobody: %s", route.Pattern, got)
			}
			if got := ask(me, mine.Number); got != "let in" {
				t.Errorf("%s, her own: %s", route.Pattern, got)
			}
			if strings.Contains(pattern, "{number}") {
				if got := ask(me, theirs.Number); got != "404 not_found" {
					t.Errorf("%s, another's: %s", route.Pattern, got)
				}
			}
		}
	})
}

func TestWhatACitizenDoes(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		v, phone := h.own(t, oldAge, gaojiabu)
		second := h.as(t, clerk).post(t, filing, func() form {
			p := newPerson()
			p.phone = phone // of one household
			return application(h, oldAge, gaojiabu, p)
		}()).want(t, 201).view(t)
		me := h.citizenOf(t, phone)
		at := func(n cases.Number, more string) string { return "/api/v1/my/cases/" + string(n) + more }

		list := me.get(t, "/api/v1/my/cases?limit=1").want(t, 200).object(t)
		if first := list["cases"].([]any); len(first) != 1 || first[0].(form)["number"] != string(second.Number) || list["next"] == nil {
			t.Errorf("%v", list)
		}
		rest := me.get(t, "/api/v1/my/cases?limit=1&after="+list["next"].(string)).want(t, 200).object(t)
		if last := rest["cases"].([]any); len(last) != 1 || last[0].(form)["number"] != string(v.Number) || rest["next"] != nil {
			t.Errorf("%v", rest)
		}

		asked := me.post(t, at(v.Number, "/questions"), form{"text": "钱什么时候到，打我电话 " + phone}, key("ask")).want(t, 200).object(t)
		if q := asked["questions"].([]any); len(q) != 1 || strings.Contains(fmt.Sprint(q), phone) || asked["version"] != float64(v.Version) {
			t.Errorf("%v", asked)
		}
		twice := me.post(t, at(v.Number, "/questions"), form{"text": "钱什么时候到，打我电话 " + phone}, key("ask")).want(t, 200).object(t)
		if q := twice["questions"].([]any); len(q) != 1 || twice["rating"] == nil || twice["responsible"] != nil {
			t.Errorf("the same again: %v", twice)
		}
		me.post(t, at(v.Number, "/questions"), form{"text": ""}, key("empty")).at(t, "text:required")
		h.as(t, clerk).did(t, v, "answer", form{"text": "办好当月"})
		told := h.as(t, "admin").get(t, "/api/v1/messages?purpose=answer&tail="+phone[7:]).want(t, 200).object(t)["messages"].([]any)
		if len(told) != 1 || !strings.Contains(told[0].(form)["text"].(string), "办好当月") {
			t.Errorf("%v", told)
		}

		h.as(t, clerk).did(t, v, "reveal", form{"field": "phone", "reason": "打电话通知"})
		looks := me.get(t, "/api/v1/my/looks").want(t, 200).object(t)["looks"].([]any)
		if len(looks) != 1 || looks[0].(form)["reason"] != "打电话通知" || looks[0].(form)["number"] != string(v.Number) {
			t.Errorf("%v", looks)
		}

		me.post(t, at(second.Number, "/withdraw"), form{"version": second.Version + 1, "reason": "不办了"}, key("stale")).want(t, 409, "stale_version")
		if said := string(me.post(t, at(second.Number, "/withdraw"), form{"version": second.Version + 1, "reason": "不办了"}, key("stale2")).want(t, 409).raw); strings.Contains(said, "id_number") || strings.Contains(said, second.Applicant.Name) {
			t.Errorf("a stale answer shows what is the office's: %s", said)
		}
		gone := me.post(t, at(second.Number, "/withdraw"), form{"version": second.Version, "reason": "不办了"}, key("gone")).want(t, 200).object(t)
		if gone["state"] != "withdrawn" {
			t.Errorf("%v", gone)
		}
		me.post(t, at(second.Number, "/withdraw"), form{"version": second.Version + 1, "reason": "不办了"}, key("again")).want(t, 409, "wrong_state")
		me.send(t, http.MethodPut, at(second.Number, "/rating"), form{"grade": 1}).want(t, 409, "rating_too_early")
		me.send(t, http.MethodDelete, "/api/v1/my/sessions", nil)
		me.get(t, "/api/v1/my/cases").want(t, 401, "not_signed_in")
	})
}

func TestABadRatingIsCalledBack(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		v, phone := h.own(t, oldAge, gaojiabu)
		v = h.as(t, clerk).did(t, v, "reject", form{"ground": "户口不在神木", "whose": "榆阳区"})
		h.nobody().send(t, http.MethodPut, "/api/v1/follow/rating", form{"number": v.Number, "phone_last4": "0000", "grade": 1}).want(t, 404, "nothing_to_follow")
		h.nobody().send(t, http.MethodPut, "/api/v1/follow/rating", form{"number": v.Number, "phone_last4": phone[7:], "grade": 0}).at(t, "grade:required")
		h.nobody().send(t, http.MethodPut, "/api/v1/follow/rating", form{"number": v.Number, "phone_last4": phone[7:], "grade": 4, "words": "没说清"}).want(t, 204)
		open := func(account string) []any {
			return h.as(t, account).get(t, "/api/v1/ratings?open=true&limit=200").want(t, 200).object(t)["ratings"].([]any)
		}
		has := func(list []any) bool {
			return slices.ContainsFunc(list, func(x any) bool { return x.(form)["number"] == string(v.Number) })
		}
		if !has(open("head-610881101")) || !has(open("supervisor")) || has(open("head-610881102")) {
			t.Error("who has it on the list")
		}
		if said := fmt.Sprint(h.as(t, clerk).get(t, path(v, "events")).want(t, 200).object(t)); strings.Contains(said, "没说清") {
			t.Error("who served is shown who rated")
		}
		call := "/api/v1/ratings/" + string(v.Number) + "/call"
		h.as(t, "head-610881101").post(t, call, form{"heard": "", "done": "x"}).at(t, "heard:required")
		h.as(t, "head-610881101").post(t, call, form{"heard": "没听懂", "done": "重新解释"}).want(t, 204)
		h.as(t, "head-610881101").post(t, call, form{"heard": "没听懂", "done": "重新解释"}).want(t, 409, "called_back_before")
		if has(open("head-610881101")) {
			t.Error("it is still on the list")
		}
		me := h.citizenOf(t, phone)
		rated := me.get(t, "/api/v1/my/cases/"+string(v.Number)).want(t, 200).object(t)["rating"].(form)
		if rated["put_right"] != "重新解释" || rated["can_rate"] != false || rated["grade"] != float64(4) {
			t.Errorf("%v", rated)
		}
		me.send(t, http.MethodPut, "/api/v1/my/cases/"+string(v.Number)+"/rating", form{"grade": 1}).want(t, 409, "rating_called_back")
	})
}
