package api

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"bianmin/internal/access"
	"bianmin/internal/gate"
	"bianmin/internal/problem"
)

// Caller is the session that makes a request, and where it comes from.
type Caller struct {
	token string
	from  access.From
}

// Resolve keeps them.
func (c *Caller) Resolve(ctx huma.Context) []error {
	r, _ := humago.Unwrap(ctx)
	c.token, c.from = gate.Bearer(r), gate.From(r)
	return nil
}

var errConfirm = &problem.Problem{Kind: problem.Forbidden, Code: "confirm_needed"}

// sure lets through what is delicate (passwords, factors, roles) when the sign-in is fresh.
func (a *API) sure(ctx context.Context, c Caller) error {
	fresh, err := a.Access.Confirmed(ctx, c.token)
	if err == nil && !fresh {
		err = errConfirm
	}
	return err
}

type sessionView struct {
	ID      string `json:"id"`
	Device  string `json:"device" doc:"in plain words, by what the browser says of itself"`
	Address string `json:"address"`
	Proof   string `json:"proof" enum:"password,totp,passkey,recovery,demo"`
	Since   string `json:"since"`
	Seen    string `json:"seen"`
	Own     bool   `json:"own" doc:"the one that asks"`
}

type sessionsOut struct {
	Body struct {
		Sessions []sessionView `json:"sessions"`
	}
}

func (a *API) sessionsOf(ctx context.Context, account, token string) (*sessionsOut, error) {
	list, err := a.Access.Sessions(ctx, account, token)
	out := &sessionsOut{}
	out.Body.Sessions = make([]sessionView, len(list))
	for i, s := range list {
		out.Body.Sessions[i] = sessionView{ID: s.ID, Device: s.Device, Address: s.Address, Proof: string(s.Proof), Since: stamp(s.Since), Seen: stamp(s.Seen), Own: s.Own}
	}
	return out, err
}

