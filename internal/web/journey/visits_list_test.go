package journey

import (
	"strings"
	"time"

	"github.com/pquerna/otp/totp"

	"bianmin/internal/access"
	"bianmin/internal/browser"
)

// opened pulls out a part of the page.
func opened(id string) func(p *browser.Page) {
	return func(p *browser.Page) { p.Click("#" + id + " > summary") }
}

// sent presses a button and waits for the page after.
func sent(words string) func(p *browser.Page) {
	return func(p *browser.Page) { p.Leads(func() { p.ClickText(words) }) }
}

// both does one thing after the other.
func both(list ...func(p *browser.Page)) func(p *browser.Page) {
	return func(p *browser.Page) {
		for _, do := range list {
			do(p)
		}
	}
}

func filled(selector, text string) func(p *browser.Page) {
	return func(p *browser.Page) { p.Fill(selector, text) }
}

// pressed is sent for a button found by its selector.
func pressed(selector string) func(p *browser.Page) {
	return func(p *browser.Page) { p.Leads(func() { p.Click(selector) }) }
}

func only(roles ...access.Role) []access.Role { return roles }

// visits is every page that there is, for everybody who may see it.
func (s stage) visits(h *house) []visit {
	var list []visit
	for _, part := range [][]visit{s.doors(h), s.ofCounter(), s.ofDesk(), s.ofCases(), s.ofPapers(), s.ofAdmin(), s.ofBoard(), s.ofPortal(), s.ofFiling(), s.ofMine()} {
		list = append(list, part...)
	}
	return list
}

// doors are the ways in, what is not there and what is not allowed.
func (s stage) doors(h *house) []visit {
	var notAdmins []access.Role
	for _, role := range everybody {
		if role != access.Admin && role != nobody && role != access.Citizen {
			notAdmins = append(notAdmins, role)
		}
	}
	return []visit{
		{route: "/", state: wrong, name: "not-there", who: everybody, path: "/bu-zai"},
		{route: "/", state: wrong, name: "not-allowed", who: notAdmins, path: "/accounts"},
		{route: "/", state: wrong, name: "no-board", who: only(access.Agent, access.Clerk, access.Desk, access.Unit, access.Chief, access.Admin), path: "/board"},
		{route: "/", state: wrong, name: "no-cases", who: only(access.Admin), path: "/desk"},
		{route: "GET /{$}", state: full, name: "home", who: only(nobody, access.Citizen, newcomer), path: "/"},
		{route: "GET /sign-in", state: full, name: "sign-in", path: "/sign-in"},
		{route: "GET /sign-in", state: full, name: "sign-in-first", path: "/sign-in?next=%2Fdesk"},
		{route: "GET /sign-in", state: wrong, name: "sign-in-wrong", path: "/sign-in",
			do: both(filled(`input[name="account"]`, "clerk-610881105"), filled(`input[name="password"]`, "bu-dui"), func(p *browser.Page) { p.Leads(func() { p.Press("Enter") }) })},
		{route: "GET /sign-in/setup", state: full, name: "set-up", as: "head-610881103", last: true, path: "/me", do: h.halfIn("head-610881103")},
		{route: "GET /sign-in/setup", state: wrong, name: "set-up-wrong", as: "head-610881103", last: true, path: "/me",
			do: both(h.halfIn("head-610881103"), filled("#f-code", "000000"), sent("设好验证码"))},
		{route: "GET /sign-in/code", state: full, name: "code", as: "head-610881103", last: true, path: "/me", do: h.codeAsked("head-610881103")},
		{route: "GET /sign-in/code", state: wrong, name: "code-wrong", as: "head-610881103", last: true, path: "/sign-in/code",
			do: both(filled("#f-code", "000000"), func(p *browser.Page) { p.Leads(func() { p.Press("Enter") }) })},
		{route: "GET /set-password", state: full, name: "set-password", path: "/set-password?token=" + s.link},
		{route: "GET /set-password", state: wrong, name: "set-password-wrong", path: "/set-password?token=" + s.link,
			do: both(filled("#f-password", "Xin-mi-ma-2"), filled("#f-again", "Xin-mi-ma-3"), func(p *browser.Page) { p.Leads(func() { p.Press("Enter") }) })},
		{route: "GET /set-password", state: wrong, name: "set-password-spent", path: "/set-password?token=x.y"},
		{route: "GET /demo", state: full, name: "demo", path: "/demo"},
		{route: "GET /demo/time", state: full, name: "time", path: "/demo/time"},
		{route: "GET /demo/time", state: full, name: "time", who: only(access.Agent, access.Clerk, access.Supervisor), path: "/demo/time"},
		{route: "GET /demo/time", state: wrong, name: "time-wrong", path: "/demo/time", do: both(filled(`input[name="to"]`, "昨天"), func(p *browser.Page) { p.Leads(func() { p.Press("Enter") }) })},
		{route: "GET /demo/time", state: full, name: "time-moved", as: "supervisor", last: true, path: "/demo/time", do: sent("30 天")},
	}
}

