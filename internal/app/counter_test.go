package app_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"bianmin/internal/cases"
)

const (
	otherVillage = "610881102200"
	otherAgent   = "agent-610881101201"
)

// TestTheSameMatterUnderWay: it is told before anything is received; with a reason it is filed, and the reason stays.
func TestTheSameMatterUnderWay(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		c, p := h.as(t, clerk), newPerson()
		f := application(h, oldAge, gaoVillage, p)
		first := c.post(t, filing, f).want(t, 201).view(t)
		before := newest(t, c)
		no := c.post(t, filing, f).want(t, 409, "same_under_way").problem(t)
		if no.Facts["number"] != string(first.Number) || !strings.Contains(no.Detail, string(first.Number)) || newest(t, c) != before {
			t.Errorf("%+v", no)
		}
		f["another"] = "  "
		c.post(t, filing, f).want(t, 409, "same_under_way")
		f["another"] = strings.Repeat("长", 1001)
		c.post(t, filing, f).at(t, "another:too_long")

		asked := c.post(t, "/api/v1/under-way", form{"item": oldAge, "id_number": p.id}).want(t, 200).object(t)
		if list := asked["cases"].([]any); len(list) != 1 || list[0].(form)["number"] != string(first.Number) || len(asked["elsewhere"].([]any)) != 0 {
			t.Errorf("%v", asked)
		}
		c.post(t, "/api/v1/under-way", form{"item": oldAge, "id_number": p.id[:17] + "00"}).at(t, "id_number:too_long")

		f["another"] = "母女同名同一张银行卡，是她母亲的"
		second := c.post(t, filing, f).want(t, 201).view(t)
		if n := second.Another; n == nil || n.Reason != f["another"] || !slices.Equal(n.Beside, []cases.Number{first.Number}) || len(n.Elsewhere) != 0 {
			t.Errorf("%+v", n)
		}
		if got := c.get(t, path(second)).want(t, 200).view(t).Another; got == nil || got.Reason != f["another"] {
			t.Errorf("%+v", got)
		}
		// Another item is another matter; a reason where nothing is under way is not kept.
		g := application(h, onTheSpot, gaojiabu, p)
		g["another"] = "多余的"
		if v := c.post(t, filing, g).want(t, 201).view(t); v.Another != nil {
			t.Errorf("%+v", v.Another)
		}
		// What has ended is not under way.
		q := newPerson()
		f = application(h, oldAge, gaoVillage, q)
		ended := c.post(t, filing, f).want(t, 201).view(t)
		c.did(t, ended, "withdraw", form{"reason": someReason})
		c.post(t, filing, f).want(t, 201)
		h.verifies(t)
	})
}

// TestTheSameMatterInAnotherTown tells that there is one and whom to ask, and nothing of the case.
func TestTheSameMatterInAnotherTown(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		p := newPerson()
		first := h.as(t, otherClerk).post(t, filing, application(h, oldAge, otherVillage, p)).want(t, 201).view(t)
		f := application(h, oldAge, gaoVillage, p)
		got := h.as(t, clerk).post(t, filing, f).want(t, 409, "same_under_way")
		no := got.problem(t)
		station, _ := h.app.City.Places.Place(otherTown)
		if strings.Contains(string(got.raw), string(first.Number)) || no.Facts["number"] != nil || !strings.Contains(no.Detail, station.Service) {
			t.Errorf("%s", got.raw)
		}
		f["another"] = "那边是去年的，已经打电话问过"
		second := h.as(t, clerk).post(t, filing, f).want(t, 201)
		if n := second.view(t).Another; len(n.Beside) != 0 || !slices.Equal(n.Elsewhere, []string{station.Name}) || strings.Contains(string(second.raw), string(first.Number)) {
			t.Errorf("%+v", n)
		}
		// The two of the one town do not see the other village's either, but an agent is told the town.
		q := newPerson()
		h.as(t, otherAgent).post(t, filing, with2(application(h, oldAge, "610881101201", q), "channel", "agent")).want(t, 201)
		told := h.as(t, agent).post(t, filing, with2(application(h, oldAge, gaoVillage, q), "channel", "agent")).want(t, 409, "same_under_way").problem(t)
		if told.Facts["number"] != nil || told.Facts["ask"] == nil {
			t.Errorf("%+v", told.Facts)
		}
	})
}

func with2(f form, name string, value any) form {
	f[name] = value
	return f
}

