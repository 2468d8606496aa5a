package work

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/item"
	"bianmin/internal/paper"
	"bianmin/internal/print"
)

func paperFactsOf(t *testing.T) paperFacts {
	return paperFacts{Application: paper.Application{Def: itemOf(t, "BM-008"), Kind: cases.APerson, Applicant: "折桂英", IDNumber: "612722********0024", Who: "张晓燕", On: tuesday},
		Hand:  "高家堡村便民服务室，或者高家堡镇便民服务站",
		Where: "高家堡镇便民服务站", Due: calendar.NewDate(2026, time.March, 24)}
}

// The notice beside the list says what the paper will say, word for word: what is missing, where to get it, where to bring it.
func TestNotice(t *testing.T) {
	f := paperFactsOf(t)
	f.Lacks = []cases.Lack{{Material: "居民身份证", What: isAbsent}, {Material: "高龄补贴申请表", What: isFaulty, Note: "没有签名"}}
	f.Until, f.Days = calendar.NewDate(2026, time.April, 9), 30
	got := f.notice()
	want := []paperLine{{"1.", "居民身份证（没带），由公安机关出具"}, {"2.", "高龄补贴申请表（不合格）：没有签名"}}
	if diff := cmp.Diff(want, got.Lines); diff != "" {
		t.Error(diff)
	}
	if lead := "您提出的“高龄老人生活保健补贴申领”申请（办件编号 发出时写），现一次告知您需要补正的全部材料："; got.Lead != lead {
		t.Errorf("%q", got.Lead)
	}
	if tail := "请最迟于2026年4月9日（30 天内）补正，交到高家堡村便民服务室，或者高家堡镇便民服务站。材料补齐的，当天受理；逾期没有补齐的，本件办结，材料备齐后可以重新申请。"; got.Texts[0] != tail {
		t.Errorf("%q", got.Texts)
	}
}

// Only licences live under the licensing law: no other paper may cite it.
func TestNoticeCitesTheLawForLicencesAlone(t *testing.T) {
	licences := 0
	for _, v := range catalogue(t).All() {
		f := paperFacts{Application: paper.Application{Def: &v, On: tuesday}}
		for _, m := range v.Materials {
			f.Lacks = append(f.Lacks, cases.Lack{Material: m.Name, What: isAbsent})
		}
		p := f.notice()
		text := p.Lead + strings.Join(p.Texts, "")
		for _, l := range p.Lines {
			text += l.Words
		}
		licence := v.Regime == item.Licence
		if licence {
			licences++
		}
		if cites := strings.Contains(text, "许可法") && strings.Contains(text, "第三十二条"); cites != licence {
			t.Errorf("%s: %s", v.Code, text)
		}
	}
	if licences == 0 {
		t.Error("there is no licence")
	}
}

// The receipt and the acceptance beside the list say what the papers will say: the rows of the one, the paragraphs of the other.
func TestPapersBesideTheList(t *testing.T) {
	f := paperFactsOf(t)
	f.Materials = []cases.Material{{Name: "居民身份证", Originals: 1, Status: isHere}, {Name: "高龄补贴申请表", Originals: 1, Status: isAbsent}, {Name: "社会保障卡或者一卡通银行卡", Copies: 1, Status: isHere}}
	rows := []print.Row{{Name: "申请人", Value: "折桂英"}, {Name: "证件号", Value: "612722********0024"}, {Name: "事项", Value: "高龄老人生活保健补贴申领"},
		{Name: "办件编号", Value: "发出时写"}, {Name: "收件时间", Value: "发出时写"}, {Name: "收件地点", Value: "高家堡镇便民服务站"}, {Name: "收件人", Value: "张晓燕"},
		{Name: "收到材料", Value: "1. 居民身份证（原件 1 份）\n2. 社会保障卡或者一卡通银行卡（复印件 1 份）"}}
	got := f.receipt()
	if diff := cmp.Diff(rows, got.Rows); diff != "" || got.Title != "接收回执" || got.To != "" || len(got.Texts) != 1 || got.Texts[0] != "以上材料已经收到。受理与否，五个工作日内告知。" {
		t.Errorf("%s %+v", diff, got)
	}
	got = f.accepted()
	want := []string{"您提出的“高龄老人生活保健补贴申领”申请（办件编号 发出时写），材料齐全、符合法定形式，于2026年3月10日予以受理。",
		"时限从2026年3月10日起算（当天不算），承诺 10 个工作日内办结，最晚2026年3月24日。"}
	if got.Title != "受理通知书" || got.To != "折桂英" || len(got.Rows) > 0 || len(got.Texts) < 2 || got.Texts[0] != want[0] || !strings.HasPrefix(got.Texts[1], want[1]) {
		t.Errorf("%+v", got)
	}
}