// halfIn is at the door of an account that has to set up its second factor first.
func (h *house) halfIn(account string) func(p *browser.Page) {
	return func(p *browser.Page) {
		admin, err := h.Access.Account(p.Context(), "admin")
		if err == nil {
			err = h.SetFactorRule(p.Context(), admin.Actor(), true)
		}
		if err != nil {
			panic(err)
		}
		h.knocks(p, account)
		p.WaitPath("/sign-in/setup")
	}
}

// codeAsked sets the factor up, shows the codes to keep, and knocks again.
func (h *house) codeAsked(account string) func(p *browser.Page) {
	return func(p *browser.Page) {
		h.halfIn(account)(p)
		secret := p.Text(".secret")
		code, err := totp.GenerateCode(spaces.ReplaceAllString(secret, ""), time.Now())
		if err != nil {
			panic(err)
		}
		p.Fill("#f-code", code)
		p.Leads(func() { p.ClickText("设好验证码") })
		p.Leads(func() { p.ClickText("存好了，接着办") })
		h.knocks(p, account)
		p.WaitPath("/sign-in/code")
	}
}

func (s stage) ofCounter() []visit {
	front := only(access.Agent, access.Clerk)
	return []visit{
		{route: "GET /counter", state: full, name: "blank", path: "/counter"},
		{route: "GET /counter", state: full, name: "item", path: "/counter?item=BM-008"},
		{route: "GET /counter", state: full, name: "spot", path: "/counter?item=BM-015"},
		{route: "GET /counter", state: full, name: "dibao", path: "/counter?item=BM-001"},
		{route: "GET /counter", state: empty, name: "nothing-found", path: "/counter", do: func(p *browser.Page) {
			p.Click("#f-items")
			p.Type("龘龘龘")
			p.WaitText("#c-hits", "没有找到")
		}},
		{route: "GET /counter", state: wrong, name: "typed-nothing", who: front, path: "/counter?item=BM-008", do: pressed(".actionbar .btn:not(.grey)")},
		{route: "GET /counter/cases/{number}", state: full, name: "received", path: "/counter/cases/" + string(s.issued.Number)},
		{route: "GET /counter/cases/{number}", state: full, name: "noticed", path: "/counter/cases/" + string(s.correcting.Number)},
		{route: "GET /today", state: full, name: "today", path: "/today"},
		{route: "GET /today", state: empty, name: "today-quiet", as: "agent-610881103207", path: "/today"},
	}
}

