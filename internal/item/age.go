package item

import (
	"regexp"
	"strconv"
)

var leastAge = regexp.MustCompile(`^年满\s*(\d+)\s*周岁(，[^；]*)?$`)

// LeastAge is how old the applicant has to be, in whole years, and the condition that says so; 0 when none does. Conditions
// are written for people: only the plainest says it of the applicant alone (年满70周岁), what is said of a child, a wife or
// with an exception does not count.
func (d *Definition) LeastAge() (years int, condition string) {
	for _, c := range d.Conditions {
		if m := leastAge.FindStringSubmatch(c); m != nil {
			if n, err := strconv.Atoi(m[1]); err == nil && n > years {
				years, condition = n, c
			}
		}
	}
	return years, condition
}
