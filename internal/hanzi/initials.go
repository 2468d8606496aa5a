package hanzi

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Initials is the first letter of each Han character of s, as people type them to search: 高龄补贴 is glbt. Digits
// and Latin letters stay, in lower case; punctuation and characters whose reading is not known are left out.
func Initials(s string) string {
	runes := []rune(s)
	var b strings.Builder
	for i := 0; i < len(runes); i++ {
		if letters, ok := phraseAt(runes, i); ok {
			b.WriteString(letters)
			i++
			continue
		}
		writeInitial(&b, runes[i])
	}
	return b.String()
}

// phraseAt looks up the pair at i. It yields to a pair that begins at its second character: in 城市长期 the
// second pair is the word.
func phraseAt(runes []rune, i int) (string, bool) {
	letters, ok := pairAt(runes, i)
	if !ok {
		return "", false
	}
	if _, later := pairAt(runes, i+1); later {
		return "", false
	}
	return letters, true
}

func pairAt(runes []rune, i int) (string, bool) {
	if i+1 >= len(runes) {
		return "", false
	}
	letters, ok := phrases[string(runes[i:i+2])]
	return letters, ok
}

// NameInitials is Initials for a person's name: surnames are read as surnames (单 is s, 尉迟 is yc) and given names
// letter by letter. A name with a middle dot has no Han surname.
func NameInitials(name string) string {
	name = strings.TrimSpace(name)
	var b strings.Builder
	if !strings.ContainsAny(name, "·•・．") {
		surname, letters := surnameOf(name)
		b.WriteString(letters)
		name = name[len(surname):]
	}
	for _, r := range name {
		writeInitial(&b, r)
	}
	return b.String()
}

// surnameOf returns the surname and its letters if it is one that needs its own reading. A compound surname needs a
// given name behind it.
func surnameOf(name string) (surname, letters string) {
	first, size := utf8.DecodeRuneInString(name)
	_, second := utf8.DecodeRuneInString(name[size:])
	if pair := name[:size+second]; len(pair) < len(name) {
		if letters, ok := compounds[pair]; ok {
			return pair, letters
		}
	}
	if letter, ok := surnames[first]; ok {
		return name[:size], string(letter)
	}
	return "", ""
}

func writeInitial(b *strings.Builder, r rune) {
	if '！' <= r && r <= '～' { // full-width forms
		r = r - '！' + '!'
	}
	switch {
	case '0' <= r && r <= '9':
		b.WriteRune(r)
	case unicode.Is(unicode.Latin, r):
		b.WriteRune(unicode.ToLower(r))
	case unicode.Is(unicode.Han, r):
		if letter := letterOf(r); letter != 0 {
			b.WriteByte(letter)
		}
	}
}
