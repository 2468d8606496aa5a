// Package db opens either engine, brings its tables up to date and runs transactions.
//
// SQLite: WAL, synchronous=FULL, one writer, many readers. Writes that wait together commit together: one fsync for
// many transactions, each in its savepoint, each answered after the commit. PostgreSQL: one transaction a write, run
// again when it lost a race.
//
// Rooms ask through Q(ctx), which is the transaction that ctx is in, or else a reader. So a service method runs the
// same alone, inside another's transaction, or a thousand times inside one (Write joins the transaction of its ctx).
package db
