package item

// maxGap is how many characters per letter may be passed over: dbqr finds 最低生活保障审核确认,
// passing over five.
const maxGap = 3

// closely looks for the query in one piece, as spelt, then for its characters or initials in order.
func closely(q question, t searchText) (Rank, int, bool) {
	if t.which == ByCode {
		return beginsCode(q, t)
	}
	rank, detail, ok := inOnePiece(q.chars, t.signs)
	if ok || len(q.chars) < 2 {
		return rank, detail, ok
	}
	if spare, at, ok := spelled(q.chars, t.signs); ok {
		return Spelled, 4*spare + at, true
	}
	if gaps, start, ok := inOrder(q.chars, t.signs); ok && gaps <= maxGap*len(q.chars) {
		return Scattered, 100*gaps + start, true
	}
	return 0, 0, false
}

// beginsCode: bm00 lists the codes that begin so. Letters alone are initials, not a code.
func beginsCode(q question, t searchText) (Rank, int, bool) {
	if !q.anyLetter || !q.anyDigit || q.anyHan || len(q.chars) > len(t.signs) {
		return 0, 0, false
	}
	_, literal := matchAt(q.chars, t.signs, 0)
	return Prefix, len(t.signs) - len(q.chars), literal
}

// inOnePiece finds the query's first place in the text, in its characters before its initials.
func inOnePiece(q []rune, signs []sign) (Rank, int, bool) {
	spare := len(signs) - len(q)
	initialsAt := -1
	for at := 0; at <= spare; at++ {
		matches, literal := matchAt(q, signs, at)
		switch {
		case literal && spare == 0:
			return Exact, 0, true
		case literal && at == 0:
			return Prefix, spare, true
		case literal:
			return Substring, 4*spare + at, true
		case matches && initialsAt < 0:
			initialsAt = at
		}
	}
	switch {
	case initialsAt < 0:
		return 0, 0, false
	case spare == 0:
		return WholeInitials, 0, true
	case initialsAt == 0:
		return PrefixInitials, spare, true
	}
	return Scattered, initialsAt, true
}

// matchAt compares the query with the text from a place on; literal means character by
// character.
func matchAt(q []rune, signs []sign, at int) (matches, literal bool) {
	literal = true
	for i, r := range q {
		s := signs[at+i]
		if !s.matches(r) {
			return false, false
		}
		literal = literal && r == s.char
	}
	return true, literal
}

// inOrder finds the query's characters in order with the fewest passed over between them.
func inOrder(q []rune, signs []sign) (gaps, start int, ok bool) {
	for from := 0; from+len(q) <= len(signs); from++ {
		if !signs[from].matches(q[0]) {
			continue
		}
		passed, complete := passedOver(q, signs[from:])
		if !complete {
			break // a later start has less text left
		}
		if !ok || passed < gaps {
			gaps, start, ok = passed, from, true
		}
	}
	return gaps, start, ok
}

func passedOver(q []rune, signs []sign) (passed int, complete bool) {
	i := 0
	for at, s := range signs {
		if !s.matches(q[i]) {
			continue
		}
		if i++; i == len(q) {
			return at + 1 - len(q), true
		}
	}
	return 0, false
}
