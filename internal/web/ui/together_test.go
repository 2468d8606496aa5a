package ui

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestTogether(t *testing.T) {
	for text, want := range map[string]string{
		"":                  "",
		"材料还缺 2 项，现在告诉您":    "材料还缺 2\u00a0项，现在告诉您",
		"受理后 10 个工作日内办好":    "受理后 10\u00a0个工作日内办好",
		"办件编号 6108 1 张，2 份": "办件编号 6108 1\u00a0张，2\u00a0份",
		"612722 19541002":   "612722 19541002",
		"2 A":               "2 A",
	} {
		if got := Together(text); got != want {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
	}
}

func TestTogetherChangesSpacesAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("项天3７ a，\n𠮷")), 0, 40, -1).Draw(t, "text")
		if back := strings.ReplaceAll(Together(text), "\u00a0", " "); back != text {
			t.Fatalf("%q became %q", text, back)
		}
	})
}
