package item

import (
	"strings"
	"unicode"

	"bianmin/internal/hanzi"
)

// sign is one character of a searchable text: the character, the first letter of its reading
// in this text, and all its readings. A letter or a digit is its own first letter.
type sign struct {
	char, initial rune
	syllables     []string
}

// matches: a letter of the query stands for the character or for its reading, anything else
// for itself.
func (s sign) matches(q rune) bool { return q == s.char || q == s.initial }

// searchText is one name of an item, made ready.
type searchText struct {
	which   Which
	written string
	signs   []sign
}

func newSearchText(which Which, written string) searchText {
	return searchText{which: which, written: written, signs: signsOf(fold(written))}
}

// signsOf reads a folded text as a whole, for many characters are read by their word (重度 zd,
// 重新 cx).
func signsOf(chars []rune) []sign {
	initials := []rune(strings.ToLower(hanzi.Initials(string(chars))))
	aligned := len(initials) == len(chars)
	signs := make([]sign, len(chars))
	for i, char := range chars {
		signs[i] = sign{char, char, hanzi.Syllables(char)}
		if aligned && unicode.Is(unicode.Han, char) {
			signs[i].initial = initials[i]
		}
	}
	return signs
}

// fold leaves what people mean to type: letters and digits, small and half-width. Blanks,
// brackets and points fall away.
func fold(s string) []rune {
	folded := make([]rune, 0, len(s))
	for _, r := range s {
		if r >= '！' && r <= '～' {
			r -= '！' - '!'
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			folded = append(folded, unicode.ToLower(r))
		}
	}
	return folded
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }
