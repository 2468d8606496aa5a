package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/gate"
	"bianmin/internal/paper"
	"bianmin/internal/problem"
)

type papersOut struct{ Body paper.Papers }

type issueIn struct {
	Number string     `path:"number" doc:"610881101-2026-000421-7"`
	Kind   paper.Kind `path:"paper" enum:"01,02,03,04,05,06,07,08,09,10,11,12" doc:"01 receipt, 02 notice, 03 acceptance, 04 not accepted, 05 special procedure, 06 extension, 07 granted, 08 refused, 09 delivery, 10 register, 11 hand-overs of materials, 12 authority"`
}

type issueOut struct {
	Status int
	Body   paper.Paper
}

type paperIn struct {
	Number string `path:"number" doc:"610881101-2026-000421-7"`
	Paper  string `path:"paper" doc:"03-1: kind, and which of that kind"`
}

type paperOut struct {
	Type  string `header:"Content-Type"`
	Cache string `header:"Cache-Control"`
	Body  []byte
}

type genuineIn struct {
	Paper string `query:"paper" required:"true" maxLength:"60" doc:"610881101-2026-000421-7-03-1"`
	Code  string `query:"code" required:"true" maxLength:"40" doc:"beside the paper's QR code"`
}

type genuineOut struct {
	Cache string `header:"Cache-Control"`
	Body  paper.Genuine
}

func (a *API) registerPapers() {
	operation(a, gate.Route{Permission: access.ReadCases, OfCase: true}, huma.Operation{
		OperationID: "papers", Method: http.MethodGet, Path: "/api/v1/cases/{number}/papers", Summary: "办件的文书",
	}, func(ctx context.Context, in *caseIn) (*papersOut, error) {
		list, err := a.Papers.Of(ctx, actor(ctx), cases.Number(in.Number))
		return &papersOut{Body: list}, err
	})
	operation(a, gate.Route{Permission: paper.Permission, OfCase: true}, huma.Operation{
		OperationID: "issue", Method: http.MethodPut, Path: "/api/v1/cases/{number}/papers/{paper}", Summary: "出具文书",
		Description: "内容没有变，再出一次给的是同一份；变了，就出一份新的，写明替代哪一份。",
		Responses:   map[string]*huma.Response{"201": {Description: "issued"}},
	}, func(ctx context.Context, in *issueIn) (*issueOut, error) {
		p, again, err := a.Papers.Issue(ctx, actor(ctx), cases.Number(in.Number), in.Kind)
		out := &issueOut{Status: http.StatusCreated, Body: p}
		if again {
			out.Status = http.StatusOK
		}
		return out, err
	})
	operation(a, gate.Route{Permission: access.ReadCases, OfCase: true}, huma.Operation{
		OperationID: "paper", Method: http.MethodGet, Path: "/api/v1/cases/{number}/papers/{paper}", Summary: "一份文书（PDF）",
		Responses: map[string]*huma.Response{"200": {Description: "the paper", Content: map[string]*huma.MediaType{"application/pdf": {Schema: &huma.Schema{Type: "string", Format: "binary"}}}}},
	}, func(ctx context.Context, in *paperIn) (*paperOut, error) {
		id, ok := paper.ParseID(in.Number + "-" + in.Paper)
		if !ok {
			return nil, problem.ErrNotFound
		}
		file, err := a.Papers.PDF(ctx, actor(ctx), id)
		return &paperOut{Type: "application/pdf", Cache: "no-store", Body: file}, err
	})
	operation(a, gate.Route{Permission: access.Public}, huma.Operation{
		OperationID: "genuine", Method: http.MethodGet, Path: "/api/v1/genuine", Summary: "核验文书",
	}, func(ctx context.Context, in *genuineIn) (*genuineOut, error) {
		id, ok := paper.ParseID(in.Paper)
		if !ok {
			return nil, &problem.Problem{Kind: problem.NotFound, Code: "no_such_paper"}
		}
		g, err := a.Papers.Genuine(ctx, id, in.Code)
		return &genuineOut{Cache: "no-store", Body: g}, err
	})
}
