package work

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"bianmin/internal/cases"
)

func TestTheCaseWhole(t *testing.T) {
	h := newHouse(t)
	v := h.atTheDesk("折桂英")
	page := h.as(theDesk).opens(casePath(v.Number)).is(http.StatusOK)
	page.says("折桂英，高家堡村", "612722********0026", "139****4567", "谁负责", "白伟", "居民身份证", "村里核实 情况属实", "高家堡村代办员 白伟",
		"承诺期限 10 个工作日 第一天不算，休息日 4 天不算，数到 3月24日 周二", "受理", "“村里核实”。意见：情况属实")
	page.saysNot(sampleNumber(dayOfStamp("2026-03-10")), "13991234567")
}

func TestAFullNumberIsShownOnceAndOnRecord(t *testing.T) {
	h := newHouse(t)
	v := h.atTheDesk("折桂英")
	b := h.as(theDesk)
	b.posts(casePath(v.Number)+"/reveal", "version", versionOf(v), "reveal.field", "phone").is(http.StatusUnprocessableEntity).says("请写查看的原因").saysNot("13991234567")
	b.posts(casePath(v.Number)+"/reveal", "once", "R1", "version", versionOf(v), "reveal.field", "phone", "reveal.reason", "打电话核实").is(http.StatusOK).says("13991234567", "已记下是谁看的")
	b.opens(casePath(v.Number)).is(http.StatusOK).says("看了电话。原因：打电话核实").saysNot("13991234567")
	h.as(theInspector).posts(casePath(v.Number)+"/reveal", "reveal.field", "phone", "reveal.reason", "看看").is(http.StatusForbidden).saysNot("13991234567")
}

func TestACaseThatIsNotYoursIsNotThere(t *testing.T) {
	h := newHouse(t)
	v := h.atTheDesk("折桂英")
	none := cases.NewNumber(gaojiabu, 2026, 777)
	b := h.as(theNeighbour)
	mine, other := b.opens(casePath(v.Number)).is(http.StatusNotFound), b.opens(casePath(none)).is(http.StatusNotFound)
	if strings.ReplaceAll(mine.body, string(v.Number), "") != strings.ReplaceAll(other.body, string(none), "") {
		t.Error("the two pages differ")
	}
	mine.says("没有找到", "查找办件")
	h.as(theAdmin).opens(casePath(v.Number)).is(http.StatusNotFound).saysNot("折桂英")
}

func TestFormsOfTheCasesPage(t *testing.T) {
	h := newHouse(t)
	v := h.files("折桂莹")
	b := h.as(theClerk)
	at := func(verb string) string { return casePath(v.Number) + "/" + verb }
	b.opens(casePath(v.Number)).is(http.StatusOK).says("一次性告知", "不予受理", "更正", "撤回", "作废", "显示完整号码", "受理 从今天起算时限")
	b.posts(at("amend"), "version", "1", "amend.field", "name", "amend.value", "折桂英", "amend.reason", "写错了字").goesTo(casePath(v.Number) + "?done=amend")
	b.opens(casePath(v.Number)+"?done=amend").is(http.StatusOK).says("“更正”办好了", "姓名从“折桂莹”改成“折桂英”。原因：写错了字")
	b.posts(at("amend"), "version", "2", "amend.field", "id_number", "amend.value", "612722195410020", "amend.reason", "核对过").
		is(http.StatusUnprocessableEntity).says("错误：折桂英 领高龄补贴", "有 1 处要改", "位")
	b.posts(at("notify"), "version", "2", "notify.materials[1].what", "defective").is(http.StatusUnprocessableEntity).says("请写说明")
	b.posts(at("notify"), "version", "2", "notify.materials[1].what", "defective", "notify.materials[1].note", "没有签名").is(http.StatusSeeOther)
	b.opens(casePath(v.Number)).is(http.StatusOK).says("2026-03-10 10:20 贾明亮一次性告知： 高龄补贴申请表（不合格。没有签名）", "补正")
	b.posts(at("correct"), "version", "3", "correct.materials[1].status", "received").is(http.StatusSeeOther)
	b.posts(casePath(v.Number)+"/do", "version", "4", "do", "accept").goesTo(casePath(v.Number) + "?done=accept")
	b.posts(at("void"), "version", "5", "void.reason", "收错了").is(http.StatusSeeOther)
	b.opens(casePath(v.Number)).is(http.StatusOK).says("作废", "原因：收错了").saysNot(`name="do"`)
}

func TestTheRulesNoIsSaidOnThePage(t *testing.T) {
	h := newHouse(t)
	v := h.files("折桂英")
	b := h.as(theClerk)
	v = h.does(theClerk, v, cases.Notify{Missing: []cases.Lack{{Material: "居民身份证", What: cases.MaterialAbsent}}})
	v = h.does(theClerk, v, cases.Correct{Materials: []cases.Material{{Name: "居民身份证", Originals: 1, Status: cases.MaterialReceived}}})
	b.posts(casePath(v.Number)+"/notify", "version", versionOf(v), "notify.materials[1].what", "absent").is(http.StatusConflict).says("不能再发第二次告知", "居民身份证", "一次性告知制")
}

