package api

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/file"
	"bianmin/internal/gate"
	"bianmin/internal/problem"
	"bianmin/internal/tus"
)

// TusIn is what every request about an upload says.
type TusIn struct {
	Version string `header:"Tus-Resumable" doc:"1.0.0"`
}

func (in TusIn) check() error {
	if in.Version != tus.Version {
		return &problem.Problem{Kind: problem.Malformed, Code: "tus_version"}
	}
	return nil
}

// BeginIn is what is told of an upload before anything of it comes.
type BeginIn struct {
	TusIn
	Length   int64  `header:"Upload-Length" doc:"bytes of the whole file"`
	Metadata string `header:"Upload-Metadata" doc:"filename, material, and replaces (a file's number) or basket, each with its value in base64"`
}

type beginAtCaseIn struct {
	Number string `path:"number" doc:"610881101-2026-000421-7"`
	BeginIn
}

type beginOut struct {
	Status   int
	Version  string `header:"Tus-Resumable"`
	Location string `header:"Location"`
	Offset   int64  `header:"Upload-Offset"`
	Expires  string `header:"Upload-Expires"`
}

// UploadIn names an upload.
type UploadIn struct {
	Token string `path:"token" maxLength:"60"`
}

type offsetIn struct {
	UploadIn
	TusIn
}

type offsetOut struct {
	Status  int
	Version string `header:"Tus-Resumable"`
	Cache   string `header:"Cache-Control"`
	Offset  int64  `header:"Upload-Offset"`
	Length  int64  `header:"Upload-Length"`
	Expires string `header:"Upload-Expires"`
}

type pieceIn struct {
	UploadIn
	TusIn
	Offset  int64 `header:"Upload-Offset"`
	RawBody []byte
}

type pieceOut struct {
	Version string `header:"Tus-Resumable"`
	Offset  int64  `header:"Upload-Offset"`
	Expires string `header:"Upload-Expires"`
}

type uploadsIn struct {
	Basket string `query:"basket" maxLength:"200" doc:"what lies in this basket; what is on its way to a case, when left out"`
}

type uploadsOut struct {
	Body struct {
		Uploads []file.Upload `json:"uploads"`
	}
}

type oneFileIn struct {
	Number string `path:"number" doc:"610881101-2026-000421-7"`
	File   int    `path:"file" minimum:"1" doc:"1, 2, … in the case"`
}

type fileLooksOut struct {
	Body struct {
		Looks []file.Seen `json:"looks"`
	}
}

type optionsOut struct {
	Version    string `header:"Tus-Version"`
	Resumable  string `header:"Tus-Resumable"`
	Extensions string `header:"Tus-Extension"`
	Most       int64  `header:"Tus-Max-Size"`
}

func expires(t time.Time) string { return t.UTC().Format(http.TimeFormat) }

// beginning reads what is told of an upload before anything of it comes.
func (in BeginIn) beginning(number cases.Number) (file.Beginning, error) {
	if err := in.check(); err != nil {
		return file.Beginning{}, err
	}
	meta, err := tus.Metadata(in.Metadata)
	if err != nil {
		return file.Beginning{}, &problem.Problem{Kind: problem.Malformed, Code: "bad_request"}
	}
	replaces, _ := strconv.Atoi(meta["replaces"]) // none is 0, and so is what is no number
	return file.Beginning{Case: number, Basket: meta["basket"], Material: meta["material"], Replaces: replaces, Name: meta["filename"], Size: in.Length}, nil
}

func (a *API) begin(ctx context.Context, in BeginIn, number cases.Number) (*beginOut, error) {
	b, err := in.beginning(number)
	if err != nil {
		return nil, err
	}
	u, err := a.Files.Begin(ctx, file.Staff(actor(ctx)), b)
	return &beginOut{Status: http.StatusCreated, Version: tus.Version, Location: "/api/v1/uploads/" + u.Token, Expires: expires(u.Expires)}, err
}

