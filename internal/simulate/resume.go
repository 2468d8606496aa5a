package simulate

import (
	"container/heap"
	"context"
	"fmt"

	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/place"
)

// which names a case by what it drew.
type which struct {
	town   place.Code
	year   int
	serial int64
}

// resume counts off the arrivals that were filed before, and takes up those of their cases that are open.
func (w *world) resume(ctx context.Context) error {
	open := map[which]*cases.Running{}
	err := w.bulk.Resume(ctx, func(r *cases.Running) error {
		town, year, serial := r.Serial()
		open[which{town, year, serial}] = r
		return nil
	})
	if err != nil {
		return err
	}
	var lives []*life
	drawn := map[which]int64{}
	for range w.bulk.Filed() {
		if w.arrivals.peek() == nil {
			return fmt.Errorf("there are more cases than ever came")
		}
		a := w.arrivals.take()
		of := which{town: w.towns.list[a.town].Code, year: calendar.DateOf(a.at).Year()}
		drawn[of]++
		of.serial = drawn[of]
		if r := open[of]; r != nil {
			delete(open, of)
			lives = append(lives, &life{index: a.index, running: r, told: w.teller.Case(a.index, w.towns.list[a.town], a.at, a.afar)})
		}
	}
	w.arrivals.peek() // so that every evening is known that came before a move
	for _, l := range lives {
		if w.plan(l) {
			heap.Push(&w.queue, l)
		}
	}
	if len(open) > 0 {
		return fmt.Errorf("%d open cases are not of this simulation", len(open))
	}
	return nil
}
