package app

import (
	"context"
	"time"

	"bianmin/internal/alarm"
)

// alarmWithin is how long writing an alarm may take: what raises it must not be held up by a database in trouble.
const alarmWithin = 5 * time.Second

// Alarm puts an alarm up; kind tells which, with the thing it is about ("clock/jump", "witness/town"). The same again
// changes nothing.
func (a *App) Alarm(kind, text string) {
	ctx, cancel := context.WithTimeout(context.Background(), alarmWithin)
	defer cancel()
	if err := a.alarms.Raise(ctx, alarm.Alarm{Kind: kind, Text: text, Since: a.Wall.Now()}); err != nil {
		a.Log.Error("an alarm could not be kept", "alarm", kind, "error", err)
	}
}

// Clear takes an alarm down.
func (a *App) Clear(kind string) {
	ctx, cancel := context.WithTimeout(context.Background(), alarmWithin)
	defer cancel()
	if err := a.alarms.Clear(ctx, kind); err != nil {
		a.Log.Error("an alarm could not be taken down", "alarm", kind, "error", err)
	}
}

// Alarms lists those that are up, the oldest first: for the supervisor's page. When the database does not answer they
// are those of this copy of the program.
func (a *App) Alarms(ctx context.Context) []alarm.Alarm {
	list, err := a.alarms.Raised(ctx)
	if err != nil {
		a.Log.Error("the alarms could not be read", "error", err)
	}
	return list
}
