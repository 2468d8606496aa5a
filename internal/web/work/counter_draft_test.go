package work

import (
	"html"
	"net/http"
	"strings"
	"testing"
	"time"
)

// typing is what a clerk has typed about somebody, not whole yet.
var typing = []string{"item", "BM-008", "once", "typed-1", "applicant.kind", "person", "applicant.name", "折桂英", "applicant.id_number", "61272219530412", "place", string(gaojiabuRoom)}

func (b *browser) signsIn(account string, more ...string) shown {
	b.t.Helper()
	return b.posts("/sign-in", append([]string{"account", account, "password", testPassword}, more...)...)
}

// Whoever was interrupted is led back after signing in, unless they ask for another page, put it aside, or it is long ago.
func TestLedBackAfterSigningIn(t *testing.T) {
	h := newHouse(t)
	b := h.browser()
	b.signsIn(theClerk.Account).goesTo("/counter")
	b.posts("/counter/draft", typing...).is(http.StatusOK).says("10:20 已自动保存")
	b.posts("/sign-out").is(http.StatusSeeOther)
	for _, next := range []string{"", "/counter", "/"} {
		b.signsIn(theClerk.Account, "next", next).goesTo("/counter?draft=typed-1")
		b.posts("/sign-out").is(http.StatusSeeOther)
	}
	b.signsIn(theClerk.Account, "next", "/desk?queue=open").goesTo("/desk?queue=open")
	if page := b.opens("/counter?draft=typed-1").is(http.StatusOK).says("接着办：10:20 存的，填的都在"); !strings.Contains(page.body, `value="61272219530412"`) {
		t.Error("what was typed is not there")
	}
	b.posts("/sign-out").is(http.StatusSeeOther)
	other := h.browser()
	other.signsIn(theNeighbour.Account).goesTo("/counter")
	h.clock.Add(14 * time.Hour)
	b.signsIn(theClerk.Account).goesTo("/counter")
	b.opens("/counter").says("折桂英", "3月10日 10:20 存的")
	h.clock.Add(-14 * time.Hour)
	b.posts("/counter", append(typing, "do", "aside", "draft", "1")...).goesTo("/counter")
	b.posts("/sign-out").is(http.StatusSeeOther)
	b.signsIn(theClerk.Account).goesTo("/counter")
}

// Without a script, and with the session gone: what was posted is held while somebody signs in, and is a draft then.
func TestWhatIsPostedWithoutASessionIsKept(t *testing.T) {
	h := newHouse(t)
	b := h.as(theClerk)
	h.wall.Add(31 * time.Minute)
	page := b.posts("/counter", append(typing, "do", "check")...).is(http.StatusUnauthorized).says("离开太久，为安全退出了。填的还在，登录接着办")
	held := html.UnescapeString(page.field("held"))
	wrong := b.posts("/sign-in", "account", theClerk.Account, "password", "nothing", "held", held).is(http.StatusUnauthorized)
	if html.UnescapeString(wrong.field("held")) != held {
		t.Error("a wrong password lost it")
	}
	b.signsIn(theClerk.Account, "held", held).goesTo("/counter?draft=typed-1")
	if page := b.opens("/counter?draft=typed-1").is(http.StatusOK); !strings.Contains(page.body, `value="折桂英"`) || !strings.Contains(page.body, `value="61272219530412"`) {
		t.Error("what was typed is not there")
	}
	// Whoever receives nothing keeps nothing.
	c := h.browser()
	c.signsIn(theDesk.Account, "held", held).goesTo("/desk")
	if list, err := h.site.Drafts.List(t.Context(), theDesk.Account); err != nil || len(list) != 0 {
		t.Errorf("%v %v", list, err)
	}
	// A part of the page that is asked for without a session leaves the page alone.
	b.posts("/sign-out")
	b.htmx = "c-said"
	if part := b.posts("/counter/said", typing...).is(http.StatusUnauthorized); part.header.Get("HX-Reswap") != "none" || part.header.Get("HX-Redirect") != "" {
		t.Errorf("%v", part.header)
	}
}

func TestAnotherMatterOfTheSameApplicant(t *testing.T) {
	h := newHouse(t)
	v := h.files("折桂英")
	b := h.as(theClerk)
	b.opens(casePath(v.Number)).is(http.StatusOK).says("给申请人另办一件")
	b.opens("/counter?person="+string(v.Number)).is(http.StatusOK).says("办什么事", "给折桂英办")
	b.opens("/counter?item=BM-008&person="+string(v.Number)).is(http.StatusOK).says("同一个人的“领高龄补贴”正在办", string(v.Number))
	h.as(theDesk).opens(casePath(v.Number)).is(http.StatusOK).saysNot("给申请人另办一件")
	h.as(theNeighbour).opens("/counter?item=BM-008&person="+string(v.Number)).is(http.StatusOK).saysNot("4024", `name="person"`)
	second := h.files("折桂英")
	b.opens(casePath(second.Number)).is(http.StatusOK).says("另收一件", "测试里都是同一个人（当时正在办："+string(v.Number)+"）")
}
