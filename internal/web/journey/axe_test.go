package journey

import (
	"sync"
	"testing"

	"bianmin/internal/browser"
)

// leftOut are the rules of axe-core to which no page is held, each with the reason.
var leftOut = []string{}

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
		return func(p *browser.Page, v visit, f face) {
			t.Helper()
			if over := browser.Eval[int](p, "document.documentElement.scrollWidth - document.documentElement.clientWidth"); over > 0 {
				t.Errorf("%s %s at %s: %d pixels stand out on the right", v.route, v.name, f.name, over)
			}
			if !looked.first(f.name + p.Shape()) {
				return
			}
			for _, found := range p.Axe(leftOut...) {
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
	t.Logf("%d pages of different shape", len(looked.shapes))
}

// seen are the shapes of pages that were looked at.
type seen struct {
	sync.Mutex
	shapes map[string]bool
}

// first says whether it is new.
func (s *seen) first(shape string) bool {
	s.Lock()
	defer s.Unlock()
	if s.shapes == nil {
		s.shapes = map[string]bool{}
	}
	before := s.shapes[shape]
	s.shapes[shape] = true
	return !before
}
