package journey

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"bianmin/internal/access"
	"bianmin/internal/app"
	"bianmin/internal/browser"
	"bianmin/internal/clock"
	"bianmin/internal/db"
	"bianmin/internal/journal"
)

// realHouse is the program in real use, where the powerful need a second factor, under a name that passkeys can be made
// for. Its clock can be moved on.
type realHouse struct {
	*app.App
	url  string
	wall *clock.Shifted
}

// passes lets time go by.
func (h *realHouse) passes(d time.Duration) { h.wall.Set(h.wall.Offset() + d) }

const theirPassword = "Zheng-que-1"

func openReal(t *testing.T) *realHouse {
	t.Helper()
	h := &realHouse{wall: clock.NewShifted(clock.Func(time.Now), 0)}
	a, err := app.Open(context.Background(), app.Config{Data: t.TempDir(), Wall: h.wall, Log: slog.New(slog.DiscardHandler)}, db.Serving)
	if err != nil {
		t.Fatal(err)
	}
	h.App = a
	stored := access.HashPassword(theirPassword)
	for _, x := range []access.Account{
		{Account: "head-610881101", Name: "王占山", Role: access.Head, Place: "610881101000"},
		{Account: "clerk-610881101", Name: "贾明亮", Role: access.Clerk, Place: "610881101000"},
		{Account: "admin-2", Name: "王秀芳", Role: access.Admin, Place: "610881000000"},
	} {
		if err := a.Access.Add(t.Context(), journal.System, x, stored); err != nil {
			t.Fatal(err)
		}
	}
	server := httptest.NewServer(a)
	h.url = strings.Replace(server.URL, "127.0.0.1", "localhost", 1)
	t.Cleanup(func() {
		server.Close()
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return h
}

// knocks gives account and password at the sign-in page.
func (h *realHouse) knocks(p *browser.Page, account string) {
	p.Open(h.url + "/sign-in")
	p.Fill(`input[name="account"]`, account)
	p.Fill(`input[name="password"]`, theirPassword)
	p.Leads(func() { p.Press("Enter") })
}

func (h *realHouse) signsOut(p *browser.Page) {
	p.Leads(func() { p.Click(`form[action="/sign-out"] button`) })
}

var spaces = regexp.MustCompile(`\s+`)

// code is what the telephone shows now, for the secret that stands on the page.
func (h *realHouse) code(t *testing.T, secret string) string {
	t.Helper()
	code, err := totp.GenerateCode(spaces.ReplaceAllString(secret, ""), h.wall.Now())
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// TestTheFirstSignInOfAHeadLeadsThroughCodes: set up, sign in again, a code twice, a wrong one, a recovery code.
func TestTheFirstSignInOfAHeadLeadsThroughCodes(t *testing.T) {
	for size, option := range sizes {
		t.Run(size, func(t *testing.T) {
			h, p := openReal(t), browser.New(t, option)
			p.Allow("401")
			p.Allow("422")
			h.knocks(p, "head-610881101")
			p.WaitPath("/sign-in/setup")
			p.WaitText("h1", "先设登录验证")
			fits(t, p)
			p.Open(h.url + "/desk") // with the password alone nothing opens
			p.WaitPath("/sign-in")
			h.knocks(p, "head-610881101")
			p.WaitPath("/sign-in/setup")
			secret := p.Text(".secret")
			p.Fill("#f-code", "000000")
			p.Leads(func() { p.ClickText("设好验证码") })
			p.WaitText("#errors", "验证码不对")
			if again := p.Text(".secret"); again != secret {
				t.Fatalf("after a mistake another code has to be scanned: %s, %s", secret, again)
			}
			first := h.code(t, secret)
			p.Fill("#f-code", first)
			p.Leads(func() { p.ClickText("设好验证码") })
			p.WaitText("h1", "恢复码")
			fits(t, p)
			codes := p.Texts(".codes li")
			if len(codes) != 10 {
				t.Fatalf("%d recovery codes", len(codes))
			}
			p.Leads(func() { p.ClickText("存好了，接着办") })
			p.WaitPath("/board")
			h.signsOut(p)

			h.knocks(p, "head-610881101")
			p.WaitPath("/sign-in/code")
			fits(t, p)
			p.Fill("#f-code", first) // somebody looked over the shoulder
			p.Leads(func() { p.Press("Enter") })
			p.WaitText("#errors", "验证码不对，或者已经用过了")
			h.passes(30 * time.Second)
			p.Fill("#f-code", h.code(t, secret))
			p.Leads(func() { p.Press("Enter") })
			p.WaitPath("/board")
			h.signsOut(p)

			h.knocks(p, "head-610881101")
			p.Fill("#f-code", codes[0])
			p.Leads(func() { p.Press("Enter") })
			p.WaitPath("/board")
			p.Open(h.url + "/me")
			p.WaitText("#factors", "还有 9 个没用")
			p.WaitText("#sign-ins", "验证码不对")
			p.WaitText("#sign-ins", "密码和恢复码")
			p.WaitText("#record", "设了验证码")
		})
	}
}

// TestAPasskeyIsSetUpAndSignsIn in a real browser with an authenticator of its own: it is enough by itself, and a stranger
// to the device gets nowhere.
func TestAPasskeyIsSetUpAndSignsIn(t *testing.T) {
	for size, option := range sizes {
		t.Run(size, func(t *testing.T) {
			h, p := openReal(t), browser.New(t, option)
			p.Authenticator(true)
			h.knocks(p, "head-610881101")
			p.WaitPath("/sign-in/setup")
			p.WaitVisible(`form[data-passkey="create"]`)
			p.Fill("#passkey-name", "办公室电脑")
			p.Leads(func() { p.ClickText("加通行密钥") })
			p.WaitText("h1", "恢复码")
			p.Leads(func() { p.ClickText("存好了，接着办") })
			h.signsOut(p)

			p.Open(h.url + "/sign-in")
			p.WaitVisible(`form[data-passkey="get"]`)
			fits(t, p)
			p.Leads(func() { p.ClickText("用通行密钥登录") }) // no account, no password
			p.WaitPath("/board")
			p.WaitText(".me", "王占山")
			h.signsOut(p)

			h.knocks(p, "head-610881101") // the password, and then the passkey in place of a code
			p.WaitPath("/sign-in/code")
			p.Leads(func() { p.ClickText("用通行密钥登录") })
			p.WaitPath("/board")
			p.Open(h.url + "/me")
			p.WaitText("#factors", "办公室电脑")
			p.WaitText("#sign-ins", "通行密钥")
			p.Allow("409")
			p.Leads(func() { p.ClickText("去掉") })
			p.WaitText("#errors", "这是最后一种登录验证")

			p.ClickText("加一个通行密钥") // the same device has one
			p.ClickText("加通行密钥")
			p.WaitText("[data-passkey-say]", "这台设备已经有通行密钥了")
		})
	}
}

// TestAPasskeyWithoutItsOwnerIsNone: the device does not recognise who holds it.
func TestAPasskeyWithoutItsOwnerIsNone(t *testing.T) {
	h, p := openReal(t), browser.New(t)
	p.Authenticator(false)
	h.knocks(p, "head-610881101")
	p.WaitVisible(`form[data-passkey="create"]`)
	p.Fill("#passkey-name", "别人的电脑")
	p.ClickText("加通行密钥")
	p.WaitText("[data-passkey-say]", "没有完成")
	p.WaitPath("/sign-in/setup")
}

// TestWhatIsDelicateAsksAgainInTheBrowser: ten minutes after signing in, with everything typed still there.
func TestWhatIsDelicateAsksAgainInTheBrowser(t *testing.T) {
	h, p := openReal(t), browser.New(t)
	p.Allow("422")
	h.knocks(p, "admin-2")
	secret := p.Text(".secret")
	p.Fill("#f-code", h.code(t, secret))
	p.Leads(func() { p.ClickText("设好验证码") })
	h.passes(10 * time.Minute)
	p.Open(h.url + "/accounts")
	p.ClickText("加一个账号")
	p.Fill("#f-account", "desk-9")
	p.Fill("#f-name", "李建军")
	browser.Eval[string](p, `document.querySelector("#f-role").value = "desk"`)
	p.Fill("#f-place", "高家堡镇")
	p.Leads(func() { p.ClickText("加这个账号") })
	p.WaitText("h1", "再确认一次")
	p.WaitText("main", "加账号 desk-9")
	p.Fill("#f-confirm", "bu-dui")
	p.Leads(func() { p.Press("Enter") })
	p.WaitText("#errors", "密码不对")
	p.Fill("#f-confirm", h.code(t, secret))
	p.Leads(func() { p.Press("Enter") })
	p.WaitText("main", "desk-9 加好了")
	p.WaitText("main", "把这个链接交给李建军")

	p.Open(h.url + "/accounts/head-610881101")
	p.Click("#edit > summary")
	p.Fill("#f-name", "王占川")
	p.Leads(func() { p.ClickText("改过来") })
	p.WaitText("h1", "王占川")
	p.WaitText("#record", "姓名 王占山 改成 王占川")
}

// TestALostTelephoneIsMendedByAnotherAdmin: cleared on record, seen by the person, set up anew.
func TestALostTelephoneIsMendedByAnotherAdmin(t *testing.T) {
	h, p := openReal(t), browser.New(t)
	setUp := func(account string) {
		h.knocks(p, account)
		p.Fill("#f-code", h.code(t, p.Text(".secret")))
		p.Leads(func() { p.ClickText("设好验证码") })
		p.WaitText("h1", "恢复码")
	}
	setUp("head-610881101")
	p.Leads(func() { p.ClickText("存好了，接着办") })
	h.signsOut(p)
	setUp("admin-2")
	p.Open(h.url + "/accounts/admin-2")
	if p.Count(`form[action*="factors/reset"]`) > 0 {
		t.Error("one's own factors can be cleared")
	}
	p.Open(h.url + "/accounts/head-610881101")
	p.Leads(func() { p.ClickText("清除登录验证") })
	p.WaitText(".said", "登录验证清除了")
	h.signsOut(p)
	setUp("head-610881101")
	p.Open(h.url + "/me")
	p.WaitText("#record", "清除了登录验证，要重新设")
	p.WaitText("#record", "王秀芳")
}

// fits says when something stands out on the right.
func fits(t *testing.T, p *browser.Page) {
	t.Helper()
	if width := browser.Eval[int](p, "document.documentElement.scrollWidth - innerWidth"); width > 0 {
		t.Errorf("%s: %d pixels stand out on the right", p.URL(), width)
	}
}
