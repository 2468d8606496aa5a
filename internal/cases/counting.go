package cases

import (
	"context"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
)

// Counting is one limit of a case counted out day by day, to staff and citizen alike.
type Counting struct {
	Name        string // 承诺期限, 法定期限, 受理期限 …
	Limit       calendar.Limit
	Due         calendar.Date
	Provisional bool
	Lines       []calendar.Line
}

func counting(cal *calendar.Calendar, name string, limit calendar.Limit, from calendar.Date, stops []calendar.Stop, at time.Time) Counting {
	r := cal.Reckon(limit, from, stops, at)
	return Counting{Name: name, Limit: limit, Due: r.Due, Provisional: r.Provisional, Lines: cal.Lines(limit, from, stops, at)}
}

// Counted counts out every limit that matters for the case now: the time for acceptance or for the correction before it
// is accepted, then the promised and the legal limit and those of the open steps. A limit of no days has nothing to
// count.
func (c *Case) Counted(cal *calendar.Calendar, now time.Time) []Counting {
	var list []Counting
	add := func(name string, limit calendar.Limit, from calendar.Date, stops []calendar.Stop, at time.Time) {
		if limit.Days > 0 {
			list = append(list, counting(cal, name, limit, from, stops, at))
		}
	}
	switch {
	case c.State == Correcting:
		add("补正期限", calendar.Limit{Days: c.Notice.Days, Unit: calendar.CalendarDays}, c.Notice.At.Date(), nil, now)
	case c.From.IsZero() && c.State.Open():
		if from, came := c.papersIn(); came {
			add("受理期限", calendar.Limit{Days: silenceDays, Unit: calendar.Working}, from, nil, now)
		}
	}
	if c.From.IsZero() {
		return list
	}
	stops, at := c.stops(now)
	add("承诺期限", c.promised(), c.From, stops, at)
	if l := c.legal(); l != nil {
		add("法定期限", *l, c.From, stops, at)
	}
	for _, i := range c.open() {
		if limit, from, stops, ok := c.stepLimit(i); ok {
			add("环节期限："+c.Def.Steps[i].Name, limit, from, stops, now)
		}
	}
	return list
}

// CountingView is a Counting as the API gives it.
type CountingView struct {
	Name        string        `json:"name"`
	Days        int           `json:"days"`
	Unit        calendar.Unit `json:"unit" enum:"working,calendar"`
	Due         string        `json:"due"`
	Provisional bool          `json:"provisional" doc:"the official calendar of a year in it is not known yet"`
	Lines       []LineView    `json:"lines"`
}

// LineView is one day of it.
type LineView struct {
	Date    string `json:"date"`
	Counted bool   `json:"counted"`
	N       int    `json:"n" doc:"which counted day it is; 0 when it is not counted"`
	Why     string `json:"why"`
	Future  bool   `json:"future" doc:"after today: presumed"`
}

func (c Counting) view() CountingView {
	v := CountingView{c.Name, c.Limit.Days, c.Limit.Unit, c.Due.String(), c.Provisional, make([]LineView, len(c.Lines))}
	for i, l := range c.Lines {
		v.Lines[i] = LineView{l.Date.String(), l.Counted, l.N, l.Why, l.Future}
	}
	return v
}

// Counted counts out the limits of one case.
func (s *Service) Counted(ctx context.Context, a access.Actor, number Number) ([]CountingView, error) {
	c, err := s.load(ctx, a, number)
	if err != nil {
		return nil, err
	}
	return views(c.Counted(s.cal(), s.clock.Now())), nil
}

func views(list []Counting) []CountingView {
	out := make([]CountingView, len(list))
	for i, c := range list {
		out[i] = c.view()
	}
	return out
}
