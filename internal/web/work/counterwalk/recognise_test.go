package counterwalk

import (
	"net/http"
	"strings"
	"testing"

	"bianmin/internal/access"
	"bianmin/internal/browser"
	"bianmin/internal/browser/effort"
	"bianmin/internal/cases"
	"bianmin/internal/once"
)

// another is somebody of the villager's name, with a number of their own.
const anotherNumber = "612722196805150022"

// seenBefore files and finishes something for the villager, so that the house knows her.
func (h *house) seenBefore() cases.View {
	h.t.Helper()
	h.signIn(clerk).post("/counter", with(h.signIn(clerk).form("BM-022", 1), "do", "finish"))
	return h.one()
}

// A known item and a person seen before: from the blank screen to the printed receipt.
func TestKnownPersonFromTheBlankScreenToTheReceipt(t *testing.T) {
	h := build(t)
	h.seenBefore()
	p := browser.New(t)
	p.Open(h.address(clerk, "/counter"))
	p.WaitFocus("#f-items")
	ready(p, "h1", "办什么事")
	task := effort.Begin(p)
	task.Type("glbt")
	p.WaitText(".hits li:first-child", "领高龄补贴")
	p.Press("Enter")
	p.WaitFocus("#f-applicant-name")
	ready(p, "h1", "高龄老人生活保健补贴申领")
	task.Type("sgy") // 折 as a surname is read shé
	p.WaitText("#c-people", villager)
	p.WaitText("#c-people", "612722********4024")
	look(p, "known-1-people")
	p.Press("Enter")
	ready(p, ".known", "612722********4024")
	p.WaitText(".known", "女，72 岁")
	p.WaitText("#c-earlier", "交城乡居民医保")
	look(p, "known-2-form")
	p.Press("a")
	p.WaitText("#c-out", "受理通知书")
	p.Press("Enter")
	ready(p, blue, "受理并打印")
	look(p, "known-3-check")
	p.Press("Enter")
	ready(p, "h1", "收下了，从今天起算 10 个工作日")
	p.WaitFor("the receipt being printed", `document.documentElement.hasAttribute("data-printed") && !location.search`)
	task.End(t, effort.Task{Name: "receipt for a known item and a person seen before, from a blank screen", Role: "clerk", Budget: 12})
	look(p, "known-4-receipt")
	for _, where := range []string{p.Text("body"), p.URL()} {
		if strings.Contains(where, villagerNumber) || strings.Contains(where, villagerPhone) {
			t.Error("a number stands in full")
		}
	}
	list := h.filed()
	if len(list) != 2 || list[0].State != cases.Accepted || list[0].Applicant.IDNumber != "612722********4024" || *list[0].Green != "老年人" || list[0].Place != "610881101200" {
		t.Errorf("%+v", list[0])
	}
}

func TestItemByInitials(t *testing.T) {
	h := build(t)
	p := browser.New(t)
	p.Open(h.address(clerk, "/counter"))
	p.WaitFocus("#f-items")
	ready(p, "h1", "办什么事")
	task := effort.Begin(p)
	p.Type("glbt")
	p.WaitText(".hits li:first-child", "领高龄补贴")
	p.Press("Enter")
	p.WaitFocus("#f-applicant-name")
	task.End(t, effort.Task{Name: "an item by its initials, characters included", Role: "clerk", Budget: 6})
}

// An on-the-spot item is received, decided, handed over and printed by one Enter.
func TestOnTheSpotByOneKey(t *testing.T) {
	h := build(t)
	first := h.seenBefore()
	p := browser.New(t)
	p.Open(h.address(clerk, "/counter?item=BM-015%26person="+string(first.Number)))
	ready(p, ".known", "612722********4024")
	task := effort.Begin(p)
	p.Press("a")
	p.WaitText(blue, "当场办结并打印")
	look(p, "spot-1-form")
	p.Press("Enter")
	ready(p, "h1", "办好了")
	p.WaitFor("the receipt being printed", `document.documentElement.hasAttribute("data-printed")`)
	task.End(t, effort.Task{Name: "an on-the-spot case with all papers, when item and person are there", Role: "clerk", Budget: 3})
	look(p, "spot-2-done")
	if v := h.filed()[0]; v.State != cases.Closed || v.Item.Code != "BM-015" {
		t.Errorf("%s %s", v.State, v.Item.Code)
	}
}

