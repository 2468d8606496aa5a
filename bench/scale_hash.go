package main

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
)

// hashed are the tables that verify covers and that grow with the cases.
var hashed = []string{
	"SELECT * FROM journal ORDER BY entry", "SELECT * FROM journal ORDER BY subject, seq",
	"SELECT * FROM cases ORDER BY number", "SELECT * FROM case_posts ORDER BY number, post", "SELECT * FROM journal_tiles",
}

// hash reads what verify reads, as often and in the same orders, and hashes every value: what cannot be done without.
func (s *scale) hash(ctx context.Context) error {
	for _, query := range hashed {
		rows, err := s.bare.QueryContext(ctx, query)
		if err != nil {
			return err
		}
		if err := errors.Join(hashRows(rows), rows.Err(), rows.Close()); err != nil {
			return err
		}
	}
	return nil
}

func hashRows(rows *sql.Rows) error {
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	values, targets := make([]sql.RawBytes, len(columns)), make([]any, len(columns))
	for i := range values {
		targets[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			return err
		}
		h := sha256.New()
		for _, v := range values {
			h.Write(v)
		}
		h.Sum(nil)
	}
	return nil
}

// sizes tells what a case costs on the disk, table by table with its indexes.
func (s *scale) sizes(ctx context.Context) error {
	query := `SELECT m.tbl_name, SUM(d.pgsize) FROM dbstat d JOIN sqlite_master m ON m.name = d.name GROUP BY m.tbl_name ORDER BY 2 DESC`
	if s.database != "" {
		query = `SELECT relname, pg_total_relation_size(oid) FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace ORDER BY 2 DESC`
	}
	rows, err := s.bare.QueryContext(ctx, query)
	if err != nil {
		return fmt.Errorf("reading the sizes: %w", err)
	}
	defer rows.Close()
	s.say("")
	s.say("| %s, table with its indexes | bytes a case |", s.engine)
	s.say("|---|---:|")
	total := int64(0)
	for rows.Next() {
		var table string
		var bytes int64
		if err := rows.Scan(&table, &bytes); err != nil {
			return err
		}
		if total += bytes; bytes/s.cases >= 5 {
			s.say("| %s | %d |", table, bytes/s.cases)
		}
	}
	s.say("| all, of %d cases with %d entries | %d |", s.cases, s.entries, total/s.cases)
	return rows.Err()
}
