package enginetest

import (
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"testing"
)

// Main runs a package's tests and leaves nothing behind: no server, no folder, also when interrupted. Call it from
// TestMain; after is what else is to end, such as the browser:
//
//	func TestMain(m *testing.M) { enginetest.Main(m, browser.Quit) }
//
// A package without it still leaves no server behind (the kernel sees to that), only a folder for the next run to remove.
func Main(m *testing.M, after ...func() error) {
	interrupted := make(chan os.Signal, 1)
	signal.Notify(interrupted, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-interrupted
		os.Exit(max(1, end(after)))
	}()
	code := m.Run()
	os.Exit(max(code, end(after)))
}

// end is 1 if something could not be ended, else 0.
func end(after []func() error) int {
	code := 0
	for _, stop := range append(after, stopShared) {
		if err := stop(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	return code
}