// The one-time notice with two papers lacking, and the days that it gives.
func TestNoticeOfTwo(t *testing.T) {
	h := build(t)
	first := h.seenBefore()
	p := browser.New(t)
	p.Open(h.address(clerk, "/counter?item=BM-001%26person="+string(first.Number)))
	ready(p, ".known", "612722********4024")
	task := effort.Begin(p)
	p.Press("5", "q", "2", "b")
	p.WaitFocus("#f-materials-1-note")
	task.Type("长子没有签名")
	p.Press("Control+Enter")
	ready(p, blue, "发告知书并打印")
	p.Press("Enter")
	ready(p, "h1", "告知书已发")
	task.End(t, effort.Task{Name: "a one-time notice with two papers lacking, when item and person are there", Role: "clerk", Budget: 6})
	if got, err := h.cases.Get(t.Context(), access.Actor{Account: clerk, Role: access.Clerk, Place: "610881101000"}, h.filed()[0].Number); err != nil || len(got.Notice.Missing) != 2 {
		t.Errorf("%+v, %v", got.Notice, err)
	}
}

// New to the house: call to receipt within twenty keys besides what must be typed.
func TestNewPersonEffort(t *testing.T) {
	h := build(t)
	p := browser.New(t)
	p.Open(h.address(clerk, "/counter"))
	p.WaitFocus("#f-items")
	ready(p, "h1", "办什么事")
	task := effort.Begin(p)
	task.Type("glbt")
	p.WaitText(".hits li:first-child", "领高龄补贴")
	p.Press("Enter")
	p.WaitFocus("#f-applicant-name")
	ready(p, "h1", "高龄老人生活保健补贴申领")
	task.Type(villager)
	p.Press("Enter") // nobody is found: on to the next box
	p.WaitFocus("#f-applicant-id-number")
	task.Type(villagerNumber)
	p.Press("Enter")
	task.Type(villagerPhone)
	p.Press("Enter")
	task.Type("gjbc")
	p.WaitText(".finder li[aria-selected=true]", "高家堡村")
	p.Press("Enter", "a")
	p.WaitText("#c-out", "受理通知书")
	p.Press("Enter")
	ready(p, blue, "受理并打印")
	p.Press("Enter")
	ready(p, "h1", "收下了")
	task.End(t, effort.Task{Name: "receipt for somebody new, from a blank screen", Role: "clerk", Budget: 20})
}

// Two people of one name: the key pressed in passing does not choose between them.
func TestNamesakesAreChosenOnPurpose(t *testing.T) {
	h := build(t)
	c := h.signIn(clerk)
	c.post("/counter", with(c.form("BM-022", 1), "do", "finish"))
	c.post("/counter", with(c.form("BM-022", 1), "do", "finish", "applicant.id_number", anotherNumber, "applicant.phone", "13992205128"))
	p := browser.New(t)
	p.Open(h.address(clerk, "/counter?item=BM-008"))
	p.WaitFocus("#f-applicant-name")
	ready(p, "h1", "高龄老人生活保健补贴申领")
	p.Type(villager)
	p.WaitFor("two to choose from", `document.querySelectorAll("#c-people .hit").length === 2`)
	p.Press("Enter")
	p.WaitFocus("#c-people li:first-child .hit")
	look(p, "known-5-namesakes")
	second := p.Text("#c-people li:nth-child(2) .num")
	p.Press("ArrowDown", "Enter")
	ready(p, ".known", second)
	p.ClickText("换人")
	p.WaitFocus("#f-applicant-name")
}

