package scratch

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// Dir is a temporary folder held by this process.
type Dir struct {
	Path string
	lock *os.File
}

// lockName begins with a dot so that no server takes it for a file of its own.
const lockName = ".held"

// New makes a folder of the kind under the system's temporary folder. Others may pass through it but not list it,
// because a server that runs as another user keeps its own folder inside.
func New(kind string) (*Dir, error) {
	return in(os.TempDir(), kind)
}

func in(parent, kind string) (*Dir, error) {
	if err := sweep(parent, kind); err != nil {
		return nil, err
	}
	path, err := os.MkdirTemp(parent, kind+"-")
	if err != nil {
		return nil, fmt.Errorf("scratch folder: %w", err)
	}
	lock, err := hold(path)
	if err == nil {
		err = os.Chmod(path, 0o711)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("scratch folder %s: %w", path, err), os.RemoveAll(path))
	}
	return &Dir{Path: path, lock: lock}, nil
}

// The children of a program that was killed may write for a moment longer.
const (
	tries = 100
	pause = 20 * time.Millisecond
)

// Remove deletes the folder and lets go of it.
func (d *Dir) Remove() error {
	err := os.RemoveAll(d.Path)
	for range tries {
		if err == nil {
			break
		}
		<-time.After(pause)
		err = os.RemoveAll(d.Path)
	}
	return errors.Join(err, d.lock.Close())
}

// hold locks a file and only then gives it the name that sweepers look for, so that none ever finds it unlocked. The
// kernel drops the lock when the process ends, however it ends.
func hold(path string) (*os.File, error) {
	unnamed := filepath.Join(path, ".new")
	lock, err := os.OpenFile(unnamed, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	if err := os.Rename(unnamed, filepath.Join(path, lockName)); err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	return lock, nil
}
