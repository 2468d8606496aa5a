package enginetest

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"sync"
)

// Variable names a server to use instead of starting one; its user must be allowed to create databases.
const Variable = "BIANMIN_TEST_POSTGRES"

// shared is this process's one server, started when first asked for.
var shared struct {
	sync.Mutex
	cluster *Cluster
	err     error
}

// sharedURL is where test databases are made.
func sharedURL() (*url.URL, error) {
	given := os.Getenv(Variable)
	if given == "" {
		cluster, err := sharedCluster()
		if err != nil {
			return nil, err
		}
		given = cluster.URL("postgres")
	}
	base, err := url.Parse(given)
	if err != nil {
		return nil, fmt.Errorf("%s is not an address: %w", Variable, err)
	}
	return base, nil
}

// sharedCluster remembers that the server did not start: every test says so, and none waits for a second try.
func sharedCluster() (*Cluster, error) {
	shared.Lock()
	defer shared.Unlock()
	if shared.cluster == nil && shared.err == nil {
		shared.cluster, shared.err = Start(WithFsyncOff())
	}
	return shared.cluster, shared.err
}

// stopShared ends the server if one was started. Tests that ask afterwards are told.
func stopShared() error {
	shared.Lock()
	defer shared.Unlock()
	if shared.cluster == nil {
		return nil
	}
	err := shared.cluster.Stop()
	shared.cluster, shared.err = nil, errors.New("the test server has been stopped")
	return err
}
