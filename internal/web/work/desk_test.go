package work

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"bianmin/internal/calendar"
	"bianmin/internal/cases"
)

func TestMostUrgentCaseIsOpenOnArrival(t *testing.T) {
	h := newHouse(t)
	h.atTheDesk("高吉祥")
	h.clock.Add(24 * time.Hour)
	late := h.atTheDesk("折桂英")
	h.as(theDesk).opens("/desk").is(http.StatusOK).says("待我办", "高吉祥", "折桂英", "复审的意见", "通过", "退回", "进入特别程序", "接手").saysNot(" checked")
	h.as(theDesk).opens("/desk?case=" + string(late.Number)).is(http.StatusOK).says("复审的意见")
}

func TestNothingIsChosenBeforehand(t *testing.T) {
	h := newHouse(t)
	v := h.does(theDesk, h.atTheDesk("折桂英"), cases.Pass{})
	page := h.as(theUnit).opens("/desk").is(http.StatusOK).says("同意", "不同意")
	if strings.Contains(page.body, " checked") {
		t.Error("an answer is chosen")
	}
	h.as(theUnit).posts(casePath(v.Number)+"/do", "list", "/desk", "version", "5").is(http.StatusUnprocessableEntity).says("先选一个意见")
}

func TestDecideAndTheNextIsOpen(t *testing.T) {
	h := newHouse(t)
	first := h.atTheDesk("高吉祥")
	second := h.atTheDesk("折桂英")
	b := h.as(theDesk)
	page := b.opens("/desk").is(http.StatusOK)
	b.posts(casePath(first.Number)+"/do", "once", page.field("once"), "version", page.field("version"), "list", "/desk", "do", "pass", "pass.note", "材料齐全").
		goesTo("/desk?case=" + string(second.Number) + "&done=" + string(first.Number))
	after := b.opens("/desk?case=" + string(second.Number) + "&done=" + string(first.Number)).is(http.StatusOK)
	after.says("办了 高吉祥，领高龄补贴", "现在由神木市民政局审批")
	if n := strings.Count(after.body, "data-row"); n != 2 { // the list itself, and one row
		t.Errorf("%d times data-row", n)
	}
}

func TestPressedTwiceIsDoneOnce(t *testing.T) {
	h := newHouse(t)
	v := h.atTheDesk("折桂英")
	b := h.as(theDesk)
	form := []string{"once", "K1", "version", versionOf(v), "list", "/desk", "do", "pass", "pass.note", "同意"}
	b.posts(casePath(v.Number)+"/do", form...).is(http.StatusSeeOther)
	b.posts(casePath(v.Number)+"/do", form...).is(http.StatusSeeOther)
	events, err := h.site.Cases.Timeline(t.Context(), theDesk.Actor(), v.Number)
	if err != nil || len(events) != int(v.Version)+1 {
		t.Errorf("%d events after version %d (%v)", len(events), v.Version, err)
	}
}

func TestWhoCameSecondIsToldAndLosesNothing(t *testing.T) {
	h := newHouse(t)
	v := h.atTheDesk("折桂英")
	h.clock.Add(6 * time.Minute)
	h.does(theDesk, v, cases.Return{Reason: "请补入户照片"})
	page := h.as(theDesk).posts(casePath(v.Number)+"/do", "version", versionOf(v), "list", "/desk?queue=open", "do", "pass", "pass.note", "入户看过，情况属实")
	page.is(http.StatusConflict).says("王文军", "10:26", "退回", "入户看过，情况属实", "村里核实 高家堡村代办员").saysNot(" checked")
}

func TestWrongFieldsComeBackWithWhatWasTyped(t *testing.T) {
	h := newHouse(t)
	v := h.atTheDesk("折桂英")
	page := h.as(theDesk).posts(casePath(v.Number)+"/do", "version", versionOf(v), "list", "/desk", "do", "suspend", "suspend.kind", "appraisal", "suspend.expected_days", "九")
	page.is(http.StatusUnprocessableEntity).says("错误：待我办 1 件，有 3 处要改", "请写依据", "请写开始的凭据", "请写预计几个工作日")
	for _, want := range []string{`href="#f-suspend-basis"`, `value="appraisal" selected`, `value="九"`, `value="suspend" id="do-suspend" data-does="进入特别程序" checked`} {
		if !strings.Contains(page.body, want) {
			t.Errorf("no %s", want)
		}
	}
}

func TestClearedListSaysWhenTheNextIsDue(t *testing.T) {
	h := newHouse(t)
	h.as(theDesk).opens("/desk").is(http.StatusOK).says("待我办的都办完了", "有新的会出现在这里")
	h.does(theDesk, h.atTheDesk("折桂英"), cases.Pass{})
	h.as(theDesk).opens("/desk").is(http.StatusOK).says("待我办的都办完了", "最近到期的是 3月24日，折桂英的领高龄补贴，在神木市民政局")
	h.as(theDesk).opens("/desk?q=没有这个人").is(http.StatusOK).says("没有找到这样的办件", "去掉筛选")
}

