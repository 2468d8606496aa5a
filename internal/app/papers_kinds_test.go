package app_test

import (
	"slices"
	"strings"
	"testing"

	"bianmin/internal/cases"
	"bianmin/internal/paper"
)

// says holds a paper to what stands in it and what must not.
func (l *land) says(account string, v cases.View, kind paper.Kind, want []string, not ...string) {
	l.t.Helper()
	p, text := l.issues(account, v, kind)
	want = append(want, kind.Chinese(), p.Number, p.Issuer, string(v.Number), "2026年3月10日")
	for _, w := range want {
		if !strings.Contains(text, strings.Join(strings.Fields(w), "")) {
			l.t.Errorf("%s: %q is not in %s", kind.Chinese(), w, text)
		}
	}
	for _, n := range not {
		if strings.Contains(text, n) {
			l.t.Errorf("%s: %q is in %s", kind.Chinese(), n, text)
		}
	}
}

// offered are the papers that can be issued now.
func (l *land) offered(v cases.View) (names []string) {
	l.t.Helper()
	list, err := l.app.Papers.Of(l.t.Context(), who(clerk), v.Number)
	if err != nil {
		l.t.Fatal(err)
	}
	for _, d := range list.Due {
		names = append(names, d.KindName)
	}
	return names
}

const law = "行政许可法"

// TestThePapersOfALife issues every paper of an allowance, as the case comes to it; the licensing law is never cited.
func TestThePapersOfALife(t *testing.T) {
	eachLand(t, func(t *testing.T, l *land) {
		ctx := t.Context()
		v := l.files(ctx, clerk, gaoVillage)
		if got := l.offered(v); !slices.Equal(got, []string{"接收回执", "办件登记表"}) {
			t.Errorf("received: %v", got)
		}
		l.says(clerk, v, paper.Receipt, []string{"折桂英", "收件人刘芳", "收件地点高家堡镇便民服务站", "2026年3月10日10时00分", "2.高龄补贴申请表（原件1份）", v.Applicant.IDNumber}, law)
		v = l.does(ctx, clerk, v, cases.Notify{Missing: []cases.Lack{{Material: "居民身份证", What: cases.MaterialDefective, Note: "过期了"}}})
		l.says(clerk, v, paper.Notice, []string{"折桂英：", "居民身份证（不合格）：过期了", "请最迟于2026年4月9日（30天内）补正"}, law)
		v = l.does(ctx, clerk, v, brought)
		l.says(clerk, v, paper.Receipt, []string{"以上补正的材料已经收到", "居民身份证"}, "高龄补贴申请表", "受理与否")
		v = l.does(ctx, clerk, v, cases.Accept{})
		l.says(clerk, v, paper.Acceptance, []string{"于2026年3月10日予以受理", "承诺10个工作日内办结，最晚2026年3月24日"}, law, "听证")
		v = l.does(ctx, agent, v, cases.Suspend{Kind: "hearing", Basis: "省里的规定", Evidence: "听证通知书", Days: 5})
		l.says(agent, v, paper.Special, []string{"自2026年3月10日起进入听证，预计5个工作日，到2026年3月17日结束", "依据：省里的规定。", "凭据：听证通知书。"}, law)
		v = l.does(ctx, agent, v, cases.Resume{Evidence: "听证笔录"})
		v = l.does(ctx, agent, v, cases.Extend{Days: 5, Reason: "要向外省核对"})
		v = l.does(ctx, "head-610881101", v, cases.Approve{})
		l.says(desk, v, paper.Extension, []string{"高家堡镇站长于2026年3月10日批准，延长5个工作日，最晚2026年3月31日办结。", "理由：要向外省核对。"}, law)
		v = l.does(ctx, desk, l.does(ctx, agent, v, cases.Pass{}), cases.Pass{})
		w := l.does(ctx, minzheng, v, cases.DecideOn{Approve: false, Reason: "不满七十周岁"})
		l.says(minzheng, w, paper.Refusal, []string{"神木市民政局〔2026〕不准字第1号", "决定不予办理。", "理由：不满七十周岁。", "可以自收到决定书之日起60日内向神木市人民政府申请行政复议"}, law)
		w = l.does(ctx, clerk, w, cases.Deliver{Way: "counter", Receiver: "本人"})
		l.says(clerk, w, paper.Delivery, []string{"送达文书不予决定书", "送达方式窗口领取", "签收人本人", "签收人签名："}, law)
		l.says(clerk, w, paper.Register, []string{"渠道窗口", "办理状态" + w.StateName, "2026年3月10日10时00分受理刘芳"}, law)
		if got := l.offered(w); len(got) != 0 {
			t.Errorf("all were issued: %v", got)
		}
		l.verifies()
	})
}

// TestThePapersOfALicence: there the law is cited, article by article.
func TestThePapersOfALicence(t *testing.T) {
	eachLand(t, func(t *testing.T, l *land) {
		ctx := t.Context()
		licence := func(a *cases.Application) { a.Item = "BM-044" }
		v := l.files(ctx, clerk, gaoVillage, licence)
		def, _ := l.app.City.Items.Get("BM-044")
		notify := cases.Notify{Missing: []cases.Lack{{Material: def.Materials[0].Name, What: cases.MaterialAbsent}}}
		l.says(clerk, l.does(ctx, clerk, v, notify), paper.Notice, []string{law + "》第三十二条第一款第四项", def.Materials[0].Name})
		v = l.files(ctx, clerk, gaoVillage, licence)
		v = l.does(ctx, clerk, v, cases.Accept{})
		l.says(clerk, v, paper.Acceptance, []string{law + "》第三十二条第一款第五项", "法定时限", "检疫"})
		v = l.files(ctx, clerk, gaoVillage, licence)
		v = l.does(ctx, clerk, v, cases.Reject{Ground: "地在外村", Whose: "大保当镇便民服务站"})
		l.says(clerk, v, paper.Rejection, []string{law + "》第三十二条", "决定不予受理。", "理由：地在外村。", "请向下列单位申请办理：大保当镇便民服务站。", "向神木市人民政府申请行政复议"})
		l.verifies()
	})
}

// TestThePapersOfWhatTheLawDoes: nobody accepted in time; the paper says what it rests on.
func TestThePapersOfWhatTheLawDoes(t *testing.T) {
	eachLand(t, func(t *testing.T, l *land) {
		v := l.files(t.Context(), clerk, gaoVillage)
		l.falls(moment("2026-03-20 09:00"))
		v = l.now(v)
		_, text := l.issues(clerk, v, paper.Acceptance)
		if !strings.Contains(text, "五个工作日内没有告知补正，自2026年3月10日起视为受理。") || !strings.Contains(text, "2026年3月20日") {
			t.Error(text)
		}
	})
}

// TestOnTheSpot: everything at once, and the paper of the decision is the town's own.
func TestOnTheSpot(t *testing.T) {
	eachLand(t, func(t *testing.T, l *land) {
		v := l.files(t.Context(), clerk, gaojiabu, func(a *cases.Application) {
			a.Item, a.Finish = onTheSpot, &cases.Finish{Approve: true}
		})
		l.says(clerk, v, paper.Acceptance, []string{"承诺当场办结"})
		l.says(clerk, v, paper.Approval, []string{"高家堡镇便民〔2026〕准字第1号", "经审查符合条件。于2026年3月10日决定予以办理，办理结果："}, law)
		l.says(clerk, v, paper.Delivery, []string{"签收人" + v.Applicant.Name})
	})
}
