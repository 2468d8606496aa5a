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
		"规定最长 30 个工作日":        `规定最长 <span class="nb">30 个工作日</span>`,
		"原件 1 份，看完就还；复印件 1 份": `原件 <span class="nb">1 份</span>，看完就还；复印件 <span class="nb">1 份</span>`,
		"612722********0026":  `<span class="nb">612722********0026</span>`,
		"没有<b>":               "没有&lt;b&gt;",
		"":                    "",
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
