package app_test

import (
	"fmt"
	"net/url"
	"testing"
)

// placeShape is a place as the API gives it.
func placeShape(kind, parent kind) shape {
	week := listOf(func(v any) string { return like(`(\d\d:\d\d-\d\d:\d\d ?)*`)(v) })
	return shape{"code": place, "name": text, "kind": kind, "parent": parent, "service": text, "telephone": orNull(text), "address": orNull(text),
		"position": orNull(object(shape{"lat": number, "lon": number})),
		"hours":    orNull(object(shape{"days": week, "extra": week, "except": listOf(object(shape{"date": date, "hours": like(".*"), "note": like(".*")}))})),
		"open_now": orNull(truth), "open_until": orNull(instant), "opens_next": orNull(instant),
		"lacking": listOf(oneOf("telephone", "hours", "address", "position"))}
}

// number is a fraction.
func number(v any) string {
	if _, ok := v.(float64); !ok {
		return fmt.Sprintf(" is %v, want a number", v)
	}
	return ""
}

func TestThePlacesAreShenmu(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		c := h.as(t, clerk)
		under := func(parent, kind string) []any {
			t.Helper()
			list := c.get(t, "/api/v1/places?parent="+parent).want(t, 200).object(t)["places"].([]any)
			for _, p := range list {
				placeShape(is(kind), is(parent)).fits(t, "a place", p.(form))
			}
			return list
		}
		stations := under(city, "station")
		if len(stations) != 20 {
			t.Errorf("%d stations, want 20", len(stations))
		}
		rooms := 0
		for _, s := range stations {
			rooms += len(under(s.(form)["code"].(string), "room"))
		}
		if rooms != 364 {
			t.Errorf("%d rooms, want 364", rooms)
		}
		if got := len(under(gaoVillage, "room")); got != 0 {
			t.Errorf("a village has %d places under it", got)
		}
		all := c.get(t, "/api/v1/places").want(t, 200).object(t)["places"].([]any)
		if len(all) != 1+20+364 {
			t.Errorf("%d places in all", len(all))
		}
		root := placeShape(is("centre"), null)
		root["code"], root["name"] = is(city), is("神木市")
		root.fits(t, "the city", all[0].(form))
		for _, wrong := range []string{"610999000000", "61", "x", "610881000001"} {
			c.get(t, "/api/v1/places?parent="+wrong).at(t, "parent:unknown_place")
		}
	})
}

func TestItemsAreFoundByWhatPeopleType(t *testing.T) {
	once(t, func(t *testing.T, h *house) {
		c := h.as(t, agent)
		first := func(q string) form {
			t.Helper()
			list := c.get(t, "/api/v1/items?place="+gaoVillage+"&q="+url.QueryEscape(q)).want(t, 200).object(t)["items"].([]any)
			if len(list) == 0 {
				t.Fatalf("nothing is found by %q", q)
			}
			return list[0].(form)
		}
		want := shape{"code": is(oldAge), "name": is("高龄老人生活保健补贴申领"), "plain": is("领高龄补贴"), "window": is("民政社保窗口"), "kind": is("promised")}
		for _, q := range []string{"glbt", "GLBT", "高龄", "高龄老人生活保健补贴申领", "领高龄补贴", "老年补贴", "BM-008"} {
			want.fits(t, q, first(q))
		}
		if got := len(c.get(t, "/api/v1/items").want(t, 200).object(t)["items"].([]any)); got != 100 {
			t.Errorf("%d items in all, want 100", got)
		}
		if got := c.get(t, "/api/v1/items?q="+"qqqqqq").want(t, 200).object(t)["items"].([]any); len(got) != 0 {
			t.Errorf("nonsense finds %v", got)
		}
		c.get(t, "/api/v1/items?q=glbt&place=610999000000").at(t, "place:unknown_place")
		c.get(t, "/api/v1/items?query=glbt").at(t, "query:unknown_field")
	})
}

func TestAnItemIsGivenWhole(t *testing.T) {
	once(t, func(t *testing.T, h *house) {
		c := h.as(t, agent)
		got := c.get(t, "/api/v1/items/BM-008").want(t, 200).object(t)
		if got["code"] != oldAge || len(got["materials"].([]any)) != 5 || len(got["steps"].([]any)) != 6 {
			t.Errorf("%v", got)
		}
		for _, wrong := range []string{"BM-999", "bm-008", "x", "..", "高龄"} {
			c.get(t, "/api/v1/items/"+url.PathEscape(wrong)).want(t, 404)
		}
		c.get(t, "/api/v1/items/BM-008%00").want(t, 400, "bad_request")
		c.get(t, "/api/v1/items/%ff").want(t, 400, "not_utf8")
	})
}
