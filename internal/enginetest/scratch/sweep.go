package scratch

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
)

// sweep removes the folders of the kind that no process holds.
func sweep(parent, kind string) error {
	found, err := filepath.Glob(filepath.Join(parent, kind+"-*", lockName))
	if err != nil {
		return err
	}
	for _, name := range found {
		if err := removeIfLeft(name); err != nil {
			return err
		}
	}
	return nil
}

// removeIfLeft looks for the lock file rather than the folder: a folder that another process has just made and not yet
// locked has none, and is left alone.
func removeIfLeft(lockFile string) error {
	lock, err := os.Open(lockFile)
	if errors.Is(err, os.ErrNotExist) || errors.Is(err, os.ErrPermission) {
		return nil // its owner, or another sweeper, was quicker; or it is another user's
	}
	if err != nil {
		return err
	}
	defer lock.Close()
	if syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) != nil {
		return nil
	}
	return os.RemoveAll(filepath.Dir(lockFile))
}
