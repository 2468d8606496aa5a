package app_test

import (
	"slices"
	"strings"
	"testing"

	"bianmin/internal/cases"
)

// TestACaseLivesItsLife does 折桂英's case by the accounts of the issue, from the counter to the closing.
func TestACaseLivesItsLife(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		c := h.as(t, clerk)
		v := h.filed(t, oldAge, gaoVillage)
		walk := func(account, verb string, body form, state cases.State, responsible string) {
			t.Helper()
			before := v
			v = h.as(t, account).did(t, v, verb, body)
			if v.State != state || v.Responsible.Account != responsible || v.Version <= before.Version {
				t.Fatalf("after %s: %s in the hands of %s, version %d after %d", verb, v.State, v.Responsible.Account, v.Version, before.Version)
			}
		}
		walk(clerk, "accept", nil, cases.Accepted, clerk) // first asked: nobody has taken it yet
		if l := v.Limits.Promised; !l.Running || l.Why != nil || l.Left != 10 || l.From == nil || l.Due == nil {
			t.Errorf("%+v", l)
		}
		walk(agent, "take", nil, cases.Examining, agent)
		walk(agent, "pass", form{"note": "入户核实过了"}, cases.Examining, agent)
		walk(desk, "return", form{"to": 3, "reason": "少一张照片"}, cases.Examining, desk)
		walk(agent, "pass", nil, cases.Examining, agent)
		walk(desk, "suspend", form{"kind": "expert_review", "basis": "第四十五条", "evidence": "评审通知书", "expected_days": 5}, cases.Suspended, desk)
		if l := v.Limits.Promised; l.Running || l.Why == nil || *l.Why != cases.WhySuspended || v.Special == nil || v.Special.Days != 5 {
			t.Errorf("%+v %+v", l, v.Special)
		}
		walk(desk, "resume", form{"evidence": "评审意见", "note": "评审过了"}, cases.Examining, desk)
		walk(desk, "pass", nil, cases.Examining, desk)
		walk(minzheng, "decide", form{"approve": true}, cases.Decided, minzheng)
		walk(clerk, "deliver", form{"way": "counter", "receiver": "本人"}, cases.Closed, clerk)
		if v.ClosedAt == nil || v.Limits.Promised.Running || *v.Limits.Promised.Why != cases.WhyEnded || v.Step != nil || slices.ContainsFunc(v.Actions, func(verb cases.Verb) bool {
			return !slices.Contains([]cases.Verb{"reveal", "serve", "convey", "arrive", "end-move", "give-back"}, verb) // what moves papers alone
		}) {
			t.Errorf("%+v", v)
		}
		if got := c.get(t, path(v)).want(t, 200).view(t); got.Version != v.Version || got.State != cases.Closed {
			t.Errorf("%+v", got)
		}
	})
}

func TestTheOtherEnds(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		c := h.as(t, clerk)
		correcting := func() cases.View {
			v := c.did(t, h.filed(t, oldAge, gaoVillage), "notify", form{"missing": []form{{"material": "居民身份证", "what": "absent"},
				{"material": "高龄补贴申请表", "what": "defective", "note": "没有签名"}}})
			if v.State != cases.Correcting || v.Notice == nil || len(v.Notice.Missing) != 2 {
				t.Errorf("%s %+v", v.State, v.Notice)
			}
			return v
		}
		v := c.did(t, correcting(), "correct", form{"materials": []form{{"name": "居民身份证"}}})
		if v.State != cases.Correcting {
			t.Errorf("one of two papers came, and it is %s", v.State)
		}
		if v = c.did(t, v, "correct", form{"materials": []form{{"name": "高龄补贴申请表"}}}); v.State != cases.Received {
			t.Errorf("all papers came, and it is %s", v.State)
		}
		c.does(t, v, "notify", form{"missing": []form{{"material": "居民身份证", "what": "absent"}}}).want(t, 409, "already_notified")

		for verb, end := range map[string]cases.State{"reject": cases.NotAccepted, "withdraw": cases.Withdrawn, "void": cases.Void} {
			body := form{"reason": someReason}
			if verb == "reject" {
				body = form{"ground": "不归本市管", "whose": "榆阳区"}
			}
			if v := c.did(t, correcting(), verb, body); v.State != end || v.ClosedAt == nil {
				t.Errorf("%s: %s %v", verb, v.State, v.ClosedAt)
			}
		}
		f := application(h, oldAge, gaoVillage, newPerson())
		f["channel"] = "online"
		v = h.as(t, agent).post(t, filing, f).want(t, 201).view(t)
		if v = h.as(t, agent).did(t, v, "receive", nil); v.State != cases.Received || v.ReceivedAt == nil {
			t.Errorf("%s %v", v.State, v.ReceivedAt)
		}
	})
}

