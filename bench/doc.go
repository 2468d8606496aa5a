// Command bench measures bianmin against a floor in the same run, and writes docs/benchmarks.md.
//
// The floor is a bare server: HTTP, JSON, token, validation, and the same rows in SQLite with group commit (WAL,
// synchronous=FULL, one savepoint a request), nothing else. On PostgreSQL the floor is the same rows in one transaction
// through pgx, without any server. What counts is the ratio within one run: machines are shared and noisy.
//
//	go run ./bench              everything, on SQLite and on a PostgreSQL of its own
//	go run ./bench floor …      the bare server itself
package main
