package item

// How short a query may be for a slip of the finger to be looked for: shorter ones would find
// anything.
const (
	minSlipHan      = 3
	minSlipInitials = 4
	minSlipSound    = 2 // a character that sounds alike, in a whole name: 抵保 for 低保
)

// Where the text resembles the query, and how: the details of OneError.
const (
	slipWhole, slipPrefix, slipInside = 0, 10, 20
	slipSound, slipOther              = 0, 1
)

// withOneError looks for the query with one character or letter wrong, missing, too many, or
// two swapped: in characters anywhere in the text, in initials at its beginning.
func withOneError(q question, t searchText) (Rank, int, bool) {
	n := len(q.chars)
	if t.which == ByCode || n < minSlipSound || (!q.anyHan && n < minSlipInitials) {
		return 0, 0, false
	}
	best, found := 0, false
	last := 0
	if q.anyHan {
		last = len(t.signs) - 1
	}
	for at := 0; at <= last; at++ {
		for size := n - 1; size <= n+1 && at+size <= len(t.signs); size++ {
			kind, ok := slip(q, t.signs[at:at+size])
			detail := kind + where(at, size, len(t.signs))
			if ok && allowed(n, q.anyHan, detail) && (!found || detail < best) {
				best, found = detail, true
			}
		}
	}
	return OneError, best, found
}

func where(at, size, whole int) int {
	switch {
	case size == whole:
		return slipWhole
	case at == 0:
		return slipPrefix
	}
	return slipInside
}

// allowed: two characters only with the same sound and for a whole name; three not by chance
// inside a longer text.
func allowed(n int, han bool, detail int) bool {
	switch {
	case !han:
		return true
	case n < minSlipHan:
		return detail == slipWhole+slipSound
	case n == minSlipHan:
		return detail < slipInside+slipOther
	}
	return true
}

// slip takes away what is the same at both ends; what is left must be one slip.
func slip(q question, signs []sign) (kind int, ok bool) {
	head := 0
	for head < min(len(q.chars), len(signs)) && signs[head].matches(q.chars[head]) {
		head++
	}
	tail := 0
	for tail < min(len(q.chars), len(signs))-head && signs[len(signs)-1-tail].matches(q.chars[len(q.chars)-1-tail]) {
		tail++
	}
	typed, meant := q.signs[head:len(q.signs)-tail], signs[head:len(signs)-tail]
	switch {
	case len(typed)+len(meant) == 1: // one missing, or one too many
		return slipOther, true
	case len(typed) == 1 && len(meant) == 1: // one wrong
		if isHan(typed[0].char) && typed[0].initial == meant[0].initial {
			return slipSound, true
		}
		return slipOther, true
	case len(typed) == 2 && len(meant) == 2: // two swapped
		swapped := meant[0].matches(typed[1].char) && meant[1].matches(typed[0].char)
		return slipOther, swapped
	}
	return 0, false
}
