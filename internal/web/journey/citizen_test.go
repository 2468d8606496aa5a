package journey

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"bianmin/internal/browser"
	"bianmin/internal/cases"
)

// TestTheCitizensSide walks what somebody who signed in can do, on one demonstration for each size. The pages have no
// script, so that what is walked here is walked without one.
func TestTheCitizensSide(t *testing.T) {
	for name, at := range map[string]struct {
		option browser.Option
		large  bool
		phone  string
	}{"at 1440": {browser.Desktop, false, "13991230001"}, "at 390": {browser.Phone, false, "13991230002"}, "at 390 in large print": {browser.Phone, true, "13991230003"}} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			w := &citizenWalk{t: t, h: h, me: browser.New(t, at.option), office: browser.New(t, browser.Desktop), phone: at.phone}
			w.me.Allow("401")
			w.me.Allow("422")
			w.me.Allow("409")
			w.office.Allow("422")
			w.signsIn(at.large)
			w.asksAndIsAnswered()
			w.withdraws()
			w.ratesAndIsCalledBack()
			w.seesWhoLooked()
			w.signsOut()
		})
	}
}

// citizenWalk is a citizen before a screen, and the office before another.
type citizenWalk struct {
	t          *testing.T
	h          *house
	me, office *browser.Page
	phone      string
}

// files brings an application of this citizen to where it is received at the counter.
func (w *citizenWalk) files() cases.View {
	w.t.Helper()
	def, _ := w.h.City.Items.Get("BM-008")
	app := cases.Application{Item: "BM-008", Place: "610881101200", Channel: cases.AtCounter, Kind: cases.APerson, Name: villager, IDNumber: number, Phone: w.phone}
	for _, m := range def.AlwaysNeeded() {
		app.Materials = append(app.Materials, cases.Material{Name: m.Name, Originals: m.Originals, Copies: m.Copies, Status: cases.MaterialReceived})
	}
	answer, err := w.h.Cases.File(w.t.Context(), w.h.actor(w.t, clerk), newKey(), app)
	return read(w.t, answer, err)
}

// good holds every page of the citizen's to what is true of all.
func (w *citizenWalk) good(what string) {
	w.t.Helper()
	if n := w.me.Count("script"); n > 0 {
		w.t.Errorf("%s: %d scripts", what, n)
	}
	if width := browser.Eval[int](w.me, "document.documentElement.scrollWidth - document.documentElement.clientWidth"); width > 0 {
		w.t.Errorf("%s: %d pixels stand out on the right", what, width)
	}
	if text := w.me.Text("body"); strings.Contains(text, w.phone) || strings.Contains(text, number) || strings.Contains(w.me.URL(), w.phone) {
		w.t.Errorf("%s: a number in full", what)
	}
	if dir := os.Getenv("BIANMIN_SHOTS"); dir != "" {
		w.me.Screenshot(filepath.Join(dir, strings.NewReplacer("/", "-", " ", "-").Replace(w.t.Name())+"-"+what+".png"))
	}
}

var aCode = regexp.MustCompile(`验证码 (\d{6})`)

// code reads the newest code from the administrator's page.
func (w *citizenWalk) code() string {
	w.t.Helper()
	w.h.signIn(w.office, "admin")
	w.office.Leads(func() { w.office.ClickText("已发短信") })
	w.office.WaitText("h1", "已发短信")
	m := aCode.FindStringSubmatch(w.office.Text("main tbody tr:first-child"))
	if m == nil {
		w.t.Fatalf("no code on the page: %s", w.office.Text("main"))
	}
	if dir := os.Getenv("BIANMIN_SHOTS"); dir != "" {
		w.office.Screenshot(filepath.Join(dir, "messages.png"))
	}
	return m[1]
}

// signsIn: from following a case; a wrong code is said at its field, and nothing typed is lost.
func (w *citizenWalk) signsIn(large bool) {
	w.files()
	p := w.me
	p.Open(w.h.url + "/follow")
	if large {
		p.Leads(func() { p.ClickText("大字版") })
	}
	p.Leads(func() { p.ClickText("用手机号登录") })
	p.WaitPath("/my/sign-in")
	p.Leads(func() { p.ClickText("发验证码") })
	p.WaitText(".errors", "请写手机号")
	w.good("phone")
	p.Fill("#f-phone", w.phone)
	p.Leads(func() { p.ClickText("发验证码") })
	p.WaitText("main", "尾号 "+w.phone[len(w.phone)-4:])
	code := w.code()
	wrong := "000000"
	if code == wrong {
		wrong = "111111"
	}
	p.Fill("#f-code", wrong)
	p.Leads(func() { p.Press("Enter") })
	p.WaitText(".errors", "验证码不对")
	w.good("code")
	p.Fill("#f-code", code)
	p.Leads(func() { p.Press("Enter") })
	p.WaitPath("/my")
	p.WaitText("h1", "我的办件")
	p.WaitText("main", "领高龄补贴")
	p.WaitText("header", "139****"+w.phone[len(w.phone)-4:])
	w.good("my")
}

