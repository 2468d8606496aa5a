package hanzi

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed letters.txt
var letterText string

// run is a stretch of code points; its letters stand in letterText from at on, "-" for none.
type run struct {
	first, at, size int32
}

var runs = sync.OnceValue(func() []run {
	list := make([]run, 0, strings.Count(letterText, "\n"))
	at := 0
	for line := range strings.Lines(letterText) {
		hex, letters, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		first, err := strconv.ParseInt(hex, 16, 32)
		if err != nil {
			panic("hanzi: letters.txt does not parse: " + err.Error())
		}
		list = append(list, run{int32(first), int32(at + len(hex) + 1), int32(len(letters))})
		at += len(line)
	}
	return list
})

// letterOf is the first letter of the usual reading of a Han character, 0 if none is known.
func letterOf(r rune) byte {
	if letter, ok := usual[r]; ok {
		return letter
	}
	list := runs()
	i, found := slices.BinarySearchFunc(list, r, func(e run, r rune) int { return int(e.first - r) })
	if !found {
		i--
	}
	if i < 0 || r-list[i].first >= list[i].size {
		return 0
	}
	if letter := letterText[list[i].at+r-list[i].first]; letter != '-' {
		return letter
	}
	return 0
}
