package verify

import (
	"context"
	"fmt"

	"bianmin/internal/journal"
	"bianmin/internal/witness"
)

// log checks the entries in the order of their numbers, and the heads that stand inside and outside against them.
func (c *Check) log(ctx context.Context) error {
	audit, err := c.Journal.NewAudit(ctx, c.Known, c.Found)
	if err != nil {
		return err
	}
	if err := c.outside(ctx, audit); err != nil {
		return err
	}
	if err := c.cosigned(ctx, audit); err != nil {
		return err
	}
	// A page is recomputed while the next one is read: the one takes about as long as the other.
	recomputed := make(chan struct{})
	close(recomputed)
	defer func() { <-recomputed }()
	for last := int64(0); ; {
		page, err := c.Journal.After(ctx, last, pageSize)
		if err != nil {
			return err
		}
		<-recomputed
		if len(page) == 0 {
			return audit.End(ctx)
		}
		if err := audit.Stored(ctx); err != nil {
			return err
		}
		recomputed = make(chan struct{})
		go func(done chan<- struct{}) {
			defer close(done)
			for _, e := range page {
				audit.Next(e)
			}
		}(recomputed)
		last = page[len(page)-1].Number
		c.Progress("日志", last)
	}
}

// outside holds the log to a head that somebody kept: it has to contain it, unless a declared epoch names the loss.
func (c *Check) outside(ctx context.Context, audit *journal.Audit) error {
	if c.Head == "" {
		return nil
	}
	const whose = "外面留存的树头"
	epochs, err := c.Journal.Epochs(ctx)
	if err != nil {
		return err
	}
	head, ours := c.opened(c.Head)
	if !ours {
		c.Found(whose + "：不是这个日志签的，或者文件改动过")
		return nil
	}
	switch by, named := journal.Lost(epochs, head); {
	case by == nil:
		audit.Expect(head, whose)
	case named:
		c.Lost = by
	default:
		c.Found(fmt.Sprintf("%s：有 %d 条，第 %d 期从第 %d 条接着记，申报丢失的没有说到这里", whose, head.Size, by.Epoch, by.Kept))
	}
	return nil
}

// cosigned checks the head that witnesses cosigned: our signature, theirs, and that the log contains it.
func (c *Check) cosigned(ctx context.Context, audit *journal.Audit) error {
	kept, err := c.Journal.Cosigned(ctx)
	if err != nil || kept.Size == 0 {
		return err
	}
	head, ours := c.opened(kept.Note)
	if !ours || head.Origin != kept.Origin || head.Size != kept.Size {
		c.Found("journal_cosigned：签名不对")
		return nil
	}
	if _, err := witness.Cosignatures(kept.Note, kept.Keys); err != nil {
		c.Found("journal_cosigned：见证人的签名不对")
	}
	audit.Expect(head, "journal_cosigned")
	return nil
}

// opened reads a head; ours says that the log signed it.
func (c *Check) opened(checkpoint string) (head journal.Head, ours bool) {
	head, err := journal.OpenHead(checkpoint, c.Known...)
	return head, err == nil
}
