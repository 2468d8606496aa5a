package journey

import (
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"bianmin/internal/browser"
	"bianmin/internal/browser/effort"
	"bianmin/internal/cases"
	"bianmin/internal/clock"
	"bianmin/internal/filing"
	"bianmin/internal/paper"
	"bianmin/internal/sms"
)

// The daughter's telephone, on which the codes come.
const daughter = "13509120001"

var sixDigits = regexp.MustCompile(`\d{6}`)

// code is the last that went to a telephone, as it stands in the demonstration's list.
func (h *house) code(t *testing.T, phone string) string {
	t.Helper()
	page, err := h.Messages.List(t.Context(), sms.Filter{Tail: phone[len(phone)-4:], Purpose: sms.Code})
	if err != nil || len(page.Messages) == 0 {
		t.Fatalf("no code: %v", err)
	}
	return sixDigits.FindString(page.Messages[0].Text)
}

// citizenSignsIn goes on from a page that asks for the telephone.
func (h *house) citizenSignsIn(t *testing.T, p *browser.Page, phone string) {
	t.Helper()
	p.Fill(`input[name="phone"]`, phone)
	p.Leads(func() { p.ClickText("发验证码") })
	p.Fill(`input[name="code"]`, h.code(t, phone))
	p.Leads(func() { p.Click(`form[action="/my/sign-in"] button`) })
}

// answers fills the screen and goes on; the count of screens is what the budget is about.
type answers struct {
	h       *house
	p       *browser.Page
	screens int
}

func (a *answers) on(fill func()) {
	a.screens++
	fill()
	a.p.Leads(func() { a.p.ClickText("继续") })
}

func (a *answers) picks(selector, value string) {
	browser.Eval[bool](a.p, `(document.querySelector("`+selector+`").value = "`+value+`") !== ""`)
}

// whole: what it says stands on one line, and nothing of it is cut off, be the print as large as it can.
func whole(p *browser.Page, selector string) {
	p.WaitFor(selector+" whole on its line", `(list => list.length > 0 && list.every(e => {
		const r = document.createRange(); r.selectNodeContents(e)
		const boxes = [...r.getClientRects()]
		return new Set(boxes.map(b => Math.round(b.bottom))).size === 1 && boxes.every(b => b.right <= document.documentElement.clientWidth) && e.scrollWidth <= e.clientWidth + 1 | getComputedStyle(e).display === "inline"
	}))([...document.querySelectorAll("`+selector+`")])`)
}

// shownWhole: what was typed into a box is seen to its last character.
func shownWhole(p *browser.Page, selector string) {
	p.WaitFor(selector+" shows all that is typed", `(e => e.scrollWidth <= e.clientWidth)(document.querySelector('`+selector+`'))`)
}