func TestAmendKeepsAndRevealChangesNothing(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		c, p, right := h.as(t, clerk), newPerson(), newPerson()
		v := c.post(t, filing, application(h, oldAge, gaoVillage, p)).want(t, 201).view(t)
		for field, value := range map[string]string{"name": right.name, "id_number": right.id, "phone": right.phone, "address": "高家堡村三组"} {
			before := v
			if v = c.did(t, v, "amend", form{"field": field, "value": value, "reason": "抄错了"}); v.Version != before.Version+1 {
				t.Errorf("%s: version %d after %d", field, v.Version, before.Version)
			}
			c.does(t, v, "amend", form{"field": field, "value": value, "reason": "抄错了"}).want(t, 409, "nothing_changes")
		}
		if v.Applicant.Name != right.name || v.Applicant.IDNumber != masked(right.id) || *v.Applicant.Address != "高家堡村三组" {
			t.Errorf("%+v", v.Applicant)
		}
		if got := everything(t, c, "q="+p.id); len(got) > 0 {
			t.Error("still found by the wrong number")
		}
		for field, value := range map[string]string{"id_number": right.id, "phone": right.phone} {
			k := key("reveal-" + field + string(v.Number))
			shown := c.does(t, v, "reveal", form{"field": field, "reason": "打电话核对"}, k).want(t, 200)
			if got := shown.view(t); got.Revealed == nil || got.Revealed.Value != value || got.Version != v.Version {
				t.Errorf("%s: %+v, version %d after %d", field, got.Revealed, got.Version, v.Version)
			}
			if again := c.does(t, v, "reveal", form{"field": field, "reason": "打电话核对"}, k).want(t, 200); string(again.raw) != string(shown.raw) {
				t.Errorf("%s: asked again it is %s", field, again.raw)
			}
		}
		if got := len(events(t, c, v)); got != 1+4+2 {
			t.Errorf("%d events", got)
		}
	})
}

