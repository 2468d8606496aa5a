package work

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/gate"
	"bianmin/internal/journal"
	"bianmin/internal/problem"
	"bianmin/internal/web/ui"
)

// happenedMost is how many things that happened one page tells.
const happenedMost = 200

// demoSteps are how far the clock can be moved with one press.
var demoSteps = []ui.Option{{Value: "1", Label: "1 天"}, {Value: "7", Label: "1 周"}, {Value: "30", Label: "30 天"}}

// demoTimePage moves the demonstration's clock and tells what happened meanwhile.
type demoTimePage struct {
	Chrome   ui.Chrome
	Now      string
	Steps    []ui.Option
	To       ui.Input
	Errors   []ui.Mistake
	Moved    string // 从 …… 到 ……
	Happened []happenedRow
	Late     []happenedRow // whose promised day came and went meanwhile
	More     bool
}

// happenedRow is one line: what happened to which case.
type happenedRow struct{ At, Mark, What, Who, Number, Href string }

// timeHref leads to the page; nowhere outside the demonstration.
func (s *Site) timeHref() string {
	if s.Demonstration == nil {
		return ""
	}
	return ui.DemoTimePath
}

// demoTime shows the clock; after it was moved, what happened from then to now.
func (s *Site) demoTime(w http.ResponseWriter, r *http.Request) {
	page, err := s.demoTimeOf(r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	s.render(w, r, http.StatusOK, demoTimePaper(page))
}

func (s *Site) demoTimeOf(r *http.Request) (demoTimePage, error) {
	page := s.demoTimeForm(r, url.Values{}, nil)
	mark, from, moved := movedFrom(r.URL.Query())
	if !moved {
		return page, nil
	}
	page.Moved = ui.Moment(from) + "到 " + page.Now
	list, err := s.Demonstration.Since(r.Context(), mark, happenedMost)
	if err != nil {
		return page, err
	}
	actor, _ := gate.Actor(r.Context())
	for _, h := range list {
		v, err := s.Cases.Get(r.Context(), s.onlooker(), h.Number)
		if err != nil {
			return page, err
		}
		page.Happened = append(page.Happened, happenedOf(actor, v, ui.Moment(h.At), h.Kind.Chinese(), happenedMark(h.Kind)))
	}
	page.More = len(list) == happenedMost
	page.Late, err = s.lateSince(r.Context(), actor, calendar.DateOf(from))
	return page, err
}

// movedFrom reads where the journal ended and what time it was before the clock was moved; false when it was not.
func movedFrom(v url.Values) (mark int64, from time.Time, moved bool) {
	mark, notMark := strconv.ParseInt(v.Get("since"), 10, 64)
	from, notTime := time.Parse(time.RFC3339, v.Get("from"))
	return mark, from, notMark == nil && notTime == nil
}

// lateSince are the cases whose promised limit ended between a day and today, undone.
func (s *Site) lateSince(ctx context.Context, actor access.Actor, from calendar.Date) ([]happenedRow, error) {
	list, err := s.Cases.List(ctx, s.onlooker(), cases.Filter{Open: true, Limit: happenedMost})
	var rows []happenedRow
	for _, v := range list.Cases {
		p := v.Limits.Promised
		if p == nil || p.Due == nil || p.Left >= 0 || p.Why != nil && *p.Why == cases.WhyEnded {
			continue
		}
		if due := dayOfStamp(*p.Due); !due.Before(from) {
			cell := ui.CellOf(v)
			rows = append(rows, happenedOf(actor, v, due.Chinese(), cell.Words, cell.Mark))
		}
	}
	return rows, err
}

func happenedOf(actor access.Actor, v cases.View, at, what string, mark ui.Mark) happenedRow {
	row := happenedRow{At: at, What: what, Mark: string(mark), Number: string(v.Number), Who: v.Applicant.Name + "，" + v.Item.Plain + "，" + v.TownName}
	if actor.SeesAll() {
		row.Href = casePath(v.Number)
	}
	return row
}

func happenedMark(k cases.Kind) ui.Mark {
	switch k {
	case cases.KindSilent, cases.KindReminded, cases.KindOverran:
		return ui.Amber
	case cases.KindLapsed:
		return ui.Stopped
	}
	return ui.InTime
}

// demoTimeForm is the page before anything was moved.
func (s *Site) demoTimeForm(r *http.Request, typed url.Values, wrong []problem.Field) demoTimePage {
	c := s.chrome(r, ui.ErrorTitle("拨一拨时间", len(wrong)), "")
	if !c.SignedIn() {
		c.Place = s.Places.Root().Service
	}
	return demoTimePage{Chrome: c, Now: ui.Moment(s.Clock.Now()), Steps: demoSteps, Errors: ui.Mistakes(wrong),
		To: ui.Input{Name: "to", Label: "拨到哪一天", Hint: "例如 " + calendar.DateOf(s.Clock.Now()).AddDays(10).String() + "，拨到那天早上 9 点", Value: typed.Get("to"), Error: ui.ErrorAt(wrong, "to"), Small: true, Max: 10}}
}

// demoTimePost moves the clock.
func (s *Site) demoTimePost(w http.ResponseWriter, r *http.Request) {
	posted, err := form(w, r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	from := s.Clock.Now()
	to, wrong := demoMoment(posted, from)
	if wrong != nil {
		s.render(w, r, http.StatusUnprocessableEntity, demoTimePaper(s.demoTimeForm(r, posted, wrong)))
		return
	}
	mark, err := s.Demonstration.Mark(r.Context())
	if err == nil {
		actor, signedIn := gate.Actor(r.Context())
		if !signedIn {
			actor.Account = journal.System
		}
		err = s.Demonstration.Move(r.Context(), actor, to)
	}
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	redirect(w, r, ui.DemoTimePath+"?"+url.Values{"since": {strconv.FormatInt(mark, 10)}, "from": {from.In(calendar.Shanghai).Format(time.RFC3339)}}.Encode())
}

// demoYears bounds how far one can go at once: farther there is nothing left to see.
const demoYears = 2

// demoMoment reads where to: so many days on, or the morning of a day.
func demoMoment(posted url.Values, now time.Time) (time.Time, []problem.Field) {
	if days, err := strconv.Atoi(posted.Get("days")); err == nil && days > 0 && days <= 366 {
		return now.AddDate(0, 0, days), nil
	}
	bad := func(message string) (time.Time, []problem.Field) {
		return now, []problem.Field{{Path: "to", Code: "not_a_day", Message: message}}
	}
	day, err := calendar.ParseDate(strings.TrimSpace(posted.Get("to")))
	if err != nil {
		return bad("请写成 2026-04-01 这样的日期")
	}
	to := day.Start().Add(9 * time.Hour)
	switch {
	case !to.After(now):
		return bad("时间只能往前走，请写今天以后的日期")
	case to.After(now.AddDate(demoYears, 0, 0)):
		return bad("一次最多往前拨两年")
	}
	return to, nil
}

// onlooker reads every case of the demonstration, as its inspector does.
func (s *Site) onlooker() access.Actor {
	return access.Actor{Account: string(access.Inspector), Role: access.Inspector, Place: s.Places.Root().Code}
}
