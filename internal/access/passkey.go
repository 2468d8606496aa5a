package access

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"net"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"bianmin/internal/access/internal/query"
	"bianmin/internal/problem"
)

// ceremonyTime is how long a challenge can be answered.
const ceremonyTime = 5 * time.Minute

// passkeysMost is how many passkeys one account may have; the words of the refusal say it, too.
const passkeysMost = 10

// ceremonyPurpose is what a ceremony is sealed for.
const ceremonyPurpose = "passkey-ceremony"

// Ceremony is a challenge under way. Options go to the browser; Sealed comes back with its answer: nothing is kept of a
// challenge before it is answered, so that asking for many costs nobody anything.
type Ceremony struct {
	Options any    `json:"options"`
	Sealed  string `json:"ceremony"`
}

type ceremony struct {
	Session webauthn.SessionData `json:"session"`
	Account string               `json:"account,omitempty"`
	Until   time.Time            `json:"until"`
}

var errWrongPasskey = &problem.Problem{Kind: problem.Unauthenticated, Code: "wrong_passkey"}

// PasskeysAt says whether passkeys can be used under an origin (https://bianmin.example): browsers keep them by a name,
// not by a number.
func PasskeysAt(origin string) bool {
	u, err := url.Parse(origin)
	if err != nil || u.Hostname() == "" || net.ParseIP(u.Hostname()) != nil {
		return false
	}
	return u.Scheme == "https" || u.Hostname() == "localhost"
}

func relyingParty(origin string) (*webauthn.WebAuthn, error) {
	if !PasskeysAt(origin) {
		return nil, problem.Refuse("no_passkeys_here", nil)
	}
	u, err := url.Parse(origin)
	if err != nil {
		return nil, err
	}
	return webauthn.New(&webauthn.Config{RPID: u.Hostname(), RPDisplayName: codeIssuer, RPOrigins: []string{origin},
		AuthenticatorSelection: protocol.AuthenticatorSelection{ResidentKey: protocol.ResidentKeyRequirementRequired,
			RequireResidentKey: protocol.ResidentKeyRequired(), UserVerification: protocol.VerificationRequired}})
}

// passkeyUser shows the library an account, with the passkeys of one site.
type passkeyUser struct {
	Account
	host string
}

// WebAuthnID is the account's name: it is found by it when somebody signs in without typing it.
func (u passkeyUser) WebAuthnID() []byte          { return []byte(u.Account.Account) }
func (u passkeyUser) WebAuthnName() string        { return u.Account.Account }
func (u passkeyUser) WebAuthnDisplayName() string { return u.Name }
func (u passkeyUser) WebAuthnCredentials() (list []webauthn.Credential) {
	for _, k := range u.Factors().Passkeys {
		id, err := base64.RawURLEncoding.DecodeString(k.ID)
		if err != nil || k.Host != u.host {
			continue
		}
		list = append(list, webauthn.Credential{ID: id, PublicKey: k.Key, Flags: webauthn.NewCredentialFlags(protocol.AuthenticatorFlags(k.Flags)),
			Authenticator: webauthn.Authenticator{SignCount: k.Count}})
	}
	return list
}

// room refuses one more passkey when there are enough.
func (f Factors) room() error {
	if len(f.Passkeys) >= passkeysMost {
		return problem.Refuse("too_many_passkeys", nil)
	}
	return nil
}

// BeginPasskey asks the browser of whoever holds the session for a new passkey.
func (s *Service) BeginPasskey(ctx context.Context, token, origin string) (Ceremony, error) {
	account, _, err := s.setter(ctx, token)
	if err != nil {
		return Ceremony{}, err
	}
	a, err := s.Account(ctx, account)
	if err != nil {
		return Ceremony{}, err
	}
	if err := a.Factors().room(); err != nil {
		return Ceremony{}, err
	}
	rp, err := relyingParty(origin)
	if err != nil {
		return Ceremony{}, err
	}
	user := passkeyUser{a, rp.Config.RPID}
	options, session, err := rp.BeginRegistration(user, webauthn.WithExclusions(webauthn.Credentials(user.WebAuthnCredentials()).CredentialDescriptors()))
	if err != nil {
		return Ceremony{}, err
	}
	return s.sealed(options.Response, *session, account)
}

func (s *Service) sealed(options any, session webauthn.SessionData, account string) (Ceremony, error) {
	raw, err := json.Marshal(ceremony{Session: session, Account: account, Until: s.wall.Now().Add(ceremonyTime)})
	if err != nil {
		return Ceremony{}, err
	}
	return Ceremony{Options: options, Sealed: s.box.Seal(ceremonyPurpose, string(raw))}, nil
}

// unsealed gives the ceremony of a challenge that can still be answered.
func (s *Service) unsealed(text string) (c ceremony, err error) {
	raw, err := s.box.Open(ceremonyPurpose, text)
	if err != nil {
		return c, errWrongPasskey
	}
	if err := json.Unmarshal([]byte(raw), &c); err != nil || s.wall.Now().After(c.Until) {
		return c, errWrongPasskey
	}
	return c, nil
}

