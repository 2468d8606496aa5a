package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"bianmin/internal/access"
	"bianmin/internal/gate"
	"bianmin/internal/place"
	"bianmin/internal/problem"
)

type placesIn struct {
	Parent string `query:"parent" doc:"only the places right under this one" maxLength:"12"`
}

type placeOut struct {
	Code    place.Code  `json:"code"`
	Name    string      `json:"name"`
	Kind    place.Kind  `json:"kind" enum:"centre,station,room"`
	Parent  *place.Code `json:"parent" nullable:"true"`
	Service string      `json:"service" doc:"the sign: 高家堡镇便民服务站"`
}

type placesOut struct {
	Body struct {
		Places []placeOut `json:"places"`
	}
}

func (a *API) registerPlaces() {
	operation(a, gate.Route{Permission: access.ReadPlaces}, huma.Operation{
		OperationID: "places", Method: http.MethodGet, Path: "/api/v1/places", Summary: "市、镇（街道）、村（社区）",
	}, func(_ context.Context, in *placesIn) (*placesOut, error) {
		list := a.Places.All()
		if in.Parent != "" {
			code, err := place.ParseCode(in.Parent)
			if _, ok := a.Places.Place(code); err != nil || !ok {
				return nil, unknownPlace("parent")
			}
			list = a.Places.Children(code)
		}
		out := &placesOut{}
		out.Body.Places = make([]placeOut, len(list))
		for i, p := range list {
			out.Body.Places[i] = placeOut{Code: p.Code, Name: p.Name, Kind: p.Kind, Service: p.Service}
			if p.Parent != "" {
				out.Body.Places[i].Parent = &p.Parent
			}
		}
		return out, nil
	})
}

func unknownPlace(path string) error {
	return problem.WrongFields([]problem.Field{{Path: path, Code: "unknown_place", Message: "没有这个地方，请照 12 位区划代码核对"}})
}
