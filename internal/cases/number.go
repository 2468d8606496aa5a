package cases

import (
	"fmt"
	"strconv"

	"bianmin/internal/place"
)

// Number is a case's number, as shown: town (9 digits), year, serial in the town and year (6), check digit, e.g.
// 610881101-2026-000421-7. The check digit is ISO 7064 MOD 11,10 over the nineteen digits: it catches every single
// wrong digit.
type Number string

// NewNumber makes a number. serial is from 1.
func NewNumber(town place.Code, year int, serial int64) Number {
	digits := fmt.Sprintf("%s%04d%06d", town.Short(), year, serial)
	return Number(fmt.Sprintf("%s-%04d-%06d-%d", town.Short(), year, serial, checkDigit(digits)))
}

// ParseNumber reads a number as shown, or its digits alone (a scanner's), and checks its check digit.
func ParseNumber(s string) (Number, bool) {
	digits := make([]byte, 0, 20)
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			digits = append(digits, c)
		case c != '-' && c != ' ':
			return "", false
		}
	}
	if len(digits) < 20 || len(digits) > 21 { // a serial past a million has seven digits
		return "", false
	}
	last := len(digits) - 1
	serial := string(digits[13:last])
	if int(digits[last]-'0') != checkDigit(string(digits[:last])) || len(serial) > 6 && serial[0] == '0' {
		return "", false
	}
	return Number(string(digits[:9]) + "-" + string(digits[9:13]) + "-" + serial + "-" + string(digits[last])), true
}

// Serial is the short form that a clerk types at her own counter: 421.
func (n Number) Serial() int64 {
	if len(n) < 21 {
		return 0
	}
	v, _ := strconv.ParseInt(string(n[15:len(n)-2]), 10, 64) // digits by construction
	return v
}

func checkDigit(digits string) int {
	p := 10
	for _, d := range digits {
		s := (p + int(d-'0')) % 10
		if s == 0 {
			s = 10
		}
		p = s * 2 % 11
	}
	return (11 - p) % 10
}