// TestTheDaughterFilesDibaoForHerFather: from the search to the number, on a phone and at a desk, in normal and in large
// print; what is typed wrongly is told at the field and stays; Back works.
func TestTheDaughterFilesDibaoForHerFather(t *testing.T) {
	for name, c := range map[string]struct {
		option browser.Option
		size   int
	}{"390": {browser.Phone, 0}, "1440 large": {browser.Desktop, 1}, "390 larger": {browser.Phone, 2}} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			p := browser.New(t, c.option)
			p.Allow("422")
			p.Open(h.url + "/")
			for range c.size {
				p.Leads(func() { p.Click(`form[action="/size"] button`) })
			}
			p.Fill(`input[name="q"]`, "家里穷想吃抵保")
			p.Leads(func() { p.ClickText("查一查") })
			p.WaitText("#found a:first-of-type", "申请低保")
			p.Leads(func() { p.Click("#found .rows a") })
			p.WaitText("#bring", "最低生活保障申请书")
			p.WaitText("main", "今天交齐，最晚 4月8日 星期三")
			p.Leads(func() { p.ClickText("网上申请") })
			p.Leads(func() { p.ClickText("开始填") })

			a := &answers{h: h, p: p}
			a.on(func() { p.ClickText("给我自己办") })
			a.on(func() { p.Fill(`input[name="said"]`, "折桂英") })
			p.Fill(`input[name="said"]`, number[:17]) // one digit is missing
			p.Leads(func() { p.ClickText("继续") })
			p.WaitText(".errors", "身份证号少了 1 位")
			p.WaitFor("what was typed", `document.querySelector('input[name="said"]').value === "`+number[:17]+`"`)
			p.WaitFor("the title", `document.title.startsWith("错误：")`)
			p.Fill(`input[name="said"]`, number)
			shownWhole(p, `input[name="said"]`)
			a.on(func() {})
			a.screens++
			p.Leads(func() { p.ClickText("用手机号登录") })
			h.citizenSignsIn(t, p, phone)
			p.Leads(func() { p.ClickText("继续") })
			a.on(func() { a.picks("#f-town", "610881101000") })
			a.on(func() { a.picks("#f-village", "610881101200") })
			a.on(func() { p.ClickText("没有") })
			p.Leads(func() { p.ClickText("上一步") }) // Back shows what was answered
			p.WaitFor("the answer", `document.querySelector("input:checked").value === "没有"`)
			p.Leads(func() { p.ClickText("继续") })
			a.on(func() { p.ClickText("都能签") })
			a.on(func() { p.Click(`input[value="户口簿"]`) })
			p.WaitText("main", "交之前看一遍")
			p.WaitText(".check", "折桂英")
			p.WaitText(".check", "高家堡村")
			whole(p, ".check .nb")
			if said := p.Text("main"); strings.Contains(said, number) {
				t.Error("the number stands in full")
			}
			a.screens++
			p.Leads(func() { p.Click(`.check a[href*="own-s1"]`) }) // 改 comes back here
			p.ClickText("有")
			p.Leads(func() { p.ClickText("继续") })
			p.WaitText("main", "交之前看一遍")
			p.Leads(func() { p.ClickText("交上去") })
			p.WaitText("h1", "交好了")
			p.WaitText("main", "残疾人证或者疾病诊断证明")
			whole(p, ".finish .no")
			n := shownNumber.FindString(p.Text(".finish"))
			if n == "" {
				t.Fatalf("no number: %s", p.Text("main"))
			}
			if a.screens > 12 {
				t.Errorf("%d screens, at most 12", a.screens)
			}
			t.Logf("%d screens, %d clicks, %d keys", a.screens, p.Clicks(), p.Keys())
			p.Leads(func() { p.ClickText("查进度") })
			h.deskSees(t, n)
			p.Fill(`input[name="phone_last4"]`, phone[len(phone)-4:])
			shownWhole(p, `input[name="number"]`)
			p.Leads(func() { p.ClickText("查一查") })
			p.WaitText("main", "等您把材料交来")
			if p.Count(".limit > summary") > 0 {
				t.Error("a limit runs before the papers came")
			}
			number := string(caseNumber(t, n))
			h.does(t, "clerk-610881101", h.inside(t, number), cases.Receive{})
			p.Open(h.url + "/follow?number=" + number + "&phone_last4=" + phone[len(phone)-4:])
			p.Click(".limit > summary")
			p.WaitFor("no day's note is cut off", `[...document.querySelectorAll(".limit[open] .day small")].every(e => e.scrollWidth <= e.clientWidth + 1)`)
		})
	}
}

func caseNumber(t *testing.T, written string) cases.Number {
	t.Helper()
	n, ok := cases.ParseNumber(written)
	if !ok {
		t.Fatalf("%q is no number", written)
	}
	return n
}

// deskSees: the counter of the town has it among what is to do, and sees that it came online.
func (h *house) deskSees(t *testing.T, n string) {
	t.Helper()
	v, err := h.Cases.Get(t.Context(), h.actor(t, "clerk-610881101"), caseNumber(t, n))
	if err != nil {
		t.Fatal(err)
	}
	if v.Channel != "online" || v.State != "submitted" || v.Responsible.Account != "head-610881101" || v.Afar == nil || v.AcceptBy != nil || v.Applicant.Phone == nil {
		t.Errorf("%+v", v)
	}
}

