package access

import (
	"sync"

	"bianmin/internal/problem"
)

// How many may wait for their password to be checked, and how many of them from one address: a hall of people who sign in
// at half past eight does not come to either, and whoever floods the sign-in is told at once to come back.
const (
	waitMost     = 100
	waitMostFrom = 25
)

// errBusy asks to come back when the queue has gone down.
var errBusy = &problem.Problem{Kind: problem.TooMany, Code: "sign_in_busy", Facts: problem.Facts{"retry_after": 3}}

// queue counts who waits to be checked. The zero queue is empty.
type queue struct {
	mu   sync.Mutex
	all  int
	from map[string]int
}

// join lets one in, until leave is called, or says that there are too many.
func (q *queue) join(address string) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.all >= waitMost || q.from[address] >= waitMostFrom {
		return errBusy
	}
	if q.from == nil {
		q.from = map[string]int{}
	}
	q.all++
	q.from[address]++
	return nil
}

func (q *queue) leave(address string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.all--
	if q.from[address]--; q.from[address] == 0 {
		delete(q.from, address)
	}
}
