package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/file"
	"bianmin/internal/gate"
)

// photoType is how a photograph or a PDF comes: what it is, is seen from its bytes.
const photoType = "application/octet-stream"

type photoIn struct {
	Number   string `path:"number" doc:"610881101-2026-000421-7"`
	Material string `query:"material" required:"true" maxLength:"200" doc:"one of those in photos of my case"`
	Name     string `query:"name" required:"true" maxLength:"200" doc:"what the file is called: 身份证.jpg"`
	Replaces int    `query:"replaces" minimum:"0" doc:"the n of the one in whose place it comes"`
	RawBody  []byte
}

// registerPhotos declares what applicants do with photographs of their own case's papers.
func (a *API) registerPhotos() {
	picture := map[string]*huma.MediaType{photoType: {Schema: &huma.Schema{Type: "string", Format: "binary"}}}
	operation(a, gate.Route{Permission: access.SendFile, OfCase: true, Raw: photoType, RawMost: file.PictureMost}, huma.Operation{
		OperationID: "my-photo", Method: http.MethodPost, Path: "/api/v1/my/cases/{number}/photos", Summary: "拍照交一份材料", Description: "受理以前能交，照片或者 PDF。",
		DefaultStatus: http.StatusCreated, RequestBody: &huma.RequestBody{Content: picture, Required: true},
	}, func(ctx context.Context, in *photoIn) (*mineOut, error) {
		_, err := a.Files.Put(ctx, actor(ctx), cases.Number(in.Number), file.For{Material: in.Material, Replaces: in.Replaces}, in.Name, in.RawBody)
		return a.mine(ctx, in.Number, err)
	})
	operation(a, gate.Route{Permission: access.SendFile, OfCase: true}, huma.Operation{
		OperationID: "my-photo-thumb", Method: http.MethodGet, Path: "/api/v1/my/cases/{number}/photos/{file}", Summary: "自己交的一张的小样",
		Responses: map[string]*huma.Response{"200": {Description: "the small picture", Content: map[string]*huma.MediaType{"image/jpeg": {Schema: &huma.Schema{Type: "string", Format: "binary"}}}}},
	}, func(ctx context.Context, in *oneFileIn) (*paperOut, error) {
		b, err := a.Files.OwnThumb(ctx, actor(ctx), cases.Number(in.Number), in.File)
		return &paperOut{Type: string(file.JPEG), Cache: "no-store", Body: b}, err
	})
	operation(a, gate.Route{Permission: access.SendFile, OfCase: true}, huma.Operation{
		OperationID: "my-photo-remove", Method: http.MethodDelete, Path: "/api/v1/my/cases/{number}/photos/{file}", Summary: "删掉自己交的一张（收件以前）", DefaultStatus: http.StatusNoContent,
	}, func(ctx context.Context, in *oneFileIn) (*nothing, error) {
		return nil, a.Files.Remove(ctx, actor(ctx), cases.Number(in.Number), in.File)
	})
}
