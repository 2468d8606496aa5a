package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"bianmin/internal/app"
	"bianmin/internal/journal"
	"bianmin/internal/verify"
)

type verifyCommand struct {
	where
	Quiet bool     `help:"Print only what is wrong."`
	Head  string   `help:"A signed head (checkpoint) that somebody outside kept: the log has to contain it. Status 3 when it lies in a declared loss." type:"existingfile" placeholder:"FILE"`
	Key   []string `help:"A public key of the log that the key file no longer has." sep:"none" placeholder:"VERIFIER"`
}

// errFound ends verify with status 1; what was found is printed already.
var errFound = errors.New("the data do not agree with the journal")

// errDeclared ends verify with status 3: everything agrees, and what the head signs is gone, as was declared.
var errDeclared = &exit{3, "the head lies in a loss that was declared"}

// Run recomputes everything and prints what does not agree.
func (c *verifyCommand) Run() error {
	outside, err := c.outside()
	if err != nil {
		return err
	}
	app.CollectSeldom()
	wrong := 0
	found := func(what string) {
		wrong++
		fmt.Println("不一致 ", what)
	}
	lost, err := app.VerifyAgainst(context.Background(), c.config(), outside, found, c.progress())
	c.say("")
	if err != nil {
		return err
	}
	if wrong > 0 {
		return fmt.Errorf("%w (%d)", errFound, wrong)
	}
	if !c.Quiet {
		fmt.Println("一致：日志的每一条、签名的树头、每一张表的每一行都对得上。")
		fmt.Printf("不在核对范围：%s（登录状态、验证码、短信、防重号、提醒和见证人的签名，不是办件的记录）。\n", strings.Join(verify.NotCovered, "、"))
	}
	if lost != nil {
		fmt.Println(lossText(*lost))
		return errDeclared
	}
	if outside.Head != "" && !c.Quiet {
		fmt.Println("外面留存的树头：日志里都有，一条没少，一条没改。")
	}
	return nil
}

func (c *verifyCommand) outside() (app.Outside, error) {
	if c.Head == "" {
		return app.Outside{Keys: c.Key}, nil
	}
	text, err := os.ReadFile(c.Head)
	return app.Outside{Head: string(text), Keys: c.Key}, err
}

// lossText words a declared loss.
func lossText(e journal.Epoch) string {
	what := "丢了多少没有申报"
	if e.Lost > 0 {
		what = fmt.Sprintf("第 %d 条到第 %d 条丢失", e.Kept+1, e.Lost)
	}
	return fmt.Sprintf("申报：第 %d 期，%s 从备份恢复，保留前 %d 条，%s。原因：%s", e.Epoch, shown(e.At), e.Kept, what, e.Reason)
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
