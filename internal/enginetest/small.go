package enginetest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// WithSmallDisk gives the server a small file system for a tablespace ("64m"), in a mount name space of its own: nobody
// else has it in the way, and it ends with the server. What lies on it is lost in a Crash.
func WithSmallDisk(size string) Option {
	return func(c *Cluster) { c.small = size }
}

// SmallDisk is where the server finds its small file system.
func (c *Cluster) SmallDisk() string { return filepath.Join(c.dir.Path, "small") }

// SmallDiskSeen is the same for everybody else.
func (c *Cluster) SmallDiskSeen() string {
	return fmt.Sprintf("/proc/%d/root%s", c.PID(), c.SmallDisk())
}

// mounting is the command line that mounts the file system and then becomes the server's own, in args. Only root may mount,
// and the server refuses to be root: it gives that up in between, or, where it was root in a name space alone, goes
// into one in which it is itself again. The wish to end with us does not outlive such a change, and is said anew.
func (c *Cluster) mounting(args []string) (*exec.Cmd, error) {
	for _, program := range []string{"unshare", "setpriv"} {
		if _, err := exec.LookPath(program); err != nil {
			return nil, fmt.Errorf("a small file system needs the package util-linux: %w", err)
		}
	}
	const script = `mount -t tmpfs -o "size=$1,mode=0700,uid=$2,gid=$3" tmpfs "$4" && shift 4 && exec "$@"`
	line, uid, gid := []string{"unshare", "--mount"}, c.as.uid, c.as.gid
	become := []string{"setpriv", fmt.Sprintf("--reuid=%d", uid), fmt.Sprintf("--regid=%d", gid), "--clear-groups", "--pdeathsig=QUIT"}
	if os.Geteuid() != 0 {
		line = append(line, "--user", "--map-root-user")
		become = []string{"unshare", "--user", fmt.Sprintf("--map-user=%d", uid), fmt.Sprintf("--map-group=%d", gid), "setpriv", "--pdeathsig=QUIT"}
		uid, gid = 0, 0
	}
	line = append(line, "sh", "-c", script, "sh", c.small, fmt.Sprint(uid), fmt.Sprint(gid), c.SmallDisk())
	line = append(append(line, become...), args...)
	cmd := exec.Command(line[0], line[1:]...)
	cmd.SysProcAttr = c.as.attributes()
	cmd.SysProcAttr.Credential = nil
	return cmd, nil
}