// TestWhatIsNotKeptGoesOn: when as much is kept of one network as is kept without a sign-in, the questions go on all the same,
// say that nothing is kept, and lose nothing: neither by Back nor by the sign-in, from which on it is kept.
func TestWhatIsNotKeptGoesOn(t *testing.T) {
	h := open(t)
	for err := error(nil); !errors.Is(err, filing.ErrNotKept); {
		if _, err = h.Filings.Begin(t.Context(), filing.Owner{Browser: filing.NewBrowser(), Network: filing.NetworkOf("127.0.0.1")}, "BM-008"); err != nil && !errors.Is(err, filing.ErrNotKept) {
			t.Fatal(err)
		}
	}
	p := browser.New(t, browser.Phone, browser.NoScript)
	p.Allow("422")
	p.Open(h.url + "/file/BM-008")
	p.Leads(func() { p.ClickText("开始填") })
	p.WaitText(".note.amber", "您填的先不存")
	if strings.Contains(p.Text("main"), "以后再填") {
		t.Error("it says that it can be kept")
	}
	a := &answers{h: h, p: p}
	a.on(func() { p.ClickText("给我自己办") })
	name := strings.Repeat("𠮷", 99) + "折"
	a.on(func() { p.Fill(`input[name="said"]`, name) })
	p.Leads(func() { p.ClickText("上一步") })
	p.WaitFor("the name", `document.querySelector('input[name="said"]').value === "`+name+`"`)
	p.Leads(func() { p.ClickText("继续") })
	p.Fill(`input[name="said"]`, number[:17])
	p.Leads(func() { p.ClickText("继续") })
	p.WaitText(".errors", "身份证号少了 1 位")
	p.WaitText(".note.amber", "您填的先不存")
	a.on(func() { p.Fill(`input[name="said"]`, number) })
	p.Leads(func() { p.ClickText("用手机号登录") })
	h.citizenSignsIn(t, p, daughter)
	if strings.Contains(p.Text("main"), "您填的先不存") {
		t.Error("signed in it is not kept")
	}
	p.Leads(func() { p.ClickText("继续") })
	p.Open(h.url + "/")
	p.WaitText("main", "您有一件没填完：领高龄补贴")
	p.Open(h.url + "/file/BM-008")
	p.Leads(func() { p.ClickText("接着填") })
	a.on(func() { a.picks("#f-town", "610881101000") })
	a.on(func() { a.picks("#f-village", "610881101200") })
	a.on(func() { p.ClickText("本人来办") })
	a.on(func() {})
	p.WaitText(".check", name)
	p.Leads(func() { p.ClickText("交上去") })
	p.WaitText("h1", "交好了")
	p.WaitText("main", "5 个工作日里")
	n := caseNumber(t, shownNumber.FindString(p.Text(".finish")))
	if v, err := h.Cases.Get(t.Context(), h.actor(t, "clerk-610881101"), n); err != nil || v.Applicant.Name != name {
		t.Errorf("%+v (%v)", v, err)
	}
}