// TestManyReceiveTheSameAtOnce: in two towns, on different connections, one gets through and all others are told.
func TestManyReceiveTheSameAtOnce(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for range 25 {
			p := newPerson()
			answers := together(8, func(i int) reply {
				account, at := clerk, gaoVillage
				if i%2 == 1 {
					account, at = otherClerk, otherVillage
				}
				return h.as(t, account).post(t, filing, application(h, oldAge, at, p))
			})
			var got []string
			for _, a := range answers {
				if a.status == 201 {
					got = append(got, "filed")
				} else if code := a.problem(t).Code; code != "same_under_way" {
					got = append(got, code)
				}
			}
			if !slices.Equal(got, []string{"filed"}) {
				t.Fatalf("%v", got)
			}
		}
		h.verifies(t)
	})
}

// peopleFound are the names that a search finds, with the case by which each is named.
func peopleFound(t *testing.T, c *client, q string) map[string]string {
	t.Helper()
	found := map[string]string{}
	answer := c.post(t, "/api/v1/people", form{"q": q}).want(t, 200)
	for _, x := range answer.object(t)["people"].([]any) {
		applicant := x.(form)["applicant"].(form)
		found[applicant["name"].(string)+" "+applicant["id_number"].(string)] = x.(form)["case"].(string)
	}
	return found
}

func TestPeopleSeenBeforeAreFound(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		c, p, namesake := h.as(t, clerk), newPerson(), newPerson()
		p.name = "折" + p.name // three characters that nobody else begins with
		namesake.name = p.name
		confide(p.id, p.phone)
		v := c.post(t, filing, application(h, oldAge, gaoVillage, p)).want(t, 201).view(t)
		c.post(t, filing, application(h, oldAge, "610881101201", namesake)).want(t, 201)
		who := p.name + " " + v.Applicant.IDNumber
		for _, q := range []string{p.id, " " + strings.ToLower(p.id[:6]+" "+p.id[6:]), p.phone, p.phone[:3] + " " + p.phone[3:]} {
			if got := peopleFound(t, c, q); len(got) != 1 || got[who] != string(v.Number) {
				t.Errorf("%q finds %v", strings.Repeat("*", len(q)), got)
			}
		}
		for _, q := range []string{p.name, p.name[:6]} {
			if got := peopleFound(t, c, q); got[who] != string(v.Number) || len(got) < 2 {
				t.Errorf("%q finds %v, not both of one name", q, got)
			}
		}
		for _, q := range []string{"", "z", "没有这个人", p.id[:17], p.phone[:10], p.name[:2], "\\%", strings.Repeat("长", 200)} {
			if got := peopleFound(t, c, q); len(got) != 0 {
				t.Errorf("%q finds %v", q, got)
			}
		}
		// Nobody finds whom they may not see, by whatever was typed.
		for _, account := range []string{otherClerk, otherAgent} {
			for _, q := range []string{p.id, p.phone, p.name} {
				if got := peopleFound(t, h.as(t, account), q); got[who] != "" {
					t.Errorf("%s finds %v", account, got)
				}
			}
		}
		if got := peopleFound(t, h.as(t, agent), p.phone); got[who] != string(v.Number) {
			t.Errorf("the village's agent finds %v", got)
		}
		c.get(t, "/api/v1/cases/"+string(v.Number)+"/applicant").want(t, 200)
	})
}

func TestInitialsFindPeople(t *testing.T) {
	once(t, func(t *testing.T, h *house) {
		c, p := h.as(t, clerk), newPerson()
		p.name = "区鹊仪"
		v := c.post(t, filing, application(h, oldAge, gaoVillage, p)).want(t, 201).view(t)
		for _, q := range []string{"oqy", "OQY", "oq"} {
			if got := peopleFound(t, c, q); got[p.name+" "+v.Applicant.IDNumber] != string(v.Number) {
				t.Errorf("%q finds %v", q, got)
			}
		}
	})
}

