package app_test

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"bianmin/internal/cases"
	division "bianmin/internal/place"
	"bianmin/internal/sms"
)

// hasCode signs a telephone in by the code that went to it.
func (h *house) hasCode(t *testing.T, phone string) *client {
	t.Helper()
	h.nobody().post(t, "/api/v1/my/codes", form{"phone": phone}).want(t, 202)
	page, err := h.app.Messages.List(t.Context(), sms.Filter{Tail: phone[len(phone)-4:], Purpose: sms.Code})
	if err != nil || len(page.Messages) == 0 {
		t.Fatalf("no code: %v", err)
	}
	code := regexp.MustCompile(`\d{6}`).FindString(page.Messages[0].Text)
	answer := h.nobody().post(t, "/api/v1/my/sessions", form{"phone": phone, "code": code}).want(t, 201)
	return &client{h: h, token: answer.object(t)["token"].(string), http: h.server.Client()}
}

const fromHome = "/api/v1/my/cases"

// TestACitizenFilesFromHome: the case enters as any other, in its town, and goes on at the counter.
func TestACitizenFilesFromHome(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		who := newPerson()
		c := h.hasCode(t, who.phone)
		asked := form{"item": "BM-001", "place": gaoVillage, "name": who.name, "id_number": who.id, "filer": "折小梅", "relation": "子女",
			"situations": form{"s1": "有", "s2": "都能签"}, "bring": []string{"户口簿"}}
		n := c.post(t, fromHome, asked, key("once")).want(t, 201).object(t)["number"].(string)
		if again := c.post(t, fromHome, asked, key("once")).want(t, 201).object(t)["number"]; again != n {
			t.Errorf("twice: %v and %v", n, again)
		}
		v := h.as(t, clerk).get(t, filing+"/"+n).want(t, 200).view(t)
		if v.Channel != cases.Online || v.State != cases.Submitted || v.Town != gaojiabu || v.Place != gaoVillage || v.Responsible.Account != "head-610881101" || v.AcceptBy != nil ||
			v.Applicant.Name != who.name || *v.Afar.Filer != "折小梅" || strings.Join(v.Afar.Bring, "") != "户口簿" || len(v.Materials) != 6 {
			t.Fatalf("%+v", v)
		}
		for _, m := range v.Materials {
			if m.Status != cases.MaterialAbsent { // the sixth is asked for by the answer
				t.Errorf("%+v", m)
			}
		}
		if mine := c.get(t, fromHome+"/"+n).want(t, 200); !strings.Contains(string(mine.raw), n) {
			t.Errorf("%s", short(mine.raw))
		}
		// The papers come to the counter, all but the one that may come later.
		var come []form
		for _, m := range v.Materials[:5] {
			come = append(come, form{"name": m.Name})
		}
		v = h.as(t, clerk).did(t, v, "receive", form{"materials": come})
		if v.State != cases.Received || v.Responsible.Account != clerk || v.Materials[0].Status != cases.MaterialReceived || v.Materials[5].Status != cases.MaterialAbsent {
			t.Errorf("%+v", v)
		}
		if v = h.as(t, clerk).did(t, v, "accept", nil); v.State != cases.Accepted && v.State != cases.Examining {
			t.Errorf("%s", v.State)
		}
	})
}

// TestAStrangerIsNotToldWhere something of somebody else's is under way: only to ask at the station where they file.
func TestAStrangerIsNotToldWhere(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		neighbour, stranger := newPerson(), newPerson()
		h.as(t, otherClerk).post(t, filing, application(h, oldAge, otherVillage, neighbour)).want(t, 201)
		refused := h.hasCode(t, stranger.phone).post(t, fromHome, form{"item": oldAge, "place": gaojiabu, "name": neighbour.name, "id_number": neighbour.id,
			"situations": form{"s1": "本人来办"}}).want(t, 409, "same_under_way")
		other := h.app.City.Places.Children(h.app.City.Places.Root().Code)
		at := slices.IndexFunc(other, func(p division.Place) bool { return otherVillage[:9] == p.Code.Short() })
		if said := string(refused.raw); strings.Contains(said, other[at].Name) || strings.Contains(said, string(other[at].Code)) || !strings.Contains(said, "高家堡镇") {
			t.Errorf("%s", said)
		}
	})
}

