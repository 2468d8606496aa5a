package main

import (
	"fmt"

	"bianmin/internal/backup"
)

type restoreCommand struct {
	where
	passphrase
	File   string `arg:"" help:"The backup." type:"existingfile"`
	Verify bool   `help:"Check everything afterwards, as the command verify does."`
}

// Run puts a backup into an empty data folder, and with PostgreSQL into an empty database.
func (c *restoreCommand) Run() error {
	p, err := c.ask(false)
	if err != nil {
		return err
	}
	ctx, stop := untilEnded()
	defer stop()
	held, err := backup.Restore(ctx, c.File, c.place(), p, progress("已恢复"))
	clearLine()
	if err != nil {
		return err
	}
	fmt.Printf("恢复好了：%s。\n", held)
	if c.Verify {
		return (&verifyCommand{where: c.where}).Run()
	}
	fmt.Printf("请核对一遍再启用：bianmin verify --data %s\n", c.Data)
	return nil
}
