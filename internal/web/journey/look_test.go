//go:build look

package journey

import (
	"cmp"
	_ "embed"
	"fmt"
	"html/template"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"bianmin/internal/access"
	"bianmin/internal/browser"
)

//go:embed testdata/look.html
var album string

// picture is one visit as the album shows it.
type picture struct {
	Route, State, Name, Role, Title, Address string
	Files                                    []string // one a face, in the order of faces
}

// TestLook draws every visit at every face into artefacts/look, and index.html to leaf through them. One person alone:
// -run TestLook//clerk; the album is then of that one alone.
func TestLook(t *testing.T) {
	out := filepath.Join("..", "..", "..", "artefacts", "look")
	if err := os.MkdirAll(out, 0o755); err != nil {
		t.Fatal(err)
	}
	h := open(t)
	list := h.appointed(t, h.set(t).visits(h))
	first, last := shared(list)
	a := &drawn{all: map[string]*picture{}}
	for _, l := range append(slices.Clone(first), last...) {
		a.total += len(l.visits)
	}
	draw := func(l looker) func(p *browser.Page, v visit, f face) {
		return func(p *browser.Page, v visit, f face) {
			name := strings.Join([]string{string(l.role), v.name, string(v.state), f.name}, "-") + ".jpg"
			// A bar that stays at the edge of the window belongs at the edge of the picture.
			p.Resize(f.option, browser.Tall(browser.Eval[int64](p, "Math.max(innerHeight, document.documentElement.scrollHeight)")))
			p.Screenshot(filepath.Join(out, name))
			a.add(v, l, browser.Eval[string](p, "document.title"), name)
		}
	}
	t.Run("first", func(t *testing.T) {
		for _, l := range first {
			t.Run(string(l.role), func(t *testing.T) {
				t.Parallel()
				h.walks(t, l, draw(l))
			})
		}
	})
	for _, l := range last {
		t.Run(string(l.role)+" last", func(t *testing.T) { h.walks(t, l, draw(l)) })
	}
	a.bind(t, filepath.Join(out, "index.html"))
}

// drawn are the pictures so far.
type drawn struct {
	sync.Mutex
	all   map[string]*picture
	total int
}

func (d *drawn) add(v visit, l looker, title, file string) {
	d.Lock()
	defer d.Unlock()
	key := string(l.role) + " " + v.route + " " + v.name + " " + string(v.state)
	p := d.all[key]
	if p == nil {
		p = &picture{Route: v.route, State: string(v.state), Name: v.name, Role: string(l.role), Title: title, Address: v.path}
		d.all[key] = p
	}
	p.Files = append(p.Files, file)
	if len(p.Files) == len(faces) && len(d.all)%10 == 0 {
		fmt.Printf("look: %d of %d pages are drawn\n", len(d.all), d.total)
	}
}

// roles in the order of the house's door, then accounts.
func order(role string) int {
	return slices.Index(append([]access.Role{newcomer}, everybody...), access.Role(role))
}

// bind writes the album.
func (d *drawn) bind(t *testing.T, path string) {
	t.Helper()
	var list []*picture
	for _, p := range d.all {
		list = append(list, p)
	}
	slices.SortFunc(list, func(a, b *picture) int {
		return cmp.Or(strings.Compare(a.Route, b.Route), strings.Compare(a.Name, b.Name), cmp.Compare(order(a.Role), order(b.Role)), strings.Compare(a.Role, b.Role))
	})
	var names []string
	for _, f := range faces {
		names = append(names, f.name)
	}
	page, err := template.New("album").Parse(album)
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := page.Execute(f, map[string]any{"Pictures": list, "Faces": names}); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	fmt.Printf("look: done, %d pages at %d sizes; open artefacts/look/index.html\n", len(list), len(faces))
}
