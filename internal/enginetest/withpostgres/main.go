// Command withpostgres runs a command while a throw-away PostgreSQL server is up, and names it in BIANMIN_TEST_POSTGRES.
// So `go test ./...` starts one server and not one for each package.
//
//	withpostgres go test ./...
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	"bianmin/internal/enginetest"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: withpostgres COMMAND [ARGUMENT…]")
		os.Exit(2)
	}
	code, err := run(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "withpostgres:", err)
		code = max(code, 1)
	}
	os.Exit(code)
}

// run gives the command's own exit code.
func run(args []string) (code int, err error) {
	// Asked to end, we let the command end first and the server after it.
	asked := make(chan os.Signal, 4)
	signal.Notify(asked, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	cluster, err := enginetest.Start(enginetest.WithFsyncOff())
	if err != nil {
		return 1, err
	}
	defer func() { err = errors.Join(err, cluster.Stop()) }()

	cmd := exec.Command(args[0], args[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.Env = append(os.Environ(), enginetest.Variable+"="+cluster.URL("postgres"))
	if err := cmd.Start(); err != nil {
		return 1, err
	}
	go pass(asked, cmd.Process)
	err = cmd.Wait()
	if exit := new(exec.ExitError); errors.As(err, &exit) {
		return max(exit.ExitCode(), 1), nil
	}
	return 0, err
}

func pass(asked <-chan os.Signal, to *os.Process) {
	for s := range asked {
		if err := to.Signal(s); err != nil && !errors.Is(err, os.ErrProcessDone) {
			fmt.Fprintln(os.Stderr, "withpostgres:", err)
		}
	}
}
