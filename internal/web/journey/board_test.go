package journey

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"bianmin/internal/browser"
	"bianmin/internal/browser/effort"
	"bianmin/internal/cases"
	workbook "bianmin/internal/sheet"
)

const townDesk = "desk-610881101"

// morning puts so many cases of one kind on the desk of 高家堡镇.
func (h *house) morning(t *testing.T, n int) []cases.View {
	list := make([]cases.View, n)
	for i := range list {
		list[i] = h.examined(t)
	}
	return list
}

// TestAMorningsListByKeys: the most urgent case is open on arrival, nothing is chosen beforehand, and deciding with the
// next case open takes two keys.
func TestAMorningsListByKeys(t *testing.T) {
	h := open(t)
	h.morning(t, 3)
	p := browser.New(t)
	h.signIn(p, townDesk)
	p.WaitPath("/desk")
	if n := p.Count(".choices input:checked"); n != 0 {
		t.Errorf("%d answers are chosen beforehand", n)
	}
	p.Open(h.url + "/desk?q=BM-008&queue=todo&item=BM-008")
	p.Open(h.url + "/desk?queue=todo&item=BM-008")
	before := p.Count("[data-row]")
	done := 0
	for range 3 {
		task := effort.Begin(p)
		was := p.Text(".one h2 ~ .num")
		p.Press("1")
		p.WaitText(".choices input:checked + label", "通过")
		p.Leads(func() { p.Press("Enter") })
		p.WaitText(".said", "办了")
		if now := p.Text(".one h2 ~ .num"); now == was {
			t.Errorf("%s is still open", was)
		}
		task.End(t, effort.Task{Name: "decide the case that is open, and have the next one open", Role: "desk", Budget: 2})
		done++
	}
	if after := p.Count("[data-row]"); after != before-done {
		t.Errorf("%d rows are left of %d", after, before)
	}
	all := h.morning(t, 1)
	task := effort.Begin(p)
	p.Press("/")
	task.Type(strconv.FormatInt(all[0].Number.Serial(), 10))
	p.Leads(func() { p.Press("Enter") })
	p.WaitPath("/cases/" + string(all[0].Number))
	task.End(t, effort.Task{Name: "any case of the town, by its serial", Role: "desk", Budget: 2})
	p.Open(h.url + "/desk?queue=done")
	p.WaitText("main", "通过")
	if n := p.Count("[data-row]"); n != done {
		t.Errorf("%d stand under what was done today, want %d", n, done)
	}
}

// TestManyAtOnceWhileAnotherTakesOne: chosen by the space bar, answered by two keys; the one that a colleague dealt with
// meanwhile is listed with why, the others are done.
func TestManyAtOnceWhileAnotherTakesOne(t *testing.T) {
	h := open(t)
	made := h.morning(t, 3)
	p := browser.New(t)
	h.signIn(p, townDesk)
	p.Open(h.url + "/desk?queue=todo&item=BM-008")
	rows := p.Count("[data-row]")
	p.Press("Space")
	for range rows - 1 {
		p.Press("j")
		p.WaitFor("the next case", `document.querySelector('[data-row][aria-selected="true"] small.num').textContent === document.querySelector(".one .num").textContent`)
		p.Press("Space")
	}
	p.Leads(func() { p.Press("g") })
	p.WaitText("h1", "一起办")
	h.does(t, townDesk, made[1], cases.Pass{Note: "先办了"})
	p.Press("1")
	p.WaitText(".choices input:checked + label", "通过")
	p.Leads(func() { p.Press("Enter") })
	p.WaitText("h1", "1 件没办成")
	p.WaitText(`[aria-label="没办成的"]`, string(made[1].Number))
	p.WaitText(`[aria-label="办了的"]`, string(made[0].Number))
	p.WaitText(`[aria-label="办了的"]`, string(made[2].Number))
}

// TestAWordingIsWrittenAndItsBlanksAreWanted.
func TestAWordingIsWrittenAndItsBlanksAreWanted(t *testing.T) {
	h := open(t)
	v := h.morning(t, 1)[0]
	p := browser.New(t)
	h.signIn(p, townDesk)
	p.Open(h.url + "/desk?queue=todo&case=" + string(v.Number))
	p.Allow("status 422")
	p.Click(`label[for="do-return"]`)
	browser.Eval[bool](p, `(() => { const s = document.querySelector('select[name="return.phrase"]'); s.value = Array.from(s.options).find((o) => o.value.includes("＿＿")).value; s.dispatchEvent(new Event("change", {bubbles: true})); return true })()`)
	p.WaitFor("the wording in the box", `document.querySelector('textarea[name="return.reason"]').value.includes("＿＿")`)
	p.Leads(func() { p.Click(`button.btn[data-key="Enter"]`) })
	p.WaitText("#errors", "还有空")
	if kept := browser.Eval[string](p, `document.querySelector('textarea[name="return.reason"]').value`); !strings.Contains(kept, "＿＿") {
		t.Errorf("what was written is gone: %q", kept)
	}
}

