package ident

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxName is far beyond the longest name known (the standard asks for 50) and stops whole documents.
const maxName = 200

// ParsePersonName reads a person's name. Only outer spaces go: nobody's name is corrected. Any Han character,
// any middle dot (· • ・ ．), any script is a name.
func ParsePersonName(s string) (string, error) { return parseName(s, "姓名") }

// ParseOrgName reads the name of an organisation by the same rule.
func ParseOrgName(s string) (string, error) { return parseName(s, "单位名称") }

func parseName(s, what string) (string, error) {
	if !utf8.ValidString(s) {
		return "", &Problem{BadEncoding, what + "里有认不出的字，请重新写"}
	}
	s = strings.TrimSpace(s)
	if s == "" {
		return "", &Problem{Empty, "请写" + what}
	}
	if utf8.RuneCountInString(s) > maxName {
		return "", &Problem{TooLong, what + "太长，最多 200 个字"}
	}
	if i := strings.IndexFunc(s, hidden); i >= 0 {
		return "", &Problem{ControlCharacter, what + "里有看不见的符号，请重新写"}
	}
	return s, nil
}

// hidden reports whether r cannot be seen or turns what is around it: control characters, line breaks, zero-width
// and bidirectional marks, the mark of a lost character. Variation selectors pass: they choose the shape of a Han
// character in some people's names.
func hidden(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) ||
		r == utf8.RuneError || r&0xFFFE == 0xFFFE || 0xFDD0 <= r && r <= 0xFDEF
}

// ParseAddress reads where somebody lives, by the same rule as a name: kept as written, nothing invisible in it.
func ParseAddress(s string) (string, error) { return parseName(s, "住址") }
