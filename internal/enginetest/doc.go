// Package enginetest gives tests both database engines: an SQLite file, and a PostgreSQL server that is thrown away.
//
// One conformance suite runs on both (Each). A test binary starts its server the first time a test asks for it, unless
// BIANMIN_TEST_POSTGRES names one: `make test` starts a single server for all packages (withpostgres). Every test gets a
// database of its own, empty. A machine without PostgreSQL fails the test and says what to install; nothing is skipped.
package enginetest
