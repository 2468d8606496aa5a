package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/mozillazg/go-pinyin"

	"bianmin/internal/hanzi"
)

// syllables has one line a syllable: its letters, a space, every standard character that is read so. A character of
// several readings stands in several lines.
func syllables() string {
	by := map[string][]rune{}
	for r := rune(0x3400); r <= 0x3FFFF; r++ {
		if !unicode.Is(unicode.Han, r) || !hanzi.Standard(r) {
			continue
		}
		readings := pinyin.SinglePinyin(r, pinyin.Args{Style: pinyin.Normal, Heteronym: true})
		slices.Sort(readings)
		for _, syllable := range slices.Compact(readings) {
			if strings.Trim(syllable, "abcdefghijklmnopqrstuvwxyz") == "" { // not the bare nasals
				by[syllable] = append(by[syllable], r)
			}
		}
	}
	var b strings.Builder
	for _, syllable := range slices.Sorted(maps.Keys(by)) {
		fmt.Fprintf(&b, "%s %s\n", syllable, string(by[syllable]))
	}
	return b.String()
}
