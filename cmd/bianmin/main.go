// Command bianmin runs the public-service counters of a city, its towns and its villages.
package main

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"github.com/alecthomas/kong"

	"bianmin/internal/app"
	"bianmin/internal/clock"
)

// commands is the command line.
type commands struct {
	Serve       serveCommand       `cmd:"" help:"Serve pages and API."`
	Verify      verifyCommand      `cmd:"" help:"Recompute the journal and compare it with every stored row."`
	VerifyPaper verifyPaperCommand `cmd:"" help:"Check the electronic seal of a paper (PDF)."`
	VerifyProof verifyProofCommand `cmd:"" help:"Check the proof of one entry, on any machine, without the data."`
	Journal     journalCommand     `cmd:"" help:"The keys that sign the log: list, rotate, retire, add an SM2 key."`
	Epoch       epochCommand       `cmd:"" help:"Declare that a backup was put back and what was lost."`
	Simulate    simulateCommand    `cmd:"" help:"Live through years of Shenmu and keep them as a demonstration, to measure on or to look at."`
	Calendar    calendarCommand    `cmd:"" help:"The official calendar of holidays and make-up days."`
	Due         dueCommand         `cmd:"" help:"Print the last day of a limit, and whether it is provisional."`
	Account     accountCommand     `cmd:"" help:"List, add, reset or disable accounts."`
	Backup      backupCommand      `cmd:"" help:"Take everything, keys included, into one file sealed under a passphrase; also while it serves."`
	Restore     restoreCommand     `cmd:"" help:"Put a backup into an empty data folder (with PostgreSQL: and an empty database)."`
	Keys        keysCommand        `cmd:"" help:"The keys that seal citizen numbers and telephones: list, rotate, reseal, drop."`
}

// where is what every command needs to find its data.
type where struct {
	Data        string `help:"Folder of the data and the keys." default:"data" type:"path"`
	DatabaseURL string `help:"PostgreSQL to use instead of the file (postgres://…)." env:"BIANMIN_DATABASE_URL"`
}

func (w where) config() app.Config {
	return app.Config{Data: w.Data, DatabaseURL: w.DatabaseURL, Wall: clock.Func(time.Now),
		Log: slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelInfo}))}
}

func main() {
	var c commands
	k := kong.Parse(&c, kong.Name("bianmin"), kong.UsageOnError(),
		kong.Description("Bianmin 便民 – one program for the public-service counters of a city, its towns and its villages."))
	if err := k.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "bianmin:", said(err))
		status := 1
		var e *exit
		if errors.As(err, &e) {
			status = e.status
		}
		os.Exit(status)
	}
}
