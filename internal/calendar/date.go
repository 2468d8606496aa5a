package calendar

import (
	"fmt"
	"strconv"
	"time"
)

// Shanghai is the time of the whole country: +8 all year, so no zone database is needed.
var Shanghai = time.FixedZone("Asia/Shanghai", offset)

const (
	offset     = 8 * 60 * 60
	secondsDay = 24 * 60 * 60
	unixEpoch  = 719163 // 1970-01-01 as a Date number
)

// Date is a day of the civil calendar in Shanghai, comparable with ==. The zero Date is no day at all.
type Date struct {
	n int32 // 0001-01-01 is 1
}

// lastDate is the end of what ParseDate can write; no count runs beyond it.
var lastDate = NewDate(9999, time.December, 31)

// NewDate makes a date and puts overflow right as time.Date does (February 30 is March 2 or 1).
func NewDate(year int, month time.Month, day int) Date {
	return dateOfUnix(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix())
}

// DateOf is the day on which t falls in Shanghai.
func DateOf(t time.Time) Date {
	if t.IsZero() {
		return Date{}
	}
	return dateOfUnix(t.Unix() + offset)
}

func dateOfUnix(seconds int64) Date {
	days := seconds / secondsDay
	if seconds%secondsDay < 0 {
		days--
	}
	return Date{n: int32(days + unixEpoch)}
}

// ParseDate reads 2026-03-10 and nothing else; a day that does not exist is refused.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1 {
		return Date{}, fmt.Errorf("日期“%.20s”不对，要写成 2026-03-10 这样", s)
	}
	return dateOfUnix(t.Unix()), nil
}

func (d Date) civil() time.Time { return time.Unix(int64(d.n-unixEpoch)*secondsDay, 0).UTC() }

// IsZero reports whether d is no day.
func (d Date) IsZero() bool { return d.n == 0 }

// Year of the day; 0 for no day.
func (d Date) Year() int {
	if d.IsZero() {
		return 0
	}
	return d.civil().Year()
}

// Month of the day.
func (d Date) Month() time.Month { return d.civil().Month() }

// Day of the month.
func (d Date) Day() int { return d.civil().Day() }

// AddDays moves by days; no day stays no day.
func (d Date) AddDays(days int) Date {
	if d.IsZero() {
		return d
	}
	return Date{n: d.n + int32(days)}
}

// Sub is the number of days from e to d.
func (d Date) Sub(e Date) int { return int(d.n - e.n) }

// Before reports whether d is earlier than e.
func (d Date) Before(e Date) bool { return d.n < e.n }

// After reports whether d is later than e.
func (d Date) After(e Date) bool { return d.n > e.n }

// Compare is -1, 0 or +1, for slices.SortFunc.
func (d Date) Compare(e Date) int {
	switch {
	case d.n < e.n:
		return -1
	case d.n > e.n:
		return 1
	}
	return 0
}

// Weekday of the day; 0001-01-01 was a Monday.
func (d Date) Weekday() time.Weekday { return time.Weekday(((d.n % 7) + 7) % 7) }

// Start is 0:00 in Shanghai.
func (d Date) Start() time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	return time.Unix(d.endUnix()-secondsDay, 0).In(Shanghai)
}

// End is 24:00 in Shanghai, the first instant that no longer belongs to the day.
func (d Date) End() time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	return time.Unix(d.endUnix(), 0).In(Shanghai)
}

func (d Date) endUnix() int64 { return int64(d.n+1-unixEpoch)*secondsDay - offset }

// String is 2026-03-10, or nothing for no day.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	year, month, day := d.civil().Date()
	if year < 0 || year > 9999 {
		return d.civil().Format(time.DateOnly)
	}
	return string([]byte{digit(year / 1000), digit(year / 100), digit(year / 10), digit(year), '-', // lists write many
		digit(int(month) / 10), digit(int(month)), '-', digit(day / 10), digit(day)})
}

func digit(n int) byte { return byte('0' + n%10) }

var weekdays = [...]string{"日", "一", "二", "三", "四", "五", "六"}

// Chinese is 3月16日.
func (d Date) Chinese() string {
	if d.IsZero() {
		return ""
	}
	_, month, day := d.civil().Date()
	return strconv.Itoa(int(month)) + "月" + strconv.Itoa(day) + "日"
}

// ChineseLong is 3月16日 星期一.
func (d Date) ChineseLong() string {
	if d.IsZero() {
		return ""
	}
	return d.Chinese() + " 星期" + weekdays[d.Weekday()]
}

// MarshalText writes what String writes.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText writes; empty text is no day.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}
