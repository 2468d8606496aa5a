package journey

import (
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"bianmin/internal/browser"
	"bianmin/internal/cases"
)

// sizes are the screens on which each main path is walked.
var sizes = map[string]browser.Option{"at 1440": browser.Desktop, "at 390": browser.Phone}

const (
	clerk = "clerk-610881101"
	desk  = "desk-610881101"
	head  = "head-610881101"
)

// TestTheLawsPages walks each role's main path about the law's clock, on one demonstration; the clock is moved last.
func TestTheLawsPages(t *testing.T) {
	h := open(t)
	for _, path := range []struct {
		name string
		walk func(t *testing.T, h *house, p *browser.Page)
	}{
		{"the applicant follows the case", follows},
		{"the desk asks for time and the head grants it", extends},
		{"a matter is handed on and taken", hands},
		{"a second notice says why and leaves a fault", noticesAgain},
		{"a calendar is looked at and taken in", importsCalendar},
		{"the supervisor sees the alarm", seesAlarm},
		{"the clock is moved from the front page", movesClock},
	} {
		for size, option := range sizes {
			t.Run(path.name+" "+size, func(t *testing.T) { path.walk(t, h, browser.New(t, option)) })
		}
	}
}

// follows: from the number on the receipt, with two answers; large print keeps what is shown; no script is there.
func follows(t *testing.T, h *house, p *browser.Page) {
	v := h.does(t, clerk, h.files(t), cases.Notify{Missing: []cases.Lack{{Material: "高龄补贴申请表", What: cases.MaterialDefective, Note: "没有签名"}}})
	p.Allow("404")
	p.Open(h.url + "/follow?number=" + string(v.Number))
	p.Fill("#f-phone-last4", "0000")
	p.Leads(func() { p.ClickText("查一查") })
	p.WaitText(".errors", "没有查到")
	p.Fill("#f-phone-last4", phone[len(phone)-4:])
	p.Leads(func() { p.ClickText("查一查") })
	p.WaitText("h1", "材料还不齐，等您补")
	p.WaitText("main", "高龄补贴申请表")
	p.Leads(func() { p.ClickText("大字版") })
	p.WaitText("h1", "材料还不齐，等您补")
	if n := p.Count("script"); n > 0 {
		t.Errorf("%d scripts", n)
	}
	if width := browser.Eval[int](p, "document.documentElement.scrollWidth - innerWidth"); width > 0 {
		t.Errorf("%d pixels stand out on the right", width)
	}
	p.Click("#limits summary")
	p.WaitVisible("#limits .day.end")
}

// extends: the desk asks, whoever decides finds it on arrival, and the days move.
func extends(t *testing.T, h *house, p *browser.Page) {
	v := h.does(t, desk, h.examined(t), cases.Take{})
	h.signIn(p, desk)
	p.Open(h.url + "/desk?queue=todo&case=" + string(v.Number))
	p.Click(`label[for="do-extend"]`)
	p.Fill("#f-extend-days", "5")
	p.Fill("#f-extend-reason", "等外地回函")
	p.Leads(func() { p.Click("#decide .btn") })
	p.Open(h.url + "/cases/" + string(v.Number))
	p.WaitText("main", "等高家堡镇站长批")

	h.signIn(p, head)
	p.Open(h.url + "/desk")
	p.WaitText("h1", "等我批")
	p.Open(h.url + "/desk?queue=asked&case=" + string(v.Number))
	p.WaitText("#one", "等外地回函")
	p.Click(`label[for="do-approve-extension"]`)
	p.Leads(func() { p.Click("#decide .btn") })
	p.Open(h.url + "/cases/" + string(v.Number))
	p.WaitText("main", "承诺期限 15 个工作日")
}

// hands: to a colleague out of the list; until taken the first stays responsible.
func hands(t *testing.T, h *house, p *browser.Page) {
	v := h.does(t, desk, h.examined(t), cases.Take{})
	h.signIn(p, desk)
	p.Open(h.url + "/cases/" + string(v.Number))
	p.Click("#hand > summary")
	browser.Eval[string](p, `document.querySelector("#f-hand-to").value = "`+clerk+`"`)
	p.Fill("#f-hand-reason", "下乡入户")
	p.Leads(func() { p.Click("#hand button") })
	p.WaitText(".responsible", "王文军")
	p.WaitText(".handing", "移交中")

	h.signIn(p, clerk)
	p.Open(h.url + "/desk?queue=handed&case=" + string(v.Number))
	p.WaitText("#one", "移交给我")
	p.Click(`label[for="do-take"]`)
	p.Leads(func() { p.Click("#decide .btn") })
	p.Open(h.url + "/cases/" + string(v.Number))
	p.WaitText(".responsible", "贾明亮")
}

