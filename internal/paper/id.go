package paper

import (
	"fmt"
	"strings"

	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/place"
)

// ID names a paper, in digits that can be typed: what it is of, the kind, which of that kind. What it is of is a case's
// number, 610881101-2026-000421-7-03-1, or for a ledger the place and the day, 610881101000-20260310-13-1.
type ID string

// subjectPrefix begins the journal's subjects of papers.
const subjectPrefix = "paper/"

// Subject is what the journal knows the paper by.
func (id ID) Subject() string { return subjectPrefix + string(id) }

func newID(of string, kind Kind, n int) ID {
	return ID(fmt.Sprintf("%s-%s-%d", of, kind, n))
}

// ParseID reads an id as it is printed.
func ParseID(s string) (ID, bool) {
	s = strings.TrimSpace(s)
	of, kind, n := ID(s).cut()
	if n == "" || len(n) > 4 || n[0] == '0' || strings.Trim(n, "0123456789") != "" {
		return "", false
	}
	if Kind(kind) == DayLedger {
		_, _, ok := ID(s).Day()
		return ID(s), ok
	}
	number, ok := cases.ParseNumber(of)
	_, known := find(Kind(kind))
	return ID(s), ok && known && string(number) == of
}

// Case is the case that the paper belongs to; none when it is a ledger.
func (id ID) Case() cases.Number {
	of, kind, _ := id.cut()
	if Kind(kind) == DayLedger {
		return ""
	}
	return cases.Number(of)
}

// Day is the place and the day of a ledger; false when the paper is of a case.
func (id ID) Day() (place.Code, calendar.Date, bool) {
	of, kind, _ := id.cut()
	at, digits, _ := strings.Cut(of, "-")
	if Kind(kind) != DayLedger || len(digits) != len("20260310") {
		return "", calendar.Date{}, false
	}
	code, noPlace := place.ParseCode(at)
	day, noDay := calendar.ParseDate(digits[:4] + "-" + digits[4:6] + "-" + digits[6:])
	return code, day, noPlace == nil && noDay == nil
}

// dayOf is what a ledger's id begins with.
func dayOf(at place.Code, day calendar.Date) string {
	return string(at) + "-" + strings.ReplaceAll(day.String(), "-", "")
}

// Short is the kind and which of that kind: 03-1.
func (id ID) Short() string {
	_, kind, n := id.cut()
	return kind + "-" + n
}

func (id ID) cut() (of, kind, n string) {
	parts := strings.Split(string(id), "-")
	last := len(parts) - 1
	if last < 3 {
		return "", "", ""
	}
	return strings.Join(parts[:last-1], "-"), parts[last-1], parts[last]
}

// codeSize is how many characters a code has: 80 bits, not to be found by trying.
const codeSize = 16

// codeOf reads a code as it is printed or typed.
func codeOf(s string) string {
	return strings.ToUpper(strings.NewReplacer("-", "", " ", "").Replace(s))
}

// shown is a code as it is printed: ABCD-EFGH-IJKL-MNOP.
func shown(code string) string {
	var groups []string
	for i := 0; i < len(code); i += 4 {
		groups = append(groups, code[i:min(i+4, len(code))])
	}
	return strings.Join(groups, "-")
}
