package app_test

import (
	"net/http"
	"net/url"
	"slices"
	"testing"

	"bianmin/internal/cases"
)

// sendsPhoto brings a photograph of a paper for the own case.
func (c *client) sendsPhoto(t *testing.T, number, material, name string, content []byte) reply {
	t.Helper()
	return c.send(t, http.MethodPost, fromHome+"/"+number+"/photos?"+url.Values{"material": {material}, "name": {name}}.Encode(), content,
		header("Content-Type", "application/octet-stream"))
}

// TestAnApplicantSendsPhotographs: the counter sees them as the applicant's, before any paper came; others see nothing of them,
// and what is no picture, comes for no paper or too late is refused.
func TestAnApplicantSendsPhotographs(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		who, stranger := newPerson(), newPerson()
		c, other := h.hasCode(t, who.phone), h.hasCode(t, stranger.phone)
		n := c.post(t, fromHome, form{"item": oldAge, "place": gaoVillage, "name": who.name, "id_number": who.id, "situations": form{"s1": "本人来办"}}).want(t, 201).object(t)["number"].(string)
		photos := c.get(t, fromHome+"/"+n).want(t, 200).object(t)["photos"].([]any)
		if len(photos) == 0 {
			t.Fatal("no paper can be photographed")
		}
		material := photos[0].(form)["material"].(string)
		sent := c.sendsPhoto(t, n, material, "身份证.jpg", photograph(t, 1)).want(t, 201).object(t)["photos"].([]any)[0].(form)["sent"].([]any)
		if len(sent) != 1 || sent[0].(form)["n"] != float64(1) || sent[0].(form)["removable"] != true {
			t.Fatalf("%v", sent)
		}
		if again := c.sendsPhoto(t, n, material, "身份证.jpg", photograph(t, 1)).want(t, 201).object(t)["photos"].([]any)[0].(form)["sent"].([]any); len(again) != 1 {
			t.Errorf("sent twice: %v", again)
		}
		c.sendsPhoto(t, n, material, "身份证.jpg", []byte("<html>")).want(t, 422)
		c.sendsPhoto(t, n, "没有这份", "身份证.jpg", photograph(t, 2)).want(t, 422)
		other.sendsPhoto(t, n, material, "身份证.jpg", photograph(t, 3)).want(t, 404)

		number := cases.Number(n)
		v := h.as(t, clerk).get(t, filing+"/"+n).want(t, 200).view(t)
		if len(v.Files) != 1 || v.Files[0].Material != material || v.Files[0].By.Name[:len("申请人")] != "申请人" || v.AcceptBy != nil {
			t.Errorf("the counter sees %+v", v.Files)
		}
		theirs := h.attached(t, clerk, v, 0)
		small := fromHome + "/" + n + "/photos/"
		if got := c.get(t, small+"1").want(t, 200); got.header.Get("Content-Type") != "image/jpeg" || got.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%v", got.header)
		}
		other.get(t, small+"1").want(t, 404)
		c.get(t, small+"2").want(t, 404) // the counter's
		other.send(t, http.MethodDelete, small+"1", nil).want(t, 404)
		c.send(t, http.MethodDelete, small+"2", nil).want(t, 404)
		c.send(t, http.MethodDelete, small+"1", nil).want(t, 204)
		c.get(t, small+"1").want(t, 404)
		c.sendsPhoto(t, n, material, "身份证.pdf", photograph(t, 4)).want(t, 422)
		c.sendsPhoto(t, n, material, "身份证.jpg", photograph(t, 5)).want(t, 201)

		v = h.as(t, clerk).get(t, filing+"/"+n).want(t, 200).view(t)
		if !slices.ContainsFunc(v.Files, func(f cases.FileView) bool { return f.N == theirs.N }) || len(v.Files) != 2 {
			t.Errorf("left: %+v", v.Files)
		}
		var come []form
		for _, m := range v.Materials {
			come = append(come, form{"name": m.Name})
		}
		v = h.as(t, clerk).did(t, v, "receive", form{"materials": come})
		c.send(t, http.MethodDelete, small+"3", nil).want(t, 409, "file_on_record")
		c.sendsPhoto(t, n, material, "身份证.jpg", photograph(t, 6)).want(t, 201)
		h.as(t, clerk).did(t, v, "accept", nil)
		c.sendsPhoto(t, n, material, "身份证.jpg", photograph(t, 7)).want(t, 409, "files_closed")
		if got := c.get(t, fromHome+"/"+string(number)).want(t, 200).object(t)["photos"].([]any); len(got) != 0 {
			t.Errorf("after acceptance: %v", got)
		}
	})
}
