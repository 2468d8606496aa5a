package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"bianmin/internal/app"
	"bianmin/internal/calendar"
	"bianmin/internal/simulate"
)

type simulateCommand struct {
	where
	Days   int    `help:"How many calendar days, ending on the demonstration's morning, 2026-03-10 10:20." default:"365"`
	PerDay int    `help:"Cases on an ordinary working day; fewer on Fridays and in February, more on Mondays and in March." default:"4000"`
	Seed   uint64 `help:"The same seed gives the same cases." default:"1"`
}

// Help says what stands in no flag.
func (*simulateCommand) Help() string {
	return "The data folder (or database) must be new, or one that the same command was stopped on: it then goes on where it stopped. " +
		"It is founded as a demonstration, with an account for every post and the demonstration's password; look at it with " +
		"bianmin serve --demo --data DIR. No server may run on it meanwhile."
}

// Run lives through the days, with a line that tells how far it is.
func (s *simulateCommand) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	if s.Days < 1 || s.PerDay < 1 {
		return fmt.Errorf("--days and --per-day must be at least 1")
	}
	began, first := time.Now(), int64(-1)
	var last simulate.Progress
	err := app.Simulate(ctx, s.config(), simulate.Arguments{Days: s.Days, PerDay: s.PerDay, Seed: s.Seed}, func(p simulate.Progress) {
		if first < 0 {
			first, began = p.Cases, time.Now() // the first batch also founds
		}
		last = p
		fmt.Fprintf(os.Stderr, "\r%s   ", howFar(p, p.Cases-first, time.Since(began)))
	})
	fmt.Fprintln(os.Stderr)
	if err != nil {
		return err
	}
	fmt.Printf("办件 %d，在办 %d。打开来看：bianmin serve --demo --data %s\n", last.Cases, last.Open, s.Data)
	return nil
}

// howFar tells how far a life has come; since is how many cases there are more than when the time was first taken.
func howFar(p simulate.Progress, since int64, took time.Duration) string {
	told := fmt.Sprintf("%s  办件 %d", calendar.DateOf(p.Now), p.Cases)
	if since > 0 {
		told += fmt.Sprintf("  每秒 %.0f 件", float64(since)/max(took.Seconds(), 0.001))
	}
	told += fmt.Sprintf("  在办 %d", p.Open)
	if p.Entries > 0 {
		told += fmt.Sprintf("  日志 %d 条", p.Entries)
	}
	return told
}
