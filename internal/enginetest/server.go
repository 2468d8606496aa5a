package enginetest

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
)

// server is the running program, from its start to its end.
type server struct {
	cmd   *exec.Cmd
	log   io.ReadCloser
	ready chan struct{} // closed when it takes connections
	ended chan struct{} // closed when it has gone
	err   error         // how it went; read after ended
	last  []string      // the last lines it wrote; read after ended
}

// readyLine is what the server says, untranslated, when it takes connections.
const readyLine = "database system is ready to accept connections"

// keptLines is how much of its log is shown when it does not start.
const keptLines = 20

// attempts covers the moment between finding a free port and the server's taking it.
const attempts = 3

func (c *Cluster) listen() error {
	var err error
	for range attempts {
		if c.port, err = freePort(); err != nil {
			return err
		}
		if c.server, err = c.launch(); err == nil {
			return nil
		}
	}
	return err
}

func (c *Cluster) launch() (*server, error) {
	cmd, err := c.command()
	if err != nil {
		return nil, err
	}
	s := &server{cmd: cmd, ready: make(chan struct{}), ended: make(chan struct{})}
	if s.log, err = s.cmd.StderrPipe(); err != nil {
		return nil, err
	}
	started := make(chan error)
	go s.run(started)
	if err := <-started; err != nil {
		return nil, err
	}
	select {
	case <-s.ready:
		return s, nil
	case <-s.ended:
		return nil, fmt.Errorf("the server ended: %w\n%s", s.err, strings.Join(s.last, "\n"))
	}
}

func (c *Cluster) command() (*exec.Cmd, error) {
	settings := []string{
		"listen_addresses=127.0.0.1", "port=" + strconv.Itoa(c.port),
		"unix_socket_directories=" + c.socketDir(),
		"max_connections=600", "shared_buffers=64MB", "jit=off", "timezone=UTC",
		"lc_messages=C", "logging_collector=off", "log_destination=stderr",
	}
	if !c.fsync {
		settings = append(settings, "fsync=off", "synchronous_commit=off", "full_page_writes=off")
	}
	args := []string{filepath.Join(c.bin, "postgres"), "-D", c.dataDir()}
	for _, setting := range append(settings, c.settings...) { // of one that is set twice the last counts
		args = append(args, "-c", setting)
	}
	cmd := exec.Command(args[0], args[1:]...)
	cmd.SysProcAttr = c.as.attributes()
	if c.small != "" {
		var err error
		if cmd, err = c.mounting(args); err != nil {
			return nil, err
		}
	}
	cmd.Dir = c.dataDir()
	cmd.Env = environment()
	return cmd, nil
}

// run stays on one thread from start to end, because the kernel ties the server's life to the thread that started it,
// and Go ends threads of its own accord.
func (s *server) run(started chan<- error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	err := s.cmd.Start()
	started <- err
	if err != nil {
		return
	}
	s.follow()
	s.err = s.cmd.Wait()
	close(s.ended)
}

// follow reads the log to its end, which is the server's end too. Lines have no limit: the server repeats statements.
func (s *server) follow() {
	ready := false
	for log := bufio.NewReader(s.log); ; {
		line, err := log.ReadString('\n')
		if err != nil {
			return
		}
		s.last = append(s.last, strings.TrimSpace(line))
		if len(s.last) > keptLines {
			s.last = s.last[1:]
		}
		if !ready && strings.Contains(line, readyLine) {
			ready = true
			close(s.ready)
		}
	}
}

// stop asks for an immediate shutdown: nobody needs what the server would still write.
func (s *server) stop() error {
	if err := s.cmd.Process.Signal(syscall.SIGQUIT); err != nil {
		return fmt.Errorf("stopping PostgreSQL: %w", err)
	}
	<-s.ended
	return nil
}

func freePort() (int, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	port := listener.Addr().(*net.TCPAddr).Port
	return port, listener.Close()
}
