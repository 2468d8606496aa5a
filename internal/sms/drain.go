package sms

import (
	"context"
	"errors"
	"fmt"
	"time"

	"bianmin/internal/ident"
	"bianmin/internal/sms/internal/query"
)

// Outgoing is one message as a provider gets it.
type Outgoing struct {
	To   ident.Phone
	Text string
	// Reference is the same whenever the message is tried: by it the parts of a long text are joined.
	Reference uint8
	// From is how many parts were taken already: only those behind are to be sent.
	From int
}

// Provider takes messages to telephones.
type Provider interface {
	// Send hands a message over, and gives how many of its parts are taken, those of earlier tries included. An error
	// wraps ErrRefused when another try is no use, ErrThrottled when the provider wants everybody to wait.
	Send(ctx context.Context, o Outgoing) (taken int, err error)
	// Close ends the connection.
	Close() error
}

var (
	// ErrRefused says that this message will never be taken.
	ErrRefused = errors.New("the provider refuses the message")
	// ErrThrottled says that messages come too fast.
	ErrThrottled = errors.New("the provider wants us to wait")
)

const (
	drainPage = 50
	// leaseFor is how long a message may be on its way before it is taken for lost, as when the program was killed.
	leaseFor = 2 * time.Minute
	// sendWithin is how long one try may take; less than the lease.
	sendWithin = time.Minute
)

// Drain sends what waits, and gives how many messages it has done with. It ends at the first one for which the provider
// cannot be had: the others wait for the next round.
func (s *Service) Drain(ctx context.Context) (done int, err error) {
	if s.Provider == nil {
		return 0, nil
	}
	for _, state := range []State{Sending, Waiting} {
		for {
			now := s.Wall.Now()
			rows, err := s.q(ctx).Due(ctx, query.DueParams{State: string(state), Now: now.UnixMicro(), Most: drainPage})
			if err != nil || len(rows) == 0 {
				if err != nil {
					return done, fmt.Errorf("reading the outbox: %w", err)
				}
				break
			}
			for _, r := range rows {
				finished, goOn, err := s.try(ctx, r)
				if finished {
					done++
				}
				if err != nil || !goOn {
					return done, err
				}
			}
		}
	}
	return done, nil
}

// try sends one message. finished says that nothing more is to be done with it, goOn that the provider can be had.
func (s *Service) try(ctx context.Context, r query.Message) (finished, goOn bool, err error) {
	now := s.Wall.Now()
	lease := now.Add(leaseFor).UnixMicro()
	var claimed int64
	err = s.DB.Write(ctx, func(ctx context.Context) (err error) {
		claimed, err = s.q(ctx).Claim(ctx, query.ClaimParams{Lease: lease, ID: r.ID, State: r.State, Due: r.Due})
		return err
	})
	if err != nil || claimed == 0 {
		return false, err == nil, err
	}
	r.Tries++
	if r.Expires <= now.UnixMicro() {
		return true, true, s.settle(ctx, r, lease, outcome{state: Failed, reason: expired(r.Reason), parts: r.Parts, tries: r.Tries - 1})
	}
	taken, failed := s.send(ctx, r)
	o := outcomeOf(r, taken, failed, now)
	return o.state != Waiting, failed == nil || errors.Is(failed, ErrRefused), s.settle(ctx, r, lease, o)
}

func (s *Service) send(ctx context.Context, r query.Message) (taken int, err error) {
	phone, err := s.Box.Open(sealedPhone, r.Telephone)
	if err != nil {
		return int(r.Parts), fmt.Errorf("%w: the telephone cannot be opened", ErrRefused)
	}
	text, err := s.Box.Open(sealedContent, r.Content)
	if err != nil {
		return int(r.Parts), fmt.Errorf("%w: the text cannot be opened", ErrRefused)
	}
	ctx, cancel := context.WithTimeout(ctx, sendWithin)
	defer cancel()
	return s.Provider.Send(ctx, Outgoing{To: ident.Phone(phone), Text: text, Reference: r.ID[0] ^ r.ID[1]<<3 ^ r.ID[2]<<6, From: int(r.Parts)})
}

// outcome is what became of a try.
type outcome struct {
	state  State
	reason string
	parts  int64
	tries  int64
	due    time.Time
}

// outcomeOf is the rule: taken, never to be taken, or to be tried again, and when. A try for which the provider only
// wanted us to wait is not counted.
func outcomeOf(r query.Message, taken int, err error, now time.Time) outcome {
	o := outcome{state: Sent, parts: int64(taken), tries: r.Tries}
	switch {
	case err == nil:
	case errors.Is(err, ErrRefused):
		o.state, o.reason = Failed, Reason(err)
	case errors.Is(err, ErrThrottled):
		o.state, o.reason, o.tries, o.due = Waiting, Reason(err), r.Tries-1, now.Add(pauseFirst)
	default:
		o.state, o.reason, o.due = Waiting, Reason(err), now.Add(Pause(int(r.Tries)))
	}
	return o
}

func expired(reason string) string {
	if reason == "" {
		return "过了有效时间，没有再发"
	}
	return reason + "。过了有效时间，没有再发"
}

// settle keeps what became of a try. It is kept also when the program is told to end: what was sent must not be sent again.
func (s *Service) settle(ctx context.Context, r query.Message, lease int64, o outcome) error {
	row := query.SettleParams{ID: r.ID, Lease: lease, State: string(o.state), Telephone: r.Telephone, Content: r.Content, Parts: o.parts,
		Reason: o.reason, Tries: o.tries}
	if o.state == Waiting {
		row.Due = o.due.UnixMicro()
	} else {
		row.Telephone, row.Content, row.DoneAt = "", "", s.Work.Now().UnixMicro()
	}
	return s.DB.Write(context.WithoutCancel(ctx), func(ctx context.Context) error {
		_, err := s.q(ctx).Settle(ctx, row)
		return err
	})
}

// reasoned is an error that says in Chinese what the provider said.
type reasoned interface{ Reason() string }

// Reason is what people read of why a message was not taken.
func Reason(err error) string {
	var r reasoned
	switch {
	case errors.As(err, &r):
		return r.Reason()
	case errors.Is(err, ErrRefused):
		return "短信通道不收这一条"
	case errors.Is(err, ErrThrottled):
		return "短信通道要求慢一点"
	}
	return "短信通道没有连上"
}
