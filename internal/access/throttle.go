package access

import (
	"hash/maphash"
	"sync"
	"time"
)

// Five wrong tries for one account from one address pause that pair; another address still enters, so that nobody can
// lock a colleague out.
const (
	triesMost  = 5
	triesPause = 30 * time.Minute
	// pairsMost bounds the memory of whom we remember; beyond it the oldest are forgotten.
	pairsMost = 100_000
)

// throttle counts wrong tries in memory: it is a brake, not a record (the journal has the record).
type throttle struct {
	mu    sync.Mutex
	pairs map[pair]*tries
	turns [64]sync.Mutex
}

var turnSeed = maphash.MakeSeed()

// turn is held while a pair's try is checked. Pairs share turns by a chance that nobody outside can steer, which only
// makes one wait for the other.
func (t *throttle) turn(account, address string) *sync.Mutex {
	return &t.turns[maphash.Comparable(turnSeed, pair{account, address})%uint64(len(t.turns))]
}

type pair struct{ account, address string }

type tries struct {
	wrong int
	last  time.Time
}

// wait says how long the pair has to wait; 0 when it may try.
func (t *throttle) wait(account, address string, now time.Time) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	x := t.pairs[pair{account, address}]
	if x == nil || x.wrong < triesMost {
		return 0
	}
	if now.Before(x.last) {
		x.last = now // a clock that was put back must not prolong the pause
	}
	return max(0, x.last.Add(triesPause).Sub(now))
}

// failed counts a wrong try and says whether it was the one that begins the pause.
func (t *throttle) failed(account, address string, now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.pairs == nil {
		t.pairs = map[pair]*tries{}
	}
	key := pair{account, address}
	x := t.pairs[key]
	if x == nil || now.Sub(x.last) >= triesPause {
		t.makeRoom(now)
		x = &tries{}
		t.pairs[key] = x
	}
	x.wrong++
	x.last = now
	return x.wrong == triesMost
}

func (t *throttle) succeeded(account, address string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.pairs, pair{account, address})
}

// makeRoom drops what has run out, and when that is not enough, everything: a flood must not eat the memory.
func (t *throttle) makeRoom(now time.Time) {
	if len(t.pairs) < pairsMost {
		return
	}
	for k, x := range t.pairs {
		if now.Sub(x.last) >= triesPause {
			delete(t.pairs, k)
		}
	}
	if len(t.pairs) >= pairsMost {
		clear(t.pairs)
	}
}
