package killtest

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"bianmin/internal/enginetest"
)

func TestMain(m *testing.M) { enginetest.Main(m) }

// built builds the program once.
var built = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "bianmin-kill-")
	if err != nil {
		return "", err
	}
	binary := filepath.Join(dir, "bianmin")
	cmd := exec.Command("go", "build", "-o", binary, "bianmin/cmd/bianmin")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := cmd.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("building: %w\n%s", err, out)
	}
	return binary, nil
})

// program is the program under test: one data folder, killed and started over and over.
type program struct {
	t            *testing.T
	binary, data string
	env          []string
	cmd          *exec.Cmd
	base         string
	said         bytes.Buffer
}

func newProgram(t *testing.T, database string) *program {
	binary, err := built()
	if err != nil {
		t.Fatal(err)
	}
	p := &program{t: t, binary: binary, data: t.TempDir(), env: append(os.Environ(), "BIANMIN_DATABASE_URL="+database)}
	t.Cleanup(p.kill)
	return p
}

// readyWithin is how long a start after a kill may take.
const readyWithin = 5 * time.Second

// start starts it and waits until it is ready; within is how long that may take.
func (p *program) start(within time.Duration) {
	p.t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		p.t.Fatal(err)
	}
	address := l.Addr().String()
	l.Close()
	p.said.Reset()
	p.cmd = exec.Command(p.binary, "serve", "--demo", "--data", p.data, "--listen", address)
	p.cmd.Env, p.cmd.Stderr = p.env, &p.said
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := p.cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	p.base = "http://" + address
	ctx, cancel := context.WithTimeout(p.t.Context(), within)
	defer cancel()
	for !p.ready(ctx) {
		if ctx.Err() != nil {
			p.t.Fatalf("not ready within %v; it said: %s", within, p.said.String())
		}
	}
}

func (p *program) ready(ctx context.Context) bool {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, p.base+"/readyz", nil)
	if err != nil {
		return false
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return false
	}
	response.Body.Close()
	return response.StatusCode == http.StatusOK
}

// kill ends it as a power cut would.
func (p *program) kill() {
	if p.cmd != nil && p.cmd.Process != nil {
		p.cmd.Process.Kill()
		p.cmd.Wait() // its status says only that it was killed
		p.cmd = nil
	}
}

// verify runs the program's own check of the record.
func (p *program) verify() {
	p.t.Helper()
	cmd := exec.Command(p.binary, "verify", "--quiet", "--data", p.data)
	cmd.Env = p.env
	if out, err := cmd.CombinedOutput(); err != nil {
		p.t.Fatalf("the record is not clean: %v\n%s", err, out)
	}
}