func TestListIsNarrowedByItsAddress(t *testing.T) {
	h := newHouse(t)
	h.atTheDesk("折桂英")
	h.files("高吉祥")
	h.as(theHead).opens("/desk?state=received").is(http.StatusOK).says("高吉祥", "状态：收件").saysNot("折桂英")
	h.as(theHead).opens("/desk?state=nowhere").is(http.StatusUnprocessableEntity).says("没有这种状态")
	h.as(theHead).opens("/desk?after=rubbish").is(http.StatusUnprocessableEntity).says("请从第一页开始")
}

func TestCaseBesideTheListComesAlone(t *testing.T) {
	h := newHouse(t)
	v := h.atTheDesk("折桂英")
	b := h.as(theDesk)
	b.htmx = "one"
	page := b.opens("/desk?case=" + string(v.Number)).is(http.StatusOK).says("高龄老人生活保健补贴申领")
	if strings.Contains(page.body, "<html") || !strings.HasPrefix(page.body, "<aside") {
		t.Error("it came with the whole page")
	}
	h.wall.Add(9 * time.Hour)
	if got := b.opens("/desk?case=" + string(v.Number)); got.status != http.StatusNoContent || got.header.Get("HX-Redirect") == "" {
		t.Errorf("a session that ended answered %d %v", got.status, got.header)
	}
}

func TestSearchOpensTheOneThatWasMeant(t *testing.T) {
	h := newHouse(t)
	v := h.atTheDesk("折桂英")
	b := h.as(theDesk)
	for _, typed := range []string{string(v.Number), strings.ReplaceAll(string(v.Number), "-", ""), "1", "000001"} {
		b.posts("/search", "q", typed).goesTo(casePath(v.Number))
	}
	b.posts("/search", "q", "sgy").goesTo("/desk?q=sgy&queue=all")
	b.posts("/search", "q", "777").goesTo("/desk?q=777&queue=all")
	h.as(theNeighbour).posts("/search", "q", string(v.Number)).goesTo("/desk?q=" + string(v.Number) + "&queue=all")
	b.opens("/desk?q=sgy&queue=all").is(http.StatusOK).says("折桂英")
}

// TestANumberStandsInNoAddress: neither in the one that a search leads to, nor in any of the page that it shows.
func TestANumberStandsInNoAddress(t *testing.T) {
	h := newHouse(t)
	h.atTheDesk("折桂英")
	phone := "13991234567"
	b := h.as(theDesk)
	for what, asked := range map[string]shown{
		"searched": b.posts("/search", "q", phone), "typed into the filter": b.opens("/desk?queue=all&q=" + phone), "in blocks": b.opens("/desk?queue=all&q=139+9123+4567"),
		"for papers": b.opens("/papers?q=" + phone),
	} {
		if asked.status != http.StatusSeeOther || strings.Contains(asked.to, "4567") {
			t.Fatalf("%s: %d to %s", what, asked.status, asked.to)
		}
		page := b.opens(asked.to).is(http.StatusOK).says("折桂英")
		if field := page.field("q"); strings.ReplaceAll(field, " ", "") != phone {
			t.Errorf("%s: the box holds %q", what, field)
		}
		for _, tag := range regexp.MustCompile(`<[^>]*(?:href|action|hx-get|name="list")[^>]*>`).FindAllString(page.body, -1) {
			if strings.Contains(tag, "4567") {
				t.Errorf("%s: %s", what, tag)
			}
		}
	}
	if again := h.as(theNeighbour).opens(b.posts("/search", "q", phone).to).is(http.StatusOK); strings.Contains(again.words(), "折桂英") {
		t.Error("whoever is sent the address sees what they must not")
	}
	b.opens("/desk?queue=all&q=~1.AAAA").is(http.StatusOK).says("折桂英") // a seal that does not open asks for nothing
}

// TestAnAskedListHidesANumber: the forms that ask are posted, and lead to an address without it.
func TestAnAskedListHidesANumber(t *testing.T) {
	h := newHouse(t)
	h.atTheDesk("折桂英")
	b := h.as(theDesk)
	for path, want := range map[string][]string{"/desk": {"/desk?", "state=examining", "queue=all", "q=~"}, "/papers/find": {"/papers?", "kind=03", "q=~"}} {
		to := b.posts(path, "queue", "all", "state", "examining", "kind", "03", "q", "13991234567").to
		for _, part := range want {
			if !strings.Contains(strings.ReplaceAll(to, "%7E", "~"), part) {
				t.Errorf("%s leads to %s, without %s", path, to, part)
			}
		}
		if strings.Contains(to, "4567") {
			t.Errorf("%s leads to %s", path, to)
		}
		b.opens(to).is(http.StatusOK)
		if to := b.posts(path, "queue", "all", "kind", "03", "q", "折").to; !strings.Contains(to, "q=%E6%8A%98") {
			t.Errorf("a name is covered: %s", to)
		}
	}
}

