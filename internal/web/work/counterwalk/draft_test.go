package counterwalk

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"bianmin/internal/browser"
	"bianmin/internal/browser/effort"
)

// What was typed is there again after the page was closed without a word.
func TestNothingTypedIsLostWhenThePageCloses(t *testing.T) {
	h := build(t)
	p := browser.New(t)
	p.Open(h.address(clerk, "/counter?item=BM-008"))
	p.WaitFocus("#f-applicant-name")
	ready(p, "h1", "高龄老人生活保健补贴申领")
	typeVillager(p)
	p.Press("1", "q")
	p.WaitText("#c-saver", "10:20 已自动保存")
	p.WaitText("#c-out", "（没带）")
	p.Press("2", "b")
	p.WaitFocus("#f-materials-1-note")
	p.Type("没有签名") // the page goes before this is saved: it is sent on leaving
	p.Open(h.server.URL + "/counter")
	p.WaitText(".drafts", villager+" 领高龄补贴")
	p.WaitText(".drafts", "10:20 存的，留到 4月9日")
	look(p, "draft-1-list")
	p.WaitFocus("#f-items")
	p.Press("ArrowDown", "Enter")
	ready(p, ".trouble", "接着办：10:20 存的，填的都在")
	look(p, "draft-2-back")
	for box, want := range map[string]string{"#f-applicant-name": villager, "#f-applicant-id-number": villagerNumber, "#f-applicant-phone": villagerPhone,
		"#f-place": "高家堡村", "#f-materials-1-note": "没有签名"} {
		if got := browser.Eval[string](p, `document.querySelector("`+box+`").value`); got != want {
			t.Errorf("%s is %q, want %q", box, got, want)
		}
	}
	p.WaitText("#c-out", "没有签名")
}

// Z puts aside, and the list has it again; one is dropped for good.
func TestPutAsideAndComeBack(t *testing.T) {
	h := build(t)
	p := browser.New(t)
	p.Open(h.address(clerk, "/counter?item=BM-008"))
	p.WaitFocus("#f-applicant-name")
	ready(p, "h1", "高龄老人生活保健补贴申领")
	typeVillager(p)
	task := effort.Begin(p)
	p.Press("z")
	p.WaitText(".drafts", "先放着")
	p.WaitFocus("#f-items")
	look(p, "draft-3-aside")
	p.Press("ArrowDown", "Enter")
	ready(p, ".trouble", "接着办")
	task.End(t, effort.Task{Name: "put an application aside and come back to it", Role: "clerk", Budget: 4})
	p.Press("a")
	p.WaitText("#c-out", "受理通知书")
	p.Press("Enter")
	ready(p, blue, "受理并打印")
	p.Press("Enter")
	ready(p, "h1", "收下了")
	p.Open(h.server.URL + "/counter")
	p.WaitFocus("#f-items")
	if p.Count(".drafts") != 0 {
		t.Error("what is filed is still in the list")
	}
	p.Open(h.server.URL + "/counter?item=BM-001")
	p.WaitFocus("#f-applicant-name")
	ready(p, "h1", "最低生活保障审核确认")
	p.Type("武二")
	p.Press("Escape", "z")
	p.WaitText(".drafts", "武二")
	p.ClickText("删掉")
	p.Leads(func() { p.ClickText("删掉这份") })
	p.WaitFocus("#f-items")
	if p.Count(".drafts") != 0 {
		t.Error("what was dropped is still in the list")
	}
}

// The session ends while somebody types: what is on the page stays, and goes on after signing in elsewhere.
func TestSessionEndsWhileSomebodyTypes(t *testing.T) {
	h := build(t)
	p := browser.New(t)
	p.Allow("401")
	p.Open(h.address(clerk, "/counter?item=BM-008"))
	p.WaitFocus("#f-applicant-name")
	ready(p, "h1", "高龄老人生活保健补贴申领")
	p.Type("折桂")
	p.WaitText("#c-saver", "已自动保存")
	if err := h.access.Disable(t.Context(), "system", clerk); err != nil {
		t.Fatal(err)
	}
	p.Type("英")
	p.WaitText("#c-saver", "离开太久，为安全退出了。填的还在这一页")
	look(p, "draft-4-signed-out")
	if err := h.access.Enable(t.Context(), "system", clerk); err != nil {
		t.Fatal(err)
	}
	p.Press("Escape", "Enter") // the blue button sends nothing while nobody is signed in
	if got := browser.Eval[string](p, `document.querySelector("#f-applicant-name").value`); got != villager {
		t.Errorf("the name became %q", got)
	}
	browser.Eval[bool](p, `fetch("/enter/`+clerk+`?to=/counter").then(() => { dispatchEvent(new Event("focus")); return true })`)
	p.WaitText("#c-saver", "已自动保存")
}

