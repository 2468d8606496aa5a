package simulate

import (
	"time"

	"bianmin/internal/cases"
	"bianmin/internal/demo"
)

// life is an open case and the move that comes next in it.
type life struct {
	index   int
	told    *demo.Told
	running *cases.Running

	at      time.Time
	account string
	command cases.Command // nil when the law does by itself what falls due
}

// plan decides on the next move; false when none comes before the morning.
func (w *world) plan(l *life) bool {
	r := l.running
	if !r.Open() {
		return false
	}
	l.at, l.account, l.command = l.told.Next(r.At(), r.View(), r.Had, r.Events())
	if falls := w.bulk.Falls(r); !falls.IsZero() && (l.command == nil || !l.at.Before(falls)) {
		l.at, l.command = falls, nil
	} else if l.command == nil {
		return false
	}
	return l.at.Before(demo.Start)
}

// queue is the heap of open cases by the time of their next move.
type queue []*life

func (q queue) Len() int { return len(q) }

func (q queue) Less(i, j int) bool {
	if !q[i].at.Equal(q[j].at) {
		return q[i].at.Before(q[j].at)
	}
	return q[i].index < q[j].index
}

func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }

// Push and Pop are for the heap alone.
func (q *queue) Push(x any) { *q = append(*q, x.(*life)) }

// Pop takes the last.
func (q *queue) Pop() any {
	last := len(*q) - 1
	l := (*q)[last]
	(*q)[last] = nil
	*q = (*q)[:last]
	return l
}