// TestAStrangersFilingLendsNoTelephone: somebody files from home in a neighbour's name and number, with the own telephone.
// When the neighbour comes, the counter finds them without that telephone, and nothing that follows goes to it.
func TestAStrangersFilingLendsNoTelephone(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		neighbour, stranger := newPerson(), newPerson()
		s := h.hasCode(t, stranger.phone)
		filed := s.post(t, fromHome, form{"item": oldAge, "place": gaojiabu, "name": neighbour.name, "id_number": neighbour.id, "situations": form{"s1": "本人来办"}}).want(t, 201).object(t)
		c := h.as(t, clerk)
		found := c.post(t, "/api/v1/people", form{"q": neighbour.id}).want(t, 200).object(t)["people"].([]any)
		if len(found) != 1 || found[0].(form)["applicant"].(form)["phone"] != nil {
			t.Fatalf("%v", found)
		}
		app := application(h, oldAge, gaojiabu, neighbour)
		delete(app, "applicant")
		app["person"], app["another"] = form{"case": filed["number"]}, "网上那一件不是本人交的"
		v := c.post(t, filing, app).want(t, 201).view(t)
		if v.Applicant.Phone != nil {
			t.Errorf("the new case has the telephone %s", *v.Applicant.Phone)
		}
		s.get(t, "/api/v1/my/cases/"+string(v.Number)).want(t, 404)
		c.did(t, c.get(t, path(v)).want(t, 200).view(t), "withdraw", form{"reason": someReason})
	})
}

// TestPressedTwiceAtOnceItIsOneCase on two devices, with the same key.
func TestPressedTwiceAtOnceItIsOneCase(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		who := newPerson()
		c := h.hasCode(t, who.phone)
		asked := form{"item": oldAge, "place": gaojiabu, "name": who.name, "id_number": who.id, "situations": form{"s1": "本人来办"}}
		numbers := make([]string, 5)
		var all sync.WaitGroup
		for i := range numbers {
			all.Go(func() {
				if r := c.post(t, fromHome, asked, key("one")); r.status == 201 {
					numbers[i], _ = r.object(t)["number"].(string)
				}
			})
		}
		all.Wait()
		slices.Sort(numbers)
		if got := slices.Compact(numbers); len(got) != 1 || got[0] == "" {
			t.Errorf("%v", got)
		}
	})
}

func TestWhatIsWrongWithAFilingFromHome(t *testing.T) {
	once(t, func(t *testing.T, h *house) {
		who := newPerson()
		c := h.hasCode(t, who.phone)
		good := func(more form) form {
			f := form{"item": oldAge, "place": gaojiabu, "name": who.name, "id_number": who.id, "situations": form{"s1": "本人来办"}}
			for k, v := range more {
				f[k] = v
			}
			return f
		}
		for i, x := range []struct {
			more form
			at   string
		}{
			{form{"item": "BM-092"}, "item:not_online"}, {form{"item": "BM-034"}, "item:in_person"}, {form{"item": "身份证到期换新"}, "item:in_person"}, {form{"item": "没有"}, "item:not_online"}, {form{"place": city}, "place:unknown_answer"}, {form{"place": "999"}, "place:unknown_answer"},
			{form{"name": ""}, "name:empty"}, {form{"id_number": "61272219541002002"}, "id_number:too_short"}, {form{"situations": form{"s1": "也许"}}, "situations.s1:unknown_answer"},
			{form{"situations": form{}}, "situations.s1:empty"}, {form{"filer": "折小梅"}, "relation:empty"},
		} {
			c.post(t, fromHome, good(x.more), key(fmt.Sprint("wrong", i))).at(t, x.at)
		}
		for _, other := range []*client{h.nobody(), h.as(t, clerk), h.as(t, "admin")} {
			other.post(t, fromHome, good(nil)).want(t, 401, "not_signed_in")
		}
	})
}

func TestTheGuideOverTheAPI(t *testing.T) {
	once(t, func(t *testing.T, h *house) {
		found := h.nobody().get(t, "/api/v1/guide/search?q="+url.QueryEscape("高陵补贴")).want(t, 200).object(t)
		shape{"sure": is(true), "ask": is("12345"), "items": listOf(object(shape{"code": like(`BM-\d{3}`), "plain": text, "name": text, "kind": oneOf("promised", "on_the_spot"), "said": text,
			"score": func(any) string { return "" }}))}.fits(t, "the search", found)
		if first := found["items"].([]any)[0].(form); first["code"] != oldAge {
			t.Errorf("%v", first)
		}
		if none := h.nobody().get(t, "/api/v1/guide/search?q=zzzz").want(t, 200).object(t); none["sure"] != false {
			t.Errorf("%v", none)
		}
		sheet := h.nobody().get(t, "/api/v1/guide/BM-001?place="+gaoVillage+"&answer="+url.QueryEscape("s1:有")).want(t, 200).object(t)
		if len(sheet["bring"].([]any)) != 6 || len(sheet["where"].([]any)) != 2 || sheet["latest"] == nil || sheet["online"] != true {
			t.Errorf("%v", sheet)
		}
		if sheet["presence"] != "partly" || sheet["visits"] != 1.0 || sheet["presence_for"] == nil {
			t.Errorf("%v", sheet)
		}
		if card := h.nobody().get(t, "/api/v1/guide/BM-035").want(t, 200).object(t); card["online"] != false || card["presence"] != "in_person" {
			t.Errorf("%v", card)
		}
		h.nobody().get(t, "/api/v1/guide/BM-999").want(t, 404)
		h.nobody().get(t, "/api/v1/guide/BM-001?place=1").want(t, 422)
		h.nobody().get(t, "/api/v1/guide/BM-001?answer=s1:x").want(t, 422)
	})
}