// The line breaks, or the server stops, while somebody types: the page says that it is not saved, and saves by itself once it
// can, without another key.
func TestTheLineBreaksWhileSomebodyTypes(t *testing.T) {
	h := build(t)
	p := browser.New(t)
	p.Allow("net::ERR_")
	p.Allow("htmx:")
	p.Open(h.address(clerk, "/counter?item=BM-008"))
	p.WaitFocus("#f-applicant-name")
	ready(p, "h1", "高龄老人生活保健补贴申领")
	p.Type("折桂")
	p.WaitText("#c-saver", "已自动保存")
	h.broken.Store(true)
	p.Type("英")
	p.WaitText("#c-saver", "还没有存上")
	p.WaitFor("no word of having been saved", `!document.querySelector("#c-saver").innerText.includes("已自动保存")`)
	h.broken.Store(false)
	p.WaitText("#c-saver", "已自动保存")
	p.WaitFor("no word of a failure", `!document.querySelector("#c-saver").innerText.includes("还没有存上")`)
	p.Open(h.server.URL + "/counter")
	p.WaitText(".drafts", villager+" 领高龄补贴")
}

var draftInput = regexp.MustCompile(`name="draft" value="(\d+)"`)

func (p page) draft() string { return draftInput.FindStringSubmatch(p.body)[1] }

// Two pages on one draft: the second to save goes on as a copy, and says where the other one is.
func TestTwoPagesOnOneDraft(t *testing.T) {
	h := build(t)
	p := h.signIn(clerk)
	form := p.form("BM-008", 0)
	first := p.post("/counter", with(form, "do", "edit", "tab", "one", "draft", "0", "applicant.name", "折一"))
	if first.draft() != "1" {
		t.Fatalf("version %s", first.draft())
	}
	key := form.Get("once")
	other := p.get("/counter?draft=" + key)
	if other.draft() != "1" || !other.shows(`value="折一"`) && !strings.Contains(other.body, `value="折一"`) {
		t.Fatalf("%s", other.body)
	}
	p.post("/counter/draft", with(form, "tab", "two", "draft", "1", "applicant.name", "折二"))
	late := p.post("/counter/draft", with(form, "tab", "one", "draft", "1", "applicant.name", "折三"))
	if !late.shows("这份在别的页面改过（10:20）。那边的没有动，这一页的另存了一份") || strings.Contains(late.body, `value="`+key+`"`) || !late.shows("/counter?draft="+key) {
		t.Fatalf("%s", late.body)
	}
	list := p.get("/counter").body
	if !strings.Contains(list, "折二") || !strings.Contains(list, "折三") || strings.Contains(list, "折一") {
		t.Error("not both are there")
	}
	// And the other way, on a whole page without a script.
	form.Set("once", onceInput.FindStringSubmatch(late.body)[1])
	p.post("/counter", with(form, "do", "aside", "tab", "three", "draft", "1", "applicant.name", "折三三"))
	got := p.post("/counter", with(form, "do", "edit", "tab", "one", "draft", "1", "applicant.name", "折四"))
	if !got.shows("这份在别的页面改过") || !strings.Contains(got.body, `value="折四"`) || !strings.Contains(p.get("/counter").body, "折三三") {
		t.Errorf("%d", got.status)
	}
}