// noticesAgain: what the form refuses stays typed; the fault stands in the list that the supervisor reads.
func noticesAgain(t *testing.T, h *house, p *browser.Page) {
	came := cases.Correct{Materials: []cases.Material{{Name: "高龄补贴申请表", Originals: 1, Status: cases.MaterialReceived}}}
	v := h.does(t, clerk, h.files(t), cases.Notify{Missing: []cases.Lack{{Material: "高龄补贴申请表", What: cases.MaterialAbsent}}}, came)
	p.Allow("409")
	h.signIn(p, clerk)
	p.Open(h.url + "/cases/" + string(v.Number))
	p.Click("#notify > summary")
	browser.Eval[string](p, `document.querySelector("#f-notify-materials-0-what").value = "defective"`)
	p.Fill("#f-notify-materials-0-note", "昨天到期")
	p.Leads(func() { p.Click("#notify button") })
	p.WaitText("#errors", "不能再发第二次告知")
	p.Fill("#f-notify-materials-0-unseen", "告知那天还没有到期")
	p.Leads(func() { p.Click("#notify button") })
	p.WaitText("#materials", "昨天到期")

	h.signIn(p, "supervisor")
	p.Open(h.url + "/faults")
	p.WaitText("main", string(v.Number))
	p.Leads(func() { p.ClickText(string(v.Number)) })
	p.WaitText("main", "没有一次告知全")
}

// importsCalendar: first what would move, then it moves.
func importsCalendar(t *testing.T, h *house, p *browser.Page) {
	off := map[bool]string{true: "2026-03-19,off,演示", false: "2026-03-20,off,演示"}[browser.Eval[int](p, "innerWidth") > 1000]
	v := h.examined(t)
	p.Allow("422")
	h.signIn(p, "admin")
	p.Open(h.url + "/calendar")
	p.Click("#import > summary")
	p.ClickText("只改这几天")
	p.Fill("#f-csv", "date,kind,name\n2026-03-19,放假,演示")
	p.Leads(func() { p.ClickText("先看看会改什么") })
	p.WaitText("#import .errors", "第 2 行")
	p.Fill("#f-csv", "date,kind,name\n"+off)
	p.Leads(func() { p.ClickText("先看看会改什么") })
	p.WaitText("#preview", string(v.Number))
	p.WaitText("#preview", "晚 1 天")
	p.Leads(func() { p.ClickText("就这样导入") })
	p.WaitText(".said", "1 天有变动")

	h.signIn(p, desk)
	p.Open(h.url + "/cases/" + string(v.Number))
	p.WaitText("#events", "日历变动，期限重算")
	p.WaitText("#limits", "演示")
}

// seesAlarm: on arrival, at the top.
func seesAlarm(t *testing.T, h *house, p *browser.Page) {
	p.Allow("favicon.ico") // the head is a text, which names no icon
	h.Alarm("journey/alarm", "见证人没有回音，请打电话问")
	defer h.Clear("journey/alarm")
	h.signIn(p, "supervisor")
	p.WaitText(".alarms", "见证人没有回音")
	p.Leads(func() { p.ClickText("最新签名") })
	p.WaitPath("/journal/checkpoint")
}

// movesClock: one click from the front page, one to move it, one to see a case that the law accepted.
func movesClock(t *testing.T, h *house, p *browser.Page) {
	v := h.files(t)
	p.Open(h.url + "/demo")
	p.Leads(func() { p.ClickText("拨一拨时间") })
	p.Leads(func() { p.ClickText("30 天") })
	p.WaitText("#happened", "视为受理")
	p.WaitText("#happened", string(v.Number))
	p.Leads(func() { p.Click(`input[value="/cases/` + string(v.Number) + `"] + button`) })
	p.WaitPath("/cases/" + string(v.Number))
	p.WaitText("main", "5 个工作日里没有受理，也没有告知缺什么")
}

var sheet = regexp.MustCompile(`href="(/assets/[^"]+\.css)"`)

// TestTheFollowPageIsLight: a village line carries 8 KB a second.
func TestTheFollowPageIsLight(t *testing.T) {
	h := open(t)
	v := h.does(t, desk, h.examined(t), cases.Suspend{Kind: "appraisal", Basis: "评残办法第八条", Evidence: "鉴定委托书 8 号", Days: 10})
	squeezed, page := h.fetch(t, "/follow?number="+string(v.Number)+"&phone_last4="+phone[len(phone)-4:], "gzip")
	_, plain := h.fetch(t, "/follow?number="+string(v.Number)+"&phone_last4="+phone[len(phone)-4:], "identity")
	if !strings.Contains(plain, "正在鉴定") {
		t.Fatalf("%.200q", page)
	}
	css, _ := h.fetch(t, sheet.FindStringSubmatch(plain)[1], "gzip")
	t.Logf("page %d, sheet %d bytes", squeezed, css)
	if squeezed+css > 20<<10 {
		t.Errorf("%d bytes for the page and %d for the sheet", squeezed, css)
	}
}

// fetch gives how many bytes an answer takes on the line, and what they are.
func (h *house) fetch(t *testing.T, path, encoding string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, h.url+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept-Encoding", encoding)
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d (%v)", path, answer.StatusCode, err)
	}
	return len(raw), string(raw)
}
