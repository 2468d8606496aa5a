package scripts

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// project is a folder that the script takes for the project, with these files of data.
func project(t *testing.T, data map[string]string) (script, folder string) {
	t.Helper()
	// The script works with real paths.
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	script, folder = filepath.Join(dir, "scripts", "reset.sh"), filepath.Join(dir, "data")
	text, err := os.ReadFile("reset.sh")
	if err != nil {
		t.Fatal(err)
	}
	write(t, script, string(text))
	for name, content := range data {
		write(t, filepath.Join(folder, name), content)
	}
	return script, folder
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o755); err != nil {
		t.Fatal(err)
	}
}

var demonstration = map[string]string{"bianmin.db": "…demo.clock…", "keys.json": "{}"}

func TestReset(t *testing.T) {
	for name, tt := range map[string]struct {
		data  map[string]string
		want  string
		code  int
		stays bool
	}{
		"a demonstration":                     {demonstration, "Removed ", 0, false},
		"one whose last words are in the log": {map[string]string{"bianmin.db": "", "bianmin.db-wal": "demo.clock"}, "Removed ", 0, false},
		"one that never began":                {map[string]string{"bianmin.db.lock": ""}, "Removed ", 0, false},
		"nothing there":                       {nil, "nothing to remove", 0, false},
		"real data":                           {map[string]string{"bianmin.db": "cases", "keys.json": "{}"}, "in real use", 1, true},
		"keys of PostgreSQL":                  {map[string]string{"keys.json": "{}"}, "PostgreSQL", 1, true},
	} {
		t.Run(name, func(t *testing.T) {
			script, folder := project(t, tt.data)
			said, code := run(t, nil, script, folder)
			expect(t, said, code, tt.want, tt.code)
			stays(t, folder, tt.stays)
		})
	}
}

func TestResetDryRunRemovesNothing(t *testing.T) {
	script, folder := project(t, demonstration)
	said, code := run(t, nil, script, "--dry-run", folder)
	expect(t, said, code, "would be removed", 0)
	stays(t, folder, true)
}

func TestResetRefusesWhatIsNotTheProjects(t *testing.T) {
	script, _ := project(t, nil)
	_, elsewhere := project(t, demonstration)
	said, code := run(t, nil, script, elsewhere)
	expect(t, said, code, "is not inside", 1)
	stays(t, elsewhere, true)
}

func TestResetRefusesWhileAFileIsOpen(t *testing.T) {
	script, folder := project(t, demonstration)
	file, err := os.Open(filepath.Join(folder, "bianmin.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	said, code := run(t, nil, script, folder)
	expect(t, said, code, "is in use", 1)
	stays(t, folder, true)
}

func TestResetRefusesWhileAServerUsesTheKeys(t *testing.T) {
	for name, args := range map[string][]string{
		"said":         {"serve", "--demo", "--data", "./data"},
		"said in one":  {"serve", "--data=data"},
		"not said":     {"serve"},
		"another's":    {"serve", "--data", "other"},
		"not a server": {"verify"},
	} {
		t.Run(name, func(t *testing.T) {
			script, folder := project(t, demonstration)
			serve(t, filepath.Dir(folder), args...)
			said, code := run(t, nil, script, folder)
			if name == "another's" || name == "not a server" {
				expect(t, said, code, "Removed", 0)
				return
			}
			expect(t, said, code, "is in use", 1)
			stays(t, folder, true)
		})
	}
}

// serve is a program of the server's name that waits until the test ends.
func serve(t *testing.T, dir string, args ...string) {
	t.Helper()
	write(t, filepath.Join(dir, "wait.sh"), "echo up; read -r _")
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(bash)
	// The name and words that others see of it; what it does stands in BASH_ENV, because the words are not a script.
	cmd.Args = append([]string{"./bin/bianmin"}, args...)
	cmd.Env = append(os.Environ(), "BASH_ENV="+filepath.Join(dir, "wait.sh"))
	cmd.Dir = dir
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		// It ends by complaining that its words are no script.
		if err := errors.Join(in.Close(), cmd.Wait()); err == nil {
			t.Error("the server's stand-in ended well")
		}
	})
	if _, err := io.ReadFull(out, make([]byte, len("up"))); err != nil {
		t.Fatal(err)
	}
}

func stays(t *testing.T, folder string, want bool) {
	t.Helper()
	if _, err := os.Stat(folder); (err == nil) != want {
		t.Errorf("the folder: %v", err)
	}
}
