// Package clock hands out the instant. Nothing below cmd reads the machine's clock: services hold a Clock, tests and
// the simulator bring their own, and the demonstration runs on one that can be moved forward.
package clock

import (
	"sync/atomic"
	"time"
)

// Clock tells the instant, to the microsecond that storage keeps.
type Clock interface{ Now() time.Time }

// Func makes a Clock of a function.
type Func func() time.Time

// Now is the function's instant, cut to microseconds so that what is stored equals what was decided on.
func (f Func) Now() time.Time { return f().Truncate(time.Microsecond) }

// Shifted is another clock moved by an offset; it goes on at that clock's pace. Safe for concurrent use.
type Shifted struct {
	base   Clock
	offset atomic.Int64
}

// NewShifted moves base by offset.
func NewShifted(base Clock, offset time.Duration) *Shifted {
	s := &Shifted{base: base}
	s.offset.Store(int64(offset))
	return s
}

// Now is the shifted instant.
func (s *Shifted) Now() time.Time { return s.base.Now().Add(time.Duration(s.offset.Load())) }

// Offset is the present shift.
func (s *Shifted) Offset() time.Duration { return time.Duration(s.offset.Load()) }

// Set replaces the shift.
func (s *Shifted) Set(offset time.Duration) { s.offset.Store(int64(offset)) }

// Manual is a clock that stands still until it is set: for seeding and tests.
type Manual struct{ micros atomic.Int64 }

// NewManual stands at t.
func NewManual(t time.Time) *Manual {
	m := &Manual{}
	m.Set(t)
	return m
}

// Now is where the clock stands.
func (m *Manual) Now() time.Time { return time.UnixMicro(m.micros.Load()).UTC() }

// Set moves it to t.
func (m *Manual) Set(t time.Time) { m.micros.Store(t.UnixMicro()) }

// Add moves it on by d.
func (m *Manual) Add(d time.Duration) { m.micros.Add(d.Microseconds()) }
