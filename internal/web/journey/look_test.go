//go:build look

package journey

import (
	"os"
	"path/filepath"
	"testing"

	"bianmin/internal/browser"
	"bianmin/internal/cases"
)

// faces are the sizes at which every page is looked at.
var faces = []struct {
	name    string
	options []browser.Option
	size    string
}{
	{"1440", []browser.Option{browser.Desktop}, "normal"},
	{"390", []browser.Option{browser.Phone}, "normal"},
	{"large", []browser.Option{browser.Desktop}, "large"},
	{"390-large", []browser.Option{browser.Phone}, "large"},
}

// visit is a page, by the account that sees it (nobody's when empty), and what is done on it first.
type visit struct {
	account, name, path string
	do                  func(p *browser.Page)
}

func visits(h *house, t *testing.T) []visit {
	plain := []visit{
		{"", "home", "/", nil},
		{"", "guide-all", "/guide", nil},
		{"", "guide-found", "/guide?q=老人补贴", nil},
		{"", "guide-nearest", "/guide?q=买火车票", nil},
		{"", "guide", "/guide/BM-001", nil},
		{"", "file-start", "/file/BM-001", nil},
		{"", "file-wrong", "/file/BM-001", func(p *browser.Page) {
			p.Leads(func() { p.ClickText("开始填") })
			p.ClickText("给我自己办")
			p.Leads(func() { p.ClickText("继续") })
			p.Fill(`input[name="said"]`, "折桂英")
			p.Leads(func() { p.ClickText("继续") })
			p.Fill(`input[name="said"]`, "61272219541002002")
			p.Leads(func() { p.ClickText("继续") })
		}},
		{"", "front", "/demo", nil},
		{"clerk-610881101", "counter", "/counter", nil},
		{"clerk-610881101", "counter-item", "/counter?item=BM-008", nil},
		{"clerk-610881101", "counter-spot", "/counter?item=BM-015", nil},
		{"agent-610881101200", "agent-counter", "/counter", nil},
		{"agent-610881101200", "agent-item", "/counter?item=BM-008", nil},
		{"clerk-610881101", "clerk-desk", "/desk", nil},
		{"desk-610881101", "desk", "/desk", nil},
		{"unit-minzheng", "unit", "/desk", nil},
		{"unit-dangwei-610881102", "unit-empty", "/desk", nil},
		{"supervisor", "supervisor", "/desk", nil},
		{"inspector", "inspector-none", "/desk?q=不会有的人", nil},
		{"desk-610881101", "case", "/cases/610881101-2026-000012-0", nil},
		{"inspector", "case-inspector", "/cases/610881101-2026-000022-6", nil},
		{"admin", "accounts", "/accounts", nil},
		{"admin", "messages", "/messages", nil},
		{"head-610881101", "ratings", "/ratings", nil},
		{"supervisor", "ratings-all", "/ratings?show=all", nil},
		{"", "my-sign-in", "/my/sign-in", nil},
		{"admin", "accounts-none", "/accounts?q=不会有的人", nil},
		{"admin", "accounts-wrong", "/accounts", func(p *browser.Page) {
			p.ClickText("加一个账号")
			p.Leads(func() { p.ClickText("加这个账号") })
		}},
		{"admin", "account", "/accounts/head-610881101", func(p *browser.Page) { p.Click("#edit > summary") }},
		{"admin", "seats", "/seats", nil},
		{"admin", "seats-town", "/seats?place=610881101000", nil},
		{"admin", "seats-none", "/seats?place=610881101000&empty=1", nil},
		{"admin", "places", "/places", func(p *browser.Page) { p.Click("#import > summary") }},
		{"head-610881101", "place-edit", "/places/610881101000", func(p *browser.Page) { p.Click("#edit > summary") }},
		{"head-610881101", "place-wrong", "/places/610881101000", func(p *browser.Page) {
			p.Click("#edit > summary")
			p.Fill("#f-telephone", "8331234")
			p.Leads(func() { p.ClickText("存好") })
		}},
		{"clerk-610881101", "place", "/places/610881101000", nil},
		{"admin", "me", "/me", func(p *browser.Page) { p.Click("#password > summary") }},
		{"agent-610881101200", "me-agent", "/me", nil},
		{"clerk-610881101", "me-code", "/me", func(p *browser.Page) { p.Leads(func() { p.ClickText("设手机验证码") }) }},
		{"clerk-610881101", "not-there", "/cases/610881101-2026-999999-1", nil},
		{"clerk-610881101", "not-allowed", "/accounts", nil},
	}
	return append(append(plain, lawVisits(h, t)...), paperVisits(h, t)...)
}