func (s stage) ofDesk() []visit {
	none := "q=%E4%B8%8D%E4%BC%9A%E6%9C%89%E7%9A%84%E4%BA%BA" // 不会有的人
	return []visit{
		{route: "GET /desk", state: full, name: "desk", path: "/desk"},
		{route: "GET /desk", state: full, name: "open", path: "/desk?queue=open"},
		{route: "GET /desk", state: full, name: "case-opened", path: "/desk?queue=all&case=" + string(s.running.Number)},
		{route: "GET /desk", state: full, name: "handed", who: only(access.Clerk), path: "/desk?queue=handed"},
		{route: "GET /desk", state: full, name: "coming", who: only(access.Agent, access.Clerk), path: "/desk?queue=coming"},
		{route: "GET /desk", state: full, name: "sent", who: only(access.Agent, access.Clerk), path: "/desk?queue=sent"},
		{route: "GET /desk", state: full, name: "moves", who: only(access.Head), path: "/desk?queue=moves"},
		{route: "GET /desk", state: full, name: "filtered", who: only(access.Supervisor), path: "/desk?queue=open&late=any"},
		{route: "GET /desk", state: empty, name: "none", path: "/desk?" + none},
		{route: "GET /desk", state: empty, name: "cleared", as: "unit-dangwei-610881102", path: "/desk"},
		{route: "GET /desk", state: empty, name: "none-asked", who: only(access.Chief), path: "/desk?queue=asked"},
		{route: "GET /desk", state: wrong, name: "no-reason", who: only(access.Desk), path: "/desk?queue=todo&case=" + string(s.running.Number),
			do: both(func(p *browser.Page) { p.Click(`label[for="do-return"]`) }, pressed(`button.btn[data-key="Enter"]`))},
		{route: "GET /desk/several", state: full, name: "several", path: "/desk/several?like=" + string(s.running.Number)},
		{route: "GET /desk/several", state: empty, name: "several-none", path: "/desk/several"},
		{route: "GET /desk/several", state: wrong, name: "several-wrong", who: only(access.Desk), path: "/desk/several?like=" + string(s.running.Number),
			do: both(func(p *browser.Page) { p.Click(`label[for="do-return"]`) }, pressed(`button.btn[data-key="Enter"]`))},
		{route: "GET /desk/several", state: full, name: "several-done", who: only(access.Desk), last: true, path: "/desk/several?like=" + string(s.running.Number),
			do: both(func(p *browser.Page) { p.Click(`label[for="do-pass"]`) }, pressed(`button.btn[data-key="Enter"]`))},
	}
}

func (s stage) ofCases() []visit {
	at := func(n string) string { return "/cases/" + n }
	return []visit{
		{route: "GET /cases/{number}", state: full, name: "running", path: at(string(s.running.Number))},
		{route: "GET /cases/{number}", state: full, name: "done", path: at(string(s.done.Number))},
		{route: "GET /cases/{number}", state: full, name: "asked", path: at(string(s.asked.Number))},
		{route: "GET /cases/{number}", state: full, name: "notify", who: only(access.Clerk), path: at(string(s.revealed.Number)), do: opened("notify")},
		{route: "GET /cases/{number}", state: full, name: "correcting", who: only(access.Agent, access.Clerk), path: at(string(s.correcting.Number)), do: opened("notify")},
		{route: "GET /cases/{number}", state: full, name: "again", who: only(access.Clerk), path: at(string(s.again.Number))},
		{route: "GET /cases/{number}", state: full, name: "extend", who: only(access.Desk), path: at(string(s.taken.Number)), do: func(p *browser.Page) { p.Click(`label[for="do-extend"]`) }},
		{route: "GET /cases/{number}", state: full, name: "hand", who: only(access.Desk), path: at(string(s.taken.Number)), do: opened("hand")},
		{route: "GET /cases/{number}", state: full, name: "handed", who: only(access.Clerk), path: at(string(s.handed.Number))},
		{route: "GET /cases/{number}", state: full, name: "special", who: only(access.Desk, access.Head), path: at(string(s.special.Number))},
		{route: "GET /cases/{number}", state: full, name: "withdrawn", who: only(access.Clerk), path: at(string(s.withdrawn.Number))},
		{route: "GET /cases/{number}", state: full, name: "serve", who: only(access.Agent, access.Clerk), path: at(string(s.issued.Number)), do: opened("serve")},
		{route: "GET /cases/{number}", state: full, name: "convey", who: only(access.Clerk), path: at(string(s.issued.Number)), do: opened("convey")},
		{route: "GET /cases/{number}", state: full, name: "entrust", who: only(access.Clerk), path: at(string(s.issued.Number)), do: opened("entrust")},
		{route: "GET /cases/{number}", state: wrong, name: "notify-nothing", who: only(access.Clerk), path: at(string(s.revealed.Number)), do: both(opened("notify"), pressed("#notify button"))},
		{route: "GET /cases/{number}", state: wrong, name: "serve-nothing", who: only(access.Agent), path: at(string(s.issued.Number)), do: both(opened("serve"), sent("记下这次送达"))},
		{route: "GET /cases/{number}", state: wrong, name: "case-not-there", path: "/cases/610881101-2026-999999-1"},
		{route: "GET /cases/{number}/papers/{paper}/view", state: full, name: "paper", path: at(string(s.issued.Number) + "/papers/03-1/view")},
		{route: "GET /cases/{number}/papers/{paper}/view", state: wrong, name: "no-paper", path: at(string(s.issued.Number) + "/papers/03-9/view")},
		{route: "GET /cases/{number}/files/{file}", state: full, name: "picture", path: at(string(s.running.Number) + "/files/1")},
		{route: "GET /cases/{number}/files/{file}", state: wrong, name: "no-picture", path: at(string(s.running.Number) + "/files/99")},
		{route: "GET /cases/{number}/looks", state: full, name: "looks", path: at(string(s.running.Number) + "/looks")},
		{route: "GET /cases/{number}/looks", state: empty, name: "no-looks", path: at(string(s.asked.Number) + "/looks")},
	}
}

