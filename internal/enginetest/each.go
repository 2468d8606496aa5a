package enginetest

import (
	"path/filepath"
	"testing"
)

// Each runs the same test on both engines, in turn, each on a new and empty database. The address of SQLite's is the
// path of a file that is not there yet.
func Each(t *testing.T, f func(t *testing.T, url string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { f(t, filepath.Join(t.TempDir(), "bianmin.db")) })
	t.Run("postgres", func(t *testing.T) { f(t, PostgresURL(t)) })
}
