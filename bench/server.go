package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// server is a program under measurement.
type server struct {
	cmd     *exec.Cmd
	base    string
	started time.Duration // until it was ready
}

func build(binary string) error {
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", binary, "./cmd/bianmin")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	cmd.Stderr = os.Stderr
	return cmd.Run()
}

func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// start runs a program with the address appended and waits until it is ready.
func start(env []string, ready string, name string, args ...string) (*server, error) {
	address, err := freePort()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(name, append(args, address)...)
	cmd.Env = append(os.Environ(), env...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	s := &server{cmd: cmd, base: "http://" + address}
	for time.Since(began) < 2*time.Minute {
		response, err := http.Get(s.base + ready)
		if err == nil {
			response.Body.Close()
			if response.StatusCode == http.StatusOK {
				s.started = time.Since(began)
				return s, nil
			}
		}
		time.Sleep(2 * time.Millisecond)
	}
	return nil, errors.Join(errors.New("the program did not get ready"), s.end())
}

func startBianmin(binary, data, database string) (*server, error) {
	return start([]string{"BIANMIN_DATABASE_URL=" + database}, "/readyz", binary, "serve", "--demo", "--data", data, "--listen")
}

// found has bianmin found a database, and ends it.
func found(binary, data, database string) error {
	s, err := startBianmin(binary, data, database)
	if err != nil {
		return err
	}
	return s.end()
}

func startFloor(data string, l like) (*server, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return start(nil, "/readyz", self, "floor", data, l.String())
}

func (s *server) end() error {
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	err := s.cmd.Wait()
	var ended *exec.ExitError
	if errors.As(err, &ended) {
		return nil // the floor ends by the signal itself
	}
	return err
}

// resident is the memory that the program holds, in bytes.
func (s *server) resident() (int64, error) {
	f, err := os.Open("/proc/" + strconv.Itoa(s.cmd.Process.Pid) + "/status")
	if err != nil {
		return 0, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		if rest, ok := strings.CutPrefix(lines.Text(), "VmRSS:"); ok {
			kb, err := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")), 10, 64)
			return kb << 10, err
		}
	}
	return 0, errors.New("no VmRSS")
}

// token signs in at either program.
func (s *server) token(account string) (string, error) {
	body, err := json.Marshal(map[string]string{"account": account, "password": "bianmin-demo-2026"})
	if err != nil {
		return "", err
	}
	response, err := http.Post(s.base+"/api/v1/sessions", "application/json", bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	var got struct{ Token string }
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		return "", err
	}
	if err := json.Unmarshal(raw, &got); err != nil || got.Token == "" {
		return "", fmt.Errorf("signing in: %d %s", response.StatusCode, raw)
	}
	return got.Token, nil
}