// TestAVerbsBodyIsReadByItsFields sends each verb what it cannot read, and wants the field named.
func TestAVerbsBodyIsReadByItsFields(t *testing.T) {
	long := strings.Repeat("长", 1001)
	once(t, func(t *testing.T, h *house) {
		v := h.filed(t, oldAge, gaoVillage)
		for _, c := range []struct {
			verb string
			body form
			want []string
		}{
			{"receive", form{"version": nil}, []string{"version:not_integer"}},
			{"accept", form{"version": "1"}, []string{"version:not_integer"}},
			{"accept", form{"version": 0}, []string{"version:too_small"}},
			{"accept", form{"version": 1.5}, []string{"version:not_integer"}},
			{"accept", form{"note": "x"}, []string{"note:unknown_field"}},
			{"take", form{"to": 1}, []string{"to:unknown_field"}},
			{"notify", nil, []string{"missing:required"}},
			{"notify", form{"missing": []form{}}, []string{"missing:required"}},
			{"notify", form{"missing": "居民身份证"}, []string{"missing:not_array"}},
			{"notify", form{"missing": []string{"居民身份证"}}, []string{"missing[0]:not_object"}},
			{"notify", form{"missing": []form{{"material": "户口本", "what": "gone"}}}, []string{"missing[0].what:not_one_of"}},
			{"notify", form{"missing": []form{{"material": "户口本", "what": "absent"}}}, []string{"missing[0].material:unknown_material"}},
			{"notify", form{"missing": []form{{"material": "居民身份证", "what": "absent"}, {"material": "居民身份证", "what": "defective"}}},
				[]string{"missing[1].material:twice", "missing[1].note:required"}},
			{"correct", form{"materials": []form{}}, []string{"materials:required"}},
			{"correct", form{"materials": []form{{"name": "户口本"}, {"originals": 1}}}, []string{"materials[1].name:required"}},
			{"correct", form{"materials": []form{{"name": "居民身份证", "copies": -1}, {"name": "居民身份证", "originals": 100}}},
				[]string{"materials[0].copies:too_small", "materials[1].originals:too_large"}},
			{"correct", form{"materials": []form{{"name": "居民身份证"}, {"name": "居民身份证"}, {"name": "户口本"}}},
				[]string{"materials[1].name:twice", "materials[2].name:unknown_material"}},
			{"reject", nil, []string{"ground:required"}},
			{"reject", form{"ground": " "}, []string{"ground:required"}},
			{"reject", form{"ground": long, "whose": long, "redress": long}, []string{"ground:too_long", "whose:too_long", "redress:too_long"}},
			{"pass", form{"note": long}, []string{"note:too_long"}},
			{"pass", form{"note": "看\u0000不见"}, []string{"note:control_character"}},
			{"return", nil, []string{"reason:required"}},
			{"return", form{"reason": "x", "to": 99}, []string{"to:unknown_step"}},
			{"return", form{"reason": "x", "to": "一"}, []string{"to:not_integer"}},
			{"notify", form{"missing": []form{{"material": "居民身份证", "what": "absent", "unseen": long}}, "days": 181}, []string{"days:out_of_range", "missing[0].unseen:too_long"}},
			{"suspend", nil, []string{"kind:required", "basis:required", "evidence:required", "expected_days:required"}},
			{"suspend", form{"kind": "holiday", "basis": "x", "evidence": "x", "expected_days": 1}, []string{"kind:not_one_of"}},
			{"suspend", form{"kind": "hearing", "basis": "", "evidence": " ", "expected_days": 0}, []string{"basis:required", "evidence:required", "expected_days:out_of_range"}},
			{"resume", nil, []string{"evidence:required"}},
			{"resume", form{"evidence": "x", "note": 1}, []string{"note:not_string"}},
			{"extend", nil, []string{"days:required", "reason:required"}},
			{"extend", form{"days": 11, "reason": ""}, []string{"days:out_of_range", "reason:required"}},
			{"hand", nil, []string{"to:required", "reason:required"}},
			{"hand", form{"to": "nobody-at-all", "reason": "x"}, []string{"to:unknown_person"}},
			{"arrive", form{"move": 1, "things": []form{{"name": "户口簿"}}}, []string{"things[0].came:required"}},
			{"end-move", form{"move": 1, "reason": ""}, []string{"reason:required"}},
			{"convey", form{"things": []form{}, "from": "", "giver": "x", "to": "x", "taker": "x"}, []string{"from:required", "things:required"}},
			{"serve", form{"paper": "x", "way": "electronic", "reached": true, "receiver": "x"}, []string{"address:required", "consent:required"}},
			{"serve", form{"paper": "x", "way": "direct", "reached": true, "receiver": "x", "where": "x", "strokes": [][]int{{1}}}, []string{"strokes:unreadable"}},
			{"entrust", form{"name": "x", "relation": "子女", "id_number": "612722195410020025", "matters": []string{"补正材料"}, "until": "2030-01-01"}, []string{"id_number:check_digit"}},
			{"decide", nil, []string{"approve:required"}},
			{"decide", form{"approve": "true"}, []string{"approve:not_boolean"}},
			{"decide", form{"approve": false}, []string{"reason:required"}},
			{"decide", form{"approve": false, "reason": "\n"}, []string{"reason:required"}},
			{"deliver", nil, []string{"way:required", "receiver:required"}},
			{"deliver", form{"way": "", "receiver": ""}, []string{"way:required", "receiver:required"}},
			{"withdraw", nil, []string{"reason:required"}},
			{"void", form{"reason": ""}, []string{"reason:required"}},
			{"amend", nil, []string{"field:required", "value:required", "reason:required"}},
			{"amend", form{"field": "place", "value": "x", "reason": "x"}, []string{"field:not_one_of"}},
			{"amend", form{"field": "name", "value": " ", "reason": ""}, []string{"reason:required"}},
			{"amend", form{"field": "name", "value": " ", "reason": "x"}, []string{"value:empty"}},
			{"amend", form{"field": "id_number", "value": "612722195410020025", "reason": "x"}, []string{"value:check_digit"}},
			{"amend", form{"field": "phone", "value": "1391234", "reason": "x"}, []string{"value:too_short"}},
			{"reveal", form{"field": "name", "reason": "x"}, []string{"field:not_one_of"}},
			{"reveal", form{"field": "phone", "reason": ""}, []string{"reason:required"}},
		} {
			t.Run(c.verb+" "+strings.Join(c.want, " "), func(t *testing.T) {
				h.as(t, clerk).does(t, v, c.verb, c.body).at(t, c.want...)
			})
		}
		if got := h.as(t, clerk).get(t, path(v)).want(t, 200).view(t); got.Version != v.Version {
			t.Error("a body that could not be read changed the case")
		}
	})
}

