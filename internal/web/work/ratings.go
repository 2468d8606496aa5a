package work

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/gate"
	"bianmin/internal/place"
	"bianmin/internal/problem"
	"bianmin/internal/rating"
	"bianmin/internal/web/ui"
)

// Ratings is what applicants said of how they were served, and the call back.
type Ratings interface {
	List(ctx context.Context, a access.Actor, f rating.Filter) (rating.Page, error)
	CallsWithin() int
	CallBack(ctx context.Context, a access.Actor, number cases.Number, heard, done string) error
}

// ratingsShown is how many ratings a page holds.
const ratingsShown = 30

// ratingsPage lists ratings: a head's own town's, or the city's.
type ratingsPage struct {
	Chrome      ui.Chrome
	Lead        string
	Said        string
	Show        []ui.Option // what the list shows, and where each leads
	Counts      string
	Town        *ui.Input
	Rows        []ratingRow
	Next, First string
	Empty, Why  string
	Showing     string // which of the lists it is
	Out         string // where it is taken out
}

type ratingRow struct {
	Number, Href, Item, Town, At, Words string
	Mark                                ui.Mark
	Grade                               string
	Due                                 string
	Late                                bool
	Call                                *callShown
	Form                                *callForm
}

type callShown struct{ Who, At, Heard, Done string }

type callForm struct {
	Action      string
	Open        bool
	Heard, Done ui.Input
	Errors      []ui.Mistake
	Refused     *refusal
}

// The lists of ratings.
const (
	ratingsOpen = "open"
	ratingsBad  = "bad"
	ratingsAll  = "all"
)

func (s *Site) ratings(w http.ResponseWriter, r *http.Request) {
	s.showRatings(w, r, http.StatusOK, "", nil, nil)
}

// showRatings shows the list; back is the number of the one whose form came back with what is wrong.
func (s *Site) showRatings(w http.ResponseWriter, r *http.Request, status int, back cases.Number, typed url.Values, no *problem.Problem) {
	actor, _ := gate.Actor(r.Context())
	v := r.URL.Query()
	f, chosen := ratingFilter(v)
	show := chosen.key
	list, err := s.Ratings.List(r.Context(), actor, f)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	page := ratingsPage{Chrome: s.chrome(r, "评价", "/ratings"), Lead: fmt.Sprintf("不满意和很不满意的，%d 个工作日里回访、整改，由站长记下来。", s.Ratings.CallsWithin()), Counts: gradeWords(list.Counts), Showing: show, Out: ratingsAt(show, v.Get("town"), "")}
	page.empty(show)
	if v.Has("done") {
		page.Said = "回访记下了"
	}
	for _, x := range ratingShows {
		page.Show = append(page.Show, ui.Option{Label: x.label, Value: ratingsAt(x.key, v.Get("town"), ""), On: x == chosen})
	}
	if actor.SeesAll() {
		page.Town = &ui.Input{Name: "town", Label: "镇（街道）", Type: "select", Value: v.Get("town"), Options: s.placeOptions(actor, "")}
	}
	for _, x := range list.Ratings {
		page.Rows = append(page.Rows, s.ratingRow(x, access.Allows(actor.Role, access.CallBack), back, typed, no))
	}
	if list.Next != nil {
		page.Next = ratingsAt(show, v.Get("town"), *list.Next)
	}
	if f.After != "" {
		page.First = ratingsAt(show, v.Get("town"), "")
	}
	s.render(w, r, status, ratings(page))
}

func (p *ratingsPage) empty(show string) {
	switch show {
	case ratingsOpen:
		p.Empty, p.Why = "没有等着回访的", "有人评了不满意，会写在这里"
	case ratingsBad:
		p.Empty, p.Why = "没有人评不满意", "有人评了不满意，会写在这里"
	default:
		p.Empty, p.Why = "还没有人评价", "申请人办完以后 30 天里可以评价"
	}
}

func ratingsAt(show, town, after string) string {
	v := url.Values{"show": {show}}
	if town != "" {
		v.Set("town", town)
	}
	if after != "" {
		v.Set("after", after)
	}
	return "/ratings?" + v.Encode()
}

// gradeWords is 很满意 12，满意 30.
func gradeWords(list []rating.Count) string {
	said := ""
	for _, c := range list {
		said += fmt.Sprintf("，%s %d", c.GradeName, c.Ratings)
	}
	if said == "" {
		return ""
	}
	return said[len("，"):]
}

