package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"text/tabwriter"

	"bianmin/internal/access"
	"bianmin/internal/app"
	"bianmin/internal/db"
	"bianmin/internal/place"
	"bianmin/internal/problem"
)

type accountCommand struct {
	List    accountList    `cmd:"" help:"List accounts."`
	Add     accountAdd     `cmd:"" help:"Add an account; prints the one-time link that sets its password."`
	Reset   accountReset   `cmd:"" help:"Take an account's password away; prints the one-time link that sets a new one."`
	Disable accountDisable `cmd:"" help:"Shut an account and end its sessions."`
}

// byCommandLine is the actor of what is done here.
const byCommandLine = "command-line"

// open puts the program together beside a running one, for the time of one command. The demonstration's data are
// opened as such.
func (w where) open(ctx context.Context) (*app.App, error) {
	config := w.config()
	a, err := app.Open(ctx, config, db.Tool)
	if errors.Is(err, app.ErrDemo) {
		config.Demo = true
		a, err = app.Open(ctx, config, db.Tool)
	}
	return a, err
}

func (w where) with(do func(ctx context.Context, a *app.App) error) error {
	ctx := context.Background()
	a, err := w.open(ctx)
	if err != nil {
		return err
	}
	return errors.Join(plain(do(ctx, a)), a.Close())
}

// plain words a problem for the terminal.
func plain(err error) error {
	var p *problem.Problem
	if !errors.As(err, &p) {
		return err
	}
	text := p.Code
	for _, f := range p.Fields {
		text += fmt.Sprintf("\n  %s: %s", f.Path, f.Message)
	}
	return errors.New(text)
}

type accountList struct {
	where
	JSON bool `help:"Print JSON."`
}

// Run lists every account.
func (c *accountList) Run() error {
	return c.with(func(ctx context.Context, a *app.App) error {
		all, err := everyAccount(ctx, a)
		if err != nil {
			return err
		}
		if c.JSON {
			out := json.NewEncoder(os.Stdout)
			out.SetIndent("", " ")
			return out.Encode(all)
		}
		out := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
		for _, x := range all {
			fmt.Fprintf(out, "%s\t%s\t%s\t%s\t%s\n", x.Account, x.Name, x.Role.Chinese(), x.Place, disabled(x))
		}
		return out.Flush()
	})
}

func everyAccount(ctx context.Context, a *app.App) ([]access.Account, error) {
	all := []access.Account{}
	after := ""
	for {
		page, err := a.Access.Accounts(ctx, after, 500)
		if err != nil || len(page) == 0 {
			return all, err
		}
		all = append(all, page...)
		after = page[len(page)-1].Account
	}
}

func disabled(x access.Account) string {
	if x.Disabled {
		return "停用"
	}
	return ""
}

type accountAdd struct {
	where
	Account string `arg:"" help:"The account, e.g. clerk-610881101."`
	Name    string `required:"" help:"The person's name."`
	Role    string `required:"" help:"agent, clerk, desk, head, unit, supervisor, inspector or admin."`
	Place   string `required:"" help:"12-digit division code of the post."`
	Unit    string `help:"Code of the unit, for the role unit."`
}

// Run adds an account.
func (c *accountAdd) Run() error {
	return c.with(func(ctx context.Context, a *app.App) error {
		account := access.Account{Account: c.Account, Name: c.Name, Role: access.Role(c.Role), Place: place.Code(c.Place), Unit: c.Unit}
		if err := a.Access.Add(ctx, byCommandLine, account, ""); err != nil {
			return err
		}
		return printLink(ctx, a, c.Account)
	})
}

type accountReset struct {
	where
	Account string `arg:"" help:"The account."`
}

// Run takes the password away.
func (c *accountReset) Run() error {
	return c.with(func(ctx context.Context, a *app.App) error {
		if err := a.Access.Reset(ctx, byCommandLine, c.Account); err != nil {
			return err
		}
		return printLink(ctx, a, c.Account)
	})
}

type accountDisable struct {
	where
	Account string `arg:"" help:"The account."`
}

// Run shuts the account.
func (c *accountDisable) Run() error {
	return c.with(func(ctx context.Context, a *app.App) error {
		return a.Access.Disable(ctx, byCommandLine, c.Account)
	})
}

func printLink(ctx context.Context, a *app.App, account string) error {
	token, err := a.Access.LinkToken(ctx, account)
	if err == nil {
		fmt.Printf("/set-password?token=%s\n", token)
	}
	return err
}
