package app_test

import (
	"testing"

	"bianmin/internal/cases"
	"bianmin/internal/item"
)

var (
	limit = object(shape{"days": whole, "unit": oneOf("working", "calendar"), "from": orNull(date), "due": orNull(date), "left": whole,
		"running": truth, "why": orNull(oneOf("not_accepted", "suspended", "step", "ended")), "provisional": truth})
	someone = object(shape{"account": text, "name": text, "place": place})
	step    = shape{"index": whole, "name": text, "kind": oneOf("receive", "accept", "examine", "inspect", "publicise", "review", "certify", "perform", "decide", "deliver"),
		"tier": oneOf("village", "town", "city"), "owner": like("agent|counter|desk|unit:[a-z]+"), "owner_name": text, "days": orNull(whole),
		"left": orNull(whole), "day_unit": oneOf("working", "calendar"), "counts": truth, "group": orNull(text), "state": oneOf("todo", "open", "done", "skipped"),
		"started": orNull(instant), "due": orNull(date), "done": orNull(instant), "by": orNull(text), "note": orNull(text)}
	material = object(shape{"name": text, "originals": whole, "copies": whole, "status": oneOf("received", "absent", "defective", "not_needed")})
)

// row is the case as a list gives it; a case alone has more.
func row() shape {
	states, verbs := []string{}, []string{}
	for _, s := range cases.States {
		states = append(states, string(s.State))
	}
	for _, v := range cases.Verbs() {
		verbs = append(verbs, string(v))
	}
	return shape{
		"number": like(`610881\d{3}-\d{4}-\d{6,7}-\d`), "version": whole, "state": oneOf(states...), "state_name": text,
		"item":  object(shape{"code": like(`BM-\d{3}`), "name": text, "plain": text, "version": whole, "kind": oneOf("promised", "on_the_spot")}),
		"place": place, "place_name": text, "town": place, "town_name": text,
		"channel": oneOf("counter", "agent", "online", "kiosk", "phone"), "green": orNull(text),
		"applicant": object(shape{"kind": oneOf("person", "organisation"), "name": text, "id_number": like(`[0-9A-Z]+\*+[0-9A-Z]{3,4}`),
			"phone": orNull(like(`\d{3,4}\*+\d{3,4}`)), "address": orNull(text)}),
		"materials": listOf(material), "step": orNull(object(step)),
		"limits":      object(shape{"legal": orNull(limit), "promised": orNull(limit), "step": orNull(limit)}),
		"responsible": someone, "actions": listOf(oneOf(verbs...)),
		"filed_at": instant, "received_at": orNull(instant), "accepted_at": orNull(instant), "decided_at": orNull(instant), "closed_at": orNull(instant),
		"approved": orNull(truth), "silent": truth, "accept_by": orNull(date), "accept_by_provisional": truth, "overran": truth,
		"extension": orNull(object(shape{"days": whole, "reason": text, "by": someone, "at": instant, "state": oneOf("asked", "granted", "refused"),
			"for_name": text, "head": orNull(someone), "done_at": orNull(instant), "why": orNull(text), "lapsed": truth})),
		"handing": orNull(object(shape{"to": someone, "by": someone, "at": instant, "reason": text})),
		"hands":   listOf(text), "held": listOf(material), "unclear_files": whole,
		"moves": listOf(object(shape{"n": whole, "things": listOf(object(shape{"name": text, "originals": whole, "copies": whole})), "from": text, "giver": text,
			"to": text, "taker": text, "at": instant, "mine": truth, "may_end": truth, "missed": orNull(object(shape{"by": someone, "at": instant, "note": text}))})),
	}
}

// special is a special procedure, under way or over.
var special = object(shape{"kind": text, "kind_name": text, "basis": text, "expected_days": whole, "since": instant, "expected_end": date,
	"evidence": text, "until": orNull(instant), "end_evidence": orNull(text), "result": orNull(text), "overran": truth, "provisional": truth})

func wholeCase() shape {
	s := row()
	s["steps"] = listOf(object(step))
	s["notice"] = orNull(object(shape{"at": instant, "by": someone, "missing": listOf(func(any) string { return "" }), "days": whole, "until": date, "again": truth, "provisional": truth}))
	s["special"], s["specials"] = orNull(special), listOf(special)
	s["afar"] = orNull(object(shape{"filer": orNull(text), "relation": orNull(text), "bring": listOf(text)}))
	s["questions"] = listOf(object(shape{"text": text, "at": instant, "answer": orNull(text), "by": orNull(text), "answered_at": orNull(instant)}))
	s["another"] = orNull(object(shape{"reason": text, "beside": listOf(text), "elsewhere": listOf(text)}))
	s["faults"] = listOf(object(shape{"kind": text, "kind_name": text, "at": instant, "who": someone, "about": listOf(text)}))
	s["files"] = listOf(object(shape{"n": whole, "material": text, "type": oneOf("image/jpeg", "application/pdf"), "size": whole, "width": whole, "height": whole,
		"sha256": like(`[0-9a-f]{64}`), "at": instant, "by": someone, "replaces": orNull(whole), "replaced_by": orNull(whole),
		"unclear": orNull(object(shape{"reason": text, "by": someone, "at": instant}))}))
	s["given_back"] = listOf(object(shape{"material": text, "receiver": text, "by": someone, "at": instant}))
	s["may_attach"], s["may_remove"] = truth, truth
	return s
}