// TestFromTheCityToACaseInThree: the worst thing is the first sentence, each figure leads to exactly its cases, and city,
// town, village, case are three clicks.
func TestFromTheCityToACaseInThree(t *testing.T) {
	h := open(t)
	p := browser.New(t)
	h.signIn(p, "supervisor")
	p.WaitPath("/board")
	p.WaitText("h1", "超过")
	task := effort.Begin(p)
	p.Leads(func() { p.ClickText("高家堡镇") })
	p.WaitText("h1", "高家堡镇")
	p.Leads(func() { p.ClickText("高家堡村") })
	p.WaitText("h1", "高家堡村")
	p.Leads(func() { p.Click(".cards a") })
	p.WaitText("main", "办理步骤")
	task.End(t, effort.Task{Name: "from the city over a town and a village to a case", Role: "supervisor", Budget: 3})
	p.Open(h.url + "/board")
	for _, selector := range []string{".say h1 a:last-of-type", ".figures div:nth-child(2) dd > a", ".boardtable td a", ".chartcard td a"} {
		want := browser.Eval[string](p, `document.querySelector('`+selector+`').textContent.replace(/\D.*$/, "")`)
		address := browser.Eval[string](p, `document.querySelector('`+selector+`').href`)
		p.Leads(func() { p.Click(selector) })
		all := p.Count("[data-row]")
		for p.Count(`.more a[href*="after="]`) > 0 {
			p.Leads(func() { p.ClickText("下一页") })
			all += p.Count("[data-row]")
		}
		if fmt.Sprint(all) != want {
			t.Errorf("%s says %s, its list has %d (%s)", selector, want, all, address)
		}
		p.Open(h.url + "/board")
	}
}

// TestAnAddressOpenedByAnother: a supervisor's view, sent to a desk officer, shows what that one may see of it.
func TestAnAddressOpenedByAnother(t *testing.T) {
	h := open(t)
	p := browser.New(t)
	h.signIn(p, "supervisor")
	address := h.url + "/desk?queue=open&late=any"
	p.Open(address)
	all := p.Count("[data-row]")
	h.signIn(p, townDesk)
	p.Open(address)
	if own := p.Count("[data-row]"); own == 0 || own >= all {
		t.Errorf("%d of %d are shown", own, all)
	}
	for _, number := range p.Texts("[data-row] .num") {
		if !strings.HasPrefix(number, "610881101") {
			t.Errorf("%s is another town's", number)
		}
	}
	h.signIn(p, "head-610881101")
	p.Open(h.url + "/board?place=610881102000")
	p.WaitText("h1", "高家堡镇")
	p.Allow("status 404")
	for _, path := range []string{"/board?place=610881999000", "/board/table?place=610881999000&by=items"} {
		p.Open(h.url + path)
		p.WaitText("h1", "没有这个地方")
	}
	h.signIn(p, townDesk)
	p.Allow("403")
	p.Open(h.url + "/board")
	p.WaitText("main", "站长")
}

