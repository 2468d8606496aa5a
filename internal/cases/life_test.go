package cases

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bianmin/internal/access"
	"bianmin/internal/place"
)

// TestAnyLife: whatever happens to a case, in whatever order and by whomever, these things hold.
func TestAnyLife(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := newLife(t)
		t.Repeat(map[string]func(*rapid.T){
			"time passes":        l.waits,
			"much time passes":   l.waitsLong,
			"somebody may":       l.doesWhatItMay,
			"somebody tries":     l.triesAnything,
			"it comes a step on": l.comesOn,
			"the applicant asks": l.asks,
			"":                   l.holds,
		})
		if replayed := l.replayed(); !reflect.DeepEqual(replayed, l.c) {
			t.Fatalf("the journal tells another case: %s", diff(l.c, replayed))
		}
	})
}

// life is a story that chance tells.
type life struct {
	*story
	cast []access.Actor
}

func newLife(t *rapid.T) *life {
	def := rapid.SampledFrom(theItems().All()).Draw(t, "item")
	way := rapid.SampledFrom([]struct {
		who     access.Actor
		channel Channel
		at      place.Code
	}{
		{theClerk, AtCounter, gaojiabuRoom}, {theClerk, AtCounter, gaojiabu}, {theAgent, ByAgent, gaojiabuRoom},
		{theClerk, ByPhone, gaojiabu}, {theAgent, ByKiosk, gaojiabuRoom}, {theClerk, Online, gaojiabuRoom},
	}).Draw(t, "way")
	papers := []Material{}
	for _, m := range def.Materials {
		status := rapid.SampledFrom([]MaterialStatus{MaterialReceived, MaterialReceived, MaterialReceived, MaterialReceived,
			MaterialNotNeeded, MaterialAbsent, MaterialDefective, ""}).Draw(t, m.Name)
		if status != "" { // else nobody mentions it
			papers = append(papers, paper(m.Name, status))
		}
	}
	when := calendarDay(rapid.IntRange(0, 290).Draw(t, "day"))
	l := &life{story: filedOn(t, when, string(def.Code), way.who, way.channel, way.at, papers...)}
	l.cast = []access.Actor{theAgent, theClerk, theColleague, theDesk, theHead, theChief, theSupervisor, theInspector, theAdmin}
	for i := range def.Steps {
		if a := theOwner(l.c, i); !slices.Contains(l.cast, a) {
			l.cast = append(l.cast, a)
		}
	}
	return l
}

// calendarDay is a morning of 2026, so that limits run over holidays and into the year that is not known.
func calendarDay(n int) string {
	return moments("2026-02-01 09:00").AddDate(0, 0, n).Format("2006-01-02 15:04")
}

func (l *life) waits(t *rapid.T) {
	l.passesOn(t, time.Duration(rapid.IntRange(0, 100).Draw(t, "hours"))*time.Hour)
}

// waitsLong lets limits and notices run out.
func (l *life) waitsLong(t *rapid.T) {
	l.passesOn(t, time.Duration(rapid.IntRange(5, 40).Draw(t, "days"))*24*time.Hour)
}

// passesOn moves the clock, and the law does what is its to do: in the order of the moments, each at its moment, and
// at that moment nothing is left to be done.
func (l *life) passesOn(t *rapid.T, d time.Duration) {
	l.now = l.now.Add(d)
	n := len(l.events)
	for i := range 4 {
		due := l.c.dues(theCalendar())
		e := l.c.fallen(theCalendar(), l.now)
		if e == nil {
			if len(due) > 0 && due[0].At <= At(l.now) {
				t.Fatalf("%s is due at %v and does not happen", due[0].Kind, due[0].At.Time())
			}
			break
		}
		if i == 3 {
			t.Fatalf("the law does not come to an end: %s", l.happened(n))
		}
		if m := e.meta(); m.At != due[0].At || m.Account != "system" || m.By != "系统" || m.Place != l.c.Town || m.At < l.c.Last.At {
			t.Fatalf("%s is stamped %+v, due at %v", e.Kind(), m, due[0].At)
		}
		l.take([]Event{e})
	}
}

// doesWhatItMay: somebody does one of the things that can be done now; what ends a life comes seldom.
func (l *life) doesWhatItMay(t *rapid.T) {
	type deed struct {
		who  access.Actor
		verb Verb
	}
	fatal := rapid.IntRange(0, 9).Draw(t, "fatal") == 0
	var deeds []deed
	for _, a := range l.cast {
		for _, v := range l.c.Actions(a) {
			if fatal || !slices.Contains([]Verb{VerbWithdraw, VerbVoid, VerbReject, VerbReveal, VerbAmend}, v) {
				deeds = append(deeds, deed{a, v})
			}
		}
	}
	if len(deeds) > 0 {
		d := rapid.SampledFrom(deeds).Draw(t, "deed")
		l.tries(t, d.who, d.verb)
	}
}

