package item

import (
	"math"
	"slices"
	"strings"
)

// piece is one character, or two that stand side by side; the second is 0 for one.
type piece [2]rune

// holder is a text of an item that has a piece.
type holder struct{ item, text int }

// pieces is the last resort: a query that matches nothing as a whole (社保卡掉河里了) is cut into
// characters and pairs, and each is worth the more the fewer items have it.
type pieces struct {
	items   int
	holders map[piece][]holder // in the order of items
	worth   map[piece]float64
}

const (
	singleWorth = 0.2  // of a single character, beside a pair
	lightWorth  = 0.25 // of what holds a light character, beside what does not
	itemShare   = 0.5  // of what the item's other texts add to its best one
	keepFrom    = 0.5  // of the best item's mark, to be shown at all
)

// light characters say little of what somebody wants, however rare their pairs are (给孩, 孩办).
const light = "给办的了我你有要么什吗去在和是不没个"

func newPieces(items [][]searchText) *pieces {
	p := &pieces{items: len(items), holders: map[piece][]holder{}, worth: map[piece]float64{}}
	for i, texts := range items {
		for j, t := range texts {
			if t.which == ByCode {
				continue
			}
			for _, c := range cut(sameWords(fold(t.written))) {
				p.holders[c] = append(p.holders[c], holder{i, j})
			}
		}
	}
	for c, at := range p.holders {
		p.worth[c] = worth(c, countItems(at), len(items))
	}
	return p
}

func worth(c piece, having, items int) float64 {
	worth := math.Log(1 + float64(items)/float64(having))
	if c[1] == 0 {
		worth *= singleWorth
	}
	if strings.ContainsRune(light, c[0]) || strings.ContainsRune(light, c[1]) {
		worth *= lightWorth
	}
	return worth
}

func countItems(at []holder) int {
	n := 0
	for i, h := range at {
		if i == 0 || at[i-1].item != h.item {
			n++
		}
	}
	return n
}

// cut gives the distinct pieces of a text.
func cut(chars []rune) []piece {
	cuts := make([]piece, 0, 2*len(chars))
	for i, r := range chars {
		cuts = append(cuts, piece{r, 0})
		if i+1 < len(chars) {
			cuts = append(cuts, piece{r, chars[i+1]})
		}
	}
	slices.SortFunc(cuts, func(a, b piece) int { return slices.Compare(a[:], b[:]) })
	return slices.Compact(cuts)
}

// mark is what an item earns: each piece once for the item, and again for the text.
type mark struct {
	item   float64
	texts  map[int]float64
	chars  int // single characters of the query found
	paired bool
}

func (p *pieces) search(chars []rune) []match {
	marks := map[int]*mark{}
	chars = sameWords(chars)
	for _, c := range cut(chars) {
		for i, h := range p.holders[c] {
			m := marks[h.item]
			if m == nil {
				m = &mark{texts: map[int]float64{}}
				marks[h.item] = m
			}
			m.texts[h.text] += p.worth[c]
			if i > 0 && p.holders[c][i-1].item == h.item {
				continue
			}
			m.item += p.worth[c]
			if c[1] == 0 {
				m.chars++
			} else {
				m.paired = true
			}
		}
	}
	return keep(marks, len(chars))
}

// keep leaves the items that share a pair, or half of the characters, and that come near the
// best.
func keep(marks map[int]*mark, asked int) []match {
	var found []match
	for item, m := range marks {
		if !m.paired && (m.chars < 2 || 2*m.chars < asked) {
			continue
		}
		text, best := bestText(m.texts)
		total := best + itemShare*(m.item-best)
		found = append(found, match{item, text, Parts, -int(1000 * total)})
	}
	slices.SortFunc(found, compareMatches)
	for i, m := range found {
		if float64(m.detail) > keepFrom*float64(found[0].detail) {
			return found[:i]
		}
	}
	return found
}

func bestText(texts map[int]float64) (text int, best float64) {
	text = -1
	for t, worth := range texts {
		if text < 0 || worth > best || (worth == best && t < text) {
			text, best = t, worth
		}
	}
	return text, best
}
