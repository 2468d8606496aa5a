package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/journal"
)

// lawPace is how often the program looks whether something has fallen due, and whether another copy has set something.
const lawPace = time.Second

// settingPolicy holds what the law leaves to the place.
const settingPolicy = "law.policy"

// keepTheLaw brings about what falls due, until ctx ends. Of several copies one does it at a time; that two might for a
// moment changes nothing, since a case is changed only as it was read.
func (a *App) keepTheLaw(ctx context.Context) {
	pace := time.NewTicker(lawPace)
	defer pace.Stop()
	said := ""
	for {
		trouble := ""
		if err := errors.Join(a.learn(ctx), a.mendLater(ctx), a.lead(ctx)); err != nil && ctx.Err() == nil {
			trouble = err.Error()
		}
		if trouble != "" && trouble != said {
			a.Log.Error("what falls due could not be done", "error", trouble)
		}
		said = trouble
		select {
		case <-ctx.Done():
			return
		case <-pace.C:
		}
	}
}

// lead does what one copy of the program does for all: what falls due, and adding up the tallies.
func (a *App) lead(ctx context.Context) error {
	leader, err := a.DB.Lead(ctx, "law")
	if err != nil || !leader {
		return err
	}
	_, due := a.Cases.FallDue(ctx)
	_, folded := a.Cases.FoldTallies(ctx)
	return errors.Join(due, folded)
}

// learn takes in what another copy of the program, or a command, has set: the calendar, the policy, how places
// are reached, the demonstration's clock.
func (a *App) learn(ctx context.Context) error {
	a.telling.Lock()
	defer a.telling.Unlock()
	revision, err := a.Reference.Revision(ctx)
	if err != nil || revision == a.learned.Load() {
		return err
	}
	ahead, isDemo, err := a.demoClock(ctx)
	if err != nil {
		return err
	}
	if isDemo && a.demo != nil {
		a.demo.Set(ahead)
	}
	cal, err := a.Reference.Calendar(ctx)
	if err != nil {
		return err
	}
	if err := errors.Join(a.learnPolicy(ctx), a.learnContacts(ctx)); err != nil {
		return err
	}
	if !slices.Equal(cal.Days(), a.calendar.Now().Days()) {
		if err := a.adopt(ctx, cal); err != nil {
			return err
		}
	}
	a.learned.Store(revision)
	return nil
}

// mendAfter is how many looks after a calendar was put in force its cases are mended once more: by then every change that
// had begun under the old one is stored.
const mendAfter = 5

// adopt puts a calendar in force, and mends what was stored by the old one while the new one was already set.
func (a *App) adopt(ctx context.Context, cal *calendar.Calendar) error {
	a.calendar.Set(cal)
	a.mendIn.Store(mendAfter)
	return a.mend(ctx)
}

// mend writes anew what was stored by another calendar than the one in force.
func (a *App) mend(ctx context.Context) error {
	cal := a.calendar.Now()
	_, err := a.Cases.Recount(ctx, access.Actor{Account: journal.System, Name: "系统", Place: a.City.Places.Root().Code}, cal, cal)
	return err
}

// mendLater mends once more when its time has come.
func (a *App) mendLater(ctx context.Context) error {
	if left := a.mendIn.Load(); left == 0 || a.mendIn.Add(-1) > 0 {
		return nil
	}
	return a.mend(ctx)
}

// Imported is what a new calendar does, or would do.
type Imported struct {
	Days  []calendar.DayChange
	Moved []cases.Moved
}

// errOnlyLooking undoes what was only to be looked at.
var errOnlyLooking = errors.New("only looking")

// ImportCalendar corrects the calendar by the days of a published file and moves every limit that runs, in one
// transaction; with preview it only tells what would move.
func (a *App) ImportCalendar(ctx context.Context, by access.Actor, days []calendar.Day, wholeYears, preview bool) (out Imported, err error) {
	a.telling.Lock()
	defer a.telling.Unlock()
	var cal *calendar.Calendar
	err = a.DB.Write(ctx, func(ctx context.Context) error {
		old, err := a.Reference.Calendar(ctx)
		if err != nil {
			return err
		}
		cal = old.Correct(days, wholeYears)
		out = Imported{Days: cal.Changes(old)}
		if err := a.Reference.SetCalendar(ctx, by.Account, a.clock.Now(), cal, days); err != nil {
			return err
		}
		if out.Moved, err = a.Cases.Recount(ctx, by, old, cal); err != nil {
			return err
		}
		if preview {
			return errOnlyLooking
		}
		return nil
	})
	if preview && errors.Is(err, errOnlyLooking) {
		return out, nil
	}
	if err != nil {
		return Imported{}, fmt.Errorf("importing the calendar: %w", err)
	}
	return out, a.adopt(ctx, cal)
}

// Policy is what the law leaves to the place.
func (a *App) Policy() cases.Policy {
	if p := a.policy.Load(); p != nil {
		return *p
	}
	return cases.UsualPolicy
}

func (a *App) learnPolicy(ctx context.Context) error {
	value, ok, err := a.Reference.Setting(ctx, settingPolicy)
	if err != nil || !ok {
		return err
	}
	p := cases.UsualPolicy // what an older setting does not name stays usual
	if err := json.Unmarshal([]byte(value), &p); err != nil {
		return fmt.Errorf("reading the policy: %w", err)
	}
	a.policy.Store(&p)
	return nil
}

// SetPolicy sets it, for the notices to come; those that were given keep the time that they name.
func (a *App) SetPolicy(ctx context.Context, by access.Actor, p cases.Policy) error {
	if err := p.Check(); err != nil {
		return err
	}
	a.telling.Lock()
	defer a.telling.Unlock()
	raw, err := json.Marshal(p)
	if err != nil {
		return err
	}
	if err := a.Reference.Set(ctx, by.Account, a.clock.Now(), settingPolicy, string(raw)); err != nil {
		return err
	}
	a.policy.Store(&p)
	return nil
}
