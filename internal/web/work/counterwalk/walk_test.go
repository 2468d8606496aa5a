package counterwalk

import (
	"os"
	"testing"

	"bianmin/internal/browser"
)

var shots = os.Getenv("SHOTS")

func shot(p *browser.Page, name string) {
	if shots != "" {
		p.Screenshot(shots + "/" + name + ".png")
	}
}

// A clerk at her counter, with keys alone: from the empty search to the receipt of 折桂英's 高龄补贴.
func TestByKeyboardFromTheSearchToTheReceipt(t *testing.T) {
	h := build(t)
	p := browser.New(t)
	p.Open(h.address(clerk, "/counter"))
	p.WaitFocus("#f-items")
	shot(p, "1-choose")
	p.ResetCounts()
	p.Type("glbt")
	p.WaitText(".hits li:first-child", "领高龄补贴")
	shot(p, "2-hits")
	p.Press("Enter")
	p.WaitFocus("#f-applicant-name")
	shot(p, "3-form")
	p.Type(villager)
	p.Press("Tab")
	p.Type(villagerNumber)
	p.Press("Tab")
	p.WaitText("#c-heard", "女，72 岁")
	p.Type(villagerPhone)
	p.Press("Tab")
	p.Type("gjbc")
	p.WaitText(".finder li[aria-selected=true]", "高家堡村")
	shot(p, "4-place")
	p.Press("Enter")
	shot(p, "5-who")
	p.Press("a")
	p.WaitText("#c-said", "收到 3，要补 0")
	shot(p, "6-all")
	p.Press("Enter")
	p.WaitText(".actionbar .btn:not(.grey)", "受理")
	shot(p, "7-check")
	p.Press("Enter")
	p.WaitText("h1", "收下了，从今天起算 10 个工作日")
	shot(p, "8-done")
	t.Logf("keys: %d", p.Keys())
}
