package api

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/gate"
	"bianmin/internal/phrase"
	"bianmin/internal/place"
	"bianmin/internal/problem"
)

type boardIn struct {
	Place string `query:"place" maxLength:"12" doc:"the city, a town or a room; one that you do not see gives your own"`
	Month string `query:"month" maxLength:"7" pattern:"^\\d{4}-\\d{2}$" doc:"2026-03; the present one when left out"`
}

type boardOut struct{ Body cases.Figures }

type todayIn struct {
	Whose string `query:"whose" enum:"me,post" default:"me"`
}

type todayOut struct {
	Body struct {
		Deeds []cases.Deed `json:"deeds"`
	}
}

type severalIn struct {
	Key  string `header:"Idempotency-Key" required:"true" doc:"one for each intention; repeated, it does again only what was not done"`
	Body struct {
		Verb    cases.Verb     `json:"verb" maxLength:"20" doc:"take, accept, pass, return, decide, suspend, extend, approve-extension or refuse-extension"`
		Cases   []cases.Target `json:"cases" maxItems:"100" doc:"of one item, at one step"`
		Approve *bool          `json:"approve,omitempty" nullable:"true" doc:"of decide"`
		Reason  *string        `json:"reason,omitempty" nullable:"true"`
		Note    *string        `json:"note,omitempty" nullable:"true" doc:"of pass"`
		To      *int           `json:"to,omitempty" nullable:"true" doc:"of return: index of the step; the one before, when left out"`
		Days    *int           `json:"days,omitempty" nullable:"true" doc:"of extend and suspend"`

		Kind     *cases.SpecialKind `json:"kind,omitempty" nullable:"true" doc:"of suspend"`
		Basis    *string            `json:"basis,omitempty" nullable:"true" doc:"of suspend"`
		Evidence *string            `json:"evidence,omitempty" nullable:"true" doc:"of suspend: the paper that begins it, by name and number"`
	}
}

// outcomeBody is what became of one case: the case, or the problem.
type outcomeBody struct {
	Number  cases.Number `json:"number"`
	Done    bool         `json:"done"`
	Case    *cases.View  `json:"case" doc:"as it is now; null when it was not done"`
	Problem *Problem     `json:"problem" doc:"why it was not done; null when it was"`
}

type severalOut struct {
	Body struct {
		Outcomes []outcomeBody `json:"outcomes" doc:"in the order in which they were asked for"`
	}
}

type phrasesIn struct {
	Code   string `path:"code" maxLength:"20"`
	Answer string `query:"answer" required:"true" maxLength:"20" doc:"approve, refuse, pass, return, suspend, extend, refuse-extension or reject"`
}

type phrasesOut struct {
	Body struct {
		Phrases []phrase.Phrase `json:"phrases"`
	}
}

