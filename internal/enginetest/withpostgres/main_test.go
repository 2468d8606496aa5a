package main

import (
	"os"
	"testing"

	"bianmin/internal/enginetest"
)

// behave turns this test binary into the command that is run.
const behave = "BIANMIN_WITHPOSTGRES_TEST"

func TestMain(m *testing.M) {
	switch os.Getenv(behave) {
	case "named":
		if os.Getenv(enginetest.Variable) == "" {
			os.Exit(9)
		}
		os.Exit(0)
	case "three":
		os.Exit(3)
	}
	enginetest.Main(m)
}

func TestExitCodeIsTheCommands(t *testing.T) {
	t.Setenv(enginetest.Variable, "")
	for name, want := range map[string]int{"named": 0, "three": 3} {
		t.Run(name, func(t *testing.T) {
			t.Setenv(behave, name)
			code, err := run([]string{os.Args[0]})
			if err != nil || code != want {
				t.Errorf("exit code %d, %v, want %d", code, err, want)
			}
		})
	}
}

func TestACommandThatIsNotThere(t *testing.T) {
	if code, err := run([]string{"/no/such/command"}); err == nil || code == 0 {
		t.Errorf("exit code %d, %v", code, err)
	}
}
