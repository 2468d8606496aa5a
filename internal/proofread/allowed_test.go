package proofread

import (
	"slices"
	"testing"
)

// TestAllowedWordsAreUsed: a word that no text has any more is allowed no more.
func TestAllowedWordsAreUsed(t *testing.T) {
	used := map[string]bool{}
	for _, x := range all(t) {
		if !technical(x.File) {
			for _, w := range latinWord.FindAllString(x.Words, -1) {
				used[w] = true
			}
		}
	}
	for _, w := range latinWords {
		if !used[w] {
			t.Errorf("%s stands in no text", w)
		}
	}
	if !slices.IsSorted(latinWords) {
		t.Error("the list is not sorted")
	}
}
