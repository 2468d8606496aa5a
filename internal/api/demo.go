package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/gate"
	"bianmin/internal/problem"
)

type clockIn struct {
	Body struct {
		Advance *string `json:"advance,omitempty" doc:"26h, 90m"`
		To      *string `json:"to,omitempty" format:"date-time"`
	}
}

type clockOut struct {
	Body struct {
		Now string `json:"now"`
	}
}

// aheadMost bounds one move of the demonstration's clock.
const aheadMost = 10 * 366 * 24 * time.Hour

func (a *API) registerDemo() {
	operation(a, gate.Route{Permission: access.MoveClock, Body: true}, huma.Operation{
		OperationID: "demo-clock", Method: http.MethodPost, Path: "/api/v1/demo/clock", Summary: "演示：把时间往前拨",
	}, func(ctx context.Context, in *clockIn) (*clockOut, error) {
		to, err := target(a.Now(), in.Body.Advance, in.Body.To)
		if err == nil {
			err = a.MoveClock(ctx, actor(ctx), to)
		}
		out := &clockOut{}
		out.Body.Now = a.Now().In(calendar.Shanghai).Format(time.RFC3339)
		return out, err
	})
}

// target reads where the clock is to go: never back, and one way of saying it.
func target(now time.Time, advance, to *string) (time.Time, error) {
	bad := func(field, code, message string) error {
		return problem.WrongFields([]problem.Field{{Path: field, Code: code, Message: message}})
	}
	switch {
	case (advance == nil) == (to == nil):
		return now, bad("advance", "one_of", "advance 和 to 写一个")
	case advance != nil:
		d, err := time.ParseDuration(*advance)
		if err != nil {
			return now, bad("advance", "not_a_duration", "写成 26h 或者 90m")
		}
		if d < 0 || d > aheadMost {
			return now, bad("advance", "clock_backwards", "时间只能往前走，最多 10 年")
		}
		return now.Add(d), nil
	}
	t, err := time.Parse(time.RFC3339, *to)
	if err != nil {
		return now, bad("to", "not_a_time", "时间写成 2026-03-12T09:00:00+08:00")
	}
	if t.Before(now) || t.After(now.Add(aheadMost)) {
		return now, bad("to", "clock_backwards", "时间只能往前走，最多 10 年")
	}
	return t, nil
}
