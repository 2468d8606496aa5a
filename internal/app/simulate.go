package app

import (
	"context"
	"errors"
	"fmt"
	"time"

	"bianmin/internal/calendar"
	"bianmin/internal/clock"
	"bianmin/internal/db"
	"bianmin/internal/demo"
	"bianmin/internal/journal"
	"bianmin/internal/simulate"
)

// settingSimulation holds what a demonstration was simulated from.
const settingSimulation = "demo.simulation"

// ErrSimulateElsewhere says that the data are not this simulation's.
var ErrSimulateElsewhere = errors.New("the data folder holds something else; name a new one, or the same days, cases a day and seed as before")

// simulateBatch is how many entries are written in one transaction, two or three days of a county: a case that changes
// several times in them is written once, with the dozen and a half of indexes that PostgreSQL writes anew each time. The
// two batches in hand take about a gigabyte.
const simulateBatch = 150_000

// Simulate founds a demonstration on a new data folder and lives through the days before its morning, or goes on where
// it was stopped.
func Simulate(ctx context.Context, c Config, args simulate.Arguments, progress func(simulate.Progress)) (err error) {
	c.Demo = true
	a, err := prepare(ctx, c, db.Filling)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.DB.Close()) }()
	clk := clock.NewManual(args.First().Start())
	if err := a.DB.Write(ctx, func(ctx context.Context) error { return a.foundSimulation(ctx, args, clk) }); err != nil {
		return fmt.Errorf("founding the simulation: %w", err)
	}
	if a.City, _, err = a.Reference.Load(ctx); err != nil {
		return err
	}
	if err := a.keep(ctx); err != nil {
		return err
	}
	_, matters := a.services(clk, a.City, calendar.NewInForce(a.City.Calendar))
	return simulate.Run(ctx, args, simulate.Parts{DB: a.DB, Keeper: a.Keeper, Cases: matters, City: a.City, Clock: clk,
		Progress: progress, Batch: simulateBatch})
}

// foundSimulation tells an empty database of the city and of the simulation; of one that is there it asks whether it is
// the same.
func (a *App) foundSimulation(ctx context.Context, args simulate.Arguments, clk *clock.Manual) error {
	_, founded, err := a.Reference.Load(ctx)
	if err != nil {
		return err
	}
	if founded {
		before, _, err := a.Reference.Setting(ctx, settingSimulation)
		if err == nil && before != args.String() {
			return ErrSimulateElsewhere
		}
		return err
	}
	if err := a.Reference.Found(ctx, clk.Now()); err != nil {
		return err
	}
	city, _, err := a.Reference.Load(ctx)
	if err != nil {
		return err
	}
	people, _ := a.services(clk, city, calendar.NewInForce(city.Calendar))
	if err := demo.AddAccounts(ctx, people, city); err != nil {
		return err
	}
	if err := a.Reference.Set(ctx, journal.System, clk.Now(), settingSimulation, args.String()); err != nil {
		return err
	}
	return a.setDemoClock(ctx, journal.System, clk.Now(), demo.Start.Sub(a.Wall.Now()).Round(time.Second))
}
