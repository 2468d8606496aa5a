package item

// minSpelled is how many letters a spelt query has at least: below it any of them is a syllable or its beginning.
const minSpelled = 3

// spelled finds letters that spell a piece of the text, syllable by syllable or by first letters, in any mix, the last
// syllable as far as it has been typed: dibao, dib and dbao find 低保.
func spelled(q []rune, signs []sign) (spare, at int, ok bool) {
	if len(q) < minSpelled || !all(q, isLetter) {
		return 0, 0, false
	}
	for at := range signs {
		if length, ok := spells(string(q), signs[at:]); ok {
			return len(signs) - length, at, true
		}
	}
	return 0, 0, false
}

// spells gives how many signs the letters spell. Bit i of reached says that the first i letters have been read; maxQuery
// letters fit.
func spells(q string, signs []sign) (length int, ok bool) {
	reached, whole := uint64(1), uint64(1)<<len(q)
	for n, s := range signs {
		next := uint64(0)
		for i := range len(q) {
			if reached>>i&1 != 0 {
				next |= s.read(q[i:]) << i
			}
		}
		if next&whole != 0 {
			return n + 1, true
		}
		if reached = next; reached == 0 {
			break
		}
	}
	return 0, false
}

// read gives how many letters the sign may take of those that are left, one bit each.
func (s sign) read(left string) (may uint64) {
	if s.matches(rune(left[0])) {
		may = 1 << 1
	}
	for _, syllable := range s.syllables {
		n := 0
		for n < min(len(left), len(syllable)) && left[n] == syllable[n] {
			n++
		}
		if n == len(syllable) || n == len(left) && n > 0 { // whole, or cut short by the end of the query
			may |= 1 << n
		}
	}
	return may
}