func (s stage) ofPapers() []visit {
	none := "&q=%E4%B8%8D%E4%BC%9A%E6%9C%89"
	return []visit{
		{route: "GET /papers", state: full, name: "papers", path: "/papers?kind=03"},
		{route: "GET /papers", state: empty, name: "papers-none", path: "/papers?kind=03" + none},
		{route: "GET /papers", state: wrong, name: "papers-nothing-ticked", who: only(access.Clerk), path: "/papers?kind=03", do: sent("出受理通知书")},
		{route: "GET /papers", state: full, name: "papers-done", who: only(access.Clerk), path: "/papers?kind=03",
			do: both(func(p *browser.Page) { p.Click(`[name="number"]`) }, sent("出受理通知书"))},
		{route: "GET /ledger", state: full, name: "ledger", path: "/ledger"},
		{route: "GET /ledger", state: wrong, name: "ledger-late", who: only(access.Clerk), path: "/ledger",
			do: both(func(p *browser.Page) {
				browser.Eval[string](p, `document.querySelector('#issue [name="day"]').value = "2025-01-01"`)
			}, sent("编号打印"))},
		{route: "GET /ledger/papers/{ledger}/view", state: full, name: "ledger-paper", path: "/ledger/papers/" + string(s.ledger) + "/view"},
		{route: "GET /ledger/papers/{ledger}/view", state: wrong, name: "no-ledger-paper", path: "/ledger/papers/610881101000-20250101-13-1/view"},
		{route: "GET /ledger", state: empty, name: "ledger-none", path: "/ledger?day=2025-01-01"},
		{route: "GET /ledger", state: wrong, name: "ledger-wrong", path: "/ledger?day=x"},
		{route: "GET /papers/wording", state: full, name: "wording", path: "/papers/wording?kind=03"},
		{route: "GET /papers/wording", state: full, name: "wording-sample", who: only(access.Head), path: "/papers/wording?kind=03",
			do: both(filled("#f-closing", "特此告知。"), sent("先看样张"))},
		{route: "GET /papers/wording", state: wrong, name: "wording-wrong", path: "/papers/wording?kind=03", do: both(filled("#f-closing", "{身高}"), sent("先看样张"))},
		{route: "GET /faults", state: full, name: "faults", path: "/faults"},
		{route: "GET /faults", state: empty, name: "faults-none", path: "/faults?before=1"},
	}
}

