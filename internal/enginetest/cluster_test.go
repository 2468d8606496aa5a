package enginetest

import (
	"bufio"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sys/unix"
)

func TestFsync(t *testing.T) {
	for name, tt := range map[string]struct {
		options []Option
		want    string
	}{
		"on unless told otherwise": {nil, "on"},
		"off when told":            {[]Option{WithFsyncOff()}, "off"},
	} {
		t.Run(name, func(t *testing.T) {
			conn := connect(t, start(t, tt.options...).URL("postgres"))
			for _, setting := range []string{"fsync", "synchronous_commit", "full_page_writes"} {
				if got := ask(t, conn, "SHOW "+setting); got != tt.want {
					t.Errorf("%s is %s, want %s", setting, got, tt.want)
				}
			}
		})
	}
}

func TestStrangersAreRefused(t *testing.T) {
	address, err := url.Parse(start(t, WithFsyncOff()).URL("postgres"))
	if err != nil {
		t.Fatal(err)
	}
	address.User = url.UserPassword(superuser, "guessed")
	if conn, err := pgx.Connect(t.Context(), address.String()); err == nil {
		t.Error("a wrong password was taken", conn.Close(t.Context()))
	}
}

func TestStopLeavesNoServerAndNoFolder(t *testing.T) {
	cluster, err := Start(WithFsyncOff())
	if err != nil {
		t.Fatal(err)
	}
	process := watch(t, cluster.PID())
	if err := cluster.Stop(); err != nil {
		t.Fatal(err)
	}
	process.hasEnded(t)
	if _, err := os.Stat(cluster.dir.Path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the folder: %v", err)
	}
}

// childVariable turns this test binary into one that starts a server and waits to be killed.
const childVariable = "BIANMIN_ENGINETEST_CHILD"

func TestServerDiesWithATestBinaryThatIsKilled(t *testing.T) {
	if os.Getenv(childVariable) != "" {
		fmt.Printf("server %d\n", start(t, WithFsyncOff()).PID())
		select {}
	}
	child := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
	child.Env = append(os.Environ(), childVariable+"=1")
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	var pid int
	line, err := bufio.NewReader(out).ReadString('\n')
	if _, scanErr := fmt.Sscanf(line, "server %d", &pid); err != nil || scanErr != nil {
		t.Fatalf("the child said %q: %v %v", strings.TrimSpace(line), err, scanErr)
	}
	server := watch(t, pid)
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := child.Wait(); err == nil {
		t.Error("the child ended by itself")
	}
	server.hasEnded(t)
}

func start(t *testing.T, options ...Option) *Cluster {
	t.Helper()
	cluster, err := Start(options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := cluster.Stop(); err != nil {
			t.Error(err)
		}
	})
	return cluster
}

// watched is a process that is not our child: its descriptor becomes readable when it ends.
type watched struct{ fd int }

func watch(t *testing.T, pid int) watched {
	t.Helper()
	fd, err := unix.PidfdOpen(pid, 0)
	if err != nil {
		t.Fatalf("process %d: %v", pid, err)
	}
	t.Cleanup(func() {
		if err := unix.Close(fd); err != nil {
			t.Error(err)
		}
	})
	return watched{fd}
}

func (w watched) hasEnded(t *testing.T) {
	t.Helper()
	const patienceMillis = 30_000
	poll := []unix.PollFd{{Fd: int32(w.fd), Events: unix.POLLIN}}
	n, err := unix.Poll(poll, patienceMillis)
	for errors.Is(err, unix.EINTR) {
		n, err = unix.Poll(poll, patienceMillis)
	}
	if err != nil || n != 1 {
		t.Errorf("the server is still there (%d, %v)", n, err)
	}
}
