package board

import (
	"fmt"
	"strings"
	"time"

	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/web/ui"
)

// thousands is 1,284.
func thousands(n int64) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// share is how many of all, as 98.6%; 无 when there are none. It never says 100% of what is not all.
func share(part, all int64) string {
	switch {
	case all == 0:
		return "无"
	case part == all:
		return "100%"
	}
	tenths := part * 1000 / all
	return fmt.Sprintf("%d.%d%%", tenths/10, tenths%10)
}

// daysWords is how many working days; 无 when nothing was done.
func daysWords(n *int64) string {
	if n == nil {
		return "无"
	}
	if *n == 0 {
		return "当天"
	}
	return fmt.Sprintf("%d 天", *n)
}

// monthWords is 2026年3月.
func monthWords(month string) string {
	year, m, _ := strings.Cut(month, "-")
	return year + "年" + strings.TrimPrefix(m, "0") + "月"
}

func dayWords(iso string) string {
	d, err := calendar.ParseDate(iso[:min(len(iso), len("2026-03-10"))])
	if err != nil {
		return iso
	}
	return fmt.Sprintf("%d月%d日", d.Month(), d.Day())
}

// lateWords is by how much a case is late: 超法定 2 天.
func lateWords(l cases.Limits) string {
	if l.Legal != nil && l.Legal.Left < 0 {
		return "超法定 " + ui.DaysOf(-l.Legal.Left, l.Legal.Unit)
	}
	if l.Promised != nil && l.Promised.Left < 0 {
		return "超承诺 " + ui.DaysOf(-l.Promised.Left, l.Promised.Unit)
	}
	return "今天到期"
}

// since is for how many days somebody has had it: 9 天; 今天 when it came today.
func since(at *string, now time.Time) string {
	if at == nil {
		return ""
	}
	t, err := time.Parse(time.RFC3339, *at)
	if err != nil {
		return ""
	}
	if n := calendar.DateOf(now).Sub(calendar.DateOf(t)); n > 0 {
		return fmt.Sprintf("%d 天", n)
	}
	return "今天"
}

// together names places: 高家堡镇、迎宾路街道.
func together(names []string) string { return strings.Join(names, "、") }
