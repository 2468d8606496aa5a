package app

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"bianmin/internal/calendar"
	"bianmin/internal/rating"
	"bianmin/internal/sms"
)

// The alarms of what people wait for: messages that do not go, calls back that nobody made.
const (
	unsentAlarm = "messages/unsent"
	lateAlarm   = "ratings/late"
)

// watchPace is how often it is looked at.
const watchPace = 30 * time.Second

// watchService raises the alarms of what people wait for, and takes them down, until ctx ends. Every copy does, from what
// stands in the database: they come to the same.
func (a *App) watchService(ctx context.Context) {
	pace := time.NewTicker(watchPace)
	defer pace.Stop()
	for {
		if err := a.CheckService(ctx); err != nil && ctx.Err() == nil {
			a.Log.Warn("what people wait for could not be counted", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-pace.C:
		}
	}
}

// CheckService looks once.
func (a *App) CheckService(ctx context.Context) error {
	unsent, err := a.Messages.Unsent(ctx)
	if err == nil {
		a.metrics.unsent.Set(float64(unsent.Messages))
		a.raiseOrClear(unsentAlarm, unsentWords(unsent))
	}
	late, no := a.Ratings.Late(ctx)
	if no == nil {
		a.metrics.late.Set(float64(late.Calls))
		a.raiseOrClear(lateAlarm, lateWords(late, a.Policy().CallDays))
	}
	return errors.Join(err, no)
}

// raiseOrClear puts an alarm up with its words, and takes it down with none.
func (a *App) raiseOrClear(kind, text string) {
	if text == "" {
		a.Clear(kind)
		return
	}
	a.Alarm(kind, text)
}

func unsentWords(u sms.Unsent) string {
	if u.Messages == 0 {
		return ""
	}
	at := u.Oldest.In(calendar.Shanghai)
	return fmt.Sprintf("有 %d 条短信该发没有发出去，最早的是%s %s的，申请人收不到验证码和通知。请系统管理员到“已发短信”里看原因，查短信通道通不通",
		u.Messages, calendar.DateOf(at).Chinese(), at.Format("15:04"))
}

// townsNamed is how many towns an alarm names.
const townsNamed = 3

func lateWords(l rating.Late, days int) string {
	if l.Calls == 0 {
		return ""
	}
	towns := strings.Join(l.Towns[:min(len(l.Towns), townsNamed)], "、")
	if len(l.Towns) > townsNamed {
		towns += fmt.Sprintf("等 %d 个镇（街道）", len(l.Towns))
	}
	return fmt.Sprintf("%s有 %d 个差评过了 %d 个工作日还没有回访。请在“评价”里看，催站长打电话", towns, l.Calls, days)
}
