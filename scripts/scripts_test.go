// Package scripts holds what the Makefile calls. The tests run the scripts on machines that they make up.
package scripts

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// machine is a path with these programs only, each doing what the words say.
func machine(t *testing.T, programs map[string]string) string {
	t.Helper()
	bin := t.TempDir()
	for _, name := range []string{"bash", "env", "basename", "dirname", "mktemp", "cat", "rm"} {
		real, err := exec.LookPath(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(real, filepath.Join(bin, name)); err != nil {
			t.Fatal(err)
		}
	}
	for name, does := range programs {
		script := "#!" + filepath.Join(bin, "bash") + "\n" + does + "\n"
		if err := os.WriteFile(filepath.Join(bin, name), []byte(script), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return bin
}

// run gives all that a script says, and its exit code.
func run(t *testing.T, env []string, script string, args ...string) (string, int) {
	t.Helper()
	cmd := exec.Command("bash", append([]string{script}, args...)...)
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out)), cmd.ProcessState.ExitCode()
}

// expect compares what a script said and how it ended. want is a part of what it says, "" is that it says nothing.
func expect(t *testing.T, said string, code int, want string, wantCode int) {
	t.Helper()
	if code != wantCode {
		t.Errorf("exit code %d, want %d", code, wantCode)
	}
	if !strings.Contains(said, want) || want == "" && said != "" {
		t.Errorf("it says %q, want %q", said, want)
	}
}