// By number, telephone and the beginning of a name; nobody whom one may not see.
func TestTheOneFieldFinds(t *testing.T) {
	h := build(t)
	first := h.seenBefore()
	form := h.signIn(clerk).form("BM-008", 0)
	for _, typed := range []string{villagerNumber, villagerPhone, "折", "SGY", " 折桂英 "} {
		got := h.signIn(clerk).post("/counter/people", with(form, "applicant.name", typed, "applicant.id_number", ""))
		if got.status != http.StatusOK || !got.shows("612722********4024") || !got.shows("person:"+string(first.Number)) || strings.Contains(strings.ReplaceAll(got.body, `data-query="`+typed+`"`, ""), villagerNumber) {
			t.Errorf("%d %s", got.status, got.body)
		}
	}
	if got := h.signIn(clerk).post("/counter/people", with(form, "applicant.name", "13900001111")); !got.shows("这个号码没有来办过") {
		t.Errorf("%s", got.body)
	}
	for _, account := range []string{far} {
		if got := h.signIn(account).post("/counter/people", with(form, "applicant.name", villagerNumber)); got.shows("********4024") {
			t.Errorf("%s finds %s", account, got.body)
		}
		got := h.signIn(account).post("/counter", with(form, "do", "person:"+string(first.Number), "applicant.name", ""))
		if got.status != http.StatusOK || got.shows("612722********4024") || got.shows(`class="known"`) {
			t.Errorf("%s is shown whom they may not see: %d", account, got.status)
		}
	}
}

// The same matter under way stands beside the form before anything is received; a reason lets it through and stays.
func TestBothSidesOfOneMatter(t *testing.T) {
	h := build(t)
	c := h.signIn(clerk)
	c.post("/counter", with(c.form("BM-008", 3), "do", "accept"))
	first := h.one()
	for name, size := range map[string]browser.Option{"desktop": browser.Desktop, "phone": browser.Phone} {
		p := browser.New(t, size)
		p.Allow("422")
		p.Open(h.address(clerk, "/counter?item=BM-008%26person="+string(first.Number)))
		ready(p, "#c-same", "同一个人的“领高龄补贴”正在办")
		p.WaitText("#c-same", string(first.Number))
		p.WaitText("#c-same", "最晚 3月24日")
		look(p, "same-1-"+name)
		if name == "phone" {
			continue
		}
		p.Press("a")
		p.WaitText("#c-said", "收到 3")
		p.Press("Enter")
		p.WaitFocus("#errors")
		p.WaitText("#errors", "同一个人的这件事正在办")
		look(p, "same-2-refused")
		if len(h.filed()) != 1 {
			t.Fatal("received before it was told")
		}
		p.ClickText("同一个人的这件事正在办。确实是另一件，请写为什么")
		p.WaitFocus("#f-another")
		p.Type("替她母亲办")
		p.Press("Enter")
		ready(p, blue, "受理并打印")
		p.WaitText(".look", "替她母亲办")
		p.Press("Enter")
		ready(p, "h1", "收下了")
	}
	list := h.filed()
	town := access.Actor{Account: clerk, Role: access.Clerk, Place: "610881101000"}
	v, err := h.cases.Get(t.Context(), town, list[0].Number)
	if err != nil || len(list) != 2 || v.Another == nil || v.Another.Reason != "替她母亲办" || v.Another.Beside[0] != first.Number {
		t.Errorf("%d %+v %v", len(list), v.Another, err)
	}
}

