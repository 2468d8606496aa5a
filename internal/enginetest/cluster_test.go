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

	"bianmin/internal/enginetest/scratch"
)

func TestFsyncIsOnUnlessToldOtherwise(t *testing.T) {
	durable, err := Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := durable.Stop(); err != nil {
			t.Error(err)
		}
	})
	for want, cluster := range map[string]*Cluster{"on": durable, "off": own(t)} {
		conn := connect(t, cluster.URL("postgres"))
		for _, setting := range []string{"fsync", "synchronous_commit", "full_page_writes"} {
			if got := ask(t, conn, "SHOW "+setting); got != want {
				t.Errorf("%s is %s, want %s", setting, got, want)
			}
		}
	}
}

func TestStrangersAreRefused(t *testing.T) {
	address, err := url.Parse(own(t).URL("postgres"))
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
		fmt.Printf("server %d in %s\n", own(t).PID(), own(t).dir.Path)
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
	var folder string
	line, err := bufio.NewReader(out).ReadString('\n')
	if _, scanErr := fmt.Sscanf(line, "server %d in %s", &pid, &folder); err != nil || scanErr != nil {
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
	removedByTheNext(t, folder)
}

// removedByTheNext shows that the folder that nobody could remove is removed when the next one is made.
func removedByTheNext(t *testing.T, folder string) {
	t.Helper()
	next, err := scratch.New(kind)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(folder); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the folder of the one that was killed: %v", err)
	}
	if err := next.Remove(); err != nil {
		t.Error(err)
	}
}

// own is this process's server, also where the tests of all packages share another.
func own(t *testing.T) *Cluster {
	t.Helper()
	cluster, err := sharedCluster()
	if err != nil {
		t.Fatal(err)
	}
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
