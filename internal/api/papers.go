package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/gate"
	"bianmin/internal/paper"
	"bianmin/internal/place"
	"bianmin/internal/problem"
	"bianmin/internal/words"
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

type bulkIn struct {
	Body struct {
		Kind    paper.Kind `json:"kind" enum:"01,02,03,04,05,06,07,08,09,10,11,12"`
		Numbers []string   `json:"numbers" minItems:"1" maxItems:"200" doc:"cases, in the order in which the papers are numbered"`
	}
}

type bulkOut struct{ Body bulkBody }

type bulkBody struct {
	Issued  []bulkIssued  `json:"issued"`
	Refused []bulkRefused `json:"refused"`
}

type bulkIssued struct {
	Paper paper.Paper `json:"paper"`
	Again bool        `json:"again" doc:"it was there, and says the same"`
}

type bulkRefused struct {
	Number string `json:"number"`
	Code   string `json:"code"`
	Title  string `json:"title"`
	Detail string `json:"detail"`
}

type papersFileIn struct {
	Body struct {
		Papers []string `json:"papers" minItems:"1" maxItems:"200" doc:"610881101-2026-000421-7-03-1"`
	}
}

type ledgerIn struct {
	Place string `query:"place" required:"true" doc:"division code of a station or a room"`
	From  string `query:"from" required:"true" doc:"YYYY-MM-DD"`
	Until string `query:"until" doc:"the last day; from when left out"`
	Who   string `query:"who" doc:"one account alone"`
}

type ledgerOut struct {
	Cache string `header:"Cache-Control"`
	Body  paper.Ledger
}

type wordingsOut struct {
	Body struct {
		Versions []paper.Version `json:"versions"`
	}
}

type wordIn struct {
	Kind paper.Kind `path:"kind" enum:"00,01,02,03,04,05,06,07,08,09,10,11,12" doc:"00: all papers"`
	Body struct {
		Since string `json:"since" doc:"YYYY-MM-DD, the first day"`
		paper.Wording
	}
}

type wordOut struct{ Body paper.Version }

type dayIn struct {
	Place string `path:"place" doc:"division code of a station or a room"`
	Day   string `path:"day" doc:"YYYY-MM-DD"`
}

type dayPaperIn struct {
	Ledger string `path:"ledger" doc:"610881101000-20260310-13-1"`
}

// registerDay are the numbered ledgers.
func (a *API) registerDay() {
	operation(a, gate.Route{Permission: access.KeepLedger}, huma.Operation{
		OperationID: "issue-ledger", Method: http.MethodPut, Path: "/api/v1/ledger/{place}/{day}", Summary: "出具办件日登记簿",
		Description: "这一天没有再办件，再出一次给的是同一份；又办了件，就出一份新的，写明替代哪一份。",
		Responses:   map[string]*huma.Response{"201": {Description: "issued"}},
	}, func(ctx context.Context, in *dayIn) (*issueOut, error) {
		span, err := spanOf(&ledgerIn{Place: in.Place, From: in.Day})
		if err != nil {
			return nil, problem.ErrNotFound // it is a part of the address
		}
		p, again, err := a.Papers.IssueDay(ctx, actor(ctx), span.Place, span.From)
		return issuedOut(p, again), err
	})
	operation(a, gate.Route{Permission: access.ReadLedger}, huma.Operation{
		OperationID: "ledger-paper", Method: http.MethodGet, Path: "/api/v1/ledger/papers/{ledger}", Summary: "一份办件日登记簿（PDF）",
		Responses: map[string]*huma.Response{"200": {Description: "the ledger", Content: map[string]*huma.MediaType{"application/pdf": {Schema: &huma.Schema{Type: "string", Format: "binary"}}}}},
	}, func(ctx context.Context, in *dayPaperIn) (*paperOut, error) {
		id, ok := paper.ParseID(in.Ledger)
		if _, _, day := id.Day(); !ok || !day {
			return nil, problem.ErrNotFound
		}
		file, err := a.Papers.PDF(ctx, actor(ctx), id)
		return &paperOut{Type: "application/pdf", Cache: "no-store", Body: file}, err
	})
}

// issuedOut says whether the paper is new.
func issuedOut(p paper.Paper, again bool) *issueOut {
	if again {
		return &issueOut{Status: http.StatusOK, Body: p}
	}
	return &issueOut{Status: http.StatusCreated, Body: p}
}