func with(s shape, more shape) shape {
	for name, kind := range more {
		s[name] = kind
	}
	return s
}

func TestACaseIsAnsweredAsTheContractSays(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		p := newPerson()
		got := h.as(t, clerk).post(t, filing, application(h, oldAge, gaoVillage, p)).want(t, 201).object(t)
		with(wholeCase(), shape{
			"number": like(`610881101-2026-\d{6}-\d`), "version": is(1.0), "state": is("received"), "place": is(gaoVillage), "town": is(gaojiabu),
			"channel": is("counter"), "green": null, "approved": null, "notice": null, "special": null, "another": null,
			"silent": is(false), "accept_by": date, "accept_by_provisional": is(false), "overran": is(false), "extension": null, "handing": null,
			"applicant": object(shape{"kind": is("person"), "name": is(p.name), "id_number": is(p.id[:6] + "********" + p.id[14:]),
				"phone": is(p.phone[:3] + "****" + p.phone[7:]), "address": null}),
			"limits": object(shape{"legal": null, "promised": object(shape{"days": is(10.0), "unit": is("working"), "from": null, "due": null,
				"left": is(10.0), "running": is(false), "why": is("not_accepted"), "provisional": is(false)}), "step": limit}),
			"responsible": object(shape{"account": is(clerk), "name": text, "place": is(gaojiabu)}),
			"received_at": instant, "accepted_at": null, "decided_at": null, "closed_at": null,
		}).fits(t, "the case", got)
		// The same from GET, and in the list without what only the whole has.
		v := h.as(t, clerk).get(t, filing+"/"+got["number"].(string)).want(t, 200).object(t)
		wholeCase().fits(t, "GET", v)
		list := h.as(t, clerk).get(t, filing+"?q="+got["number"].(string)).want(t, 200).object(t)
		shape{"cases": listOf(object(row())), "next": null}.fits(t, "the list", list)
	})
}

func TestEveryStateHasTheShape(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		c, seen := h.as(t, "inspector"), map[cases.State]int{}
		for _, v := range everything(t, c, "limit=200") {
			if seen[v.State]++; seen[v.State] <= 2 {
				wholeCase().fits(t, string(v.Number), c.get(t, path(v)).want(t, 200).object(t))
				list := c.get(t, filing+"?q="+string(v.Number)).want(t, 200).object(t)["cases"].([]any)
				row().fits(t, string(v.Number), list[0].(form))
			}
		}
		for _, s := range cases.States {
			if s.State != cases.Draft && s.State != cases.Delivered && seen[s.State] == 0 {
				t.Errorf("no case is %s", s.State)
			}
		}
	})
}

func TestWhatIsLeftOutIsAsTheItemAsks(t *testing.T) {
	once(t, func(t *testing.T, h *house) {
		f := form{"item": "高龄老人生活保健补贴申领", "place": gaojiabu, "channel": "counter", "applicant": newPerson().applicant(),
			"materials": []form{{"name": "居民身份证"}, {"name": "社会保障卡或者一卡通银行卡", "originals": nil, "copies": 2, "status": nil},
				{"name": "高龄补贴申请表", "status": "defective", "originals": 3}}}
		v := h.as(t, clerk).post(t, filing, f).want(t, 201).view(t)
		want := []cases.Material{{Name: "居民身份证", Originals: 1, Status: "received"}, {Name: "高龄补贴申请表", Originals: 3, Status: "defective"},
			{Name: "社会保障卡或者一卡通银行卡", Copies: 2, Status: "received"}, {Name: "委托书", Originals: 1, Status: "not_needed"},
			{Name: "受托人身份证", Originals: 1, Status: "not_needed"}}
		if len(v.Materials) != len(want) {
			t.Fatalf("%+v", v.Materials)
		}
		for i := range want {
			if v.Materials[i] != want[i] {
				t.Errorf("%+v, want %+v", v.Materials[i], want[i])
			}
		}
		// Without any, what is always needed is absent, and acceptance says so.
		delete(f, "materials")
		f["applicant"].(form)["phone"], f["another"] = nil, "材料没有带来的另一件"
		v = h.as(t, clerk).post(t, filing, f).want(t, 201).view(t)
		if v.Materials[0].Status != cases.MaterialAbsent || v.Applicant.Phone != nil {
			t.Errorf("%+v %+v", v.Materials, v.Applicant)
		}
		refused := h.as(t, clerk).does(t, v, "accept", nil).want(t, 409, "materials_missing").problem(t)
		if got := len(refused.Facts["missing"].([]any)); got != 3 {
			t.Errorf("%v", refused.Facts)
		}
	})
}

