package ident

import (
	"fmt"
	"log/slog"
	"strconv"
	"strings"
)

// Phone is a mobile number (13912345127) or a landline with its area code (09128332102), digits only.
// Only ParsePhone makes one.
type Phone string

const (
	mobileName   = "手机号"
	landlineName = "电话号码"
	mobileDigits = 11
)

var brackets = strings.NewReplacer("(", "", ")", "")

// ParsePhone reads a number as people type it: +86 in front, spaces, dashes, brackets and full-width forms are
// put right.
func ParsePhone(s string) (Phone, error) {
	s = brackets.Replace(tidy(s))
	if s == "" {
		return "", &Problem{Empty, "请写" + mobileName}
	}
	s = withoutCountry(s)
	if !digitsOnly(s) {
		return "", &Problem{BadCharacter, "电话只能是数字"}
	}
	p := mobileProblem(s)
	if s[0] == '0' {
		p = landlineProblem(s)
	}
	if p != nil {
		return "", p
	}
	return Phone(s), nil
}

// withoutCountry drops +86, 0086 or 86. A landline written that way has lost its 0.
func withoutCountry(s string) string {
	rest, plus := strings.CutPrefix(s, "+86")
	if !plus {
		rest, plus = strings.CutPrefix(s, "0086")
	}
	if plus && rest != "" {
		if rest[0] == '0' || isMobile(rest) || rest[0] == '1' && !strings.HasPrefix(rest, "10") {
			return rest
		}
		return "0" + rest
	}
	// Without the + it is a country code only if a whole mobile number follows.
	if rest, ok := strings.CutPrefix(s, "86"); ok && isMobile(rest) {
		return rest
	}
	return s
}

func isMobile(s string) bool {
	return len(s) == mobileDigits && digitsOnly(s) && s[0] == '1' && '3' <= s[1]
}

func mobileProblem(s string) *Problem {
	if s[0] != '1' {
		return &Problem{NotAPhone, "手机号以 1 开头，座机要带区号，如 0912"}
	}
	if p := wrongLength(mobileName, len(s), mobileDigits); p != nil {
		return p
	}
	if !isMobile(s) {
		return &Problem{NotAPhone, mobileName + "前两位不对，请核对"}
	}
	return nil
}

// landlineProblem: an area code of 3 or 4 digits and a number of 7 or 8.
func landlineProblem(s string) *Problem {
	area := areaLength(s)
	if len(s) > 1 && s[1] == '0' {
		return &Problem{NotAPhone, "区号不对，请核对"}
	}
	switch number := len(s) - area; {
	case number < 7:
		return &Problem{TooShort, fmt.Sprintf("%s少了 %d 位", landlineName, 7-number)}
	case number > 8:
		return &Problem{TooLong, fmt.Sprintf("%s多了 %d 位", landlineName, number-8)}
	}
	return nil
}

// areaLength is 3 for 010 and 02x, else 4.
func areaLength(s string) int {
	if strings.HasPrefix(s, "01") || strings.HasPrefix(s, "02") {
		return 3
	}
	return 4
}

// Mobile reports whether text messages reach the number.
func (p Phone) Mobile() bool { return isMobile(string(p)) }

// Masked is 139****5127, or 0912****102 for a landline.
func (p Phone) Masked() string {
	if p.Mobile() {
		return mask(string(p), 3, 4)
	}
	return mask(string(p), areaLength(string(p)), 3)
}

// Last4 is what is read aloud to tell two numbers apart.
func (p Phone) Last4() string { return string(p[max(0, len(p)-4):]) }

// LogValue keeps the number out of logs.
func (p Phone) LogValue() slog.Value { return slog.StringValue(p.Masked()) }

// GoString keeps the number out of %#v.
func (p Phone) GoString() string { return strconv.Quote(p.Masked()) }
