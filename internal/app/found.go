package app

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/clock"
	"bianmin/internal/demo"
	"bianmin/internal/journal"
)

// settingDemo holds the demonstration's clock: how many microseconds it is ahead of the machine's. A database without
// it is no demonstration.
const settingDemo = "demo.clock"

// found reads the city, or tells it to an empty database, in one transaction: a first start that is interrupted leaves
// nothing behind.
func (a *App) found(ctx context.Context) error {
	err := a.DB.Write(ctx, func(ctx context.Context) error {
		_, ok, err := a.Reference.Load(ctx)
		if err != nil || ok {
			return err
		}
		found, at := a.foundReal, a.Wall.Now()
		if a.Demo {
			found, at = a.foundDemo, demo.Start
		}
		if err := found(ctx); err != nil {
			return err
		}
		return a.markKeys(ctx, at)
	})
	if err != nil {
		return fmt.Errorf("founding the database: %w", err)
	}
	if a.City, _, err = a.Reference.Load(ctx); err != nil {
		return err
	}
	return a.wind(ctx)
}

// foundReal tells the city and makes the one account with which everything begins; it has no password yet.
func (a *App) foundReal(ctx context.Context) error {
	now := a.Wall.Now()
	if err := a.Reference.Found(ctx, now); err != nil {
		return err
	}
	city, _, err := a.Reference.Load(ctx)
	if err != nil {
		return err
	}
	people, _ := a.services(a.Wall, city, calendar.NewInForce(city.Calendar))
	return people.Add(ctx, journal.System, access.Account{
		Account: "admin", Name: "系统管理员", Role: access.Admin, Place: city.Places.Root().Code}, "")
}

// foundDemo tells the city, makes an account for every role, and lives through the weeks before demo.Start.
func (a *App) foundDemo(ctx context.Context) error {
	clk := clock.NewManual(demo.Start.AddDate(0, -3, 0))
	if err := a.Reference.Found(ctx, clk.Now()); err != nil {
		return err
	}
	city, _, err := a.Reference.Load(ctx)
	if err != nil {
		return err
	}
	people, matters := a.services(clk, city, calendar.NewInForce(city.Calendar))
	if err := demo.AddAccounts(ctx, people, city); err != nil {
		return err
	}
	if err := demo.TellContacts(ctx, a.Reference, city, clk.Now()); err != nil {
		return err
	}
	if err := demo.Seed(ctx, matters, city, clk); err != nil {
		return err
	}
	if _, err := matters.FallDue(ctx); err != nil { // by demo.Start, where the seeding left the clock
		return err
	}
	return a.setDemoClock(ctx, journal.System, demo.Start, demo.Start.Sub(a.Wall.Now()))
}

func (a *App) setDemoClock(ctx context.Context, by string, at time.Time, ahead time.Duration) error {
	return a.Reference.Set(ctx, by, at, settingDemo, strconv.FormatInt(ahead.Microseconds(), 10))
}

// wind sets the service's clock: the machine's, or the demonstration's.
func (a *App) wind(ctx context.Context) error {
	micros, isDemo, err := a.demoClock(ctx)
	switch {
	case err != nil:
		return err
	case isDemo && !a.Demo:
		return ErrDemo
	case !isDemo && a.Demo:
		return ErrNotDemo
	case !isDemo:
		a.clock = a.Wall
		return nil
	}
	a.demo = clock.NewShifted(a.Wall, micros)
	a.clock = a.demo
	return nil
}

// demoClock reads how far the demonstration's clock is ahead of the machine's.
func (a *App) demoClock(ctx context.Context) (ahead time.Duration, isDemo bool, err error) {
	value, isDemo, err := a.Reference.Setting(ctx, settingDemo)
	if err != nil || !isDemo {
		return 0, isDemo, err
	}
	micros, err := strconv.ParseInt(value, 10, 64)
	if err != nil {
		return 0, true, fmt.Errorf("reading the demonstration's clock: %w", err)
	}
	return time.Duration(micros) * time.Microsecond, true, nil
}

// MoveClock moves the demonstration's clock to an instant and returns when all that falls due on the way has happened.
func (a *App) MoveClock(ctx context.Context, actor access.Actor, to time.Time) error {
	a.telling.Lock()
	defer a.telling.Unlock()
	ahead := to.Sub(a.Wall.Now())
	if err := a.setDemoClock(ctx, actor.Account, to, ahead); err != nil {
		return err
	}
	a.demo.Set(ahead)
	_, err := a.Cases.FallDue(ctx)
	return err
}
