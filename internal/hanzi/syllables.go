package hanzi

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed syllables.txt
var syllableText string

var readingsOf = sync.OnceValue(func() map[rune][]string {
	of := make(map[rune][]string, 8200)
	for line := range strings.Lines(syllableText) {
		syllable, characters, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		for _, r := range characters {
			of[r] = append(of[r], syllable)
		}
	}
	return of
})

// Syllables are the readings of a standard character without tones, in the order of the alphabet: 行 is hang,
// xing and rarer ones, 女 is nv. Of other characters none is known. The answer is shared: read it only.
func Syllables(r rune) []string { return readingsOf()[r] }
