package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"bianmin/internal/access"
	"bianmin/internal/app"
	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/db"
	"bianmin/internal/journal"
	"bianmin/internal/reference"
)

type calendarCommand struct {
	Import calendarImport `cmd:"" help:"Take in a year's official calendar, or correct days of one; moves every limit that runs."`
}

type calendarImport struct {
	where
	File       string `arg:"" type:"existingfile" help:"CSV with date,kind,name; kind is off, work or plain."`
	WholeYears bool   `help:"What the file does not name of its years is no longer special."`
	DryRun     bool   `help:"Tell what would move, and change nothing."`
}

// Run imports the calendar and tells what moved.
func (c *calendarImport) Run() error {
	file, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer file.Close()
	days, err := calendar.ParseCSV(file)
	if err != nil {
		return err
	}
	return c.with(func(ctx context.Context, a *app.App) error {
		by := access.Actor{Account: byCommandLine, Name: "命令行", Place: a.City.Places.Root().Code}
		out, err := a.ImportCalendar(ctx, by, days, c.WholeYears, c.DryRun)
		if err != nil {
			return err
		}
		c.tell(out)
		return nil
	})
}

func (c *calendarImport) tell(out app.Imported) {
	for _, d := range out.Days {
		fmt.Printf("%s %s\n", d.Date, dayWords(d))
	}
	for _, m := range out.Moved {
		for _, s := range m.Shifts {
			fmt.Printf("%s %s %s → %s（%s）\n", m.Number, cases.LimitChinese(s.Limit), s.From, s.To, shiftWords(s))
		}
	}
	done := "已导入"
	if c.DryRun {
		done = "只是试算，没有改动"
	}
	fmt.Printf("%s：%d 天有变化，%d 件办件的期限变了。\n", done, len(out.Days), len(out.Moved))
}

func dayWords(d calendar.DayChange) string {
	text := "改为放假"
	if d.Now {
		text = "改为上班"
	}
	if d.Name != "" {
		text += "（" + d.Name + "）"
	}
	return text
}

// shiftWords says by how many calendar days a limit moved.
func shiftWords(s cases.Shift) string {
	if n := s.To.Sub(s.From); n < 0 {
		return fmt.Sprintf("提前 %d 天", -n)
	} else {
		return fmt.Sprintf("推后 %d 天", n)
	}
}

type dueCommand struct {
	where
	From         string `arg:"" help:"The day from which the limit runs, itself not counted: 2026-02-10."`
	Days         int    `arg:"" help:"How many days the limit has."`
	CalendarDays bool   `help:"Count calendar days, not working days."`
	Lines        bool   `help:"Show the arithmetic day by day."`
}

// Run prints the last day of a limit, by the calendar of the data folder when there is one, else by the one that comes
// with the program.
func (c *dueCommand) Run() error {
	from, err := calendar.ParseDate(c.From)
	if err != nil {
		return err
	}
	unit := calendar.Working
	if c.CalendarDays {
		unit = calendar.CalendarDays
	}
	limit, err := calendar.NewLimit(c.Days, unit)
	if err != nil {
		return err
	}
	cal, err := c.calendar(context.Background())
	if err != nil {
		return err
	}
	r := cal.Reckon(limit, from, nil, from.Start())
	fmt.Print(r.Due)
	if r.Provisional {
		fmt.Printf(" 暂定（%d 年以后的放假安排还没有导入，先按周一到周五算）", cal.LastYear())
	}
	fmt.Println()
	if c.Lines {
		c.show(cal, limit, from)
	}
	return nil
}

func (c *dueCommand) show(cal *calendar.Calendar, limit calendar.Limit, from calendar.Date) {
	for _, l := range cal.Lines(limit, from, nil, from.Start()) {
		said := []string{l.Date.String()}
		if l.Counted {
			said = append(said, fmt.Sprintf("第 %d 天", l.N))
		}
		if l.Why != "" {
			said = append(said, l.Why)
		}
		if !cal.Known(l.Date) {
			said = append(said, "暂定")
		}
		fmt.Println(strings.Join(said, " "))
	}
}

// calendar reads the calendar without founding anything.
func (c *dueCommand) calendar(ctx context.Context) (*calendar.Calendar, error) {
	config := c.config()
	if _, err := os.Stat(config.URL()); config.DatabaseURL == "" && err != nil {
		return calendar.New(calendar.Official()), nil
	}
	d, err := db.OpenReadOnly(config.URL())
	if err != nil {
		return nil, err
	}
	defer d.Close()
	cal, err := reference.New(d, journal.New(d)).Calendar(ctx)
	if err == nil && cal.LastYear() == 0 {
		cal = calendar.New(calendar.Official())
	}
	return cal, err
}
