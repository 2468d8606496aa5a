package work

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/web/ui"
)

// settles lets days go by, and what falls due on the way happens.
func (h *house) settles(days int) {
	h.t.Helper()
	h.clock.Add(time.Duration(days) * 24 * time.Hour)
	if _, err := h.site.Cases.FallDue(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
}

var unsigned = cases.Notify{Missing: []cases.Lack{{Material: "高龄补贴申请表", What: cases.MaterialDefective, Note: "没有签名"}}}

func TestAnExtensionIsAskedForAndApproved(t *testing.T) {
	h := newHouse(t)
	v := h.does(theDesk, h.atTheDesk("折桂英"), cases.Take{})
	desk := h.as(theDesk)
	desk.opens(casePath(v.Number)).is(http.StatusOK).says("申请延期", "只能一次，最多 10 天", "1 到 10 个工作日，由高家堡镇站长批")
	asks := func(list, days, reason string) shown {
		return desk.posts(casePath(v.Number)+"/do", "version", versionOf(v), "list", list, "do", "extend", "extend.days", days, "extend.reason", reason)
	}
	asks("", "11", "").is(http.StatusUnprocessableEntity).says("有 2 处要改", "延期只能 1 到 10 天", "请写延期的理由")
	asks("/desk", "12", "等外地回函").is(http.StatusUnprocessableEntity).says("待我办", "延期只能 1 到 10 天", "等外地回函")
	asks("/desk", "5", "因＿＿需要进一步核实").is(http.StatusUnprocessableEntity).says("还有空")
	asks("/desk", "5", "等外地回函").is(http.StatusSeeOther)
	desk.opens(casePath(v.Number)).is(http.StatusOK).says("申请延期 5 个工作日，等高家堡镇站长批。", "王文军申请。理由：等外地回函")

	head := h.as(theHead)
	head.opens("/desk").goesTo("/desk?queue=asked")
	list := head.opens("/desk?queue=asked").is(http.StatusOK).says("等我批 1", "等批延期", "延期的意见", "1 同意延期", "2 不同意延期", "等外地回函")
	head.posts(casePath(v.Number)+"/do", "version", list.field("version"), "list", "/desk?queue=asked", "do", "refuse-extension").is(http.StatusUnprocessableEntity).says("请写不同意延期的理由")
	head.posts(casePath(v.Number)+"/do", "version", list.field("version"), "list", "/desk?queue=asked", "do", "approve-extension").is(http.StatusSeeOther)
	head.opens("/desk").is(http.StatusOK).says("全部在办")
	head.opens(casePath(v.Number)).is(http.StatusOK).says("延期 5 个工作日。", "王占山同意，承诺期限和法定期限一起往后", "承诺期限 15 个工作日", "承诺 3月31日 周二")
}

func TestARefusedExtensionSaysWhy(t *testing.T) {
	h := newHouse(t)
	v := h.does(theDesk, h.atTheDesk("折桂英"), cases.Take{}, cases.Extend{Days: 5, Reason: "等外地回函"})
	h.as(theHead).posts(casePath(v.Number)+"/do", "version", versionOf(v), "do", "refuse-extension", "refuse-extension.reason", "可以打电话问").is(http.StatusSeeOther)
	h.as(theDesk).opens(casePath(v.Number)).is(http.StatusOK).says("不同意延期 5 个工作日。", "王占山不同意：可以打电话问", "申请延期")
}

// A request that nobody answered before the limit passed can only be refused, alone and with others; and nobody asks again.
func TestAnExtensionNobodyAnsweredInTimeLapses(t *testing.T) {
	h := newHouse(t)
	v := h.does(theDesk, h.atTheDesk("折桂英"), cases.Take{}, cases.Extend{Days: 5, Reason: "等外地回函"})
	h.clock.Add(20 * 24 * time.Hour)
	head := h.as(theHead)
	head.opens("/desk?queue=asked").is(http.StatusOK).says("等我批 1", "延期的意见", "不同意延期", "期限过了还没有批，只能不同意").saysNot("1 同意延期", "可以另写理由再申请")
	head.opens("/desk/several?n="+string(v.Number)+":"+versionOf(v)).is(http.StatusOK).says("等我批的延期", "不同意延期").saysNot(`value="approve-extension"`)
	head.opens(casePath(v.Number)).is(http.StatusOK).says("申请延期 5 个工作日，期限以内没有批。", "高家堡镇站长只能不同意")
	head.posts(casePath(v.Number)+"/do", "version", versionOf(v), "do", "approve-extension").is(http.StatusConflict).says("期限已经过了，不能再同意延期")
	head.posts(casePath(v.Number)+"/do", "version", versionOf(v), "do", "refuse-extension", "refuse-extension.reason", "期限以内没有报").is(http.StatusSeeOther)
	h.as(theDesk).opens(casePath(v.Number)).is(http.StatusOK).says("不同意延期 5 个工作日。").saysNot(`value="extend"`)
}

func TestAUnitsExtensionIsItsChiefs(t *testing.T) {
	h := newHouse(t)
	v := h.does(theDesk, h.atTheDesk("折桂英"), cases.Pass{})
	h.as(theUnit).opens(casePath(v.Number)).is(http.StatusOK).says("由神木市民政局负责人批")
	v = h.does(theUnit, v, cases.Extend{Days: 3, Reason: "专家没到"})
	chief := h.as(theChief)
	chief.opens("/desk").goesTo("/desk?queue=asked")
	chief.opens("/desk?queue=asked").is(http.StatusOK).says("神木市民政局", "等我批 1", "同意延期")
	chief.posts(casePath(v.Number)+"/do", "version", versionOf(v), "do", "approve-extension").is(http.StatusSeeOther)
	chief.opens("/desk?queue=asked").is(http.StatusOK).says("没有等着批的延期", "看全部在办的")
}

func TestAMatterIsHandedOnAndTaken(t *testing.T) {
	h := newHouse(t)
	v := h.does(theDesk, h.atTheDesk("折桂英"), cases.Take{})
	desk := h.as(theDesk)
	page := desk.opens(casePath(v.Number)).is(http.StatusOK).says("对方接手以前，还由王文军负责")
	for _, can := range []access.Account{theClerk, theAgent, theHead, theUnit, theChief} {
		if !strings.Contains(page.body, `<option value="`+can.Account+`">`) {
			t.Errorf("it cannot be handed to %s", can.Account)
		}
	}
	for _, cannot := range []access.Account{theDesk, theNeighbour, theSupervisor, theAdmin} {
		if strings.Contains(page.body, `<option value="`+cannot.Account+`">`) {
			t.Errorf("it can be handed to %s", cannot.Account)
		}
	}
	desk.posts(casePath(v.Number)+"/hand", "version", versionOf(v), "hand.to", "", "hand.reason", "下乡").is(http.StatusUnprocessableEntity).says("请写移交给谁")
	desk.posts(casePath(v.Number)+"/hand", "version", versionOf(v), "hand.to", theClerk.Account, "hand.reason", "下乡").is(http.StatusSeeOther)
	desk.opens(casePath(v.Number)).is(http.StatusOK).says("高家堡镇 王文军", "移交中", "王文军移交给高家堡镇 贾明亮，还没有接手", "理由：下乡")

	clerk := h.as(theClerk)
	clerk.opens("/desk").is(http.StatusOK).says("移交给我 1")
	list := clerk.opens("/desk?queue=handed").is(http.StatusOK).says("折桂英", "移交给我", "1 接手 王文军移交的，接下就由自己负责")
	clerk.posts(casePath(v.Number)+"/do", "version", list.field("version"), "list", "/desk?queue=handed", "do", "take").is(http.StatusSeeOther)
	clerk.opens("/desk?queue=handed").is(http.StatusOK).says("没有移交过来的").saysNot("移交给我 1")
	clerk.opens(casePath(v.Number)).is(http.StatusOK).says("高家堡镇 贾明亮", "移交给贾明亮。理由：下乡")
}

func TestNobodySaidAnythingInTime(t *testing.T) {
	h := newHouse(t)
	v := h.files("折桂英")
	h.as(theClerk).opens(casePath(v.Number)).is(http.StatusOK).says("最晚 3月17日受理，或者一次告知。", "还没有受理 最晚 3月17日", "受理期限 5 个工作日")
	h.settles(8)
	h.as(theClerk).opens(casePath(v.Number)).is(http.StatusOK).says("视为受理。 5 个工作日里没有受理，也没有告知缺什么，期限从 3月10日起算。", "材料 3月10日到的，5 个工作日里没有受理", "承诺期限 10 个工作日")
	h.as(theHead).opens("/desk").is(http.StatusOK).says("视为受理")
}

func TestANoticeNamesItsDays(t *testing.T) {
	h := newHouse(t, func(d *Deps) { d.Policy = func() cases.Policy { return cases.Policy{CorrectDays: 20, RemindDays: 3} } })
	v := h.files("折桂英")
	b := h.as(theClerk)
	b.opens(casePath(v.Number)).is(http.StatusOK).says("自然日，不写就是 20 天")
	form := []string{"version", "1", "notify.materials[1].what", "defective", "notify.materials[1].note", "没有签名"}
	for _, days := range []string{"十天", "0", "181"} {
		b.posts(casePath(v.Number)+"/notify", append(slices.Clone(form), "notify.days", days)...).is(http.StatusUnprocessableEntity).says("请写给几天补正，1 到 180")
	}
	b.posts(casePath(v.Number)+"/notify", append(slices.Clone(form), "notify.days", "15")...).is(http.StatusSeeOther)
	b.opens(casePath(v.Number)).is(http.StatusOK).says("补正到 3月25日为止（15 天），过了就办结", "等补正 到 3月25日")
	h.settles(16)
	b.opens(casePath(v.Number)).is(http.StatusOK).says("告知以后 15 天没有补齐")
}

func TestASecondNoticeSaysWhyAndLeavesAFault(t *testing.T) {
	h := newHouse(t)
	came := cases.Correct{Materials: []cases.Material{{Name: "高龄补贴申请表", Originals: 1, Status: cases.MaterialReceived}}}
	v := h.does(theClerk, h.files("折桂英"), unsigned, came)
	b := h.as(theClerk)
	b.opens(casePath(v.Number)).is(http.StatusOK).says("再次告知", "贾明亮已经告知过一次", "记在第一次告知的人名下")
	form := []string{"version", versionOf(v), "notify.materials[0].what", "defective", "notify.materials[0].note", "昨天到期"}
	page := b.posts(casePath(v.Number)+"/notify", form...).is(http.StatusConflict).says("不能再发第二次告知", "请写居民身份证上次为什么看不出来")
	if !strings.Contains(page.body, `id="f-notify-materials-0-unseen-error"`) || strings.Contains(page.body, `id="f-notify-materials-1-unseen-error"`) {
		t.Error("the box that caused it is not marked, or another one is")
	}
	if !strings.Contains(page.body, `value="昨天到期"`) || !strings.Contains(page.body, `id="notify" open`) {
		t.Error("what was typed is lost")
	}
	b.posts(casePath(v.Number)+"/notify", append(form, "notify.materials[0].unseen", "告知那天还没有到期")...).is(http.StatusSeeOther)
	b.opens(casePath(v.Number)).is(http.StatusOK).says("没有一次告知全。", "记在贾明亮名下：居民身份证", "贾明亮再次告知： 居民身份证（不合格。昨天到期。上次看不出来：告知那天还没有到期）")

	for who, lead := range map[access.Account]string{theClerk: "自己的", theHead: "全镇的", theSupervisor: "全市的", theInspector: "全市的"} {
		h.as(who).opens("/faults").is(http.StatusOK).says(lead, "高家堡镇 贾明亮", "没有一次告知全", "居民身份证", string(v.Number))
	}
	h.as(theDesk).opens("/faults").is(http.StatusOK).says("没有过错记录").saysNot(string(v.Number))
	h.as(theNeighbour).opens("/faults").is(http.StatusOK).saysNot(string(v.Number))
	h.as(theSupervisor).opens("/faults?before=1").is(http.StatusOK).says("再往前没有了", "第一页")
	h.as(theAdmin).opens("/faults").is(http.StatusForbidden)
}

func TestFaultsComeInPages(t *testing.T) {
	h := newHouse(t)
	again := cases.Notify{Missing: []cases.Lack{{Material: "居民身份证", What: cases.MaterialAbsent, Unseen: "那天带着"}}}
	for range faultsShown + 1 {
		h.does(theClerk, h.files("折桂英"), unsigned, again)
		h.clock.Add(time.Second)
	}
	b := h.as(theHead)
	first := b.opens("/faults").is(http.StatusOK).says("下一页")
	if n := strings.Count(first.body, "没有一次告知全"); n != faultsShown {
		t.Errorf("%d on the first page", n)
	}
	_, rest, _ := strings.Cut(first.body, `href="/faults?before=`)
	next, _, _ := strings.Cut(rest, `"`)
	second := b.opens("/faults?before=" + next).is(http.StatusOK).says("第一页").saysNot("下一页")
	if n := strings.Count(second.body, "没有一次告知全"); n != 1 {
		t.Errorf("%d on the second page", n)
	}
}

func TestASpecialProcedureThatOverran(t *testing.T) {
	h := newHouse(t)
	v := h.does(theDesk, h.atTheDesk("折桂英"), cases.Suspend{Kind: "appraisal", Basis: "评残办法第八条", Evidence: "鉴定委托书 8 号", Days: 2})
	h.settles(3)
	desk := h.as(theDesk)
	desk.opens(casePath(v.Number)).is(http.StatusOK).says("鉴定，比告诉申请人的时间长。", "告诉申请人的是 2 个工作日")
	h.as(theHead).opens("/desk").is(http.StatusOK).says("特别程序超期")
	desk.posts(casePath(v.Number)+"/do", "version", versionOf(v), "do", "resume").is(http.StatusUnprocessableEntity).says("请写结束的凭据")
	desk.posts(casePath(v.Number)+"/do", "version", versionOf(v), "do", "resume", "resume.evidence", "鉴定意见书 9 号", "resume.note", "三级").is(http.StatusSeeOther)
	desk.opens(casePath(v.Number)).is(http.StatusOK).says("鉴定，结束了，比告诉申请人的时间长。", "3月10日到 3月13日，暂停了计时。", "开始的凭据：鉴定委托书 8 号。结束的凭据：鉴定意见书 9 号。结果：三级")
}

// Of a year whose calendar is not out yet every day says that it is provisional.
func TestADayBeyondTheCalendarIsMarked(t *testing.T) {
	h := newHouse(t)
	h.settles(290) // to 25 December 2026
	v := h.does(theClerk, h.files("折桂英"), cases.Accept{})
	h.as(theClerk).opens(casePath(v.Number)).is(http.StatusOK).says("（暂定）", "暂定", "这一年的放假安排还没有公布，先按星期一到星期五算")
	h.as(theClerk).opens("/desk?queue=open").is(http.StatusOK).says("暂定")
}

// After filing stands where the case is followed, with its number filled in; and of a case whose paper was not issued, that it
// was not, with the button that issues it.
func TestThePageAfterFilingTellsWhereToFollow(t *testing.T) {
	h := newHouse(t)
	v := h.does(theClerk, h.files("折桂英"), unsigned)
	page := h.as(theClerk).opens("/counter/cases/"+string(v.Number)).is(http.StatusOK).says("补正告知书 还没有编号打印。 出补正告知书", "随时能查", "example.com/follow", "写上面的编号和申请人手机号的后四位")
	if !strings.Contains(page.body, `href="/follow?number=`+string(v.Number)+`"`) {
		t.Error("the number is not filled in")
	}
	if want := `name="kind" value="02"`; !strings.Contains(page.body, `action="`+casePath(v.Number)+`/papers"`) || !strings.Contains(page.body, want) || strings.Contains(page.body, "data-print ") {
		t.Errorf("no button that issues the paper, or one that prints none: %s", page.body)
	}
	v.Applicant.Phone = nil
	if followOf(ui.Chrome{}, v) != nil {
		t.Error("nobody can follow a case by a telephone that was not left")
	}
}