// A save that comes after the filing keeps nothing, and a draft of somebody else is nobody's business.
func TestDraftsEndWithTheFiling(t *testing.T) {
	h := build(t)
	p := h.signIn(clerk)
	form := p.form("BM-008", 3)
	p.post("/counter", with(form, "do", "check", "tab", "one"))
	p.post("/counter", with(form, "do", "accept", "tab", "one", "draft", "1"))
	h.one()
	if late := p.post("/counter/draft", with(form, "tab", "one", "draft", "1")); !late.shows("这份已经收件了") {
		t.Errorf("%s", late.body)
	}
	if list := p.get("/counter").body; strings.Contains(list, "没办完的") {
		t.Error("it is in the list")
	}
	if gone := p.get("/counter?draft=" + form.Get("once")); !gone.shows("这一份已经收件，或者删掉了") {
		t.Errorf("%d", gone.status)
	}
	mine := p.form("BM-001", 0)
	p.post("/counter/draft", mine)
	other := h.signIn(far)
	if got := other.get("/counter?draft=" + mine.Get("once")); strings.Contains(got.body, villagerNumber) {
		t.Error("another account reads it")
	}
	other.post("/counter/drafts/"+mine.Get("once")+"/drop", url.Values{})
	if got := p.get("/counter?draft=" + mine.Get("once")); !strings.Contains(got.body, villagerNumber) {
		t.Error("another account dropped it")
	}
}

// Back after signing out shows nothing.
func TestBackAfterSignOutShowsNothing(t *testing.T) {
	h := build(t)
	p := browser.New(t)
	p.Allow("status 401") // what the page asks for at the moment of signing out
	p.Open(h.address(clerk, "/counter?item=BM-008"))
	p.WaitFocus("#f-applicant-name")
	ready(p, "h1", "高龄老人生活保健补贴申领")
	p.Type(villager)
	p.WaitText("#c-saver", "已自动保存")
	p.Leads(func() { p.ClickText("退出") })
	p.WaitFor("signed out", `!document.querySelector("#counter")`)
	p.Back()
	p.WaitPath("/sign-in")
	if strings.Contains(browser.Eval[string](p, `document.documentElement.outerHTML`), villager+`"`) {
		t.Error("the page came back")
	}
}

// Odd names are what they are: shown as written, and refused at the field when they are none.
func TestOddNames(t *testing.T) {
	h := build(t)
	p := h.signIn(clerk)
	fifty := strings.Repeat("阿", 24) + "·" + strings.Repeat("买", 25)
	for _, name := range []string{fifty, "<b>折桂英</b>", "折桂英🙂", "𠮷野"} {
		got := p.post("/counter", with(p.form("BM-008", 3), "do", "check", "applicant.name", name))
		if got.status != http.StatusOK && got.status != http.StatusUnprocessableEntity || strings.Contains(got.body, "<b>折") || !got.shows(name) {
			t.Errorf("%q: %d", name, got.status)
		}
		found := p.post("/counter/people", with(p.form("BM-008", 0), "applicant.name", name))
		if found.status != http.StatusOK || strings.Contains(found.body, "<b>折") {
			t.Errorf("%q: %d %s", name, found.status, found.body)
		}
	}
	accepted := p.post("/counter", with(p.form("BM-008", 3), "do", "accept", "applicant.name", fifty))
	if v := h.one(); v.Applicant.Name != fifty || !accepted.shows("受理通知书") {
		t.Errorf("%s", v.Applicant.Name)
	}
	before := len(h.filed())
	for _, path := range []string{"/counter", "/counter/people", "/counter/draft"} {
		form := with(p.form("BM-001", 0), "applicant.name", "折\xed\xa0\x80", "do", "accept")
		if got := p.post(path, form); got.status != http.StatusBadRequest || len(h.filed()) != before {
			t.Errorf("%s: a lone surrogate: %d", path, got.status)
		}
	}
}

// The notice gives the days that were asked for, and no others.
func TestDaysOfTheNotice(t *testing.T) {
	h := build(t)
	p := h.signIn(clerk)
	form := with(p.form("BM-008", 0), markName(2), "absent")
	if got := p.post("/counter/said", with(form, "days", "10")); !got.shows("请最迟于2026年3月20日") || !strings.Contains(got.body, `name="days" type="text" value="10"`) {
		t.Errorf("%s", got.body)
	}
	for _, days := range []string{"0", "181", "三天", "-1"} {
		got := p.post("/counter", with(form, "days", days, "do", "notify"))
		if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, `href="#f-days"`) || len(h.filed()) != 0 {
			t.Errorf("%s: %d", days, got.status)
		}
	}
	p.post("/counter", with(form, "days", "10", "do", "notify"))
	if n := h.one().Notice; n.Days != 10 || n.Until != "2026-03-20" {
		t.Errorf("%+v", n)
	}
}