// TestStopAndGoOnOnAnotherDevice: begun on a phone without scripts, signed in, found again on a computer by the telephone;
// an answer that the other changed meanwhile is shown and not lost; handed in twice it is one case.
func TestStopAndGoOnOnAnotherDevice(t *testing.T) {
	wall := clock.NewShifted(clock.Func(time.Now), 0)
	h := openBy(t, wall)
	p := browser.New(t, browser.Phone, browser.NoScript)
	p.Open(h.url + "/file/BM-008")
	p.Leads(func() { p.ClickText("开始填") })
	a := &answers{h: h, p: p}
	a.on(func() { p.ClickText("替家里人、别人办") })
	a.on(func() { p.Fill(`input[name="said"]`, "折小梅𠮷") })
	a.on(func() { p.ClickText("子女") })
	name := strings.Repeat("𠮷", 25) + "·<b>" + strings.Repeat("买", 20)
	a.on(func() { p.Fill(`input[name="said"]`, name) })
	a.on(func() { p.Fill(`input[name="said"]`, "612722 1954 1002 0026") })
	p.Leads(func() { p.ClickText("用手机号登录") })
	h.citizenSignsIn(t, p, daughter)
	p.Leads(func() { p.ClickText("继续") })
	at := p.URL()
	p.Open(h.url + "/")
	p.WaitText("main", "您有一件没填完：领高龄补贴")

	q := browser.New(t, browser.Desktop)
	q.Allow("409")
	q.Allow("404")
	q.Open(h.url + "/file/BM-008")
	if strings.Contains(q.Text("main"), "上次填到一半") {
		t.Error("a draft of somebody else is offered")
	}
	q.Open(at)
	q.WaitText("main", "没有找到")
	q.Open(h.url + "/my/sign-in?next=/file/BM-008")
	wall.Set(61 * time.Second) // the pause between two codes
	h.citizenSignsIn(t, q, daughter)
	q.Leads(func() { q.ClickText("接着填") })
	q.WaitText("main", "住哪个镇")
	base := strings.TrimSuffix(q.URL(), "/town")
	q.Open(base + "/name")
	p.Open(base + "/name")
	p.Fill(`input[name="said"]`, "折大爷")
	p.Leads(func() { p.ClickText("继续") })
	q.Fill(`input[name="said"]`, name)
	q.Leads(func() { q.ClickText("继续") })
	q.WaitText("#errors", "折大爷")
	q.Leads(func() { q.ClickText("继续") }) // once more: this one it is
	b := &answers{h: h, p: q}
	q.Open(base + "/town")
	b.on(func() { b.picks("#f-town", "610881101000") })
	b.on(func() { b.picks("#f-village", "610881101200") })
	b.on(func() { q.ClickText("请家里人或者代办员代办") })
	b.on(func() { q.Click(`input[value="居民身份证"]`) })
	q.WaitText(".check", name)
	p.Open(q.URL())
	p.Leads(func() { p.ClickText("交上去") })
	q.Leads(func() { q.ClickText("交上去") })
	first, second := shownNumber.FindString(p.Text(".finish")), shownNumber.FindString(q.Text(".finish"))
	if first == "" || first != second {
		t.Fatalf("%q and %q", first, second)
	}
	v, err := h.Cases.Get(t.Context(), h.actor(t, "clerk-610881101"), caseNumber(t, first))
	if err != nil || v.Applicant.Name != name || v.Afar == nil || *v.Afar.Filer != "折小梅𠮷" || *v.Afar.Relation != "子女" || strings.Join(v.Afar.Bring, "") != "居民身份证" {
		t.Errorf("%+v %v", v, err)
	}
	p.Open(h.url + "/")
	if strings.Contains(p.Text("main"), "没填完") {
		t.Error("what was handed in is still offered")
	}
}

