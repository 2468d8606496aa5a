package cases

import (
	"context"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/item"
	"bianmin/internal/problem"
)

// DecideOn is the decision itself: yes, or no with the reason (行政许可法 第三十四条、第三十八条).
type DecideOn struct {
	Approve bool
	Reason  string
	redress string // for a no, as read
}

// Verb is decide.
func (DecideOn) Verb() Verb { return VerbDecide }

// Check wants a reason for a no.
func (d DecideOn) Check(*item.Version) []problem.Field {
	return checkWords(words{"reason", "不同意的理由", d.Reason, !d.Approve})
}

// read names the ways of redress, as they are today.
func (d DecideOn) read(_ context.Context, s *Service, c *Case) (Command, error) {
	d.redress = s.redress(c.Def)
	return d, nil
}

// redress is how what is decided on an item may be contested.
func (s *Service) redress(def *item.Version) string {
	return def.Redress(s.places.Reconsiders(def.Decider().Unit))
}

// against gives a decision on the spot the same.
func (s *Service) against(def *item.Version, f Finish) Finish {
	f.redress = s.redress(def)
	return f
}

func (d DecideOn) decide(c *Case, a access.Actor, _ time.Time) ([]Event, *problem.Problem) {
	e := &DecidedEvent{Step: c.mine(a, item.Decide) + 1, Approve: d.Approve, Reason: d.Reason}
	if !d.Approve {
		e.Redress = d.redress
	}
	return []Event{e}, nil
}

// DecidedEvent is the decision.
type DecidedEvent struct {
	Meta
	Step    int    `json:"step"`
	Approve bool   `json:"approve"`
	Reason  string `json:"reason,omitempty"`
	Redress string `json:"redress,omitempty"`
}

// Kind is KindDecided.
func (e *DecidedEvent) Kind() Kind { return KindDecided }

func (e *DecidedEvent) apply(c *Case) {
	c.take(e.Meta)
	c.State, c.DecidedAt, c.Approved = Decided, e.At, &e.Approve
	if !e.Approve {
		c.skipToDelivery(e.Step - 1)
	}
	c.finish(e.Step-1, e.At, e.By, e.Reason)
}

// skipToDelivery drops what only a yes leads to (making the certificate, doing the work); a no is still delivered.
func (c *Case) skipToDelivery(decision int) {
	for i := range c.Steps {
		if i > decision && c.Def.Steps[i].Kind != item.Deliver || i < decision && !c.Steps[i].finished() {
			c.Steps[i].Skipped = true
		}
	}
}

// Deliver hands over the result (第四十四条).
type Deliver struct {
	Way      string // how: 窗口领取, 代办员送达, 邮寄 …
	Receiver string // to whom
}

// Ways are the usual ways of delivery; others may be written out.
var Ways = []struct{ Code, Chinese string }{{"counter", "窗口领取"}, {"agent", "代办员送达"}, {"courier", "邮寄"}, {"online", "网上送达"}}

// WayChinese is the name of a way; one that was written out is its own name.
func WayChinese(way string) string {
	for _, w := range Ways {
		if w.Code == way {
			return w.Chinese
		}
	}
	return way
}

// Verb is deliver.
func (Deliver) Verb() Verb { return VerbDeliver }

// Check wants the way and the receiver.
func (d Deliver) Check(*item.Version) []problem.Field {
	return checkWords(words{"way", "怎么送达", d.Way, true}, words{"receiver", "谁领的", d.Receiver, true})
}

func (d Deliver) decide(c *Case, a access.Actor, _ time.Time) ([]Event, *problem.Problem) {
	return []Event{&DeliveredEvent{Step: c.mine(a, item.Deliver) + 1, Way: d.Way, Receiver: d.Receiver}}, nil
}

// DeliveredEvent is the handing over. When no step remains the case is closed with it.
type DeliveredEvent struct {
	Meta
	Step     int    `json:"step"`
	Way      string `json:"way"`
	Receiver string `json:"receiver"`
}

// Kind is KindDelivered.
func (e *DeliveredEvent) Kind() Kind { return KindDelivered }

func (e *DeliveredEvent) apply(c *Case) {
	c.take(e.Meta)
	c.State = Delivered
	c.finish(e.Step-1, e.At, e.By, "")
	if len(c.open()) == 0 {
		c.end(Closed, e.At)
	}
}
