package db

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"log/slog"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations
var migrations embed.FS

// migrate brings the tables up to date.
func migrate(ctx context.Context, d *DB) error {
	folder, err := fs.Sub(migrations, "migrations/"+string(d.engine))
	if err != nil {
		return err
	}
	// goose keeps a row's time of day, which no replay could vouch for; ours keeps the version alone.
	options := []goose.ProviderOption{goose.WithStore(versions{}), goose.WithSlog(slog.New(slog.DiscardHandler))}
	if d.engine == Postgres { // several copies of the program may start at once
		locker, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return err
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	p, err := goose.NewProvider(database.DialectCustom, d.write, folder, options...)
	if err != nil {
		return fmt.Errorf("reading the migrations: %w", err)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("bringing the tables up to date: %w", err)
	}
	return nil
}

// versions remembers which migrations ran, in schema_versions.
type versions struct{}

func (versions) Tablename() string { return "schema_versions" }

func (versions) CreateVersionTable(ctx context.Context, q database.DBTxConn) error {
	_, err := q.ExecContext(ctx, `CREATE TABLE schema_versions (version BIGINT PRIMARY KEY)`)
	return err
}

func (versions) Insert(ctx context.Context, q database.DBTxConn, req database.InsertRequest) error {
	_, err := q.ExecContext(ctx, `INSERT INTO schema_versions (version) VALUES ($1)`, req.Version)
	return err
}

func (versions) Delete(ctx context.Context, q database.DBTxConn, version int64) error {
	_, err := q.ExecContext(ctx, `DELETE FROM schema_versions WHERE version = $1`, version)
	return err
}

func (versions) GetMigration(ctx context.Context, q database.DBTxConn, version int64) (*database.GetMigrationResult, error) {
	var found int64
	err := q.QueryRowContext(ctx, `SELECT version FROM schema_versions WHERE version = $1`, version).Scan(&found)
	if err == sql.ErrNoRows {
		return nil, database.ErrVersionNotFound
	}
	return &database.GetMigrationResult{IsApplied: true}, err
}

func (versions) GetLatestVersion(ctx context.Context, q database.DBTxConn) (int64, error) {
	var latest sql.NullInt64
	if err := q.QueryRowContext(ctx, `SELECT max(version) FROM schema_versions`).Scan(&latest); err != nil {
		return 0, err
	}
	if !latest.Valid {
		return 0, database.ErrVersionNotFound
	}
	return latest.Int64, nil
}

func (versions) ListMigrations(ctx context.Context, q database.DBTxConn) ([]*database.ListMigrationsResult, error) {
	rows, err := q.QueryContext(ctx, `SELECT version FROM schema_versions ORDER BY version DESC`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []*database.ListMigrationsResult
	for rows.Next() {
		r := &database.ListMigrationsResult{IsApplied: true}
		if err := rows.Scan(&r.Version); err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	return list, rows.Err()
}
