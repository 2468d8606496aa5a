package db

import (
	"context"
	"errors"
	"fmt"
	"testing"
)

func TestAWriteThatLosesARaceIsRunAgain(t *testing.T) {
	each(t, func(t *testing.T, d *base) {
		tries := 0
		d.write(func(ctx context.Context) error {
			tries++
			if err := d.mark(ctx, fmt.Sprint(tries)); err != nil || tries == 3 {
				return err
			}
			return fmt.Errorf("storing: %w", ErrRace)
		})
		d.holds("3")
	})
}

func TestAWriteThatAlwaysLosesGivesUp(t *testing.T) {
	each(t, func(t *testing.T, d *base) {
		tries := 0
		err := d.Write(t.Context(), func(ctx context.Context) error {
			tries++
			return errors.Join(d.mark(ctx, "lost"), ErrRace)
		})
		if !errors.Is(err, ErrRace) || tries != raceTries {
			t.Errorf("after %d tries: %v", tries, err)
		}
		d.holds()
	})
}

func TestAnOtherErrorIsNotRunAgain(t *testing.T) {
	each(t, func(t *testing.T, d *base) {
		tries := 0
		err := d.Write(t.Context(), func(ctx context.Context) error {
			tries++
			return errNo
		})
		if !errors.Is(err, errNo) || tries != 1 {
			t.Errorf("after %d tries: %v", tries, err)
		}
	})
}

// So do cases: read a version, decide, and store only if the version is still that.
func TestOfManyThatFightForOneRowEveryoneWinsInTheEnd(t *testing.T) {
	const writers, writes = 48, 20
	each(t, func(t *testing.T, d *base) {
		d.write(d.marking("row"))
		err := together(writers, func(int) error {
			for range writes {
				if err := d.Write(t.Context(), d.addOne); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
		if n := d.number(t.Context(), `SELECT n FROM marks`); n != writers*writes {
			t.Errorf("counted to %d of %d", n, writers*writes)
		}
	})
}

func (d *base) addOne(ctx context.Context) error {
	var n int
	if err := d.Q(ctx).QueryRowContext(ctx, `SELECT n FROM marks WHERE name = 'row'`).Scan(&n); err != nil {
		return err
	}
	done, err := d.Q(ctx).ExecContext(ctx, `UPDATE marks SET n = $1 WHERE name = 'row' AND n = $2`, n+1, n)
	if err != nil {
		return err
	}
	if touched, err := done.RowsAffected(); err != nil || touched == 1 {
		return err
	}
	return ErrRace
}

// So does the journal: of two that drew one number the second draws again.
func TestAKeyThatAnotherTookFirstIsRunAgain(t *testing.T) {
	const writers = 32
	each(t, func(t *testing.T, d *base) {
		err := together(writers, func(int) error {
			return d.Write(t.Context(), func(ctx context.Context) error {
				var last int
				if err := d.Q(ctx).QueryRowContext(ctx, `SELECT COUNT(*) FROM marks`).Scan(&last); err != nil {
					return err
				}
				return d.mark(ctx, fmt.Sprint(last+1))
			})
		})
		if err != nil {
			t.Error(err)
		}
		if n := d.number(t.Context(), `SELECT COUNT(*) FROM marks`); n != writers {
			t.Errorf("%d rows of %d", n, writers)
		}
	})
}

func TestADeadlockIsRunAgain(t *testing.T) {
	each(t, func(t *testing.T, d *base) {
		d.write(func(ctx context.Context) error { return errors.Join(d.mark(ctx, "a"), d.mark(ctx, "b")) })
		// On PostgreSQL each takes one row and waits for the other's; SQLite lets them run in turn.
		meet := make(chan struct{}, 2)
		err := together(2, func(i int) error {
			rows := [][2]string{{"a", "b"}, {"b", "a"}}[i]
			first := true
			return d.Write(t.Context(), func(ctx context.Context) error {
				if err := d.exec(ctx, `UPDATE marks SET n = n + 1 WHERE name = $1`, rows[0]); err != nil {
					return err
				}
				if first && d.Engine() == Postgres {
					first = false
					meet <- struct{}{}
					for len(meet) < 2 {
						if err := d.exec(ctx, `SELECT 1`); err != nil {
							return err
						}
					}
				}
				return d.exec(ctx, `UPDATE marks SET n = n + 1 WHERE name = $1`, rows[1])
			})
		})
		if err != nil {
			t.Error(err)
		}
		if n := d.number(t.Context(), `SELECT SUM(n) FROM marks`); n != 4 {
			t.Errorf("counted to %d of 4", n)
		}
	})
}