// TestWhatTheFarmerNeedsIsTwoTapsAway: what to bring in two taps from home, somebody on the telephone in one from every
// page, large print in one.
func TestWhatTheFarmerNeedsIsTwoTapsAway(t *testing.T) {
	h := open(t)
	p := browser.New(t, browser.Phone, browser.NoScript)
	p.Open(h.url + "/")
	task := effort.Begin(p)
	p.Leads(func() { p.ClickText("申请低保") })
	p.WaitText("#bring", "户口簿")
	task.End(t, effort.Task{Name: "what to bring, from the first page", Role: "farmer", Budget: 2})
	task = effort.Begin(p)
	p.Leads(func() { p.Click(`form[action="/size"] button`) })
	p.WaitFor("large print", `document.documentElement.dataset.size === "large"`)
	task.End(t, effort.Task{Name: "large print", Role: "farmer", Budget: 1})
	v := h.files(t)
	receipt, _, err := h.Papers.Issue(t.Context(), h.actor(t, clerk), v.Number, paper.Receipt)
	if err != nil {
		t.Fatal(err)
	}
	id, code := h.printed(t, clerk, receipt.ID)
	task = effort.Begin(p)
	p.Open(h.url + "/genuine?" + url.Values{"paper": {id}, "code": {code}}.Encode()) // where the receipt's code leads
	p.WaitText("main", "材料收到了，正在看齐不齐")
	p.WaitText("main", "接下来")
	task.End(t, effort.Task{Name: "how the case stands, by the receipt's code", Role: "farmer", Budget: 0})
	p.Open(h.url + "/follow?number=" + string(v.Number))
	task = effort.Begin(p)
	p.WaitFocus("#f-phone-last4")
	task.Type(phone[len(phone)-4:])
	p.Leads(func() { p.ClickText("查一查") })
	p.WaitText("main", string(v.Number))
	task.End(t, effort.Task{Name: "how the case stands, by the last digits of the telephone", Role: "farmer", Budget: 1})
	for _, path := range []string{"/", "/guide", "/guide?q=老人补贴", "/guide?q=zzzz", "/guide/BM-008", "/file/BM-008", "/follow", "/genuine", "/my/sign-in"} {
		p.Open(h.url + path)
		if p.Count(`a[href^="tel:"]`) == 0 {
			t.Errorf("%s: nobody to ring", path)
		}
	}
}

// TestEveryPageOfThePortalIsLight: page, sheet and script together are at most 20 KB on the line.
func TestEveryPageOfThePortalIsLight(t *testing.T) {
	h := open(t)
	_, plain := h.fetch(t, "/", "identity")
	css, _ := h.fetch(t, sheet.FindStringSubmatch(plain)[1], "gzip")
	js, _ := h.fetch(t, script.FindStringSubmatch(plain)[1], "gzip")
	for _, path := range []string{"/", "/guide", "/guide?online=1", "/guide?q=%E8%80%81%E4%BA%BA%E8%A1%A5%E8%B4%B4", "/guide/BM-001", "/guide/BM-011", "/guide/BM-077", "/file/BM-001", "/follow", "/genuine", "/my/sign-in"} {
		n, _ := h.fetch(t, path, "gzip")
		t.Logf("%s: %d bytes, sheet %d, script %d", path, n, css, js)
		if n+css+js > 20<<10 {
			t.Errorf("%s: %d bytes with sheet and script", path, n+css+js)
		}
	}
}

var script = regexp.MustCompile(`src="(/assets/[^"]+\.js)"`)

// TestAFormOfAStrangerFindsNothing: a draft opens to nobody but its owner, whatever is sent.
func TestAFormOfAStrangerFindsNothing(t *testing.T) {
	h := open(t)
	for _, path := range []string{"/filing/none", "/filing/none/name", "/filing/none/check", "/filing/none/done", "/file/BM-074x", "/file/BM-092", "/guide/BM-999"} {
		answer, err := http.Get(h.url + path)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", path, answer.StatusCode)
		}
	}
}

// TestWhatTakesFingerprintsIsNotFiledFromHome: the guide says how often one comes and what for, and who asks all the same
// is told where to go, with and without scripts.
func TestWhatTakesFingerprintsIsNotFiledFromHome(t *testing.T) {
	h := open(t)
	for name, options := range map[string][]browser.Option{"phone": {browser.Phone, browser.NoScript}, "desk": {browser.Desktop}} {
		t.Run(name, func(t *testing.T) {
			p := browser.New(t, options...)
			p.Open(h.url + "/guide/BM-035")
			p.WaitText(".four", "2 趟")
			p.WaitText(".four", "本人照相、按指纹")
			p.WaitText("#where", "不能在网上交")
			if p.Count(`a[href^="/file/"]`) != 0 {
				t.Error("filing from home is offered")
			}
			p.Open(h.url + "/file/BM-035")
			p.WaitText("h1", "只能现场办理")
			p.WaitText("main", "户政服务窗口")
			if p.Count("form[action^='/file/']") != 0 || p.Count(`a[href="tel:12345"]`) == 0 {
				t.Error("it can be begun, or nobody is to be rung")
			}
			p.Leads(func() { p.ClickText("看带什么材料") })
			p.WaitText("#bring", "户口簿")
			p.Open(h.url + "/guide?online=1")
			if strings.Contains(p.Text("main"), "身份证到期换新") {
				t.Error("it stands among what can be filed online")
			}
		})
	}
	answer, err := http.Post(h.url+"/file/BM-035", "application/x-www-form-urlencoded", nil)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusConflict {
		t.Errorf("begun all the same: %d", answer.StatusCode)
	}
}