func TestAConditionalPaperNeverBlocks(t *testing.T) {
	once(t, func(t *testing.T, h *house) {
		v := h.filed(t, oldAge, gaoVillage, func(f form) {
			f["materials"] = append(f["materials"].([]form), form{"name": "委托书", "status": "absent"})
		})
		h.as(t, clerk).did(t, v, "accept", nil)
	})
}

func TestTheChannelSaysWhereACaseBegins(t *testing.T) {
	once(t, func(t *testing.T, h *house) {
		for channel, begins := range map[string]cases.State{"counter": cases.Received, "agent": cases.Received, "online": cases.Submitted,
			"kiosk": cases.Submitted, "phone": cases.Submitted} {
			account := clerk
			if channel == "agent" {
				account = agent
			}
			f := application(h, oldAge, gaoVillage, newPerson())
			f["channel"] = channel
			if v := h.as(t, account).post(t, filing, f).want(t, 201).view(t); v.State != begins || string(v.Channel) != channel || (v.ReceivedAt != nil) != (begins == cases.Received) {
				t.Errorf("%s: %s, received at %v", channel, v.State, v.ReceivedAt)
			}
		}
	})
}

func TestAnOrganisationAppliesByItsCreditCode(t *testing.T) {
	once(t, func(t *testing.T, h *house) {
		const code = "91330102MA28NBU477"
		f := application(h, onTheSpot, gaojiabu, newPerson())
		f["applicant"] = form{"kind": "organisation", "name": "神木市高家堡镇红枣专业合作社", "id_number": " 91330102 ma28nbu47-7", "phone": "0912-8332102"}
		confide(code, "09128332102")
		v := h.as(t, clerk).post(t, filing, f).want(t, 201).view(t)
		if v.Applicant.IDNumber == code || v.Applicant.Phone == nil || *v.Applicant.Phone == "09128332102" {
			t.Errorf("%+v", v.Applicant)
		}
		if got := h.as(t, clerk).does(t, v, "reveal", form{"field": "id_number", "reason": someReason}).want(t, 200).view(t).Revealed; got == nil || got.Value != code {
			t.Errorf("%+v", got)
		}
	})
}

func TestOnTheSpotIsOneRequest(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		c := h.as(t, clerk)
		finish := func(code string, finish form) reply {
			f := application(h, code, gaojiabu, newPerson())
			f["finish"] = finish
			return c.post(t, filing, f)
		}
		v := finish(onTheSpot, form{"approve": true}).want(t, 201).view(t)
		if v.State != cases.Closed || v.Approved == nil || !*v.Approved || v.AcceptedAt == nil || v.DecidedAt == nil || v.ClosedAt == nil || v.Item.Kind != item.OnTheSpot {
			t.Errorf("%+v", v)
		}
		var kinds []string
		for _, e := range events(t, c, v) {
			kinds = append(kinds, string(e.Kind))
		}
		if len(kinds) != 4 || kinds[0] != "received" || kinds[1] != "accepted" || kinds[2] != "decided" || kinds[3] != "delivered" {
			t.Errorf("%v", kinds)
		}
		v = finish(onTheSpot, form{"approve": false, "reason": "不在参保范围", "way": "counter", "receiver": "本人"}).want(t, 201).view(t)
		if v.State != cases.Closed || v.Approved == nil || *v.Approved {
			t.Errorf("%+v", v)
		}

		before := newest(t, c)
		finish(onTheSpot, form{"approve": false}).at(t, "finish.reason:required")
		finish(onTheSpot, form{}).at(t, "finish.approve:required")
		finish(onTheSpot, form{"approve": "yes", "green": 1}).at(t, "finish.approve:not_boolean", "finish.green:unknown_field")
		finish(oldAge, form{"approve": true}).want(t, 409, "not_on_the_spot")
		missing := application(h, onTheSpot, gaojiabu, newPerson())
		delete(missing, "materials")
		missing["finish"] = form{"approve": true}
		c.post(t, filing, missing).want(t, 409, "materials_missing")
		if after := newest(t, c); after != before {
			t.Errorf("a refused request left the case %s", after)
		}
	})
}

// newest is the number of the case that was filed last.
func newest(t *testing.T, c *client) cases.Number {
	t.Helper()
	var page cases.Page
	c.get(t, filing+"?sort=newest&limit=1").want(t, 200).into(t, &page)
	return page.Cases[0].Number
}
