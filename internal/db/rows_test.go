package db

import (
	"context"
	"errors"
	"fmt"
	"testing"
)

var documentRows = Rows{Table: "documents", Columns: "subject, doc, events"}

// TestRowsAreWrittenOver: some are there, some are new; in a whole write and in another, twice in one transaction.
func TestRowsAreWrittenOver(t *testing.T) {
	each(t, func(t *testing.T, d *base) {
		over := documentRows
		over.Again = "ON CONFLICT (subject) DO UPDATE SET events = documents.events + excluded.events"
		for _, write := range []func(context.Context, func(context.Context) error) error{d.Write, d.WriteWhole, d.WriteWhole} {
			if err := write(t.Context(), func(ctx context.Context) error {
				return errors.Join(d.WriteRows(ctx, over, []any{"x/1", "{}", 1, "x/2", "{}", 10}), d.WriteRows(ctx, over, []any{"x/3", "{}", 100, "x/2", "{}", 20}))
			}); err != nil {
				t.Fatal(err)
			}
		}
		for subject, want := range map[string]int{"x/1": 3, "x/2": 90, "x/3": 300} {
			var got int
			if err := d.Q(t.Context()).QueryRowContext(t.Context(), `SELECT events FROM documents WHERE subject = '`+subject+`'`).Scan(&got); err != nil || got != want {
				t.Errorf("%s: %d, %v, want %d", subject, got, err, want)
			}
		}
		if err := d.WriteWhole(t.Context(), func(ctx context.Context) error { return d.WriteRows(ctx, over, []any{"x/1", "{}"}) }); err == nil {
			t.Error("half a row was written")
		}
	})
}

func TestManyRowsAreWrittenAndTakenAway(t *testing.T) {
	each(t, func(t *testing.T, d *base) {
		for _, n := range []int{0, 1, 3, 64, 229} {
			err := d.WriteWhole(t.Context(), func(ctx context.Context) error {
				if _, err := d.Q(ctx).ExecContext(ctx, `DELETE FROM documents`); err != nil {
					return err
				}
				var rows []any
				var odd []string
				for i := range n {
					rows = append(rows, fmt.Sprint("x/", i), "{}", i)
					if i%2 == 1 {
						odd = append(odd, fmt.Sprint("x/", i))
					}
				}
				if err := d.WriteRows(ctx, documentRows, rows); err != nil {
					return err
				}
				return d.DropRows(ctx, "documents", "subject", odd)
			})
			if err != nil {
				t.Fatal(err)
			}
			var count, sum int
			if err := d.Q(t.Context()).QueryRowContext(t.Context(), `SELECT COUNT(*), COALESCE(SUM(events), 0) FROM documents`).Scan(&count, &sum); err != nil {
				t.Fatal(err)
			}
			even := (n + 1) / 2
			if count != even || sum != even*(even-1) {
				t.Errorf("of %d rows %d are left, with a sum of %d", n, count, sum)
			}
		}
	})
}

func TestAWholeWriteIsUndoneWhole(t *testing.T) {
	each(t, func(t *testing.T, d *base) {
		wrong := errors.New("wrong")
		err := d.WriteWhole(t.Context(), func(ctx context.Context) error {
			if err := d.WriteRows(ctx, documentRows, []any{"x/1", "{}", 1}); err != nil {
				return err
			}
			return wrong
		})
		var count int
		if err := d.Q(t.Context()).QueryRowContext(t.Context(), `SELECT COUNT(*) FROM documents`).Scan(&count); err != nil {
			t.Fatal(err)
		}
		if !errors.Is(err, wrong) || count != 0 {
			t.Errorf("%v, and %d rows", err, count)
		}
		// The next one is not held up by it.
		if err := d.Write(t.Context(), func(ctx context.Context) error {
			return d.WriteRows(ctx, documentRows, []any{"x/1", "{}", 1})
		}); err != nil {
			t.Error(err)
		}
	})
}
