package work

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"bianmin/internal/access"
)

func TestWhoIsNotSignedInComesBackAfterwards(t *testing.T) {
	h := newHouse(t)
	b := h.browser()
	b.opens("/desk?queue=open&q=折").goesTo("/sign-in?next=%2Fdesk%3Fqueue%3Dopen%26q%3D%E6%8A%98")
	b.opens("/sign-in?next=/desk?queue=open").is(http.StatusOK).says("请先登录，登录以后接着办")
	b.posts("/sign-in", "account", theDesk.Account, "password", testPassword, "next", "/desk?queue=open").goesTo("/desk?queue=open")
	b.opens("/sign-in").goesTo("/desk")
}

func TestEveryRoleBeginsAtItsOwnPage(t *testing.T) {
	h := newHouse(t)
	for a, want := range map[*access.Account]string{&theAgent: "/today", &theClerk: "/counter", &theDesk: "/desk", &theUnit: "/desk", &theHead: "/board",
		&theSupervisor: "/board", &theInspector: "/board", &theAdmin: "/accounts"} {
		b := h.browser()
		b.posts("/sign-in", "account", a.Account, "password", testPassword).goesTo(want)
		b.opens("/").goesTo(want)
	}
}

func TestWrongPassword(t *testing.T) {
	h := newHouse(t)
	b := h.browser()
	b.posts("/sign-in", "account", theDesk.Account).is(http.StatusUnprocessableEntity).says("错误：登录，有 1 处要改", "请写密码")
	for range 5 {
		page := b.posts("/sign-in", "account", theDesk.Account, "password", "wrong", "next", "/desk").is(http.StatusUnauthorized).says("账号或者密码不对")
		if !strings.Contains(page.body, `value="desk-610881101"`) || strings.Contains(page.body, "wrong") {
			t.Error("the account must stay and the password must not")
		}
	}
	h.wall.Add(10 * time.Minute)
	page := b.posts("/sign-in", "account", theDesk.Account, "password", testPassword).is(http.StatusTooManyRequests).says("请等 21 分钟再试")
	if page.header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	h.wall.Add(20 * time.Minute)
	b.posts("/sign-in", "account", theDesk.Account, "password", testPassword).is(http.StatusSeeOther)
}

func TestSignedOutIsSignedOut(t *testing.T) {
	h := newHouse(t)
	b := h.as(theDesk)
	other := &browser{house: h, cookies: map[string]string{"bianmin": b.cookies["bianmin"]}} // another tab
	b.posts("/sign-out").goesTo("/demo")
	if len(b.cookies) > 0 {
		t.Errorf("kept %v", b.cookies)
	}
	other.opens("/desk").is(http.StatusSeeOther)
}

func TestOneTimeLink(t *testing.T) {
	h := newHouse(t)
	token := h.link(theDesk.Account)
	b := h.browser()
	page := b.opens("/set-password?token="+token).is(http.StatusOK).says("王文军，账号 desk-610881101", "至少 8 位")
	if strings.Contains(page.body, `name="back" value="/set-password`) {
		t.Error("the secret stands in another form")
	}
	b.posts("/set-password", "token", token, "password", "Abcd-1234", "again", "Abcd-1235").is(http.StatusUnprocessableEntity).says("两遍写的不一样")
	b.posts("/set-password", "token", token, "password", "abcdefgh", "again", "abcdefgh").is(http.StatusUnprocessableEntity).says("三种").saysNot("abcdefgh")
	b.posts("/set-password", "token", token, "password", "Abcd-1234", "again", "Abcd-1234").goesTo("/sign-in?account=desk-610881101&set=1")
	b.opens("/sign-in?account=desk-610881101&set=1").is(http.StatusOK).says("密码设好了，请登录")
	b.opens("/set-password?token="+token).is(http.StatusNotFound).says("这个链接用不了", "请系统管理员再给一个")
	b.posts("/set-password", "token", token, "password", "Abcd-1234", "again", "Abcd-1234").is(http.StatusNotFound)
	b.posts("/sign-in", "account", theDesk.Account, "password", "Abcd-1234").is(http.StatusSeeOther)
}

// link resets an account and gives its one-time token.
func (h *house) link(account string) string {
	h.t.Helper()
	if err := h.site.Access.Reset(h.t.Context(), theAdmin.Account, account); err != nil {
		h.t.Fatal(err)
	}
	token, err := h.site.Access.LinkToken(h.t.Context(), account)
	if err != nil {
		h.t.Fatal(err)
	}
	return token
}

func TestSizeOfPrintIsKept(t *testing.T) {
	h := newHouse(t)
	b := h.as(theDesk)
	b.posts("/size", "size", "large", "back", "/desk?queue=open").goesTo("/desk?queue=open")
	if page := b.opens("/desk"); !strings.Contains(page.body, `data-size="large"`) {
		t.Error("the print is not large")
	}
	b.posts("/size", "size", "huge", "back", "https://elsewhere.cn/").goesTo("/")
	if page := b.opens("/desk"); !strings.Contains(page.body, `data-size="normal"`) {
		t.Error("the print is not normal again")
	}
}

func TestOnlyOurOwnAddressesAreGoneTo(t *testing.T) {
	for address, want := range map[string]string{
		"/desk?queue=open&q=折": "/desk?queue=open&q=折", "/cases/610881101-2026-000001-5#limits": "/cases/610881101-2026-000001-5#limits", "": "/", "/": "/",
		"https://elsewhere.cn/": "/", "//elsewhere.cn/": "/", `/\elsewhere.cn`: "/", `\\elsewhere.cn`: "/", "desk": "/", "javascript:alert(1)": "/", "/\telsewhere": "/",
		"/\nSet-Cookie: a=b": "/", "https:/elsewhere.cn": "/", "//a@elsewhere.cn": "/", "/%2f/elsewhere.cn": "/",
	} {
		if got := local(address); got != want {
			t.Errorf("%q leads to %q, want %q", address, got, want)
		}
	}
}

func FuzzLocal(f *testing.F) {
	for _, seed := range []string{"/desk", "//x", `/\x`, "https://x", "/a?b=//c", "/%5cx"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, address string) {
		got := local(address)
		if !strings.HasPrefix(got, "/") || strings.HasPrefix(got, "//") || strings.HasPrefix(got, `/\`) || strings.ContainsAny(got, "\r\n\t") {
			t.Errorf("%q leads to %q", address, got)
		}
	})
}
