package journey

import (
	"strings"
	"testing"

	"bianmin/internal/browser"
	"bianmin/internal/cases"
)

// draws moves a pen over the pad, as a hand does.
const draws = `(() => {
	const pad = document.querySelector("[data-sign] canvas"), box = pad.getBoundingClientRect();
	const pen = (kind, x, y) => pad.dispatchEvent(new PointerEvent(kind, {bubbles: true, pointerId: 1, clientX: box.left + x * box.width, clientY: box.top + y * box.height}));
	pad.setPointerCapture = () => {};
	pen("pointerdown", .1, .2);
	for (let i = 1; i <= 20; i++) pen("pointermove", .1 + i * .03, .2 + (i % 5) * .1);
	pen("pointerup", .7, .2);
	return document.querySelector("[data-sign] input").value.length;
})()`

// TestSignedOnTheScreen: the agent serves a paper at the door; the villager signs on the telephone; the receipt is there to be
// printed. What is wrong with the first try stands at its field, and what was typed and drawn stays.
func TestSignedOnTheScreen(t *testing.T) {
	h := open(t)
	v := h.does(t, "clerk-610881101", h.files(t), cases.Accept{})
	p := browser.New(t, browser.Phone)
	p.Allow("422")
	h.signIn(p, "agent-610881101200")
	p.Open(h.url + "/cases/" + string(v.Number))
	p.Click("#serve > summary")
	p.WaitVisible("[data-sign] canvas")
	if browser.Eval[int](p, draws) < 20 {
		t.Fatal("nothing was drawn")
	}
	p.Fill(`[name="serve.receiver"]`, villager)
	p.Fill(`[name="serve.where"]`, "高家堡村三组")
	browser.Eval[string](p, `document.querySelector('[name="serve.way"]').value = "direct"`)
	p.Leads(func() { p.ClickText("记下这次送达") })
	p.WaitText("#serve .errors", "请写送达哪一份文书")
	if got := browser.Eval[string](p, `document.querySelector('[name="serve.strokes"]').value`); !strings.HasPrefix(got, "[[") {
		t.Errorf("what was drawn is lost: %q", got)
	}
	browser.Eval[string](p, `document.querySelector('[name="serve.paper"]').value = "受理通知书"`)
	p.Leads(func() { p.ClickText("记下这次送达") })
	p.WaitText("#events", "在屏幕上签了名")
	p.WaitText("#papers", "送达回执")
}

// TestManyPapersAtOnce: the clerk ticks two cases, gets a paper each, and prints them as one file.
func TestManyPapersAtOnce(t *testing.T) {
	h := open(t)
	for range 2 {
		h.does(t, "clerk-610881101", h.files(t), cases.Accept{})
	}
	p := browser.New(t, browser.Desktop)
	p.Allow("422")
	h.signIn(p, "clerk-610881101")
	p.Open(h.url + "/papers?kind=03")
	p.Leads(func() { p.ClickText("出受理通知书") })
	p.WaitText("#errors", "请先勾选办件")
	p.Click(`tr:nth-child(1) [name="number"]`)
	p.Click(`tr:nth-child(2) [name="number"]`)
	p.Leads(func() { p.ClickText("出受理通知书") })
	p.WaitText("[role=status]", "新出 2 份")
	if n := browser.Eval[int](p, `document.querySelectorAll('[name="paper"]').length`); n != 2 {
		t.Errorf("%d papers in the file", n)
	}
	p.Open(h.url + "/ledger")
	p.WaitText("#ledger", "出具受理通知书")
	p.WaitText("#ledger", villager)
	p.Leads(func() { p.ClickText("编号打印") })
	p.WaitText("main", "簿字第 1 号")
	p.WaitVisible("iframe[data-print-this]")
	p.Leads(func() { p.ClickText("回到登记簿") })
	p.WaitText("#ledger", "簿字第 1 号")
}

// TestAHeadWordsThePapers: a preview on a real case first, a field that there is not said at its box, then from a day on.
func TestAHeadWordsThePapers(t *testing.T) {
	h := open(t)
	v := h.does(t, "clerk-610881101", h.files(t), cases.Accept{})
	p := browser.New(t, browser.Desktop)
	p.Allow("422")
	h.signIn(p, "head-610881101")
	p.Open(h.url + "/papers/wording?kind=03")
	p.Fill("#f-closing", "{身高}")
	p.Leads(func() { p.ClickText("先看样张") })
	p.WaitText("#errors", "没有“身高”这一项")
	p.Fill("#f-closing", "{申请人}，特此告知。")
	p.Fill("#f-case", string(v.Number))
	p.Leads(func() { p.ClickText("先看样张") })
	p.WaitText("#sample", villager+"，特此告知。")
	p.Fill("#f-paragraph", "决定于{决定日期}作出。")
	p.Leads(func() { p.ClickText("先看样张") })
	p.WaitText("#errors", "决定日期")
	p.Fill("#f-paragraph", "")
	p.Leads(func() { p.ClickText("从这一天起用") })
	p.WaitText("#versions", "第 1 版")
	p.WaitText("#versions", "正在用")
}
