package demo

import (
	"container/heap"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/clock"
	"bianmin/internal/once"
	"bianmin/internal/place"
	"bianmin/internal/problem"
	"bianmin/internal/reference"
)

// Start is when the demonstration's clock starts: 2026-03-10 10:20 in Shanghai.
var Start = time.Date(2026, time.March, 10, 10, 20, 0, 0, calendar.Shanghai)

// Seed makes the cases. It moves clk, on which the services run, from move to move up to Start, and leaves it there.
func Seed(ctx context.Context, s *cases.Service, city reference.City, clk *clock.Manual) error {
	_, err := seedAll(ctx, s, city, clk)
	return err
}

// seedAll lives through all cases together, in the order of time, as the journal has to have it.
func seedAll(ctx context.Context, s *cases.Service, city reference.City, clk *clock.Manual) ([]*life, error) {
	plans, err := plansFor(city)
	if err != nil {
		return nil, err
	}
	w := world{service: s, clock: clk, actors: map[string]access.Actor{}, root: city.Places.Root().Code}
	for _, a := range Accounts(city) {
		w.actors[a.Account] = a.Actor()
	}
	lives := make([]*life, len(plans))
	for i, p := range plans {
		lives[i] = &life{plan: p, office: office{city.Calendar}, taken: map[int]bool{}, next: move{at: p.filed, account: p.by}}
		heap.Push(&w.queue, lives[i])
	}
	if w.runs, err = runsOf(lives); err != nil {
		return nil, err
	}
	for w.queue.Len() > 0 {
		if err := w.runUntil(ctx, w.queue[0].next.at); err != nil {
			return nil, err
		}
		if err := w.turn(ctx, heap.Pop(&w.queue).(*life)); err != nil {
			return nil, err
		}
	}
	if err := w.runUntil(ctx, Start); err != nil {
		return nil, err
	}
	clk.Set(Start)
	return lives, nil
}

// world is where the cases live.
type world struct {
	service *cases.Service
	clock   *clock.Manual
	actors  map[string]access.Actor
	queue   queue
	runs    []run // errands that are still to come
	root    place.Code
}

// turn makes the next move of one case, and plans the one after it if that comes before Start.
func (w *world) turn(ctx context.Context, l *life) error {
	w.clock.Set(l.next.at)
	if n, err := w.service.FallDue(ctx); err != nil || n > 0 && l.turn > 0 && w.changed(ctx, l) {
		return err // the law was there first: what comes next is planned anew
	}
	answer, err := w.do(ctx, l)
	if err != nil {
		return fmt.Errorf("case %d of the demonstration (%s), %s: %w", l.index, l.def.Code, l.what(), explained(err))
	}
	l.view = cases.View{}
	if err := json.Unmarshal(answer.Body, &l.view); err != nil {
		return err
	}
	l.number = l.view.Number
	l.turn++
	w.goOn(l)
	return nil
}

// goOn plans the next move, if it comes before Start.
func (w *world) goOn(l *life) {
	if l.ahead(l.next.at) && l.next.at.Before(Start) {
		heap.Push(&w.queue, l)
	}
}

// changed looks at the case again after something fell due; when it was this case, it goes on from there.
func (w *world) changed(ctx context.Context, l *life) bool {
	view, err := w.service.Get(ctx, w.actors[l.next.account], l.number)
	if err != nil || view.Version == l.view.Version {
		return false // that it cannot be read the move itself will tell
	}
	l.view = view
	w.goOn(l)
	return true
}

func (w *world) do(ctx context.Context, l *life) (once.Answer, error) {
	actor := w.actors[l.next.account]
	if l.turn == 0 {
		return w.service.File(ctx, actor, l.key(filePath), l.application())
	}
	path := filePath + "/" + string(l.number) + "/" + string(l.next.command.Verb())
	return w.service.Do(ctx, actor, l.key(path), l.number, l.view.Version, l.next.command)
}

const filePath = "/api/v1/cases"

// key is the move's idempotency key, the same in every run.
func (l *life) key(path string) once.Key {
	key := fmt.Sprintf("demo-%03d-%02d", l.index, l.turn)
	return once.Key{Account: l.next.account, Path: path, Key: key, Request: sha256.Sum256([]byte(key))}
}

// what names the move, for an error.
func (l *life) what() string {
	if l.turn == 0 {
		return "filed by " + l.next.account
	}
	return fmt.Sprintf("%s by %s in %s", l.next.command.Verb(), l.next.account, l.view.State)
}

// explained adds what a refusal knows: a plan that the rules refuse is a fault of the plan.
func explained(err error) error {
	var p *problem.Problem
	if errors.As(err, &p) {
		return fmt.Errorf("%w: %v %v", err, p.Facts, p.Fields)
	}
	return err
}

// queue is the heap of cases by the time of their next move.
type queue []*life

func (q queue) Len() int { return len(q) }

func (q queue) Less(i, j int) bool {
	if a, b := q[i].next.at, q[j].next.at; !a.Equal(b) {
		return a.Before(b)
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
	*q = (*q)[:last]
	return l
}
