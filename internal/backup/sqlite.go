package backup

import (
	"context"
	"database/sql"
	"fmt"
	"io"

	"bianmin/internal/db"
)

// writePages writes the view's pages in their order: together they are a SQLite file.
func writePages(ctx context.Context, d *db.DB, h *Header, head io.Writer, to io.Writer) error {
	var pages, size int64
	q := d.Q(ctx)
	if err := q.QueryRowContext(ctx, `SELECT page_count, page_size FROM pragma_page_count, pragma_page_size`).Scan(&pages, &size); err != nil {
		return err
	}
	h.Bytes = pages * size
	if err := h.write(head); err != nil {
		return err
	}
	rows, err := q.QueryContext(ctx, `SELECT data FROM sqlite_dbpage ORDER BY pgno`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var page sql.RawBytes
		if err := rows.Scan(&page); err != nil {
			return err
		}
		if _, err := to.Write(page); err != nil {
			return err
		}
		pages--
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if pages != 0 {
		return fmt.Errorf("the view's pages do not add up: %d are left", pages)
	}
	return nil
}
