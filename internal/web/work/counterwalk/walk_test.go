package counterwalk

import (
	"os"
	"path/filepath"
	"testing"

	"bianmin/internal/browser"
)

// look keeps a picture of the page when BIANMIN_PICTURES names a folder: to be looked at, not compared.
func look(p *browser.Page, name string) {
	if folder := os.Getenv("BIANMIN_PICTURES"); folder != "" {
		p.Screenshot(filepath.Join(folder, name+".png"))
	}
}

// ready waits until the page has loaded with its scripts: a key that comes before does nothing.
func ready(p *browser.Page, selector, words string) {
	p.WaitText(selector, words)
	p.WaitFor("the scripts", `document.readyState === "complete"`)
	// A key that is pressed while the browser opens its printing is lost; a person presses it afterwards.
	p.WaitFor("the printing", `document.documentElement.getAttribute("data-printed") !== ""`)
}

const blue = ".actionbar .btn:not(.grey)"

// typeVillager fills in who came, with keys alone, and ends on the list of papers.
func typeVillager(p *browser.Page) {
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

// given are the characters that the villager's name, number and telephone have: nobody can save those.
const given = 3 + 18 + 11

// A clerk at her counter, with keys alone: from the empty search to the receipt of 折桂英's 高龄补贴. Without what has to
// be typed anyway it may take twenty keys.
func TestByKeyboardFromTheSearchToTheReceipt(t *testing.T) {
	h := build(t)
	p := browser.New(t)
	p.Open(h.address(clerk, "/counter"))
	p.WaitFocus("#f-items")
	ready(p, "h1", "办什么事")
	p.ResetCounts()
	p.Type("glbt")
	p.WaitText(".hits li:first-child", "领高龄补贴")
	look(p, "counter-1-items")
	p.Press("Enter")
	p.WaitFocus("#f-applicant-name")
	ready(p, "h1", "高龄老人生活保健补贴申领")
	typeVillager(p)
	p.WaitText("#c-heard", "女，72 岁")
	p.WaitText("#c-heard", "绿色通道")
	look(p, "counter-2-who")
	p.Press("a")
	p.WaitText("#c-said", "收到 3，要补 0")
	p.WaitText("#c-out", "受理通知书")
	look(p, "counter-3-papers")
	p.Press("Enter")
	ready(p, blue, "受理")
	look(p, "counter-4-check")
	p.Press("Enter")
	ready(p, "h1", "收下了，从今天起算 10 个工作日")
	look(p, "counter-5-receipt")
	if keys := p.Keys() - given; keys > 20 {
		t.Errorf("%d keys beside name, number and telephone", keys)
	} else {
		t.Logf("%d keys, %d of them beside name, number and telephone", p.Keys(), keys)
	}
	p.Press("Enter")
	p.WaitFocus("#f-items")
}

// Two papers lack; the notice grows beside the list. 2 B 3 Q Enter Enter, and the words of the reason.
func TestNoticeByKeyboard(t *testing.T) {
	h := build(t)
	p := browser.New(t)
	p.Open(h.address(clerk, "/counter?item=BM-001"))
	p.WaitFocus("#f-applicant-name")
	ready(p, "h1", "最低生活保障审核确认")
	typeVillager(p)
	p.ResetCounts()
	p.Press("2", "b")
	p.WaitFocus("#f-materials-1-note")
	p.Type("长子没有签名")
	p.Press("Enter", "3", "q")
	p.WaitText("#c-out", "长子没有签名")
	p.WaitText("#c-out", "（没带）")
	p.WaitText("#c-bar-says", "没有点的 3 份，按收到记")
	look(p, "counter-6-notice")
	p.Press("Enter")
	ready(p, blue, "发告知书")
	look(p, "counter-7-check-notice")
	p.Press("Enter")
	ready(p, "h1", "告知书已发")
	if keys := p.Keys() - 6; keys > 7 {
		t.Errorf("%d keys beside the words of the reason", keys)
	}
	if missing := h.one().Notice.Missing; len(missing) != 2 {
		t.Errorf("%+v", missing)
	}
}

// Every key of the list does what is printed on it, on the row that is picked.
func TestKeysOfTheList(t *testing.T) {
	h := build(t)
	p := browser.New(t)
	p.Open(h.address(clerk, "/counter?item=BM-008"))
	p.WaitFocus("#f-applicant-name")
	ready(p, "h1", "高龄老人生活保健补贴申领")
	p.Press("Escape")
	for _, step := range []struct {
		keys []string
		says string
	}{
		{[]string{"Space"}, "收到 1，要补 0，没点 2"},
		{[]string{"Space"}, "收到 0，要补 0，没点 3"},
		{[]string{"3", "q"}, "收到 0，要补 1，没点 2"},
		{[]string{"k", "m"}, "收到 0，要补 1，不需要 1，没点 1"},
		{[]string{"a"}, "收到 3，要补 0"},
		{[]string{"j", "q"}, "收到 2，要补 1"},
		{[]string{"1", "b"}, "收到 1，要补 2"},
	} {
		p.Press(step.keys...)
		p.WaitText("#c-said", step.says)
	}
	p.WaitFocus("#f-materials-0-note")
	p.Type("看不清")
	p.Press("Enter")
	p.WaitText("#c-out", "看不清")
	p.Press("e")
	p.WaitFocus("#f-items")
	ready(p, "h1", "办什么事")
	p.Press("Escape", "Escape") // out of the box, and back to the form
	ready(p, "#c-said", "收到 1，要补 2")
}

// An answer makes another list, and marks and place in the list stay.
func TestAnswersByClick(t *testing.T) {
	h := build(t)
	p := browser.New(t)
	p.Open(h.address(clerk, "/counter?item=BM-008"))
	p.WaitFocus("#f-applicant-name")
	ready(p, "h1", "高龄老人生活保健补贴申领")
	p.Press("Escape", "2", "Space")
	p.WaitText("#c-said", "收到 1")
	p.ClickText("请家里人或者代办员代办")
	p.WaitText("#c-list", "受托人身份证")
	p.WaitText("#c-said", "5 份材料：收到 1，要补 0，没点 4")
	p.WaitVisible(`#f-materials-1[aria-selected="true"]`)
	p.Press("a")
	p.WaitText("#c-said", "收到 5")
}

// Mistakes: the focus is on the summary, a number that is wrong is told as soon as it is whole.
func TestMistakesByKeyboard(t *testing.T) {
	h := build(t)
	p := browser.New(t)
	p.Allow("422")
	p.Open(h.address(clerk, "/counter?item=BM-077"))
	p.WaitFocus("#f-applicant-name")
	ready(p, "h1", "不动产登记申请代办")
	p.Type(villager)
	p.Press("Tab")
	p.Type("612722195304124027")
	p.WaitText("#c-heard", "末位不对")
	p.Press("Tab")
	p.Type("1399120512")
	p.Press("Escape", "Space")
	p.WaitText("#c-said", "收到 1")
	p.Press("Enter")
	p.WaitFocus("#errors")
	p.WaitText("#errors", "手机号少了 1 位")
	p.WaitText("#c-said", "收到 1")
	look(p, "counter-8-mistakes")
	p.ClickText("手机号少了 1 位")
	p.WaitFocus("#f-applicant-phone")
}

// Large print at the counter, and a small screen.
func TestLargePrintAtTheCounter(t *testing.T) {
	h := build(t)
	for name, size := range map[string]browser.Option{"large": browser.Desktop, "small": browser.Size(1280, 720)} {
		p := browser.New(t, size)
		print := "&size=large"
		if name == "small" {
			print = ""
		}
		p.Open(h.address(clerk, "/counter"+print))
		p.Type("zdsh")
		p.WaitVisible(".hits")
		p.Open(h.server.URL + "/counter?item=BM-001")
		p.WaitFocus("#f-applicant-name")
		ready(p, "h1", "最低生活保障审核确认")
		typeVillager(p)
		p.Press("2", "q")
		p.WaitText("#c-out", "（没带）")
		look(p, "counter-9-"+name)
	}
}

// The agent on a phone: one column, by touch, and the papers handed on to the town.
func TestAgentOnAPhone(t *testing.T) {
	for _, size := range []string{"normal", "large", "large-2"} {
		h, p := build(t), browser.New(t, browser.Phone)
		p.Open(h.address(agent, "/counter&size="+size))
		p.WaitFocus("#f-items")
		ready(p, "h1", "办什么事")
		p.Type("高龄")
		p.WaitText(".hits li:first-child", "领高龄补贴")
		look(p, "agent-1-items-"+size)
		p.Leads(func() { p.Click(".hits li:first-child .hit") })
		p.WaitFocus("#f-applicant-name")
		p.Type(villager)
		p.Fill("#f-applicant-id-number", villagerNumber)
		p.Fill("#f-applicant-phone", villagerPhone)
		p.WaitText("#c-heard", "女，72 岁")
		p.ClickText("全部收到")
		p.WaitText("#c-said", "收到 3")
		look(p, "agent-2-form-"+size)
		p.Leads(func() { p.ClickText("下一步，核对") })
		ready(p, blue, "收件")
		look(p, "agent-3-check-"+size)
		p.Leads(func() { p.Click(blue) })
		ready(p, "h1", "已收件")
		look(p, "agent-4-receipt-"+size)
		p.ClickText("交到镇上")
		ready(p, "h1", "交到镇上了")
		if wide := browser.Eval[bool](p, "document.documentElement.scrollWidth > innerWidth"); wide {
			t.Errorf("%s: the page is wider than the phone", size)
		}
	}
}
