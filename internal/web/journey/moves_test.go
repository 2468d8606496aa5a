package journey

import (
	"strings"
	"testing"

	"bianmin/internal/browser"
	"bianmin/internal/cases"
)

const room = "agent-610881101200"

// TestPapersOnTheirWayAreConfirmedOnScreen: the agent sends two things, the counter finds one missing, the head sees it, and
// it comes after all; each side sees what is still under way.
func TestPapersOnTheirWayAreConfirmedOnScreen(t *testing.T) {
	for size, option := range sizes {
		t.Run(size, func(t *testing.T) {
			h := open(t)
			v := h.files(t)
			p := browser.New(t, option)
			p.Allow("status 422")
			h.signIn(p, room)
			p.Open(h.url + "/cases/" + string(v.Number))
			p.Click("#convey > summary")
			p.Fill("#f-convey-things-0-originals", "1")
			p.Fill("#f-convey-things-1-originals", "1")
			choosing(p, "#f-convey-from", "高家堡村便民服务室")
			choosing(p, "#f-convey-to", "高家堡镇便民服务站")
			p.Fill("#f-convey-taker", "贾明亮")
			p.Leads(func() { p.Click("#convey button") })
			p.WaitText("main", "材料在路上")
			p.Open(h.url + "/today")
			p.WaitText("main", "交出去，还没确认收到的")
			p.WaitText("main", v.Materials[0].Name)

			h.signIn(p, clerk)
			p.Open(h.url + "/desk?queue=coming&case=" + string(v.Number))
			p.WaitText("#one", "等着确认收到")
			p.Leads(func() { p.ClickText("收到材料") })
			choosing(p, "#f-arrive-things-0-came", "yes")
			p.Leads(func() { p.Click("#arrive button") })
			p.WaitText("#arrive", "请点收到还是没收到："+v.Materials[1].Name)
			if kept := browser.Eval[string](p, `document.querySelector("#f-arrive-things-0-came").value`); kept != "yes" {
				t.Errorf("what was chosen is gone: %q", kept)
			}
			choosing(p, "#f-arrive-things-1-came", "no")
			p.Fill("#f-arrive-note", "袋子里没有，问过村里")
			p.Leads(func() { p.Click("#arrive button") })
			p.WaitText("main", "没收到："+v.Materials[1].Name)

			h.signIn(p, head)
			p.Open(h.url + "/desk?queue=moves&case=" + string(v.Number))
			p.WaitText("#one", "袋子里没有，问过村里")

			h.signIn(p, clerk)
			p.Open(h.url + "/cases/" + string(v.Number))
			choosing(p, "#f-arrive-things-0-came", "yes")
			p.Leads(func() { p.Click("#arrive button") })
			p.WaitText("#events", "收到材料")
			p.WaitText("#events", "没收到："+v.Materials[1].Name)
			if n := p.Count("#arrive"); n > 0 {
				t.Error("there is still something to confirm")
			}
		})
	}
}

func choosing(p *browser.Page, selector, value string) {
	browser.Eval[string](p, `(() => { const s = document.querySelector("`+selector+`"); s.value = "`+value+`"; s.dispatchEvent(new Event("change", {bubbles: true})); return s.value })()`)
}

// TestTheAgentsTelephone: the desk is one tap away; the villager's number is shown on record, and then dialled.
func TestTheAgentsTelephone(t *testing.T) {
	h := open(t)
	v := h.does(t, clerk, h.files(t), cases.Accept{})
	p := browser.New(t, browser.Phone)
	h.signIn(p, room)
	p.Open(h.url + "/today")
	if to := browser.Eval[string](p, `document.querySelector(".deskcall a").getAttribute("href")`); !strings.HasPrefix(to, "tel:") {
		t.Errorf("the desk is called at %s", to)
	}
	if browser.Eval[bool](p, `document.body.innerText.includes("`+phone+`")`) {
		t.Error("a number is shown before anybody asked")
	}
	p.Leads(func() {
		browser.Eval[bool](p, `(() => { document.querySelector('form[action="/cases/`+string(v.Number)+`/reveal"]').requestSubmit(); return true })()`)
	})
	p.WaitText("main", "已记下是谁看的")
	if to := browser.Eval[string](p, `document.querySelector("a.revealed").getAttribute("href")`); to != "tel:"+phone {
		t.Errorf("the villager is called at %s", to)
	}
	p.WaitText("#events", "给申请人打电话")
	p.WaitText("[data-wait] .label", "先选意见") // there are no keys on glass
}
