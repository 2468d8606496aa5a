package work

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/gate"
	"bianmin/internal/problem"
	"bianmin/internal/web/ui"
	"bianmin/internal/words"
)

// mePage is one's own account.
type mePage struct {
	Chrome   ui.Chrome
	Said     string
	Refused  *refusal
	Errors   []ui.Mistake
	Account  string
	Name     string
	Post     string
	Factor   factorShown
	Password passwordForm
	Sessions sessionsShown
	SignIns  signInsShown
	Record   []recordLine
}

// factorShown is what an account has besides its password.
type factorShown struct {
	Needed, Has bool
	Code        string // since when; empty without one
	Passkeys    []passkeyShown
	Recovery    int
	New         *passkeyForm
	Own         bool // one's own, to be changed
	Reset       string
}

type passkeyShown struct{ Name, Since, Used, Remove string }

type passwordForm struct {
	Old, First, Again ui.Input
	Open              bool
}

// sessionsShown is where somebody is signed in.
type sessionsShown struct {
	Rows   []sessionRow
	EndAll string
	Own    bool
}

type sessionRow struct {
	Device, Address, Proof, Since, Seen string
	Own                                 bool
	End                                 string
}

// signInsShown is a part of the list of tries.
type signInsShown struct {
	Rows  []signInRow
	Next  string
	First string
	Kept  int
}

type signInRow struct {
	At, What, Proof, Device, Address string
	Good                             bool
}

type recordLine struct{ At, By, What string }

const signInRows = 20

func (s *Site) me(w http.ResponseWriter, r *http.Request) {
	page := mePage{}
	switch r.URL.Query().Get("done") {
	case "password":
		page.Said = "密码换好了，其他设备都退出了"
	case "sessions":
		page.Said = "其他设备都退出了"
	case "session":
		page.Said = "那台设备退出了"
	case "removed":
		page.Said = "去掉了，其他设备也退出了"
	case "factor":
		page.Said = "设好了，其他设备都退出了"
	}
	s.showMe(w, r, http.StatusOK, page)
}

func (s *Site) showMe(w http.ResponseWriter, r *http.Request, status int, page mePage) {
	actor, _ := gate.Actor(r.Context())
	ctx := r.Context()
	a, err := s.Access.Account(ctx, actor.Account)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	needed, err := s.Access.FactorRequired(ctx, a.Role)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	page.Account, page.Name, page.Post = a.Account, a.Name, access.SeatWords(s.Places, a.Seat())
	newForm := page.Factor.New
	page.Factor = s.factorShown(a, needed)
	page.Factor.Own = true
	if page.Factor.New = newForm; newForm == nil {
		page.Factor.New = s.passkeyNew(r, "/me/passkeys", "", "", nil)
	}
	for i, k := range a.Factors().Passkeys {
		page.Factor.Passkeys[i].Remove = "/me/passkeys/" + url.PathEscape(k.ID) + "/remove"
	}
	if page.Sessions, err = s.sessionsShown(r, a.Account, gate.Token(r), "/me/sessions"); err == nil {
		page.Sessions.Own = true
		page.SignIns, err = s.signInsShown(r, a.Account, "/me")
	}
	if err == nil {
		page.Record, err = s.recordShown(r, a.Account)
	}
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	if page.Password.Old.Name == "" {
		page.Password = passwordFormOf(nil)
	}
	page.Chrome = s.chrome(r, ui.ErrorTitle("我的账号", len(page.Errors)), "/me")
	s.render(w, r, status, meSheet(page))
}

func (s *Site) factorShown(a access.Account, needed bool) factorShown {
	f := factorShown{Needed: needed, Has: a.Factors().Has(), Recovery: len(a.Factors().Recovery)}
	if c := a.Factors().Code; c != nil {
		f.Code = ui.Moment(c.Since)
	}
	for _, k := range a.Factors().Passkeys {
		p := passkeyShown{Name: k.Name, Since: ui.Moment(k.Since), Used: "还没用过"}
		if !k.Used.IsZero() {
			p.Used = ui.Moment(k.Used)
		}
		f.Passkeys = append(f.Passkeys, p)
	}
	return f
}

