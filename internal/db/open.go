package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite"
)

// Engine is which of the two databases is open.
type Engine string

// The engines.
const (
	SQLite   Engine = "sqlite"
	Postgres Engine = "postgres"
)

// File is the name of the SQLite database within the data folder.
const File = "bianmin.db"

// DB is one open database. Safe for concurrent use.
type DB struct {
	engine  Engine
	write   *sql.DB // SQLite: the one writer connection
	read    *sql.DB
	queries *statements // prepared on read
	lock    *os.File    // SQLite: held while this process may write
	writer  *writer
	lead    leadership
}

// ErrInUse says that another server has the same SQLite file open.
var ErrInUse = errors.New("another bianmin already uses this data folder")

// Mode says whether this program is the one that serves a SQLite file, or a tool beside it.
type Mode int

// Serving keeps a second server off the same SQLite file. A Tool (an account command, say) may write beside the
// server: each of its writes is a transaction of its own.
const (
	Tool Mode = iota
	Serving
	// Filling is Serving with more memory for the file's pages: for whoever writes very much at once.
	Filling
)

// Open opens url: postgres://… or the path of a SQLite file, which is made when missing. The tables are brought up to
// date.
func Open(ctx context.Context, url string, mode Mode) (*DB, error) {
	if IsPostgres(url) {
		return openPostgres(ctx, url)
	}
	return openSQLite(ctx, url, mode)
}

// IsPostgres tells the address of a PostgreSQL from the path of a file.
func IsPostgres(url string) bool {
	return strings.HasPrefix(url, "postgres://") || strings.HasPrefix(url, "postgresql://")
}

func openPostgres(ctx context.Context, url string) (*DB, error) {
	d, err := postgres(url, false)
	if err != nil {
		return nil, err
	}
	if err := migrate(ctx, d); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

func postgres(url string, readOnly bool) (*DB, error) {
	cfg, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, errors.New("the address of PostgreSQL cannot be read") // the parser's own error may hold the password
	}
	// Every question is a short one: what starts a second process or a compiler for it takes longer than the answer.
	cfg.RuntimeParams["max_parallel_workers_per_gather"], cfg.RuntimeParams["jit"] = "0", "off"
	if readOnly {
		cfg.RuntimeParams["default_transaction_read_only"] = "on"
	}
	pool := stdlib.OpenDB(*cfg)
	pool.SetMaxOpenConns(32)
	pool.SetMaxIdleConns(32)
	return &DB{engine: Postgres, write: pool, read: pool}, nil
}

func openSQLite(ctx context.Context, file string, mode Mode) (*DB, error) {
	d := &DB{engine: SQLite}
	var err error
	if mode != Tool {
		if d.lock, err = lockFile(file + ".lock"); err != nil {
			return nil, err
		}
	}
	if d.write, err = sql.Open("sqlite", dsn(file, "immediate", writerCache(mode))+"&_pragma=wal_autocheckpoint(0)"); err == nil {
		d.write.SetMaxOpenConns(1)
		d.write.SetConnMaxIdleTime(0)
		err = migrate(ctx, d)
	}
	if err == nil {
		d.read, err = readers(file)
	}
	if err == nil {
		d.queries = newStatements(d.read)
		d.writer, err = startWriter(ctx, d.write, mode)
	}
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// OpenReadOnly opens a database that is there for reading alone, beside a running program or without one.
func OpenReadOnly(file string) (*DB, error) {
	if IsPostgres(file) {
		return postgres(file, true)
	}
	if _, err := os.Stat(file); err != nil {
		return nil, err
	}
	pool, err := readers(file)
	if err != nil {
		return nil, err
	}
	return &DB{engine: SQLite, read: pool, queries: newStatements(pool)}, nil
}

func readers(file string) (*sql.DB, error) {
	pool, err := sql.Open("sqlite", dsn(file, "deferred", usualCache)+"&_pragma=query_only(1)")
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(8)
	pool.SetMaxIdleConns(8)
	return pool, nil
}

func dsn(file, lock string, cacheKB int) string {
	return "file:" + (&filepathURL{file}).String() + "?_txlock=" + lock +
		"&_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)" +
		fmt.Sprintf("&_pragma=foreign_keys(1)&_pragma=cache_size(-%d)&_pragma=temp_store(MEMORY)", cacheKB)
}

// usualCache is how many KB of the file's pages a connection keeps. A Filling writer keeps more: keyed indexes are
// written all over, and a page that is not kept is read and written again for every row.
const (
	usualCache   = 8_000
	fillingCache = 512_000
)

func writerCache(mode Mode) int {
	if mode == Filling {
		return fillingCache
	}
	return usualCache
}

// filepathURL escapes the characters of a path that a SQLite URI would read as its own.
type filepathURL struct{ path string }

func (f *filepathURL) String() string {
	return strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(filepath.ToSlash(f.path))
}

// Engine tells which engine is open.
func (d *DB) Engine() Engine { return d.engine }

// SingleWriter says that the engine lets one transaction write at a time, so that a number may be drawn inside it
// without racing another.
func (d *DB) SingleWriter() bool { return d.engine == SQLite }

// Ping asks the engine for a sign of life, and whether what is written is kept.
func (d *DB) Ping(ctx context.Context) error {
	if d.writer != nil && d.writer.broken.Load() {
		return ErrBroken
	}
	return d.read.PingContext(ctx)
}

// Close ends it: writes at hand are committed first.
func (d *DB) Close() error {
	var errs []error
	d.lead.end()
	if d.writer != nil {
		errs = append(errs, d.writer.stop())
	}
	if d.read != nil {
		errs = append(errs, d.read.Close())
	}
	if d.write != nil && d.write != d.read {
		errs = append(errs, d.write.Close())
	}
	if d.lock != nil {
		errs = append(errs, d.lock.Close())
	}
	return errors.Join(errs...)
}

// FileIn is the SQLite file of a data folder.
func FileIn(dir string) string { return filepath.Join(dir, File) }

func wrap(doing string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", doing, err)
}
