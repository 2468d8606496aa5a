package verify

import (
	"fmt"
	"runtime"
	"slices"
	"sync"

	"bianmin/internal/journal"
)

// replay folds entries and compares the result with what is stored, beside the reading: the one takes as long as the
// other, and no subject needs another's.
type replay struct {
	tasks   chan task
	workers sync.WaitGroup
	found   func(string)
}

// task is one subject: what is stored of it, and its entries.
type task struct {
	room   *journal.Room
	stored journal.Stored
	group  []journal.Entry
}

// newReplay begins; end waits until all is compared.
func newReplay(found func(string)) *replay {
	r := &replay{tasks: make(chan task, 64), found: found}
	for range runtime.GOMAXPROCS(0) {
		r.workers.Go(func() {
			for t := range r.tasks {
				r.same(t)
			}
		})
	}
	return r
}

func (r *replay) end() {
	close(r.tasks)
	r.workers.Wait()
}

// add takes a subject. The group is the caller's and is copied.
func (r *replay) add(room *journal.Room, stored journal.Stored, group []journal.Entry) {
	r.tasks <- task{room, stored, slices.Clone(group)}
}

// same names the columns that differ, never their values: they may be personal.
func (r *replay) same(t task) {
	want, err := t.room.Rebuild(t.group)
	if err != nil {
		r.found(fmt.Sprintf("journal：%s 的事件读不出来", t.stored.Subject))
		return
	}
	if len(want.Columns) != len(t.stored.Columns) {
		r.found(fmt.Sprintf("%s：%s 的行数和事件不一致", t.room.Tables[0], t.stored.Subject))
		return
	}
	for i, column := range want.Columns {
		if t.stored.Columns[i] != column {
			r.found(fmt.Sprintf("%s：%s 的 %s 和事件不一致", t.room.Tables[0], t.stored.Subject, column.Name))
		}
	}
}

// oneAtATime lets several report what they find.
func oneAtATime(found func(string)) func(string) {
	var mu sync.Mutex
	return func(what string) {
		mu.Lock()
		defer mu.Unlock()
		found(what)
	}
}