// spend takes a challenge: an answer that was overheard opens nothing a second time.
func (s *Service) spend(ctx context.Context, c ceremony) error {
	fresh, err := s.store.q(ctx).SpendChallenge(ctx, query.SpendChallengeParams{Challenge: c.Session.Challenge, Until: c.Until.UnixMicro()})
	if err == nil && fresh == 0 {
		err = errWrongPasskey
	}
	return err
}

// AddPasskey keeps the passkey that the browser made.
func (s *Service) AddPasskey(ctx context.Context, token, origin, sealed, name string, answer []byte, from From) (out SetUp, err error) {
	account, stage, err := s.setter(ctx, token)
	if err != nil {
		return SetUp{}, err
	}
	name = strings.TrimSpace(name)
	if name == "" || utf8.RuneCountInString(name) > 30 {
		return SetUp{}, problem.WrongFields([]problem.Field{{Path: "name", Code: "bad_name", Message: "请给它起个名字，最多 30 个字，例如“办公室电脑”"}})
	}
	c, err := s.unsealed(sealed)
	if err != nil || c.Account != account {
		return SetUp{}, errWrongPasskey
	}
	rp, err := relyingParty(origin)
	if err != nil {
		return SetUp{}, err
	}
	a, err := s.Account(ctx, account)
	if err != nil {
		return SetUp{}, err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(answer)
	if err != nil {
		return SetUp{}, errWrongPasskey
	}
	made, err := rp.CreateCredential(passkeyUser{a, rp.Config.RPID}, c.Session, parsed)
	if err != nil {
		return SetUp{}, errWrongPasskey
	}
	k := Passkey{ID: base64.RawURLEncoding.EncodeToString(made.ID), Name: name, Key: made.PublicKey, Host: rp.Config.RPID,
		Flags: byte(made.Flags.ProtocolValue()), Count: made.Authenticator.SignCount}
	err = s.db.Write(ctx, func(ctx context.Context) error {
		if err := s.spend(ctx, c); err != nil {
			return err
		}
		now, err := s.Account(ctx, account) // several may have been asked for at once
		if err == nil {
			err = now.Factors().room()
		}
		if err != nil {
			return err
		}
		out, err = s.setUp(ctx, account, token, stage, KindPasskeyAdded, k, used{With: ByPasskey, Passkey: k.ID, Count: k.Count, Flags: k.Flags}, from)
		return err
	})
	return out, err
}

// AskPasskey asks a browser for any passkey that it has for us: it says itself whose it is.
func (s *Service) AskPasskey(origin string) (Ceremony, error) {
	rp, err := relyingParty(origin)
	if err != nil {
		return Ceremony{}, err
	}
	options, session, err := rp.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return Ceremony{}, err
	}
	return s.sealed(options.Response, *session, "")
}

// passkeyChecked gives the account whose passkey answered, and what that leaves behind.
func (s *Service) passkeyChecked(ctx context.Context, origin, sealed string, answer []byte) (Account, used, ceremony, error) {
	no := func(err error) (Account, used, ceremony, error) { return Account{}, used{}, ceremony{}, err }
	c, err := s.unsealed(sealed)
	if err != nil || c.Account != "" {
		return no(errWrongPasskey)
	}
	rp, err := relyingParty(origin)
	if err != nil {
		return no(err)
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if err != nil {
		return no(errWrongPasskey)
	}
	var found Account
	var trouble error // of the storage, which is no wrong passkey
	_, made, err := rp.ValidatePasskeyLogin(func(_, handle []byte) (webauthn.User, error) {
		a, ok, err := s.store.account(ctx, string(handle))
		switch {
		case err != nil:
			trouble = err
			return nil, err
		case !ok || a.Disabled:
			return nil, errWrongPasskey
		}
		found = a
		return passkeyUser{a, rp.Config.RPID}, nil
	}, c.Session, parsed)
	switch {
	case trouble != nil:
		return no(trouble)
	case err != nil || made.Authenticator.CloneWarning:
		return no(errWrongPasskey)
	}
	return found, used{With: ByPasskey, Passkey: base64.RawURLEncoding.EncodeToString(made.ID), Count: made.Authenticator.SignCount,
		Flags: byte(made.Flags.ProtocolValue())}, c, nil
}

// SignInByPasskey opens a session by a passkey alone: it is two factors in one.
func (s *Service) SignInByPasskey(ctx context.Context, origin, sealed string, answer []byte, from From) (Door, error) {
	a, u, c, err := s.passkeyChecked(ctx, origin, sealed, answer)
	if err != nil {
		return Door{}, err
	}
	return s.open(ctx, a, u, from, func(ctx context.Context) error { return s.spend(ctx, c) })
}
