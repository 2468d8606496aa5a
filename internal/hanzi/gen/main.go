// Command gen writes letters.txt, the pinyin initial of every Han character that has a reading, and syllables.txt, the
// readings of the standard characters, from the tables of
// github.com/mozillazg/go-pinyin. That package holds its tables as a map of 42,000 entries, several megabytes of
// heap; the text is 60 KB and stays where the linker put it. Run it by go generate in internal/hanzi.
package main

import (
	"fmt"
	"log"
	"os"
	"strings"
)

func main() {
	for name, text := range map[string]string{"letters.txt": table(), "syllables.txt": syllables()} {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			log.Fatal(fmt.Errorf("write the table: %w", err))
		}
	}
}

// maxGap characters without a reading are written as "-" rather than begin a new line.
const maxGap = 6

// table has one line a run: the first code point in hex, a space, one letter a character.
func table() string {
	var b strings.Builder
	next, open := rune(0), false
	for r := rune(0x3400); r <= 0x3FFFF; r++ {
		letter, ok := initial(r)
		if !ok {
			continue
		}
		if gap := int(r - next); open && gap <= maxGap {
			b.WriteString(strings.Repeat("-", gap))
		} else {
			if open {
				b.WriteByte('\n')
			}
			fmt.Fprintf(&b, "%X ", r)
			open = true
		}
		b.WriteByte(letter)
		next = r + 1
	}
	b.WriteByte('\n')
	return b.String()
}
