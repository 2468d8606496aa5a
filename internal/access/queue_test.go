package access

import (
	"errors"
	"fmt"
	"testing"
)

// One address that floods leaves room for the others, and all together do not fill the machine.
func TestQueueIsBounded(t *testing.T) {
	var q queue
	for range waitMostFrom {
		must(t, q.join(here))
	}
	if err := q.join(here); !errors.Is(err, errBusy) {
		t.Errorf("one more from one address: %v", err)
	}
	must(t, q.join(there))
	q.leave(there)
	q.leave(here)
	must(t, q.join(here))
	for i := range waitMost - waitMostFrom {
		must(t, q.join(fmt.Sprint("10.9.0.", i)))
	}
	if err := q.join(there); !errors.Is(err, errBusy) {
		t.Errorf("one more of all: %v", err)
	}
	for i := range waitMost - waitMostFrom {
		q.leave(fmt.Sprint("10.9.0.", i))
	}
	for range waitMostFrom {
		q.leave(here)
	}
	if q.all != 0 || len(q.from) != 0 {
		t.Errorf("left behind: %d, %v", q.all, q.from)
	}
}

// Whoever finds the queue full is told so before anything is looked up or counted.
func TestSigningInWhenTheQueueIsFull(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		for range waitMostFrom {
			must(t, b.queue.join(here))
		}
		if got := b.try(clerk.Account, right, here); got != "sign_in_busy" {
			t.Errorf("from the address that floods: %q", got)
		}
		if got := b.try(clerk.Account, right, there); got != "" {
			t.Errorf("from another: %q", got)
		}
		b.queue.leave(here)
		if got := b.try(clerk.Account, right, here); got != "" {
			t.Errorf("when there is room again: %q", got)
		}
	})
}
