package app_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"bianmin/internal/cases"
	"bianmin/internal/rating"
	"bianmin/internal/sms"
)

// alarmOf is the text of an alarm, as the supervisor reads it; empty when it is down.
func (l *land) alarmOf(kind string) string {
	l.t.Helper()
	if err := l.app.CheckService(l.t.Context()); err != nil {
		l.t.Fatal(err)
	}
	for _, a := range l.app.Alarms(l.t.Context()) {
		if a.Kind == kind {
			return a.Text
		}
	}
	return ""
}

// TestMessagesThatDoNotGoAreAnAlarm, which goes with its cause.
func TestMessagesThatDoNotGoAreAnAlarm(t *testing.T) {
	eachLand(t, func(t *testing.T, l *land) {
		l.config.SMS = "smpp://bianmin:x@127.0.0.1:1?from=10690000"
		l.restart()
		err := l.app.DB.Write(t.Context(), func(ctx context.Context) error {
			return l.app.Messages.Put(ctx, sms.Message{To: "13912345127", Purpose: sms.Answer, Text: "好"})
		})
		if err != nil {
			t.Fatal(err)
		}
		if said := l.alarmOf("messages/unsent"); said != "" {
			t.Errorf("at once: %s", said)
		}
		l.wall.Add(sms.UnsentAfter)
		if said := l.alarmOf("messages/unsent"); !strings.Contains(said, "1 条短信") || !strings.Contains(said, "3月10日 10:00") || strings.Contains(said, "139") {
			t.Errorf("after ten minutes: %q", said)
		}
		err = l.app.DB.Write(t.Context(), func(ctx context.Context) error {
			_, err := l.app.DB.Q(ctx).ExecContext(ctx, "UPDATE messages SET state = 'sent'")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if said := l.alarmOf("messages/unsent"); said != "" {
			t.Errorf("sent, and still: %s", said)
		}
	})
}

// TestCallsBackThatNobodyMadeAreAnAlarm after as many working days as the place has set, until somebody calls.
func TestCallsBackThatNobodyMadeAreAnAlarm(t *testing.T) {
	eachLand(t, func(t *testing.T, l *land) {
		v := l.files(t.Context(), clerk, gaojiabu, withPhone("5127"), func(a *cases.Application) {
			a.Item, a.Finish = "BM-020", &cases.Finish{Approve: true, Way: "当面", Receiver: "折桂英"}
		})
		if err := l.app.Ratings.RateFollowed(t.Context(), string(v.Number), "5127", "192.0.2.1", rating.Bad, "跑了两趟"); err != nil {
			t.Fatal(err)
		}
		l.wall.Set(moment("2026-03-17 23:00")) // the fifth working day
		if said := l.alarmOf("ratings/late"); said != "" {
			t.Errorf("in time: %s", said)
		}
		if err := l.app.SetPolicy(t.Context(), theAdmin, cases.Policy{CorrectDays: 30, RemindDays: 5, CallDays: 3}); err != nil {
			t.Fatal(err)
		}
		if said := l.alarmOf("ratings/late"); !strings.Contains(said, "高家堡镇有 1 个差评过了 3 个工作日") {
			t.Errorf("three days set, after five: %q", said)
		}
		if err := l.app.SetPolicy(t.Context(), theAdmin, cases.UsualPolicy); err != nil {
			t.Fatal(err)
		}
		if said := l.alarmOf("ratings/late"); said != "" {
			t.Errorf("five days set again: %s", said)
		}
		l.wall.Add(2 * time.Hour)
		if said := l.alarmOf("ratings/late"); !strings.Contains(said, "5 个工作日") {
			t.Errorf("the day after: %q", said)
		}
		if err := l.app.Ratings.CallBack(t.Context(), who("head-610881101"), v.Number, "说窗口让他回去拿复印件", "以后先打电话问"); err != nil {
			t.Fatal(err)
		}
		if said := l.alarmOf("ratings/late"); said != "" {
			t.Errorf("called, and still: %s", said)
		}
	})
}
