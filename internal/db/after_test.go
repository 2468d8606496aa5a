package db

import (
	"context"
	"errors"
	"slices"
	"testing"
)

func TestAfterCommit(t *testing.T) {
	each(t, func(t *testing.T, d *base) {
		var done []string
		after := func(ctx context.Context, name string) {
			d.AfterCommit(ctx, func() {
				if got := d.names(t.Context()); !slices.Contains(got, "durable") {
					t.Errorf("%s ran before the commit: others see %v", name, got)
				}
				done = append(done, name)
			})
		}
		d.write(func(ctx context.Context) error {
			after(ctx, "outer")
			if err := d.Write(ctx, func(ctx context.Context) error {
				after(ctx, "inner")
				return nil
			}); err != nil {
				return err
			}
			err := d.Write(ctx, func(ctx context.Context) error {
				after(ctx, "inner that is undone")
				return errNo
			})
			if !errors.Is(err, errNo) {
				return err
			}
			if len(done) > 0 {
				t.Errorf("before the commit: %v", done)
			}
			return d.mark(ctx, "durable")
		})
		if !slices.Equal(done, []string{"outer", "inner"}) {
			t.Errorf("ran: %v", done)
		}
	})
}

func TestAfterCommitNeverRunsForAWriteThatIsUndone(t *testing.T) {
	for what, end := range map[string]func() error{
		"an error": func() error { return errNo },
		"a panic":  func() error { panic("at the disco") },
	} {
		t.Run(what, func(t *testing.T) {
			each(t, func(t *testing.T, d *base) {
				err := d.Write(t.Context(), func(ctx context.Context) error {
					d.AfterCommit(ctx, func() { t.Error("it ran") })
					return end()
				})
				if err == nil {
					t.Error("no error")
				}
			})
		})
	}
}

func TestAfterCommitOutsideAWriteRunsAtOnce(t *testing.T) {
	each(t, func(t *testing.T, d *base) {
		ran := false
		d.AfterCommit(t.Context(), func() { ran = true })
		if !ran {
			t.Error("it did not run")
		}
	})
}

func TestAfterCommitMayWrite(t *testing.T) {
	each(t, func(t *testing.T, d *base) {
		soon(t, "a write after a write", func() {
			err := d.Write(t.Context(), func(ctx context.Context) error {
				d.AfterCommit(ctx, func() {
					if err := d.Write(t.Context(), d.marking("second")); err != nil {
						t.Error(err)
					}
				})
				return d.mark(ctx, "first")
			})
			if err != nil {
				t.Error(err)
			}
		})
		d.holds("first", "second")
	})
}
