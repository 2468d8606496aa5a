package journey

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"bianmin/internal/access"
	"bianmin/internal/browser"
	"bianmin/internal/cases"
)

// TestTheDaughterPhotographsThePapers: with and without a script, on a telephone and at the table: what she sends stands on the
// page and at the counter, what is no picture is told at its paper with the others kept, and she takes one away again.
func TestTheDaughterPhotographsThePapers(t *testing.T) {
	for name, options := range map[string][]browser.Option{"390": {browser.Phone}, "1440, no script": {browser.NoScript}} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			v := h.fromHome(t)
			p := browser.New(t, options...)
			p.Open(h.url + "/my/cases/" + string(v.Number))
			h.citizenSignsIn(t, p, phone)
			p.WaitPath("/my/cases/" + string(v.Number))
			p.Leads(func() { p.ClickText("拍照交材料") })
			pictures := photographs(t, 2)
			choose(t, p, "#m-1-f", pictures...)
			p.Leads(func() { p.Click("#m-1 button[type=submit]") })
			p.WaitText("[role=status]", "收到 2 张。")
			if n := p.Count("#m-1 .sent img"); n != 2 {
				t.Errorf("%d pictures are shown", n)
			}
			p.WaitFor("the small pictures are there", `[...document.querySelectorAll("#m-1 .sent img")].every(i => { i.scrollIntoView(); return i.complete && i.naturalWidth > 0 })`)
			fits(t, p)
			p.Leads(func() { p.Click("#m-1 .sent li:first-child button") })
			if n := p.Count("#m-1 .sent img"); n != 1 {
				t.Errorf("%d pictures are left", n)
			}
			p.Allow("status 422") // nothing was chosen
			p.Leads(func() { p.Click("#m-2 button[type=submit]") })
			p.WaitText("#m-2", "请先选照片或者 PDF")
			p.Leads(func() { p.ClickText("回到这一件") })
			p.WaitText("#photos", "已经交了 1 张")

			got, err := h.Cases.Get(t.Context(), h.actor(t, "clerk-610881101"), v.Number)
			if err != nil || len(got.Files) != 1 || !strings.HasPrefix(got.Files[0].By.Name, "申请人") {
				t.Errorf("%v %+v", err, got.Files)
			}
		})
	}
}

// fromHome is an application that came online, whose papers are still to come.
func (h *house) fromHome(t *testing.T) cases.View {
	t.Helper()
	app := cases.Application{Item: "BM-008", Place: "610881101200", Kind: cases.APerson, Name: villager, IDNumber: number, Phone: phone, Another: "同一个人反复办"}
	who := access.Actor{Account: "citizen:test", Name: "139****5127", Role: access.Citizen, Place: "610881000000"}
	answer, err := h.Cases.FileOnline(t.Context(), who, newKey(), app, cases.Afar{}, func(context.Context, cases.Number) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	var filed cases.FiledOnline
	if err := json.Unmarshal(answer.Body, &filed); err != nil {
		t.Fatal(err)
	}
	return h.inside(t, string(filed.Number))
}
