package cases

import "sync"

// kept remembers cases as they were read. A case never changes without its number of events growing, and the row tells
// that number, so what was read under it stays true, whoever writes beside. Nobody changes a case that was read: a
// change is made on a copy.
//
// It holds two generations: when the young one is full it becomes the old one, and what is still asked for moves back.
type kept struct {
	mu         sync.Mutex
	young, old map[Number]*Case
}

// keptMost is how many cases one generation holds; a case takes some 4 KB.
const keptMost = 1000

// get gives the case if it was read with so many events.
func (k *kept) get(n Number, events int64) *Case {
	k.mu.Lock()
	defer k.mu.Unlock()
	c := k.young[n]
	if c == nil {
		c = k.old[n]
	}
	if c == nil || c.Events != events {
		return nil
	}
	k.keep(c)
	return c
}

func (k *kept) put(c *Case) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.keep(c)
}

func (k *kept) keep(c *Case) {
	if k.young == nil || len(k.young) >= keptMost {
		k.young, k.old = make(map[Number]*Case, keptMost), k.young
	}
	k.young[c.Number] = c
}
