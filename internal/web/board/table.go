package board

import (
	"bytes"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/export"
	"bianmin/internal/gate"
	"bianmin/internal/place"
	"bianmin/internal/sheet"
	"bianmin/internal/web/ui"
)

// The tables of a board.
const (
	byPlaces = "places"
	byHands  = "hands"
	byItems  = "items"
	byStates = "states"
	byMonths = "months"
)

var standHeads = []string{"在办", "今天到期", "超承诺", "超法定"}

// whole asks for all of a table.
const whole = math.MaxInt

// tableOf is the first rows of one table of the board, at most so many, the worst first. A city has hundreds of posts: what is
// not shown is not made.
func tableOf(f cases.Figures, by string, most int) table {
	t := table{By: by}
	switch by {
	case byPlaces:
		t.Title, t.Heads = "镇（街道）", []string{"镇（街道）"}
		if f.Place.IsTown() {
			t.Title, t.Heads = "村（社区）", []string{"村（社区）"}
		}
		when := "本月"
		if f.Month != f.Day[:7] {
			when = monthWords(f.Month)
		}
		t.Heads = append(append(t.Heads, standHeads...), when+"收件", when+"办结", "按时")
		t.Has = len(f.Below)
		for _, p := range first(f.Below, most) {
			r := row{Name: p.PlaceName, Href: asked{Place: p.Place}.address(Path), Cells: stand(p.Stand, at(f.Place, p.Place))}
			if p.Place == f.Place { // what was filed at the station itself
				r.Href = ""
			}
			r.Cells = append(r.Cells, number(p.Filed, listOf(at(f.Place, p.Place).at, at(f.Place, p.Place).with("filed", f.Month)...)),
				number(p.Done, listOf(at(f.Place, p.Place).at, at(f.Place, p.Place).with("done_in", f.Month)...)), cell{Words: share(p.OnTime, p.Done)})
			t.Rows = append(t.Rows, r)
		}
	case byHands:
		t.Title, t.Heads = "在谁手里", append([]string{"岗位"}, standHeads...)
		t.Has, t.Notes = len(f.Hands), handNotes(f)
		for _, h := range first(f.Hands, most) {
			t.Rows = append(t.Rows, row{Name: h.PostName, Cells: stand(h.Stand, area{f.Place, []string{"post", string(h.Post)}})})
		}
	case byItems:
		t.Title, t.Heads = "事项", append([]string{"事项"}, standHeads...)
		t.Has = len(f.Items)
		for _, i := range first(f.Items, most) {
			t.Rows = append(t.Rows, row{Name: i.ItemName, Cells: stand(i.Stand, area{f.Place, []string{"item", string(i.Item)}})})
		}
	case byStates:
		t.Title, t.Heads = "状态", []string{"状态", "在办"}
		t.Has = len(f.States)
		for _, x := range first(f.States, most) {
			t.Rows = append(t.Rows, row{Name: x.StateName, Cells: []cell{number(x.Open, list(f.Place, "state", string(x.State)))}})
		}
	case byMonths:
		t.Title, t.Heads = "逐月", []string{"月份", "收件", "办结", "没按时", "按时", "用时中位数"}
		t.Has = len(f.Months)
		for _, m := range first(monthsOf(f.Place, f.Month, f.Months), most) {
			t.Rows = append(t.Rows, row{Name: m.Name, Href: m.Href, Cells: m.Cells})
		}
	}
	return t
}

// handNotes say why the posts' figures do not add up to what is open.
func handNotes(f cases.Figures) []handNote {
	var notes []handNote
	if n := f.Again(); n > 0 {
		notes = append(notes, handNote{Words: "几个岗位同时能办的，每个岗位都算，所以加起来多 " + thousands(n) + " 件。"})
	}
	if n := f.AtApplicant(); n > 0 {
		notes = append(notes, handNote{Href: list(f.Place, "state", string(cases.Correcting)), Link: "等申请人的 " + thousands(n) + " 件", Words: "在补正，不在哪个岗位手里。"})
	}
	return notes
}

// first are so many from the front, or all when there are fewer.
func first[T any](list []T, most int) []T { return list[:min(len(list), most)] }

// area is a place, and what narrows its cases further.
type area struct {
	at   place.Code
	more []string
}

// at is a place below another; the town below itself is its station.
func at(above, below place.Code) area {
	if above == below {
		return area{below, []string{"own", "1"}}
	}
	return area{below, nil}
}

func (a area) with(pairs ...string) []string { return append(pairs, a.more...) }

// stand are the four figures of where things stand.
func stand(s cases.Stand, a area) []cell {
	cells := []cell{number(s.Open, list(a.at, a.more...)), number(s.DueToday, list(a.at, a.with("late", string(cases.DueToday))...)),
		number(s.Promise, list(a.at, a.with("late", string(cases.LatePromise))...)), number(s.Law, list(a.at, a.with("late", string(cases.LateLaw))...))}
	if s.Promise > 0 {
		cells[2].Kind = "yellow"
	}
	if s.Law > 0 {
		cells[3].Kind = "red"
	}
	return cells
}

// tablePage is one table whole.
type tablePage struct {
	Chrome ui.Chrome
	Table  table
	Place  string
	Back   string
	Action string
	When   string
}

