package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/gate"
	"bianmin/internal/paper"
	"bianmin/internal/problem"
	"bianmin/internal/rating"
)

type phoneIn struct {
	address string
	Body    struct {
		Phone string `json:"phone" maxLength:"30" doc:"a mobile number"`
	}
}

// Resolve keeps where the request comes from: codes are bounded by it.
func (c *phoneIn) Resolve(ctx huma.Context) []error {
	r, _ := humago.Unwrap(ctx)
	c.address = gate.Address(r)
	return nil
}

type mySignIn struct {
	address string
	Body    struct {
		Phone string `json:"phone" maxLength:"30" doc:"a mobile number"`
		Code  string `json:"code" maxLength:"20" doc:"the six digits of the newest message"`
	}
}

// Resolve keeps where the request comes from.
func (s *mySignIn) Resolve(ctx huma.Context) []error {
	r, _ := humago.Unwrap(ctx)
	s.address = gate.Address(r)
	return nil
}

type mySession struct {
	Cache string `header:"Cache-Control"`
	Body  struct {
		Token string `json:"token" doc:"send it as Authorization: Bearer, to the addresses under /api/v1/my alone"`
		Phone string `json:"phone" doc:"masked"`
	}
}

type myList struct {
	Limit int    `query:"limit" minimum:"1" maximum:"200" default:"20"`
	After string `query:"after" maxLength:"300" doc:"the next of the page before"`
}

type (
	minePageOut struct{ Body cases.MinePage }
	looksOut    struct{ Body cases.LookPage }
	mineOut     struct{ Body myCase }
	ownOut      struct{ Body rating.Own }
)

// myCase is a citizen's own case with what was said of it.
type myCase struct {
	cases.Mine
	Rating rating.Own `json:"rating"`
}

type myWithdraw struct {
	Number string `path:"number"`
	Key    string `header:"Idempotency-Key" required:"true" doc:"one for each intention; the same key and body give the same answer"`
	Body   struct {
		Version int64  `json:"version" minimum:"1" doc:"the version that you saw"`
		Reason  string `json:"reason"`
	}
}

type myQuestion struct {
	Number string `path:"number"`
	Key    string `header:"Idempotency-Key" required:"true" doc:"one for each intention; the same key and body give the same answer"`
	Body   struct {
		Text string `json:"text" doc:"at most 300 characters"`
	}
}

// RatingBody is what is said of how one was served.
type RatingBody struct {
	Grade int     `json:"grade" doc:"1 very good, 2 good, 3 fair, 4 bad, 5 very bad"`
	Words *string `json:"words,omitempty" nullable:"true" doc:"at most 500 characters"`
}

type myRating struct {
	Number string `path:"number"`
	Body   RatingBody
}

type followRating struct {
	address string
	Body    struct {
		RatingBody
		Number string `json:"number" maxLength:"60"`
		Last4  string `json:"phone_last4" maxLength:"10"`
	}
}

// Resolve keeps where the request comes from: wrong tries are counted by it.
func (f *followRating) Resolve(ctx huma.Context) []error {
	r, _ := humago.Unwrap(ctx)
	f.address = gate.Address(r)
	return nil
}

type nothing struct{}

