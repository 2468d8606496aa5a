package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"bianmin/internal/access"
	"bianmin/internal/filing"
	"bianmin/internal/gate"
)

type myFileIn struct {
	token string
	Key   string `header:"Idempotency-Key" required:"true" doc:"one for each intention; the same key and body give the same answer"`
	Body  struct {
		Item       string             `json:"item" maxLength:"200" doc:"code or exact name of an item that can be filed online"`
		Place      string             `json:"place" maxLength:"12" doc:"where the applicant lives: a village, or the town itself"`
		Name       string             `json:"name" maxLength:"200" doc:"the applicant"`
		IDNumber   string             `json:"id_number" maxLength:"40" doc:"the applicant's citizen number"`
		Filer      *string            `json:"filer,omitempty" nullable:"true" maxLength:"200" doc:"who files for the applicant, when it is somebody else"`
		Relation   *string            `json:"relation,omitempty" nullable:"true" maxLength:"20" doc:"what the filer is to the applicant: 子女、配偶、父母、其他亲属 or 邻居、朋友"`
		Situations *map[string]string `json:"situations,omitempty" doc:"answers to the item's own questions, by their id"`
		Bring      *[]string          `json:"bring,omitempty" maxItems:"100" doc:"the papers that will be brought, by name"`
	}
}

// Resolve keeps the session, whose telephone the application is filed with.
func (in *myFileIn) Resolve(ctx huma.Context) []error {
	r, _ := humago.Unwrap(ctx)
	in.token = gate.CitizenToken(gate.API, r)
	return nil
}

// registerFiling: a citizen's application in one piece. What the pages ask one by one is checked alike.
func (a *API) registerFiling() {
	operation(a, gate.Route{Permission: access.FileOnline, Once: true, Body: true}, huma.Operation{
		OperationID: "my-file", Method: http.MethodPost, Path: "/api/v1/my/cases", Summary: "网上申请", DefaultStatus: http.StatusCreated,
	}, func(ctx context.Context, in *myFileIn) (*caseOut, error) {
		phone, err := a.PhoneOf(ctx, in.token)
		if err != nil {
			return nil, err
		}
		b := in.Body
		x := filing.Direct{Item: b.Item, Place: b.Place, Name: b.Name, IDNumber: b.IDNumber, Filer: or(b.Filer, ""), Relation: or(b.Relation, "")}
		if b.Situations != nil {
			x.Situations = *b.Situations
		}
		if b.Bring != nil {
			x.Bring = *b.Bring
		}
		return given(a.Filings.File(ctx, actor(ctx), gate.Key(ctx), x, phone))
	})
}
