package journey

import (
	"testing"

	"bianmin/internal/browser"
	"bianmin/internal/demo"
)

// TestTheAdminsPages walks accounts, posts, sessions and places on one demonstration.
func TestTheAdminsPages(t *testing.T) {
	h := open(t)
	for _, path := range []struct {
		name string
		walk func(t *testing.T, h *house, p *browser.Page)
	}{
		{"accounts are found and sorted", findsAccounts},
		{"an empty post is filled", fillsPost},
		{"sessions are seen and ended", endsSessions},
		{"a head tells the hours", tellsHours},
		{"the demonstration requires factors", requiresFactors},
	} {
		for size, option := range sizes {
			t.Run(path.name+" "+size, func(t *testing.T) { path.walk(t, h, browser.New(t, option)) })
		}
	}
}

// large sets large print and looks whether the page still fits.
func large(t *testing.T, p *browser.Page) {
	t.Helper()
	p.Leads(func() { p.ClickText("大字版") })
	fits(t, p)
	for p.Count(`form[action="/size"] button[value="normal"]`) == 0 {
		p.Leads(func() { p.Click(`form[action="/size"] button`) })
	}
	p.Leads(func() { p.Click(`form[action="/size"] button[value="normal"]`) })
}

func findsAccounts(t *testing.T, h *house, p *browser.Page) {
	h.signIn(p, "admin")
	p.Open(h.url + "/accounts")
	fits(t, p)
	large(t, p)
	p.Fill("#find-account", "高家堡")
	p.Leads(func() { p.ClickText("查一查") })
	p.WaitText("main", "个账号")
	p.Leads(func() { p.ClickText("下一页") })
	p.WaitText("main", "第 2 页")
	p.Open(h.url + "/accounts?role=head&sort=place")
	p.WaitText("main", "20 个账号")
	p.Open(h.url + "/accounts?state=no_factor&place=610881101000")
	p.WaitText("main", "1 个账号")
	p.Leads(func() { p.ClickText("head-610881101") })
	p.WaitText("main", "登录验证")
	fits(t, p)
	large(t, p)
}

// fillsPost stops the only clerk of a town, and finds the empty post.
func fillsPost(t *testing.T, h *house, p *browser.Page) {
	town := map[bool]string{true: "610881102", false: "610881103"}[browser.Eval[int](p, "innerWidth") > 1000]
	h.signIn(p, "admin")
	p.Open(h.url + "/accounts/clerk-" + town)
	p.Leads(func() { p.Click(`a[href*="/disable"]`) })
	p.WaitText("main", "在所有设备上马上退出")
	fits(t, p)
	p.Leads(func() { p.ClickText("停用这个账号") })
	p.WaitText(".said", "停用了")
	p.Open(h.url + "/seats")
	fits(t, p)
	p.Open(h.url + "/seats?empty=1&place=" + town + "000")
	p.WaitText("main", "1 个岗位")
	p.WaitText("main", "停用")
	large(t, p)
	p.Leads(func() { p.ClickText("加一个人") })
	p.Fill("#f-account", "clerk-new-"+town)
	p.Fill("#f-name", "李建军")
	p.Leads(func() { p.ClickText("加这个账号") })
	p.WaitText("main", "把这个链接交给李建军")
	p.Open(h.url + "/seats?empty=1&place=" + town + "000")
	p.WaitText("main", "没有这样的岗位")
}

func endsSessions(t *testing.T, h *house, p *browser.Page) {
	other := browser.New(t)
	other.Allow("favicon.ico")
	h.signIn(other, desk)
	h.signIn(p, desk)
	p.Open(h.url + "/me")
	fits(t, p)
	large(t, p)
	p.WaitText("#sessions", "现在这台")
	p.Leads(func() { p.ClickText("退出其他设备") })
	p.WaitText(".said", "其他设备都退出了")
	other.Open(h.url + "/desk")
	other.WaitPath("/sign-in")

	p.Allow("422")
	p.Click("#password > summary")
	p.Fill("#f-old", "bu-dui")
	p.Fill("#f-password", "Xin-mi-ma-2")
	p.Fill("#f-again", "Xin-mi-ma-2")
	p.Leads(func() { p.Click("#password button") })
	p.WaitText("#errors", "密码不对")
}

// tellsHours: a mistake stays typed; told, the follow page and everybody's list have it; another town's is not to be told.
func tellsHours(t *testing.T, h *house, p *browser.Page) {
	p.Allow("422")
	h.signIn(p, head)
	p.Open(h.url + "/places")
	p.WaitText("main", "高家堡镇便民服务站")
	fits(t, p)
	p.Open(h.url + "/places/610881101000")
	p.Click("#edit > summary")
	p.Fill("#f-telephone", "8331234")
	p.Fill("#f-days-0", "8点半到12点")
	p.Leads(func() { p.ClickText("存好") })
	p.WaitText("#errors", "电话要写成 0912-8331234")
	p.WaitText("#errors", "时间要写成")
	fits(t, p)
	large(t, p)
	p.Open(h.url + "/places/610881101000")
	p.Click("#edit > summary")
	p.Fill("#f-telephone", "0912 833 1234")
	p.Fill("#f-address", "高家堡镇高家堡村古城南门外")
	p.Fill("#f-position", "38.55210, 110.28990")
	for _, day := range []string{"0", "1", "2", "3", "4"} {
		p.Fill("#f-days-"+day, "8:30-12:00 14:30-18:00")
	}
	p.Fill("#f-extra-1", "12:00-14:30")
	p.Fill("#f-except", "2026-05-02 休息 五一")
	p.Leads(func() { p.ClickText("存好") })
	p.WaitText(".said", "存好了")
	p.WaitText("main", "开着，到 18:00") // Tuesday at half past ten, and on through noon
	p.WaitText("main", "0912-8331234")
	fits(t, p)
	p.Open(h.url + "/places/610881102000")
	if p.Count("#edit") > 0 {
		t.Error("another town's can be told")
	}
	v := h.filesAt(t, "BM-008", "610881101000") // whoever filed in a village is told of its room
	p.Open(h.url + "/follow?number=" + string(v.Number) + "&phone_last4=" + phone[len(phone)-4:])
	p.WaitText(".call", "高家堡镇便民服务站 0912-8331234")
	if n := p.Count(`.call a[href="tel:0912-8331234"]`); n != 1 {
		t.Errorf("%d links to call", n)
	}
}

// requiresFactors: the switch, what a head then meets at the front page, and off again.
func requiresFactors(t *testing.T, h *house, p *browser.Page) {
	h.signIn(p, "admin")
	p.Open(h.url + "/accounts")
	p.Leads(func() { p.ClickText("开始要求") })
	p.WaitText("#rule", "演示里要求着")
	other := browser.New(t)
	other.Open(h.url + "/sign-in")
	other.Fill(`input[name="account"]`, head)
	other.Fill(`input[name="password"]`, demo.Password)
	other.Leads(func() { other.Press("Enter") })
	other.WaitPath("/sign-in/setup")
	p.Leads(func() { p.ClickText("不再要求") })
	p.WaitText("#rule", "演示里没有要求")
	h.signIn(other, head)
}