func (s stage) ofAdmin() []visit {
	none := "q=%E4%B8%8D%E4%BC%9A%E6%9C%89%E7%9A%84%E4%BA%BA"
	return []visit{
		{route: "GET /me", state: full, name: "me", path: "/me"},
		{route: "GET /me", state: wrong, name: "password-wrong", path: "/me", do: both(opened("password"), filled("#f-old", "bu-dui"), filled("#f-password", "Xin-mi-ma-2"),
			filled("#f-again", "Xin-mi-ma-3"), pressed("#password button"))},
		{route: "GET /me", state: full, name: "me-code", who: only(access.Clerk, access.Agent), path: "/me", do: sent("设手机验证码")},
		{route: "GET /accounts", state: full, name: "accounts", path: "/accounts"},
		{route: "GET /accounts", state: empty, name: "accounts-none", path: "/accounts?" + none},
		{route: "GET /accounts", state: wrong, name: "accounts-wrong", path: "/accounts", do: both(func(p *browser.Page) { p.ClickText("加一个账号") }, sent("加这个账号"))},
		{route: "GET /accounts/{account}", state: full, name: "account", path: "/accounts/head-610881101", do: opened("edit")},
		{route: "GET /accounts/{account}", state: wrong, name: "account-wrong", path: "/accounts/head-610881101", do: both(opened("edit"), filled("#f-name", ""), sent("改过来"))},
		{route: "GET /accounts/{account}/disable", state: full, name: "account-disable", path: "/accounts/head-610881101/disable"},
		{route: "GET /accounts/{account}/reset", state: full, name: "account-reset", path: "/accounts/head-610881101/reset?one"},
		{route: "GET /accounts/{account}", state: wrong, name: "account-not-there", path: "/accounts/nobody"},
		{route: "GET /seats", state: full, name: "seats", path: "/seats"},
		{route: "GET /seats", state: full, name: "seats-town", path: "/seats?place=610881101000"},
		{route: "GET /seats", state: empty, name: "seats-none", path: "/seats?place=610881101000&empty=1"},
		{route: "GET /places", state: full, name: "places", path: "/places"},
		{route: "GET /places", state: empty, name: "places-none", path: "/places?" + none},
		{route: "GET /places", state: wrong, name: "import-nothing", who: only(access.Admin), path: "/places", do: both(opened("import"), pressed("#import button"))},
		{route: "GET /places/{code}", state: full, name: "place", path: "/places/610881101000"},
		{route: "GET /places/{code}", state: full, name: "place-edit", who: only(access.Head), path: "/places/610881101000", do: opened("edit")},
		{route: "GET /places/{code}", state: wrong, name: "place-wrong", who: only(access.Head, access.Admin), path: "/places/610881101000",
			do: both(opened("edit"), filled("#f-telephone", "8331234"), filled("#f-days-0", "8点半到12点"), sent("存好"))},
		{route: "GET /places/{code}", state: wrong, name: "place-not-there", path: "/places/610881999000"},
		{route: "GET /calendar", state: full, name: "calendar", path: "/calendar", do: opened("import")},
		{route: "GET /calendar", state: full, name: "calendar-preview", path: "/calendar", do: both(opened("import"),
			filled("#f-csv", "date,kind,name\n2026-03-16,off,演示\n2026-03-21,work,演示"), func(p *browser.Page) { p.ClickText("只改这几天") }, sent("先看看会改什么"))},
		{route: "GET /calendar", state: wrong, name: "calendar-wrong", path: "/calendar", do: both(opened("import"), filled("#f-csv", "date,kind,name\n2026-03-16,放假,演示"), sent("先看看会改什么"))},
		{route: "GET /messages", state: full, name: "messages", path: "/messages"},
		{route: "GET /messages", state: empty, name: "messages-none", path: "/messages?tail=0000&purpose=code"},
	}
}

