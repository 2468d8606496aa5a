// Package backup takes everything of a deployment into one sealed file while it runs, and puts it back: the database,
// and the keys without which its sealed columns open for nobody.
//
// The file is age's form (filippo.io/age) under a passphrase: a line of JSON that says what is in it, keys included,
// then the database until the end. age seals in pieces and marks the last, so that a file that was cut or altered is
// found out, and neither end ever holds more than a piece in memory.
//
//   - SQLite: the pages of one unchanging view, read through sqlite_dbpage beside the running server. There is no
//     plaintext copy on the way. Until the view is closed SQLite cannot reuse its write-ahead log, which grows by what is
//     written meanwhile.
//   - PostgreSQL: pg_dump on one exported snapshot, through a pipe, and pg_restore in one transaction.
//
// The one temporary file is the sealed one itself, FILE.part, beside FILE; when restoring, bianmin.db.part in the data
// folder. Both are removed when anything goes wrong.
//
// Row M61 (nothing in the clear), issue 3 "The day things break".
package backup