func (s *Site) table(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	q, f, err := s.figures(r, actor)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	t := tableOf(f, q.By, whole)
	if t.Title == "" {
		q.By = byPlaces
		t = tableOf(f, byPlaces, whole)
	}
	t.Empty = "这里现在没有在办的件"
	q.Place = f.Place
	p := tablePage{Table: t, Place: f.PlaceName, Back: asked{Place: f.Place, Month: q.Month}.address(Path), Action: q.address(Path + "/table"), When: ui.Moment(s.Clock.Now())}
	p.Chrome = s.Frame(r, f.PlaceName+"："+t.Title, Path)
	s.render(w, r, tablePaper(p))
}

// tableOut gives a table of the board as a workbook, and puts on record that it was taken.
func (s *Site) tableOut(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	q, f, err := s.figures(r, actor)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	t := tableOf(f, q.By, whole)
	if t.Title == "" {
		t = tableOf(f, byPlaces, whole)
	}
	taken := export.Taken{List: f.PlaceName + "总览：" + t.Title, Filter: monthWords(f.Month), Rows: len(t.Rows)}
	if err := s.Exports.Note(r.Context(), actor, taken); err != nil {
		s.Refuse(w, r, err)
		return
	}
	var b bytes.Buffer
	if err := sheet.Write(&b, t.Title, columnsOf(t), t.Rows); err != nil {
		s.Refuse(w, r, err)
		return
	}
	ui.WriteFile(w, f.PlaceName+t.Title+"-"+f.Day+sheet.Extension, sheet.Kind, b.Bytes())
}

// columnsOf are a table's columns for a workbook: counts as numbers, so that they can be added up.
func columnsOf(t table) []sheet.Column[row] {
	columns := []sheet.Column[row]{{Head: t.Heads[0], Width: 30, Value: func(r row) any { return r.Name }}}
	for i, head := range t.Heads[1:] {
		columns = append(columns, sheet.Column[row]{Head: head, Width: 12, Value: func(r row) any {
			words := r.Cells[i].Words
			if n, err := strconv.Atoi(strings.ReplaceAll(words, ",", "")); err == nil {
				return n
			}
			return words
		}})
	}
	return columns
}

// exportsPage lists who took which list out.
type exportsPage struct {
	Chrome ui.Chrome
	Lead   string
	Rows   []exportRow
	Next   string
	First  string
}

type exportRow struct{ At, Who, List, Filter, Rows string }

// exportRows is how many a page holds.
const exportRows = 50

func exportRowOf(e export.Entry) exportRow {
	return exportRow{ui.Moment(e.At), e.By, e.List, e.Filter, thousands(int64(e.Rows))}
}

// exportsMost is how many of those who took lists out are taken out themselves: the newest.
const exportsMost = 10_000

// exportsOut gives the list as a workbook; that it was taken out is the next line of it.
func (s *Site) exportsOut(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	now := s.Clock.Now()
	entries, err := s.Exports.List(r.Context(), actor, now.Add(time.Second), exportsMost)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	text := func(head string, width float64, of func(exportRow) string) sheet.Column[export.Entry] {
		return sheet.Column[export.Entry]{Head: head, Width: width, Value: func(e export.Entry) any { return of(exportRowOf(e)) }}
	}
	columns := []sheet.Column[export.Entry]{text("谁", 16, func(x exportRow) string { return x.Who }),
		{Head: "账号", Width: 26, Value: func(e export.Entry) any { return e.Account }}, text("什么时候", 20, func(x exportRow) string { return x.At }),
		text("哪张表", 40, func(x exportRow) string { return x.List }), text("怎么筛的", 40, func(x exportRow) string { return x.Filter }),
		{Head: "行数", Width: 10, Value: func(e export.Entry) any { return e.Rows }}}
	var b bytes.Buffer
	if err = sheet.Write(&b, "谁导出过", columns, entries); err == nil {
		err = s.Exports.Note(r.Context(), actor, export.Taken{List: "谁导出过", Rows: len(entries)})
	}
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	ui.WriteFile(w, "谁导出过-"+calendar.DateOf(now).String()+sheet.Extension, sheet.Kind, b.Bytes())
}

func (s *Site) exports(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	before := s.Clock.Now().Add(time.Second)
	p := exportsPage{Lead: "全市的，新的在前。"}
	if !actor.SeesAll() {
		p.Lead = "本镇的，新的在前。"
	}
	if n, err := strconv.ParseInt(r.URL.Query().Get("before"), 10, 64); err == nil {
		before, p.First = time.UnixMicro(n), "/exports"
	}
	entries, err := s.Exports.List(r.Context(), actor, before, exportRows+1)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	if len(entries) > exportRows {
		entries = entries[:exportRows]
		p.Next = "/exports?" + url.Values{"before": {fmt.Sprint(entries[exportRows-1].At.UnixMicro())}}.Encode()
	}
	for _, e := range entries {
		p.Rows = append(p.Rows, exportRowOf(e))
	}
	p.Chrome = s.Frame(r, "谁导出过", Path)
	s.render(w, r, exportsPaper(p))
}
