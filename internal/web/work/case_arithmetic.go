package work

import (
	"fmt"
	"strings"

	"bianmin/internal/calendar"
	"bianmin/internal/cases"
)

// limitDays is a limit counted out, day by day.
type limitDays struct {
	Title string
	Sum   string // 数到 3月24日；周末和节假日 4 天不算
	Days  []dayCell
	Open  bool
}

// dayCell is one day of it.
type dayCell struct {
	Day    string // 10, or 3月10日 where a month begins
	Full   string // 3月10日 周二, for one column
	Column string // where the first day stands in its week: w1 … w7
	Kind   string // first, counted, rest, stop, late; and end on the last day
	Note   string // 第 1 天, 春节, 停：鉴定
	Future bool
	Today  bool
}

func daysOf(title string, limit calendar.Limit, lines []calendar.Line, today calendar.Date) limitDays {
	l := limitDays{Title: title + " " + limit.Chinese()}
	var rest, stopped int
	due := dueOf(lines)
	for i, line := range lines {
		c := dayCell{Day: fmt.Sprint(line.Date.Day()), Full: shortDay(line.Date), Note: line.Why, Future: line.Future, Today: line.Date == today}
		if i == 0 || line.Date.Day() == 1 {
			c.Day = line.Date.Chinese()
		}
		if i == 0 {
			c.Column = fmt.Sprintf("w%d", (int(line.Date.Weekday())+6)%7+1)
		}
		switch {
		case i == 0:
			c.Kind = "first"
		case line.Counted:
			c.Kind = "counted"
			c.Note = fmt.Sprintf("第 %d 天", line.N)
			if line.Why != "" {
				c.Note += "，" + line.Why
			}
		case strings.HasPrefix(line.Why, "停："):
			c.Kind = "stop"
			stopped++
		case line.Why == "超期":
			c.Kind = "late"
		case line.Date == due:
			c.Kind = "counted"
		default:
			c.Kind = "rest"
			if line.Date.Before(due) {
				rest++
			}
		}
		if line.Date == due {
			c.Kind += " end"
		}
		l.Days = append(l.Days, c)
	}
	l.Sum = sumWords(due, rest, stopped)
	return l
}

// dueOf is the last day of the limit: the last counted one, or the working day to which it moved on.
func dueOf(lines []calendar.Line) calendar.Date {
	var due calendar.Date
	for _, line := range lines {
		if line.Counted || line.Why == "顺延到这一天" {
			due = line.Date
		}
	}
	return due
}

func sumWords(due calendar.Date, rest, stopped int) string {
	said := []string{"第一天不算"}
	if rest > 0 {
		said = append(said, fmt.Sprintf("休息日 %d 天不算", rest))
	}
	if stopped > 0 {
		said = append(said, fmt.Sprintf("停表 %d 天不算", stopped))
	}
	if !due.IsZero() {
		said = append(said, "数到 "+shortDay(due))
	}
	return strings.Join(said, "，")
}

// arithmeticOf counts out the promised and the legal limit; nothing before acceptance.
func (s *Site) arithmeticOf(c *cases.Case) []limitDays {
	now := s.Clock.Now()
	today := calendar.DateOf(now)
	var list []limitDays
	add := func(title string, limit calendar.Limit) {
		if limit.Days == 0 {
			return
		}
		if lines := c.Arithmetic(s.Calendar, limit, now); len(lines) > 0 {
			list = append(list, daysOf(title, limit, lines, today))
		}
	}
	add("承诺", c.Def.Limits.Promised)
	if c.Def.Limits.Legal != nil {
		add("法定", *c.Def.Limits.Legal)
	}
	if len(list) > 0 {
		list[0].Open = true
	}
	return list
}
