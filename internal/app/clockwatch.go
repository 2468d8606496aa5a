package app

import (
	"context"
	"fmt"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"bianmin/internal/clock"
)

const (
	clockPace  = time.Second
	clockAlarm = "clock/jump"
	// clockJump is how far the machine's clock may move between two looks without anybody being told: setting it by the
	// network takes small steps, and a busy machine looks late.
	clockJump = 5 * time.Second
)

// watchClock compares the machine's clock with the one that nobody can set. A jump is told and counted, and from then on
// nothing is dropped for its age (tidy): after a year's jump every kept answer would be too old, and a request sent
// again would happen twice.
func (a *App) watchClock(ctx context.Context) {
	pace := time.NewTicker(clockPace)
	defer pace.Stop()
	w := newClockWatch(a.Wall, clock.Steady())
	for {
		select {
		case <-ctx.Done():
			return
		case <-pace.C:
			if by := w.look(); by != 0 {
				a.clockJumped(by)
			}
		}
	}
}

func (a *App) clockJumped(by time.Duration) {
	a.jumps.Add(1)
	a.Log.Error("the machine's clock jumped", "seconds", int64(by/time.Second))
	a.Alarm(clockAlarm, jumpWords(by))
}

func jumpWords(by time.Duration) string {
	way := "往前"
	if by < 0 {
		way, by = "往回", -by
	}
	much := fmt.Sprintf("%d 秒", int64(by/time.Second))
	switch {
	case by >= 48*time.Hour:
		much = fmt.Sprintf("%d 天", int64((by+12*time.Hour)/(24*time.Hour)))
	case by >= 2*time.Hour:
		much = fmt.Sprintf("%d 小时", int64((by+30*time.Minute)/time.Hour))
	case by >= 2*time.Minute:
		much = fmt.Sprintf("%d 分钟", int64((by+30*time.Second)/time.Minute))
	}
	return "服务器的时钟突然" + way + "跳了 " + much + "。期限和时间都按它算，请马上核对服务器时间，改对后重启程序，再看这段时间的办件"
}

// countJumps shows the jumps among the metrics.
func (a *App) countJumps() {
	a.metrics.registry.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{Name: "bianmin_clock_jumps_total",
		Help: "Jumps of the machine's clock since the start."}, func() float64 { return float64(a.jumps.Load()) }))
}

// clockWatch remembers where both clocks stood.
type clockWatch struct {
	wall   clock.Clock
	steady func() time.Duration
	was    time.Time
	at     time.Duration
}

func newClockWatch(wall clock.Clock, steady func() time.Duration) *clockWatch {
	return &clockWatch{wall, steady, wall.Now(), steady()}
}

// look says by how much the machine's clock jumped since the last look; 0 when it went as it should.
func (w *clockWatch) look() (by time.Duration) {
	now, at := w.wall.Now(), w.steady()
	by = now.Sub(w.was) - (at - w.at)
	w.was, w.at = now, at
	if by.Abs() < clockJump {
		return 0
	}
	return by
}
