package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"bianmin/internal/app"
	"bianmin/internal/verify"
)

type verifyCommand struct {
	where
	Quiet bool `help:"Print only what is wrong."`
}

// errFound ends verify with status 1; what was found is printed already.
var errFound = errors.New("the data do not agree with the journal")

// Run recomputes everything and prints what does not agree.
func (c *verifyCommand) Run() error {
	wrong := 0
	found := func(what string) {
		wrong++
		fmt.Println("不一致 ", what)
	}
	err := app.Verify(context.Background(), c.config(), found, c.progress())
	c.say("")
	if err != nil {
		return err
	}
	if wrong > 0 {
		return fmt.Errorf("%w (%d)", errFound, wrong)
	}
	if !c.Quiet {
		fmt.Println("一致：日志的每一条、签名的树头、每一张表的每一行都对得上。")
		fmt.Printf("不在核对范围：%s（会话和防重号，不是办件的记录）。\n", strings.Join(verify.NotCovered, "、"))
	}
	return nil
}

func (c *verifyCommand) progress() func(string, int64) {
	var last int64
	return func(doing string, done int64) {
		if done-last >= 10_000 || done < last {
			last = done
			c.say(fmt.Sprintf("%s %d", doing, done))
		}
	}
}

// say shows how far it is on a terminal's one line.
func (c *verifyCommand) say(text string) {
	if !c.Quiet {
		fmt.Fprintf(os.Stderr, "\r%-40s\r%s", "", text)
	}
}
