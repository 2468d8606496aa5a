package breaktest

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bianmin/internal/db"
)

// faultySync lets every fsync of the running program err, as a disk does that lost what it was given. With a file only
// those on it. What it gives ends it.
func (p *program) faultySync(file string) (end func()) {
	p.t.Helper()
	args := []string{"-f", "-p", fmt.Sprint(p.cmd.Process.Pid), "-o", os.DevNull, "-e", "trace=fsync,fdatasync", "-e", "inject=fsync,fdatasync:error=EIO"}
	if file != "" {
		args = append(args, "-P", file)
	}
	var said output
	cmd := exec.Command(needs(p.t, "strace", "strace"), args...)
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		_ = cmd.Wait() // it is interrupted by us
		close(ended)
	}()
	end = func() {
		_ = cmd.Process.Signal(os.Interrupt) // it lets go of the program, unless it has already
		<-ended
	}
	p.t.Cleanup(end)
	eventually(p.t, "strace is attached", 10*time.Second, func() bool {
		select {
		case <-ended:
			p.t.Fatalf("strace may not be attached to our own program here: %s", said.text())
		default:
		}
		return strings.Contains(said.text(), "attached")
	})
	return end
}

// TestADiskThatDoesNotKeep: once fsync has erred nothing is acknowledged any more, also when the disk is well again,
// until the program is started anew; then all that was acknowledged is there.
func TestADiskThatDoesNotKeep(t *testing.T) {
	for what, file := range map[string]string{"a commit": "", "moving the log into the file": db.File} {
		t.Run(what, func(t *testing.T) {
			p := onSQLite(t)
			p.start()
			clerk, inspector := signIn(t, p.base), signInAs(t, p.base, "inspector")
			kept := map[string]reply{"before": clerk.file("before", "王之前")}
			if file != "" {
				file = filepath.Join(p.data, file)
			}
			end := p.faultySync(file)
			var refused reply
			for n := 0; refused.status == 0 && n < 2000; n++ {
				key := fmt.Sprintf("faulty-%d", n)
				if got := clerk.file(key, "王某"); got.status == http.StatusCreated {
					kept[key] = got
				} else {
					refused = got
				}
			}
			if file == "" && len(kept) > 1 {
				t.Errorf("%d were acknowledged although nothing was kept", len(kept)-1)
			}
			stays(t, p, clerk, refused)
			its := "/api/v1/cases/" + kept["before"].number()
			if got := clerk.send(http.MethodGet, its, "", ""); got.status != http.StatusOK {
				t.Errorf("reading a case of her own: %v", got)
			}
			if got := inspector.send(http.MethodGet, its, "", ""); !unrecorded(got, http.StatusServiceUnavailable) {
				t.Errorf("the inspector opens a case: %v", got)
			}
			end()
			stays(t, p, clerk, clerk.file("well again", "王某"))
			p.kill()
			p.start()
			clerk = signIn(t, p.base)
			if got := clerk.file("before", "王之前"); !bytes.Equal(got.body, kept["before"].body) {
				t.Errorf("before, it was answered %v, now %v", kept["before"], got)
			}
			for key, was := range kept {
				if got := clerk.send(http.MethodGet, "/api/v1/cases/"+was.number(), "", ""); got.status != http.StatusOK {
					t.Errorf("%s, acknowledged: %v", key, got)
				}
			}
			p.verify()
			t.Logf("%d acknowledged, all there", len(kept))
		})
	}
}

// unrecorded says that a case was not opened because it cannot be put on record who opened it, in words that tell so.
func unrecorded(got reply, status int) bool {
	return got.status == status && strings.Contains(string(got.body), "打开别的件要留记录")
}

// stays says that the program refuses to write, and says so, while it reads.
func stays(t *testing.T, p *program, clerk *client, refused reply) {
	t.Helper()
	if refused.status != http.StatusServiceUnavailable || refused.code() != "restart_needed" || !strings.Contains(string(refused.body), "重启") {
		t.Fatalf("a disk that does not keep: %v", refused)
	}
	for range 10 {
		if got := clerk.file("later", "王后来"); got.status != http.StatusServiceUnavailable {
			t.Fatalf("writing goes on: %v", got)
		}
	}
	if got := clerk.list(); got.status != http.StatusOK {
		t.Errorf("reading: %v", got)
	}
	if got := p.status("/readyz"); got != http.StatusServiceUnavailable {
		t.Errorf("it says that it is ready: %d", got)
	}
}