func (s stage) ofBoard() []visit {
	return []visit{
		{route: "GET /board", state: full, name: "board", path: "/board"},
		{route: "GET /board", state: full, name: "board-town", path: "/board?place=610881101000"},
		{route: "GET /board", state: full, name: "board-room", path: "/board?place=610881101200"},
		{route: "GET /board/table", state: full, name: "table-items", path: "/board/table?by=items"},
		{route: "GET /board/table", state: full, name: "table-places", path: "/board/table?by=places"},
		{route: "GET /exports", state: full, name: "exports", path: "/exports"},
		{route: "GET /exports", state: empty, name: "exports-none", path: "/exports?before=1"},
		{route: "GET /ratings", state: full, name: "ratings", path: "/ratings?show=all"},
		{route: "GET /ratings", state: empty, name: "ratings-none", path: "/ratings?before=1&town=610881110000"},
		{route: "GET /ratings", state: wrong, name: "ratings-nothing-heard", who: only(access.Head), path: "/ratings", do: both(func(p *browser.Page) { p.Click("tbody tr:first-child summary") },
			pressed(`form[action^="/ratings/"] button`))},
	}
}

func (s stage) ofPortal() []visit {
	both3 := only(nobody, access.Citizen)
	follow := func(n string) string { return "/follow?number=" + n + "&phone_last4=" + phone[len(phone)-4:] }
	return []visit{
		{route: "GET /guide", state: full, name: "guide", who: both3, path: "/guide"},
		{route: "GET /guide", state: full, name: "guide-found", path: "/guide?q=%E8%80%81%E4%BA%BA%E8%A1%A5%E8%B4%B4"},
		{route: "GET /guide", state: empty, name: "guide-nearest", path: "/guide?q=%E4%B9%B0%E7%81%AB%E8%BD%A6%E7%A5%A8"},
		{route: "GET /guide", state: empty, name: "guide-nothing", path: "/guide?q=zzzz"},
		{route: "GET /guide/{code}", state: full, name: "sheet", who: both3, path: "/guide/BM-001"},
		{route: "GET /guide/{code}", state: full, name: "sheet-long", path: "/guide/BM-077"},
		{route: "GET /guide/{code}", state: wrong, name: "sheet-not-there", path: "/guide/BM-999"},
		{route: "GET /follow", state: full, name: "follow", path: "/follow"},
		{route: "GET /follow", state: full, name: "follow-correcting", path: follow(string(s.correcting.Number))},
		{route: "GET /follow", state: full, name: "follow-running", path: follow(string(s.asked.Number)), do: func(p *browser.Page) { p.Click("#limits summary") }},
		{route: "GET /follow", state: full, name: "follow-special", path: follow(string(s.special.Number))},
		{route: "GET /follow", state: full, name: "follow-done", path: follow(string(s.done.Number))},
		{route: "GET /follow", state: full, name: "follow-withdrawn", path: follow(string(s.withdrawn.Number))},
		{route: "GET /follow", state: wrong, name: "follow-wrong", path: "/follow?number=610881101-2026-999999-1&phone_last4=1234"},
		{route: "GET /genuine", state: full, name: "genuine", path: "/genuine"},
		{route: "GET /genuine", state: full, name: "genuine-true", path: "/genuine?paper=" + s.paper + "&code=" + s.code},
		{route: "GET /genuine", state: wrong, name: "genuine-wrong", path: "/genuine?paper=610881101-2026-000001-5-03-1&code=x"},
		{route: "GET /my/sign-in", state: full, name: "citizen-in", path: "/my/sign-in"},
		{route: "GET /my/sign-in", state: full, name: "citizen-code", path: "/my/sign-in", do: both(filled("#f-phone", "13991230777"), sent("发验证码"))},
		{route: "GET /my/sign-in", state: wrong, name: "citizen-in-wrong", path: "/my/sign-in", do: both(filled("#f-phone", "1399123"), sent("发验证码"))},
	}
}

