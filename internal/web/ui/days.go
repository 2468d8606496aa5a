package ui

import (
	"fmt"
	"strings"

	"bianmin/internal/calendar"
	"bianmin/internal/cases"
)

// LimitDays is a limit counted out, day by day: to staff and citizen alike.
type LimitDays struct {
	Title       string // 承诺期限 10 个工作日
	Sum         string // 第一天不算，休息日 4 天不算，数到
	Due         string // 3月24日 周二
	Provisional bool
	Days        []DayCell
	Open        bool
}

// DayCell is one day of it.
type DayCell struct {
	Day    string // 10, or 3月10日 where a month begins
	Full   string // 3月10日 周二, for one column
	Column string // where the first day stands in its week: w1 … w7
	Kind   string // first, counted, rest, stop, late; and end on the last day
	Note   string // 第 1 天, 春节, 停：鉴定
	Future bool
	Today  bool
}

// CountedOut lays out limits, the first one open.
func CountedOut(list []cases.CountingView, today calendar.Date) []LimitDays {
	out := make([]LimitDays, len(list))
	for i, c := range list {
		out[i] = daysOf(c, today)
		out[i].Open = i == 0
	}
	return out
}

func daysOf(c cases.CountingView, today calendar.Date) LimitDays {
	l := LimitDays{Title: c.Name + " " + calendar.Limit{Days: c.Days, Unit: c.Unit}.Chinese(), Provisional: c.Provisional}
	var rest, stopped int
	due, _ := calendar.ParseDate(c.Due) // the service wrote it
	for i, line := range c.Lines {
		date, _ := calendar.ParseDate(line.Date)
		cell := cellOf(line, date, due)
		cell.Future, cell.Today = line.Future, date == today
		switch {
		case i == 0:
			cell.Kind, cell.Column = "first", fmt.Sprintf("w%d", (int(date.Weekday())+6)%7+1)
			cell.Day = date.Chinese()
		case cell.Kind == "stop":
			stopped++
		case cell.Kind == "rest" && date.Before(due):
			rest++
		}
		if date == due {
			cell.Kind += " end"
		}
		l.Days = append(l.Days, cell)
	}
	l.Sum, l.Due = sumWords(rest, stopped), ShortDay(due)
	return l
}

// cellOf says what a day is in the count.
func cellOf(line cases.LineView, date, due calendar.Date) DayCell {
	c := DayCell{Day: fmt.Sprint(date.Day()), Full: ShortDay(date), Note: line.Why, Kind: "rest"}
	if date.Day() == 1 {
		c.Day = date.Chinese()
	}
	switch {
	case line.Counted:
		c.Kind, c.Note = "counted", fmt.Sprintf("第 %d 天", line.N)
		if line.Why != "" {
			c.Note += "，" + line.Why
		}
	case strings.HasPrefix(line.Why, "停："):
		c.Kind = "stop"
	case line.Why == "超期":
		c.Kind = "late"
	case date == due: // the last day moved on to a working day
		c.Kind = "counted"
	}
	return c
}

func sumWords(rest, stopped int) string {
	said := []string{"第一天不算"}
	if rest > 0 {
		said = append(said, fmt.Sprintf("休息日 %d 天不算", rest))
	}
	if stopped > 0 {
		said = append(said, fmt.Sprintf("暂停 %d 天不算", stopped))
	}
	return strings.Join(said, "，") + "，数到"
}

// ShortDay is 3月10日 周二.
func ShortDay(d calendar.Date) string { return strings.Replace(d.ChineseLong(), "星期", "周", 1) }
