package smpp

import "unicode/utf16"

// A message alone has room for 70 units of UTF-16, a part of a longer one for 67: its header takes six octets of 140.
const (
	unitsAlone = 70
	unitsPart  = 67
)

// parts cuts a text so that each part has room for it. No character is cut in two, also not one beyond the first 65536.
func parts(text string) []string {
	if units(text) <= unitsAlone {
		return []string{text}
	}
	var list []string
	from, n := 0, 0
	for at, r := range text {
		size := utf16.RuneLen(r)
		if n+size > unitsPart {
			list = append(list, text[from:at])
			from, n = at, 0
		}
		n += size
	}
	return append(list, text[from:])
}

func units(text string) int {
	n := 0
	for _, r := range text {
		n += utf16.RuneLen(r)
	}
	return n
}