// TestListsGoOutAndThatIsOnRecord: the workbooks hold what the pages show, and the taking out is listed.
func TestListsGoOutAndThatIsOnRecord(t *testing.T) {
	h := open(t)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	c := &http.Client{Jar: jar}
	send := func(path string, form url.Values) []byte {
		t.Helper()
		r, err := c.PostForm(h.url+path, form)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		body, err := io.ReadAll(r.Body)
		if err != nil || r.StatusCode != http.StatusOK {
			t.Fatalf("%s: %d, %v", path, r.StatusCode, err)
		}
		return body
	}
	send("/demo/enter", url.Values{"account": {"head-610881101"}})
	rows, err := workbook.Read(bytes.NewReader(send("/desk/export", url.Values{"list": {"/desk?queue=open"}})), 5000, "编号", "证件号", "在谁手里")
	if err != nil || len(rows) == 0 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for _, r := range rows {
		if !strings.HasPrefix(r.Cells["编号"], "610881101-") || !strings.Contains(r.Cells["证件号"], "****") {
			t.Errorf("%+v", r.Cells)
		}
	}
	table, err := workbook.Read(bytes.NewReader(send("/board/table?by=places", nil)), 100, "村（社区）", "在办", "超法定")
	if err != nil || len(table) != 38 {
		t.Fatalf("%d villages, %v", len(table), err)
	}
	months, err := workbook.Read(bytes.NewReader(send("/board/table?by=months", nil)), 100, "月份", "收件", "办结")
	if err != nil || len(months) != 13 {
		t.Fatalf("%d months, %v", len(months), err)
	}
	s := h.set(t)
	for _, x := range []struct {
		path, head string // the head of the column in which it stands
		want       string
	}{
		{"/faults", "办件编号", string(s.again.Number)}, {"/ratings?show=all", "说了什么", "跑了两趟"}, {"/exports", "哪张表", "高家堡镇总览：村（社区）"}, {"/exports", "哪张表", "过错记录"},
	} {
		rows, err := workbook.Read(bytes.NewReader(send(x.path, nil)), 1000, x.head)
		if err != nil || !slices.ContainsFunc(rows, func(r workbook.Row) bool { return r.Cells[x.head] == x.want }) {
			t.Errorf("%s: no %s in %d rows, %v", x.path, x.want, len(rows), err)
		}
	}
	r, err := c.Get(h.url + "/exports")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	page, err := io.ReadAll(r.Body)
	if err != nil || !strings.Contains(string(page), "办件：全部在办") || !strings.Contains(string(page), "高家堡镇总览：村（社区）") {
		t.Errorf("the record does not say so: %v", err)
	}
}

// TestBoardAtEverySize: nothing is wider than the screen, and on paper the town's month stands without the menu.
func TestBoardAtEverySize(t *testing.T) {
	h := open(t)
	for name, option := range map[string]browser.Option{"1440": browser.Desktop, "390": browser.Phone} {
		t.Run(name, func(t *testing.T) {
			p := browser.New(t, option)
			h.signIn(p, "head-610881101")
			for _, path := range []string{"/board", "/board/table?by=items", "/exports", "/desk?queue=open", "/desk/several"} {
				p.Open(h.url + path)
				for range 2 {
					if over := browser.Eval[int](p, `document.documentElement.scrollWidth - innerWidth`); over > 0 {
						t.Errorf("%s is %d px too wide", path, over)
					}
					p.Leads(func() { p.Click(`form[action="/size"] button`) })
				}
			}
		})
	}
}

// TestMoreTimeFromTheList: the desk asks for it beside the list with a standing wording, which it changes; the head answers
// two requests of different items together, each with its reason in sight.
func TestMoreTimeFromTheList(t *testing.T) {
	for size, option := range sizes {
		t.Run(size, func(t *testing.T) {
			h := open(t)
			first := h.morning(t, 1)[0]
			second := h.does(t, clerk, h.filesOf(t, "BM-013"), cases.Accept{})
			p := browser.New(t, option)
			h.signIn(p, townDesk)
			for _, v := range []cases.View{first, second} {
				p.Open(h.url + "/desk?queue=todo&case=" + string(v.Number))
				p.Click(`label[for="do-extend"]`)
				browser.Eval[bool](p, `(() => { const s = document.querySelector('select[name="extend.phrase"]'); s.value = Array.from(s.options).find((o) => o.value.includes("外地")).value; s.dispatchEvent(new Event("change", {bubbles: true})); return true })()`)
				p.WaitFor("the wording in the box", `document.querySelector('textarea[name="extend.reason"]').value.includes("外地")`)
				p.Fill("#f-extend-days", "5")
				p.Leads(func() { p.Click("#decide .btn") })
				p.WaitFor("the next case", `location.search.includes("done=`+string(v.Number)+`")`)
			}
			h.signIn(p, head)
			p.Open(h.url + "/desk?queue=asked&case=" + string(first.Number))
			p.Leads(func() { p.ClickText("同样的一起办") })
			p.WaitText("h1", "一起办")
			for _, v := range []cases.View{first, second} {
				p.WaitText("main", string(v.Number))
				p.WaitText("main", v.Item.Name)
			}
			p.WaitText("main", "外地协助核对")
			p.Click(`label[for="do-approve-extension"]`)
			p.Leads(func() { p.Click("#decide .btn") })
			p.WaitText(`[aria-label="办了的"]`, "延期 5 个工作日")
			for _, v := range []cases.View{first, second} {
				p.WaitText(`[aria-label="办了的"]`, string(v.Number))
			}
		})
	}
}
