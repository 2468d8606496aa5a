package print

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// aGuide has every part that a guide can have.
func aGuide() Guide {
	return Guide{Kind: "办事指南", Title: "办房产证（不动产登记）", Official: "全名：不动产登记申请代办", Link: "https://bianmin.example/guide/BM-077", Beside: "扫码看最新的", Foot: "办房产证办事指南，第 1 版",
		Facts: []GuideFact{{Name: "多久办好", Value: "20 个工作日", Notes: []string{"规定最长 30 个工作日"}}, {Name: "要花多少钱", Value: "不收费"}},
		Sections: []GuideSection{
			{Head: "带什么材料", Lead: []string{"办哪一种？ 买卖过户"}, Ticks: []GuideTick{{Name: "居民身份证", Count: "原件 1 份，看完就还", Notes: []string{"𠮷田𬭸也要带"}}}, Lines: []string{"镇上只代收代送。"}},
			{Head: "交到哪里", Ticks: []GuideTick{{Name: "高家堡镇便民服务站", Plain: true, Notes: []string{"电话：0912-8421234"}}}},
			{Head: "交了以后", Chart: []GuideStop{{Words: "您交材料", End: true}, {Where: "镇上", Words: "受理", By: "高家堡镇综合窗口", Days: "1 个工作日"},
				{Where: "镇上", Words: "入户调查", By: "高家堡镇经办岗", With: "同时办"}, {Words: "您拿到：证书", End: true}}},
		}}
}

func guidePDF(t *testing.T, g Guide) []byte {
	t.Helper()
	pdf, err := New(t.TempDir()).Guide(g)
	if err != nil {
		t.Fatal(err)
	}
	return pdf
}

func TestAGuideReadsBack(t *testing.T) {
	pdf := guidePDF(t, aGuide())
	got := textOf(t, pdf)
	for _, want := range []string{"办事指南", "办房产证（不动产登记）", "20个工作日", "规定最长30个工作日", "居民身份证原件1份，看完就还", "𠮷田𬭸也要带", "0912-8421234", "高家堡镇综合窗口", "同时办", "您拿到：证书", "第1页，共1页"} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is not in %s", want, got)
		}
	}
	if again := guidePDF(t, aGuide()); !bytes.Equal(pdf, again) {
		t.Error("the same words gave another file")
	}
	if info := tool(t, pdf, "pdfinfo", "FILE"); !strings.Contains(info, "A4") || !strings.Contains(info, "办房产证（不动产登记） 办事指南") {
		t.Error(info)
	}
}

func TestAGuideHasNoBlanks(t *testing.T) {
	g := aGuide()
	g.Sections[0].Ticks[0].Name = "证\U000F0000"
	var no *NoGlyph
	if _, err := New(t.TempDir()).Guide(g); !errors.As(err, &no) || string(no.Characters) != "\U000F0000" {
		t.Error(err)
	}
	if _, err := New(t.TempDir()).Guide(Guide{Title: "空的"}); err == nil {
		t.Error("a guide of nothing was drawn")
	}
}

// TestNoPageIsTooFull: however much there is, each page holds what it has, and all of it is there.
func TestNoPageIsTooFull(t *testing.T) {
	g := aGuide()
	for range 60 {
		g.Sections[0].Ticks = append(g.Sections[0].Ticks, g.Sections[0].Ticks[0])
		g.Sections[2].Chart = append(g.Sections[2].Chart, g.Sections[2].Chart[1])
	}
	pdf := guidePDF(t, g)
	got := textOf(t, pdf)
	if n := strings.Count(got, "居民身份证原件1份"); n != 61 {
		t.Errorf("%d of 61 things to bring", n)
	}
	if n := strings.Count(got, "受理高家堡镇综合窗口"); n != 61 {
		t.Errorf("%d of 61 steps", n)
	}
}

func TestANumberKeepsItsMeasure(t *testing.T) {
	every := func(s string) float64 { return float64(len([]rune(s))) }
	for _, c := range []struct {
		text  string
		width float64
		want  string
	}{
		{"规定最长 30 个工作日", 10, "规定最长| 30 个工作日"},
		{"复印件 1 份，看完就还", 5, "复印件|1 份，看|完就还"},
		{"自收到之日起（60 日内）申请", 8, "自收到之日起|（60 日内）申|请"},
		{"指南第 3 版", 5, "指南|第 3 版"},
	} {
		if got := strings.Join(breakMeasured(c.text, c.width, every), "|"); strings.ReplaceAll(got, "| ", "|") != strings.ReplaceAll(c.want, "| ", "|") {
			t.Errorf("%s in %v: %s", c.text, c.width, got)
		}
	}
}

// TestBreakingLosesNothing: the lines together are the text, blanks at their ends aside.
func TestBreakingLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom([]rune("办 1份30个工作日（），。第版ab日月")), 0, 40, -1).Draw(t, "text")
		width := rapid.Float64Range(1, 20).Draw(t, "width")
		lines := breakMeasured(text, width, func(s string) float64 { return float64(len([]rune(s))) })
		if got, want := strings.ReplaceAll(strings.Join(lines, ""), " ", ""), strings.ReplaceAll(text, " ", ""); got != want {
			t.Fatalf("%q became %q", want, got)
		}
	})
}
