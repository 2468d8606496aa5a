package app

import (
	"context"
	"os"
	"time"

	"bianmin/internal/seal"
)

const (
	keyPace  = time.Second
	keyAlarm = "keys/unreadable"
)

// watchKeys takes up a key that was added to the file, or dropped from it, without a start, and lets a new one seal from
// its moment on.
func (a *App) watchKeys(ctx context.Context) {
	pace := time.NewTicker(keyPace)
	defer pace.Stop()
	w := &keyWatch{keys: a.Keys, looked: a.Wall.Now()}
	for {
		select {
		case <-ctx.Done():
			return
		case <-pace.C:
			a.lookAtKeys(w)
		}
	}
}

// keyWatch remembers what was last read.
type keyWatch struct {
	keys   *seal.Keys
	looked time.Time
	file   os.FileInfo
	bad    bool
}

// changed says whether the file is another one than at the last look. It is always replaced as a whole.
func (w *keyWatch) changed(name string) bool {
	info, err := os.Stat(name)
	if err != nil {
		return true
	}
	before := w.file
	w.file = info
	return before == nil || !os.SameFile(before, info) || !before.ModTime().Equal(info.ModTime()) || before.Size() != info.Size()
}

func (a *App) lookAtKeys(w *keyWatch) {
	now := a.Wall.Now()
	begins := w.looked.Before(w.keys.From) && !now.Before(w.keys.From)
	w.looked = now
	if !w.changed(a.KeyFile()) && !begins && !w.bad {
		return
	}
	keys, err := seal.Load(a.KeyFile())
	if err == nil {
		a.seals.Store(keys)
		err = a.box.Take(keys, now)
	}
	if err != nil {
		if !w.bad {
			a.Log.Error("the key file cannot be read; the keys read before stay in use", "error", err)
			a.Alarm(keyAlarm, "密钥文件读不出来，还在用先前读到的密钥。请把 keys.json 放回数据文件夹，放好以前不要重启")
		}
		w.bad = true
		return
	}
	if w.bad {
		w.bad = false
		a.Clear(keyAlarm)
	}
	w.keys = keys
}
