package simulate

import (
	"context"

	"bianmin/internal/cases"
)

// output writes batches while the next ones are lived through. When it has failed, put says so.
type output struct {
	Parts
	queue chan written
	done  chan struct{} // closed when nothing more is written
	err   error         // read after done
}

// written is a batch and how far it brings the simulation.
type written struct {
	batch *cases.Batch
	at    Progress
}

// newOutput begins to write; end ends it.
func newOutput(ctx context.Context, p Parts) *output {
	o := &output{Parts: p, queue: make(chan written), done: make(chan struct{})}
	go func() {
		defer close(o.done)
		for w := range o.queue {
			if o.err = o.write(ctx, w.batch); o.err != nil {
				return
			}
			o.Progress(w.at)
		}
	}()
	return o
}

// write writes a batch in one transaction and has the journal's head signed over it.
func (o *output) write(ctx context.Context, b *cases.Batch) error {
	err := o.DB.WriteWhole(ctx, func(ctx context.Context) error {
		if err := b.Write(ctx, o.DB); err != nil {
			return err
		}
		return o.Keeper.AppendBulk(ctx, b.Entries)
	})
	if err != nil {
		return err
	}
	return o.Keeper.Advance(ctx)
}

// put gives a batch to be written; the error is that of one before.
func (o *output) put(ctx context.Context, b *cases.Batch, at Progress) error {
	select {
	case o.queue <- written{b, at}:
		return nil
	case <-o.done:
		return o.err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// end waits until all is written.
func (o *output) end() error {
	close(o.queue)
	<-o.done
	return o.err
}
