package db

import (
	"context"
	"strconv"
	"strings"
)

// rowsMost is how many rows one statement writes at the most, where each is a journey to the server. SQLite is asked row
// by row: of a statement that writes several rows it keeps a copy of every page before, so that it can undo the statement
// alone.
const rowsMost = 64

// WriteRows runs a statement over many rows in the transaction of ctx: head ends with VALUES (or with the left bracket
// of a list), then come the rows, width values each, then tail. The rows go in chunks of powers of two, so that few
// different texts are ever prepared.
func (d *DB) WriteRows(ctx context.Context, head string, width int, values []any, tail string) error {
	most := rowsMost
	if d.engine == SQLite {
		most = 1
	}
	for n := most; len(values) > 0; n /= 2 {
		for len(values) >= n*width {
			if _, err := d.Q(ctx).ExecContext(ctx, head+d.places(n, width)+tail, values[:n*width]...); err != nil {
				return err
			}
			values = values[n*width:]
		}
	}
	return nil
}

// places are the placeholders of so many rows: ($1, $2), ($3, $4). SQLite's have no numbers: it would look each up by
// walking through all.
func (d *DB) places(rows, width int) string {
	var b strings.Builder
	for i := range rows * width {
		switch {
		case i == 0:
			b.WriteByte('(')
		case i%width == 0:
			b.WriteString("), (")
		default:
			b.WriteString(", ")
		}
		if d.engine == SQLite {
			b.WriteByte('?')
			continue
		}
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(i + 1))
	}
	b.WriteByte(')')
	return b.String()
}
