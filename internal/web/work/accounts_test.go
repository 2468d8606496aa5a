package work

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"
)

func TestAccountsAreFound(t *testing.T) {
	h := newHouse(t)
	b := h.as(theAdmin)
	b.opens("/accounts").is(http.StatusOK).says("10 个账号", "desk-610881101 王文军 经办人员 高家堡镇 能用 没设", "unit-minzheng 武保军 部门经办 神木市民政局", "agent-610881101200 白伟 代办员 高家堡镇高家堡村")
	b.opens("/accounts?q=高家堡").is(http.StatusOK).says("4 个账号").saysNot("郝磊")
	b.opens("/accounts?role=clerk").is(http.StatusOK).says("2 个账号", "贾明亮", "张晓燕")
	b.opens("/accounts?q=没有").is(http.StatusOK).says("没有找到这样的账号")
	h.as(theSupervisor).opens("/accounts").is(http.StatusForbidden).says("监督人员没有这个权限，归系统管理员办")
}

func TestAnAccountIsAddedAndItsLinkShownOnce(t *testing.T) {
	h := newHouse(t)
	b := h.as(theAdmin)
	b.posts("/accounts", "account", "Desk 2", "role", "desk", "place", "高家堡镇").is(http.StatusUnprocessableEntity).says("错误：账号，有 2 处要改", "账号用小写字母开头", "请写姓名")
	b.posts("/accounts", "account", "desk-2", "name", "李建军", "role", "desk", "place", "高家堡村").is(http.StatusUnprocessableEntity).says("这个岗位在镇（街道）便民服务站")
	page := b.posts("/accounts", "account", "desk-2", "name", "李建军", "role", "desk", "place", "高家堡镇").is(http.StatusOK).says("desk-2 加好了", "把这个链接交给李建军，只显示这一次")
	link := regexp.MustCompile(`value="http://example.com(/set-password\?token=[^"]+)"`).FindStringSubmatch(page.body)
	if link == nil {
		t.Fatal("no link")
	}
	h.browser().opens(link[1]).is(http.StatusOK).says("李建军")
	b.opens("/accounts").is(http.StatusOK).says("desk-2 李建军 经办人员 高家堡镇 还没设密码").saysNot("set-password")
	b.posts("/accounts", "account", "desk-2", "name", "李建军", "role", "desk", "place", "610881101000").is(http.StatusUnprocessableEntity).says("这个账号已经有了")
}

func TestADisabledAccountIsOutAtOnce(t *testing.T) {
	h := newHouse(t)
	b, gone := h.as(theAdmin), h.as(theDesk)
	for path, says := range map[string][]string{
		"disable": {"停用王文军的账号？", "desk-610881101", "在所有设备上马上退出", "停用这个账号", "不办了，回去"},
		"reset":   {"重设王文军的密码？", "desk-610881101", "原来的密码马上用不了", "重设这个密码", "不办了，回去"},
	} {
		if page := b.opens("/accounts/desk-610881101/" + path + "?q=desk").is(http.StatusOK).says(says...); !strings.Contains(page.body, `action="/accounts/desk-610881101/`+path+`?q=desk"`) || !strings.Contains(page.body, `href="/accounts?q=desk"`) {
			t.Errorf("%s: %s", path, page.body)
		}
		b.opens("/accounts/nobody/" + path).is(http.StatusNotFound)
		h.as(theSupervisor).opens("/accounts/desk-610881101/" + path).is(http.StatusForbidden)
	}
	gone.opens("/desk").is(http.StatusOK) // asked is not done
	for _, list := range []string{"/accounts", "/accounts/desk-610881101"} {
		if strings.Contains(b.opens(list).body, `formaction="/accounts/desk-610881101/disable`) {
			t.Errorf("%s acts at the first click", list)
		}
	}
	b.posts("/accounts/desk-610881101/disable?q=desk").is(http.StatusOK).says("desk-610881101 停用了", "1 个账号", "停用")
	gone.opens("/desk").is(http.StatusSeeOther)
	b.posts("/accounts/desk-610881101/disable").is(http.StatusConflict).says("这个账号已经停用了")
	b.posts("/accounts/desk-610881101/enable").is(http.StatusOK).says("desk-610881101 又能用了")
	b.posts("/accounts/desk-610881101/reset").is(http.StatusOK).says("原来的密码用不了了", "只显示这一次")
	b.posts("/accounts/nobody/reset").is(http.StatusNotFound)
	h.as(theSupervisor).posts("/accounts/desk-610881101/disable").is(http.StatusForbidden)
	known := h.browser() // who came in by the password is asked for it again
	known.posts("/sign-in", "account", theAdmin.Account, "password", testPassword).is(http.StatusSeeOther)
	h.wall.Add(11 * time.Minute)
	known.posts("/accounts/desk-610881101/reset").is(http.StatusOK).says("再确认一次", "重设账号 desk-610881101（王文军） 的密码")
}

func TestPagesOfAList(t *testing.T) {
	list := make([]int, 2*accountRows+1)
	for i := range list {
		list[i] = i
	}
	at := func(n int) string { return fmt.Sprint(n) }
	seen := 0
	for page, want := range []pagerShown{{"第 1 页，共 3 页", "", "", "2"}, {"第 2 页，共 3 页", "1", "1", "3"}, {"第 3 页，共 3 页", "1", "2", ""}} {
		part, p := pageOf(list, page+1, accountRows, at)
		if p != want || part[0] != seen {
			t.Errorf("page %d: %+v, from %d", page+1, p, part[0])
		}
		seen += len(part)
	}
	if seen != len(list) {
		t.Errorf("saw %d of %d", seen, len(list))
	}
	for _, page := range []int{-1, 0, 99} {
		if part, _ := pageOf(list, page, accountRows, at); len(part) == 0 {
			t.Errorf("page %d is empty", page)
		}
	}
	if part, p := pageOf(list[:0], 1, accountRows, at); len(part) != 0 || p != (pagerShown{}) {
		t.Errorf("of nothing: %+v", p)
	}
}
