package paper

import (
	"fmt"
	"strings"

	"bianmin/internal/cases"
)

// ID names a paper, in digits that can be typed: the case's number, the kind, which of that kind:
// 610881101-2026-000421-7-03-1.
type ID string

// subjectPrefix begins the journal's subjects of papers.
const subjectPrefix = "paper/"

// Subject is what the journal knows the paper by.
func (id ID) Subject() string { return subjectPrefix + string(id) }

func newID(number cases.Number, kind Kind, n int) ID {
	return ID(fmt.Sprintf("%s-%s-%d", number, kind, n))
}

// ParseID reads an id as it is printed.
func ParseID(s string) (ID, bool) {
	s = strings.TrimSpace(s)
	parts := strings.Split(s, "-")
	if len(parts) != 6 {
		return "", false
	}
	number, ok := cases.ParseNumber(strings.Join(parts[:4], "-"))
	_, known := find(Kind(parts[4]))
	n := parts[5]
	if !ok || !known || string(number) != strings.Join(parts[:4], "-") || n == "" || len(n) > 4 || n[0] == '0' || strings.Trim(n, "0123456789") != "" {
		return "", false
	}
	return ID(s), true
}

// Case is the case that the paper belongs to.
func (id ID) Case() cases.Number {
	number, _, _ := id.cut()
	return cases.Number(number)
}

// Short is the kind and which of that kind: 03-1.
func (id ID) Short() string {
	_, kind, n := id.cut()
	return kind + "-" + n
}

func (id ID) cut() (number, kind, n string) {
	parts := strings.Split(string(id), "-")
	last := len(parts) - 1
	if last < 5 {
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