// SignInsIn asks for a part of the list of sign-ins.
type SignInsIn struct {
	Before int64 `query:"before" minimum:"0" doc:"the next of the page before"`
	Limit  int   `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

type signInView struct {
	At      string `json:"at"`
	Outcome string `json:"outcome" enum:"in,wrong_password,wrong_code,paused,disabled,no_password"`
	Words   string `json:"words"`
	Proof   string `json:"proof" enum:"password,totp,passkey,recovery,demo"`
	Device  string `json:"device"`
	Address string `json:"address"`
}

type signInsOut struct {
	Body struct {
		SignIns  []signInView `json:"sign_ins"`
		Next     *int64       `json:"next" nullable:"true"`
		KeptDays int          `json:"kept_days"`
	}
}

func (a *API) signInsOf(ctx context.Context, account string, in SignInsIn) (*signInsOut, error) {
	var before time.Time
	if in.Before > 0 {
		before = time.UnixMicro(in.Before)
	}
	list, err := a.Access.SignIns(ctx, account, before, in.Limit+1)
	out := &signInsOut{}
	out.Body.SignIns, out.Body.KeptDays = []signInView{}, access.SignInsKept
	for i, x := range list {
		if i == in.Limit {
			next := list[i-1].Before().UnixMicro()
			out.Body.Next = &next
			break
		}
		out.Body.SignIns = append(out.Body.SignIns, signInView{At: stamp(x.At), Outcome: string(x.Outcome), Words: x.Outcome.Chinese(), Proof: string(x.Proof),
			Device: x.Device, Address: x.Address})
	}
	return out, err
}

type passkeyView struct {
	ID    string  `json:"id"`
	Name  string  `json:"name"`
	Since string  `json:"since"`
	Used  *string `json:"used" nullable:"true"`
}

type factorView struct {
	Needed   bool          `json:"needed" doc:"this role signs in with a second factor only"`
	Code     *string       `json:"code_since" nullable:"true" doc:"since when one-time codes are set up"`
	Passkeys []passkeyView `json:"passkeys"`
	Recovery int           `json:"recovery_left"`
}

func (a *API) factorsOf(ctx context.Context, x access.Account) (factorView, error) {
	needed, err := a.Access.FactorRequired(ctx, x.Role)
	v := factorView{Needed: needed, Passkeys: []passkeyView{}, Recovery: len(x.Factors().Recovery)}
	if c := x.Factors().Code; c != nil {
		since := stamp(c.Since)
		v.Code = &since
	}
	for _, k := range x.Factors().Passkeys {
		p := passkeyView{ID: k.ID, Name: k.Name, Since: stamp(k.Since)}
		if !k.Used.IsZero() {
			used := stamp(k.Used)
			p.Used = &used
		}
		v.Passkeys = append(v.Passkeys, p)
	}
	return v, err
}

type recoveryOut struct {
	Body struct {
		Codes []string `json:"recovery_codes" doc:"shown once; empty when there were some before"`
	}
}

func recoveryOf(codes []string) *recoveryOut {
	out := &recoveryOut{}
	if out.Body.Codes = codes; codes == nil {
		out.Body.Codes = []string{}
	}
	return out
}

type confirmIn struct {
	Caller
	Body struct {
		Secret string `json:"secret" maxLength:"200" doc:"the password, or a one-time code"`
	}
}

type passwordIn struct {
	Caller
	Body struct {
		Old      string `json:"old" maxLength:"200"`
		Password string `json:"password" maxLength:"200"`
	}
}

type codeOut struct {
	Body struct {
		Nonce   string `json:"nonce" doc:"to be sent back with the first code"`
		Secret  string `json:"secret" doc:"base32, for a generator of codes (RFC 6238)"`
		Address string `json:"address" doc:"otpauth://, as a QR code says it"`
	}
}

type codeIn struct {
	Caller
	Body struct {
		Nonce string `json:"nonce" maxLength:"64"`
		Code  string `json:"code" maxLength:"20"`
	}
}

type callerIn struct{ Caller }

// Site is where the caller reaches the program: a passkey is made for one address.
type Site struct{ request *http.Request }

// Resolve keeps it.
func (s *Site) Resolve(ctx huma.Context) []error {
	s.request, _ = humago.Unwrap(ctx)
	return nil
}

type passkeyAskIn struct {
	Caller
	Site
}

type passkeyAskOut struct {
	Body struct {
		Options  map[string]any `json:"options" doc:"PublicKeyCredentialCreationOptionsJSON, for navigator.credentials.create"`
		Ceremony string         `json:"ceremony" doc:"to be sent back with the answer, within five minutes"`
	}
}

type passkeyIn struct {
	Caller
	Site
	Body struct {
		Name     string         `json:"name" maxLength:"200" doc:"by which its owner knows it: 办公室电脑"`
		Ceremony string         `json:"ceremony" maxLength:"8000"`
		Answer   map[string]any `json:"answer" doc:"RegistrationResponseJSON, as PublicKeyCredential.toJSON gives it"`
	}
}

// options are what WebAuthn names so, as a browser reads them.
func options(c access.Ceremony) (out map[string]any, err error) {
	raw, err := json.Marshal(c.Options)
	if err != nil {
		return nil, err
	}
	return out, json.Unmarshal(raw, &out)
}

type meOut struct {
	Body struct {
		AccountView
		Factors factorView `json:"factors"`
	}
}

func (a *API) registerMe() {
	me := func(method, path, id, summary string) huma.Operation {
		return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary}
	}
	nothing := func(op huma.Operation) huma.Operation {
		op.DefaultStatus = http.StatusNoContent
		return op
	}
	route, withBody := gate.Route{Permission: access.SignedIn}, gate.Route{Permission: access.SignedIn, Body: true}
	operation(a, route, me("GET", "/api/v1/me", "me", "我的账号"), func(ctx context.Context, _ *struct{}) (*meOut, error) {
		x, err := a.Access.Account(ctx, actor(ctx).Account)
		if err != nil {
			return nil, err
		}
		out := &meOut{}
		out.Body.AccountView = a.accountView(x)
		out.Body.Factors, err = a.factorsOf(ctx, x)
		return out, err
	})
	operation(a, withBody, nothing(me("POST", "/api/v1/sessions/confirm", "confirm", "再确认一次是本人")), func(ctx context.Context, in *confirmIn) (*struct{}, error) {
		return nil, a.Access.Confirm(ctx, in.token, in.Body.Secret, in.from)
	})
	operation(a, withBody, nothing(me("PUT", "/api/v1/me/password", "my-password", "换自己的密码")), func(ctx context.Context, in *passwordIn) (*struct{}, error) {
		return nil, a.Access.ChangePassword(ctx, actor(ctx), in.token, in.Body.Old, in.Body.Password, in.from)
	})
	operation(a, route, me("GET", "/api/v1/me/sessions", "my-sessions", "自己登录的设备"), func(ctx context.Context, in *callerIn) (*sessionsOut, error) {
		return a.sessionsOf(ctx, actor(ctx).Account, in.token)
	})
	operation(a, route, nothing(me("DELETE", "/api/v1/me/sessions", "end-my-sessions", "退出其他设备")), func(ctx context.Context, in *callerIn) (*struct{}, error) {
		return nil, a.Access.EndSessions(ctx, actor(ctx).Account, actor(ctx).Account, in.token)
	})
	operation(a, route, nothing(me("DELETE", "/api/v1/me/sessions/{session}", "end-my-session", "退出一台设备")), func(ctx context.Context, in *struct {
		Session string `path:"session" maxLength:"60"`
	}) (*struct{}, error) {
		return nil, a.Access.EndSession(ctx, actor(ctx).Account, actor(ctx).Account, in.Session)
	})
	operation(a, route, me("GET", "/api/v1/me/sign-ins", "my-sign-ins", "自己的登录记录"), func(ctx context.Context, in *SignInsIn) (*signInsOut, error) {
		return a.signInsOf(ctx, actor(ctx).Account, *in)
	})
	operation(a, route, me("GET", "/api/v1/me/record", "my-record", "自己账号的变动"), func(ctx context.Context, _ *struct{}) (*recordOut, error) {
		return a.recordOf(ctx, actor(ctx).Account)
	})
	operation(a, route, me("POST", "/api/v1/me/code", "offer-code", "要一个新的验证码种子"), func(ctx context.Context, in *callerIn) (*codeOut, error) {
		if err := a.sure(ctx, in.Caller); err != nil {
			return nil, err
		}
		offer, out := a.Access.OfferCode(actor(ctx).Account), &codeOut{}
		out.Body.Nonce, out.Body.Secret, out.Body.Address = offer.Nonce, offer.Secret, offer.Address
		return out, nil
	})
	operation(a, withBody, me("PUT", "/api/v1/me/code", "set-code", "设好手机验证码"), func(ctx context.Context, in *codeIn) (*recoveryOut, error) {
		if err := a.sure(ctx, in.Caller); err != nil {
			return nil, err
		}
		set, err := a.Access.SetCode(ctx, in.token, in.Body.Nonce, in.Body.Code, in.from)
		return recoveryOf(set.Recovery), err
	})
	operation(a, route, nothing(me("DELETE", "/api/v1/me/code", "remove-code", "去掉手机验证码")), func(ctx context.Context, in *callerIn) (*struct{}, error) {
		if err := a.sure(ctx, in.Caller); err != nil {
			return nil, err
		}
		return nil, a.Access.RemoveCode(ctx, actor(ctx), in.token)
	})
	operation(a, route, me("POST", "/api/v1/me/passkeys/options", "offer-passkey", "要一个新通行密钥的题目"), func(ctx context.Context, in *passkeyAskIn) (*passkeyAskOut, error) {
		if err := a.sure(ctx, in.Caller); err != nil {
			return nil, err
		}
		c, err := a.Access.BeginPasskey(ctx, in.token, gate.Origin(in.request, a.Public))
		if err != nil {
			return nil, err
		}
		out := &passkeyAskOut{}
		out.Body.Ceremony = c.Sealed
		out.Body.Options, err = options(c)
		return out, err
	})
	operation(a, withBody, me("POST", "/api/v1/me/passkeys", "add-passkey", "设好一个通行密钥"), func(ctx context.Context, in *passkeyIn) (*recoveryOut, error) {
		if err := a.sure(ctx, in.Caller); err != nil {
			return nil, err
		}
		answer, err := json.Marshal(in.Body.Answer)
		if err != nil {
			return nil, err
		}
		set, err := a.Access.AddPasskey(ctx, in.token, gate.Origin(in.request, a.Public), in.Body.Ceremony, in.Body.Name, answer, in.from)
		return recoveryOf(set.Recovery), err
	})
	operation(a, route, nothing(me("DELETE", "/api/v1/me/passkeys/{passkey}", "remove-passkey", "去掉一个通行密钥")), func(ctx context.Context, in *struct {
		Caller
		Passkey string `path:"passkey" maxLength:"1400"`
	}) (*struct{}, error) {
		if err := a.sure(ctx, in.Caller); err != nil {
			return nil, err
		}
		return nil, a.Access.RemovePasskey(ctx, actor(ctx), in.token, in.Passkey)
	})
	operation(a, route, me("POST", "/api/v1/me/recovery-codes", "new-recovery-codes", "换一套恢复码"), func(ctx context.Context, in *callerIn) (*recoveryOut, error) {
		if err := a.sure(ctx, in.Caller); err != nil {
			return nil, err
		}
		codes, err := a.Access.NewRecovery(ctx, actor(ctx))
		return recoveryOf(codes), err
	})
}
