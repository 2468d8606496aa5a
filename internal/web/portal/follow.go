package portal

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/db"
	"bianmin/internal/gate"
	"bianmin/internal/place"
	"bianmin/internal/problem"
	"bianmin/internal/web/ui"
	"bianmin/internal/words"
)

// followPage asks for a number and the end of a telephone, and tells how the case stands.
type followPage struct {
	Chrome ui.Chrome
	Form   followForm
	Shown  *followShown
}

type followForm struct {
	Number, Phone ui.Input
	Errors        []ui.Mistake
	Refuse        string // why it is not answered though nothing typed is wrong
	Call          callShown
}

// followShown is the answer.
type followShown struct {
	Item, Number, Place string
	Mark                ui.Mark
	State               string
	Plain               string
	Next, By            string
	Presumed            bool
	Bring               []bringShown
	Remarks             []string
	History             []historyShown
	Limits              []ui.LimitDays
	Print               string
	Rating              *ratingShown
	Call                callShown
}

// callShown is whom to call.
type callShown struct{ Who, Telephone string }

type bringShown struct{ Material, Count, Note string }

type historyShown struct{ At, What string }

// follow shows the form, or with both answers given how the case stands.
func (s *Site) follow(w http.ResponseWriter, r *http.Request) {
	v := r.URL.Query()
	number, last4 := strings.TrimSpace(v.Get("number")), strings.TrimSpace(v.Get("phone_last4"))
	if !v.Has("phone_last4") {
		s.ask(w, r, http.StatusOK, number, last4, nil, "")
		return
	}
	if wrong := missing(number, last4); wrong != nil {
		s.ask(w, r, http.StatusUnprocessableEntity, number, last4, wrong, "")
		return
	}
	f, err := s.Follow(r.Context(), number, last4, gate.Address(r))
	if err != nil {
		s.refuse(w, r, number, last4, err)
		return
	}
	page := followPage{Chrome: s.chrome(r, f.Plain), Shown: s.shown(f)}
	if page.Shown.Rating, err = s.ratingOfFollowed(r, f, last4); err != nil {
		s.Log.ErrorContext(r.Context(), "a rating could not be read", "error", err) // how it stands matters more
	}
	s.render(w, r, http.StatusOK, followPaper(page))
}

// missing says what has to be typed first: it is not worth one of five tries.
func missing(number, last4 string) []problem.Field {
	var wrong []problem.Field
	if number == "" {
		wrong = append(wrong, problem.Field{Path: "number", Message: "请写办件编号，在回执上"})
	}
	if len(last4) != 4 || strings.Trim(last4, "0123456789") != "" {
		wrong = append(wrong, problem.Field{Path: "phone_last4", Message: "请写手机号的后四位数字"})
	}
	return wrong
}

// refuse says at the number that nothing was found. Where nothing can be corrected it says above the form what is the
// matter, and when to come back.
func (s *Site) refuse(w http.ResponseWriter, r *http.Request, number, last4 string, err error) {
	p, status := problemOf(err)
	title, detail := words.Problem(p)
	switch {
	case p.Kind == problem.TooMany:
		w.Header().Set("Retry-After", fmt.Sprint(p.Facts["retry_after"]))
		s.ask(w, r, status, number, last4, nil, title+"。"+detail+"，急的话打下面的电话问。")
	case status == http.StatusServiceUnavailable: // whatever is away: what the staff is told of it is not for citizens
		s.Log.ErrorContext(r.Context(), "a case could not be followed", "error", err)
		s.ask(w, r, status, number, last4, nil, "系统现在查不了。您填的还在，不用改，请过一会儿再查，急的话打下面的电话问。")
	default:
		s.ask(w, r, status, number, last4, []problem.Field{{Path: "number", Message: title + "：" + detail}}, "")
	}
}

func problemOf(err error) (*problem.Problem, int) {
	var p *problem.Problem
	if !errors.As(err, &p) {
		if p = db.Trouble(err); p == nil {
			p = &problem.Problem{Kind: problem.Unavailable, Code: "unavailable"}
		}
	}
	switch p.Kind {
	case problem.NotFound:
		return p, http.StatusNotFound
	case problem.TooMany:
		return p, http.StatusTooManyRequests
	}
	return p, http.StatusServiceUnavailable
}

