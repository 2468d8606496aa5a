package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/gate"
	"bianmin/internal/place"
	"bianmin/internal/rating"
	"bianmin/internal/sms"
)

type ratingsIn struct {
	Open  bool   `query:"open" doc:"bad ones that nobody has called back yet, the oldest first"`
	Worse int    `query:"worse" minimum:"0" maximum:"5" doc:"from this grade on"`
	Town  string `query:"town" maxLength:"12"`
	Limit int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
	After string `query:"after" maxLength:"100" doc:"the next of the page before"`
}

type ratingsOut struct{ Body rating.Page }

type callBackIn struct {
	Number string `path:"number"`
	Body   struct {
		Heard string `json:"heard" doc:"what the person said"`
		Done  string `json:"done" doc:"what was put right; the applicant reads it"`
	}
}

type messagesIn struct {
	State   string `query:"state" enum:"waiting,sending,sent,failed,kept"`
	Purpose string `query:"purpose" enum:"code,answer,progress"`
	Tail    string `query:"tail" maxLength:"4" doc:"the last four digits of the telephone"`
	Limit   int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
	After   string `query:"after" maxLength:"100" doc:"the next of the page before"`
}

type messagesOut struct{ Body sms.Page }

func (a *API) registerRatings() {
	operation(a, gate.Route{Permission: access.ReadRatings}, huma.Operation{
		OperationID: "ratings", Method: http.MethodGet, Path: "/api/v1/ratings", Summary: "评价列表",
	}, func(ctx context.Context, in *ratingsIn) (*ratingsOut, error) {
		page, err := a.Ratings.List(ctx, actor(ctx), rating.Filter{Open: in.Open, Worse: rating.Grade(in.Worse), Town: place.Code(in.Town), Limit: in.Limit, After: in.After})
		return &ratingsOut{Body: page}, err
	})
	operation(a, gate.Route{Permission: access.CallBack, OfCase: true, Body: true}, huma.Operation{
		OperationID: "call-back", Method: http.MethodPost, Path: "/api/v1/ratings/{number}/call", Summary: "记回访", DefaultStatus: http.StatusNoContent,
	}, func(ctx context.Context, in *callBackIn) (*nothing, error) {
		return nil, a.Ratings.CallBack(ctx, actor(ctx), cases.Number(in.Number), in.Body.Heard, in.Body.Done)
	})
	operation(a, gate.Route{Permission: access.ReadMessages}, huma.Operation{
		OperationID: "messages", Method: http.MethodGet, Path: "/api/v1/messages", Summary: "已发短信", Description: "谁看过，有记录。",
	}, func(ctx context.Context, in *messagesIn) (*messagesOut, error) {
		page, err := a.Messages.List(ctx, sms.Filter{State: sms.State(in.State), Purpose: sms.Purpose(in.Purpose), Tail: in.Tail, Limit: in.Limit, After: in.After})
		if err == nil {
			err = a.Access.Looked(ctx, actor(ctx), "messages", len(page.Messages))
		}
		return &messagesOut{Body: page}, err
	})
}
