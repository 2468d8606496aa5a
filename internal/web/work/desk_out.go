package work

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/export"
	"bianmin/internal/gate"
	"bianmin/internal/place"
	"bianmin/internal/problem"
	workbook "bianmin/internal/sheet"
	"bianmin/internal/web/ui"
)

// outMost is how many cases a workbook holds at the most: whoever asks for more is told so, and gets none that is cut off.
// outPage is how many are read at a time.
const (
	outMost = 200000
	outPage = 200
)

// deskOut gives a list as a workbook: what its pages show, masked as there. It is written page by page into a file beside,
// and that it was taken is on record before it goes out.
func (s *Site) deskOut(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	posted, err := form(w, r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	q := deskAt(posted.Get("list"))
	q.After = ""
	file, err := os.CreateTemp("", "desk-*"+workbook.Extension)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	defer func() {
		if err := errors.Join(file.Close(), os.Remove(file.Name())); err != nil {
			s.Log.WarnContext(r.Context(), "removing a workbook that was given out", "err", err)
		}
	}()
	rows, err := s.listOut(r, actor, q, file)
	if err == nil {
		err = s.Exports.Note(r.Context(), actor, export.Taken{List: "办件：" + q.queueFor(actor.Role).label, Filter: s.narrowed(actor, q), Rows: rows})
	}
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	ui.SendFile(w, r, "办件-"+q.queueFor(actor.Role).label+"-"+calendar.DateOf(s.Clock.Now()).String()+workbook.Extension, workbook.Kind, file)
}

// narrowed says in words what narrows a list; numbers in it are masked.
func (s *Site) narrowed(a access.Actor, q deskQuery) string {
	return cases.Said(strings.Join(s.filterOf(a, q).Shown, "，"))
}

// listOut writes the list and says how many cases it has.
func (s *Site) listOut(r *http.Request, a access.Actor, q deskQuery, to io.Writer) (n int, err error) {
	if q.queueFor(a.Role).key == queueDone.key {
		list, _, err := s.doneToday(r.Context(), a, q)
		if err != nil {
			return 0, err
		}
		return len(list), workbook.Write(to, "今天办的", s.caseColumns(), list)
	}
	f, more := s.filter(a.Role, q), true
	f.Limit = outPage
	return n, workbook.WritePages(to, "办件", s.caseColumns(), func() ([]cases.View, error) {
		if !more {
			return nil, nil
		}
		page, err := s.Cases.List(r.Context(), a, f)
		if err != nil {
			return nil, err
		}
		if n += len(page.Cases); n > s.outMost() {
			return nil, problem.Refuse("list_too_long", problem.Facts{"most": s.outMost()})
		}
		if more = page.Next != nil; more {
			f.After = *page.Next
		}
		return page.Cases, nil
	})
}

func (s *Site) outMost() int {
	if s.OutMost > 0 {
		return s.OutMost
	}
	return outMost
}

func dayIn(s *string) any {
	if s == nil || len(*s) < len("2026-03-10") {
		return nil
	}
	d, err := calendar.ParseDate((*s)[:len("2026-03-10")])
	if err != nil {
		return nil
	}
	return d
}

func limitDay(l *cases.Limit) any {
	if l == nil {
		return nil
	}
	return dayIn(l.Due)
}

func (s *Site) caseColumns() []workbook.Column[cases.View] {
	return []workbook.Column[cases.View]{
		{Head: "编号", Width: 26, Value: func(v cases.View) any { return string(v.Number) }},
		{Head: "事项", Width: 30, Value: func(v cases.View) any { return v.Item.Name }},
		{Head: "申请人", Width: 14, Value: func(v cases.View) any { return v.Applicant.Name }},
		{Head: "证件号", Width: 22, Value: func(v cases.View) any { return v.Applicant.IDNumber }},
		{Head: "电话", Width: 16, Value: func(v cases.View) any { return textOf(v.Applicant.Phone) }},
		{Head: "镇（街道）", Width: 14, Value: func(v cases.View) any { return v.TownName }},
		{Head: "村（社区）", Width: 14, Value: func(v cases.View) any { return townless(v) }},
		{Head: "渠道", Width: 8, Value: func(v cases.View) any { return v.Channel.Chinese() }},
		{Head: "状态", Width: 10, Value: func(v cases.View) any { return v.StateName }},
		{Head: "环节", Width: 14, Value: func(v cases.View) any { return stepIn(v, func(s *cases.StepView) string { return s.Name }) }},
		{Head: "在谁手里", Width: 26, Value: func(v cases.View) any { return handsOf(v, s.Places) }},
		{Head: "负责人", Width: 12, Value: func(v cases.View) any { return v.Responsible.Name }},
		{Head: "收件", Width: 12, Value: func(v cases.View) any { return dayIn(&v.FiledAt) }},
		{Head: "受理", Width: 12, Value: func(v cases.View) any { return dayIn(v.AcceptedAt) }},
		{Head: "承诺到期", Width: 12, Value: func(v cases.View) any { return limitDay(v.Limits.Promised) }},
		{Head: "法定到期", Width: 12, Value: func(v cases.View) any { return limitDay(v.Limits.Legal) }},
		{Head: "时限", Width: 14, Value: func(v cases.View) any { return strings.TrimSpace(fmt.Sprint(ui.CellOf(v).Words)) }},
		{Head: "决定", Width: 12, Value: func(v cases.View) any { return dayIn(v.DecidedAt) }},
		{Head: "办结", Width: 12, Value: func(v cases.View) any { return dayIn(v.ClosedAt) }},
	}
}

// handsOf is in whose hands a case is, by the board's own rule: every post of side by side steps, and the applicant while
// something is missing, whom no post's figure has.
func handsOf(v cases.View, places *place.Directory) string {
	if v.State == cases.Correcting {
		return "等申请人"
	}
	names := make([]string, len(v.Hands))
	for i, post := range v.Hands {
		names[i] = cases.PostName(post, places)
	}
	return strings.Join(names, "、")
}

func stepIn(v cases.View, of func(*cases.StepView) string) string {
	if v.Step == nil || !v.State.Open() {
		return ""
	}
	return of(v.Step)
}
