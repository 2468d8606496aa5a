package work

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"bianmin/internal/calendar"
	"bianmin/internal/gate"
	"bianmin/internal/problem"
	"bianmin/internal/web/ui"
)

// importForm takes a published calendar: as a file, or as its text, which comes back when a line is wrong.
type importForm struct {
	File, CSV ui.Input
	Whole     []ui.Option
	Errors    []ui.Mistake
	Open      bool
}

// importPreview says what a calendar would change, before it does.
type importPreview struct {
	CSV, Whole string
	Days       []previewDay
	Moved      []previewMoved
	Count      string // 12 件
	More       int    // how many more than are listed
}

type previewDay struct{ Day, Words string }

type previewMoved struct{ Number, Words string }

// movedRows is how many moved cases the preview lists; the others are counted.
const movedRows = 50

// upload is what was posted.
type upload struct {
	csv   string
	whole bool
	sure  bool // the preview was seen
}

func importFormOf(csv string, whole bool, wrong string) importForm {
	f := importForm{Open: wrong != "",
		File: ui.Input{Name: "file", Label: "官方公布的文件", Hint: "CSV，三列：date,kind,name。kind 写 off（放假）、work（上班）或者 plain（照星期）", Type: "file", Extra: map[string]any{"accept": ".csv,text/csv"}},
		CSV:  ui.Input{Name: "csv", Label: "或者把内容贴在这里", Type: "textarea", Rows: 6, Value: csv, Error: wrong, Placeholder: "date,kind,name\n2027-01-01,off,元旦"},
		Whole: []ui.Option{{Value: "whole", Label: "整年的安排", Hint: "文件里的年份整个换掉", On: whole},
			{Value: "days", Label: "只改这几天", Hint: "其余的日子不动", On: !whole}}}
	if wrong != "" {
		f.Errors = []ui.Mistake{{ID: ui.FieldID("csv"), Message: wrong}}
	}
	return f
}

// calendarPost shows what a calendar would move, and then takes it in.
func (s *Site) calendarPost(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	u, err := readUpload(w, r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	days, wrong := daysSent(u.csv)
	if wrong != "" {
		s.showCalendar(w, r, http.StatusUnprocessableEntity, calendarPage{Import: importFormOf(u.csv, u.whole, wrong)})
		return
	}
	change, err := s.ImportCalendar(r.Context(), actor, days, u.whole, !u.sure)
	switch {
	case err != nil:
		s.Refuse(w, r, err)
	case u.sure:
		redirect(w, r, "/calendar?"+url.Values{"year": {fmt.Sprint(days[0].Date.Year())}, "days": {fmt.Sprint(len(change.Days))}, "moved": {fmt.Sprint(len(change.Moved))}}.Encode())
	default:
		s.showCalendar(w, r, http.StatusOK, calendarPage{Import: importFormOf(u.csv, u.whole, ""), Preview: previewOf(u, change)})
	}
}

// readUpload reads the form: the file when there is one, else the text.
func readUpload(w http.ResponseWriter, r *http.Request) (u upload, err error) {
	r.Body = http.MaxBytesReader(w, r.Body, formMost)
	var tooLarge *http.MaxBytesError
	err = r.ParseMultipartForm(formMost)
	if errors.As(err, &tooLarge) {
		return u, &problem.Problem{Kind: problem.Malformed, Code: "body_too_large"}
	}
	if err != nil && !errors.Is(err, http.ErrNotMultipart) {
		return u, &problem.Problem{Kind: problem.Malformed, Code: "body_unreadable"}
	}
	u = upload{csv: r.PostForm.Get("csv"), whole: r.PostForm.Get("whole") != "days", sure: r.PostForm.Get("do") == "import"}
	file, _, none := r.FormFile("file")
	if none != nil {
		return u, nil
	}
	defer file.Close()
	raw, err := io.ReadAll(file)
	if len(raw) > 0 {
		u.csv = string(raw)
	}
	return u, err
}

// daysSent reads the calendar, or says in words what is wrong with it.
func daysSent(csv string) (days []calendar.Day, wrong string) {
	switch {
	case strings.TrimSpace(csv) == "":
		return nil, "请选一个文件，或者把内容贴进来"
	case !utf8.ValidString(csv) || strings.ContainsRune(csv, 0):
		return nil, "文件不是 UTF-8 编码，请另存为 UTF-8 再传"
	}
	days, err := calendar.ParseCSV(strings.NewReader(csv))
	if err != nil {
		return nil, err.Error() // a LineError, which is worded for whoever uploads; reading a text cannot go wrong otherwise
	}
	return days, ""
}

func previewOf(u upload, change CalendarChange) *importPreview {
	p := &importPreview{CSV: u.csv, Whole: "days", Count: countWords(len(change.Moved))}
	if u.whole {
		p.Whole = "whole"
	}
	for _, d := range change.Days {
		p.Days = append(p.Days, previewDay{fmt.Sprintf("%d年%s", d.Date.Year(), ui.ShortDay(d.Date)), changeWords(d)})
	}
	for i, m := range change.Moved {
		if i == movedRows {
			p.More = len(change.Moved) - movedRows
			break
		}
		p.Moved = append(p.Moved, previewMoved{string(m.Number), shiftWords(m.Shifts)})
	}
	return p
}

// changeWords is 放假改成上班, with the reason.
func changeWords(d calendar.DayChange) string {
	name := func(works bool) string {
		if works {
			return "上班"
		}
		return "休息"
	}
	said := name(d.Before) + "改成" + name(d.Now)
	if d.Name != "" {
		said += "（" + d.Name + "）"
	}
	return said
}
