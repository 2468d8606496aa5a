package main

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// freshDatabase makes an empty database in the server that url names.
func freshDatabase(ctx context.Context, base, name string) (string, error) {
	conn, err := pgx.Connect(ctx, base)
	if err != nil {
		return "", err
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)"); err != nil {
		return "", err
	}
	if _, err := conn.Exec(ctx, "CREATE DATABASE "+name+" TEMPLATE template0 ENCODING 'UTF8'"); err != nil {
		return "", err
	}
	u, err := url.Parse(base)
	if err != nil {
		return "", err
	}
	u.Path = "/" + name
	return u.String(), nil
}

// pgxFloor stores the same rows in one transaction through pgx, without any server.
func pgxFloor(ctx context.Context, database string, clients int, each time.Duration, mark string) (float64, error) {
	config, err := pgxpool.ParseConfig(database)
	if err != nil {
		return 0, err
	}
	config.MaxConns = int32(max(clients, 4))
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return 0, err
	}
	defer pool.Close()
	return load(clients, each, func(_ *http.Client, n int64) error {
		body := filingFor(n)
		q := &filed{key: mark + strconv.FormatInt(n, 10), hash: sha256.Sum256([]byte(body))}
		if err := json.Unmarshal([]byte(body), &q.body); err != nil {
			return err
		}
		if q.rows, err = makeRows(&q.body); err != nil {
			return err
		}
		return pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
			if _, err := tx.Exec(ctx, takeTurn, q.slot()); err != nil {
				return err
			}
			var serial int64
			if err := tx.QueryRow(ctx, insertSerial, "610881101000", 2026).Scan(&serial); err != nil {
				return err
			}
			return q.store(serial, func(text string, args ...any) error {
				_, err := tx.Exec(ctx, text, args...)
				return err
			}, insertUnnamed)
		})
	})
}

// emptiedPostgres removes every row from a database that bianmin has founded.
func emptiedPostgres(database string) error {
	bare, err := sql.Open("pgx", database)
	if err != nil {
		return err
	}
	return errors.Join(emptied(bare, `SELECT tablename FROM pg_tables WHERE schemaname = 'public'`, "TRUNCATE "), bare.Close())
}
