package simulate

import (
	"cmp"
	"container/heap"
	"context"
	"errors"
	"fmt"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/clock"
	"bianmin/internal/db"
	"bianmin/internal/demo"
	"bianmin/internal/journal"
	"bianmin/internal/problem"
	"bianmin/internal/reference"
)

// Parts are what a simulation runs on.
type Parts struct {
	DB     *db.DB
	Keeper *journal.Keeper
	Cases  *cases.Service // on Clock
	City   reference.City
	Clock  *clock.Manual
	// Progress is called after every batch.
	Progress func(Progress)
	// Batch is how many entries one transaction takes at least.
	Batch int
}

// Progress is how far a simulation has come.
type Progress struct {
	Cases, Entries int64
	Open           int
	Now            time.Time
}

// world is where the cases live.
type world struct {
	Parts
	args     Arguments
	bulk     *cases.Bulk
	actors   map[string]access.Actor
	arrivals *arrivals
	teller   *demo.Teller
	queue    queue
	towns    *towns
	done     Progress
}

// Run lives through what is left of a simulation, up to the demonstration's morning.
func Run(ctx context.Context, args Arguments, p Parts) error {
	if err := p.Keeper.Advance(ctx); err != nil {
		return err
	}
	w := &world{Parts: p, args: args, actors: map[string]access.Actor{}, towns: newTowns(p.City.Places)}
	accounts := demo.Accounts(p.City)
	for _, a := range accounts {
		w.actors[a.Account] = a.Actor()
	}
	l := newLoad(args, w.towns)
	w.arrivals = newArrivals(args, p.City.Calendar, w.towns, l)
	w.teller = demo.NewTeller(p.City, args.Seed, newHabits(args.Seed, accounts, w.towns, l).paced)
	var err error
	if w.bulk, err = p.Cases.Bulk(ctx); err != nil {
		return err
	}
	if err := w.resume(ctx); err != nil {
		return fmt.Errorf("going on from where it stopped: %w", err)
	}
	out := newOutput(ctx, p)
	err = w.live(ctx, out)
	return cmp.Or(out.end(), err)
}

// live makes move after move, in the order of time.
func (w *world) live(ctx context.Context, out *output) error {
	for {
		more, err := w.turn(ctx)
		if err != nil {
			return err
		}
		if w.bulk.Waiting() >= w.Batch || !more {
			if err := w.hand(ctx, out); err != nil || !more {
				return err
			}
		}
	}
}

// hand gives what was gathered to be written.
func (w *world) hand(ctx context.Context, out *output) error {
	b, err := w.bulk.Gather()
	if err != nil {
		return err
	}
	w.done.Cases, w.done.Open, w.done.Now = w.bulk.Filed(), w.bulk.Open(), w.Clock.Now()
	w.done.Entries += int64(len(b.Entries))
	return out.put(ctx, b, w.done)
}

// turn makes the next move there is: somebody comes, or a case goes on. False when the morning has come.
func (w *world) turn(ctx context.Context) (more bool, err error) {
	a := w.arrivals.peek()
	if len(w.queue) > 0 && (a == nil || !a.at.Before(w.queue[0].at)) {
		return true, w.goOn(ctx, w.queue[0])
	}
	if a == nil {
		return false, nil
	}
	return true, w.come(w.arrivals.take())
}

// come files a case.
func (w *world) come(a arrival) error {
	l := &life{told: w.teller.Case(a.index, w.towns.list[a.town], a.at, a.afar), index: a.index}
	w.Clock.Set(a.at)
	var err error
	if l.running, err = w.bulk.File(w.actors[l.told.By()], l.told.Application()); err != nil {
		return fmt.Errorf("case %d, filed by %s: %w", a.index, l.told.By(), explained(err))
	}
	if w.plan(l) {
		heap.Push(&w.queue, l)
	}
	return nil
}

// goOn makes the next move of the case that is first in the queue.
func (w *world) goOn(ctx context.Context, l *life) error {
	w.Clock.Set(l.at)
	if l.command == nil {
		if err := w.bulk.Fall(l.running); err != nil {
			return err
		}
	} else if err := w.bulk.Do(ctx, l.running, w.actors[l.account], l.command); err != nil {
		return fmt.Errorf("case %d (%s), %s by %s: %w", l.index, l.running.Number(), l.command.Verb(), l.account, explained(err))
	}
	if w.plan(l) {
		heap.Fix(&w.queue, 0)
	} else {
		heap.Pop(&w.queue)
	}
	return nil
}

// explained adds what a refusal knows: a move that the rules refuse is a fault of this simulation.
func explained(err error) error {
	var p *problem.Problem
	if errors.As(err, &p) {
		return fmt.Errorf("%w: %v %v", err, p.Facts, p.Fields)
	}
	return err
}
