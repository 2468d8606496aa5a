package proofread

import (
	"strings"
	"testing"
)

func TestOnPage(t *testing.T) {
	for words, want := range map[string]string{
		"剩 3 天，由 desk-610881101 办":  "",
		"打开 example.com/follow 查":   "",
		"记录 5f0a9c1e77，看 https://x": "",
		"现在是“accepted”":             `"accepted" is not Chinese`,
		"错误：not_found":              `"not_found" is not Chinese`,
		"还缺 %!d(string=2) 样":        "%! was not filled in",
		"材料：（）":                     "（） was not filled in",
		"交到“”":                      "“” was not filled in",
	} {
		got := strings.Join(OnPage(words), "; ")
		if (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", words, got, want)
		}
	}
}
