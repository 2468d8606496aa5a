package work

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/gate"
	"bianmin/internal/paper"
	"bianmin/internal/place"
	"bianmin/internal/problem"
	xlsx "bianmin/internal/sheet"
	"bianmin/internal/web/ui"
)

// ledgerPage is 办件日登记簿: what a counter or a room did on a day, or in a month.
type ledgerPage struct {
	Chrome ui.Chrome
	Tabs   []ui.NavItem
	Errors []ui.Mistake
	Place  ui.Input
	Day    ui.Input
	Whole  ui.Input
	Who    ui.Input
	Title  string
	Said   string
	Lines  []ledgerLine
	PDF    string
	Sheet  string
}

type ledgerLine struct{ N, When, Number, Href, Name, Item, Did, State, Who, Note string }

// spanAsked reads the question. The day is today when none is said; a month begins with its first day.
func (s *Site) spanAsked(r *http.Request, a access.Actor) (paper.Span, []problem.Field) {
	v := r.URL.Query()
	span := paper.Span{Place: place.Code(v.Get("place")), From: calendar.DateOf(s.Clock.Now())}
	if span.Place == "" {
		if list := s.Papers.LedgerPlaces(a); len(list) > 0 {
			span.Place = list[0].Code
		}
	}
	if v.Get("who") == "me" {
		span.Who = a.Account
	}
	if day := strings.TrimSpace(v.Get("day")); day != "" {
		read, err := calendar.ParseDate(day)
		if err != nil {
			return span, []problem.Field{{Path: "day", Code: "not_date", Message: "哪一天，写成 2026-03-10 这样"}}
		}
		span.From = read
	}
	span.Until = span.From
	if v.Get("whole") == "month" {
		d := span.From
		span.From = calendar.NewDate(d.Year(), d.Month(), 1)
		span.Until = calendar.NewDate(d.Year(), d.Month()+1, 1).AddDays(-1)
	}
	return span, nil
}

func (s *Site) ledger(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	span, wrong := s.spanAsked(r, actor)
	v := r.URL.Query()
	p := ledgerPage{Tabs: paperTabs(actor), Errors: ui.Mistakes(wrong),
		Place: ui.Input{Name: "place", Label: "哪里的", Type: "select", Value: string(span.Place), Options: s.ledgerPlaceOptions(actor)},
		Day:   ui.Input{Name: "day", Label: "哪一天", Hint: "写成 2026-03-10", Value: v.Get("day"), Error: ui.ErrorAt(wrong, "day"), Small: true, Max: 10},
		Whole: ui.Input{Name: "whole", Label: "多长", Type: "select", Value: v.Get("whole"), Options: []ui.Option{{Value: "", Label: "这一天"}, {Value: "month", Label: "这一个月"}}},
		Who:   ui.Input{Name: "who", Label: "谁办的", Type: "select", Value: v.Get("who"), Options: []ui.Option{{Value: "", Label: "所有人"}, {Value: "me", Label: "我自己"}}}}
	if p.Day.Value == "" {
		p.Day.Value = span.From.String()
	}
	status := http.StatusOK
	if len(wrong) > 0 {
		status = http.StatusUnprocessableEntity
	} else {
		l, err := s.Papers.Ledger(r.Context(), actor, span)
		if err != nil {
			s.Refuse(w, r, err)
			return
		}
		p.fill(l, span)
	}
	p.Chrome = s.chrome(r, ui.ErrorTitle("办件登记簿", len(wrong)), "/papers")
	if access.Allows(actor.Role, access.ReadLedger) && !access.Allows(actor.Role, paper.Permission) {
		p.Chrome.Current = "/ledger"
	}
	s.render(w, r, status, ledgerPaper(p))
}

func (p *ledgerPage) fill(l paper.Ledger, span paper.Span) {
	when := "15:04"
	p.Title = l.Place + " " + l.From.Chinese()
	if l.From != l.Until {
		when, p.Title = "01-02 15:04", p.Title+"至 "+l.Until.Chinese()
	}
	p.Said = fmt.Sprintf("共 %d 件，%d 项", l.Cases, len(l.Lines))
	if l.Full {
		p.Said += "。还有没列出的，请分几天看"
	}
	for _, x := range l.Lines {
		p.Lines = append(p.Lines, ledgerLine{N: fmt.Sprint(x.N), When: x.At.Format(when), Number: string(x.Number), Href: casePath(x.Number), Name: x.Name, Item: x.Item,
			Did: x.Did, State: x.State, Who: x.Who, Note: x.Note})
	}
	q := url.Values{"place": {string(span.Place)}, "day": {span.From.String()}}
	if l.From != l.Until {
		q.Set("whole", "month")
	}
	if span.Who != "" {
		q.Set("who", "me")
	}
	p.PDF, p.Sheet = "/ledger/pdf?"+q.Encode(), "/ledger/xlsx?"+q.Encode()
}

// ledgerFile is the ledger to be printed, or as a workbook.
func (s *Site) ledgerFile(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	span, wrong := s.spanAsked(r, actor)
	err := error(nil)
	if p := problem.WrongFields(wrong); p != nil {
		err = p
	}
	var l paper.Ledger
	if err == nil {
		l, err = s.Papers.Ledger(r.Context(), actor, span)
	}
	name := fmt.Sprintf("ledger-%s-%s", span.Place, span.From)
	var file []byte
	switch {
	case err != nil:
	case r.PathValue("kind") == "pdf":
		if file, err = s.Papers.PDFOf(l); err == nil {
			sendFile(w, file, "application/pdf", "inline", name+".pdf")
			return
		}
	case r.PathValue("kind") == "xlsx":
		var out bytes.Buffer
		if err = l.WriteSheet(&out); err == nil {
			sendFile(w, out.Bytes(), xlsx.Kind, "attachment", name+xlsx.Extension)
			return
		}
	default:
		err = errors.Join(problem.ErrNotFound)
	}
	s.Refuse(w, r, err)
}
