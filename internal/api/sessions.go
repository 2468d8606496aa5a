package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"bianmin/internal/access"
	"bianmin/internal/gate"
	"bianmin/internal/place"
)

type signIn struct {
	from access.From
	Body struct {
		Account  string `json:"account" maxLength:"60" pattern:"^[^\\x00-\\x1f\\x7f]*$"`
		Password string `json:"password" maxLength:"200"`
		Code     string `json:"code,omitempty" required:"false" maxLength:"40" doc:"the one-time code, or a recovery code, of an account that has a second factor"`
	}
}

// Resolve keeps where the request comes from: wrong tries are counted by it.
func (s *signIn) Resolve(ctx huma.Context) []error {
	r, _ := humago.Unwrap(ctx)
	s.from = gate.From(r)
	return nil
}

type session struct {
	Body struct {
		Token   string      `json:"token" doc:"send it as Authorization: Bearer"`
		Account string      `json:"account"`
		Name    string      `json:"name"`
		Role    access.Role `json:"role" enum:"agent,clerk,desk,head,unit,chief,supervisor,inspector,admin"`
		Place   place.Code  `json:"place"`
	}
}

type signOut struct{ token string }

// Resolve keeps the token that is to end.
func (s *signOut) Resolve(ctx huma.Context) []error {
	r, _ := humago.Unwrap(ctx)
	s.token = gate.Bearer(r)
	return nil
}

func (a *API) registerSessions() {
	operation(a, gate.Route{Permission: access.Public, Body: true}, huma.Operation{
		OperationID: "sign-in", Method: http.MethodPost, Path: "/api/v1/sessions", Summary: "登录", DefaultStatus: http.StatusCreated,
	}, func(ctx context.Context, in *signIn) (*session, error) {
		token, who, err := a.Access.SignInAtOnce(ctx, in.Body.Account, in.Body.Password, in.Body.Code, in.from)
		if err != nil {
			return nil, err
		}
		out := &session{}
		out.Body.Token, out.Body.Account, out.Body.Name, out.Body.Role, out.Body.Place = token, who.Account, who.Name, who.Role, who.Place
		return out, nil
	})
	operation(a, gate.Route{Permission: access.SignedIn}, huma.Operation{
		OperationID: "sign-out", Method: http.MethodDelete, Path: "/api/v1/sessions", Summary: "退出", DefaultStatus: http.StatusNoContent,
	}, func(ctx context.Context, in *signOut) (*struct{}, error) {
		return nil, a.Access.SignOut(ctx, actor(ctx), in.token)
	})
}
