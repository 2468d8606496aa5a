package db

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// Rows says where many rows at once are to go.
type Rows struct {
	Table   string
	Columns string // "number, post, due"
	// Again is what happens to a row that is there: "ON CONFLICT (number) DO UPDATE SET due = excluded.due". When it is
	// empty no row may be there. No two rows of one call may meet at one.
	Again string
}

// width is how many values a row has.
func (r Rows) width() int { return strings.Count(r.Columns, ",") + 1 }

// WriteRows writes many rows in the transaction of ctx: of each row one value for each column, in order. In one begun by
// WriteWhole, PostgreSQL is given them as one stream. SQLite is asked row by row: of a statement that writes several it
// keeps a copy of every page before, so that it can undo the statement alone.
func (d *DB) WriteRows(ctx context.Context, into Rows, values []any) error {
	width := into.width()
	if len(values)%width != 0 {
		return fmt.Errorf("%d values for rows of %d into %s", len(values), width, into.Table)
	}
	if t, ok := ctx.Value(txKey{}).(*tx); ok && t.conn != nil && len(values) > 0 {
		return t.copyRows(ctx, into, values)
	}
	text := "INSERT INTO " + into.Table + " (" + into.Columns + ") VALUES (" + d.places(width) + ") " + into.Again
	for ; len(values) > 0; values = values[width:] {
		if _, err := d.Q(ctx).ExecContext(ctx, text, values[:width]...); err != nil {
			return err
		}
	}
	return nil
}

// DropRows takes the rows away whose column has one of the values.
func (d *DB) DropRows(ctx context.Context, table, column string, values []string) error {
	if d.engine == Postgres {
		_, err := d.Q(ctx).ExecContext(ctx, "DELETE FROM "+table+" WHERE "+column+" = ANY($1)", values)
		return err
	}
	for _, v := range values {
		if _, err := d.Q(ctx).ExecContext(ctx, "DELETE FROM "+table+" WHERE "+column+" = ?", v); err != nil {
			return err
		}
	}
	return nil
}

// places are the placeholders of a row. SQLite's have no numbers: it would look each up by walking through all.
func (d *DB) places(n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = "?"
		if d.engine == Postgres {
			list[i] = "$" + strconv.Itoa(i+1)
		}
	}
	return strings.Join(list, ", ")
}

// copyRows streams the rows into the table, or, where some may be there already, into one beside it that lasts as long as
// the connection and is empty after each transaction.
func (t *tx) copyRows(ctx context.Context, into Rows, values []any) error {
	target := into.Table
	if into.Again != "" {
		target = "incoming_" + into.Table
		for _, text := range []string{
			"CREATE TEMPORARY TABLE IF NOT EXISTS " + target + " (LIKE " + into.Table + ") ON COMMIT DELETE ROWS",
			"DELETE FROM " + target,
		} {
			if _, err := t.q.ExecContext(ctx, text); err != nil {
				return err
			}
		}
	}
	columns, width := strings.Split(into.Columns, ", "), into.width()
	err := t.conn.Raw(func(driver any) error {
		_, err := driver.(*stdlib.Conn).Conn().CopyFrom(ctx, pgx.Identifier{target}, columns,
			pgx.CopyFromSlice(len(values)/width, func(i int) ([]any, error) { return values[i*width : (i+1)*width], nil }))
		return err
	})
	if err != nil || into.Again == "" {
		return err
	}
	_, err = t.q.ExecContext(ctx, "INSERT INTO "+into.Table+" ("+into.Columns+") SELECT "+into.Columns+" FROM "+target+" "+into.Again)
	return err
}