func (l *life) triesAnything(t *rapid.T) {
	l.tries(t, rapid.SampledFrom(l.cast).Draw(t, "who"), rapid.SampledFrom(Verbs()).Draw(t, "verb"))
}

// comesOn does what the case waits for, so that some lives come to their end.
func (l *life) comesOn(t *rapid.T) {
	switch open := l.c.open(); {
	case l.c.State == Submitted:
		l.tries(t, theClerk, VerbReceive)
	case l.c.State == Correcting:
		l.does(theClerk, Correct{whatIsNeeded(*l.c.Def)}.orAny(l.c))
	case len(open) > 0:
		i := rapid.SampledFrom(open).Draw(t, "step")
		a := theOwner(l.c, i)
		if l.c.State == Suspended {
			l.does(a, theReport)
		} else if cmd := theStep(l.c, i); l.c.May(cmd.Verb(), a) == nil {
			l.does(a, cmd)
		} else if lacks := l.c.missing(); len(lacks) > 0 && l.c.Notice == nil {
			l.does(theClerk, Notify{Missing: []Lack{{Material: lacks[0], What: MaterialAbsent}}})
		}
	}
}

// asks puts a question, which somebody may answer.
func (l *life) asks(*rapid.T) {
	if l.c.May(VerbAsk, theCitizen) == nil {
		l.does(theCitizen, Ask{"办到哪一步了"})
	}
}

// orAny brings something also for an item that needs nothing always.
func (m Correct) orAny(c *Case) Correct {
	for _, lack := range c.Notice.Missing {
		if indexOf(m.Materials, lack.Material) < 0 {
			m.Materials = append(m.Materials, paper(lack.Material, MaterialReceived))
		}
	}
	return m
}

// byTheWords are the refusals that depend on what was said, and not on who and when.
var byTheWords = []string{"invalid", "cannot_return_there", "nothing_changes", "nothing_to_reveal", "already_notified", "nothing_coming"}

// tries does a verb with whatever words, and holds the rule to its promises: it changes nothing of what it is asked
// about, gives the same answer twice, and agrees with the list of actions.
func (l *life) tries(t *rapid.T, a access.Actor, v Verb) {
	cmd := anyWords(t, l.c, v)
	before, said := sure(l.c.copy()), asJSON(cmd)
	events, no := Decide(l.c, cmd, a, l.now)
	again, _ := Decide(l.c, cmd, a, l.now)
	switch {
	case !reflect.DeepEqual(l.c, before):
		t.Fatalf("asking about %s changed the case: %s", v, diff(before, l.c))
	case asJSON(cmd) != said:
		t.Fatalf("deciding %s changed what was said", v)
	case !reflect.DeepEqual(events, again):
		t.Fatalf("%s is decided in two ways", v)
	case (no == nil) == (len(events) == 0):
		t.Fatalf("%s gives %d events and the refusal %v", v, len(events), no)
	}
	listed := slices.Contains(l.c.Actions(a), v)
	switch may := l.c.May(v, a); {
	case listed != (may == nil):
		t.Fatalf("%s: listed %v, but %v", v, listed, may)
	case listed && no != nil && !slices.Contains(byTheWords, no.Code):
		t.Fatalf("%s can %s and is refused: %s", a.Account, v, no.Code)
	case !listed && no == nil:
		t.Fatalf("%s cannot %s and does", a.Account, v)
	}
	l.take(events)
	for _, e := range events {
		if m := e.meta(); m.Account != a.Account || m.By != a.Name || m.Place != a.Place || m.At != At(l.now) {
			t.Fatalf("%s is stamped %+v", v, m)
		}
	}
}

// holds is what is true of every case at every moment.
func (l *life) holds(t *rapid.T) {
	c := l.c
	l.story.t = t
	watch(l.story) // one person answers for it; it waits where its open steps are; units see it from acceptance on
	if !slices.ContainsFunc(l.cast, func(a access.Actor) bool { return a.Account == c.Responsible.Account && a.Name == c.Responsible.Name }) {
		t.Fatalf("a stranger answers for it: %v", c.Responsible)
	}
	if c.Version > c.Events || c.Events != int64(len(l.events)) || c.Version < 1 {
		t.Fatalf("version %d of %d events, %d happened", c.Version, c.Events, len(l.events))
	}
	if back, err := stored(c); err != nil || !reflect.DeepEqual(back, c) {
		t.Fatalf("it is not what was stored of it: %v %s", err, diff(c, back))
	}
	if suspended := c.State == Suspended; suspended != (c.Special != nil) || suspended != (c.Before != "") {
		t.Fatalf("%s with the special procedure %v before which it was %q", c.State, c.Special, c.Before)
	}
	if !c.State.Open() {
		l.restsInPeace(t)
	}
	l.stepsInOrder(t)
	l.clocksInOrder(t)
	l.lawInOrder(t)
}

