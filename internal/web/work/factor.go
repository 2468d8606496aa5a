package work

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"bianmin/internal/access"
	"bianmin/internal/gate"
	"bianmin/internal/problem"
	"bianmin/internal/web/ui"
	"bianmin/internal/words"
)

// stepPage asks for the second factor after the password.
type stepPage struct {
	Chrome  ui.Chrome
	Name    string
	Code    ui.Input
	Next    string
	Refused *refusal
	Errors  []ui.Mistake
	Passkey *passkeyForm
}

// setUpPage sets up the first factor of somebody who needs one.
type setUpPage struct {
	Chrome  ui.Chrome
	Role    string
	Code    codeForm
	Passkey *passkeyForm
	Errors  []ui.Mistake
}

// codeForm shows a generator of codes and takes its first one.
type codeForm struct {
	To, Nonce, Secret string
	Square            ui.Square
	Address           string
	Code              ui.Input
	Next              string
}

// passkeyForm has the browser make a passkey, or show one.
type passkeyForm struct {
	To, Next string
	Name     *ui.Input // of a new one
}

// recoveryPage shows recovery codes, once.
type recoveryPage struct {
	Chrome  ui.Chrome
	Said    string
	Account string
	Codes   []string
	Next    string
}

const passkeyOptions, passkeyAsk = "/passkeys/options", "/sign-in/passkey/options"

// siteOrigin is the address for which passkeys are made.
func (s *Site) siteOrigin(r *http.Request) string { return gate.Origin(r, s.Public) }

func (s *Site) passkeyGet(r *http.Request, next string) *passkeyForm {
	if !access.PasskeysAt(s.siteOrigin(r)) {
		return nil
	}
	return &passkeyForm{To: "/sign-in/passkey", Next: next}
}

func (s *Site) passkeyNew(r *http.Request, to, next, typed string, wrong []problem.Field) *passkeyForm {
	if !access.PasskeysAt(s.siteOrigin(r)) {
		return nil
	}
	name := typed
	if name == "" {
		name = strings.Replace(access.DeviceWords(r.UserAgent()), "，", " ", 1)
	}
	return &passkeyForm{To: to, Next: next, Name: &ui.Input{Name: "name", ID: "passkey-name", Label: "给它起个名字", Value: name, Max: 30, Error: ui.ErrorAt(wrong, "name")}}
}

// afterDoor sets the cookie of what was opened and goes where it leads.
func (s *Site) afterDoor(w http.ResponseWriter, r *http.Request, door access.Door, next string) {
	gate.SetCookie(w, r, door.Token)
	to := map[access.Stage]string{access.AtCode: "/sign-in/code", access.AtSetUp: "/sign-in/setup"}[door.Stage]
	if to == "" {
		redirect(w, r, s.onwards(r, next, door.Actor))
		return
	}
	if next = local(next); next != "/" {
		to += "?" + url.Values{"next": {next}}.Encode()
	}
	redirect(w, r, to)
}

// half gives who is between password and factor; whoever is not begins anew.
func (s *Site) half(w http.ResponseWriter, r *http.Request, want access.Stage) (access.Account, bool) {
	a, stage, err := s.Access.Half(r.Context(), gate.Token(r))
	var p *problem.Problem
	switch {
	case err == nil && stage == want:
		return a, true
	case err == nil || errors.As(err, &p) && p.Kind == problem.Unauthenticated:
		to := "/sign-in"
		if next := local(r.URL.Query().Get("next")); next != "/" {
			to += "?" + url.Values{"next": {next}}.Encode()
		}
		redirect(w, r, to)
	default:
		s.Refuse(w, r, err)
	}
	return access.Account{}, false
}

func (s *Site) stepPage(r *http.Request, a access.Account, next string) stepPage {
	if next != "" {
		next = local(next)
	}
	return stepPage{Chrome: s.chrome(r, "再验证一步", ""), Name: a.Name, Next: next, Passkey: s.passkeyGet(r, next),
		Code: ui.Input{Name: "code", Label: "验证码", Hint: "手机上现在显示的 6 位数字。手机不在身边，写一个恢复码", Autocomplete: "one-time-code", Max: 40, Focus: true}}
}

