//go:build kill

package killtest

import (
	"testing"

	"bianmin/internal/enginetest"
)

// TestKill is the long one: two hundred rounds on each engine.
func TestKill(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, database string) { killed(t, database, 200) })
}
