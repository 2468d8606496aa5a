package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"golang.org/x/term"

	"bianmin/internal/backup"
)

type backupCommand struct {
	where
	passphrase
	File string `arg:"" help:"The file to write; it must not be there yet." type:"path"`
}

// Run takes a backup of the data and the keys, beside a running server or without one.
func (c *backupCommand) Run() error {
	p, err := c.ask(true)
	if err != nil {
		return err
	}
	ctx, stop := untilEnded()
	defer stop()
	held, err := backup.Write(ctx, c.place(), c.File, p, progress("已备份"))
	clearLine()
	if err != nil {
		return err
	}
	fmt.Printf("备份好了：%s\n%s。\n密钥也在里面。口令请另外存放，忘了就打不开。\n", c.File, held)
	return nil
}

// place is where the backup finds the data.
func (w where) place() backup.Place {
	config := w.config()
	return backup.Place{URL: config.URL(), KeyFile: config.KeyFile()}
}

// untilEnded ends with the operator's Ctrl-C, so that what is half done is removed.
func untilEnded() (context.Context, context.CancelFunc) {
	return signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
}

// progress tells on a terminal's one line how many megabytes are done.
func progress(doing string) func(int64) {
	const step = 16 << 20
	told := int64(0)
	return func(done int64) {
		if done-told >= step {
			told = done
			tell("%s %d MB", doing, done>>20)
		}
	}
}

// tell shows how far it is, on a terminal's one line.
func tell(format string, args ...any) {
	if term.IsTerminal(int(os.Stderr.Fd())) {
		fmt.Fprintf(os.Stderr, "\r%-40s\r"+format, append([]any{""}, args...)...)
	}
}

func clearLine() { tell("") }
