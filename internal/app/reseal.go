package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"bianmin/internal/cases"
	"bianmin/internal/journal"
	"bianmin/internal/seal"
)

// settingMarks holds the marks of the keys with which the data were sealed.
const settingMarks = "keys.check"

// ErrNoKeys says that there are data and no keys. New ones would open nothing of them.
var ErrNoKeys = errors.New("数据在，密钥文件不在，没有启动。请把 keys.json 放回数据文件夹；没有的话，从备份恢复")

// ErrOtherKeys says that the key file is not the one of the data.
var ErrOtherKeys = errors.New("密钥文件和数据对不上，先停下了。请换回这份数据的 keys.json；没有的话，从备份恢复")

// keys reads the key file, or makes one; fresh says that it was made now.
func (c Config) keys() (k *seal.Keys, fresh bool, err error) {
	_, err = os.Stat(c.KeyFile())
	fresh = errors.Is(err, fs.ErrNotExist)
	k, err = seal.LoadOrGenerate(c.KeyFile(), Origin)
	return k, fresh, err
}

// recognise holds the keys to the data: with other keys nothing could be opened, and what was sealed from now on would
// be lost to everybody else. An empty database gets its marks when it is founded.
func (a *App) recognise(ctx context.Context, fresh bool) error {
	_, founded, err := a.Reference.Load(ctx)
	if err != nil || !founded {
		return err
	}
	if fresh {
		return errors.Join(ErrNoKeys, os.Remove(a.KeyFile()))
	}
	if err := a.markKeys(ctx, a.Wall.Now()); err != nil {
		return err
	}
	return a.box.Take(a.Keys, a.Wall.Now())
}

// keysFit says nothing when the keys at hand are those of the data.
func (a *App) keysFit(ctx context.Context, keys *seal.Keys) (marks seal.Marks, err error) {
	value, ok, err := a.Reference.Setting(ctx, settingMarks)
	if err != nil || !ok {
		return seal.Marks{}, err
	}
	if err := json.Unmarshal([]byte(value), &marks); err != nil {
		return seal.Marks{}, fmt.Errorf("reading the marks of the keys: %w", err)
	}
	if err := keys.Fit(marks); err != nil {
		return seal.Marks{}, otherKeys(err)
	}
	return marks, nil
}

// otherKeys says to the operator which key does not fit.
func otherKeys(err error) error {
	var no *seal.Misfit
	switch {
	case !errors.As(err, &no):
		return err
	case no.Sealing == 0:
		return fmt.Errorf("%w（查号码用的密钥不是原来那把）", ErrOtherKeys)
	case no.Missing:
		return fmt.Errorf("%w（少了第 %d 把加密的密钥）", ErrOtherKeys, no.Sealing)
	}
	return fmt.Errorf("%w（第 %d 把加密的密钥不是原来那把）", ErrOtherKeys, no.Sealing)
}

// markKeys keeps the marks of the keys at hand, those of new ones too.
func (a *App) markKeys(ctx context.Context, at time.Time) error {
	return a.DB.Write(ctx, func(ctx context.Context) error {
		before, err := a.keysFit(ctx, a.Keys)
		if err != nil {
			return err
		}
		had, err := json.Marshal(before)
		if err != nil {
			return err
		}
		have, err := json.Marshal(a.Keys.Marks(before))
		if err != nil || string(had) == string(have) {
			return err
		}
		return a.Reference.Set(ctx, journal.System, at, settingMarks, string(have))
	})
}

// RotateKey adds a sealing key, which every running copy reads before it seals from an instant on.
func (a *App) RotateKey(ctx context.Context, from time.Time) (n int, err error) {
	if n, err = seal.Rotate(a.KeyFile(), from); err != nil {
		return 0, err
	}
	if err := a.takeKeys(); err != nil {
		return n, err
	}
	return n, a.markKeys(ctx, a.clock.Now())
}

// takeKeys reads the key file again.
func (a *App) takeKeys() error {
	keys, err := seal.Load(a.KeyFile())
	if err != nil {
		return err
	}
	a.Keys = keys
	a.seals.Store(keys)
	return a.box.Take(keys, a.Wall.Now())
}

// Reseal seals everything anew that was sealed with an older key. progress is told how many were sealed.
func (a *App) Reseal(ctx context.Context, progress func(done int)) (done int, err error) {
	if err := a.takeKeys(); err != nil {
		return 0, err
	}
	for after, more := cases.Number(""), true; more; more = after != "" {
		next, n, err := a.Cases.Reseal(ctx, after)
		if err != nil {
			return done, err
		}
		done += n
		progress(done)
		after = next
	}
	for {
		n, err := a.Files.Reseal(ctx)
		if err != nil {
			return done, err
		}
		if n == 0 {
			break
		}
		done += n
		progress(done)
	}
	answers, err := a.once.Reseal(ctx, a.Cases.ResealAnswer)
	messages, unsent := a.Messages.Reseal(ctx)
	sessions, unseen := a.Citizens.Reseal(ctx)
	filings, unfiled := a.Filings.Reseal(ctx)
	drafts, unkept := a.Drafts.Reseal(ctx)
	return done + answers + messages + sessions + filings + drafts, errors.Join(err, unsent, unseen, unfiled, unkept)
}

// ErrKeyNeeded says that a key cannot be dropped while something is sealed with it.
var ErrKeyNeeded = errors.New("还有用这把密钥加密的号码，没有删。请先运行 bianmin keys reseal")

// DropKey takes an old sealing key out for ever, unless anything is still sealed with it.
func (a *App) DropKey(ctx context.Context, n int) error {
	if err := a.Keys.Droppable(n, a.Wall.Now()); err != nil {
		return err
	}
	needed, err := a.Cases.SealedWith(ctx, n)
	for _, also := range []func(context.Context, int) (bool, error){a.once.SealedWith, a.Messages.SealedWith, a.Citizens.SealedWith, a.Filings.SealedWith, a.Drafts.SealedWith} {
		if err == nil && !needed {
			needed, err = also(ctx, n)
		}
	}
	if err == nil && !needed {
		needed, err = a.Files.SealedWith(ctx, n)
	}
	if err != nil {
		return err
	}
	if needed {
		return ErrKeyNeeded
	}
	return seal.Drop(a.KeyFile(), n, a.Wall.Now())
}
