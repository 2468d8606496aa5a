package portal

import (
	"net/http"
	"net/url"
	"time"

	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/web/ui"
)

// How many cases, and looks at how many cases, a page shows.
const (
	myRows   = 20
	lookRows = 50
)

// myPage lists a citizen's own cases.
type myPage struct {
	Chrome      ui.Chrome
	Rows        []myRow
	Next, First string
}

// myRow is one of them, in the words with which it is followed.
type myRow struct {
	Href, Item, For, Place, Plain string
	Mark                          ui.Mark
	State                         string
	By                            string // 最晚 4月8日 星期三
	Filed                         string
	Answered                      bool // the last question has its answer
}

func (s *Site) myCases(w http.ResponseWriter, r *http.Request) {
	after := r.URL.Query().Get("after")
	list, err := s.Mine.MyCases(r.Context(), me(r), myRows, after)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	page := myPage{Chrome: s.myChrome(r, "我的办件", myPath)}
	for _, m := range list.Cases {
		page.Rows = append(page.Rows, s.myRow(m))
	}
	if list.Next != nil {
		page.Next = myPath + "?" + url.Values{"after": {*list.Next}}.Encode()
	}
	if after != "" {
		page.First = myPath
	}
	s.render(w, r, http.StatusOK, myPaper(page))
}

func (s *Site) myRow(m cases.Mine) myRow {
	row := myRow{Href: myCasePath(m.Number), Item: m.Item, For: m.For, Place: m.PlaceName, Plain: m.Plain, Mark: markOf(m.State), State: m.StateName,
		Filed: dayOf(m.FiledAt), By: s.byWords(m.By)}
	if n := len(m.Questions); n > 0 {
		row.Answered = m.Questions[n-1].Answer != nil
	}
	return row
}

// byWords is a last day, as one says it; empty when there is none.
func (s *Site) byWords(by *string) string {
	if by == nil {
		return ""
	}
	day, err := calendar.ParseDate(*by)
	if err != nil {
		return ""
	}
	return dayWords(day, calendar.DateOf(s.Clock.Now()))
}

// dayOf is the day of an instant of a view.
func dayOf(stamp string) string {
	at, err := time.Parse(time.RFC3339, stamp)
	if err != nil {
		return ""
	}
	return calendar.DateOf(at).Chinese()
}

// looksPage tells who looked at a citizen's data.
type looksPage struct {
	Chrome      ui.Chrome
	Rows        []lookRow
	Next, First string
}

type lookRow struct{ At, Who, What, Why, Item, Href, Number string }

func (s *Site) myLooks(w http.ResponseWriter, r *http.Request) {
	after := r.URL.Query().Get("after")
	list, err := s.Mine.Looks(r.Context(), me(r), lookRows, after)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	page := looksPage{Chrome: s.myChrome(r, "谁看过我的信息", looksPath)}
	for _, l := range list.Looks {
		why := ""
		if l.Reason != "" {
			why = "，原因：" + l.Reason
		}
		page.Rows = append(page.Rows, lookRow{At: whenWords(l.At), Who: l.PlaceName + " " + l.By, What: l.What, Why: why, Item: l.Item,
			Href: myCasePath(l.Number), Number: string(l.Number)})
	}
	if list.Next != nil {
		page.Next = looksPath + "?" + url.Values{"after": {*list.Next}}.Encode()
	}
	if after != "" {
		page.First = looksPath
	}
	s.render(w, r, http.StatusOK, looksPaper(page))
}
