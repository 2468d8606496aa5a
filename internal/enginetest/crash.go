package enginetest

import (
	"fmt"
	"syscall"
)

// Crash ends the server and all its backends as a power cut would.
func (c *Cluster) Crash() error {
	if err := syscall.Kill(-c.PID(), syscall.SIGKILL); err != nil {
		return fmt.Errorf("killing PostgreSQL: %w", err)
	}
	<-c.server.ended
	return nil
}

// Again starts a crashed server on its data and its port.
func (c *Cluster) Again() (err error) {
	c.server, err = c.launch()
	return err
}
