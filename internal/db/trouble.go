package db

import (
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"bianmin/internal/problem"
)

// ErrBroken says that the disk refused to keep what was written. What the system still holds in memory may then differ
// from what is on the disk, and asking again would succeed without keeping anything, so nothing is written any more
// until the program is started again and reads what is really there.
var ErrBroken = errors.New("the disk did not keep what was written; the program must be started again")

// Trouble tells what is wrong with the storage from what is wrong with the program: nil when it is neither full nor
// gone nor broken. Whatever is told by it, nothing may be known of whether the change was kept: the same request with
// the same key finds out.
func Trouble(err error) *problem.Problem {
	switch {
	case errors.Is(err, ErrBroken):
		return &problem.Problem{Kind: problem.Unavailable, Code: "restart_needed"}
	case isFull(err):
		return &problem.Problem{Kind: problem.Unavailable, Code: "storage_full"}
	case isGone(err):
		return &problem.Problem{Kind: problem.Unavailable, Code: "unavailable"}
	}
	return nil
}

// isFull: SQLite's shared memory beside the file cannot grow on a full disk either.
func isFull(err error) bool {
	if pg := (*pgconn.PgError)(nil); errors.As(err, &pg) {
		return pg.Code == "53100"
	}
	code := sqliteCode(err)
	return code&0xff == sqlite3.SQLITE_FULL || code == sqlite3.SQLITE_IOERR_SHMSIZE
}

// isGone: the server ended, is starting, has no room for another connection, or the way to it is cut.
func isGone(err error) bool {
	if pg := (*pgconn.PgError)(nil); errors.As(err, &pg) {
		return strings.HasPrefix(pg.Code, "57P") || strings.HasPrefix(pg.Code, "08") || pg.Code == "53300" || pg.Code == "58030" || pg.Code == "25006"
	}
	var network net.Error
	return errors.Is(err, ErrClosed) || errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) || errors.As(err, &network) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || pgconn.SafeToRetry(err) || sqliteCode(err)&0xff == sqlite3.SQLITE_BUSY
}

// unkept says that a write to the disk, or the wait for it, ended in an error other than a full disk.
func unkept(err error) bool {
	switch sqliteCode(err) {
	case sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_DIR_FSYNC, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_TRUNCATE:
		return true
	}
	return false
}

func sqliteCode(err error) int {
	if e := (*sqlite.Error)(nil); errors.As(err, &e) {
		return e.Code()
	}
	return 0
}
