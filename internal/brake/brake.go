// Package brake slows guessing: after so many wrong tries at one thing there is a pause. It counts in memory: it is a
// brake, not a record. Rows M55 (signing in), M29 (a citizen's following of a case).
package brake

import (
	"hash/maphash"
	"sync"
	"time"
)

// triesMost is how many wrong tries begin the pause.
const triesMost = 5

// keysMost bounds the memory of what we remember; beyond it the oldest are forgotten.
const keysMost = 100_000

// Brake counts wrong tries by key. Safe for concurrent use.
type Brake struct {
	pause time.Duration
	mu    sync.Mutex
	keys  map[string]*tries
	turns [64]sync.Mutex
}

type tries struct {
	wrong int
	last  time.Time
}

// New is a brake whose pause lasts so long after the last wrong try.
func New(pause time.Duration) *Brake { return &Brake{pause: pause, keys: map[string]*tries{}} }

var turnSeed = maphash.MakeSeed()

// Turn is held while a try is checked, so that many at once are counted one after the other. Keys share turns by a
// chance that nobody outside can steer, which only makes one wait for the other.
func (b *Brake) Turn(key string) *sync.Mutex {
	return &b.turns[maphash.String(turnSeed, key)%uint64(len(b.turns))]
}

// Wait says how long it is until the key may be tried again; 0 when it may be now.
func (b *Brake) Wait(key string, now time.Time) time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	x := b.keys[key]
	if x == nil || x.wrong < triesMost {
		return 0
	}
	if now.Before(x.last) {
		x.last = now // a clock that was put back must not prolong the pause
	}
	return max(0, x.last.Add(b.pause).Sub(now))
}

// Failed counts a wrong try and says whether it was the one that begins the pause.
func (b *Brake) Failed(key string, now time.Time) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	x := b.keys[key]
	if x == nil || now.Sub(x.last) >= b.pause {
		b.makeRoom(now)
		x = &tries{}
		b.keys[key] = x
	}
	x.wrong++
	x.last = now
	return x.wrong == triesMost
}

// Succeeded forgets the wrong tries.
func (b *Brake) Succeeded(key string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.keys, key)
}

// makeRoom drops what has run out, and when that is not enough, everything: a flood must not eat the memory.
func (b *Brake) makeRoom(now time.Time) {
	if len(b.keys) < keysMost {
		return
	}
	for k, x := range b.keys {
		if now.Sub(x.last) >= b.pause {
			delete(b.keys, k)
		}
	}
	if len(b.keys) >= keysMost {
		clear(b.keys)
	}
}
