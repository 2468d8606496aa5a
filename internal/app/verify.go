package app

import (
	"context"
	"fmt"
	"slices"

	"bianmin/internal/db"
	"bianmin/internal/journal"
	"bianmin/internal/reference"
	"bianmin/internal/seal"
	"bianmin/internal/verify"
)

// Verify checks the data of a configuration, beside a running program or without one. It writes nothing.
func Verify(ctx context.Context, c Config, found func(what string), progress func(doing string, done int64)) error {
	keys, err := seal.Load(c.KeyFile())
	if err != nil {
		return fmt.Errorf("reading the keys: %w", err)
	}
	box, err := keys.Box()
	if err != nil {
		return err
	}
	d, err := db.OpenReadOnly(c.URL())
	if err != nil {
		return fmt.Errorf("opening the data: %w", err)
	}
	defer d.Close()
	a := &App{Config: c, DB: d, Keys: keys, Journal: journal.New(d), box: box, clock: c.Wall}
	a.Reference = reference.New(d, a.Journal)
	if a.City, _, err = a.Reference.Load(ctx); err != nil {
		found(fmt.Sprintf("documents：读不出来（%v）", err))
		return nil
	}
	people, matters := a.services(a.clock, a.City)
	check := verify.Check{DB: d, Journal: a.Journal, Verifier: keys.Verifier, Found: found, Progress: progress,
		Rooms: slices.Concat(a.Reference.Rooms(), []journal.Room{people.Room(), matters.Room()})}
	check.Totals = append(check.Totals, a.Reference.CheckTotals, matters.CheckTotals)
	return check.Run(ctx)
}