func (a *API) registerFiles() {
	attach := gate.Route{Permission: access.AttachFile}
	protocol := "tus 1.0.0：先开一次上传，再分段传（每段最多 64 KB），断了用 HEAD 问传到哪里，从那里接着传；24 小时作废。"
	operation(a, gate.Route{Permission: access.Public}, huma.Operation{
		OperationID: "tus", Method: http.MethodOptions, Path: "/api/v1/uploads", Summary: "上传协议的版本", DefaultStatus: http.StatusNoContent,
	}, func(context.Context, *struct{}) (*optionsOut, error) {
		return &optionsOut{Version: tus.Version, Resumable: tus.Version, Extensions: tus.Extensions, Most: file.PictureMost}, nil
	})
	operation(a, gate.Route{Permission: access.AttachFile, OfCase: true}, huma.Operation{
		OperationID: "begin-upload", Method: http.MethodPost, Path: "/api/v1/cases/{number}/uploads", Summary: "给一件的材料传图片", Description: protocol,
		Responses: map[string]*huma.Response{"201": {Description: "begun"}},
	}, func(ctx context.Context, in *beginAtCaseIn) (*beginOut, error) {
		return a.begin(ctx, in.BeginIn, cases.Number(in.Number))
	})
	operation(a, attach, huma.Operation{
		OperationID: "begin-upload-in-basket", Method: http.MethodPost, Path: "/api/v1/uploads", Summary: "收件以前先传图片", Description: protocol,
		Responses: map[string]*huma.Response{"201": {Description: "begun"}},
	}, func(ctx context.Context, in *BeginIn) (*beginOut, error) { return a.begin(ctx, *in, "") })
	operation(a, attach, huma.Operation{
		OperationID: "uploads", Method: http.MethodGet, Path: "/api/v1/uploads", Summary: "没有传完的",
	}, func(ctx context.Context, in *uploadsIn) (*uploadsOut, error) {
		out, g := &uploadsOut{}, file.Staff(actor(ctx))
		var err error
		if in.Basket == "" {
			out.Body.Uploads, err = a.Files.OnTheWay(ctx, g)
		} else {
			out.Body.Uploads, err = a.Files.Basket(ctx, g, in.Basket)
		}
		return out, err
	})
	operation(a, attach, huma.Operation{
		OperationID: "upload-offset", Method: http.MethodHead, Path: "/api/v1/uploads/{token}", Summary: "传到哪里了", DefaultStatus: http.StatusOK,
	}, func(ctx context.Context, in *offsetIn) (*offsetOut, error) {
		if err := in.check(); err != nil {
			return nil, err
		}
		u, err := a.Files.Upload(ctx, file.Staff(actor(ctx)), in.Token)
		return &offsetOut{Status: http.StatusOK, Version: tus.Version, Cache: "no-store", Offset: u.Offset, Length: u.Size, Expires: expires(u.Expires)}, err
	})
	piece := &huma.RequestBody{Content: map[string]*huma.MediaType{tus.PieceType: {Schema: &huma.Schema{Type: "string", Format: "binary"}}}}
	operation(a, gate.Route{Permission: access.AttachFile, Raw: tus.PieceType, RawMost: file.PieceMost}, huma.Operation{
		OperationID: "upload-piece", Method: http.MethodPatch, Path: "/api/v1/uploads/{token}", Summary: "接着传一段", Description: protocol, DefaultStatus: http.StatusNoContent,
		RequestBody: piece,
	}, func(ctx context.Context, in *pieceIn) (*pieceOut, error) {
		if err := in.check(); err != nil {
			return nil, err
		}
		u, err := a.Files.Append(ctx, file.Staff(actor(ctx)), in.Token, in.Offset, in.RawBody)
		return &pieceOut{Version: tus.Version, Offset: u.Offset, Expires: expires(u.Expires)}, err
	})
	piece.Required = false // an empty piece asks once more for what could not be taken in
	operation(a, attach, huma.Operation{
		OperationID: "drop-upload", Method: http.MethodDelete, Path: "/api/v1/uploads/{token}", Summary: "不传了", DefaultStatus: http.StatusNoContent,
	}, func(ctx context.Context, in *UploadIn) (*struct{}, error) {
		return nil, a.Files.Drop(ctx, file.Staff(actor(ctx)), in.Token)
	})
	picture := map[string]*huma.Response{"200": {Description: "the file", Content: map[string]*huma.MediaType{"image/jpeg": {Schema: &huma.Schema{Type: "string", Format: "binary"}}, "application/pdf": {Schema: &huma.Schema{Type: "string", Format: "binary"}}}}}
	operation(a, gate.Route{Permission: access.SeeFile, OfCase: true}, huma.Operation{
		OperationID: "see-file", Method: http.MethodGet, Path: "/api/v1/cases/{number}/files/{file}", Summary: "看一张图片", Description: "谁看的、什么时候看的，会留下记录。", Responses: picture,
	}, func(ctx context.Context, in *oneFileIn) (*paperOut, error) {
		c, err := a.Files.Look(ctx, actor(ctx), cases.Number(in.Number), in.File, "download")
		return &paperOut{Type: string(c.Type), Cache: "no-store", Body: c.Bytes}, err
	})
	operation(a, gate.Route{Permission: access.SeeFile, OfCase: true}, huma.Operation{
		OperationID: "thumb", Method: http.MethodGet, Path: "/api/v1/cases/{number}/files/{file}/thumb", Summary: "图片的小样", Description: "小到看不清字，不算查看。",
		Responses: map[string]*huma.Response{"200": {Description: "the small picture", Content: map[string]*huma.MediaType{"image/jpeg": {Schema: &huma.Schema{Type: "string", Format: "binary"}}}}},
	}, func(ctx context.Context, in *oneFileIn) (*paperOut, error) {
		b, err := a.Files.Thumb(ctx, actor(ctx), cases.Number(in.Number), in.File)
		return &paperOut{Type: string(file.JPEG), Cache: "no-store", Body: b}, err
	})
	operation(a, gate.Route{Permission: access.AttachFile, OfCase: true}, huma.Operation{
		OperationID: "remove-file", Method: http.MethodDelete, Path: "/api/v1/cases/{number}/files/{file}", Summary: "删一张图片（收件以前）", DefaultStatus: http.StatusNoContent,
	}, func(ctx context.Context, in *oneFileIn) (*struct{}, error) {
		return nil, a.Files.Remove(ctx, actor(ctx), cases.Number(in.Number), in.File)
	})
	operation(a, gate.Route{Permission: access.ReadCases, OfCase: true}, huma.Operation{
		OperationID: "file-looks", Method: http.MethodGet, Path: "/api/v1/cases/{number}/looks", Summary: "谁看过图片",
	}, func(ctx context.Context, in *caseIn) (*fileLooksOut, error) {
		out := &fileLooksOut{}
		var err error
		out.Body.Looks, err = a.Files.Looks(ctx, actor(ctx), cases.Number(in.Number))
		return out, err
	})
}