func TestWhatTellsAPerson(t *testing.T) {
	for typed, want := range map[string]bool{"": false, "折桂英": false, "zgy": false, "0001": false, "1234567": false, "12345678": true, "13991234567": true,
		"139 9123 4567": true, "612722195304124024": true, "61272219530412402X": true, "折桂英 13991234567": true} {
		if got := telling(typed); got != want {
			t.Errorf("%q: %v", typed, got)
		}
	}
}

func TestWhoOnlyReadsHasNoAnswers(t *testing.T) {
	h := newHouse(t)
	v := h.atTheDesk("折桂英")
	h.as(theInspector).opens("/desk").is(http.StatusOK).says("全部在办", "折桂英", "高家堡镇高家堡村", "打开整件").saysNot("待我办", `name="do"`)
	h.as(theInspector).posts(casePath(v.Number)+"/do", "do", "pass").is(http.StatusForbidden).says("督查人员没有这个权限，归代办员、窗口人员、经办人员、站长、部门经办、部门负责人办")
}

// TestAListTooLongToTakeOutSaysSo: none that is cut off goes out.
func TestAListTooLongToTakeOutSaysSo(t *testing.T) {
	h := newHouse(t)
	h.atTheDesk("高吉祥")
	h.atTheDesk("折桂英")
	h.site.OutMost = 1
	h.as(theDesk).posts("/desk/export", "list", "/desk?queue=open").is(http.StatusConflict).says("这张表超过 1 件，没有导出", "请先按镇、按月或者按事项筛一筛")
}

// TestPapersOfChosenCases: ticked in the list, they stand on the page of papers, ticked where the paper can be issued; the
// kind can be changed without choosing anew.
func TestPapersOfChosenCases(t *testing.T) {
	h := newHouse(t)
	first, third := h.atTheDesk("高吉祥"), h.atTheDesk("贺兰花")
	h.atTheDesk("折桂英")
	list := h.as(theDesk).opens("/desk?queue=open").is(http.StatusOK).says("选上的出文书")
	if n := strings.Count(list.body, `form="several"`); n < 4 { // three rows and the button
		t.Errorf("%d things belong to the choice", n)
	}
	address := "/papers?n=" + pickValue(first) + "&n=" + pickValue(third) + "&list=/desk?queue=open"
	page := h.as(theDesk).opens(address).is(http.StatusOK).says("高吉祥", "贺兰花", "出受理通知书", "换成这一种").saysNot("折桂英")
	if n := strings.Count(page.body, " checked"); n != 2 {
		t.Errorf("%d are ticked, want 2", n)
	}
	h.as(theDesk).opens(address+"&kind=07").is(http.StatusOK).says("还出不了", "高吉祥", "贺兰花")
	h.as(theDesk).posts("/papers", "kind", "03", "n", pickValue(first)).is(http.StatusUnprocessableEntity).says("请先勾选办件", "高吉祥").saysNot("折桂英")
	h.as(theDesk).posts("/papers", "kind", "03", "number", string(first.Number)).is(http.StatusOK).says("新出 1 份", "下载单份文件", "每份都带电子签章")
}

// A step that is past its own time is the first thing on the list, however many days the promise still has.
func TestAStepThatIsLateIsSaid(t *testing.T) {
	h := newHouse(t)
	v := h.atTheDesk("折桂英")
	b := h.as(theDesk)
	h.clock.Set(time.Date(2026, 3, 12, 10, 0, 0, 0, calendar.Shanghai))
	b.opens("/desk").is(http.StatusOK).says("这一步今天到期 1 件", "1 件 今天必须办完", "第 3 天，今天要办完").saysNot("超 1 天")
	b.opens(casePath(v.Number)).is(http.StatusOK).says("正在办 最晚 3月12日 今天要办完")
	h.clock.Set(time.Date(2026, 3, 13, 10, 0, 0, 0, calendar.Shanghai))
	b.opens("/desk").is(http.StatusOK).says("这一步超过时间 1 件", "这一步超 1 天 复审，3月12日", "第 4 天，超 1 天", "剩 7 个工作日")
	b.opens(casePath(v.Number)).is(http.StatusOK).says("正在办 最晚 3月12日 超 1 天", "剩 7 个工作日")
}
