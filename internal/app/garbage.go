package app

import (
	"os"
	"runtime/debug"
)

// CollectSeldom lets garbage be collected a tenth as often as Go does by itself, unless GOGC says otherwise. What serves and
// what verifies holds some 15 MB and makes much garbage, and at each collection somebody waits. Under load it costs up to
// 150 MB of memory; what comes to hold much more is kept below collectBelow as long as it can be. Not for what holds much,
// such as a simulation. What a start made goes first, so that a program that nobody asks anything stays small.
func CollectSeldom() {
	debug.FreeOSMemory()
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(1000)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(collectBelow)
	}
}

// collectBelow is from how much memory on garbage is collected more often, in bytes.
const collectBelow = 512 << 20
