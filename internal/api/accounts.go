package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"bianmin/internal/access"
	"bianmin/internal/gate"
	"bianmin/internal/place"
)

// AccountView is an account as lists give it.
type AccountView struct {
	Account   string      `json:"account"`
	Name      string      `json:"name"`
	Role      access.Role `json:"role" enum:"agent,clerk,desk,head,unit,chief,supervisor,inspector,admin"`
	RoleName  string      `json:"role_name"`
	Place     place.Code  `json:"place"`
	PlaceName string      `json:"place_name" doc:"of a unit its name there"`
	Unit      *string     `json:"unit" nullable:"true"`
	Disabled  bool        `json:"disabled"`
	Password  bool        `json:"has_password"`
	Factor    bool        `json:"has_factor"`
}

func (a *API) accountView(x access.Account) AccountView {
	v := AccountView{Account: x.Account, Name: x.Name, Role: x.Role, RoleName: x.Role.Chinese(), Place: x.Place, PlaceName: access.PlaceWords(a.Places, x.Seat()),
		Disabled: x.Disabled, Password: x.HasPassword(), Factor: x.Factors().Has()}
	if x.Unit != "" {
		v.Unit = &x.Unit
	}
	return v
}

type accountsIn struct {
	Q     string `query:"q" maxLength:"60" doc:"in the account, the name or the place"`
	Role  string `query:"role" enum:"agent,clerk,desk,head,unit,chief,supervisor,inspector,admin"`
	Place string `query:"place" maxLength:"12" doc:"a town and everything in it, or the city's centre itself"`
	State string `query:"state" enum:"open,no_password,disabled,no_factor"`
	Sort  string `query:"sort" enum:"account,name,role,place,state" default:"account"`
	Page  int    `query:"page" minimum:"1" default:"1"`
	Limit int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

type accountsOut struct {
	Body struct {
		Count    int           `json:"count"`
		Accounts []AccountView `json:"accounts"`
	}
}

// AccountIn is the account of an address.
type AccountIn struct {
	Account string `path:"account" maxLength:"60"`
}

type accountOut struct {
	Body struct {
		AccountView
		Factors factorView `json:"factors"`
	}
}

type newAccountIn struct {
	Caller
	Body struct {
		Account string `json:"account" maxLength:"60"`
		PostIn
	}
}

// PostIn is a person and a post.
type PostIn struct {
	Name  string  `json:"name" maxLength:"50"`
	Role  string  `json:"role" enum:"agent,clerk,desk,head,unit,chief,supervisor,inspector,admin"`
	Place string  `json:"place" maxLength:"12"`
	Unit  *string `json:"unit,omitempty" required:"false" nullable:"true" maxLength:"60"`
}

func (p PostIn) account(name string) access.Account {
	a := access.Account{Account: name, Name: p.Name, Role: access.Role(p.Role), Place: place.Code(p.Place)}
	if p.Unit != nil {
		a.Unit = *p.Unit
	}
	return a
}

type linkOut struct {
	Body struct {
		AccountView
		Token string `json:"token" doc:"opens /set-password?token=… once"`
	}
}

func (a *API) linkOf(ctx context.Context, account string) (*linkOut, error) {
	x, err := a.Access.Account(ctx, account)
	if err != nil {
		return nil, err
	}
	out := &linkOut{}
	out.Body.AccountView = a.accountView(x)
	out.Body.Token, err = a.Access.LinkToken(ctx, account)
	return out, err
}

type recordLineView struct {
	At     string `json:"at"`
	By     string `json:"by"`
	ByName string `json:"by_name"`
	Kind   string `json:"kind"`
	What   string `json:"what"`
}

type recordOut struct {
	Body struct {
		Record []recordLineView `json:"record"`
	}
}

func (a *API) recordOf(ctx context.Context, account string) (*recordOut, error) {
	list, err := a.Access.Record(ctx, account)
	out := &recordOut{}
	out.Body.Record = make([]recordLineView, len(list))
	for i, l := range list {
		out.Body.Record[i] = recordLineView{At: stamp(l.At), By: l.By, ByName: l.ByName, Kind: l.Kind, What: l.What}
	}
	return out, err
}

// OnAccount is what is done to an account.
type OnAccount struct {
	Caller
	Account string `path:"account" maxLength:"60"`
}

type seatView struct {
	Role      access.Role `json:"role" enum:"agent,clerk,desk,head,unit,chief,supervisor,inspector,admin"`
	RoleName  string      `json:"role_name"`
	Place     place.Code  `json:"place"`
	PlaceName string      `json:"place_name"`
	Unit      *string     `json:"unit" nullable:"true"`
	Holders   []holder    `json:"holders"`
	Empty     bool        `json:"empty" doc:"nobody sits there who can work"`
}

type holder struct {
	Account  string `json:"account"`
	Name     string `json:"name"`
	Disabled bool   `json:"disabled"`
}

type seatsIn struct {
	Place string `query:"place" maxLength:"12"`
	Role  string `query:"role" enum:"agent,clerk,desk,head,unit,chief,supervisor,inspector,admin"`
	Empty bool   `query:"empty" doc:"only those where nobody sits"`
}

type seatsOut struct {
	Body struct {
		Seats []seatView `json:"seats"`
	}
}

func (a *API) seats(ctx context.Context, in seatsIn) (*seatsOut, error) {
	all, err := a.Access.All(ctx)
	if err != nil {
		return nil, err
	}
	held := map[access.Seat][]access.Account{}
	for _, x := range all {
		held[x.Seat()] = append(held[x.Seat()], x)
	}
	out := &seatsOut{}
	out.Body.Seats = []seatView{}
	for _, seat := range access.Establishment(a.Places) {
		v := seatView{Role: seat.Role, RoleName: seat.Role.Chinese(), Place: seat.Place, PlaceName: access.PlaceWords(a.Places, seat), Holders: []holder{}, Empty: true}
		if seat.Unit != "" {
			v.Unit = &seat.Unit
		}
		for _, x := range held[seat] {
			v.Holders = append(v.Holders, holder{x.Account, x.Name, x.Disabled})
			v.Empty = v.Empty && x.Disabled
		}
		if access.InTown(seat.Place, place.Code(in.Place)) && (in.Role == "" || in.Role == string(seat.Role)) && (!in.Empty || v.Empty) {
			out.Body.Seats = append(out.Body.Seats, v)
		}
	}
	return out, nil
}

func (a *API) registerAccounts() {
	route, withBody := gate.Route{Permission: access.ManageAccounts}, gate.Route{Permission: access.ManageAccounts, Body: true}
	op := func(method, path, id, summary string, status int) huma.Operation {
		return huma.Operation{OperationID: id, Method: method, Path: "/api/v1/" + path, Summary: summary, DefaultStatus: status}
	}
	operation(a, route, op("GET", "accounts", "accounts", "账号", 0), func(ctx context.Context, in *accountsIn) (*accountsOut, error) {
		found, err := a.Access.Find(ctx, access.Query{Text: in.Q, Role: access.Role(in.Role), Place: place.Code(in.Place), State: in.State, Sort: in.Sort})
		out := &accountsOut{}
		out.Body.Count, out.Body.Accounts = len(found), []AccountView{}
		from := min((in.Page-1)*in.Limit, len(found))
		for _, x := range found[from:min(from+in.Limit, len(found))] {
			out.Body.Accounts = append(out.Body.Accounts, a.accountView(x))
		}
		return out, err
	})
	operation(a, withBody, op("POST", "accounts", "add-account", "加一个账号", http.StatusCreated), func(ctx context.Context, in *newAccountIn) (*linkOut, error) {
		if err := a.sure(ctx, in.Caller); err != nil {
			return nil, err
		}
		if err := a.Access.Add(ctx, actor(ctx).Account, in.Body.account(in.Body.Account), ""); err != nil {
			return nil, err
		}
		return a.linkOf(ctx, in.Body.Account)
	})
	operation(a, route, op("GET", "accounts/{account}", "account", "一个账号", 0), func(ctx context.Context, in *AccountIn) (*accountOut, error) {
		x, err := a.Access.Account(ctx, in.Account)
		if err != nil {
			return nil, err
		}
		out := &accountOut{}
		out.Body.AccountView = a.accountView(x)
		out.Body.Factors, err = a.factorsOf(ctx, x)
		return out, err
	})
	operation(a, withBody, op("PUT", "accounts/{account}", "change-account", "改姓名、岗位", 0), func(ctx context.Context, in *struct {
		OnAccount
		Body PostIn
	}) (*accountOut, error) {
		if err := a.sure(ctx, in.Caller); err != nil {
			return nil, err
		}
		if err := a.Access.Change(ctx, actor(ctx).Account, in.Body.account(in.Account)); err != nil {
			return nil, err
		}
		x, err := a.Access.Account(ctx, in.Account)
		if err != nil {
			return nil, err
		}
		out := &accountOut{}
		out.Body.AccountView = a.accountView(x)
		out.Body.Factors, err = a.factorsOf(ctx, x)
		return out, err
	})
	for id, x := range map[string]struct {
		summary string
		do      func(ctx context.Context, by, account string) error
	}{"disable": {"停用账号", a.Access.Disable}, "enable": {"启用账号", a.Access.Enable}} {
		operation(a, route, op("POST", "accounts/{account}/"+id, id+"-account", x.summary, http.StatusNoContent), func(ctx context.Context, in *OnAccount) (*struct{}, error) {
			if err := a.sure(ctx, in.Caller); err != nil {
				return nil, err
			}
			return nil, x.do(ctx, actor(ctx).Account, in.Account)
		})
	}
	operation(a, route, op("POST", "accounts/{account}/reset", "reset-password", "重设密码", 0), func(ctx context.Context, in *OnAccount) (*linkOut, error) {
		if err := a.sure(ctx, in.Caller); err != nil {
			return nil, err
		}
		if err := a.Access.Reset(ctx, actor(ctx).Account, in.Account); err != nil {
			return nil, err
		}
		return a.linkOf(ctx, in.Account)
	})
	operation(a, route, op("DELETE", "accounts/{account}/factors", "reset-factors", "清除登录验证", http.StatusNoContent), func(ctx context.Context, in *OnAccount) (*struct{}, error) {
		if err := a.sure(ctx, in.Caller); err != nil {
			return nil, err
		}
		return nil, a.Access.ResetFactors(ctx, actor(ctx), in.Account)
	})
	operation(a, route, op("GET", "accounts/{account}/sessions", "account-sessions", "登录的设备", 0), func(ctx context.Context, in *OnAccount) (*sessionsOut, error) {
		if _, err := a.Access.Account(ctx, in.Account); err != nil {
			return nil, err
		}
		return a.sessionsOf(ctx, in.Account, in.token)
	})
	operation(a, route, op("DELETE", "accounts/{account}/sessions", "end-account-sessions", "全部退出", http.StatusNoContent), func(ctx context.Context, in *AccountIn) (*struct{}, error) {
		return nil, a.Access.EndSessions(ctx, actor(ctx).Account, in.Account, "")
	})
	operation(a, route, op("DELETE", "accounts/{account}/sessions/{session}", "end-account-session", "退出一台设备", http.StatusNoContent), func(ctx context.Context, in *struct {
		AccountIn
		Session string `path:"session" maxLength:"60"`
	}) (*struct{}, error) {
		return nil, a.Access.EndSession(ctx, actor(ctx).Account, in.Account, in.Session)
	})
	operation(a, route, op("GET", "accounts/{account}/sign-ins", "account-sign-ins", "登录记录", 0), func(ctx context.Context, in *struct {
		AccountIn
		SignInsIn
	}) (*signInsOut, error) {
		if _, err := a.Access.Account(ctx, in.Account); err != nil {
			return nil, err
		}
		return a.signInsOf(ctx, in.Account, in.SignInsIn)
	})
	operation(a, route, op("GET", "accounts/{account}/record", "account-record", "账号的变动", 0), func(ctx context.Context, in *AccountIn) (*recordOut, error) {
		return a.recordOf(ctx, in.Account)
	})
	operation(a, route, op("GET", "seats", "seats", "岗位", 0), func(ctx context.Context, in *seatsIn) (*seatsOut, error) { return a.seats(ctx, *in) })
	if a.SetFactorRule != nil {
		operation(a, withBody, op("PUT", "demo/factor-rule", "factor-rule", "演示里要不要登录验证", http.StatusNoContent), func(ctx context.Context, in *struct {
			Caller
			Body struct {
				Required bool `json:"required"`
			}
		}) (*struct{}, error) {
			if err := a.sure(ctx, in.Caller); err != nil {
				return nil, err
			}
			return nil, a.SetFactorRule(ctx, actor(ctx), in.Body.Required)
		})
	}
}
