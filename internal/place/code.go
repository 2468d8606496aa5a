package place

import (
	"errors"
	"strings"
)

// Code is a 12-digit division code (GB/T 10114): 6 digits to the county, 3 for the town,
// 3 for the village or community. Digits left open are zero.
type Code string

// ErrCode is what every text that is no division code is answered with.
var ErrCode = errors.New("区划代码要写12位数字，例如610881101000")

// CodeDigits is how many digits a code has.
const CodeDigits = 12

const (
	townDigits = 9
	cityDigits = 6
)

// ParseCode accepts exactly twelve ASCII digits that name a place: a province first
// (11 to 82), and no village without a town above it.
func ParseCode(s string) (Code, error) {
	if len(s) != CodeDigits {
		return "", ErrCode
	}
	for i := range CodeDigits {
		if s[i] < '0' || s[i] > '9' {
			return "", ErrCode
		}
	}
	if s[0] == '0' || s[0] == '9' || s[1] == '0' {
		return "", ErrCode
	}
	if s[cityDigits:townDigits] == "000" && s[townDigits:] != "000" {
		return "", ErrCode
	}
	return Code(s), nil
}

// City is the county-level code above (or at) this place.
func (c Code) City() Code { return c.cut(cityDigits) }

// Town is the town's code above (or at) this place; of a city's code, the city itself.
func (c Code) Town() Code { return c.cut(townDigits) }

// Short is the nine digits that case numbers begin with.
func (c Code) Short() string {
	if len(c) < townDigits {
		return string(c)
	}
	return string(c[:townDigits])
}

// IsCity: nothing below the county is named. Prefectures and provinces count as cities here,
// for each has a centre.
func (c Code) IsCity() bool { return len(c) == CodeDigits && c.City() == c }

// IsTown: a town or subdistrict, and no village in it.
func (c Code) IsTown() bool { return len(c) == CodeDigits && !c.IsCity() && c.Town() == c }

// IsRoom: a village or community.
func (c Code) IsRoom() bool { return len(c) == CodeDigits && c.Town() != c }

// Within tells whether this place is the other one or lies in it: what a place may see (M1).
// A county's code lies within its prefecture's and its province's.
func (c Code) Within(other Code) bool {
	if len(c) != CodeDigits || len(other) != CodeDigits {
		return false
	}
	return strings.HasPrefix(string(c), string(other[:other.significant()]))
}

// significant is how many digits of the code are not left open.
func (c Code) significant() int {
	switch {
	case c.IsRoom():
		return CodeDigits
	case c.IsTown():
		return townDigits
	case c[4:6] != "00":
		return cityDigits
	case c[2:4] != "00":
		return 4
	}
	return 2
}

// cut keeps the first n digits and opens the rest.
func (c Code) cut(n int) Code {
	if len(c) != CodeDigits {
		return c
	}
	return c[:n] + Code("000000000000"[n:])
}