func (s *Site) sessionsShown(r *http.Request, account, token, path string) (sessionsShown, error) {
	list, err := s.Access.Sessions(r.Context(), account, token)
	out := sessionsShown{EndAll: path + "/end"}
	for _, x := range list {
		row := sessionRow{Device: orNone(x.Device), Address: orNone(x.Address), Proof: x.Proof.Chinese(), Since: ui.Moment(x.Since), Seen: ui.Moment(x.Seen), Own: x.Own}
		if !x.Own {
			row.End = path + "/" + url.PathEscape(x.ID) + "/end"
		}
		out.Rows = append(out.Rows, row)
	}
	return out, err
}

// signInsShown is the part of the list before ?before, at path.
func (s *Site) signInsShown(r *http.Request, account, path string) (signInsShown, error) {
	var before time.Time
	if micros, err := strconv.ParseInt(r.URL.Query().Get("before"), 10, 64); err == nil && micros > 0 {
		before = time.UnixMicro(micros)
	}
	list, err := s.Access.SignIns(r.Context(), account, before, signInRows+1)
	out := signInsShown{Kept: access.SignInsKept}
	for i, x := range list {
		if i == signInRows {
			out.Next = path + "?" + url.Values{"before": {strconv.FormatInt(list[i-1].Before().UnixMicro(), 10)}}.Encode() + "#sign-ins"
			break
		}
		row := signInRow{At: ui.Moment(x.At), What: x.Outcome.Chinese(), Device: orNone(x.Device), Address: orNone(x.Address), Good: x.Outcome.Good()}
		if row.Good {
			row.Proof = x.Proof.Chinese()
		}
		out.Rows = append(out.Rows, row)
	}
	if !before.IsZero() {
		out.First = path + "#sign-ins"
	}
	return out, err
}

func (s *Site) recordShown(r *http.Request, account string) ([]recordLine, error) {
	list, err := s.Access.Record(r.Context(), account)
	lines := make([]recordLine, len(list))
	for i, l := range list {
		lines[i] = recordLine{At: ui.Moment(l.At), By: l.ByName, What: l.What}
	}
	return lines, err
}

func passwordFormOf(wrong []problem.Field) passwordForm {
	box := func(name, label, complete, hint string) ui.Input {
		return ui.Input{Name: name, Label: label, Type: "password", Autocomplete: complete, Max: 200, Hint: hint, Error: ui.ErrorAt(wrong, name)}
	}
	return passwordForm{Open: len(wrong) > 0, Old: box("old", "现在的密码", "current-password", ""),
		First: box("password", "新密码", "new-password", passwordHint), Again: box("again", "再写一遍", "new-password", "")}
}

