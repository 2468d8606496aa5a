package counterwalk

import (
	"testing"

	"bianmin/internal/browser"
)

func who(p *browser.Page) {
	p.Type(villager)
	p.Press("Tab")
	p.Type(villagerNumber)
	p.Press("Tab")
	p.Type(villagerPhone)
	p.Press("Tab")
	p.Type("gjbc")
	p.WaitText(".finder li[aria-selected=true]", "高家堡村")
	p.Press("Enter")
}

func TestNotice(t *testing.T) {
	h := build(t)
	p := browser.New(t)
	p.Open(h.address(clerk, "/counter?item=BM-001"))
	p.WaitFocus("#f-applicant-name")
	who(p)
	p.ResetCounts()
	p.Press("2", "b")
	p.WaitFocus(".why")
	p.Type("长子没有签名按手印")
	p.Press("Enter", "3", "q")
	p.WaitText("#c-out", "还没有交")
	p.WaitText("#c-out", "长子没有签名")
	shot(p, "n1-marks")
	p.Press("Enter")
	p.WaitText(".actionbar .btn:not(.grey)", "发告知书")
	shot(p, "n2-check")
	p.Press("Enter")
	p.WaitText("h1", "告知书已发")
	shot(p, "n3-done")
	t.Logf("keys: %d", p.Keys())
}

func TestWrong(t *testing.T) {
	h := build(t)
	p := browser.New(t)
	p.Open(h.address(clerk, "/counter?item=BM-077"))
	p.WaitFocus("#f-applicant-name")
	p.Type(villager)
	p.Press("Tab")
	p.Type("612722195304124027")
	p.WaitText("#c-heard", "末位不对")
	p.Press("Tab")
	p.Type("1399120512")
	p.Press("Tab", "Escape")
	p.Press("1", "Space")
	p.WaitText("#c-said", "收到 1")
	p.Allow("422")
	p.Press("Enter")
	p.WaitVisible("#errors")
	p.WaitFocus("#errors")
	shot(p, "w1")
}

func TestAgentPhone(t *testing.T) {
	h := build(t)
	for _, size := range []string{"", "large", "large-2"} {
		p := browser.New(t, browser.Phone)
		p.Open(h.address(agent, "/counter&size="+size))
		p.WaitVisible("#f-items")
		shot(p, "a1-choose"+size)
		p.Type("glbt")
		p.WaitText(".hits li:first-child", "领高龄补贴")
		shot(p, "a2-hits"+size)
		p.Press("Enter")
		p.WaitFocus("#f-applicant-name")
		p.Type(villager)
		p.Press("Tab")
		p.Type(villagerNumber)
		p.Press("Tab")
		p.Type(villagerPhone)
		shot(p, "a3-form"+size)
		p.ClickText("全部收到")
		p.WaitText("#c-said", "收到 3")
		shot(p, "a4-all"+size)
		p.ClickText("下一步，核对")
		p.WaitText(".actionbar .btn:not(.grey)", "收件")
		shot(p, "a5-check"+size)
		p.Leads(func() { p.Click(".actionbar .btn:not(.grey)") })
		shot(p, "a6-done"+size)
		p.ClickText("交到镇上")
		p.WaitText("h1", "交到镇上了")
		shot(p, "a7-passed"+size)
	}
}