func (s *Site) ratingRow(x rating.View, may bool, back cases.Number, typed url.Values, no *problem.Problem) ratingRow {
	row := ratingRow{Number: string(x.Number), Href: casePath(x.Number), Item: x.Item, Town: x.TownName, At: momentOf(x.At), Grade: x.GradeName, Mark: ui.Done}
	if x.Grade >= rating.Bad {
		row.Mark = ui.Amber
	}
	if x.Words != nil {
		row.Words = *x.Words
	}
	if x.Call != nil {
		row.Mark = ui.Done
		row.Call = &callShown{Who: personWords(x.Call.By, s.Places), At: momentOf(x.Call.At), Heard: x.Call.Heard, Done: x.Call.Done}
	}
	if x.Due == nil {
		return row
	}
	row.Due = "最晚 " + dateWords(*x.Due) + "回访"
	if row.Late = *x.Left < 0; row.Late {
		row.Due = "回访超期了，最晚应当是 " + dateWords(*x.Due)
	}
	if may {
		row.Form = callFormOf(x.Number, back, typed, no)
	}
	return row
}

// called is the call back, empty when there was none.
func (x ratingRow) called() callShown {
	if x.Call == nil {
		return callShown{}
	}
	return *x.Call
}

// ratingRows are the rows of a list that nobody fills in.
func (s *Site) ratingRows(list rating.Page, may bool) []ratingRow {
	rows := make([]ratingRow, len(list.Ratings))
	for i, x := range list.Ratings {
		rows[i] = s.ratingRow(x, may, "", nil, nil)
	}
	return rows
}

// ratingShow is one of the lists of ratings.
type ratingShow struct{ key, label string }

var ratingShows = []ratingShow{{ratingsOpen, "等着回访"}, {ratingsBad, "不满意的"}, {ratingsAll, "全部"}}

// ratingFilter reads which list an address asks for; the first when it names none.
func ratingFilter(v url.Values) (rating.Filter, ratingShow) {
	show := ratingShows[0]
	for _, x := range ratingShows {
		if x.key == v.Get("show") {
			show = x
		}
	}
	f := rating.Filter{Open: show.key == ratingsOpen, After: v.Get("after"), Limit: ratingsShown, Town: place.Code(v.Get("town"))}
	if show.key == ratingsBad {
		f.Worse = rating.Bad
	}
	return f, show
}

func callFormOf(number, back cases.Number, typed url.Values, no *problem.Problem) *callForm {
	id := "f-" + string(number)
	f := &callForm{Action: "/ratings/" + string(number),
		Heard: ui.Input{Name: "heard", ID: id + "-heard", Label: "对方怎么说", Hint: "打了电话，对方说的是什么", Type: "textarea", Rows: 2, Max: 1000},
		Done:  ui.Input{Name: "done", ID: id + "-done", Label: "怎么整改的", Hint: "申请人看得到", Type: "textarea", Rows: 2, Max: 1000}}
	if number != back || no == nil {
		return f
	}
	f.Open, f.Heard.Value, f.Done.Value = true, typed.Get("heard"), typed.Get("done")
	f.Heard.Error, f.Done.Error = ui.ErrorAt(no.Fields, "heard"), ui.ErrorAt(no.Fields, "done")
	for _, x := range no.Fields {
		f.Errors = append(f.Errors, ui.Mistake{ID: id + "-" + x.Path, Message: x.Message})
	}
	if len(no.Fields) == 0 {
		title, detail := pageWords(no)
		f.Refused = &refusal{Title: title, Detail: detail}
	}
	return f
}

// callBack writes down a call back.
func (s *Site) callBack(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	posted, err := form(w, r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	number := cases.Number(r.PathValue("number"))
	err = s.Ratings.CallBack(r.Context(), actor, number, posted.Get("heard"), posted.Get("done"))
	var p *problem.Problem
	switch {
	case err == nil:
		redirect(w, r, ratingsAt(ratingsOpen, "", "")+"&done")
	case errors.As(err, &p) && p.Kind == problem.Invalid:
		s.showRatings(w, r, http.StatusUnprocessableEntity, number, posted, p)
	default:
		s.Refuse(w, r, err)
	}
}