// paperVisits are the pages of papers, and the case's page with their forms.
func paperVisits(h *house, t *testing.T) []visit {
	const clerk, head = "clerk-610881101", "head-610881101"
	v := h.does(t, clerk, h.files(t), cases.Accept{})
	opened := func(id string) func(p *browser.Page) {
		return func(p *browser.Page) { p.Click("#" + id + " > summary") }
	}
	return []visit{
		{clerk, "papers", "/papers?kind=03", nil},
		{clerk, "papers-none", "/papers?kind=03&q=不会有的人", nil},
		{clerk, "papers-nothing-ticked", "/papers?kind=03", func(p *browser.Page) { p.Leads(func() { p.ClickText("出受理通知书") }) }},
		{clerk, "papers-done", "/papers?kind=03", func(p *browser.Page) {
			p.Click(`[name="number"]`)
			p.Leads(func() { p.ClickText("出受理通知书") })
		}},
		{clerk, "ledger", "/ledger", nil},
		{"supervisor", "ledger-none", "/ledger?place=610881101200&day=2026-01-01", nil},
		{head, "wording", "/papers/wording", nil},
		{head, "wording-sample", "/papers/wording?kind=03", func(p *browser.Page) {
			p.Fill("#f-closing", "特此告知。")
			p.Leads(func() { p.ClickText("先看样张") })
		}},
		{clerk, "case-serve", "/cases/" + string(v.Number), opened("serve")},
		{clerk, "case-convey", "/cases/" + string(v.Number), opened("convey")},
		{clerk, "case-entrust", "/cases/" + string(v.Number), opened("entrust")},
		{"", "genuine", "/genuine", nil},
		{"", "genuine-wrong", "/genuine?paper=610881101-2026-000001-5-03-1&code=x", nil},
	}
}

