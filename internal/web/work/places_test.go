package work

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"bianmin/internal/access"
	"bianmin/internal/place"
	workbook "bianmin/internal/sheet"
)

// sendsFile posts a workbook, as a browser does.
func (b *browser) sendsFile(address string, file []byte) shown {
	b.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", "places.xlsx")
	if err == nil {
		_, err = part.Write(file)
	}
	if err == nil {
		err = form.Close()
	}
	if err != nil {
		b.t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, address, &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	return b.sends(r)
}

type line struct{ code, telephone, monday string }

func book(t *testing.T, lines ...line) []byte {
	t.Helper()
	var b bytes.Buffer
	text := func(head string, get func(line) string) workbook.Column[line] {
		return workbook.Column[line]{Head: head, Width: 12, Value: func(l line) any { return get(l) }}
	}
	err := workbook.Write(&b, "地方", []workbook.Column[line]{text(headCode, func(l line) string { return l.code }), text(headTelephone, func(l line) string { return l.telephone }),
		text("周一", func(l line) string { return l.monday })}, lines)
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestPlacesComeFromAWorkbook: looked at first, then taken in whole; what it has no column for stays.
func TestPlacesComeFromAWorkbook(t *testing.T) {
	h := newHouse(t)
	b := h.as(theAdmin)
	b.posts("/places/610881101000", "address", "古城南门外").goesTo("/places/610881101000?done=1")
	for want, lines := range map[string][]line{
		"第 2 行：没有这个地方":        {{"610999000000", "", ""}},
		"第 3 行：电话要写成":         {{"610881101000", "12345", ""}, {"610881102000", "电话", ""}},
		"第 3 行：高家堡镇便民服务站写了两次": {{"610881101000", "12345", ""}, {"610881101000", "12345", ""}},
		"第 2 行：时间要写成":         {{"610881101000", "12345", "上午"}},
		"表里的和现在一样":            {{"610881101000", "", ""}},
	} {
		b.sendsFile("/places/import", book(t, lines...)).is(http.StatusUnprocessableEntity).says(want)
	}
	b.sendsFile("/places/import", []byte("电话,12345")).is(http.StatusUnprocessableEntity).says("文件读不出来")
	b.posts("/places/import").is(http.StatusUnprocessableEntity).says("请选一个表格")
	look := b.sendsFile("/places/import", book(t, line{"610881101000", "（0912）8331234", "8:30-12:00"}, line{"610881101200", "13991234567", ""})).is(http.StatusOK).
		says("会改 2 个地方", "高家堡镇便民服务站 ：电话填了 0912-8331234；周一填了 08:30-12:00", "电话填了 13991234567")
	if h.site.Contacts.Of(gaojiabu).Telephone != "" {
		t.Fatal("looking changed something")
	}
	kept := strings.ReplaceAll(look.field("kept"), "&#34;", `"`)
	b.posts("/places/import", "kept", kept).goesTo("/places?imported=2")
	if c := h.site.Contacts.Of(gaojiabu); c.Telephone != "0912-8331234" || c.Address != "古城南门外" || place.SpansText(c.Hours.Days[0]) != "08:30-12:00" {
		t.Errorf("%+v", c)
	}
	b.opens("/places/610881101000").is(http.StatusOK).says("0912-8331234", "王秀芳", "地址填了 古城南门外")
	b.posts("/places/import", "kept", `[{"code":"610881101000","telephone":"<b>","hours":{}}]`).is(http.StatusBadRequest)
	b.posts("/places/import", "kept", `{`).is(http.StatusBadRequest)
}

// TestWhatIsGivenOutIsTakenBack: the list as a workbook changes nothing when it comes back.
func TestWhatIsGivenOutIsTakenBack(t *testing.T) {
	h := newHouse(t)
	b := h.as(theAdmin)
	b.posts("/places/610881101000", "telephone", "12345", "days[0]", "8-12 14-18", "extra[5]", "9-11", "except", "2026-05-02 休息 五一\n2026-05-03 9:00-12:00 值班", "position", "38.5 110.25").is(http.StatusSeeOther)
	out := b.opens("/places.xlsx").is(http.StatusOK)
	if got := out.header.Get("Content-Disposition"); !strings.Contains(got, "filename*=UTF-8''%E5%9C%B0%E6%96%B9.xlsx") {
		t.Errorf("its name: %s", got)
	}
	rows, err := workbook.Read(strings.NewReader(out.body), 1000, headCode, headTelephone, headExcept)
	if err != nil || len(rows) != 385 {
		t.Fatalf("%d rows (%v)", len(rows), err)
	}
	b.sendsFile("/places/import", []byte(out.body)).is(http.StatusUnprocessableEntity).says("表里的和现在一样")
}

func TestWhoTellsWhenAPlaceIsOpen(t *testing.T) {
	h := newHouse(t)
	for who, want := range map[*browser]map[string]int{
		h.as(theAdmin):      {"610881101000": 303, "610881000000": 303},
		h.as(theHead):       {"610881101000": 303, "610881101200": 303, "610881110000": 403, "610881000000": 403},
		h.as(theClerk):      {"610881101000": 403},
		h.as(theSupervisor): {"610881101000": 403},
	} {
		for code, status := range want {
			who.posts("/places/"+code, "telephone", "12345").is(status)
			who.opens("/places/" + code).is(http.StatusOK)
		}
	}
	h.as(theHead).sendsFile("/places/import", book(t, line{"610881110000", "12345", ""})).is(http.StatusUnprocessableEntity).says("不归这里管")
	h.as(theHead).opens("/places/610881101000").says("改电话、时间、地址")
	h.as(theClerk).opens("/places/610881101000").saysNot("改电话、时间、地址")
	h.as(theClerk).opens("/places/610999000000").is(http.StatusNotFound)
	h.as(theAdmin).opens("/places?lack=telephone&town=610881101000").says("个地方").saysNot("高家堡镇便民服务站</a>")
}

func TestAWrongHourIsToldAtItsBox(t *testing.T) {
	h := newHouse(t)
	page := h.as(theHead).posts("/places/610881101000", "telephone", "8331234", "days[2]", "八点", "address", "古城南门外", "except", "五一").is(http.StatusUnprocessableEntity)
	page.says("错误：高家堡镇便民服务站，有 3 处要改", "电话要写成", "第1行：要先写日期")
	for _, kept := range []string{`value="8331234"`, `value="八点"`, `value="古城南门外"`, "五一</textarea>"} {
		if !strings.Contains(page.body, kept) {
			t.Errorf("%s was lost", kept)
		}
	}
}

func TestListsAsWorkbooks(t *testing.T) {
	h := newHouse(t)
	b := h.as(theAdmin)
	rows, err := workbook.Read(strings.NewReader(b.opens("/accounts.xlsx?role=clerk").is(http.StatusOK).body), 100, "账号", "姓名", "岗位", "在哪里", "状态", "登录验证")
	if err != nil || len(rows) != 2 || rows[0].Cells["姓名"] != "贾明亮" || rows[0].Cells["在哪里"] != "高家堡镇" {
		t.Errorf("%v (%v)", rows, err)
	}
	rows, err = workbook.Read(strings.NewReader(b.opens("/seats.xlsx?place=610881101000").is(http.StatusOK).body), 1000, "在哪里", "岗位", "姓名")
	empty := 0
	for _, r := range rows {
		if r.Cells["姓名"] == "空着" {
			empty++
		}
	}
	if err != nil || empty == 0 || empty == len(rows) {
		t.Errorf("%d of %d seats are empty (%v)", empty, len(rows), err)
	}
}

func TestEmptyPostsAreShown(t *testing.T) {
	h := newHouse(t)
	b := h.as(theAdmin)
	b.opens("/seats").is(http.StatusOK).says("高家堡镇", "空着")
	b.opens("/seats?place=610881101000&role=clerk").says("1 个岗位", "贾明亮").saysNot("加一个人")
	b.opens("/seats?place=610881110000&role=desk").says("1 个岗位", "空着", "加一个人")
	b.opens("/accounts?add_role=desk&add_place=610881110000").is(http.StatusOK).says("加这个账号")
	b.posts("/accounts/clerk-610881101/disable").is(http.StatusOK)
	b.opens("/seats?place=610881101000&role=clerk&empty=1").says("1 个岗位", "贾明亮", "停用", "加一个人")
}

func TestAnAccountIsChangedOnItsPage(t *testing.T) {
	h := newHouse(t)
	b := h.as(theAdmin)
	b.opens("/accounts/desk-610881101").is(http.StatusOK).says("王文军", "经办人员", "建了账号：王文军，高家堡镇经办人员", "现在没有登录")
	b.opens("/accounts/nobody").is(http.StatusNotFound)
	b.posts("/accounts/desk-610881101?one", "name", "", "role", "desk", "place", "高家堡村").is(http.StatusUnprocessableEntity).says("请写姓名", "这个岗位在镇（街道）便民服务站")
	b.posts("/accounts/desk-610881101?one", "name", "王文君", "role", "clerk", "place", "高家堡镇").goesTo("/accounts/desk-610881101?done=changed")
	b.opens("/accounts/desk-610881101").says("王文君", "姓名 王文军 改成 王文君；岗位 高家堡镇经办人员 改成 高家堡镇窗口人员", "王秀芳")
	b.posts("/accounts/desk-610881101?one", "name", "王文君", "role", "clerk", "place", "高家堡镇").is(http.StatusConflict).says("没有改动")
	b.posts("/accounts/admin?one", "name", "王秀芳", "role", "inspector", "place", "神木市").is(http.StatusConflict).says("这是最后一个系统管理员")
	b.posts("/accounts/desk-610881101/reset?one").is(http.StatusOK).says("把这个链接交给王文君", "重设了密码")
	b.posts("/accounts/desk-610881101/factors/reset?one").is(http.StatusConflict).says("还没有设登录验证")
	gone := h.as(theClerk)
	b.posts("/accounts/clerk-610881101/sessions/end").goesTo("/accounts/clerk-610881101?done=sessions#sessions")
	gone.opens("/desk").is(http.StatusSeeOther)
	b.opens("/accounts/clerk-610881101").says("演示首页", "退出了其他设备")
}

func TestOnesOwnAccountIsOnesOwn(t *testing.T) {
	h := newHouse(t)
	b, other := h.as(theClerk), h.as(theDesk)
	b.opens("/me").is(http.StatusOK).says("贾明亮", "高家堡镇窗口人员", "现在这台", "留 200 天")
	list, err := h.site.Access.Sessions(t.Context(), theDesk.Account, "")
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	b.posts("/me/sessions/" + list[0].ID + "/end").is(http.StatusNotFound)
	other.opens("/desk").is(http.StatusOK)
	b.posts("/me/recovery").is(http.StatusConflict).says("还没有设登录验证")
	b.posts("/me/password", "old", "x", "password", "Xin-mi-ma-2", "again", "Xin-mi-ma-3").is(http.StatusUnprocessableEntity).says("两遍写的不一样")
	b.posts("/me/password", "old", testPassword, "password", "Xin-mi-ma-2", "again", "Xin-mi-ma-2").goesTo("/me?done=password")
	b.posts("/me/code/new").is(http.StatusOK).says("手机上显示的 6 位数字")
	h.browser().opens("/me").is(http.StatusSeeOther)
}

// TestPasskeysNeedAName: by a number, or without TLS, browsers make none.
func TestPasskeysNeedAName(t *testing.T) {
	h := newHouse(t)
	b := h.as(theClerk)
	b.opens("/me").saysNot("data-passkey") // example.com without TLS
	b.posts("/passkeys/options").is(http.StatusConflict).says("现在的地址用不了通行密钥")
	h.browser().posts("/sign-in/passkey", "ceremony", "x", "answer", "{}").is(http.StatusUnauthorized).says("通行密钥没有通过")
	h.browser().opens("/sign-in/code").goesTo("/sign-in")
	h.browser().opens("/sign-in/setup?next=/me").goesTo("/sign-in?next=%2Fme")
	if access.PasskeysAt("https://127.0.0.1") || access.PasskeysAt("http://bianmin.example") || !access.PasskeysAt("https://bianmin.example:8443") {
		t.Error("where passkeys can be made")
	}
}