// TestAnApplicantIsNamedByAnEarlierCase: no number is sent again, and what is newer replaces what was.
func TestAnApplicantIsNamedByAnEarlierCase(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		c, p, newer := h.as(t, clerk), newPerson(), newPerson()
		first := c.post(t, filing, application(h, oldAge, gaoVillage, p)).want(t, 201).view(t)
		by := func(f form, who form) form {
			delete(f, "applicant")
			f["person"] = who
			return f
		}
		again := c.post(t, filing, by(application(h, firstCard, gaojiabu, p), form{"case": first.Number})).want(t, 201).view(t)
		if again.Applicant.Name != p.name || again.Applicant.IDNumber != first.Applicant.IDNumber || *again.Applicant.Phone != *first.Applicant.Phone {
			t.Errorf("%+v", again.Applicant)
		}
		if got := c.does(t, again, "reveal", form{"field": "id_number", "reason": someReason}).want(t, 200).view(t).Revealed; got.Value != p.id {
			t.Error("the number behind it is another one")
		}
		if got := events(t, c, again)[0].Data; !strings.Contains(string(got), `"person":"`+string(first.Number)) {
			t.Errorf("the record does not say where the applicant was recognised: %s", got)
		}
		third := c.post(t, filing, by(application(h, onTheSpot, gaojiabu, p), form{"case": again.Number, "phone": newer.phone, "address": "高家堡村三组"})).want(t, 201).view(t)
		if *third.Applicant.Phone != newer.phone[:3]+"****"+newer.phone[7:] || *third.Applicant.Address != "高家堡村三组" {
			t.Errorf("%+v", third.Applicant)
		}
		// The same matter is the same, however the applicant is named.
		c.post(t, filing, by(application(h, oldAge, gaoVillage, p), form{"case": again.Number})).want(t, 409, "same_under_way")
		c.post(t, filing, by(application(h, oldAge, gaoVillage, p), form{"case": first.Number, "phone": "139"})).at(t, "applicant.phone:too_short")
		// A case that is not one's own names nobody.
		h.as(t, otherClerk).post(t, filing, by(application(h, firstCard, otherTown, p), form{"case": first.Number})).at(t, "person.case:not_found")
		c.post(t, filing, by(application(h, firstCard, gaojiabu, p), form{"case": "x"})).at(t, "person.case:not_found")
		c.post(t, filing, by(application(h, firstCard, gaojiabu, p), form{"case": ""})).at(t, "person.case:required")
		both := application(h, firstCard, gaojiabu, p)
		both["person"] = form{"case": first.Number}
		c.post(t, filing, both).at(t, "person:twice")
		h.verifies(t)
	})
}

func TestPapersAlreadyHeld(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		c, p := h.as(t, clerk), newPerson()
		f := application(h, "BM-001", gaoVillage, p)
		v := c.post(t, filing, f).want(t, 201).view(t)
		got := c.get(t, path(v, "applicant")).want(t, 200).object(t)
		shape{"material": text, "case": is(string(v.Number)), "item": text, "on": date, "until": date}.fits(t, "held", got["held"].([]any)[0].(form))
		var names []string
		for _, x := range got["held"].([]any) {
			names = append(names, x.(form)["material"].(string))
		}
		if !slices.Contains(names, "户口簿") || slices.Contains(names, "最低生活保障申请书") {
			t.Errorf("held: %v", names)
		}
		if len(got["earlier"].([]any)) != 1 || got["open"] != 1.0 || got["cases"] != 1.0 {
			t.Errorf("%v", got)
		}
		h.as(t, otherClerk).get(t, path(v, "applicant")).want(t, 404)
		h.as(t, desk).get(t, path(v, "applicant")).want(t, 403)
	})
}

func TestDraftsOverTheAPI(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		c, p := h.as(t, clerk), newPerson()
		id := fmt.Sprintf("d-%s", p.phone[3:])
		at := "/api/v1/drafts/" + id
		put := func(c *client, version int, name string) reply {
			return c.send(t, "PUT", at, form{"version": version, "form": form{"applicant.name": name, "applicant.id_number": p.id, "applicant.phone": p.phone}})
		}
		view := shape{"id": is(id), "version": whole, "aside": truth, "since": instant, "saved_at": instant, "until": instant, "form": func(any) string { return "" }}
		view.fits(t, "the draft", put(c, 0, "折").want(t, 200).object(t))
		put(c, 1, "折桂英").want(t, 200)
		no := put(c, 1, "折桂花").want(t, 409, "draft_newer").problem(t)
		if no.Facts["version"] != 2.0 {
			t.Errorf("%v", no.Facts)
		}
		if got := c.get(t, at).want(t, 200).object(t); got["form"].(form)["applicant.name"] != "折桂英" || got["form"].(form)["applicant.id_number"] != p.id {
			t.Errorf("%v", got["version"])
		}
		for _, other := range []string{otherClerk, agent} {
			h.as(t, other).get(t, at).want(t, 404)
			h.as(t, other).send(t, "DELETE", at, nil).want(t, 204)
		}
		listed := func() bool {
			return strings.Contains(string(c.get(t, "/api/v1/drafts").want(t, 200).raw), id)
		}
		if !listed() {
			t.Error("it is not in the list")
		}
		h.restart(t)
		if !listed() {
			t.Error("it is gone after a restart")
		}
		c.send(t, "DELETE", at, nil).want(t, 204)
		if listed() {
			t.Error("it is in the list after it was dropped")
		}
		c.get(t, at).want(t, 404)
		h.verifies(t)
	})
}
