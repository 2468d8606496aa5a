package proofread

import (
	"io/fs"
	"os"
	"strings"
	"sync"
	"testing"
)

var tree = os.DirFS("../..")

var gathered = sync.OnceValues(func() ([]Text, error) { return Gather(tree) })

// all are the texts of this tree: so many, or the reading of one kind of file was lost.
func all(t *testing.T) []Text {
	t.Helper()
	texts, err := gathered()
	if err != nil {
		t.Fatal(err)
	}
	by := map[string]int{}
	for _, x := range texts {
		by[x.File[strings.LastIndex(x.File, ".")+1:]]++
	}
	for kind, least := range map[string]int{"templ": 800, "go": 2500, "js": 15, "html": 8, "json": 2000, "tsv": 80} {
		if by[kind] < least {
			t.Errorf("%d texts in .%s files, want %d or more", by[kind], kind, least)
		}
	}
	return texts
}

// TestEveryTextIsInOrder reads all that people read.
func TestEveryTextIsInOrder(t *testing.T) {
	for _, x := range all(t) {
		for _, slip := range Slips(x) {
			t.Errorf("%s: %s", x, slip)
		}
	}
}

func TestCatalogueIsCurrent(t *testing.T) {
	for name, want := range Catalogue(all(t)) {
		have, err := fs.ReadFile(tree, name)
		if err != nil {
			t.Fatal(err)
		}
		if string(have) != want {
			t.Errorf("%s is stale: run go generate in internal/proofread", name)
		}
	}
}

func TestCatalogueIsByPage(t *testing.T) {
	docs := Catalogue([]Text{
		{File: "internal/web/work/desk.templ", Words: "打印 P"}, {File: "internal/web/portal/home.templ", Words: "查一查"}, {File: "internal/web/portal/home.templ", Words: "查一查"},
		{File: "internal/words/problem.go", Under: "not_found", Words: "没有找到"}, {File: "cmd/bianmin/serve.go", Under: "Help", Words: "  a*b 的\n"},
		{File: "internal/item/data/items.json", Under: "plain", Words: "申请低保"},
	})
	pages := docs[Pages]
	last := 0
	for _, want := range []string{"## 群众的网页", "### home.templ\n\n- 查一查\n\n", "## 办不了的原因", "- `not_found` 没有找到\n", "## 工作人员的网页", "### desk.templ\n\n- 打印 P\n", "### cmd/bianmin/serve.go\n\n- a\\*b 的\n"} {
		at := strings.Index(pages, want)
		if at < last {
			t.Fatalf("%q is not there, or not in its order:\n%s", want, pages)
		}
		last = at
	}
	if strings.Contains(pages, "申请低保") || !strings.Contains(docs[Items], "## items.json：plain\n\n- 申请低保\n") {
		t.Errorf("the items' words are not in their own document:\n%s", docs[Items])
	}
}
