package db

import (
	"context"
	"errors"
	"slices"
	"testing"
)

func TestReadSeesOneUnchangingView(t *testing.T) {
	each(t, func(t *testing.T, d *base) {
		d.write(d.marking("before"))
		err := d.Read(t.Context(), func(ctx context.Context) error {
			first := d.names(ctx)
			d.write(d.marking("meanwhile"))
			d.write(func(ctx context.Context) error { return d.exec(ctx, `DELETE FROM marks WHERE name = 'before'`) })
			if again := d.names(ctx); !slices.Equal(again, first) || !slices.Equal(again, []string{"before"}) {
				t.Errorf("first %v, then %v", first, again)
			}
			return d.Read(ctx, func(ctx context.Context) error {
				if inside := d.names(ctx); !slices.Equal(inside, first) {
					t.Errorf("a read inside sees %v", inside)
				}
				return nil
			})
		})
		if err != nil {
			t.Error(err)
		}
		d.holds("meanwhile")
	})
}

func TestReadGivesTheErrorOfItsWork(t *testing.T) {
	each(t, func(t *testing.T, d *base) {
		for range 40 { // more than there are connections: each must come back
			if err := d.Read(t.Context(), func(context.Context) error { return errNo }); !errors.Is(err, errNo) {
				t.Fatal(err)
			}
		}
	})
}

func TestNothingIsWrittenInARead(t *testing.T) {
	each(t, func(t *testing.T, d *base) {
		for what, work := range map[string]func(ctx context.Context) error{
			"a statement":   d.marking("read"),
			"a write in it": func(ctx context.Context) error { return d.Write(ctx, d.marking("read")) },
		} {
			if err := d.Read(t.Context(), work); err == nil {
				t.Errorf("%s was taken", what)
			}
		}
		d.holds()
	})
}

func TestReadInAWriteSeesWhatIsWritten(t *testing.T) {
	each(t, func(t *testing.T, d *base) {
		d.write(func(ctx context.Context) error {
			if err := d.mark(ctx, "new"); err != nil {
				return err
			}
			return d.Read(ctx, func(ctx context.Context) error {
				if got := d.names(ctx); !slices.Equal(got, []string{"new"}) {
					t.Errorf("it sees %v", got)
				}
				return nil
			})
		})
	})
}

func TestTheReadersOfAServingFileWriteNothing(t *testing.T) {
	d := onSQLite(t)
	if err := d.exec(t.Context(), `INSERT INTO marks (name, n) VALUES ('beside', 0)`); err == nil {
		t.Error("a reader wrote")
	}
	d.holds()
}

func TestAStatementThatCannotBePreparedGivesTheEnginesError(t *testing.T) {
	each(t, func(t *testing.T, d *base) {
		var n int
		if err := d.Q(t.Context()).QueryRowContext(t.Context(), `SELECT n FROM nowhere`).Scan(&n); err == nil {
			t.Error("a row from nowhere")
		}
		if err := d.exec(t.Context(), `NONSENSE`); err == nil {
			t.Error("nonsense was taken")
		}
		if _, err := texts(t.Context(), d.Q(t.Context()), `SELECT name FROM nowhere`); err == nil {
			t.Error("rows from nowhere")
		}
	})
}
