package guide

// wish is what was said, made ready.
type wish struct {
	signs   []sign
	worth   float64
	letters bool // some of it is typed in letters
}

func (f *Finder) ask(chars []rune) wish {
	q := wish{}
	for _, r := range chars {
		s := sign{char: r, weight: f.weight(r)}
		if isLetter(r) {
			q.letters = true
		} else {
			s.sounds = soundsOf(r)
		}
		q.signs = append(q.signs, s)
		q.worth += s.weight
	}
	return q
}

// score says from 0 to 1 how well a text answers the wish: what they have in common, beside what is left over of each.
func (q wish) score(t text) float64 {
	best := q.inOrder(t)
	if !q.letters {
		best = max(best, bagWorth*q.inBag(t))
	}
	return best
}

// share puts what was gained beside what is left over.
func (q wish) share(gained, wishRest, textRest float64) float64 {
	if gained <= 0 {
		return 0
	}
	ofWish, ofText := wishLeft, textLeft
	if q.letters {
		ofWish, ofText = lettersWish, lettersText
	}
	return gained / (gained + ofWish*max(wishRest, 0) + ofText*max(textRest, 0))
}

// cell is the best way to lay a beginning of the wish beside a beginning of the text: what it gained, and how much of the
// wish it used up.
type cell struct{ gained, wish float64 }

func (c cell) better(than cell) bool { return c.gained > than.gained }

// inOrder lays the wish beside the text in order; letters may stand for a whole syllable or for its first letter.
func (q wish) inOrder(t text) float64 {
	n, m := len(q.signs), len(t.signs)
	rows := make([]cell, (n+1)*(m+1))
	at := func(i, j int) *cell { return &rows[i*(m+1)+j] }
	for i := 0; i <= n; i++ {
		for j := 0; j <= m; j++ {
			here := at(i, j)
			if i > 0 && at(i-1, j).better(*here) {
				*here = *at(i-1, j)
			}
			if j > 0 && at(i, j-1).better(*here) {
				*here = *at(i, j-1)
			}
			if j == 0 {
				continue
			}
			for _, a := range q.endsAt(i, t.signs[j-1]) {
				if from := *at(i-a.used, j-1); from.gained+a.gain > here.gained {
					*here = cell{from.gained + a.gain, from.wish + a.worth}
				}
			}
		}
	}
	end := *at(n, m)
	return q.share(end.gained, q.worth-end.wish, t.worth-end.gained)
}

// answer is one way in which the last signs of a beginning of the wish stand for one character.
type answer struct {
	used        int
	gain, worth float64
}

// endsAt gives the ways in which what ends before i can stand for the character.
func (q wish) endsAt(i int, s sign) []answer {
	if i == 0 {
		return nil
	}
	last := q.signs[i-1]
	if !isLetter(last.char) {
		if g := alike(last, s); g > 0 {
			return []answer{{1, g * s.weight, last.weight}}
		}
		return nil
	}
	if last.char == s.char {
		return []answer{{1, s.weight, last.weight}}
	}
	var ways []answer
	for k, full := range s.sounds.full {
		if q.spells(i, full) {
			ways = append(ways, answer{len(full), s.weight, q.weigh(i, len(full))})
		} else if h := s.sounds.heard[k]; q.spells(i, h) {
			ways = append(ways, answer{len(h), heardSound * s.weight, q.weigh(i, len(h))})
		}
		if rune(full[0]) == last.char {
			ways = append(ways, answer{1, byInitial * s.weight, last.weight})
		}
	}
	return ways
}

// spells says whether the wish spells a syllable right before i.
func (q wish) spells(i int, syllable string) bool {
	if len(syllable) < 2 || len(syllable) > i {
		return false
	}
	for k := range len(syllable) {
		if q.signs[i-len(syllable)+k].char != rune(syllable[k]) {
			return false
		}
	}
	return true
}

func (q wish) weigh(i, used int) float64 {
	w := 0.0
	for _, s := range q.signs[i-used : i] {
		w += s.weight
	}
	return w
}

// alike says how much a typed character is another one: the same, of the same sound, or heard as the same.
func alike(typed, meant sign) float64 {
	switch {
	case typed.char == meant.char:
		return 1
	case anySame(typed.sounds.full, meant.sounds.full):
		return sameSound
	case anySame(typed.sounds.heard, meant.sounds.heard):
		return heardSound
	}
	return 0
}

// inBag counts the characters in common in whatever order.
func (q wish) inBag(t text) float64 {
	taken := make([]bool, len(t.signs))
	gained, used := 0.0, 0.0
	for _, s := range q.signs {
		for j, meant := range t.signs {
			if !taken[j] && meant.char == s.char {
				taken[j] = true
				gained += meant.weight
				used += s.weight
				break
			}
		}
	}
	return q.share(gained, q.worth-used, t.worth-gained)
}