// lawVisits are the pages of the law's clock, on cases brought there for them.
func lawVisits(h *house, t *testing.T) []visit {
	const clerk, desk, head = "clerk-610881101", "desk-610881101", "head-610881101"
	lacking := cases.Notify{Missing: []cases.Lack{{Material: "高龄补贴申请表", What: cases.MaterialDefective, Note: "没有签名"}}}
	correcting := h.does(t, clerk, h.files(t), lacking)
	asked := h.does(t, desk, h.examined(t), cases.Extend{Days: 5, Reason: "要等外地社保回函，3月20日才能到"})
	handed := h.does(t, desk, h.examined(t), cases.Take{}, cases.Hand{To: clerk, Reason: "下乡入户，这几天不在"})
	special := h.does(t, desk, h.examined(t), cases.Suspend{Kind: "appraisal", Basis: "评残办法第八条", Evidence: "鉴定委托书〔2026〕8 号", Days: 10})
	again := h.does(t, clerk, h.files(t), lacking, cases.Correct{Materials: []cases.Material{{Name: "高龄补贴申请表", Originals: 1, Status: cases.MaterialReceived}}},
		cases.Notify{Missing: []cases.Lack{{Material: "居民身份证", What: cases.MaterialDefective, Note: "昨天到期了", Unseen: "上次告知的时候还没有到期"}}})
	opened := func(id string) func(p *browser.Page) {
		return func(p *browser.Page) { p.Click("#" + id + " > summary") }
	}
	return []visit{
		{"", "follow", "/follow", nil},
		{"", "follow-correcting", "/follow?number=" + string(correcting.Number) + "&phone_last4=4567", nil},
		{"", "follow-running", "/follow?number=" + string(asked.Number) + "&phone_last4=4567", func(p *browser.Page) { p.Click("#limits summary") }},
		{"", "follow-special", "/follow?number=" + string(special.Number) + "&phone_last4=4567", nil},
		{"", "follow-wrong", "/follow?number=610881101-2026-999999-1&phone_last4=1234", nil},
		{clerk, "case-notify", "/cases/" + string(h.files(t).Number), opened("notify")},
		{clerk, "case-correcting", "/cases/" + string(correcting.Number), opened("notify")},
		{clerk, "case-again", "/cases/" + string(again.Number), nil},
		{desk, "case-extend", "/desk?queue=todo&case=" + string(h.does(t, desk, h.examined(t), cases.Take{}).Number), func(p *browser.Page) { p.Click(`label[for="do-extend"]`) }},
		{desk, "case-hand", "/cases/" + string(h.does(t, desk, h.examined(t), cases.Take{}).Number), opened("hand")},
		{head, "head", "/desk", nil},
		{head, "case-asked", "/cases/" + string(asked.Number), nil},
		{clerk, "handed", "/desk?queue=handed", nil},
		{clerk, "case-handed", "/cases/" + string(handed.Number), nil},
		{desk, "case-special", "/cases/" + string(special.Number), nil},
		{"chief-minzheng", "chief-empty", "/desk?queue=asked", nil},
		{"supervisor", "faults", "/faults", nil},
		{desk, "faults-none", "/faults", nil},
		{"admin", "calendar", "/calendar", opened("import")},
		{"admin", "calendar-preview", "/calendar", func(p *browser.Page) {
			p.Click("#import > summary")
			p.Fill("#f-csv", "date,kind,name\n2026-03-16,off,演示\n2026-03-21,work,演示")
			p.ClickText("只改这几天")
			p.Leads(func() { p.ClickText("先看看会动什么") })
		}},
		{"admin", "calendar-wrong", "/calendar", func(p *browser.Page) {
			p.Click("#import > summary")
			p.Fill("#f-csv", "date,kind,name\n2026-03-16,放假,演示")
			p.Leads(func() { p.ClickText("先看看会动什么") })
		}},
		{"", "time", "/demo/time", nil},
		{"", "time-moved", "/demo/time", func(p *browser.Page) { p.Leads(func() { p.ClickText("1 周") }) }},
		{"", "time-month", "/demo/time", func(p *browser.Page) { p.Leads(func() { p.ClickText("30 天") }) }},
	}
}

// TestLook draws every page at every size into artefacts/, to be leafed through. One page alone: -run TestLook/390/desk.
func TestLook(t *testing.T) {
	out := filepath.Join("..", "..", "..", "artefacts")
	if err := os.MkdirAll(out, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, face := range faces {
		t.Run(face.name, func(t *testing.T) {
			h := open(t)
			for _, v := range visits(h, t) {
				t.Run(v.name, func(t *testing.T) {
					p := browser.New(t, face.options...)
					for _, refused := range []string{"403", "404", "422"} {
						p.Allow(refused)
					}
					p.Open(h.url + "/sign-in")
					if face.size != "normal" {
						p.Leads(func() { p.Click(`form[action="/size"] button`) })
					}
					if v.account != "" {
						h.signIn(p, v.account)
					}
					p.Open(h.url + v.path)
					if v.do != nil {
						v.do(p)
					}
					p.Screenshot(filepath.Join(out, v.name+"-"+face.name+".png"))
				})
			}
		})
	}
}
