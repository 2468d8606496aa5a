package app_test

import (
	"net/url"
	"strings"
	"testing"

	"bianmin/internal/cases"
)

// TestNoValueIsSentBack puts a mark into every place of a request that can hold a text, and looks for it in the answer.
func TestNoValueIsSentBack(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		v := h.filed(t, oldAge, gaoVillage)
		c := h.as(t, clerk)
		silent := func(r reply) {
			t.Helper()
			if r.status < 400 {
				t.Errorf("%s: %d, meant to be wrong", r.asked, r.status)
			}
			if strings.Contains(string(r.raw), marker) {
				t.Errorf("%s: sends back what it was told: %s", r.asked, r.raw)
			}
		}
		silent(h.nobody().post(t, "/api/v1/sessions", form{"account": marker, "password": marker}))
		silent(h.nobody().post(t, "/api/v1/sessions", form{"account": strings.Repeat(marker, 40), "password": 1}))
		for _, at := range fields(application(h, oldAge, gaoVillage, newPerson())) {
			f := application(h, oldAge, gaoVillage, newPerson())
			f["materials"] = []any{form{"name": marker, "status": marker}}
			f["finish"] = form{"approve": false, "reason": strings.Repeat(marker, 600)}
			f["applicant"].(form)["id_number"] = marker
			set(f, at, marker)
			silent(c.post(t, filing, f))
		}
		silent(c.post(t, filing, []byte(`"`+marker+`"`)))
		silent(c.post(t, filing, []byte(`{"item":"`+marker)))
		silent(c.post(t, filing, form{"item": 1}, key(marker)))
		for _, verb := range cases.Verbs() {
			silent(c.does(t, v, string(verb), form{"version": marker, "reason": []string{marker}, "note": form{"x": marker}, "field": marker, "value": 1,
				"kind": marker, "what": marker, "missing": []form{{"material": marker, "what": marker}}, "materials": []form{{"name": 1, "status": marker}}, "to": marker, "approve": marker}))
		}
		silent(c.does(t, v, "notify", form{"missing": []form{{"material": marker, "what": "absent"}}}))
		silent(c.does(t, v, "amend", form{"field": "id_number", "value": marker, "reason": "x"}))
		silent(c.does(t, v, "amend", form{"field": "phone", "value": marker, "reason": "x"}))
		for _, name := range []string{"place", "state", "item", "todo", "responsible", "open", "sort", "limit", "after"} {
			silent(c.get(t, filing+"?"+name+"="+url.QueryEscape(marker)))
		}
		silent(c.get(t, "/api/v1/items?place="+url.QueryEscape(marker)))
		silent(c.get(t, "/api/v1/items/"+url.PathEscape(marker)))
		silent(c.get(t, "/api/v1/places?parent="+url.QueryEscape(marker)))
		silent(c.get(t, "/api/v1/"+url.PathEscape(marker)))
		silent(c.get(t, filing+"/"+url.PathEscape(marker)))
		silent(h.as(t, "admin").post(t, moving, form{"advance": marker}))
		silent(h.as(t, "admin").post(t, moving, form{"to": marker}))
		if strings.Contains(h.log.String(), marker) {
			t.Error("a text of a request stands in the log")
		}
	})
}

// fields lists the ways to every text in an object.
func fields(o form) [][]string {
	var list [][]string
	for name, value := range o {
		switch inner := value.(type) {
		case form:
			for _, at := range fields(inner) {
				list = append(list, append([]string{name}, at...))
			}
		case string:
			list = append(list, []string{name})
		}
	}
	return list
}

func set(o form, at []string, value string) {
	for ; len(at) > 1; at = at[1:] {
		o = o[at[0]].(form)
	}
	o[at[0]] = value
}
