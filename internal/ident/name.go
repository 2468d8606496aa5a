package ident

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A person's name has at most twice what the standard asks for (50); that of an organisation, or where somebody lives, at
// most what still is no document.
const (
	maxPersonName = 100
	maxName       = 200
)

// ParsePersonName reads a person's name. Only outer spaces go: nobody's name is corrected. Any Han character,
// any middle dot (· • ・ ．), any script is a name; a picture (😀) is none.
func ParsePersonName(s string) (string, error) {
	name, err := parseName(s, "姓名", maxPersonName)
	if err == nil && strings.ContainsFunc(name, pictured) {
		return "", &Problem{BadCharacter, "姓名里有表情符号，请照证件写"}
	}
	return name, err
}

// pictured says that r is a picture or part of one.
func pictured(r rune) bool {
	return unicode.Is(unicode.So, r) || unicode.Is(unicode.Sk, r) && r > unicode.MaxLatin1
}

// ParseOrgName reads the name of an organisation by the same rule, in which pictures may stand.
func ParseOrgName(s string) (string, error) { return parseName(s, "单位名称", maxName) }

func parseName(s, what string, most int) (string, error) {
	if !utf8.ValidString(s) {
		return "", &Problem{BadEncoding, what + "里有认不出的字，请重新写"}
	}
	s = strings.TrimSpace(s)
	if s == "" {
		return "", &Problem{Empty, "请写" + what}
	}
	if utf8.RuneCountInString(s) > most {
		return "", &Problem{TooLong, fmt.Sprintf("%s太长，最多 %d 个字", what, most)}
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
func ParseAddress(s string) (string, error) { return parseName(s, "住址", maxName) }
