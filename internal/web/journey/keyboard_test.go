package journey

import (
	"strconv"
	"strings"
	"testing"

	"bianmin/internal/access"
	"bianmin/internal/browser"
)

// stops are what a person without a mouse has to reach, each with a number, in the order of the page: links, buttons, fields,
// what pulls out. Of radio buttons that belong together one is enough: the arrows go on from there.
const stops = `(() => {
	const groups = new Set();
	const list = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")].filter(el => {
		if (el.disabled || el.tabIndex < 0 || el.type === "hidden" || !el.checkVisibility({visibilityProperty: true})) return false;
		if (el.closest("dialog:not([open])")) return false;
		if (el.type !== "radio") return true;
		const group = el.name + " " + (el.form ? el.form.id : "");
		return !groups.has(group) && !!groups.add(group);
	});
	list.forEach((el, i) => el.setAttribute("data-stop", el.type === "radio" ? el.name : i));
	document.querySelectorAll("input[type=radio]").forEach(el => el.setAttribute("data-stop", el.name));
	return [...new Set(list.map(el => el.getAttribute("data-stop")))];
})()`

// stop says where the focus is, and what is wrong with how it shows: the ring is on the element, or on the words beside a
// button that is drawn as something else.
const stop = `(() => {
	const el = document.activeElement;
	if (!el || el === document.body) return ["", ""];
	const ringed = e => { const s = getComputedStyle(e); return s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2; };
	const beside = [el, el.parentElement, ...(el.labels || []), ...el.parentElement.children].filter(e => e);
	let wrong = beside.some(ringed) ? "" : "no ring";
	const box = el.getBoundingClientRect();
	if (!el.matches(".sr, .choices input, .asks input, .pick input") && (box.bottom < 0 || box.top > innerHeight || box.width === 0)) wrong += " out of sight";
	return [el.getAttribute("data-stop") || "", wrong && wrong + ": " + el.outerHTML.slice(0, 160)];
})()`

// TestByTheKeyboardAlone: on the main pages the first Tab finds the link to the content, Tab reaches all that can be used, and
// shows where it is.
func TestByTheKeyboardAlone(t *testing.T) {
	h := open(t)
	v := h.examined(t)
	for name, page := range map[string]struct{ account, path string }{
		"home": {"", "/"}, "guide": {"", "/guide/BM-008"}, "question": {"", "/file/BM-001"}, "follow": {"", "/follow"}, "mine": {phone, "/my"},
		"sign-in": {"", "/sign-in"}, "today": {accountOf[access.Agent], "/today"}, "counter": {clerk, "/counter"}, "form": {clerk, "/counter?item=BM-008"},
		"desk": {desk, "/desk?queue=todo&item=BM-008"}, "case": {desk, "/cases/" + string(v.Number)}, "several": {desk, "/desk/several?like=" + string(v.Number)},
		"board": {head, "/board"}, "papers": {head, "/papers/wording?kind=03"}, "ratings": {head, "/ratings"}, "account": {"admin", "/accounts/" + head}, "me": {"admin", "/me"},
	} {
		t.Run(name, func(t *testing.T) {
			p := browser.New(t, browser.Typist)
			h.enters(t, p, page.account)
			p.Open(h.url + page.path)
			browser.Eval[bool](p, "(document.activeElement && document.activeElement.blur(), scrollTo(0, 0), true)")
			left := map[string]bool{}
			for _, id := range browser.Eval[[]string](p, stops) {
				left[id] = true
			}
			most := 3*len(left) + 20
			if first := browser.Eval[bool](p, `document.querySelector("a[href], button, input").matches(".skip")`); !first {
				t.Error("the first that can be reached does not lead to the content")
			}
			for range most {
				p.Press("Tab")
				at := browser.Eval[[]string](p, stop)
				if at[1] != "" {
					t.Error(at[1])
				}
				delete(left, at[0])
				if len(left) == 0 {
					break
				}
			}
			for id := range left {
				t.Errorf("Tab does not reach %s", browser.Eval[string](p, `document.querySelector('[data-stop="`+id+`"]').outerHTML.slice(0, 200)`))
			}
		})
	}
}

