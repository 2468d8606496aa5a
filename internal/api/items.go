package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"bianmin/internal/access"
	"bianmin/internal/gate"
	"bianmin/internal/item"
	"bianmin/internal/place"
	"bianmin/internal/problem"
)

type itemsIn struct {
	Q     string `query:"q" doc:"name, plain name, alias, initials (glbt) or code" maxLength:"100"`
	Place string `query:"place" doc:"where it is to be filed" maxLength:"12"`
}

type itemRow struct {
	Code   item.Code `json:"code"`
	Name   string    `json:"name"`
	Plain  string    `json:"plain"`
	Window string    `json:"window"`
	Kind   item.Kind `json:"kind" enum:"promised,on_the_spot"`
}

type itemsOut struct {
	Body struct {
		Items []itemRow `json:"items"`
	}
}

type itemIn struct {
	Code string `path:"code" maxLength:"20"`
}

type itemOut struct {
	Body item.Version
}

// registerItems. The catalogue is the same in every town (四同), so that place narrows nothing; it is only checked.
func (a *API) registerItems() {
	operation(a, gate.Route{Permission: access.ReadItems}, huma.Operation{
		OperationID: "items", Method: http.MethodGet, Path: "/api/v1/items", Summary: "查事项",
	}, func(_ context.Context, in *itemsIn) (*itemsOut, error) {
		if in.Place != "" {
			code, err := place.ParseCode(in.Place)
			if _, ok := a.Places.Place(code); err != nil || !ok {
				return nil, unknownPlace("place")
			}
		}
		hits := a.Items.Search(in.Q, 0)
		out := &itemsOut{}
		out.Body.Items = make([]itemRow, len(hits))
		for i, h := range hits {
			out.Body.Items[i] = itemRow{Code: h.Version.Code, Name: h.Version.Name, Plain: h.Version.Plain, Window: h.Version.Window, Kind: h.Version.Kind}
		}
		return out, nil
	})
	operation(a, gate.Route{Permission: access.ReadItems}, huma.Operation{
		OperationID: "item", Method: http.MethodGet, Path: "/api/v1/items/{code}", Summary: "一个事项",
	}, func(_ context.Context, in *itemIn) (*itemOut, error) {
		code, err := item.ParseCode(in.Code)
		v, ok := a.Items.Get(code)
		if err != nil || !ok {
			return nil, problem.ErrNotFound
		}
		return &itemOut{Body: v}, nil
	})
}
