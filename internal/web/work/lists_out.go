package work

import (
	"bytes"
	"context"
	"net/http"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/export"
	"bianmin/internal/gate"
	"bianmin/internal/problem"
	workbook "bianmin/internal/sheet"
	"bianmin/internal/web/ui"
)

// takeOut gives a list as a workbook of what its pages show, after it stands on record who takes it. next gives a page of it,
// and whether there are more.
func takeOut[T any](s *Site, w http.ResponseWriter, r *http.Request, taken export.Taken, columns []workbook.Column[T], next func(ctx context.Context) ([]T, bool, error)) {
	actor, _ := gate.Actor(r.Context())
	var rows []T
	for more := true; more; {
		page, left, err := next(r.Context())
		if rows = append(rows, page...); err == nil && len(rows) > s.outMost() {
			err = problem.Refuse("list_too_long", problem.Facts{"most": s.outMost()})
		}
		if err != nil {
			s.Refuse(w, r, err)
			return
		}
		more = left
	}
	taken.Rows = len(rows)
	var b bytes.Buffer
	err := workbook.Write(&b, taken.List, columns, rows)
	if err == nil {
		err = s.Exports.Note(r.Context(), actor, taken)
	}
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	ui.WriteFile(w, taken.List+"-"+calendar.DateOf(s.Clock.Now()).String()+workbook.Extension, workbook.Kind, b.Bytes())
}

// written is a column of text.
func written[T any](head string, width float64, of func(T) string) workbook.Column[T] {
	return workbook.Column[T]{Head: head, Width: width, Value: func(x T) any { return of(x) }}
}

func (s *Site) faultsOut(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	before := cases.Instant(0)
	takeOut(s, w, r, export.Taken{List: "过错记录"}, []workbook.Column[faultRow]{
		written("记在谁名下", 34, func(x faultRow) string { return x.Who }), written("什么时候", 20, func(x faultRow) string { return x.At }),
		written("过错", 24, func(x faultRow) string { return x.Kind }), written("哪些材料", 40, func(x faultRow) string { return x.About }),
		written("办件编号", 26, func(x faultRow) string { return x.Number }), written("事项、镇（街道）", 40, func(x faultRow) string { return x.Item }),
	}, func(ctx context.Context) ([]faultRow, bool, error) {
		list, err := s.Cases.Faults(ctx, actor, before, outPage)
		if err != nil {
			return nil, false, err
		}
		if list.Next != nil {
			before = *list.Next
		}
		return s.faultRows(list), list.Next != nil, nil
	})
}

func (s *Site) ratingsOut(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	f, show := ratingFilter(r.URL.Query())
	f.After, f.Limit = "", outPage
	taken := export.Taken{List: "评价", Filter: show.label}
	if p, known := s.Places.Place(f.Town); known && actor.SeesAll() {
		taken.Filter += "，" + p.Name
	}
	takeOut(s, w, r, taken, []workbook.Column[ratingRow]{
		written("评价", 12, func(x ratingRow) string { return x.Grade }), written("什么时候", 20, func(x ratingRow) string { return x.At }),
		written("说了什么", 50, func(x ratingRow) string { return x.Words }), written("办件编号", 26, func(x ratingRow) string { return x.Number }),
		written("事项", 34, func(x ratingRow) string { return x.Item }), written("镇（街道）", 16, func(x ratingRow) string { return x.Town }),
		written("回访", 24, func(x ratingRow) string { return x.Due }), written("对方怎么说", 40, func(x ratingRow) string { return x.called().Heard }),
		written("怎么整改的", 40, func(x ratingRow) string { return x.called().Done }), written("谁回访的", 34, func(x ratingRow) string { return x.called().Who }),
		written("回访时间", 20, func(x ratingRow) string { return x.called().At }),
	}, func(ctx context.Context) ([]ratingRow, bool, error) {
		list, err := s.Ratings.List(ctx, actor, f)
		if err != nil {
			return nil, false, err
		}
		if list.Next != nil {
			f.After = *list.Next
		}
		return s.ratingRows(list, access.Allows(actor.Role, access.CallBack)), list.Next != nil, nil
	})
}
