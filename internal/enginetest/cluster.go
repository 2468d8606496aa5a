package enginetest

import (
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"

	"bianmin/internal/enginetest/scratch"
)

// superuser owns the throw-away server. Its password is new each time: the port is open to everyone on the machine.
const superuser = "bianmin"

// kind is what the server's folder is called.
const kind = "bianmin-postgres"

// Cluster is a PostgreSQL server that lives in a temporary folder and ends with this process.
type Cluster struct {
	bin      string
	as       identity
	dir      *scratch.Dir
	port     int
	password string
	fsync    bool
	settings []string
	small    string // the size of a small file system beside the data; "" is none
	server   *server
}

// Option changes how a cluster is started.
type Option func(*Cluster)

// WithFsyncOff lets the server lose everything when the machine stops, which makes it several times faster. Right for
// tests of what the program says; wrong for tests of what it keeps.
func WithFsyncOff() Option {
	return func(c *Cluster) { c.fsync = false }
}

// With sets what the server is told beside what it is told always: "shared_buffers=1GB".
func With(settings ...string) Option {
	return func(c *Cluster) { c.settings = append(c.settings, settings...) }
}

// Start makes a new server and waits until it takes connections. It writes durably unless told otherwise.
func Start(options ...Option) (*Cluster, error) {
	c := &Cluster{fsync: true, password: rand.Text()}
	for _, option := range options {
		option(c)
	}
	var err error
	if c.bin, err = newestBin(installed); err != nil {
		return nil, err
	}
	if c.as, err = serverIdentity(); err != nil {
		return nil, err
	}
	if c.dir, err = scratch.New(kind); err != nil {
		return nil, err
	}
	if err := c.begin(); err != nil {
		return nil, errors.Join(fmt.Errorf("starting PostgreSQL: %w", err), c.dir.Remove())
	}
	return c, nil
}

func (c *Cluster) begin() error {
	if err := c.as.own(c.socketDir()); err != nil {
		return err
	}
	if err := c.initialise(); err != nil {
		return err
	}
	if c.small != "" {
		if err := c.as.own(c.SmallDisk()); err != nil {
			return err
		}
	}
	return c.listen()
}

// Stop ends the server at once and removes all it wrote.
func (c *Cluster) Stop() error {
	return errors.Join(c.server.stop(), c.dir.Remove())
}

// PID is the server's process.
func (c *Cluster) PID() int { return c.server.cmd.Process.Pid }

// URL names a database of this server, over loopback TCP.
func (c *Cluster) URL(database string) string {
	u := url.URL{
		Scheme:   "postgres",
		User:     url.UserPassword(superuser, c.password),
		Host:     "127.0.0.1:" + strconv.Itoa(c.port),
		Path:     "/" + database,
		RawQuery: "sslmode=disable",
	}
	return u.String()
}

func (c *Cluster) dataDir() string   { return filepath.Join(c.dir.Path, "data") }
func (c *Cluster) socketDir() string { return filepath.Join(c.dir.Path, "socket") }

// environment gives the server nothing of ours but the path: PGDATA, LANG and their like would change what it does.
func environment() []string {
	return []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "TZ=UTC"}
}