type exportsIn struct {
	Before string `query:"before" maxLength:"20" pattern:"^\\d+$" doc:"the next of the page before"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

type exportBody struct {
	At     string `json:"at"`
	By     string `json:"by"`
	List   string `json:"list"`
	Filter string `json:"filter"`
	Rows   int    `json:"rows"`
}

type exportsOut struct {
	Body struct {
		Exports []exportBody `json:"exports"`
		Next    *string      `json:"next" doc:"give it as before for the next page; null on the last"`
	}
}

func (a *API) registerBoard() {
	operation(a, gate.Route{Permission: access.ReadBoard}, huma.Operation{
		OperationID: "board", Method: http.MethodGet, Path: "/api/v1/board", Summary: "总览",
	}, func(ctx context.Context, in *boardIn) (*boardOut, error) {
		f, err := a.Cases.Figures(ctx, actor(ctx), place.Code(in.Place), in.Month)
		return &boardOut{Body: f}, err
	})
	operation(a, gate.Route{Permission: access.ReadCases}, huma.Operation{
		OperationID: "today", Method: http.MethodGet, Path: "/api/v1/today", Summary: "今天办的",
	}, func(ctx context.Context, in *todayIn) (*todayOut, error) {
		accounts := []string{actor(ctx).Account}
		if in.Whose == "post" {
			list, err := a.Access.AtPost(ctx, actor(ctx))
			if err != nil {
				return nil, err
			}
			accounts = nil
			for _, x := range list {
				accounts = append(accounts, x.Account)
			}
		}
		deeds, err := a.Cases.Today(ctx, actor(ctx), accounts)
		out := &todayOut{}
		out.Body.Deeds = deeds
		return out, err
	})
	operation(a, gate.Route{Permission: access.TakeCase, Once: true, Body: true}, huma.Operation{
		OperationID: "several", Method: http.MethodPost, Path: "/api/v1/cases/several", Summary: "一起办", DefaultStatus: http.StatusOK,
		Description: "同一个事项的同一步，一次最多 100 件。每件各办各的，各有各的记录；没办成的，说明为什么，别的照办。",
	}, a.several)
	operation(a, gate.Route{Permission: access.ReadItems}, huma.Operation{
		OperationID: "phrases", Method: http.MethodGet, Path: "/api/v1/items/{code}/phrases", Summary: "常用的话",
	}, func(_ context.Context, in *phrasesIn) (*phrasesOut, error) {
		if !slices.Contains(phrase.Answers(), in.Answer) {
			return nil, problem.WrongFields([]problem.Field{{Path: "answer", Code: "unknown_answer", Message: "这种答复没有常用的话"}})
		}
		v, ok := a.Items.Find(in.Code)
		if !ok {
			return nil, problem.ErrNotFound
		}
		out := &phrasesOut{}
		out.Body.Phrases = append([]phrase.Phrase{}, phrase.For(in.Answer, v.Regime)...)
		return out, nil
	})
	operation(a, gate.Route{Permission: access.ReadExports}, huma.Operation{
		OperationID: "exports", Method: http.MethodGet, Path: "/api/v1/exports", Summary: "谁导出过",
	}, a.exports)
}

func (a *API) several(ctx context.Context, in *severalIn) (*severalOut, error) {
	b := in.Body
	said := func(s *string) string { return cases.Said(or(s, "")) }
	var cmd cases.Command
	switch b.Verb {
	case cases.VerbTake:
		cmd = cases.Take{}
	case cases.VerbAccept:
		cmd = cases.Accept{}
	case cases.VerbPass:
		cmd = cases.Pass{Note: said(b.Note)}
	case cases.VerbReturn:
		cmd = cases.Return{To: or(b.To, 0), Reason: said(b.Reason)}
	case cases.VerbDecide:
		if b.Approve == nil {
			return nil, problem.WrongFields([]problem.Field{{Path: "approve", Code: "required", Message: "请写同意还是不同意"}})
		}
		cmd = cases.DecideOn{Approve: *b.Approve, Reason: said(b.Reason)}
	case cases.VerbSuspend:
		cmd = cases.Suspend{Kind: or(b.Kind, ""), Basis: said(b.Basis), Evidence: said(b.Evidence), Days: or(b.Days, 0)}
	case cases.VerbExtend:
		cmd = cases.Extend{Days: or(b.Days, 0), Reason: said(b.Reason)}
	case cases.VerbApprove:
		cmd = cases.Approve{}
	case cases.VerbRefuse:
		cmd = cases.RefuseExtension{Reason: said(b.Reason)}
	default:
		return nil, problem.WrongFields([]problem.Field{{Path: "verb", Code: "not_for_several", Message: "这一步要一件一件办"}})
	}
	list, err := a.Cases.DoSeveral(ctx, actor(ctx), gate.Key(ctx), b.Cases, cmd)
	if err != nil {
		return nil, err
	}
	out := &severalOut{}
	out.Body.Outcomes = make([]outcomeBody, len(list))
	for i, o := range list {
		out.Body.Outcomes[i] = outcomeBody{Number: o.Number, Done: o.Problem == nil}
		if o.Problem != nil {
			out.Body.Outcomes[i].Problem = problemOf(o.Problem)
			continue
		}
		out.Body.Outcomes[i].Case = &cases.View{}
		if err := json.Unmarshal(o.Answer.Body, out.Body.Outcomes[i].Case); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (a *API) exports(ctx context.Context, in *exportsIn) (*exportsOut, error) {
	before := a.ExportsNow().Add(time.Second)
	if n, err := strconv.ParseInt(in.Before, 10, 64); err == nil {
		before = time.UnixMicro(n)
	}
	list, err := a.Exports.List(ctx, actor(ctx), before, in.Limit+1)
	if err != nil {
		return nil, err
	}
	out := &exportsOut{}
	out.Body.Exports = []exportBody{}
	for i, e := range list {
		if i == in.Limit {
			next := strconv.FormatInt(list[i-1].At.UnixMicro(), 10)
			out.Body.Next = &next
			break
		}
		out.Body.Exports = append(out.Body.Exports, exportBody{e.At.In(calendar.Shanghai).Format(time.RFC3339), e.By, e.List, e.Filter, e.Rows})
	}
	return out, nil
}
