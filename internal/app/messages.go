package app

import (
	"context"
	"time"

	"bianmin/internal/cases"
	"bianmin/internal/ident"
	"bianmin/internal/sms"
	"bianmin/internal/sms/smpp"
)

// messagePace is how often the outbox is looked at.
const messagePace = time.Second

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

// readProvider reads where messages are handed over; nil when nowhere.
func (c Config) readProvider() (sms.Provider, error) {
	if c.SMS == "" {
		return nil, nil
	}
	return smpp.Parse(c.SMS, c.SMSPassword, c.Wall)
}

// tell brings a text to an applicant's telephone when somebody brings messages at all; else it stands on the page alone.
func (a *App) tell(ctx context.Context, to ident.Phone, about cases.Kind, text string) error {
	if a.Messages == nil || !a.Messages.Able() {
		return nil
	}
	purpose := sms.Progress
	if about == cases.KindAnswered {
		purpose = sms.Answer
	}
	return a.Messages.Put(ctx, sms.Message{To: to, Purpose: purpose, Text: "【" + a.City.Places.Root().Name + "便民服务】" + text})
}

func (a *App) drain(ctx context.Context) error {
	leader, err := a.DB.Lead(ctx, "messages")
	if err != nil || !leader {
		return err
	}
	_, err = a.Messages.Drain(ctx)
	return err
}
