package ui

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func shownBy(t interface{ Fatal(...any) }, text string, phrases bool) string {
	var b strings.Builder
	c := Words(text)
	if phrases {
		c = Phrases(text)
	}
	if err := c.Render(nil, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestANumberKeepsItsMeasure(t *testing.T) {
	for text, want := range map[string]string{
		"规定最长 30 个工作日":              `规定最长 <span class="nb">30 个工作日</span>`,
		"原件 1 份，看完就还；复印件 1 份":       `原件 <span class="nb">1 份</span>，看完就还；复印件 <span class="nb">1 份</span>`,
		"612722********0026":        `<span class="nb">612722********0026</span>`,
		"写成 8:30-12:00 14:30-18:00": `写成 <span class="nb">8:30-12:00</span> <span class="nb">14:30-18:00</span>`,
		"例如 2026-05-03 值班":          `例如 <span class="nb">2026-05-03</span> 值班`,
		"3月10日起，2026年3月24日到":        `<span class="nb">3月10日</span>起，<span class="nb">2026年3月24日</span>到`,
		"居民身份证，第\u00a01\u00a0张":     "居民身份证，<span class=\"nb\">第\u00a01\u00a0张</span>",
		"没有<b>":                     "没有&lt;b&gt;",
		"":                          "",
	} {
		if got := shownBy(t, text, false); got != want {
			t.Errorf("%s is shown as %s", text, got)
		}
	}
}

func TestAHeadingIsBrokenBetweenItsPhrases(t *testing.T) {
	for text, want := range map[string]string{
		"材料还不齐，等您补":      "材料还不齐，|等您补",
		"办房产证（不动产登记）":    "办房产证|（不动产登记）",
		"撤回“领高龄补贴”？":     "撤回|“领高龄补贴”？",
		"您住哪个镇（街道）？":     "您住哪个镇|（街道）？",
		"办好了":            "办好了",
		"正在鉴定，这段时间不算期限里": "正在鉴定，|这段时间不算期限里",
	} {
		got := strings.NewReplacer(`</span><span class="phrase">`, "|", `<span class="phrase">`, "", "</span>", "").Replace(shownBy(t, text, true))
		if got != want {
			t.Errorf("%s is broken as %s", text, got)
		}
	}
}

var tag = regexp.MustCompile(`</?span[^>]*>`)

// TestNoWordIsLost: without its marks the text is what it was.
func TestNoWordIsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom([]rune("办“”，、：（）<&1 30个工作日份*第")), 0, 30, -1).Draw(t, "text")
		for _, phrases := range []bool{false, true} {
			if got := html.UnescapeString(tag.ReplaceAllString(shownBy(t, text, phrases), "")); got != text {
				t.Fatalf("%q became %q", text, got)
			}
		}
	})
}

func TestAPostIsBrokenBehindItsPlace(t *testing.T) {
	for name, want := range map[string]string{
		"高家堡镇经办岗": "高家堡镇|经办岗", "西沙街道窗口": "西沙街道|窗口", "神木市民政局": "神木市|民政局", "政通路社区代办员": "政通路社区|代办员",
		"高家堡镇便民服务站": "高家堡镇|便民服务站", "滨河新区街道": "滨河新区街道", "太和湾村": "太和湾村", "已提交": "已提交", "<b>": "&lt;b&gt;",
	} {
		var b strings.Builder
		if err := Post(name).Render(nil, &b); err != nil {
			t.Fatal(err)
		}
		got := strings.NewReplacer("<wbr>", "|", `<span class="nb">`, "", "</span>", "").Replace(b.String())
		if got != want {
			t.Errorf("%s is broken as %s", name, got)
		}
	}
}

func TestACasesNumberKeepsTheMarkBehindIt(t *testing.T) {
	var b strings.Builder
	if err := CaseNumbers("当时正在办：610881101-2026-000046-0、610881101-2026-000047-8）").Render(nil, &b); err != nil {
		t.Fatal(err)
	}
	if want := `当时正在办：<span class="nb">610881101-2026-000046-0、</span><span class="nb">610881101-2026-000047-8）</span>`; b.String() != want {
		t.Errorf("it is written %s", b.String())
	}
}
