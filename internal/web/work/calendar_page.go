package work

import (
	"fmt"
	"net/http"
	"strconv"

	"bianmin/internal/calendar"
	"bianmin/internal/web/ui"
)

// calendarPage shows the official calendar, year by year, takes a new one in, and sets what the law leaves to the place.
type calendarPage struct {
	Chrome  ui.Chrome
	Said    string
	Years   []queueLink
	Year    int
	Months  []calendarMonth
	Missing string // which year is wanted next
	Import  importForm
	Preview *importPreview
	Policy  policyForm
}

// calendarMonth is a month with its special days.
type calendarMonth struct {
	Name  string
	Spans []daySpan
}

// daySpan is days in a row with the same reason.
type daySpan struct {
	Days, What, Name string
	Mark             ui.Mark
}

// calendarShow shows the years.
func (s *Site) calendarShow(w http.ResponseWriter, r *http.Request) {
	page := calendarPage{}
	v := r.URL.Query()
	if days, err := strconv.Atoi(v.Get("days")); err == nil {
		page.Said = fmt.Sprintf("换好了：%d 天有变动", days)
		if moved, err := strconv.Atoi(v.Get("moved")); err == nil && moved > 0 {
			page.Said += fmt.Sprintf("，%d 件的期限重算了，每一件的经过里都写着", moved)
		}
	}
	if v.Get("done") == "policy" {
		page.Said = "设好了，从以后的告知开始用；已经发出的不变"
	}
	s.showCalendar(w, r, http.StatusOK, page)
}

// showCalendar fills the page around what was just done.
func (s *Site) showCalendar(w http.ResponseWriter, r *http.Request, status int, page calendarPage) {
	cal, today := s.Calendar(), calendar.DateOf(s.Clock.Now())
	page.Year = today.Year()
	if year, err := strconv.Atoi(r.URL.Query().Get("year")); err == nil {
		page.Year = year
	}
	for _, year := range cal.Years() {
		page.Years = append(page.Years, queueLink{Label: fmt.Sprint(year), Href: fmt.Sprintf("/calendar?year=%d", year), Current: year == page.Year})
	}
	page.Months = monthsOf(cal.Days(), page.Year)
	if next := max(cal.LastYear(), today.Year()-1) + 1; next <= today.Year()+1 {
		page.Missing = fmt.Sprintf("%d 年的放假安排还没有导入，算到那一年的期限是暂定的。", next)
	}
	if page.Import.CSV.Name == "" {
		page.Import = importFormOf("", true, "")
	}
	if page.Policy.Fields == nil {
		page.Policy = policyFormOf(policyTyped(s.policyNow()), nil)
	}
	page.Chrome = s.chrome(r, ui.ErrorTitle("日历和天数", len(page.Import.Errors)+len(page.Policy.Errors)), "/calendar")
	s.render(w, r, status, calendarPaper(page))
}

// monthsOf lays out the special days of a year.
func monthsOf(days []calendar.Day, year int) []calendarMonth {
	var list []calendarMonth
	for i := 0; i < len(days); {
		first := days[i]
		last := i
		for last+1 < len(days) && days[last+1].Date == days[last].Date.AddDays(1) && days[last+1].Kind == first.Kind &&
			days[last+1].Name == first.Name && days[last+1].Date.Month() == first.Date.Month() {
			last++
		}
		if first.Date.Year() == year {
			name := fmt.Sprintf("%d月", int(first.Date.Month()))
			if n := len(list); n == 0 || list[n-1].Name != name {
				list = append(list, calendarMonth{Name: name})
			}
			m := &list[len(list)-1]
			m.Spans = append(m.Spans, spanOf(days[i:last+1]))
		}
		i = last + 1
	}
	return list
}

func spanOf(days []calendar.Day) daySpan {
	first, last := days[0], days[len(days)-1]
	span := daySpan{Days: ui.ShortDay(first.Date), Name: first.Name, What: kindWords(first.Kind), Mark: kindMark(first.Kind)}
	if len(days) > 1 {
		span.Days = fmt.Sprintf("%s到 %d日，%d 天", first.Date.Chinese(), last.Date.Day(), len(days))
	}
	return span
}

func kindWords(k calendar.Kind) string {
	switch k {
	case calendar.Off:
		return "放假"
	case calendar.MakeUp:
		return "调休上班"
	}
	return "照星期"
}

func kindMark(k calendar.Kind) ui.Mark {
	switch k {
	case calendar.Off:
		return ui.Stopped
	case calendar.MakeUp:
		return ui.Amber
	}
	return ui.InTime
}
