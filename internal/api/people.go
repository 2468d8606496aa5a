package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/gate"
)

// peopleIn is a body and no address: numbers have no place in logs.
type peopleIn struct {
	Body struct {
		Q string `json:"q" maxLength:"200" doc:"the beginning of a name or of its initials, or a whole citizen number, credit code or telephone"`
	}
}

type peopleOut struct{ Body cases.Found }

type historyOut struct{ Body cases.History }

type underWayIn struct {
	Body struct {
		Item     string               `json:"item" doc:"code or exact name"`
		Person   *string              `json:"person,omitempty" nullable:"true" doc:"a case of the same applicant that you see"`
		Kind     *cases.ApplicantKind `json:"kind,omitempty" enum:"person,organisation" nullable:"true" doc:"person, when left out"`
		IDNumber *string              `json:"id_number,omitempty" nullable:"true" doc:"instead of person"`
	}
}

type underWayOut struct{ Body cases.UnderWay }

func (a *API) registerPeople() {
	operation(a, gate.Route{Permission: access.FileCase, Body: true}, huma.Operation{
		OperationID: "people", Method: http.MethodPost, Path: "/api/v1/people", Summary: "认人",
		Description: "在本人能看的办件里，按姓名、首字母、证件号或者电话，找来办过事的人。号码都遮着。",
	}, func(ctx context.Context, in *peopleIn) (*peopleOut, error) {
		found, err := a.Cases.People(ctx, actor(ctx), in.Body.Q)
		return &peopleOut{Body: found}, err
	})
	operation(a, gate.Route{Permission: access.FileCase, OfCase: true}, huma.Operation{
		OperationID: "history", Method: http.MethodGet, Path: "/api/v1/cases/{number}/applicant", Summary: "申请人以前办过的、正在办的、已有的材料",
	}, func(ctx context.Context, in *caseIn) (*historyOut, error) {
		history, err := a.Cases.History(ctx, actor(ctx), cases.Claimed{Person: cases.Number(in.Number)})
		return &historyOut{Body: history}, err
	})
	operation(a, gate.Route{Permission: access.FileCase, Body: true}, huma.Operation{
		OperationID: "under-way", Method: http.MethodPost, Path: "/api/v1/under-way", Summary: "同一个人的同一件事，有没有正在办的",
	}, func(ctx context.Context, in *underWayIn) (*underWayOut, error) {
		def, ok := a.Items.Find(in.Body.Item)
		if !ok {
			return nil, wrongField("item", "unknown_item", "没有这个事项")
		}
		who := cases.Claimed{Person: cases.Number(or(in.Body.Person, "")), Kind: or(in.Body.Kind, cases.APerson), IDNumber: or(in.Body.IDNumber, "")}
		found, err := a.Cases.UnderWay(ctx, actor(ctx), who, def.Code)
		return &underWayOut{Body: found}, err
	})
}
