package cases

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"bianmin/internal/calendar"
	"bianmin/internal/ident"
	"bianmin/internal/phrase"
	"bianmin/internal/problem"
)

// stamp writes an instant for people's machines: RFC 3339 in Shanghai.
func stamp(i Instant) string { return i.Time().In(calendar.Shanghai).Format(time.RFC3339) }

// Said is a free text as it is kept: without outer blanks, and without any citizen number or telephone in full, since
// what is said in passing is stored in the clear.
func Said(s string) string { return ident.MaskNumbers(strings.TrimSpace(s)) }

// textMost bounds every free text, in characters.
const textMost = 1000

// words is a free text that was typed: its path, what it is called on the page, and whether it must be there.
type words struct {
	path, name, text string
	needed           bool
}

// check gives the fields that are wrong.
func checkWords(list ...words) []problem.Field {
	var wrong []problem.Field
	for _, w := range list {
		text := strings.TrimSpace(w.text)
		switch {
		case w.needed && text == "":
			wrong = append(wrong, problem.Field{Path: w.path, Code: "required", Message: "请写" + w.name})
		case utf8.RuneCountInString(text) > textMost:
			wrong = append(wrong, problem.Field{Path: w.path, Code: "too_long", Message: w.name + "最多 1000 个字"})
		case strings.ContainsFunc(text, unprintable):
			wrong = append(wrong, problem.Field{Path: w.path, Code: "control_character", Message: w.name + "里有看不见的字符，请重新写"})
		case strings.Contains(text, phrase.Blank):
			wrong = append(wrong, problem.Field{Path: w.path, Code: "blank_left", Message: w.name + "里还有空（" + phrase.Blank + "）没有填"})
		}
	}
	return wrong
}

// unprintable are characters that no text of ours holds: controls but line breaks and tabs, and the mark that stands
// for bytes that could not be read.
func unprintable(r rune) bool {
	return unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\r' || r == utf8.RuneError
}