func (s *Site) signInCode(w http.ResponseWriter, r *http.Request) {
	if a, ok := s.half(w, r, access.AtCode); ok {
		s.render(w, r, http.StatusOK, stepSheet(s.stepPage(r, a, r.URL.Query().Get("next"))))
	}
}

func (s *Site) signInCodePost(w http.ResponseWriter, r *http.Request) {
	posted, err := form(w, r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	a, ok := s.half(w, r, access.AtCode)
	if !ok {
		return
	}
	page := s.stepPage(r, a, posted.Get("next"))
	if strings.TrimSpace(posted.Get("code")) == "" {
		page.Code.Error = "请写验证码"
		page.Errors = []ui.Mistake{{ID: ui.FieldID("code"), Message: page.Code.Error}}
		page.Chrome.Title, page.Code.Focus = ui.ErrorTitle("再验证一步", 1), false
		s.render(w, r, http.StatusUnprocessableEntity, stepSheet(page))
		return
	}
	door, err := s.Access.ShowCode(r.Context(), gate.Token(r), posted.Get("code"), gate.From(r))
	s.entered(w, r, door, page.Next, err, func(status int, no *problem.Problem) {
		title, detail := words.Problem(no)
		page.Refused, page.Code.Focus = &refusal{Title: title, Detail: detail}, false
		page.Chrome.Title = "错误：再验证一步，" + title
		s.render(w, r, status, stepSheet(page))
	})
}

// entered goes on after a door opened, or words why it did not.
func (s *Site) entered(w http.ResponseWriter, r *http.Request, door access.Door, next string, err error, refuse func(int, *problem.Problem)) {
	var p *problem.Problem
	switch {
	case err == nil:
		s.afterDoor(w, r, door, next)
	case errors.As(err, &p) && p.Code == "not_signed_in":
		redirect(w, r, "/sign-in")
	case errors.As(err, &p) && (p.Kind == problem.Unauthenticated || p.Kind == problem.Refused):
		refuse(http.StatusUnauthorized, p)
	case errors.As(err, &p) && p.Kind == problem.TooMany:
		w.Header().Set("Retry-After", retryAfterText(p))
		refuse(http.StatusTooManyRequests, p)
	default:
		s.Refuse(w, r, err)
	}
}

// passkeyOptionsPost gives the challenge for a new passkey to whoever may set one up.
func (s *Site) passkeyOptionsPost(w http.ResponseWriter, r *http.Request) {
	s.challenge(w, r, func(ctx context.Context) (access.Ceremony, error) {
		return s.Access.BeginPasskey(ctx, gate.Token(r), s.siteOrigin(r))
	})
}

// passkeyAskPost gives the challenge that any passkey for us can answer.
func (s *Site) passkeyAskPost(w http.ResponseWriter, r *http.Request) {
	s.challenge(w, r, func(context.Context) (access.Ceremony, error) { return s.Access.AskPasskey(s.siteOrigin(r)) })
}

func (s *Site) challenge(w http.ResponseWriter, r *http.Request, begin func(context.Context) (access.Ceremony, error)) {
	c, err := begin(r.Context())
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	raw, err := json.Marshal(c)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	h := ui.NoStore(w).Header()
	h.Set("Content-Type", "application/json")
	w.Write(raw)
}

// signInPasskey opens a session by a passkey.
func (s *Site) signInPasskey(w http.ResponseWriter, r *http.Request) {
	posted, err := form(w, r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	door, err := s.Access.SignInByPasskey(r.Context(), s.siteOrigin(r), posted.Get("ceremony"), []byte(posted.Get("answer")), gate.From(r))
	s.entered(w, r, door, posted.Get("next"), err, func(status int, no *problem.Problem) {
		page := s.signInPage(r, "", posted.Get("next"))
		page.refuse(no)
		s.render(w, r, status, signIn(page))
	})
}

func (s *Site) setUpPage(r *http.Request, a access.Account, next string, offer access.NewCode) (setUpPage, error) {
	code, err := codeFormOf(offer, "/sign-in/setup", next, nil)
	return setUpPage{Chrome: s.chrome(r, "先设登录验证", ""), Role: a.Role.Chinese(), Code: code, Passkey: s.passkeyNew(r, "/sign-in/setup/passkey", next, "", nil)}, err
}

func codeFormOf(offer access.NewCode, to, next string, wrong []problem.Field) (codeForm, error) {
	square, err := ui.SquareOf(offer.Address)
	return codeForm{To: to, Nonce: offer.Nonce, Secret: inFours(offer.Secret), Square: square, Address: offer.Address, Next: next,
		Code: ui.Input{Name: "code", Label: "手机上显示的 6 位数字", InputMode: "numeric", Autocomplete: "one-time-code", Max: 12, Small: true, Error: ui.ErrorAt(wrong, "code")}}, err
}

// inFours parts what is typed by hand into groups.
func inFours(s string) string {
	var parts []string
	for ; len(s) > 4; s = s[4:] {
		parts = append(parts, s[:4])
	}
	return strings.Join(append(parts, s), " ")
}

func (s *Site) signInSetUp(w http.ResponseWriter, r *http.Request) {
	a, ok := s.half(w, r, access.AtSetUp)
	if !ok {
		return
	}
	page, err := s.setUpPage(r, a, r.URL.Query().Get("next"), s.Access.OfferCode(a.Account))
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	s.render(w, r, http.StatusOK, setUpSheet(page))
}

func (s *Site) signInSetUpPost(w http.ResponseWriter, r *http.Request) {
	s.setUpBy(w, r, func(posted url.Values) (access.SetUp, error) {
		return s.Access.SetCode(r.Context(), gate.Token(r), posted.Get("nonce"), posted.Get("code"), gate.From(r))
	})
}

func (s *Site) signInSetUpPasskey(w http.ResponseWriter, r *http.Request) {
	s.setUpBy(w, r, func(posted url.Values) (access.SetUp, error) {
		return s.Access.AddPasskey(r.Context(), gate.Token(r), s.siteOrigin(r), posted.Get("ceremony"), posted.Get("name"), []byte(posted.Get("answer")), gate.From(r))
	})
}

// setUpBy sets up the first factor, lets in, and shows the recovery codes.
func (s *Site) setUpBy(w http.ResponseWriter, r *http.Request, set func(url.Values) (access.SetUp, error)) {
	posted, err := form(w, r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	a, ok := s.half(w, r, access.AtSetUp)
	if !ok {
		return
	}
	out, err := set(posted)
	if err == nil {
		gate.SetCookie(w, r, out.Door.Token)
		s.showRecovery(w, r, a, "登录验证设好了，登录了", out.Recovery, onwards(posted.Get("next"), a.Actor()))
		return
	}
	wrong, passable := mistakesOf(err)
	if !passable {
		s.Refuse(w, r, err)
		return
	}
	page, err := s.setUpPage(r, a, posted.Get("next"), s.Access.OfferedCode(a.Account, posted.Get("nonce")))
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	page.Code.Code.Error = ui.ErrorAt(wrong, "code")
	page.Passkey = s.passkeyNew(r, "/sign-in/setup/passkey", posted.Get("next"), posted.Get("name"), wrong)
	page.Errors, page.Chrome.Title = ui.Mistakes(wrong), ui.ErrorTitle("先设登录验证", len(wrong))
	s.render(w, r, http.StatusUnprocessableEntity, setUpSheet(page))
}

// mistakesOf gives what is to be said at the form: wrong fields, or a passkey that did not come right.
func mistakesOf(err error) ([]problem.Field, bool) {
	var p *problem.Problem
	switch {
	case !errors.As(err, &p):
		return nil, false
	case p.Kind == problem.Invalid:
		return p.Fields, true
	case p.Code == "wrong_passkey" || p.Kind == problem.Refused:
		title, detail := words.Problem(p)
		return []problem.Field{{Path: "name", Code: p.Code, Message: title + "，" + detail}}, true
	}
	return nil, false
}

func (s *Site) showRecovery(w http.ResponseWriter, r *http.Request, a access.Account, said string, codes []string, next string) {
	c := s.chrome(r, "恢复码", "")
	c.Here = "/me"
	s.render(w, r, http.StatusOK, recoverySheet(recoveryPage{Chrome: c, Said: said, Account: a.Account, Codes: codes, Next: next}))
}
