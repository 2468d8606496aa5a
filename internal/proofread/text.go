package proofread

import (
	"fmt"
	"io/fs"
	"path"
	"strings"
	"unicode"
)

// Hole stands in a text for what is put in when it is shown.
const Hole = "{}"

// Text is one text as it is written in a file.
type Text struct {
	File  string // from the root of the tree, with slashes
	Line  int    // from 1; 0 where a file's form has none
	Under string // what the file calls it: a code, a field, an attribute; may be empty
	Words string // holes are Hole
}

func (t Text) String() string { return fmt.Sprintf("%s:%d: %q", t.File, t.Line, t.Words) }

// unread are files whose Chinese is no wording: tables of characters, people's and places' names, what people type
// and how others write, tools, and this package.
var unread = []string{
	"internal/hanzi/", "internal/proofread/", "internal/browser/", "internal/enginetest/", "internal/place/testdata/",
	"internal/place/data/shenmu-divisions.csv", "internal/place/shenmu.go", "internal/demo/names.go", "internal/demo/who.go", "internal/guide/data/everyday.txt",
	"internal/item/data/README.md", "internal/calendar/README.md", "internal/guide/finder.go",
	"internal/item/alike.go", "internal/item/pieces.go", "internal/item/question.go", "bench/", "scripts/", "docs/",
}

// Gather reads a tree for its texts, in the order of files and of lines.
func Gather(tree fs.FS) ([]Text, error) {
	var all []Text
	err := fs.WalkDir(tree, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && name != "." && (strings.HasPrefix(entry.Name(), ".") || entry.Name() == "testdata") {
			return fs.SkipDir
		}
		read := reader(name)
		if entry.IsDir() || read == nil {
			return nil
		}
		raw, err := fs.ReadFile(tree, name)
		if err != nil {
			return err
		}
		found, err := read(name, string(raw))
		if err != nil {
			return fmt.Errorf("reading the texts of %s: %w", name, err)
		}
		all = append(all, found...)
		return nil
	})
	return all, err
}

func reader(name string) func(name, source string) ([]Text, error) {
	for _, prefix := range unread {
		if strings.HasPrefix(name, prefix) {
			return nil
		}
	}
	in := func(folder string) bool { return strings.HasPrefix(name, folder) }
	switch path.Ext(name) {
	case ".templ":
		return ofTemplate
	case ".go":
		if strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, "_templ.go") || strings.Contains(name, "/query/") || strings.Contains(name, "test/") {
			return nil
		}
		return ofGo
	case ".js":
		if in("internal/web/ui/assets/") && !strings.HasSuffix(name, ".min.js") {
			return ofScript
		}
	case ".html":
		if in("internal/api/") {
			return ofHTML
		}
	case ".json":
		if in("internal/item/data/") || in("internal/place/data/") {
			return ofJSON
		}
	case ".tsv":
		return ofLines
	}
	return nil
}

func hasHan(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}