// TestAfterSignOutNothingOfADraftIsSeen: not on the home page, not at its address, not by Back; signed in again it is there.
// Another telephone takes it over only when its owner says so.
func TestAfterSignOutNothingOfADraftIsSeen(t *testing.T) {
	for name, options := range map[string][]browser.Option{"phone": {browser.Phone, browser.NoScript}, "desk": {browser.Desktop}} {
		t.Run(name, func(t *testing.T) {
			wall := clock.NewShifted(clock.Func(time.Now), 0)
			h := openBy(t, wall)
			p := browser.New(t, options...)
			p.Allow("404")
			p.Open(h.url + "/file/BM-008")
			p.WaitText("main", "只在这台手机（电脑）上留 1 天")
			p.Leads(func() { p.ClickText("开始填") })
			a := &answers{h: h, p: p}
			a.on(func() { p.ClickText("给我自己办") })
			a.on(func() { p.Fill(`input[name="said"]`, "折桂英") })
			a.on(func() { p.Fill(`input[name="said"]`, number) })
			p.Leads(func() { p.ClickText("用手机号登录") })
			h.citizenSignsIn(t, p, phone)
			p.Leads(func() { p.ClickText("换一个手机号") }) // released: the second telephone goes on with it
			h.citizenSignsIn(t, p, daughter)
			at := strings.TrimSuffix(p.URL(), "/phone")
			p.Open(at + "/id_number")
			p.WaitFor("the number that was typed", `document.querySelector('input[name="said"]').value === "`+number+`"`)
			p.Open(h.url + "/my")
			p.Leads(func() { p.Click(`form[action="/my/sign-out"] button`) })
			for range 2 {
				p.Back()
				if said := p.Text("body"); strings.Contains(said, number) || strings.Contains(said, "折桂英") {
					t.Errorf("Back shows %s", said)
				}
			}
			p.Open(at + "/id_number")
			p.WaitText("main", "没有找到")
			p.Open(h.url + "/")
			if strings.Contains(p.Text("main"), "没填完") {
				t.Error("the home page offers it")
			}
			p.Open(h.url + "/my/sign-in?next=/file/BM-008")
			wall.Set(61 * time.Second) // the pause between two codes
			h.citizenSignsIn(t, p, daughter)
			p.Leads(func() { p.ClickText("接着填") })
			p.WaitText("h1", "手机号")
		})
	}
}

// TestTheFlowChart opens on the guide without a script, says the steps in words, fits a telephone in large print, and is a
// file to keep.
func TestTheFlowChart(t *testing.T) {
	h := open(t)
	p := browser.New(t, browser.Phone, browser.NoScript)
	p.Open(h.url + "/guide/BM-001")
	p.WaitText(".way", "个工作日，不算在期限里") // lest the steps add up to more than is promised
	p.Leads(func() { p.Click(`form[action="/size"] button`) })
	p.Click(".flow summary")
	p.WaitFor("the steps", `document.querySelector(".flow svg").textContent.includes("入户调查")`)
	p.WaitFor("no wider than the page", `document.documentElement.scrollWidth <= innerWidth && document.querySelector(".flow svg").getBoundingClientRect().width > 280`)
	p.WaitFor("the words for who cannot see it", `document.querySelector(".flow svg desc").textContent.includes("同时入户调查")`)
	answer, err := http.Get(h.url + "/guide/BM-001/flow.svg")
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusOK || !strings.HasPrefix(answer.Header.Get("Content-Type"), "image/svg+xml") {
		t.Errorf("%d %v", answer.StatusCode, answer.Header)
	}
}
