package db

import (
	"context"
	"errors"
	"fmt"
	"testing"
)

func TestManyRowsAreWrittenAndTakenAway(t *testing.T) {
	each(t, func(t *testing.T, d *base) {
		for _, n := range []int{0, 1, 3, rowsMost, 3*rowsMost + 37} {
			err := d.WriteWhole(t.Context(), func(ctx context.Context) error {
				if _, err := d.Q(ctx).ExecContext(ctx, `DELETE FROM documents`); err != nil {
					return err
				}
				var rows, odd []any
				for i := range n {
					rows = append(rows, fmt.Sprint("x/", i), "{}", i)
					if i%2 == 1 {
						odd = append(odd, fmt.Sprint("x/", i))
					}
				}
				if err := d.WriteRows(ctx, `INSERT INTO documents (subject, doc, events) VALUES `, 3, rows, ``); err != nil {
					return err
				}
				return d.WriteRows(ctx, `DELETE FROM documents WHERE subject IN (`, 1, odd, `)`)
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
			if err := d.WriteRows(ctx, `INSERT INTO documents (subject, doc, events) VALUES `, 3, []any{"x/1", "{}", 1}, ``); err != nil {
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
			return d.WriteRows(ctx, `INSERT INTO documents (subject, doc, events) VALUES `, 3, []any{"x/1", "{}", 1}, ``)
		}); err != nil {
			t.Error(err)
		}
	})
}
