package simulate

import (
	"fmt"

	"bianmin/internal/calendar"
	"bianmin/internal/demo"
)

// Arguments are what a simulation follows from.
type Arguments struct {
	Days   int    // calendar days before the demonstration's morning
	PerDay int    // cases on an ordinary working day
	Seed   uint64 // of all chance
}

// ParseArguments reads what String wrote.
func ParseArguments(s string) (a Arguments, err error) {
	_, err = fmt.Sscanf(s, form, &a.Days, &a.PerDay, &a.Seed)
	return a, err
}

const form = "days=%d per-day=%d seed=%d"

func (a Arguments) String() string { return fmt.Sprintf(form, a.Days, a.PerDay, a.Seed) }

// First is the first day.
func (a Arguments) First() calendar.Date { return calendar.DateOf(demo.Start).AddDays(-a.Days) }
