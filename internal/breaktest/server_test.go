package breaktest

import (
	"bytes"
	"context"
	"errors"
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

	"bianmin/internal/db"
	"bianmin/internal/enginetest"
	"bianmin/internal/enginetest/scratch"
)

func TestMain(m *testing.M) {
	enginetest.Main(m, func() error {
		if bin.dir == nil {
			return nil
		}
		return bin.dir.Remove()
	})
}

// bin is the program, built once for all tests.
var bin struct {
	once sync.Once
	dir  *scratch.Dir
	err  error
}

func built(t *testing.T) string {
	t.Helper()
	bin.once.Do(func() {
		if bin.dir, bin.err = scratch.New("bianmin-break"); bin.err != nil {
			return
		}
		cmd := exec.Command("go", "build", "-o", filepath.Join(bin.dir.Path, "bianmin"), "bianmin/cmd/bianmin")
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := cmd.CombinedOutput(); err != nil {
			bin.err = fmt.Errorf("building: %w\n%s", err, out)
		}
	})
	if bin.err != nil {
		t.Fatal(bin.err)
	}
	return filepath.Join(bin.dir.Path, "bianmin")
}

// program is one running copy of the program.
type program struct {
	t      *testing.T
	binary string
	data   string
	env    []string
	inside []string // a command line to run it inside of
	cmd    *exec.Cmd
	base   string
	said   output // on its standard error: the log
	ended  chan struct{}
	how    error // how it ended; read after ended
}

func newProgram(t *testing.T, database string) *program {
	if !db.IsPostgres(database) {
		database = ""
	}
	p := &program{t: t, binary: built(t), data: t.TempDir(), env: append(os.Environ(), "BIANMIN_DATABASE_URL="+database)}
	t.Cleanup(p.kill)
	return p
}

// founded is a data folder with the demonstration in it, made once: founding takes seconds.
var founded struct {
	once sync.Once
	data string
}

// onSQLite is a program on a copy of the founded folder.
func onSQLite(t *testing.T) *program {
	t.Helper()
	binary := built(t)
	founded.once.Do(func() {
		data := filepath.Join(bin.dir.Path, "founded")
		p := &program{t: t, binary: binary, data: data, env: append(os.Environ(), "BIANMIN_DATABASE_URL=")}
		defer p.kill()
		p.start()
		p.terminate()
		founded.data = data
	})
	p := newProgram(t, "")
	if err := os.CopyFS(p.data, os.DirFS(founded.data)); err != nil {
		t.Fatal(err)
	}
	return p
}

// on is a program on either engine.
func on(t *testing.T, database string) *program {
	t.Helper()
	if db.IsPostgres(database) {
		return newProgram(t, database)
	}
	return onSQLite(t)
}

// terminate asks it to end, and waits until it has.
func (p *program) terminate() {
	p.t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		p.t.Fatal(err)
	}
	<-p.ended
	if p.how != nil {
		p.t.Errorf("it ended with %v: %s", p.how, p.said.text())
	}
	p.cmd = nil
}

// readyWithin is how long a start may take; the first founds the demonstration.
const readyWithin = time.Minute

// start starts it and waits until it is ready.
func (p *program) start() {
	p.t.Helper()
	address := freeAddress(p.t)
	p.said.reset()
	line := append(p.inside, p.binary, "serve", "--demo", "--data", p.data, "--listen", address)
	p.cmd = exec.Command(line[0], line[1:]...)
	p.cmd.Env, p.cmd.Stderr = p.env, &p.said
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := p.cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	p.base, p.ended = "http://"+address, make(chan struct{})
	go func() {
		p.how = p.cmd.Wait()
		close(p.ended)
	}()
	ctx, cancel := context.WithTimeout(p.t.Context(), readyWithin)
	defer cancel()
	for p.status("/readyz") != http.StatusOK {
		select {
		case <-p.ended:
			p.t.Fatalf("it ended: %v\n%s", p.how, p.said.text())
		case <-ctx.Done():
			p.t.Fatalf("not ready within %v: %s", readyWithin, p.said.text())
		default:
		}
	}
}

func freeAddress(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// prober asks without a session.
var prober = &http.Client{Timeout: 10 * time.Second}

// status asks for a path without a session; 0 when nothing answers.
func (p *program) status(path string) int {
	response, err := prober.Get(p.base + path)
	if err != nil {
		return 0
	}
	response.Body.Close()
	return response.StatusCode
}

// kill ends it as a power cut would.
func (p *program) kill() {
	if p.cmd != nil {
		if err := p.cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
			p.t.Error(err)
		}
		<-p.ended
		p.cmd = nil
	}
}

// run runs another command of the program on the same data.
func (p *program) run(args ...string) (string, error) {
	cmd := exec.Command(p.binary, args...)
	cmd.Env = p.env
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// verify is the program's own check of the record.
func (p *program) verify() {
	p.t.Helper()
	if out, err := p.run("verify", "--quiet", "--data", p.data); err != nil {
		p.t.Errorf("the record is not clean: %v\n%s", err, out)
	}
}

// output is what a program writes.
type output struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (o *output) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.Write(b)
}

func (o *output) text() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.String()
}

func (o *output) reset() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.buf.Reset()
}

// eventually asks again and again until something holds, and says how long that took.
func eventually(t *testing.T, what string, within time.Duration, holds func() bool) time.Duration {
	t.Helper()
	began := time.Now()
	again := time.NewTicker(10 * time.Millisecond)
	defer again.Stop()
	for !holds() {
		if time.Since(began) > within {
			t.Fatalf("not within %v: %s", within, what)
		}
		<-again.C
	}
	return time.Since(began)
}

// needs fails the test with what to install when a program is not there.
func needs(t *testing.T, program, from string) string {
	t.Helper()
	path, err := exec.LookPath(program)
	if err != nil {
		t.Fatal(errors.Join(err, fmt.Errorf("%s is needed: install the package %s", program, from)))
	}
	return path
}