// lawInOrder: nobody waits for acceptance beyond its moment; what the law keeps goes with the state; a matter is on its
// way to somebody else than the one who answers for it; each notice but the first is on the record of who gave the first.
func (l *life) lawInOrder(t *rapid.T) {
	c := l.c
	if c.fallen(theCalendar(), l.now) != nil {
		t.Fatalf("something has fallen due in %s", c.State)
	}
	waiting := c.AcceptedAt == 0 && (c.State == Received || c.State == Submitted && len(c.missing()) == 0)
	if waiting != (l.view(theClerk).AcceptBy != nil) {
		t.Fatalf("%s, to be accepted by %v", c.State, l.view(theClerk).AcceptBy)
	}
	if h := c.Handing; h != nil && (h.To.Account == c.Responsible.Account || !c.State.Open()) {
		t.Fatalf("%s, in the hands of %s, is on its way to %s", c.State, c.Responsible.Account, h.To.Account)
	}
	notices := 0
	var first Person
	for _, e := range l.events {
		if n, is := e.(*Notified); is {
			if notices++; notices == 1 {
				first = n.person()
			}
		}
	}
	if len(c.Faults) != max(0, notices-1) {
		t.Fatalf("%d notices and %d faults", notices, len(c.Faults))
	}
	for _, f := range c.Faults {
		if f.Who != first {
			t.Fatalf("the fault is with %v, the first notice was by %v", f.Who, first)
		}
	}
}

// restsInPeace: in an ended case nothing is to be done, and nobody can do more than look, answer who asks, and
// give back what is still held.
func (l *life) restsInPeace(t *rapid.T) {
	if open := l.c.open(); len(open) > 0 || l.c.ClosedAt == 0 || l.c.Special != nil {
		t.Fatalf("%s, with %v open, closed at %d", l.c.State, open, l.c.ClosedAt)
	}
	for _, a := range l.cast {
		if actions := slices.DeleteFunc(l.c.Actions(a), func(v Verb) bool {
			return slices.Contains([]Verb{VerbReveal, VerbAnswer, VerbServe, VerbConvey, VerbArrive, VerbEndMove, VerbGiveBack}, v)
		}); len(actions) > 0 {
			t.Fatalf("%s can %v in %s", a.Account, actions, l.c.State)
		}
	}
}

// stepsInOrder: what is open runs side by side; what stands before is finished, and nothing after it has begun.
func (l *life) stepsInOrder(t *rapid.T) {
	open := l.c.open()
	if (len(open) > 0) != (l.c.State.Open() && l.c.State != Submitted) {
		t.Fatalf("%s with %v open", l.c.State, open)
	}
	if len(open) == 0 {
		return
	}
	first, last := l.c.beside(open[0])
	for i, run := range l.c.Steps {
		switch {
		case i < first && !run.finished():
			t.Fatalf("step %d is open and step %d not finished", open[0]+1, i+1)
		case i > last && (run.Started != 0 || run.Done != 0):
			t.Fatalf("step %d is open and step %d has begun", open[0]+1, i+1)
		}
	}
}

// clocksInOrder: no limit runs before acceptance, while suspended, or after the end; a clock that does not run says
// why; the stops follow each other, and only the last may be going on.
func (l *life) clocksInOrder(t *rapid.T) {
	c := l.c
	for _, a := range l.cast {
		limits := l.limits(a)
		for name, limit := range map[string]*Limit{"promised": limits.Promised, "legal": limits.Legal, "step": limits.Step} {
			if limit == nil {
				continue
			}
			if limit.Running != (limit.Why == nil) || (limit.From == nil) != (limit.Due == nil) {
				t.Fatalf("%s: %s", name, told(limit))
			}
			want := Why("")
			switch {
			case !c.State.Open():
				want = WhyEnded
			case c.AcceptedAt == 0 && name != "step":
				want = WhyNotAccepted
			case c.State == Suspended:
				want = WhySuspended
			default:
				continue
			}
			if limit.Why == nil || *limit.Why != want {
				t.Fatalf("%s in %s: %s, want %s", name, c.State, told(limit), want)
			}
		}
	}
	for i, stop := range c.Stops {
		switch {
		case stop.To == 0 && i < len(c.Stops)-1, stop.To != 0 && stop.To < stop.From, i > 0 && stop.From < c.Stops[i-1].To:
			t.Fatalf("stops out of order: %v", c.Stops)
		}
	}
}
