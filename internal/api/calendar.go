package api

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/gate"
	"bianmin/internal/problem"
)

// Importing corrects the calendar by the days of a published file; with preview it only tells what would move.
type Importing func(ctx context.Context, by access.Actor, days []calendar.Day, wholeYears, preview bool) ([]calendar.DayChange, []cases.Moved, error)

type calendarOut struct {
	Body struct {
		Years []int     `json:"years" doc:"the years that are known"`
		Days  []dayBody `json:"days"`
	}
}

type dayBody struct {
	Date string        `json:"date"`
	Kind calendar.Kind `json:"kind" enum:"off,work,plain"`
	Name string        `json:"name"`
}

type importIn struct {
	Body struct {
		CSV        string `json:"csv" doc:"date,kind,name, a line a day; kind is off, work or plain"`
		WholeYears bool   `json:"whole_years,omitempty" doc:"what the file does not name of its years is no longer special"`
		Preview    bool   `json:"preview,omitempty" doc:"only tell what would move"`
	}
}

type importOut struct {
	Body struct {
		Days  []dayChange   `json:"days" doc:"the days that are seen differently now"`
		Moved []cases.Moved `json:"moved" doc:"the cases whose limits moved"`
	}
}

type dayChange struct {
	Date   string `json:"date"`
	Worked bool   `json:"worked"`
	Name   string `json:"name"`
}

type policyBody struct{ Body cases.Policy }

func (a *API) registerCalendar() {
	operation(a, gate.Route{Permission: access.SignedIn}, huma.Operation{
		OperationID: "calendar", Method: http.MethodGet, Path: "/api/v1/calendar", Summary: "官方日历",
	}, func(context.Context, *struct{}) (*calendarOut, error) {
		out := &calendarOut{}
		cal := a.Calendar()
		out.Body.Years, out.Body.Days = cal.Years(), []dayBody{}
		for _, d := range cal.Days() {
			out.Body.Days = append(out.Body.Days, dayBody{d.Date.String(), d.Kind, d.Name})
		}
		return out, nil
	})
	operation(a, gate.Route{Permission: access.Settle, Body: true}, huma.Operation{
		OperationID: "calendar-import", Method: http.MethodPost, Path: "/api/v1/calendar", Summary: "导入官方日历",
	}, func(ctx context.Context, in *importIn) (*importOut, error) {
		days, err := calendar.ParseCSV(strings.NewReader(in.Body.CSV))
		if line := (*calendar.LineError)(nil); errors.As(err, &line) {
			return nil, problem.WrongFields([]problem.Field{{Path: "csv", Code: "bad_line", Message: line.Error()}})
		}
		if err != nil {
			return nil, err
		}
		changes, moved, err := a.Import(ctx, actor(ctx), days, in.Body.WholeYears, in.Body.Preview)
		out := &importOut{}
		out.Body.Days, out.Body.Moved = make([]dayChange, len(changes)), moved
		for i, d := range changes {
			out.Body.Days[i] = dayChange{d.Date.String(), d.Now, d.Name}
		}
		if moved == nil {
			out.Body.Moved = []cases.Moved{}
		}
		return out, err
	})
	operation(a, gate.Route{Permission: access.SignedIn}, huma.Operation{
		OperationID: "policy", Method: http.MethodGet, Path: "/api/v1/policy", Summary: "补正和提醒的天数",
	}, func(context.Context, *struct{}) (*policyBody, error) { return &policyBody{a.Policy()}, nil })
	operation(a, gate.Route{Permission: access.Settle, Body: true}, huma.Operation{
		OperationID: "policy-set", Method: http.MethodPut, Path: "/api/v1/policy", Summary: "改补正和提醒的天数",
	}, func(ctx context.Context, in *policyBody) (*policyBody, error) {
		return in, a.SetPolicy(ctx, actor(ctx), in.Body)
	})
}
