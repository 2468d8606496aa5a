package enginetest

import (
	"errors"
	"path/filepath"
	"strconv"
)

// oldest is the first major version whose SQL the program's queries keep to.
const oldest = 15

// installed is where Debian and its children put each version's programs.
const installed = "/usr/lib/postgresql"

var errNotInstalled = errors.New(
	"PostgreSQL 15 or newer is not installed. Install it (Debian: apt-get install postgresql), " +
		"or name a server in BIANMIN_TEST_POSTGRES=postgres://…")

// newestBin is the folder of programs of the newest version under root.
func newestBin(root string) (string, error) {
	found, err := filepath.Glob(filepath.Join(root, "*", "bin", "initdb"))
	if err != nil {
		return "", err
	}
	best, bin := 0, ""
	for _, initdb := range found {
		folder := filepath.Dir(initdb)
		major, err := strconv.Atoi(filepath.Base(filepath.Dir(folder)))
		if err == nil && major >= oldest && major > best {
			best, bin = major, folder
		}
	}
	if bin == "" {
		return "", errNotInstalled
	}
	return bin, nil
}
