package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"bianmin/internal/access"
	"bianmin/internal/gate"
	"bianmin/internal/journal"
)

type proofIn struct {
	Number string `path:"number" doc:"610881101-2026-000421-7"`
	Seq    int64  `query:"seq" minimum:"1" doc:"which entry of the case; the last, when left out"`
}

type proofOut struct {
	Body journal.Proof
}

func (a *API) registerProof() {
	operation(a, gate.Route{Permission: access.ReadCases, OfCase: true}, huma.Operation{
		OperationID: "proof", Method: http.MethodGet, Path: "/api/v1/cases/{number}/proof", Summary: "办件记录的证明",
		Description: "保存下来，用 bianmin verify-proof 核对，不需要数据库。",
	}, func(ctx context.Context, in *proofIn) (*proofOut, error) {
		p, err := a.Prove(ctx, in.Number, in.Seq)
		return &proofOut{Body: p}, err
	})
}
