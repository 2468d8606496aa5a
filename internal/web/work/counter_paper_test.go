package work

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/place"
)

func paperFactsOf(t *testing.T) paperFacts {
	return paperFacts{Def: itemOf(t, "BM-008"), Applicant: "折桂英", Sign: []string{"神木市", "高家堡镇便民服务站"}, Hand: "高家堡村便民服务室，或者高家堡镇便民服务站",
		Person: "张晓燕", Date: tuesday, Due: calendar.NewDate(2026, time.March, 24)}
}

func TestNotice(t *testing.T) {
	f := paperFactsOf(t)
	f.Lacks = []cases.Lack{{Material: "居民身份证", What: isAbsent}, {Material: "高龄补贴申请表", What: isFaulty, Note: "没有签名"}}
	got := f.notice()
	want := []paperLine{{"1.", "居民身份证", "还没有交。由公安机关出具。"}, {"2.", "高龄补贴申请表", "没有签名。"}}
	if diff := cmp.Diff(want, got.Lines); diff != "" {
		t.Error(diff)
	}
	if got.Lead != "您申请的高龄老人生活保健补贴申领，材料还缺 2 项，现在一次告诉您：" || !got.Sign {
		t.Errorf("%q, signed: %v", got.Lead, got.Sign)
	}
	if tail := "补齐后交到高家堡村便民服务室，或者高家堡镇便民服务站，材料齐了当场受理，受理后 10 个工作日内办好。"; got.Tail[0] != tail {
		t.Errorf("%q", got.Tail)
	}
}

// Only licences live under the licensing law: no other paper may cite it.
func TestNoticeCitesNoLaw(t *testing.T) {
	for _, v := range catalogue(t).All() {
		f := paperFacts{Def: &v, Date: tuesday}
		for _, m := range v.Materials {
			f.Lacks = append(f.Lacks, cases.Lack{Material: m.Name, What: isAbsent})
		}
		p := f.notice()
		text := p.Lead + strings.Join(p.Tail, "")
		for _, l := range p.Lines {
			text += l.Words
		}
		if strings.Contains(text, "许可法") || strings.Contains(text, "第三十二条") {
			t.Errorf("%s: %s", v.Code, text)
		}
	}
}

func TestPapersListWhatWasHandedIn(t *testing.T) {
	f := paperFactsOf(t)
	f.Materials = []cases.Material{{Name: "居民身份证", Status: isHere}, {Name: "高龄补贴申请表", Status: isAbsent}, {Name: "社会保障卡或者一卡通银行卡", Status: isHere}}
	want := []paperLine{{"1.", "居民身份证", "原件 1"}, {"2.", "社会保障卡或者一卡通银行卡", "复印 1"}}
	for title, paper := range map[string]counterPaper{"受理通知书": f.accepted(), "接收回执": f.receipt(), "办结通知": f.finished()} {
		if diff := cmp.Diff(want, paper.Lines); diff != "" || paper.Title != title {
			t.Errorf("%s: %s", paper.Title, diff)
		}
	}
	if got := f.accepted().Due; got != f.Due {
		t.Errorf("due %s", got)
	}
	f.Materials = nil
	if got := f.receipt().Lead; got != "您申请的高龄老人生活保健补贴申领，已经登记，材料还没有交。" {
		t.Errorf("%q", got)
	}
}

func TestWhoAPaperComesFrom(t *testing.T) {
	d, err := place.NewDirectory(place.Shenmu(), place.ShenmuUnits())
	if err != nil {
		t.Fatal(err)
	}
	for at, want := range map[place.Code]string{"610881101000": "神木市 高家堡镇便民服务站", "610881101200": "神木市高家堡镇 高家堡村便民服务室", "999999999999": ""} {
		if got := strings.Join(signOf(d, at), " "); got != want {
			t.Errorf("%s: %q", at, got)
		}
	}
	if got := handOf(d, "610881101000"); got != "高家堡镇便民服务站" {
		t.Errorf("%q", got)
	}
}
