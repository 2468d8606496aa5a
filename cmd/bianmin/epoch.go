package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"bianmin/internal/app"
	"bianmin/internal/db"
)

type epochCommand struct {
	Declare epochDeclare `cmd:"" help:"Declare that a backup was put back: the log goes on under a new name, and what was lost is published."`
}

type epochDeclare struct {
	where
	Reason string   `help:"What happened; it is published." required:""`
	Head   string   `help:"The last signed head of the log before that anybody has: what it signs beyond what is kept is declared lost." type:"existingfile" placeholder:"FILE"`
	Kept   int64    `help:"How many entries are those of the log before, when the server wrote on after the backup was put back. All there are, when left out."`
	Key    []string `help:"A public key of the log that the key file no longer has." sep:"none" placeholder:"VERIFIER"`
}

// Run declares an epoch.
func (c *epochDeclare) Run() error {
	loss := app.Loss{Reason: c.Reason, By: byCommandLine, Kept: c.Kept, Keys: c.Key}
	if c.Head != "" {
		text, err := os.ReadFile(c.Head)
		if err != nil {
			return err
		}
		loss.Head = string(text)
	}
	e, err := app.DeclareEpoch(context.Background(), c.config(), loss)
	if errors.Is(err, db.ErrInUse) {
		return app.ErrServing
	}
	if err != nil {
		return err
	}
	fmt.Println(lossText(e))
	fmt.Printf("日志从现在起叫 %s，用新的密钥签。请把它和新的公钥告诉见证人，并清空外面对 /journal/tile/ 的缓存。\n", e.Origin)
	return nil
}
