package work

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
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
	Issue  bool       // it is numbered when it is printed
	Issued []paperRow // the numbered ones of the day
	PDF    string     // to look at, without a number; empty where it is issued
	Sheet  string
}

type ledgerLine struct{ N, When, Number, Href, Name, Item, Did, State, Who, Note string }

// spanAsked reads the question. The day is today when none is said; a month begins with its first day.
func (s *Site) spanAsked(v url.Values, a access.Actor) (paper.Span, []problem.Field) {
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
	s.showLedger(w, r, r.URL.Query(), nil)
}

// showLedger answers the question v, with what was wrong when it was to be issued.
func (s *Site) showLedger(w http.ResponseWriter, r *http.Request, v url.Values, refused []problem.Field) {
	actor, _ := gate.Actor(r.Context())
	span, unread := s.spanAsked(v, actor)
	wrong := slices.Concat(unread, refused)
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
	}
	if len(unread) == 0 {
		l, err := s.Papers.Ledger(r.Context(), actor, span)
		if err != nil {
			s.Refuse(w, r, err)
			return
		}
		p.fill(l, span, paper.MayIssue(actor, span.Place))
	}
	p.Chrome = s.chrome(r, ui.ErrorTitle("办件登记簿", len(wrong)), "/papers")
	if access.Allows(actor.Role, access.ReadLedger) && !access.Allows(actor.Role, paper.Permission) {
		p.Chrome.Current = "/ledger"
	}
	s.render(w, r, status, ledgerPaper(p))
}

func (p *ledgerPage) fill(l paper.Ledger, span paper.Span, issues bool) {
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
	if issues && l.From == l.Until && span.Who == "" {
		p.Issue, p.PDF = true, ""
	}
	for _, x := range l.Issued {
		row := ledgerRow(x)
		if row.Note != "" {
			row.Note = "，" + row.Note
		}
		p.Issued = append(p.Issued, row)
	}
}

// ledgerRow is a numbered ledger in the list of its day.
func ledgerRow(x paper.Paper) paperRow {
	row := paperRow{Name: x.KindName, Number: x.Number, At: momentOf(x.At), Href: ledgerPath(x.ID) + "/view"}
	if x.Replaced != nil {
		row.Note = "作废，换了新的"
	}
	return row
}

func ledgerPath(id paper.ID) string { return "/ledger/papers/" + string(id) }

// ledgerIssue numbers the day's ledger and shows it, ready to be printed.
func (s *Site) ledgerIssue(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	posted, err := form(w, r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	span, wrong := s.spanAsked(posted, actor)
	if len(wrong) > 0 {
		s.showLedger(w, r, posted, nil)
		return
	}
	x, _, err := s.Papers.IssueDay(r.Context(), actor, span.Place, span.From)
	if p := (*problem.Problem)(nil); errors.As(err, &p) && p.Kind == problem.Invalid {
		s.showLedger(w, r, posted, p.Fields)
		return
	}
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	redirect(w, r, ledgerPath(x.ID)+"/view")
}

// ledgerIssued is a numbered ledger as PDF. A paper of a case is opened from there.
func (s *Site) ledgerIssued(w http.ResponseWriter, r *http.Request) {
	id, ok := paper.ParseID(r.PathValue("ledger"))
	_, _, day := id.Day()
	s.sendPaper(w, r, id, ok && day)
}

// ledgerView shows a numbered ledger on a page of ours.
func (s *Site) ledgerView(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	id, _ := paper.ParseID(r.PathValue("ledger"))
	at, day, ok := id.Day()
	if !ok {
		s.Refuse(w, r, problem.ErrNotFound)
		return
	}
	list, err := s.Papers.IssuedDays(r.Context(), actor, at, day)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	i := slices.IndexFunc(list, func(x paper.Paper) bool { return x.ID == id })
	if i < 0 {
		s.Refuse(w, r, problem.ErrNotFound)
		return
	}
	p := paperViewPage{paperRow: ledgerRow(list[i]), About: list[i].Issuer + "，" + day.Chinese(),
		Back: "/ledger?" + url.Values{"place": {string(at)}, "day": {day.String()}}.Encode(), BackTo: "回到登记簿"}
	p.Href = ledgerPath(id)
	p.Chrome = s.chrome(r, p.Name+"，"+day.Chinese(), "/papers")
	p.Chrome.Keys = paperKeys(p.BackTo)
	s.render(w, r, http.StatusOK, paperViewOf(p))
}

// ledgerFile is the ledger to be printed, or as a workbook.
func (s *Site) ledgerFile(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	span, wrong := s.spanAsked(r.URL.Query(), actor)
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
