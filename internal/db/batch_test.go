package db

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"testing"
)

// batch makes the works wait for each other, so that they share one commit, and gives their errors.
func batch(t *testing.T, d *base, works ...func(ctx context.Context) error) []error {
	t.Helper()
	begun, release := make(chan struct{}), make(chan struct{})
	first := make(chan error, 1)
	go func() {
		once := false
		first <- d.Write(t.Context(), func(context.Context) error {
			if !once { // a batch that is run again must not wait again
				once = true
				close(begun)
				<-release
			}
			return nil
		})
	}()
	<-begun
	errs := make([]error, len(works))
	ended := make(chan struct{})
	for i, work := range works {
		go func() {
			errs[i] = d.Write(t.Context(), work)
			ended <- struct{}{}
		}()
		soon(t, "the queue", func() { // in the order given
			for len(d.writer.queue) <= i {
				runtime.Gosched()
			}
		})
	}
	close(release)
	soon(t, "the batch", func() {
		for range works {
			<-ended
		}
		if err := <-first; err != nil {
			t.Error(err)
		}
	})
	return errs
}

func TestWritesThatWaitShareOneCommit(t *testing.T) {
	d := onSQLite(t)
	var seen [][]string
	look := func(ctx context.Context) error {
		seen = append(seen, d.names(ctx), d.names(t.Context()))
		return nil
	}
	for _, err := range batch(t, d, d.marking("a"), d.marking("b"), look) {
		if err != nil {
			t.Error(err)
		}
	}
	if len(seen) != 2 || !slices.Equal(seen[0], []string{"a", "b"}) || len(seen[1]) > 0 {
		t.Errorf("in the batch, and beside it before the commit: %v", seen)
	}
}

func TestOneOfABatchDoesNotHarmTheOthers(t *testing.T) {
	for what, bad := range map[string]func(ctx context.Context, d *base) error{
		"it returns an error": func(ctx context.Context, d *base) error { return errors.Join(d.mark(ctx, "bad"), errNo) },
		"it panics": func(ctx context.Context, d *base) error {
			if err := d.mark(ctx, "bad"); err != nil {
				return err
			}
			panic("at the disco")
		},
		"the engine refuses a row": func(ctx context.Context, d *base) error {
			return errors.Join(d.mark(ctx, "bad"), d.mark(ctx, "bad"))
		},
		"what it wrote cannot be committed": func(ctx context.Context, d *base) error {
			return errors.Join(d.mark(ctx, "bad"), d.exec(ctx, `INSERT INTO children (parent) VALUES ('nobody')`))
		},
		// So it is when the disk is full: the engine undoes everything, and the other parts with it.
		"the engine undoes the whole transaction": func(ctx context.Context, d *base) error {
			return errors.Join(d.mark(ctx, "bad"), d.exec(ctx, `INSERT OR ROLLBACK INTO marks (name, n) VALUES ('bad', 1)`))
		},
		"the engine undoes it and the work does not mind": func(ctx context.Context, d *base) error {
			if d.exec(ctx, `INSERT OR ROLLBACK INTO marks (name, n) VALUES ('there', 1)`) == nil {
				t.Error("nothing was undone")
			}
			return nil
		},
	} {
		t.Run(what, func(t *testing.T) {
			d := onSQLite(t)
			d.write(func(ctx context.Context) error {
				return errors.Join(d.mark(ctx, "there"), d.exec(ctx,
					`CREATE TABLE children (parent TEXT REFERENCES marks (name) DEFERRABLE INITIALLY DEFERRED)`))
			})
			errs := batch(t, d, d.marking("a"), d.marking("b"), func(ctx context.Context) error { return bad(ctx, d) }, d.marking("c"), d.marking("e"))
			for i, err := range errs {
				if (err != nil) != (i == 2) {
					t.Errorf("write %d: %v", i, err)
				}
			}
			d.holds("a", "b", "c", "e", "there")
		})
	}
}

func TestABatchThatIsRunAgainTakesEffectOnce(t *testing.T) {
	for what, spoil := range map[string]string{
		"at the commit": `INSERT INTO children (parent) VALUES ('nobody')`,
		"at once":       `INSERT OR ROLLBACK INTO marks (name, n) VALUES ('count', 1)`,
	} {
		t.Run(what, func(t *testing.T) {
			d := onSQLite(t)
			d.write(func(ctx context.Context) error {
				return errors.Join(d.mark(ctx, "count"), d.exec(ctx,
					`CREATE TABLE children (parent TEXT REFERENCES marks (name) DEFERRABLE INITIALLY DEFERRED)`))
			})
			answered := 0
			count := func(ctx context.Context) error {
				d.AfterCommit(ctx, func() { answered++ })
				return d.exec(ctx, `UPDATE marks SET n = n + 1 WHERE name = 'count'`)
			}
			errs := batch(t, d, count, count, func(ctx context.Context) error { return d.exec(ctx, spoil) }, count, count)
			if errs[2] == nil {
				t.Error("the spoiler was kept")
			}
			if n := d.number(t.Context(), `SELECT n FROM marks WHERE name = 'count'`); n != 4 {
				t.Errorf("4 writes counted %d", n)
			}
		})
	}
}

func TestAFullDiskHarmsNobodyElse(t *testing.T) {
	d := onSQLite(t)
	fill := func(ctx context.Context) error {
		pages := d.number(ctx, `PRAGMA page_count`)
		if err := d.exec(ctx, fmt.Sprintf(`PRAGMA max_page_count = %d`, pages)); err != nil {
			return err
		}
		err := d.exec(ctx, `INSERT INTO marks (name, n) VALUES (hex(zeroblob(1000000)), 0)`)
		return errors.Join(err, d.exec(ctx, `PRAGMA max_page_count = 1073741823`))
	}
	errs := batch(t, d, d.marking("a"), fill, d.marking("b"))
	if errs[0] != nil || errs[1] == nil || errs[2] != nil {
		t.Errorf("answers: %v", errs)
	}
	if got := d.names(t.Context()); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("stored: %d, %.80v", len(got), got)
	}
}
