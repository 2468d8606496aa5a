package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"text/tabwriter"
	"time"

	"bianmin/internal/app"
	"bianmin/internal/calendar"
	"bianmin/internal/seal"
)

type keysCommand struct {
	List   keysList   `cmd:"" help:"List the keys that seal citizen numbers and telephones."`
	Rotate keysRotate `cmd:"" help:"Add a sealing key; running servers take it up by themselves."`
	Reseal keysReseal `cmd:"" help:"Seal anew, with the newest key, what older keys sealed; also while it serves."`
	Seal   keysSeal   `cmd:"" help:"Make the electronic seal of a station or a unit; running servers take it up by themselves."`
	Drop   keysDrop   `cmd:"" help:"Take an old key out for ever, once nothing needs it: what it sealed in old journal entries opens no more."`
}

type keysList struct{ where }

// Run lists the sealing keys.
func (c *keysList) Run() error {
	keys, err := seal.Load(c.config().KeyFile())
	if err != nil {
		return err
	}
	out := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	now := time.Now()
	for n, key := range keys.Sealing {
		fmt.Fprintf(out, "%d\t%s\n", n+1, keyWords(keys, n+1, key == nil, now))
	}
	return out.Flush()
}

func keyWords(keys *seal.Keys, n int, dropped bool, now time.Time) string {
	switch {
	case dropped:
		return "已删除"
	case keys.Seals(now) == n:
		return "正在用"
	case n == len(keys.Sealing):
		return "等着启用，" + clockTime(keys.From) + " 开始"
	}
	return "只用来打开以前加密的"
}

func clockTime(t time.Time) string { return t.In(calendar.Shanghai).Format("15:04:05") }

type keysRotate struct {
	where
	In time.Duration `help:"How long running servers have to read the new key before it seals." default:"5s"`
}

// Run adds a key.
func (c *keysRotate) Run() error {
	return c.with(func(ctx context.Context, a *app.App) error {
		from := time.Now().Add(c.In)
		n, err := a.RotateKey(ctx, from)
		if err != nil {
			return err
		}
		fmt.Printf("加了第 %d 把密钥，%s 启用，不用重启。\n启用以后运行 bianmin keys reseal，把以前的换成新密钥加密。请重新备份一次。\n", n, clockTime(from))
		return nil
	})
}

type keysReseal struct{ where }

// Run seals anew what older keys sealed.
func (c *keysReseal) Run() error {
	return c.with(func(ctx context.Context, a *app.App) error {
		now := time.Now()
		if now.Before(a.Keys.From) {
			return fmt.Errorf("新密钥还没启用，%s 以后再来", clockTime(a.Keys.From))
		}
		done, err := a.Reseal(ctx, func(done int) { tell("已换 %d", done) })
		clearLine()
		if err != nil {
			return err
		}
		fmt.Printf("换好了，一共 %d 份。\n", done)
		return nil
	})
}

type keysDrop struct {
	where
	Number int `arg:"" help:"The key's number, as keys list shows it."`
}

// Run drops an old key.
func (c *keysDrop) Run() error {
	return c.with(func(ctx context.Context, a *app.App) error {
		err := a.DropKey(ctx, c.Number)
		switch {
		case errors.Is(err, seal.ErrNoSuchKey):
			return fmt.Errorf("没有第 %d 把密钥，或者已经删了。请用 bianmin keys list 看一看", c.Number)
		case errors.Is(err, seal.ErrKeySeals):
			return fmt.Errorf("第 %d 把密钥正在用，或者刚刚还在用，没有删。请先换新的：bianmin keys rotate，过几秒再来", c.Number)
		case err != nil:
			return err
		}
		fmt.Printf("第 %d 把密钥删了。日志里以前用它加密的号码，再也打不开了。\n", c.Number)
		return nil
	})
}