// registerBulk are the papers of many cases, the ledger, and what a place words itself.
func (a *API) registerBulk() {
	operation(a, gate.Route{Permission: paper.Permission, Body: true}, huma.Operation{
		OperationID: "issue-many", Method: http.MethodPut, Path: "/api/v1/papers", Summary: "批量出具文书",
		Description: "一次最多 200 件。每件单独编号；出不了的列在 refused 里，不影响别的。再发一次，给的是同样的文书。",
	}, func(ctx context.Context, in *bulkIn) (*bulkOut, error) {
		numbers := make([]cases.Number, len(in.Body.Numbers))
		for i, n := range in.Body.Numbers {
			numbers[i] = cases.Number(n)
		}
		made, err := a.Papers.IssueMany(ctx, actor(ctx), numbers, in.Body.Kind)
		out := &bulkOut{Body: bulkBody{Issued: []bulkIssued{}, Refused: []bulkRefused{}}}
		for _, x := range made.Issued {
			out.Body.Issued = append(out.Body.Issued, bulkIssued{x.Paper, x.Again})
		}
		for _, x := range made.Refused {
			title, detail := words.Problem(x.Why)
			out.Body.Refused = append(out.Body.Refused, bulkRefused{string(x.Number), x.Why.Code, title, detail})
		}
		return out, err
	})
	operation(a, gate.Route{Permission: paper.Permission, Body: true}, huma.Operation{
		OperationID: "papers-file", Method: http.MethodPost, Path: "/api/v1/papers/file", Summary: "多份文书合成一个文件（PDF）",
		Responses: map[string]*huma.Response{"200": {Description: "the papers", Content: map[string]*huma.MediaType{"application/pdf": {Schema: &huma.Schema{Type: "string", Format: "binary"}}}}},
	}, func(ctx context.Context, in *papersFileIn) (*paperOut, error) {
		ids, err := idsOf(in.Body.Papers)
		if err != nil {
			return nil, err
		}
		file, err := a.Papers.File(ctx, actor(ctx), ids)
		return &paperOut{Type: "application/pdf", Cache: "no-store", Body: file}, err
	})
	operation(a, gate.Route{Permission: paper.Permission, Body: true}, huma.Operation{
		OperationID: "papers-zip", Method: http.MethodPost, Path: "/api/v1/papers/zip", Summary: "多份文书各自的文件，带电子签章（压缩包）",
		Responses: map[string]*huma.Response{"200": {Description: "the papers, each as it was issued", Content: map[string]*huma.MediaType{"application/zip": {Schema: &huma.Schema{Type: "string", Format: "binary"}}}}},
	}, func(ctx context.Context, in *papersFileIn) (*paperOut, error) {
		ids, err := idsOf(in.Body.Papers)
		if err != nil {
			return nil, err
		}
		file, err := a.Papers.Zip(ctx, actor(ctx), ids)
		return &paperOut{Type: "application/zip", Cache: "no-store", Body: file}, err
	})
	operation(a, gate.Route{Permission: access.ReadLedger}, huma.Operation{
		OperationID: "ledger", Method: http.MethodGet, Path: "/api/v1/ledger", Summary: "办件登记簿",
	}, func(ctx context.Context, in *ledgerIn) (*ledgerOut, error) {
		span, err := spanOf(in)
		if err != nil {
			return nil, err
		}
		l, err := a.Papers.Ledger(ctx, actor(ctx), span)
		return &ledgerOut{Cache: "no-store", Body: l}, err
	})
	operation(a, gate.Route{Permission: access.SettleWords}, huma.Operation{
		OperationID: "wordings", Method: http.MethodGet, Path: "/api/v1/papers/wording", Summary: "本单位的文书措辞",
	}, func(ctx context.Context, _ *struct{}) (*wordingsOut, error) {
		list, err := a.Papers.Wordings(ctx, actor(ctx))
		out := &wordingsOut{}
		out.Body.Versions = list
		return out, err
	})
	operation(a, gate.Route{Permission: access.SettleWords, Body: true}, huma.Operation{
		OperationID: "word", Method: http.MethodPost, Path: "/api/v1/papers/wording/{kind}", Summary: "改文书措辞",
		Description: "每改一次是一个新的版本；已经出的文书不变。",
	}, func(ctx context.Context, in *wordIn) (*wordOut, error) {
		v, err := a.Papers.Word(ctx, actor(ctx), in.Kind, in.Body.Since, in.Body.Wording)
		return &wordOut{Body: v}, err
	})
}

func spanOf(in *ledgerIn) (paper.Span, error) {
	span := paper.Span{Place: place.Code(in.Place), Who: in.Who}
	var wrong []problem.Field
	day := func(path, text string) calendar.Date {
		d, err := calendar.ParseDate(text)
		if err != nil {
			wrong = append(wrong, problem.Field{Path: path, Code: "not_date", Message: "日期写成 2026-03-10 这样"})
		}
		return d
	}
	span.From = day("from", in.From)
	if span.Until = span.From; in.Until != "" {
		span.Until = day("until", in.Until)
	}
	if p := problem.WrongFields(wrong); p != nil {
		return span, p
	}
	return span, nil
}

func (a *API) registerPapers() {
	a.registerBulk()
	a.registerDay()
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
		return issuedOut(p, again), err
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

// idsOf reads the numbers of papers; one that is none is a paper that is not there.
func idsOf(texts []string) ([]paper.ID, error) {
	ids := make([]paper.ID, len(texts))
	for i, text := range texts {
		id, ok := paper.ParseID(text)
		if !ok {
			return nil, problem.ErrNotFound
		}
		ids[i] = id
	}
	return ids, nil
}
