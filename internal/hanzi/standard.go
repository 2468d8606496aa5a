package hanzi

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed tongyong-guifan-8105.txt
var standardText string

// standard is the table, sorted by code point: 8105 runes, 32 KB would be a slice; a bitset of the basic block and
// a short slice for the rest take 4 KB.
var standard = sync.OnceValue(func() *runeSet {
	set := new(runeSet)
	for line := range strings.Lines(standardText) {
		r, _ := utf8.DecodeRuneInString(line)
		set.add(r)
	}
	slices.Sort(set.rest)
	return set
})

const (
	blockFirst = '\u4E00'
	blockLast  = '\u9FFF'
)

type runeSet struct {
	block [(blockLast - blockFirst + 64) / 64]uint64
	rest  []rune
}

func (s *runeSet) add(r rune) {
	if r < blockFirst || r > blockLast {
		s.rest = append(s.rest, r)
		return
	}
	s.block[(r-blockFirst)/64] |= 1 << ((r - blockFirst) % 64)
}

func (s *runeSet) has(r rune) bool {
	if r < blockFirst || r > blockLast {
		_, found := slices.BinarySearch(s.rest, r)
		return found
	}
	return s.block[(r-blockFirst)/64]&(1<<((r-blockFirst)%64)) != 0
}

// Standard reports whether r is one of the 8105 characters of the 通用规范汉字表.
func Standard(r rune) bool { return standard().has(r) }

// Outside lists the Han characters of s that are not in the table, each once, in the order they come. The zero of
// dates (〇) and the iteration mark (々) are signs rather than characters and pass.
func Outside(s string) []rune {
	var outside []rune
	for _, r := range s {
		if unicode.Is(unicode.Han, r) && r != '〇' && r != '々' && !Standard(r) && !slices.Contains(outside, r) {
			outside = append(outside, r)
		}
	}
	return outside
}