func (s *Site) ask(w http.ResponseWriter, r *http.Request, status int, number, last4 string, wrong []problem.Field, refuse string) {
	f := followForm{Errors: ui.Mistakes(wrong), Refuse: refuse, Call: s.call(s.Places.Root().Code),
		Number: ui.Input{Name: "number", Label: "办件编号", Hint: "在回执上，20 位数字，横线可以不写", Value: number, Error: ui.ErrorAt(wrong, "number"), InputMode: "numeric", Max: 40},
		Phone: ui.Input{Name: "phone_last4", Label: "手机号后四位", Hint: "申请的时候留的那个手机号", Value: last4, Error: ui.ErrorAt(wrong, "phone_last4"), InputMode: "numeric", Small: true, Max: 4,
			Focus: number != "" && status == http.StatusOK}} // who comes by the receipt's code types four digits
	title := ui.ErrorTitle("查进度", len(wrong))
	if refuse != "" {
		title = "错误：" + title
	}
	s.render(w, r, status, followPaper(followPage{Chrome: s.chrome(r, title), Form: f}))
}

// shown puts the answer into the words of the page.
func (s *Site) shown(f cases.Following) *followShown {
	now := s.Clock.Now()
	p := &followShown{Item: f.Item, Number: string(f.Number), Place: f.PlaceName, State: f.StateName, Mark: markOf(f.State), Plain: f.Plain,
		Next: f.Next, Presumed: f.Presumed, Remarks: f.Remarks, Limits: ui.CountedOut(f.Limits, calendar.DateOf(now)), Print: ui.Moment(now)}
	p.Call = s.call(place.Code(f.Place))
	for i := range p.Limits {
		p.Limits[i].Open = false // who wants to count opens it
	}
	if f.By != nil {
		if day, err := calendar.ParseDate(*f.By); err == nil {
			p.By = dayWords(day, calendar.DateOf(now))
		}
	}
	for _, b := range f.Bring {
		p.Bring = append(p.Bring, bringShown{b.Material, countWords(b.Originals, b.Copies), noteOf(b.Note)})
	}
	for i := len(f.History) - 1; i >= 0; i-- {
		p.History = append(p.History, historyShown{whenWords(f.History[i].At), f.History[i].What})
	}
	return p
}

// call is whom to call about a place.
func (s *Site) call(code place.Code) callShown {
	who, telephone := s.Contacts.Ask(s.Places, code)
	return callShown{who, telephone}
}

// dayWords is 3月24日 星期二, with the year when it is another than now's.
func dayWords(d, today calendar.Date) string {
	if d.Year() != today.Year() {
		return fmt.Sprintf("%d年%s", d.Year(), d.ChineseLong())
	}
	return d.ChineseLong()
}

func whenWords(stamp string) string {
	at, err := time.Parse(time.RFC3339, stamp)
	if err != nil {
		return ""
	}
	return ui.Moment(at)
}

// countWords is what to bring of a paper: 原件 1 份，复印件 2 份.
func countWords(originals, copies int) string {
	var said []string
	if originals > 0 {
		said = append(said, fmt.Sprintf("原件 %d 份", originals))
	}
	if copies > 0 {
		said = append(said, fmt.Sprintf("复印件 %d 份", copies))
	}
	return strings.Join(said, "，")
}

func noteOf(note *string) string {
	if note == nil {
		return ""
	}
	return "上次的不合格：" + *note
}

// markOf is the colour of a state: to do for the applicant, stopped, done, or under way.
func markOf(state cases.State) ui.Mark {
	switch state {
	case cases.Correcting:
		return ui.Amber
	case cases.Suspended:
		return ui.Stopped
	case cases.Delivered, cases.Closed:
		return ui.Done
	case cases.Accepted, cases.Examining, cases.Decided:
		return ui.Begun
	}
	return ui.InTime
}