// What is doubtful is pointed out while it is typed, and nothing is received until the clerk has ticked that she looked: a slip
// of the finger would give a known person another name, or a child an old person's allowance.
func TestWhatIsDoubtfulIsTickedOff(t *testing.T) {
	const (
		another = "这个号码以前登记的是“" + villager + "”，请照证件核对"
		young   = "条件是“年满70周岁”，这个号码是 9 周岁"
		child   = "612722201604120023"
	)
	h := build(t)
	p := h.signIn(clerk)
	p.post("/counter", with(p.form("BM-008", 3), "do", "accept"))
	for _, c := range []struct{ item, name, number, says, all string }{
		{"BM-022", villager, villagerNumber, "", ""},
		{"BM-022", " " + villager + " ", villagerNumber, "", ""},
		{"BM-022", "", villagerNumber, "", ""},
		{"BM-022", "折桂莲", villagerNumber, another, another},
		{"BM-008", "折小宝", child, young, young},
		{"BM-022", "折小宝", child, "", ""},
	} {
		form := with(p.form(c.item, 3), "applicant.name", c.name, "applicant.id_number", c.number)
		got := p.post("/counter/id", form)
		if got.status != http.StatusOK || got.shows("照这样收") != (c.says != "") || !got.shows(c.says) {
			t.Errorf("%s %s while it is typed: %d %s", c.item, c.name, got.status, got.body)
		}
		if c.says == "" {
			continue
		}
		before := len(h.filed())
		for _, do := range []string{"check", "accept", "finish"} {
			if got := p.post("/counter", with(form, "do", do)); got.status != http.StatusUnprocessableEntity || !got.shows(c.says+"。核对过了，请打勾") || len(h.filed()) != before {
				t.Errorf("%s %s, %s without a tick: %d", c.item, c.name, do, got.status)
			}
		}
		if got := p.post("/counter", with(form, "sure", "这个号码以前登记的是“别人”，请照证件核对", "do", "check")); got.status != http.StatusUnprocessableEntity {
			t.Errorf("%s: another doubt was ticked off: %d", c.name, got.status)
		}
		if got := p.post("/counter", with(form, "sure", c.all, "do", "check")); got.status != http.StatusOK || !strings.Contains(strings.ReplaceAll(got.body, "\u00a0", " "), c.says+"。核对过了。") {
			t.Errorf("%s %s at the last look: %d %s", c.item, c.name, got.status, got.body)
		}
		if got := p.post("/counter", with(form, "sure", c.all, "do", "file")); got.status != http.StatusOK || len(h.filed()) != before+1 {
			t.Errorf("%s %s with a tick: %d", c.item, c.name, got.status)
		}
	}
}

// Somebody receives the same between the last look and the Enter: it is told, with nothing lost.
func TestSomebodyWasQuicker(t *testing.T) {
	h := build(t)
	p := h.signIn(clerk)
	form := with(p.form("BM-008", 3), "do", "accept")
	app := cases.Application{Item: "BM-008", Place: "610881102000", Channel: cases.AtCounter, Kind: cases.APerson, Name: villager, IDNumber: villagerNumber}
	who := access.Actor{Account: far, Name: "乔小梅", Role: access.Clerk, Place: "610881102000"}
	if _, err := h.cases.File(t.Context(), who, once.Key{Account: far, Path: "test", Key: "quick"}, app); err != nil {
		t.Fatal(err)
	}
	got := p.post("/counter", form)
	if got.status != http.StatusUnprocessableEntity || !got.shows("有一件。内容这里看不到，请先问那里。") || !got.shows(villagerPhone) || got.shows("610881102-2026") || len(h.filed()) != 0 {
		t.Errorf("%d %s", got.status, got.body)
	}
	if got := p.post("/counter", with(form, "another", "那边办的是去年的")); got.status != http.StatusOK || len(h.filed()) != 1 {
		t.Errorf("%d", got.status)
	}
}

// Large print and a phone: who was recognised, what is held, and what was put aside stay whole.
func TestRecognisedInLargePrintAndOnAPhone(t *testing.T) {
	for name, x := range map[string]struct {
		account string
		size    browser.Option
		print   string
	}{"large": {clerk, browser.Desktop, "large"}, "phone": {agent, browser.Phone, "normal"}, "phone-large": {agent, browser.Phone, "large"}} {
		h := build(t)
		h.signIn(clerk).post("/counter", with(h.signIn(clerk).form("BM-008", 3), "do", "accept"))
		p := browser.New(t, x.size)
		p.Open(h.address(x.account, "/counter?item=BM-001&size="+x.print))
		p.WaitFocus("#f-applicant-name")
		ready(p, "h1", "")
		p.Type("sg")
		p.WaitText("#c-people", "1 件正在办")
		look(p, "size-1-people-"+name)
		p.Leads(func() { p.Click("#c-people .hit") })
		ready(p, ".known", "612722********4024")
		p.WaitText("#c-earlier", "社会保障卡或者一卡通银行卡")
		look(p, "size-2-known-"+name)
		p.Leads(func() { p.ClickText("先放着") })
		p.WaitText(".drafts", villager)
		look(p, "size-3-aside-"+name)
		if wide := browser.Eval[bool](p, "document.documentElement.scrollWidth > innerWidth"); wide {
			t.Errorf("%s: the page is wider than the screen", name)
		}
	}
}
