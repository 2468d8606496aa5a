package clock

import "time"

// Steady tells how long it has been running, by the machine's monotonic clock, which nobody can set.
func Steady() func() time.Duration {
	began := time.Now()
	return func() time.Duration { return time.Since(began) }
}