// TestActionsAreWhatCanBeDone compares the buttons with what the verbs then answer: what is in the list is done, all
// else is refused, and neither by the other's reason.
func TestActionsAreWhatCanBeDone(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		bodies := map[cases.Verb]form{"reject": {"ground": "x"}, "return": {"reason": "x"}, "suspend": {"kind": "hearing", "basis": "x", "evidence": "x", "expected_days": 1},
			"resume": {"evidence": "x"}, "extend": {"days": 1, "reason": "x"}, "refuse-extension": {"reason": "x"}, "hand": {"to": "head-610881101", "reason": "x"},
			"decide": {"approve": true}, "deliver": {"way": "counter", "receiver": "x"}, "withdraw": {"reason": "x"}, "void": {"reason": "x"},
			"amend": {"field": "address", "value": "高家堡", "reason": "x"}, "reveal": {"field": "id_number", "reason": "x"},
			"notify": {"missing": []form{{"material": "户口簿", "what": "absent"}}}, "correct": {"materials": []form{{"name": "户口簿"}}}, "answer": {"text": "x"},
			"convey": {"things": []form{{"name": "户口簿", "originals": 1}}, "from": "申请人", "giver": "x", "to": "高家堡镇便民服务站", "taker": "刘芳"},
			"arrive": {"move": 2, "things": []form{{"name": "户口簿", "came": true}}}, "end-move": {"move": 2, "reason": "x"},
			"serve":   {"paper": "受理通知书", "way": "posted", "reached": true, "where": "x", "receiver": "x", "mail": "EX1"},
			"entrust": {"name": "折小军", "relation": "子女", "id_number": "440524188001010014", "matters": []string{"补正材料"}, "until": "2030-01-01"},
			"unclear": {"file": 1, "reason": "x"}, "give-back": {"materials": []string{"户口簿"}, "receiver": "x", "signed": true}}
		for name, make := range map[string]func(*testing.T) cases.View{
			"received": func(t *testing.T) cases.View { return h.filed(t, firstCard, gaojiabu) }, "accepted": h.toDecide,
		} {
			for _, account := range []string{clerk, desk, "head-610881101", gongan, "supervisor", "inspector"} {
				c, v := h.as(t, account), make(t)
				shown := c.get(t, path(v))
				if shown.status == 404 && account == gongan && name == "received" {
					continue
				}
				can := shown.want(t, 200).view(t).Actions
				for _, verb := range cases.Verbs() {
					if slices.Contains(can, verb) {
						c.does(t, make(t), string(verb), bodies[verb]).want(t, 200)
					} else if got := c.does(t, v, string(verb), bodies[verb]); got.status != 403 && got.status != 409 || got.problem(t).Code == "stale_version" {
						t.Errorf("%s, %s, %s: %d %s", name, account, verb, got.status, got.raw)
					}
				}
			}
		}
	})
}
