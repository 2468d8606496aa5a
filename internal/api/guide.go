package api

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"bianmin/internal/access"
	"bianmin/internal/gate"
	"bianmin/internal/guide"
	"bianmin/internal/item"
	"bianmin/internal/place"
	"bianmin/internal/problem"
)

type guideSearchIn struct {
	Q     string `query:"q" required:"true" maxLength:"100" doc:"what one wants, in everyday words, pinyin or initials"`
	Limit int    `query:"limit" minimum:"1" maximum:"50" default:"10"`
}

type guideHit struct {
	Code  item.Code `json:"code"`
	Plain string    `json:"plain" doc:"what people call it"`
	Name  string    `json:"name" doc:"the official name"`
	Kind  item.Kind `json:"kind" enum:"promised,on_the_spot"`
	Said  string    `json:"said" doc:"the way of saying it that came nearest"`
	Score float64   `json:"score" doc:"from 0 to 1"`
}

type guideSearchOut struct {
	Body struct {
		Sure  bool       `json:"sure" doc:"the first is likely meant; else these are only the nearest"`
		Items []guideHit `json:"items"`
		Ask   string     `json:"ask" doc:"the telephone that helps further"`
	}
}

type guideIn struct {
	Code    string   `path:"code" maxLength:"20"`
	Place   string   `query:"place" maxLength:"12" doc:"where the person lives: a town or a village"`
	Answers []string `query:"answer,explode" doc:"an answer to one of the item's questions, as s1:有" maxItems:"20"`
}

type guideOut struct {
	Body struct {
		guide.Sheet
		Where []guide.Where `json:"where" doc:"the nearest places that take it"`
	}
}

type guidePrintedIn struct {
	Code    string   `path:"code" maxLength:"20"`
	Place   string   `query:"place" maxLength:"12" doc:"where the person lives: a town or a village"`
	Answers []string `query:"answer,explode" doc:"an answer to one of the item's questions, as s1:有" maxItems:"20"`
	Held    string   `header:"If-None-Match" maxLength:"100" doc:"the tag of the file that one has already"`
}

type guidePrintedOut struct {
	Status int
	Type   string `header:"Content-Type"`
	Cache  string `header:"Cache-Control"`
	Tag    string `header:"ETag"`
	Body   []byte
}

// asked reads who asks: where they live, and their answers.
func (a *API) asked(in guideIn) (item.Code, place.Code, map[string]string, error) {
	code, err := item.ParseCode(in.Code)
	if err != nil {
		return "", "", nil, problem.ErrNotFound
	}
	at := place.Code(in.Place)
	if _, ok := a.Places.Place(at); in.Place != "" && !ok {
		return "", "", nil, unknownPlace("place")
	}
	answers := map[string]string{}
	for _, said := range in.Answers {
		id, answer, _ := strings.Cut(said, ":")
		answers[id] = answer
	}
	return code, at, answers, nil
}

// registerGuide: finding an item and what it takes, open to all.
func (a *API) registerGuide() {
	operation(a, gate.Route{Permission: access.Public}, huma.Operation{
		OperationID: "guide-search", Method: http.MethodGet, Path: "/api/v1/guide/search", Summary: "用平常话找事项",
	}, func(_ context.Context, in *guideSearchIn) (*guideSearchOut, error) {
		found := a.Guide.Finder.Find(in.Q, in.Limit)
		out := &guideSearchOut{}
		out.Body.Sure, out.Body.Items, out.Body.Ask = found.Sure, make([]guideHit, len(found.Hits)), guide.Hotline
		for i, h := range found.Hits {
			out.Body.Items[i] = guideHit{Code: h.Item.Code, Plain: h.Item.Plain, Name: h.Item.Name, Kind: h.Item.Kind, Said: h.Text, Score: h.Score}
		}
		return out, nil
	})
	operation(a, gate.Route{Permission: access.Public}, huma.Operation{
		OperationID: "guide", Method: http.MethodGet, Path: "/api/v1/guide/{code}", Summary: "办事指南",
	}, func(_ context.Context, in *guideIn) (*guideOut, error) {
		code, at, answers, err := a.asked(*in)
		if err != nil {
			return nil, err
		}
		out := &guideOut{}
		out.Body.Sheet, out.Body.Where, err = a.Guide.Sheet(code, at, answers)
		return out, err
	})
	operation(a, gate.Route{Permission: access.Public}, huma.Operation{
		OperationID: "guide-file", Method: http.MethodGet, Path: "/api/v1/guide/{code}/guide.pdf", Summary: "办事指南（PDF）",
		Responses: map[string]*huma.Response{"200": {Description: "the guide, A4", Content: map[string]*huma.MediaType{"application/pdf": {Schema: &huma.Schema{Type: "string", Format: "binary"}}}},
			"304": {Description: "the file that the asker has is still the same"}},
	}, func(_ context.Context, in *guidePrintedIn) (*guidePrintedOut, error) {
		code, at, answers, err := a.asked(guideIn{in.Code, in.Place, in.Answers})
		if err != nil {
			return nil, err
		}
		p, err := a.Guide.Printed(code, at, answers, strings.Trim(in.Held, `W/"`))
		out := &guidePrintedOut{Status: http.StatusOK, Type: "application/pdf", Cache: "public, no-cache", Tag: `"` + p.Tag + `"`, Body: p.File}
		if p.File == nil {
			out.Status = http.StatusNotModified
		}
		return out, err
	})
}
