package app

import (
	"os"
	"runtime/debug"
)

// CollectSeldom lets garbage be collected a quarter as often as Go does by itself, unless GOGC says otherwise. What serves and
// what verifies holds some 20 MB and makes much garbage, and at each collection somebody waits. Under load it costs up to
// 100 MB of memory. Not for what holds much, such as a simulation.
func CollectSeldom() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
}
