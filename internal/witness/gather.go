package witness

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"bianmin/internal/journal"
)

// Log is what the gatherer needs of the log.
type Log interface {
	Checkpoint(ctx context.Context) (note string, size int64, err error)
	Consistency(ctx context.Context, from, to int64) ([]tlog.Hash, error)
	KeepCosigned(ctx context.Context, c journal.Cosigned) error
}

// Gatherer has the newest head cosigned by the witnesses, and keeps it with their lines when there are enough.
type Gatherer struct {
	Log       Log
	Witnesses []Witness
	Quorum    int // how many are enough
	Client    *http.Client
	// Leads says whether this copy of the program is the one that asks.
	Leads func(ctx context.Context) (bool, error)
	// Told is called with how each witness did.
	Told func(ctx context.Context, name string, size int64, err error)

	known map[string]int64  // the size that each witness is at, as far as we know
	lines map[string]string // the lines under the head
	head  string            // the head that they are under
}

// Run asks at each pace, while there is a head that a witness has not cosigned, until ctx ends.
func (g *Gatherer) Run(ctx context.Context, pace <-chan time.Time, trouble func(error)) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-pace:
			if err := g.Round(ctx); err != nil && ctx.Err() == nil {
				trouble(err)
			}
		}
	}
}

type said struct {
	witness Witness
	line    string
	at      int64
	err     error
}

// Round asks each witness that has not cosigned the newest head, all at once: one that is silent keeps nobody waiting
// for the others' lines.
func (g *Gatherer) Round(ctx context.Context) error {
	leads, err := g.Leads(ctx)
	if err != nil || !leads {
		return err
	}
	head, size, err := g.Log.Checkpoint(ctx)
	if err != nil || size == 0 {
		return err
	}
	if g.known == nil {
		g.known = map[string]int64{}
	}
	if g.head != head {
		g.head, g.lines = head, map[string]string{}
	}
	answers := make(chan said)
	asked := 0
	for _, w := range g.Witnesses {
		if g.lines[w.Name] == "" {
			asked++
			old := min(g.known[w.Name], size)
			go func() { answers <- g.ask(ctx, w, old, head, size) }()
		}
	}
	var failed error
	for range asked {
		a := <-answers
		failed = errors.Join(failed, g.take(ctx, a, size))
	}
	return failed
}

// take keeps what one witness answered, and the head when it has enough lines now.
func (g *Gatherer) take(ctx context.Context, a said, size int64) error {
	g.known[a.witness.Name] = a.at
	g.Told(ctx, a.witness.Name, a.at, a.err)
	if a.line == "" {
		return nil // why was told
	}
	g.lines[a.witness.Name] = a.line
	if len(g.lines) < g.Quorum {
		return nil
	}
	kept := journal.Cosigned{Origin: journal.OriginOf(g.head), Size: size, Note: g.head}
	for _, w := range g.Witnesses {
		if line := g.lines[w.Name]; line != "" {
			kept.Note += line
			kept.Keys = append(kept.Keys, w.key)
		}
	}
	return g.Log.KeepCosigned(ctx, kept)
}

// ask has one witness cosign the head; from its own size, when it is at another than we thought.
func (g *Gatherer) ask(ctx context.Context, w Witness, old int64, head string, size int64) said {
	for again := false; ; again = true {
		proof, err := g.Log.Consistency(ctx, old, size)
		if err != nil {
			return said{w, "", old, err}
		}
		line, at, err := w.add(ctx, g.Client, old, proof, head)
		switch {
		case err == nil:
			return said{w, line, size, nil}
		case !errors.Is(err, errBehind):
			return said{w, "", old, err}
		case at > size:
			return said{w, "", at, fmt.Errorf("%w: %d entries, and there are %d", ErrAhead, at, size)}
		case again:
			return said{w, "", at, ErrAnswer}
		}
		old = at
	}
}