// TestTheSkipLinkLeads to the content, past the menu.
func TestTheSkipLinkLeads(t *testing.T) {
	h := open(t)
	for account, path := range map[string]string{"": "/guide", clerk: "/desk"} {
		p := browser.New(t)
		h.enters(t, p, account)
		p.Open(h.url + path)
		browser.Eval[bool](p, "(document.activeElement && document.activeElement.blur(), true)")
		p.Press("Tab")
		p.WaitFocus(".skip")
		p.WaitFor("the link in sight", `document.activeElement.getBoundingClientRect().top >= 0 && document.activeElement.getBoundingClientRect().height > 20`)
		p.Press("Enter")
		p.WaitFor("the content's address", `location.hash === "#main"`)
		p.Press("Tab")
		p.WaitFor("the focus past the menu", `!document.activeElement.closest("header.topbar, header.site, nav[aria-label='主菜单']")`)
	}
}

// TestKeysAreNamedAndCanBeSwitchedOff (WCAG 2.1.4): what a key presses says so to a reader's aid; switched off, the keys do
// nothing, also on the next page, until they are switched on again.
func TestKeysAreNamedAndCanBeSwitchedOff(t *testing.T) {
	h := open(t)
	v := h.morning(t, 2)[0]
	p := browser.New(t)
	h.enters(t, p, desk)
	for _, path := range []string{"/desk?queue=todo&item=BM-008", "/cases/" + string(v.Number), "/desk/several?like=" + string(v.Number)} {
		p.Open(h.url + path)
		for _, mute := range browser.Eval[[]string](p, `[...document.querySelectorAll("[data-key]:not(label):not([aria-keyshortcuts])")].map(e => e.outerHTML.slice(0, 160))`) {
			t.Errorf("%s: a key without its name: %s", path, mute)
		}
	}
	const where = `document.querySelector('[data-row][aria-selected="true"] small.num').textContent`
	p.Open(h.url + "/desk?queue=todo&item=BM-008")
	p.Press("?")
	p.WaitVisible("dialog[open] [data-keys-off]")
	p.Click("[data-keys-off]")
	p.Click("dialog[open] button")
	p.WaitHidden("dialog[open]")
	p.Open(h.url + "/desk?queue=todo&item=BM-008")
	first := browser.Eval[string](p, where)
	p.Press("j", "g", "1")
	p.Settle()
	if now := browser.Eval[string](p, where); now != first || p.URL() != h.url+"/desk?queue=todo&item=BM-008" || p.Count(".choices input:checked") > 0 {
		t.Errorf("a key did something although they are off: %s, %s", now, p.URL())
	}
	p.Click("[data-show-keys]")
	p.WaitVisible("dialog[open] [data-keys-off]:checked")
	p.Click("[data-keys-off]")
	p.Click("dialog[open] button")
	p.WaitHidden("dialog[open]")
	browser.Eval[bool](p, "(document.activeElement.blur(), true)")
	p.Press("j")
	p.WaitFor("the next row", where+` !== "`+first+`"`)
}

// scans sends a code as a scanner does, all keys at once: sent one by one they come too far apart on a busy machine.
func scans(p *browser.Page, code string) {
	browser.Eval[bool](p, `[...`+strconv.Quote(code)+`, "Enter"].every(key =>
		document.dispatchEvent(new KeyboardEvent("keydown", {key, code: "", bubbles: true, cancelable: true})) || true)`)
}

// TestAScannedCodeOpensItsCase: what a scanner types is no keys of the page but one search; a telephone leads to a list whose
// address does not show it.
func TestAScannedCodeOpensItsCase(t *testing.T) {
	h := open(t)
	v := h.examined(t)
	p := browser.New(t, browser.Typist)
	h.enters(t, p, desk)
	p.Open(h.url + "/desk?queue=ended")
	p.Leads(func() { scans(p, string(v.Number)) })
	p.WaitPath("/cases/" + string(v.Number))
	p.Leads(func() { scans(p, phone) })
	p.WaitPath("/desk")
	if u := p.URL(); strings.Contains(u, phone[7:]) || !strings.Contains(u, "queue=all") {
		t.Errorf("it leads to %s", u)
	}
	if got := browser.Eval[string](p, `document.getElementById("find").value`); got != phone {
		t.Errorf("the box holds %q", got)
	}
}
