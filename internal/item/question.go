package item

import (
	"slices"
	"strings"
)

// question is a query made ready.
type question struct {
	chars                       []rune // folded
	signs                       []sign // with the first letters of what was typed, for characters that sound alike
	code                        string // as shortCode makes it; empty when it cannot be a code
	anyLetter, anyDigit, anyHan bool
}

func newQuestion(chars []rune) question {
	q := question{chars: chars, signs: signsOf(chars), code: shortCode(chars)}
	for _, r := range chars {
		q.anyLetter = q.anyLetter || isLetter(r)
		q.anyDigit = q.anyDigit || isDigit(r)
		q.anyHan = q.anyHan || isHan(r)
	}
	return q
}

// isCode: bm8 and BM-008 are both BM-008, and so is 008; a short bare number is more likely
// an age.
func (q question) isCode(code string) bool {
	if q.code == "" || code == "" {
		return false
	}
	if q.anyLetter {
		return q.code == code
	}
	return len(q.chars) >= 3 && q.code == strings.TrimLeft(code, "abcdefghijklmnopqrstuvwxyz")
}

// shortCode is a code without what people leave out: the hyphen is folded away already, the
// zeros go here. What is not letters and then digits is no code.
func shortCode(chars []rune) string {
	digits := slices.IndexFunc(chars, isDigit)
	if digits < 0 || !all(chars[:digits], isLetter) || !all(chars[digits:], isDigit) {
		return ""
	}
	number := strings.TrimLeft(string(chars[digits:]), "0")
	return string(chars[:digits]) + number
}

func all(chars []rune, is func(rune) bool) bool {
	return !slices.ContainsFunc(chars, func(r rune) bool { return !is(r) })
}

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' }

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// asking are the words that people put around what they want, the longer before those they
// hold. They are taken away only when the query as typed finds nothing.
var asking = []string{
	"需要什么材料", "要什么材料", "带什么材料", "什么材料", "怎么申请", "怎么办理", "如何办理", "如何申请", "怎么弄",
	"怎么办", "怎么", "多少钱", "能领", "如何", "在哪里", "在哪儿", "在哪", "去哪里", "去哪儿", "去哪", "哪里", "哪儿",
	"请问", "你好", "您好", "我们", "我想要", "我想", "我要", "想要", "想办", "要办", "麻烦", "办理", "办一下", "一下", "手续",
	"可以", "能不能", "吗", "呢", "呀",
}

var withoutAsking = func() func([]rune) []rune {
	pairs := make([]string, 0, 2*len(asking))
	for _, word := range asking {
		pairs = append(pairs, word, "")
	}
	remove := strings.NewReplacer(pairs...)
	return func(chars []rune) []rune { return []rune(remove.Replace(string(chars))) }
}()
