package calendar

import (
	"errors"
	"strconv"
)

// Unit says which days a limit counts.
type Unit string

const (
	Working      Unit = "working"  // 工作日
	CalendarDays Unit = "calendar" // 自然日
)

// MaxDays is the longest limit that is believed; anything longer is a slip of the pen.
const MaxDays = 4000

// Limit is a number of days. Zero days means at once (当场办结).
type Limit struct {
	Days int  `json:"days"`
	Unit Unit `json:"unit"`
}

// NewLimit refuses what Validate refuses.
func NewLimit(days int, unit Unit) (Limit, error) {
	l := Limit{Days: days, Unit: unit}
	if err := l.Validate(); err != nil {
		return Limit{}, err
	}
	return l, nil
}

// Validate refuses an unknown unit and an absurd number of days.
func (l Limit) Validate() error {
	if l.Unit != Working && l.Unit != CalendarDays {
		return errors.New("时限要写明是工作日还是自然日")
	}
	if l.Days < 0 || l.Days > MaxDays {
		return errors.New("时限要在 0 到 " + strconv.Itoa(MaxDays) + " 天之间")
	}
	return nil
}

// Chinese is 工作日 or 自然日.
func (u Unit) Chinese() string {
	if u == CalendarDays {
		return "自然日"
	}
	return "工作日"
}

// Chinese is 20 个工作日, or 当场 for none.
func (l Limit) Chinese() string {
	if l.Days <= 0 {
		return "当场"
	}
	return strconv.Itoa(l.Days) + " 个" + l.Unit.Chinese()
}

// countable reports whether d can count for the unit when the clock runs.
func (c *Calendar) countable(u Unit, d Date) bool { return u == CalendarDays || c.Working(d) }