func (s stage) ofFiling() []visit {
	begun := func(p *browser.Page) {
		words := "开始填"
		if strings.Contains(p.Text("main"), "上次填到一半") {
			words = "重新填一份"
		}
		sent(words)(p)
	}
	self := both(begun, func(p *browser.Page) { p.ClickText("给我自己办") }, sent("继续"))
	named := both(self, filled(`input[name="said"]`, "折桂英"), sent("继续"))
	numbered := both(named, filled(`input[name="said"]`, number), sent("继续"))
	at := "/filing/" + s.draft
	return []visit{
		{route: "GET /file/{code}", state: full, name: "file", who: only(nobody, access.Citizen), path: "/file/BM-001"},
		{route: "GET /file/{code}", state: wrong, name: "file-not-online", path: "/file/BM-092"},
		{route: "GET /file/{code}", state: wrong, name: "file-in-person", path: "/file/BM-034"},
		{route: "GET /filing/{draft}/{question}", state: full, name: "for-whom", path: "/file/BM-001", do: begun},
		{route: "GET /filing/{draft}/{question}", state: full, name: "name", path: "/file/BM-001", do: self},
		{route: "GET /filing/{draft}/{question}", state: full, name: "phone", path: "/file/BM-001", do: numbered},
		{route: "GET /filing/{draft}/{question}", state: full, name: "town", who: only(access.Citizen), path: at + "/town"},
		{route: "GET /filing/{draft}/{question}", state: full, name: "papers", who: only(access.Citizen), path: at + "/papers"},
		{route: "GET /filing/{draft}/{question}", state: wrong, name: "number-wrong", path: "/file/BM-001",
			do: both(named, filled(`input[name="said"]`, number[:17]), sent("继续"))},
		{route: "GET /filing/{draft}/{question}", state: wrong, name: "nothing-chosen", path: "/file/BM-001", do: both(begun, sent("继续"))},
		{route: "GET /filing/{draft}/{question}", state: wrong, name: "draft-not-there", path: "/filing/none/name"},
		{route: "GET /filing/{draft}/check", state: full, name: "check", who: only(access.Citizen), path: at + "/check"},
		{route: "GET /filing/{draft}/check", state: wrong, name: "check-not-there", path: "/filing/none/check"},
		{route: "GET /filing/{draft}/done", state: full, name: "handed-in", who: only(access.Citizen), path: "/filing/" + s.handedIn + "/done"},
		{route: "GET /filing/{draft}/done", state: wrong, name: "done-not-there", path: "/filing/none/done"},
	}
}

func (s stage) ofMine() []visit {
	at := "/my/cases/" + string(s.running.Number)
	return []visit{
		{route: "GET /my", state: full, name: "my", path: "/my"},
		{route: "GET /my", state: empty, name: "my-none", who: only(newcomer), path: "/my"},
		{route: "GET /my/looks", state: full, name: "my-looks", path: "/my/looks"},
		{route: "GET /my/looks", state: empty, name: "my-looks-none", who: only(newcomer), path: "/my/looks"},
		{route: "GET /my/cases/{number}", state: full, name: "my-case", path: at},
		{route: "GET /my/cases/{number}", state: full, name: "my-case-correcting", path: "/my/cases/" + string(s.correcting.Number)},
		{route: "GET /my/cases/{number}", state: full, name: "my-case-done", path: "/my/cases/" + string(s.done.Number)},
		{route: "GET /my/cases/{number}", state: wrong, name: "asked-nothing", path: at, do: pressed("#ask button")},
		{route: "GET /my/cases/{number}", state: wrong, name: "not-mine", who: only(newcomer), path: at},
		{route: "GET /my/cases/{number}/photos", state: full, name: "photos", path: "/my/cases/" + string(s.correcting.Number) + "/photos"},
		{route: "GET /my/cases/{number}/photos", state: empty, name: "photos-too-late", path: "/my/cases/" + string(s.done.Number) + "/photos"},
		{route: "GET /my/cases/{number}/photos", state: wrong, name: "photos-none-chosen", path: "/my/cases/" + string(s.correcting.Number) + "/photos", do: pressed(".papershot button[type=submit]")},
		{route: "GET /my/cases/{number}/withdraw", state: full, name: "withdraw", path: at + "/withdraw"},
		{route: "GET /my/cases/{number}/withdraw", state: wrong, name: "withdraw-no-reason", path: at + "/withdraw", do: sent("撤回申请")},
	}
}
