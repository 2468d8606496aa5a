package app

import (
	"context"
	"fmt"
	"slices"

	"bianmin/internal/calendar"
	"bianmin/internal/db"
	"bianmin/internal/export"
	"bianmin/internal/file"
	"bianmin/internal/journal"
	"bianmin/internal/paper"
	"bianmin/internal/rating"
	"bianmin/internal/reference"
	"bianmin/internal/seal"
	"bianmin/internal/verify"
)

// Verify checks the data of a configuration, beside a running program or without one. It writes nothing.
func Verify(ctx context.Context, c Config, found func(what string), progress func(doing string, done int64)) error {
	_, err := VerifyAgainst(ctx, c, Outside{}, found, progress)
	return err
}

// Outside is what somebody outside kept of the log.
type Outside struct {
	Head string   // a signed head; empty when there is none
	Keys []string // public keys that the key file does not have
}

// VerifyAgainst is Verify, and holds the log to what was kept outside. The epoch that it gives declares the loss in which
// the head lies; nil when the log has to contain it.
func VerifyAgainst(ctx context.Context, c Config, outside Outside, found func(what string), progress func(doing string, done int64)) (*journal.Epoch, error) {
	keys, err := seal.Load(c.KeyFile())
	if err != nil {
		return nil, fmt.Errorf("reading the keys: %w", err)
	}
	known, err := keys.Verifiers(outside.Keys...)
	if err != nil {
		return nil, err
	}
	box, err := keys.Box()
	if err != nil {
		return nil, err
	}
	d, err := db.OpenReadOnly(c.URL())
	if err != nil {
		return nil, fmt.Errorf("opening the data: %w", err)
	}
	defer d.Close()
	a := &App{Config: c, DB: d, Keys: keys, Journal: journal.New(d), box: box, clock: c.Wall}
	a.Reference = reference.New(d, a.Journal)
	if a.City, _, err = a.Reference.Load(ctx); err != nil {
		found(fmt.Sprintf("documents：读不出来（%v）", err))
		return nil, nil
	}
	if _, err := a.keysFit(ctx, keys); err != nil {
		return nil, err
	}
	people, matters := a.services(a.clock, a.City, calendar.NewInForce(a.City.Calendar))
	papers := paper.New(paper.Parts{DB: d, Journal: a.Journal})
	files := file.New(file.Parts{DB: d, Journal: a.Journal, Box: box})
	citizens, ratings := a.people(), rating.New(rating.Parts{DB: d, Journal: a.Journal})
	check := verify.Check{DB: d, Journal: a.Journal, Known: known, Head: outside.Head, Found: found, Progress: progress,
		Rooms: slices.Concat(a.Reference.Rooms(), []journal.Room{people.Room(), matters.Room(), matters.OpenedRoom(), papers.Room(), papers.WordingRoom(), files.Room(), export.New(d, a.Journal, a.clock).Room(),
			citizens.Room(), ratings.Room(), a.Journal.EpochRoom()})}
	check.Totals = append(check.Totals, a.Reference.CheckTotals, matters.CheckTotals, papers.CheckTotals, files.CheckTotals)
	err = check.Run(ctx)
	return check.Lost, err
}
