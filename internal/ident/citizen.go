package ident

import (
	"log/slog"
	"strconv"

	"bianmin/internal/calendar"
)

// CitizenNumber is an 18-digit 公民身份号码 (GB 11643) or the number of a residence permit for people from
// Hong Kong, Macao and Taiwan, upper-case X. Only ParseCitizenNumber makes one.
type CitizenNumber string

const (
	citizenName   = "身份证号"
	citizenDigits = 18
	oldDigits     = 15 // issued until 1999: no century, no check digit
)

// ParseCitizenNumber reads a number as people type it. Spaces, dashes, full-width forms and a small x are put
// right, a number of 15 digits is brought to 18. The birth date must not lie after today.
func ParseCitizenNumber(s string, today calendar.Date) (CitizenNumber, error) {
	s = tidy(s)
	if s == "" {
		return "", &Problem{Empty, "请写" + citizenName}
	}
	if p := citizenCharacters(s); p != nil {
		return "", p
	}
	if len(s) == oldDigits && digitsOnly(s) {
		s = s[:6] + "19" + s[6:]
		s += string(citizenCheck(s))
	}
	if p := wrongLength(citizenName, len(s), citizenDigits); p != nil {
		return "", p
	}
	if p := citizenParts(s, today); p != nil {
		return "", p
	}
	return CitizenNumber(s), nil
}

// citizenCharacters lets digits pass, and X in the last place.
func citizenCharacters(s string) *Problem {
	for i := range len(s) {
		last := i == len(s)-1
		if !isDigit(s[i]) && !(s[i] == 'X' && last) {
			return &Problem{BadCharacter, citizenName + "只能是数字，末位可以是 X"}
		}
	}
	return nil
}

// citizenParts looks at the parts of 18 characters: area, date, check digit.
func citizenParts(s string, today calendar.Date) *Problem {
	if !province(s[:2]) {
		return &Problem{BadArea, citizenName + "开头的地区码不对，请照证件核对"}
	}
	birth, ok := birthOf(s)
	if !ok || birth.After(today) {
		return &Problem{BadDate, "出生日期不对，请照证件核对"}
	}
	if citizenCheck(s) != s[17] {
		return &Problem{CheckDigit, citizenName + "末位不对，请照证件核对"}
	}
	return nil
}

// province reports whether two digits are a province of GB/T 2260, or 81–83 of a residence permit. The rest of
// the area code is not looked up: old codes live on in people's numbers (612722 is Shenmu before 2000).
func province(code string) bool {
	switch code[0] {
	case '1', '4':
		return '1' <= code[1] && code[1] <= '5' || code == "46"
	case '2':
		return '1' <= code[1] && code[1] <= '3'
	case '3':
		return '1' <= code[1] && code[1] <= '7'
	case '5':
		return '0' <= code[1] && code[1] <= '4'
	case '6':
		return '1' <= code[1] && code[1] <= '5'
	case '7':
		return code[1] == '1'
	case '8':
		return '1' <= code[1] && code[1] <= '3'
	}
	return false
}

// birthOf reads digits 7 to 14. Nobody born before 1850 comes to a counter; such a year is a slip.
func birthOf(s string) (calendar.Date, bool) {
	d, err := calendar.ParseDate(s[6:10] + "-" + s[10:12] + "-" + s[12:14])
	return d, err == nil && d.Year() >= 1850
}

// citizenCheck computes the 18th character from the first 17 (ISO 7064, MOD 11-2).
func citizenCheck(s string) byte {
	weights := [...]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		sum += int(s[i]-'0') * w
	}
	return "10X98765432"[sum%11]
}

// Birth is the date of birth; no day for the empty number.
func (n CitizenNumber) Birth() calendar.Date {
	if len(n) != citizenDigits {
		return calendar.Date{}
	}
	d, _ := birthOf(string(n))
	return d
}

// Male reports whether the 17th digit is odd. The empty number is not male.
func (n CitizenNumber) Male() bool { return len(n) == citizenDigits && n[16]%2 == 1 }

// Age is the age in full years on a day. Who is born on 29 February comes of age on 1 March in a common year.
func (n CitizenNumber) Age(on calendar.Date) int {
	birth := n.Birth()
	if birth.IsZero() || on.Before(birth) {
		return 0
	}
	age := on.Year() - birth.Year()
	if on.Month() < birth.Month() || on.Month() == birth.Month() && on.Day() < birth.Day() {
		age--
	}
	return age
}

// Area is the first six digits, as they stood when the number was given out.
func (n CitizenNumber) Area() string {
	if len(n) != citizenDigits {
		return ""
	}
	return string(n[:6])
}

// Masked is 612722********0024.
func (n CitizenNumber) Masked() string { return mask(string(n), 6, 4) }

// LogValue keeps the number out of logs.
func (n CitizenNumber) LogValue() slog.Value { return slog.StringValue(n.Masked()) }

// GoString keeps the number out of %#v.
func (n CitizenNumber) GoString() string { return strconv.Quote(n.Masked()) }
