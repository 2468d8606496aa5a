package app

import (
	"strings"
	"testing"
	"time"

	"bianmin/internal/clock"
)

func TestAJumpIsToldFromTheTimeThatPasses(t *testing.T) {
	wall, passed := clock.NewManual(time.Date(2026, 3, 10, 9, 0, 0, 0, time.UTC)), time.Duration(0)
	w := newClockWatch(wall, func() time.Duration { return passed })
	for _, c := range []struct{ passes, wall, want time.Duration }{
		{time.Second, time.Second, 0},
		{time.Hour, time.Hour, 0},                     // a machine that looked an hour late
		{time.Second, time.Second + clockJump - 1, 0}, // set by the network, in small steps
		{time.Second, 365*24*time.Hour + time.Second, 365 * 24 * time.Hour},
		{time.Second, time.Second, 0}, // told once
		{time.Second, -24*time.Hour + time.Second, -24 * time.Hour},
		{time.Minute, 0, -time.Minute}, // it stood still
	} {
		passed += c.passes
		wall.Add(c.wall)
		if by := w.look(); by != c.want {
			t.Errorf("%v passed, the clock moved by %v: a jump of %v, want %v", c.passes, c.wall, by, c.want)
		}
	}
}

func TestAJumpIsToldInWords(t *testing.T) {
	for by, want := range map[time.Duration]string{
		365 * 24 * time.Hour: "往前跳了 365 天", -24 * time.Hour: "往回跳了 24 小时", -10 * time.Second: "往回跳了 10 秒", 5 * time.Minute: "往前跳了 5 分钟",
	} {
		if got := jumpWords(by); !strings.Contains(got, want) {
			t.Errorf("%v: %s", by, got)
		}
	}
}
