package seal

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// Seals is the number of the key that seals at an instant.
func (k *Keys) Seals(now time.Time) int {
	n := len(k.Sealing)
	if n > 1 && now.Before(k.From) && k.Sealing[n-2] != nil {
		return n - 1
	}
	return n
}

// Rotate adds a sealing key to the file, which seals from an instant on, and gives its number.
func Rotate(file string, from time.Time) (n int, err error) {
	err = Update(file, func(k *Keys) error {
		k.Sealing = append(k.Sealing, random(32))
		k.From, n = from, len(k.Sealing)
		return nil
	})
	return n, err
}

// The reasons why a key is not dropped.
var (
	ErrNoSuchKey = errors.New("there is no sealing key of this number")
	ErrKeySeals  = errors.New("this key seals, or did a moment ago")
)

// settled is how long after a new key began to seal a request that was under way then may still commit a value of the
// key before it.
const settled = 5 * time.Second

// Drop takes a sealing key out of the file for ever: what it sealed, in old entries of the journal too, opens no more.
func Drop(file string, n int, now time.Time) error {
	return Update(file, func(k *Keys) error {
		if err := k.Droppable(n, now); err != nil {
			return err
		}
		k.Sealing[n-1] = nil
		return nil
	})
}

// Droppable says why a key cannot be dropped now, whatever is sealed with it.
func (k *Keys) Droppable(n int, now time.Time) error {
	switch {
	case n < 1 || n > len(k.Sealing) || k.Sealing[n-1] == nil:
		return ErrNoSuchKey
	case n == len(k.Sealing), n == k.Seals(now.Add(-settled)):
		return ErrKeySeals
	}
	return nil
}

// Update changes the key file, one change at a time: two operators at once would lose each other's key, and with it
// what was sealed meanwhile.
func Update(file string, change func(*Keys) error) error {
	dir, err := os.Open(filepath.Dir(file))
	if err != nil {
		return err
	}
	defer dir.Close() // which gives the lock back
	if err := syscall.Flock(int(dir.Fd()), syscall.LOCK_EX); err != nil {
		return fmt.Errorf("locking the folder of the keys: %w", err)
	}
	k, err := Load(file)
	if err != nil {
		return err
	}
	if err := change(k); err != nil {
		return err
	}
	if err := k.check(); err != nil {
		return err
	}
	return k.Save(file)
}
