package guide

import (
	_ "embed"
	"fmt"
	"io"
	"strings"
	"sync"
	"unicode/utf8"

	"bianmin/internal/item"
)

//go:embed data/everyday.txt
var everydayFile string

// Words is a table of everyday words, read but not yet laid beside a catalogue.
type Words struct {
	phrases []phrase
	same    []string // pairs for strings.NewReplacer: a word, and the one it counts as
	asking  []string // words around a wish that say nothing of it
	light   string   // characters that say little
}

// phrase is what somebody says, and the items it may mean by name, the likeliest first.
type phrase struct {
	line  int
	said  string
	means []string
}

// WordsError says which line of a table cannot be read, in words for whoever wrote it.
type WordsError struct {
	Line int
	What string
}

func (e *WordsError) Error() string { return fmt.Sprintf("第%d行：%s", e.Line, e.What) }

// maxPhrase is how many characters a phrase may have.
const maxPhrase = 40

// ReadWords reads a table of one thing a line; what follows # is a remark:
//
//	社保卡掉河里了 = 办社保卡（申领、启用、补换）     a phrase, and the plain names of items, with 、 … between several: ；
//	掉了 ~ 丢了                                       two words that mean the same
//	- 怎么办                                          a word of asking
//	. 的了吗                                          characters that say little
func ReadWords(r io.Reader) (*Words, error) {
	raw, err := io.ReadAll(io.LimitReader(r, 4<<20))
	if err != nil {
		return nil, err
	}
	w := &Words{}
	n := 0
	for line := range strings.Lines(string(raw)) {
		n++
		line, _, _ = strings.Cut(line, "#")
		if line = strings.TrimSpace(strings.TrimPrefix(line, "\ufeff")); line == "" {
			continue
		}
		if !utf8.ValidString(line) {
			return nil, &WordsError{n, "文字的编码不是 UTF-8"}
		}
		if what := w.take(n, line); what != "" {
			return nil, &WordsError{n, what}
		}
	}
	return w, nil
}

// take reads one line, or says what is wrong with it.
func (w *Words) take(n int, line string) string {
	if word, is := strings.CutPrefix(line, "-"); is {
		w.asking = append(w.asking, string(fold(word)))
		return empty(fold(word), "横线后面要写一个词")
	}
	if signs, is := strings.CutPrefix(line, "."); is {
		w.light += string(fold(signs))
		return empty(fold(signs), "点后面要写字")
	}
	if word, as, is := strings.Cut(line, "~"); is {
		from, to := fold(word), fold(as)
		if len(from) == 0 || len(to) == 0 {
			return "波浪线两边都要写词"
		}
		w.same = append(w.same, string(from), string(to))
		return ""
	}
	said, names, is := strings.Cut(line, "=")
	if !is {
		return "要写成“说法 = 事项名”“词 ~ 同义词”“- 问话的词”或者“. 不要紧的字”"
	}
	p := phrase{line: n, said: strings.TrimSpace(said)}
	for name := range strings.SplitSeq(names, "；") {
		if name = strings.TrimSpace(name); name != "" {
			p.means = append(p.means, name)
		}
	}
	switch length := len(fold(p.said)); {
	case length == 0:
		return "等号前面要写说法"
	case length > maxPhrase:
		return fmt.Sprintf("说法最多 %d 个字", maxPhrase)
	case len(p.means) == 0:
		return "等号后面要写事项名"
	}
	w.phrases = append(w.phrases, p)
	return ""
}

func empty(chars []rune, what string) string {
	if len(chars) == 0 {
		return what
	}
	return ""
}

// Everyday is our own table.
var Everyday = sync.OnceValue(func() *Words {
	w, err := ReadWords(strings.NewReader(everydayFile))
	if err != nil {
		panic("guide: data/everyday.txt: " + err.Error()) // a fault of the build, which the tests catch
	}
	return w
})

// And is the table with another one behind it: a city's own.
func (w *Words) And(more *Words) *Words {
	if more == nil {
		return w
	}
	return &Words{phrases: append(w.phrases[:len(w.phrases):len(w.phrases)], more.phrases...), same: append(w.same[:len(w.same):len(w.same)], more.same...),
		asking: append(w.asking[:len(w.asking):len(w.asking)], more.asking...), light: w.light + more.light}
}

// Unknown lists what stands in the table and in no item of the catalogue: another city's catalogue may lack some.
func (w *Words) Unknown(c *item.Catalogue) []string {
	var list []string
	for _, p := range w.phrases {
		for _, name := range p.means {
			if _, ok := c.Find(name); !ok {
				list = append(list, fmt.Sprintf("第%d行：没有“%s”这个事项", p.line, name))
			}
		}
	}
	return list
}
