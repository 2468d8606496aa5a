package main

import (
	"unicode"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"
)

// initial is the first letter of the first reading of a Han character.
func initial(r rune) (byte, bool) {
	if !unicode.Is(unicode.Han, r) {
		return 0, false
	}
	readings := pinyin.SinglePinyin(r, pinyin.Args{Style: pinyin.FirstLetter})
	if len(readings) == 0 {
		return 0, false
	}
	letter := unaccented(readings[0])
	return letter, 'a' <= letter && letter <= 'z'
}

// unaccented covers the readings that are a bare nasal or ê, which go-pinyin leaves with their tone.
func unaccented(reading string) byte {
	switch r, _ := utf8.DecodeRuneInString(reading); r {
	case 'ế', 'ề', 'ê':
		return 'e'
	case 'ń', 'ň', 'ǹ':
		return 'n'
	case 'ḿ':
		return 'm'
	default:
		return byte(min(r, utf8.RuneSelf))
	}
}
