package db

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
)

func TestManyWritersLoseNothing(t *testing.T) {
	const writers, writes = 64, 50
	each(t, func(t *testing.T, d *base) {
		d.write(d.marking("sum"))
		err := together(writers, func(i int) error {
			for k := range writes {
				err := d.Write(t.Context(), func(ctx context.Context) error {
					return errors.Join(d.mark(ctx, fmt.Sprintf("%d/%d", i, k)),
						d.exec(ctx, `UPDATE marks SET n = n + 1 WHERE name = 'sum'`))
				})
				if err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		d.reopen()
		if n := d.number(t.Context(), `SELECT COUNT(*) FROM marks`); n != writers*writes+1 {
			t.Errorf("%d rows of %d", n-1, writers*writes)
		}
		if n := d.number(t.Context(), `SELECT n FROM marks WHERE name = 'sum'`); n != writers*writes {
			t.Errorf("counted to %d of %d", n, writers*writes)
		}
	})
}

func TestAContextThatEndsDoesNotInterruptOthers(t *testing.T) {
	const writers = 64
	each(t, func(t *testing.T, d *base) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		var kept atomic.Int64
		err := together(2*writers, func(i int) error {
			work := func(ctx context.Context) error { return d.mark(ctx, fmt.Sprint(i)) }
			if i%2 == 0 {
				return d.Write(t.Context(), work)
			}
			if i == writers+1 {
				cancel()
			}
			err := d.Write(ctx, work)
			if err == nil {
				kept.Add(1)
			} else if errors.Is(err, context.Canceled) {
				err = nil
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
		if n := d.number(t.Context(), `SELECT COUNT(*) FROM marks`); n != writers+int(kept.Load()) {
			t.Errorf("%d rows, want %d and the %d that were answered", n, writers, kept.Load())
		}
	})
}