func TestAnAnswerToAnotherBodyIsNotGivenAgain(t *testing.T) {
	h := newHouse(t)
	v := h.files("折桂英")
	b := h.as(theClerk)
	b.posts(casePath(v.Number)+"/withdraw", "once", "W1", "version", "1", "withdraw.reason", "不办了").is(http.StatusSeeOther)
	b.posts(casePath(v.Number)+"/withdraw", "once", "W1", "version", "1", "withdraw.reason", "改了主意").is(http.StatusConflict).says("这张表刚才已经交过了")
}

func TestBytesThatAreNoTextAreRefused(t *testing.T) {
	h := newHouse(t)
	v := h.atTheDesk("折桂英")
	for _, bad := range []string{"\xff", "a\x00b"} {
		h.as(theDesk).posts(casePath(v.Number)+"/do", "do", "pass", "pass.note", bad).is(http.StatusBadRequest)
	}
	h.as(theDesk).posts(casePath(v.Number)+"/do", "do", "pass", "pass.note", strings.Repeat("字", formMost/3)).is(http.StatusRequestEntityTooLarge)
}

func TestSuspendedCaseTellsWhyAndTillWhen(t *testing.T) {
	h := newHouse(t)
	v := h.does(theDesk, h.atTheDesk("折桂英"), cases.Suspend{Kind: "appraisal", Basis: "评残办法第八条", Evidence: "鉴定委托书〔2026〕8 号", Days: 10})
	h.clock.Add(48 * time.Hour)
	h.as(theDesk).opens(casePath(v.Number)).is(http.StatusOK).says("鉴定，暂停计时。 3月10日起，预计到 3月24日（10 个工作日）。依据：评残办法第八条。开始的凭据：鉴定委托书〔2026〕8 号", "停：鉴定", "特别程序结束")
}

func TestRefusedCaseIsStillHandedOver(t *testing.T) {
	h := newHouse(t)
	v := h.does(theDesk, h.atTheDesk("折桂英"), cases.Pass{})
	v = h.does(theUnit, v, cases.DecideOn{Approve: false, Reason: "年龄不够"})
	h.as(theClerk).opens(casePath(v.Number)).is(http.StatusOK).says("决定，不同意", "不同意。理由：年龄不够", "行政复议", "送达 办完就结", "等送达")
	b := h.as(theClerk)
	b.posts(casePath(v.Number)+"/do", "version", versionOf(v), "do", "deliver", "deliver.way", "counter", "deliver.receiver", "折桂英").is(http.StatusSeeOther)
	b.opens(casePath(v.Number)).is(http.StatusOK).says("办结，不同意", "窗口领取。折桂英领的", "按时办完")
}

func TestEveryEventSaysWho(t *testing.T) {
	h := newHouse(t)
	events, err := h.site.Cases.Timeline(t.Context(), theDesk.Actor(), h.atTheDesk("折桂英").Number)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		var d eventData
		if err := json.Unmarshal(e.Data, &d); err != nil || d.By == "" {
			t.Errorf("%s: %v %q", e.Kind, err, d.By)
		}
	}
}

func TestAPaperStandsOnAPageWithTheWayBack(t *testing.T) {
	h := newHouse(t)
	v := h.atTheDesk("折桂英")
	b := h.as(theClerk)
	view := casePath(v.Number) + "/papers/03-1/view"
	b.posts(casePath(v.Number)+"/papers", "kind", "03").goesTo(view)
	page := b.opens(view).is(http.StatusOK).says("受理通知书", "折桂英，领高龄补贴", "回到这一件", "打印")
	if !strings.Contains(page.body, `<iframe class="pdf" src="`+strings.TrimSuffix(view, "/view")) {
		t.Errorf("the paper itself is not on the page:\n%s", page.body)
	}
	b.opens(casePath(v.Number)).is(http.StatusOK).says("受理通知书").saysNot(`target="_blank"`)
	b.opens(casePath(v.Number) + "/papers/03-9/view").is(http.StatusNotFound)
	h.as(theNeighbour).opens(view).is(http.StatusNotFound).saysNot("折桂英")
}

func TestWhatIsNotThereIsCalledByItsName(t *testing.T) {
	h := newHouse(t)
	for path, says := range map[string][]string{
		"/bu-zai":                        {"没有这一页", "查找办件", "回到首页"},
		"/places/610881999000":           {"没有这个地方", "查找地方"},
		"/cases/610881101-2026-000777-7": {"没有找到", "查找办件"},
	} {
		h.as(theClerk).opens(path).is(http.StatusNotFound).says(says...)
	}
	h.as(theAdmin).opens("/accounts/nobody").is(http.StatusNotFound).says("没有这个账号", "查找账号").saysNot("这件")
	h.as(theAdmin).opens("/bu-zai").is(http.StatusNotFound).says("没有这一页").saysNot("查找办件")
}