// asksAndIsAnswered: the question stands in the counter's work, and the answer on the citizen's page and in a message.
func (w *citizenWalk) asksAndIsAnswered() {
	p := w.me
	p.Leads(func() { p.ClickText("领高龄补贴") })
	p.WaitText("h1", "材料收到了，正在看齐不齐")
	p.Leads(func() { p.Click("#ask button") })
	p.WaitText(".errors", "请写要问的")
	p.Fill("#f-ask", "钱打到哪张卡上？")
	p.Leads(func() { p.Click("#ask button") })
	p.WaitText("main", "问题交上去了")
	w.good("case")
	n := shownNumber.FindString(p.Text("main"))
	w.h.signIn(w.office, clerk)
	w.office.Open(w.h.url + "/cases/" + n)
	w.office.WaitText("#one", "钱打到哪张卡上？")
	if dir := os.Getenv("BIANMIN_SHOTS"); dir != "" {
		w.office.Screenshot(filepath.Join(dir, "answer.png"))
	}
	w.office.Fill("#f-answer-text", "打到社保卡上，办好当月就到")
	w.office.Leads(func() { w.office.Click("#answer button") })
	w.office.WaitText("#events", "打到社保卡上，办好当月就到")
	p.Open(w.h.url + "/my")
	p.WaitText("main", "有回复")
	p.Leads(func() { p.ClickText("领高龄补贴") })
	p.WaitText("#ask", "打到社保卡上，办好当月就到")
	w.h.signIn(w.office, "admin")
	w.office.Open(w.h.url + "/messages?purpose=answer")
	w.office.WaitText("main tbody", "打到社保卡上，办好当月就到")
}

// withdraws asks once more, and wants a reason.
func (w *citizenWalk) withdraws() {
	p := w.me
	p.Leads(func() { p.ClickText("撤回申请") })
	p.WaitText("h1", "撤回“领高龄补贴”")
	p.Leads(func() { p.ClickText("撤回申请") })
	p.WaitText(".errors", "请写撤回的原因")
	w.good("withdraw")
	p.Fill("#f-reason", "材料还没备齐")
	p.Leads(func() { p.ClickText("撤回申请") })
	p.WaitText("h1", "申请已经撤回")
	if p.Count("#withdraw") > 0 {
		w.t.Error("it can be withdrawn again")
	}
	n := shownNumber.FindString(p.Text("main"))
	w.h.signIn(w.office, clerk)
	w.office.Open(w.h.url + "/cases/" + n)
	w.office.WaitText("#events", "申请人 139****"+w.phone[len(w.phone)-4:])
}

