package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/gate"
)

type faultsIn struct {
	Before int64 `query:"before" minimum:"0" doc:"the next of the page before"`
	Limit  int   `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

type faultsOut struct{ Body cases.FaultPage }

type followIn struct {
	address string
	Number  string `query:"number" required:"true" maxLength:"40" doc:"610881101-2026-000421-7, with or without dashes"`
	Phone   string `query:"phone_last4" required:"true" maxLength:"20" doc:"the last four digits of the telephone that was left"`
}

// Resolve keeps where the request comes from: wrong tries are counted by it.
func (f *followIn) Resolve(ctx huma.Context) []error {
	r, _ := humago.Unwrap(ctx)
	f.address = gate.Address(r)
	return nil
}

type followOut struct {
	Cache string `header:"Cache-Control"`
	Body  cases.Following
}

type arithmeticIn struct {
	Number string `path:"number"`
}

type arithmeticOut struct {
	Body struct {
		Limits []cases.CountingView `json:"limits"`
	}
}

func (a *API) registerLaw() {
	operation(a, gate.Route{Permission: access.ReadFaults}, huma.Operation{
		OperationID: "faults", Method: http.MethodGet, Path: "/api/v1/faults", Summary: "过错记录",
	}, func(ctx context.Context, in *faultsIn) (*faultsOut, error) {
		page, err := a.Cases.Faults(ctx, actor(ctx), cases.Instant(in.Before), in.Limit)
		return &faultsOut{Body: page}, err
	})
	operation(a, gate.Route{Permission: access.Public}, huma.Operation{
		OperationID: "follow", Method: http.MethodGet, Path: "/api/v1/follow", Summary: "查进度",
	}, func(ctx context.Context, in *followIn) (*followOut, error) {
		f, err := a.Cases.Follow(ctx, in.Number, in.Phone, in.address)
		return &followOut{Cache: "no-store", Body: f}, err
	})
	operation(a, gate.Route{Permission: access.ReadCases, OfCase: true}, huma.Operation{
		OperationID: "arithmetic", Method: http.MethodGet, Path: "/api/v1/cases/{number}/arithmetic", Summary: "期限逐日怎么算",
	}, func(ctx context.Context, in *arithmeticIn) (*arithmeticOut, error) {
		list, err := a.Cases.Counted(ctx, actor(ctx), cases.Number(in.Number))
		out := &arithmeticOut{}
		out.Body.Limits = list
		return out, err
	})
}
