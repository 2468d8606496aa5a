package journey

import (
	"slices"
	"sync"
	"testing"

	"bianmin/internal/browser"
)

// TestEveryPageForEveryRole visits every page that the gate has, by every role that may see it, when it is full, empty and
// wrong, on a screen and on a telephone, in normal and in large print: axe-core finds nothing, and nothing stands out on
// the right. A page that no visit names fails the test. One person alone: -run TestEveryPageForEveryRole/clerk.
func TestEveryPageForEveryRole(t *testing.T) {
	h := open(t)
	list := h.appointed(t, h.set(t).visits(h))
	h.complete(t, list)
	var looked seen
	first, last := shared(list)
	look := func(t *testing.T) func(p *browser.Page, v visit, f face) {
		anew := false // of the page that is shown: its parts are the same at every face
		return func(p *browser.Page, v visit, f face) {
			t.Helper()
			if f.name == faces[0].name {
				anew = looked.first(p.Shapes())
			}
			if over := browser.Eval[int](p, "document.documentElement.scrollWidth - document.documentElement.clientWidth"); over > 0 {
				t.Errorf("%s %s at %s: %d pixels stand out on the right", v.route, v.name, f.name, over)
			}
			if !anew || f.name == "1440-large" { // large print is looked through where it is largest
				return
			}
			for _, found := range scrolled(p, p.Axe()) {
				t.Errorf("%s %s at %s (%s): %v", v.route, v.name, f.name, v.path, found)
			}
		}
	}
	t.Run("first", func(t *testing.T) {
		for _, l := range first {
			t.Run(string(l.role), func(t *testing.T) {
				t.Parallel()
				h.walks(t, l, look(t))
			})
		}
	})
	for _, l := range last {
		t.Run(string(l.role)+" last", func(t *testing.T) { h.walks(t, l, look(t)) })
	}
	t.Logf("axe-core looked through %d pages", looked.pages)
}

// scrolled leaves out the targets that are small only beside or under a bar that stays at the window's edge: they are no
// longer when the page is scrolled.
func scrolled(p *browser.Page, found []browser.Finding) []browser.Finding {
	small := func(f browser.Finding) bool { return f.Rule == "target-size" }
	if !slices.ContainsFunc(found, small) {
		return found
	}
	browser.Eval[bool](p, "scrollBy(0, 120), true")
	again := p.Axe()
	return slices.DeleteFunc(found, func(f browser.Finding) bool {
		return small(f) && !slices.ContainsFunc(again, func(a browser.Finding) bool { return small(a) && a.At == f.At })
	})
}

// seen are the parts of pages that were looked at.
type seen struct {
	sync.Mutex
	parts map[string]bool
	pages int
}

// first says whether one of the parts is new.
func (s *seen) first(parts []string) bool {
	s.Lock()
	defer s.Unlock()
	if s.parts == nil {
		s.parts = map[string]bool{}
	}
	anew := false
	for _, part := range parts {
		anew = anew || !s.parts[part]
		s.parts[part] = true
	}
	if anew {
		s.pages++
	}
	return anew
}
