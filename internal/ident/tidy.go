package ident

import (
	"strings"
	"unicode"
)

// tidy puts right what keyboards and spreadsheets do to a number: full-width forms become plain, lower case
// becomes upper case, spaces and dashes go.
func tidy(s string) string {
	return strings.Map(func(r rune) rune {
		r = plain(r)
		if isGap(r) {
			return -1
		}
		if 'a' <= r && r <= 'z' {
			return r - 'a' + 'A'
		}
		return r
	}, s)
}

// plain turns a full-width form (０ Ｘ －) into ASCII.
func plain(r rune) rune {
	if '！' <= r && r <= '～' {
		return r - '！' + '!'
	}
	return r
}

// isGap reports whether r only separates the groups of a number.
func isGap(r rune) bool {
	switch r {
	case '-', '‐', '‑', '‒', '–', '—', '―', '−':
		return true
	}
	return unicode.IsSpace(r)
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// digitsOnly reports whether s holds nothing but 0–9.
func digitsOnly(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return true
}

// mask keeps the first head and the last tail bytes of an ASCII number.
func mask(s string, head, tail int) string {
	if len(s) <= head+tail {
		return strings.Repeat("*", len(s))
	}
	return s[:head] + strings.Repeat("*", len(s)-head-tail) + s[len(s)-tail:]
}
