package enginetest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// initialise makes the data folder. Nothing is synced yet: what initdb wrote is made again when it is lost.
func (c *Cluster) initialise() error {
	if err := c.as.own(c.dataDir()); err != nil {
		return err
	}
	password, err := c.passwordFile()
	if err != nil {
		return err
	}
	cmd := exec.Command(filepath.Join(c.bin, "initdb"),
		"--pgdata="+c.dataDir(), "--username="+superuser, "--pwfile="+password,
		"--auth-host=scram-sha-256", "--auth-local=trust",
		"--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions")
	cmd.Dir = c.socketDir() // a folder that the server's user may enter: ours may be closed to it
	cmd.Env = environment()
	cmd.SysProcAttr = c.as.attributes()
	cmd.SysProcAttr.Pdeathsig = 0 // the thread that starts it is not kept
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	return os.Remove(password)
}

func (c *Cluster) passwordFile() (string, error) {
	name := filepath.Join(c.socketDir(), "password")
	if err := os.WriteFile(name, []byte(c.password+"\n"), 0o600); err != nil {
		return "", err
	}
	return name, os.Chown(name, c.as.uid, c.as.gid)
}