// ratesAndIsCalledBack: a bad rating, by number and telephone alone, then changed by the one who signed in; the head sees
// it, and what was put right stands on the citizen's page.
func (w *citizenWalk) ratesAndIsCalledBack() {
	v := w.h.does(w.t, clerk, w.files(), cases.Accept{})
	v = w.h.does(w.t, "agent-610881101200", v, cases.Pass{})
	v = w.h.does(w.t, desk, v, cases.Pass{})
	v = w.h.does(w.t, "unit-minzheng", v, cases.DecideOn{Approve: true})
	v = w.h.does(w.t, clerk, v, cases.Deliver{Way: "counter", Receiver: villager})
	if v.ClosedAt == nil {
		w.t.Fatalf("it is %s", v.State)
	}
	p := w.me
	p.Open(w.h.url + "/follow?number=" + string(v.Number) + "&phone_last4=" + w.phone[len(w.phone)-4:])
	p.WaitText("#rate", "您满意吗")
	p.Leads(func() { p.Click("#rate button") })
	p.WaitText(".errors", "请选一个")
	p.ClickText("不满意")
	p.Leads(func() { p.Click("#rate button") })
	p.WaitText("h1", "评价收到了")
	w.good("rated")
	p.Open(w.h.url + "/my/cases/" + string(v.Number))
	p.WaitText("#rate", "不满意")
	p.ClickText("很不满意")
	p.Fill("#f-words", "跑了两趟")
	p.Leads(func() { p.Click("#rate button") })
	p.WaitText("#rate", "跑了两趟")
	w.good("rate")
	w.h.signIn(w.office, head)
	w.office.Open(w.h.url + "/ratings")
	w.office.WaitText("tbody", "跑了两趟")
	w.office.WaitText("tbody", "很不满意")
	w.office.WaitFor("a case's number on one line", `[...document.querySelectorAll("tbody a.num")].every(a => a.getClientRects().length === 1)`)
	row := `form[action="/ratings/` + string(v.Number) + `"]`
	w.office.Click("tbody tr:first-child summary")
	w.office.Leads(func() { w.office.Click(row + " button") })
	w.office.WaitText(row+" .errors", "请写怎么整改的")
	if dir := os.Getenv("BIANMIN_SHOTS"); dir != "" {
		w.office.Screenshot(filepath.Join(dir, "ratings.png"))
	}
	w.office.Fill(row+` textarea[name="heard"]`, "第一次来没说清要带申请表")
	w.office.Fill(row+` textarea[name="done"]`, "窗口贴了一次性告知的清单")
	w.office.Leads(func() { w.office.Click(row + " button") })
	w.office.WaitText("main", "回访记下了")
	p.Open(w.h.url + "/my/cases/" + string(v.Number))
	p.WaitText("#rate", "窗口贴了一次性告知的清单")
	if p.Count("#rate form") > 0 {
		w.t.Error("it can be changed after the call back")
	}
	w.h.signIn(w.office, clerk)
	w.office.Open(w.h.url + "/cases/" + string(v.Number))
	if strings.Contains(w.office.Text("main"), "跑了两趟") {
		w.t.Error("who served is shown who rated")
	}
}

// seesWhoLooked: a number that was revealed stands there with who, where and why.
func (w *citizenWalk) seesWhoLooked() {
	v := w.files()
	p := w.me
	p.Open(w.h.url + "/my/looks")
	p.WaitText("main", "没有人看过完整的号码")
	w.h.does(w.t, clerk, v, cases.Reveal{Field: cases.FieldPhone, Reason: "打电话通知来取"})
	p.Open(w.h.url + "/my")
	p.Leads(func() { p.Click(`main a[href="/my/looks"]`) })
	p.WaitText("main", "看了完整的电话，原因：打电话通知来取")
	p.WaitText("main", "高家堡镇")
	w.good("looks")
}

// signsOut: the page before shows nothing any more.
func (w *citizenWalk) signsOut() {
	p := w.me
	p.Leads(func() { p.Click(`form[action="/my/sign-out"] button`) })
	p.WaitText("main", "退出了")
	p.Back()
	p.WaitPath("/my/sign-in")
	if strings.Contains(p.Text("body"), "139****") {
		w.t.Error("the page before still shows something")
	}
}

// TestFiveWrongCodesPause: the sixth is not let try, with the right code either, and the page says how long.
func TestFiveWrongCodesPause(t *testing.T) {
	h := open(t)
	w := &citizenWalk{t: t, h: h, me: browser.New(t, browser.Phone), office: browser.New(t, browser.Desktop), phone: "13991230009"}
	p := w.me
	p.Allow("401")
	p.Allow("429")
	p.Open(h.url + "/my")
	p.WaitPath("/my/sign-in")
	p.Fill("#f-phone", w.phone)
	p.Leads(func() { p.ClickText("发验证码") })
	code := w.code()
	wrong := "000000"
	if code == wrong {
		wrong = "111111"
	}
	for range 5 {
		p.Fill("#f-code", wrong)
		p.Leads(func() { p.Press("Enter") })
		p.WaitText(".errors", "验证码不对")
	}
	p.Fill("#f-code", code)
	p.Leads(func() { p.Press("Enter") })
	p.WaitText("#errors", "这个手机号连错 5 次，先停一停")
	p.WaitText("#errors", "请等 60 分钟再试")
}

// TestASessionOpensOnlyItsOwnSide: an account's does not open a citizen's pages, nor the reverse.
func TestASessionOpensOnlyItsOwnSide(t *testing.T) {
	h := open(t)
	p := browser.New(t, browser.Desktop)
	h.signIn(p, clerk)
	p.Open(h.url + "/my")
	p.WaitPath("/my/sign-in")
	p.Open(h.url + "/desk")
	p.WaitPath("/desk") // and is still signed in
}
