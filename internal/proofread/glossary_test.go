package proofread

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// said tells the words of a row's second cell; what stands in brackets explains them.
var said = regexp.MustCompile(`（[^）]*）|[、，]`)

// ofTheStandard are terms of the standard and of our own papers, which stand on no page, or not yet.
var ofTheStandard = strings.Fields("进驻单位 四同 导办台 限时办结 责任追究 预警 黄牌 红牌 办不了的原因 文字目录")

// TestTermsOfTheGlossaryAreUsed: a term that no text has is not what people read.
func TestTermsOfTheGlossaryAreUsed(t *testing.T) {
	raw, err := fs.ReadFile(tree, "docs/glossary.md")
	if err != nil {
		t.Fatal(err)
	}
	var everything strings.Builder
	for _, x := range all(t) {
		everything.WriteString(x.Words + "\n")
	}
	texts, terms := everything.String(), 0
	for _, line := range strings.Split(string(raw), "\n") {
		cells := strings.Split(line, "|")
		if len(cells) < 5 || !hasHan(cells[2]) || strings.TrimSpace(cells[2]) == "中文" {
			continue
		}
		for _, term := range strings.Fields(said.ReplaceAllString(cells[2], " ")) {
			terms++
			if !strings.Contains(texts, term) && !slices.Contains(ofTheStandard, term) {
				t.Errorf("%s: no text says %s", strings.TrimSpace(cells[1]), term)
			}
		}
	}
	if terms < 100 {
		t.Errorf("%d terms are found in the glossary", terms)
	}
}