func (a *API) registerMy() {
	operation(a, gate.Route{Permission: access.Public, Body: true}, huma.Operation{
		OperationID: "my-code", Method: http.MethodPost, Path: "/api/v1/my/codes", Summary: "发登录验证码", DefaultStatus: http.StatusAccepted,
		Description: "手机号办没办过事，回答都一样。一分钟一条，一小时 5 条。",
	}, func(ctx context.Context, in *phoneIn) (*nothing, error) {
		return nil, a.People.Ask(ctx, in.Body.Phone, in.address)
	})
	operation(a, gate.Route{Permission: access.Public, Body: true}, huma.Operation{
		OperationID: "my-sign-in", Method: http.MethodPost, Path: "/api/v1/my/sessions", Summary: "用验证码登录", DefaultStatus: http.StatusCreated,
	}, func(ctx context.Context, in *mySignIn) (*mySession, error) {
		token, who, err := a.People.SignIn(ctx, in.Body.Phone, in.Body.Code, in.address)
		if err != nil {
			return nil, err
		}
		out := &mySession{Cache: "no-store"}
		out.Body.Token, out.Body.Phone = token, who.Name
		return out, nil
	})
	operation(a, gate.Route{Permission: access.OwnCases}, huma.Operation{
		OperationID: "my-sign-out", Method: http.MethodDelete, Path: "/api/v1/my/sessions", Summary: "退出",
	}, func(ctx context.Context, in *signOut) (*nothing, error) {
		return nil, a.People.SignOut(ctx, actor(ctx), in.token)
	})
	operation(a, gate.Route{Permission: access.OwnCases}, huma.Operation{
		OperationID: "my-sign-out-everywhere", Method: http.MethodDelete, Path: "/api/v1/my/sessions/all", Summary: "所有设备都退出",
	}, func(ctx context.Context, _ *nothing) (*nothing, error) {
		_, err := a.People.SignOutEverywhere(ctx, actor(ctx))
		return nil, err
	})
	operation(a, gate.Route{Permission: access.OwnCases}, huma.Operation{
		OperationID: "my-cases", Method: http.MethodGet, Path: "/api/v1/my/cases", Summary: "我的办件",
	}, func(ctx context.Context, in *myList) (*minePageOut, error) {
		page, err := a.Cases.MyCases(ctx, actor(ctx), in.Limit, in.After)
		return &minePageOut{Body: page}, err
	})
	operation(a, gate.Route{Permission: access.OwnCases}, huma.Operation{
		OperationID: "my-looks", Method: http.MethodGet, Path: "/api/v1/my/looks", Summary: "谁看过我的信息",
		Description: "按办件翻页：一页是这些办件里的每一次查看。",
	}, func(ctx context.Context, in *myList) (*looksOut, error) {
		page, err := a.Cases.Looks(ctx, actor(ctx), in.Limit, in.After)
		return &looksOut{Body: page}, err
	})
	operation(a, gate.Route{Permission: access.OwnCases, OfCase: true}, huma.Operation{
		OperationID: "my-case", Method: http.MethodGet, Path: "/api/v1/my/cases/{number}", Summary: "我的一个办件",
	}, func(ctx context.Context, in *caseIn) (*mineOut, error) { return a.mine(ctx, in.Number, nil) })
	operation(a, gate.Route{Permission: access.OwnCases, OfCase: true, Body: true, Once: true}, huma.Operation{
		OperationID: "my-withdraw", Method: http.MethodPost, Path: "/api/v1/my/cases/{number}/withdraw", Summary: "撤回我的申请",
	}, func(ctx context.Context, in *myWithdraw) (*mineOut, error) {
		_, err := a.Cases.Do(ctx, actor(ctx), gate.Key(ctx), cases.Number(in.Number), in.Body.Version, cases.Withdraw{Reason: cases.Said(in.Body.Reason)})
		return a.mine(ctx, in.Number, err)
	})
	operation(a, gate.Route{Permission: access.AskAbout, OfCase: true, Body: true, Once: true}, huma.Operation{
		OperationID: "my-question", Method: http.MethodPost, Path: "/api/v1/my/cases/{number}/questions", Summary: "问一问",
	}, func(ctx context.Context, in *myQuestion) (*mineOut, error) {
		_, err := a.Cases.Do(ctx, actor(ctx), gate.Key(ctx), cases.Number(in.Number), 0, cases.Ask{Text: cases.Said(in.Body.Text)})
		return a.mine(ctx, in.Number, err)
	})
	operation(a, gate.Route{Permission: access.OwnCases, OfCase: true, Body: true}, huma.Operation{
		OperationID: "my-rating", Method: http.MethodPut, Path: "/api/v1/my/cases/{number}/rating", Summary: "评价",
	}, func(ctx context.Context, in *myRating) (*ownOut, error) {
		number := cases.Number(in.Number)
		if err := a.Ratings.Rate(ctx, actor(ctx), number, rating.Grade(in.Body.Grade), or(in.Body.Words, "")); err != nil {
			return nil, err
		}
		own, err := a.Ratings.Of(ctx, actor(ctx), number)
		return &ownOut{Body: own}, err
	})
	operation(a, gate.Route{Permission: access.OwnCases, OfCase: true}, huma.Operation{
		OperationID: "my-papers", Method: http.MethodGet, Path: "/api/v1/my/cases/{number}/papers", Summary: "我的办件的文书",
	}, func(ctx context.Context, in *caseIn) (*papersOut, error) {
		list, err := a.Papers.Of(ctx, actor(ctx), cases.Number(in.Number))
		return &papersOut{Body: list}, err
	})
	operation(a, gate.Route{Permission: access.OwnCases, OfCase: true}, huma.Operation{
		OperationID: "my-paper", Method: http.MethodGet, Path: "/api/v1/my/cases/{number}/papers/{paper}", Summary: "我的一份文书（PDF）",
		Responses: map[string]*huma.Response{"200": {Description: "the paper", Content: map[string]*huma.MediaType{"application/pdf": {Schema: &huma.Schema{Type: "string", Format: "binary"}}}}},
	}, func(ctx context.Context, in *paperIn) (*paperOut, error) {
		id, ok := paper.ParseID(in.Number + "-" + in.Paper)
		if !ok {
			return nil, problem.ErrNotFound
		}
		file, err := a.Papers.PDF(ctx, actor(ctx), id)
		return &paperOut{Type: "application/pdf", Cache: "no-store", Body: file}, err
	})
	a.registerPhotos()
	operation(a, gate.Route{Permission: access.Public, Body: true}, huma.Operation{
		OperationID: "follow-rating", Method: http.MethodPut, Path: "/api/v1/follow/rating", Summary: "不登录评价", DefaultStatus: http.StatusNoContent,
		Description: "凭办件编号和手机号后四位。连错和查进度一起数。",
	}, func(ctx context.Context, in *followRating) (*nothing, error) {
		b := in.Body
		return nil, a.Ratings.RateFollowed(ctx, b.Number, b.Last4, in.address, rating.Grade(b.Grade), or(b.Words, ""))
	})
}

// mine is the citizen's own case as it is now, unless what was done to it was refused.
func (a *API) mine(ctx context.Context, number string, refused error) (*mineOut, error) {
	if refused != nil {
		return nil, refused
	}
	m, err := a.Cases.Mine(ctx, actor(ctx), cases.Number(number))
	if err != nil {
		return nil, err
	}
	own, err := a.Ratings.Of(ctx, actor(ctx), cases.Number(number))
	return &mineOut{Body: myCase{Mine: m, Rating: own}}, err
}
