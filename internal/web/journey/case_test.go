package journey

import (
	"regexp"
	"testing"

	"bianmin/internal/browser"
)

// The guided example of the front page.
const (
	villager = "折桂英"
	number   = "612722195410020026"
	phone    = "13991234567"
)

var shownNumber = regexp.MustCompile(`610881101-2026-\d{6}-\d`)

// TestCaseFromTheCounterToItsEnd: 折桂英's 高龄补贴 is received and accepted at the counter, verified in her village,
// examined at the town, decided in the city, handed over at the counter, and closed: each by the account that owns the
// step, with keys at a desk and with taps on a phone.
func TestCaseFromTheCounterToItsEnd(t *testing.T) {
	for name, w := range map[string]walker{
		"with keys at 1440": {option: browser.Desktop},
		"with taps at 390":  {option: browser.Phone, taps: true},
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			w.p = browser.New(t, w.option)
			n := w.receive(h)
			w.step(h, "agent-610881101200", n, "通过")
			w.step(h, "desk-610881101", n, "通过")
			w.step(h, "unit-minzheng", n, "同意")
			w.step(h, "clerk-610881101", n, "送达")
			w.p.Open(h.url + "/cases/" + n)
			w.p.WaitText("main", "办结")
			t.Logf("%d keys, %d clicks in all, with five sign-ins", w.p.Keys(), w.p.Clicks())
		})
	}
}

// walker is a person at one kind of screen.
type walker struct {
	p      *browser.Page
	option browser.Option
	taps   bool
}

// receive files and accepts the application at the counter, and gives its number.
func (w *walker) receive(h *house) string {
	p := w.p
	h.signIn(p, "clerk-610881101")
	w.loaded()
	if w.taps {
		p.Click("#f-items")
	}
	p.WaitFocus("#f-items")
	p.Type("glbt")
	p.WaitText(".hits li:first-child", "领高龄补贴")
	p.Press("Enter")
	p.WaitFocus("#f-applicant-name")
	w.loaded()
	for _, text := range []string{villager, number, phone} {
		p.Type(text)
		p.Press("Tab")
	}
	p.Type("gjbc")
	p.WaitText(".finder li[aria-selected=true]", "高家堡村")
	p.Press("Enter")
	if w.taps {
		p.ClickText("全部收到")
	} else {
		p.Press("a")
	}
	p.WaitText("#c-said", "收到 3，要补 0")
	w.blue("下一步")
	w.loaded()
	w.blue("受理并打印")
	p.WaitText("h1", "收下了，从今天起算 10 个工作日")
	n := shownNumber.FindString(p.Text("main"))
	p.Leads(func() { p.Click(".done-facts a") }) // the receipt leads to where the applicant follows it
	p.WaitFor("the number at the form", `document.querySelector("#f-number").value === "`+n+`"`)
	return n
}

// step finds the case among what the account has to do, and does its step.
func (w *walker) step(h *house, account, number, choice string) {
	p := w.p
	h.signIn(p, account)
	p.Open(h.url + "/desk?case=" + number)
	w.loaded()
	p.WaitText("body", villager)
	if w.taps {
		p.Click(`label[for^="do-"]`) // the first choice is the usual one
	} else {
		p.Press("1")
	}
	p.WaitText(`.choices input:checked + label`, choice)
	w.blue("")
}

// blue presses the one blue button, by key or by touch, and waits for the page that follows.
func (w *walker) blue(words string) {
	w.p.Leads(func() {
		switch {
		case !w.taps:
			w.p.Press("Enter")
		case words != "":
			w.p.ClickText(words)
		default:
			w.p.Click(`button.btn[data-key="Enter"]`)
		}
	})
}

// loaded waits for the scripts, which a person's hands never outrun.
func (w *walker) loaded() { w.p.WaitFor("the scripts", `document.readyState === "complete"`) }
