package ident

import (
	"strings"
	"unicode/utf8"

	"bianmin/internal/calendar"
)

// figure is one digit (or the closing X) of free text.
type figure struct {
	at, size int  // the bytes it takes
	value    byte // in plain form
	opens    bool // a gap stands before it: it opens a group
}

// farFuture bounds birth dates where no today is at hand.
var farFuture = calendar.NewDate(2099, 12, 31)

// MaskNumbers hides the middle of every citizen number and mobile number in free text and leaves the rest of the
// text as it is, byte by byte. It finds full-width forms too, and numbers in groups with a space or a dash between
// (139-1234-5127). What only looks like a citizen number (date or check digit wrong) stays.
func MaskNumbers(s string) string {
	var hide []figure // in the order of the text
	var chain []figure
	gaps := 0
	for at := 0; at < len(s); {
		r, size := utf8.DecodeRuneInString(s[at:])
		value, is := figureOf(plain(r), len(chain) > 0 && gaps == 0)
		switch {
		case is:
			opens := len(chain) == 0 || gaps > 0 || chain[len(chain)-1].value == 'X'
			chain = append(chain, figure{at, size, value, opens})
			gaps = 0
		case len(chain) > 0 && gaps < 2 && r != '\n' && isGap(plain(r)):
			gaps++
		default:
			hide = append(hide, secrets(chain)...)
			chain, gaps = chain[:0], 0
		}
		at += size
	}
	hide = append(hide, secrets(chain)...)
	return starred(s, hide)
}

// figureOf reads a digit, or an X that follows one.
func figureOf(r rune, follows bool) (byte, bool) {
	switch {
	case '0' <= r && r <= '9':
		return byte(r), true
	case follows && (r == 'x' || r == 'X'):
		return 'X', true
	}
	return 0, false
}

// secrets returns the figures of a chain that must not be seen.
func secrets(chain []figure) []figure {
	if len(chain) < mobileDigits {
		return nil
	}
	values := make([]byte, len(chain))
	for i, f := range chain {
		values[i] = f.value
	}
	var hide []figure
	for i := 0; i+mobileDigits <= len(chain); {
		switch {
		case citizenAt(values[i:]):
			hide = append(hide, chain[i+6:i+citizenDigits-4]...)
			i += citizenDigits
		case mobileAt(chain, string(values), i):
			hide = append(hide, chain[i+3:i+mobileDigits-4]...)
			i += mobileDigits
		default:
			i++
		}
	}
	return hide
}

// citizenAt looks anywhere, inside longer runs too: date and check digit guard against chance.
func citizenAt(values []byte) bool {
	if len(values) < citizenDigits || !isDigit(values[0]) {
		return false
	}
	s := string(values[:citizenDigits])
	return citizenCharacters(s) == nil && citizenParts(s, farFuture) == nil
}

// mobileAt has no check digit to go by: the eleven digits must stand alone, but for a country code, and be written
// in one piece or in groups of 3, 4 and 4.
func mobileAt(chain []figure, values string, i int) bool {
	end := i + mobileDigits
	if !isMobile(values[i:end]) || end < len(chain) && !chain[end].opens && chain[end].value != 'X' {
		return false
	}
	for k := i + 1; k < end; k++ {
		if chain[k].opens && k != i+3 && k != i+7 {
			return false
		}
	}
	return chain[i].opens || country(chain, values, i)
}

// country reports whether the group before i is 86 or 0086 and nothing else.
func country(chain []figure, values string, i int) bool {
	from := i
	for !chain[from].opens {
		from--
	}
	return values[from:i] == "86" || values[from:i] == "0086"
}

// starred writes a star for each hidden figure.
func starred(s string, hide []figure) string {
	if len(hide) == 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	done := 0
	for _, f := range hide {
		b.WriteString(s[done:f.at])
		b.WriteByte('*')
		done = f.at + f.size
	}
	b.WriteString(s[done:])
	return b.String()
}