func (s *Site) mePassword(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	posted, err := form(w, r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	if posted.Get("password") != posted.Get("again") {
		err = problem.WrongFields([]problem.Field{{Path: "again", Code: "different", Message: "两遍写的不一样"}})
	} else {
		err = s.Access.ChangePassword(r.Context(), actor, gate.Token(r), posted.Get("old"), posted.Get("password"), gate.From(r))
	}
	var p *problem.Problem
	switch {
	case err == nil:
		redirect(w, r, "/me?done=password")
	case errors.As(err, &p) && p.Kind == problem.Invalid:
		s.showMe(w, r, http.StatusUnprocessableEntity, mePage{Password: passwordFormOf(p.Fields), Errors: ui.Mistakes(p.Fields)})
	default:
		s.meRefused(w, r, err)
	}
}

// meRefused says on one's own page what was not done.
func (s *Site) meRefused(w http.ResponseWriter, r *http.Request, err error) {
	var p *problem.Problem
	if !errors.As(err, &p) || p.Kind != problem.Refused && p.Kind != problem.TooMany {
		s.Refuse(w, r, err)
		return
	}
	title, detail := words.Problem(p)
	s.showMe(w, r, statusFor(p), mePage{Refused: &refusal{Title: title, Detail: detail}})
}

// meCodePage shows a new generator of codes.
type meCodePage struct {
	Chrome ui.Chrome
	Code   codeForm
	Errors []ui.Mistake
}

func (s *Site) meCodeNew(w http.ResponseWriter, r *http.Request, _ url.Values) {
	actor, _ := gate.Actor(r.Context())
	s.showCodeNew(w, r, http.StatusOK, s.Access.OfferCode(actor.Account), nil)
}

func (s *Site) showCodeNew(w http.ResponseWriter, r *http.Request, status int, offer access.NewCode, wrong []problem.Field) {
	code, err := codeFormOf(offer, "/me/code", "", wrong)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	c := s.chrome(r, ui.ErrorTitle("设验证码", len(wrong)), "/me")
	c.Here = "/me"
	s.render(w, r, status, meCodeSheet(meCodePage{Chrome: c, Code: code, Errors: ui.Mistakes(wrong)}))
}

func (s *Site) meCodeSet(w http.ResponseWriter, r *http.Request, posted url.Values) {
	actor, _ := gate.Actor(r.Context())
	out, err := s.Access.SetCode(r.Context(), gate.Token(r), posted.Get("nonce"), posted.Get("code"), gate.From(r))
	var p *problem.Problem
	switch {
	case err == nil:
		s.meSet(w, r, out)
	case errors.As(err, &p) && p.Kind == problem.Invalid:
		s.showCodeNew(w, r, http.StatusUnprocessableEntity, s.Access.OfferedCode(actor.Account, posted.Get("nonce")), p.Fields)
	default:
		s.meRefused(w, r, err)
	}
}

// meSet shows the recovery codes that come with the first factor; else one's own page.
func (s *Site) meSet(w http.ResponseWriter, r *http.Request, out access.SetUp) {
	if len(out.Recovery) == 0 {
		redirect(w, r, "/me?done=factor")
		return
	}
	actor, _ := gate.Actor(r.Context())
	s.showRecovery(w, r, access.Account{Account: actor.Account}, "设好了，其他设备都退出了", out.Recovery, "/me")
}

func (s *Site) meCodeRemove(w http.ResponseWriter, r *http.Request, _ url.Values) {
	actor, _ := gate.Actor(r.Context())
	s.meRemoved(w, r, s.Access.RemoveCode(r.Context(), actor, gate.Token(r)))
}

func (s *Site) mePasskeyRemove(w http.ResponseWriter, r *http.Request, _ url.Values) {
	actor, _ := gate.Actor(r.Context())
	s.meRemoved(w, r, s.Access.RemovePasskey(r.Context(), actor, gate.Token(r), r.PathValue("passkey")))
}

func (s *Site) meRemoved(w http.ResponseWriter, r *http.Request, err error) {
	if err != nil {
		s.meRefused(w, r, err)
		return
	}
	redirect(w, r, "/me?done=removed")
}

func (s *Site) mePasskeyAdd(w http.ResponseWriter, r *http.Request, posted url.Values) {
	out, err := s.Access.AddPasskey(r.Context(), gate.Token(r), s.siteOrigin(r), posted.Get("ceremony"), posted.Get("name"), []byte(posted.Get("answer")), gate.From(r))
	if err == nil {
		s.meSet(w, r, out)
		return
	}
	wrong, passable := mistakesOf(err)
	if !passable {
		s.Refuse(w, r, err)
		return
	}
	page := mePage{Errors: ui.Mistakes(wrong)}
	for i := range page.Errors {
		page.Errors[i].ID = "passkey-name"
	}
	page.Factor.New = s.passkeyNew(r, "/me/passkeys", "", posted.Get("name"), wrong)
	s.showMe(w, r, http.StatusUnprocessableEntity, page)
}

func (s *Site) meRecovery(w http.ResponseWriter, r *http.Request, _ url.Values) {
	actor, _ := gate.Actor(r.Context())
	codes, err := s.Access.NewRecovery(r.Context(), actor)
	if err != nil {
		s.meRefused(w, r, err)
		return
	}
	s.showRecovery(w, r, access.Account{Account: actor.Account}, "换了一套恢复码，旧的都作废了", codes, "/me")
}

func (s *Site) meSessionEnd(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	if err := s.Access.EndSession(r.Context(), actor.Account, actor.Account, r.PathValue("session")); err != nil {
		s.Refuse(w, r, err)
		return
	}
	redirect(w, r, "/me?done=session#sessions")
}

func (s *Site) meSessionsEnd(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	if err := s.Access.EndSessions(r.Context(), actor.Account, actor.Account, gate.Token(r)); err != nil {
		s.Refuse(w, r, err)
		return
	}
	redirect(w, r, "/me?done=sessions#sessions")
}

func retryAfterText(p *problem.Problem) string { return fmt.Sprint(retryAfter(p)) }
