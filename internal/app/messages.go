package app

import (
	"context"
	"time"
)

// messagePace is how often the outbox is looked at.
const messagePace = time.Second

// messageAlarm is up while messages cannot be brought.
const messageAlarm = "sms/provider"

// sendMessages drains the outbox until ctx ends. Of several copies one does it at a time.
func (a *App) sendMessages(ctx context.Context) {
	pace := time.NewTicker(messagePace)
	defer pace.Stop()
	said := ""
	for {
		trouble := ""
		if err := a.drain(ctx); err != nil && ctx.Err() == nil {
			trouble = err.Error()
		}
		if trouble != "" && trouble != said {
			a.Log.Error("messages could not be sent", "error", trouble)
		}
		said = trouble
		select {
		case <-ctx.Done():
			if err := a.provider.Close(); err != nil {
				a.Log.Warn("the connection for messages did not end well", "error", err)
			}
			return
		case <-pace.C:
		}
	}
}

func (a *App) drain(ctx context.Context) error {
	leader, err := a.DB.Lead(ctx, "messages")
	if err != nil || !leader {
		return err
	}
	_, err = a.Messages.Drain(ctx)
	return err
}
