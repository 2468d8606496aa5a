package app

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"bianmin/internal/cases"
	"bianmin/internal/clock"
	"bianmin/internal/db"
	"bianmin/internal/demo"
	"bianmin/internal/enginetest"
	"bianmin/internal/simulate"
)

func TestASimulatedLifeIsADemonstration(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		wall := clock.NewManual(time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC))
		c := Config{Data: t.TempDir(), Wall: wall, Log: slog.New(slog.DiscardHandler)}
		if db.IsPostgres(url) {
			c.DatabaseURL = url
		}
		args := simulate.Arguments{Days: 3, PerDay: 10, Seed: 1}
		ctx, kill := context.WithCancel(t.Context())
		kill()
		if err := Simulate(ctx, c, args, func(simulate.Progress) {}); err == nil {
			t.Error("it ends although it was stopped")
		}
		var last simulate.Progress
		if err := Simulate(t.Context(), c, args, func(p simulate.Progress) { last = p }); err != nil {
			t.Fatal(err)
		}
		other := args
		other.Seed++
		if err := Simulate(t.Context(), c, other, func(simulate.Progress) {}); !errors.Is(err, ErrSimulateElsewhere) {
			t.Errorf("another seed on the same data: %v", err)
		}
		if _, err := Open(t.Context(), c, db.Serving); !errors.Is(err, ErrDemo) {
			t.Errorf("it opens for real use: %v", err)
		}
		found := func(what string) { t.Errorf("verify: %s", what) }
		if err := Verify(t.Context(), c, found, func(string, int64) {}); err != nil {
			t.Error(err)
		}
		c.Demo = true
		a, err := Open(t.Context(), c, db.Serving)
		if err != nil {
			t.Fatal(err)
		}
		defer a.Close()
		if !a.clock.Now().Equal(demo.Start) {
			t.Errorf("its clock says %s", a.clock.Now())
		}
		_, actor, err := a.Access.SignIn(t.Context(), "inspector", demo.Password, "127.0.0.1")
		if err != nil {
			t.Fatal(err)
		}
		page, err := a.Cases.List(t.Context(), actor, cases.Filter{Limit: 200})
		if err != nil || int64(len(page.Cases)) != last.Cases || last.Cases == 0 {
			t.Errorf("%d cases of %d, %v", len(page.Cases), last.Cases, err)
		}
	})
}

func TestNothingIsSimulatedOnOtherData(t *testing.T) {
	c := Config{Data: t.TempDir(), Wall: clock.NewManual(time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)), Log: slog.New(slog.DiscardHandler)}
	a, err := Open(t.Context(), c, db.Serving)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if err := Simulate(t.Context(), c, simulate.Arguments{Days: 1, PerDay: 1}, func(simulate.Progress) {}); !errors.Is(err, ErrSimulateElsewhere) {
		t.Errorf("on data in real use: %v", err)
	}
}
