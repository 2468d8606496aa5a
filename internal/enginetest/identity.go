package enginetest

import (
	"fmt"
	"os"
	"os/user"
	"strconv"
	"syscall"
)

// identity is the user that the server runs as. PostgreSQL refuses to run as root, so root hands it to `postgres`,
// whom the package creates.
type identity struct {
	uid, gid int
	other    bool // another user than ours
}

func serverIdentity() (identity, error) {
	if os.Geteuid() != 0 {
		return identity{uid: os.Geteuid(), gid: os.Getegid()}, nil
	}
	account, err := user.Lookup("postgres")
	if err != nil {
		return identity{}, fmt.Errorf("%w: no user postgres to run it as", errNotInstalled)
	}
	uid, err := strconv.Atoi(account.Uid)
	if err != nil {
		return identity{}, err
	}
	gid, err := strconv.Atoi(account.Gid)
	if err != nil {
		return identity{}, err
	}
	return identity{uid: uid, gid: gid, other: true}, nil
}

// attributes makes the kernel stop the server when the thread that started it ends. SIGQUIT is PostgreSQL's immediate
// shutdown: it takes its own children along and frees its shared memory, which SIGKILL would leave behind.
func (id identity) attributes() *syscall.SysProcAttr {
	attr := &syscall.SysProcAttr{
		Pdeathsig: syscall.SIGQUIT,
		Setpgid:   true, // an interrupt at the terminal is ours to handle: tests still need the server to finish
	}
	if id.other {
		attr.Credential = &syscall.Credential{Uid: uint32(id.uid), Gid: uint32(id.gid)}
	}
	return attr
}

// own makes a private folder of the server's.
func (id identity) own(path string) error {
	if err := os.Mkdir(path, 0o700); err != nil {
		return err
	}
	return os.Chown(path, id.uid, id.gid)
}
