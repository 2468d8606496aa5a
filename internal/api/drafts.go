package api

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/draft"
	"bianmin/internal/gate"
	"bianmin/internal/problem"
)

// draftView is a draft as its account reads it.
type draftView struct {
	ID      string            `json:"id"`
	Version int64             `json:"version" doc:"send it back with the next save"`
	Aside   bool              `json:"aside" doc:"put aside on purpose; else it was interrupted"`
	Since   string            `json:"since"`
	SavedAt string            `json:"saved_at"`
	Until   string            `json:"until" doc:"when it is forgotten"`
	Form    map[string]string `json:"form" doc:"as typed"`
}

type draftsOut struct {
	Cache string `header:"Cache-Control"`
	Body  struct {
		Drafts []draftView `json:"drafts"`
	}
}

type draftIn struct {
	ID string `path:"id" maxLength:"60"`
}

type draftOut struct {
	Cache string `header:"Cache-Control"`
	Body  draftView
}

type saveIn struct {
	ID   string `path:"id" maxLength:"60" doc:"drawn by whoever types; the key with which the application is filed later"`
	Body struct {
		Version int64             `json:"version" minimum:"0" doc:"that was read; 0 for a new one"`
		Aside   bool              `json:"aside,omitempty"`
		Form    map[string]string `json:"form"`
	}
}

func (a *API) registerDrafts() {
	operation(a, gate.Route{Permission: access.FileCase}, huma.Operation{
		OperationID: "drafts", Method: http.MethodGet, Path: "/api/v1/drafts", Summary: "没办完的（暂存）",
		Description: "只有自己的。最后一次存了 30 天以后就不留了。",
	}, func(ctx context.Context, _ *struct{}) (*draftsOut, error) {
		list, err := a.Drafts.List(ctx, actor(ctx).Account)
		out := &draftsOut{Cache: noStore}
		out.Body.Drafts = make([]draftView, len(list))
		for i, d := range list {
			out.Body.Drafts[i] = viewDraft(d)
		}
		return out, err
	})
	operation(a, gate.Route{Permission: access.FileCase}, huma.Operation{
		OperationID: "draft", Method: http.MethodGet, Path: "/api/v1/drafts/{id}", Summary: "一份暂存",
	}, func(ctx context.Context, in *draftIn) (*draftOut, error) {
		d, err := a.Drafts.Get(ctx, actor(ctx).Account, in.ID)
		return &draftOut{Cache: noStore, Body: viewDraft(d)}, err
	})
	operation(a, gate.Route{Permission: access.FileCase, Body: true}, huma.Operation{
		OperationID: "save-draft", Method: http.MethodPut, Path: "/api/v1/drafts/{id}", Summary: "暂存",
		Description: "别处存过较新的，不覆盖，答复 409 draft_newer；看过较新的再存。",
	}, func(ctx context.Context, in *saveIn) (*draftOut, error) {
		form := url.Values{}
		for name, value := range in.Body.Form {
			form.Set(name, value)
		}
		d, err := a.Drafts.Save(ctx, actor(ctx).Account, draft.Draft{ID: in.ID, Version: in.Body.Version, Aside: in.Body.Aside, Form: form})
		if p := (*problem.Problem)(nil); errors.As(err, &p) && p.Present != nil {
			newer, _ := p.Present.(draft.Draft)
			return nil, &problem.Problem{Kind: p.Kind, Code: p.Code, Facts: problem.Facts{"version": newer.Version, "saved_at": stamp(newer.Saved)}}
		}
		return &draftOut{Cache: noStore, Body: viewDraft(d)}, err
	})
	operation(a, gate.Route{Permission: access.FileCase}, huma.Operation{
		OperationID: "drop-draft", Method: http.MethodDelete, Path: "/api/v1/drafts/{id}", Summary: "删掉一份暂存", DefaultStatus: http.StatusNoContent,
	}, func(ctx context.Context, in *draftIn) (*struct{}, error) {
		return nil, a.Drafts.Drop(ctx, actor(ctx).Account, in.ID)
	})
}

// noStore keeps what was typed out of every cache.
const noStore = "no-store"

func viewDraft(d draft.Draft) draftView {
	v := draftView{ID: d.ID, Version: d.Version, Aside: d.Aside, Since: stamp(d.Since), SavedAt: stamp(d.Saved), Until: stamp(d.Until()), Form: map[string]string{}}
	for name := range d.Form {
		v.Form[name] = d.Form.Get(name)
	}
	return v
}

func stamp(t time.Time) string { return t.In(calendar.Shanghai).Format(time.RFC3339) }
