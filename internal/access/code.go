package access

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"encoding/hex"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"

	"bianmin/internal/problem"
)

// One-time codes as RFC 6238 has them and every program for them knows: SHA-1, six digits, half a minute; one step either
// way for a clock that is not quite right.
const (
	codeStep   = 30 * time.Second
	codeDrift  = 1
	codeDigits = 6
	secretSize = 20 // RFC 4226: as long as the hash
)

// codeIssuer names us in the program on the telephone.
const codeIssuer = "便民服务"

// secretOf is the secret of a generator. It is not kept: a key beside the data makes it of the account and a nonce, so
// that the database alone opens nothing, and there is nothing to seal anew when sealing keys change.
func (s *Service) secretOf(account, nonce string) string {
	var raw []byte
	for _, part := range []string{"1", "2"} {
		half, err := hex.DecodeString(s.box.Index("totp", account+"\x00"+nonce+"\x00"+part))
		if err != nil {
			panic(err) // Index gives hexadecimal digits
		}
		raw = append(raw, half...)
	}
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(raw[:secretSize])
}

// NewCode is a generator that is to be set up: Nonce comes back with the first code, Secret is typed where no camera
// reads Address.
type NewCode struct{ Nonce, Secret, Address string }

// OfferCode draws a fresh one; nothing is kept until SetCode.
func (s *Service) OfferCode(account string) NewCode { return s.codeOffered(account, rand.Text()) }

// OfferedCode is the one that was offered before, by its nonce.
func (s *Service) OfferedCode(account, nonce string) NewCode {
	if !nonceForm(nonce) {
		return s.OfferCode(account)
	}
	return s.codeOffered(account, nonce)
}

func (s *Service) codeOffered(account, nonce string) NewCode {
	c := NewCode{Nonce: nonce, Secret: s.secretOf(account, nonce)}
	v := url.Values{"secret": {c.Secret}, "issuer": {codeIssuer}, "period": {"30"}, "digits": {"6"}, "algorithm": {"SHA1"}}
	c.Address = "otpauth://totp/" + url.PathEscape(codeIssuer+":"+account) + "?" + strings.ReplaceAll(v.Encode(), "+", "%20")
	return c
}

// nonceForm holds for what rand.Text gives.
func nonceForm(s string) bool {
	return len(s) >= 26 && len(s) <= 64 && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == ""
}

// stepOf is which half minute's code this is: one of those around now and behind after, or none.
func stepOf(secret, code string, now time.Time, after int64) (step int64, ok bool) {
	code = plainDigits(code)
	present := now.Unix() / int64(codeStep/time.Second)
	for i := present - codeDrift; i <= present+codeDrift; i++ {
		want, err := hotp.GenerateCodeCustom(secret, uint64(max(i, 0)), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err == nil && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 && i > after {
			step, ok = i, true
		}
	}
	return step, ok
}

// plainDigits takes a code as people type it: with a blank in its middle, or in full width.
func plainDigits(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case r == ' ' || r == '\u3000' || r == '-':
			return -1
		}
		return r
	}, strings.TrimSpace(s))
}

func isCode(s string) bool {
	s = plainDigits(s)
	return len(s) == codeDigits && strings.Trim(s, "0123456789") == ""
}

// recoveryCount is how many recovery codes there are at first; each has 60 bits.
const (
	recoveryCount   = 10
	recoveryLength  = 12
	recoveryLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ" // Crockford's: none is taken for another
)

// newRecovery draws the codes as they are shown, once.
func newRecovery() []string {
	list := make([]string, recoveryCount)
	for i := range list {
		raw := make([]byte, recoveryLength)
		rand.Read(raw)
		for j := range raw {
			raw[j] = recoveryLetters[int(raw[j])%len(recoveryLetters)]
		}
		list[i] = string(raw[:4]) + "-" + string(raw[4:8]) + "-" + string(raw[8:])
	}
	return list
}

// recoveryOf is the keyed fingerprint by which a code is known again.
func (s *Service) recoveryOf(account, code string) string {
	code = strings.NewReplacer("O", "0", "I", "1", "L", "1").Replace(strings.ToUpper(plainDigits(code)))
	return s.box.Index("recovery", account+"\x00"+code)
}

// proofOf is what a code shows about an account: a one-time code, or a recovery code.
func (s *Service) proofOf(a Account, code string, now time.Time) (used, bool) {
	if isCode(code) {
		if a.Factors().Code == nil {
			return used{}, false
		}
		step, ok := stepOf(s.secretOf(a.Account, a.Factors().Code.Nonce), code, now, a.Factors().Code.Step)
		return used{With: ByCode, Step: step}, ok
	}
	if print := s.recoveryOf(a.Account, code); slices.Contains(a.Factors().Recovery, print) {
		return used{With: ByRecovery, Recovery: print}, true
	}
	return used{}, false
}

var errWrongCode = &problem.Problem{Kind: problem.Unauthenticated, Code: "wrong_code"}

// factorKey is what wrong codes are counted by. Whoever tries one has the password already, so no colleague is locked
// out by a stranger; and another address must not give five tries more.
func factorKey(account string) string { return "factor\x00" + account }

// codeChecked checks a code, counts wrong ones, and gives the account and what the code leaves behind.
func (s *Service) codeChecked(ctx context.Context, account, code string, from From) (Account, used, error) {
	key := factorKey(account)
	turn := s.tries.Turn(key)
	turn.Lock()
	defer turn.Unlock()
	now := s.wall.Now()
	if wait, err := s.tries.Wait(ctx, key, now); err != nil || wait > 0 {
		return Account{}, used{}, orElse(err, pausedFor(wait))
	}
	a, err := s.Account(ctx, account)
	if err != nil {
		return Account{}, used{}, err
	}
	if u, ok := s.proofOf(a, code, now); ok {
		s.tries.Succeeded(ctx, key)
		return a, u, nil
	}
	return Account{}, used{}, s.wrongFactor(ctx, account, key, from, now)
}

// wrongFactor counts a wrong code; the one that begins the pause goes on record.
func (s *Service) wrongFactor(ctx context.Context, account, key string, from From, now time.Time) error {
	return orElse(s.db.Write(ctx, func(ctx context.Context) error {
		pause, err := s.tries.Failed(ctx, key, now)
		if err != nil {
			return err
		}
		if !pause {
			return s.note(ctx, account, wrongCode, ByCode, from)
		}
		a, err := s.Account(ctx, account)
		if err != nil {
			return err
		}
		if err := s.note(ctx, account, paused, ByCode, from); err != nil {
			return err
		}
		return s.change(ctx, a.Account, &a, KindPaused, signedIn{Address: from.Address, used: used{With: ByCode}})
	}), errWrongCode)
}

// orElse is err, or what is answered when there is none.
func orElse(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

// SetUp is what came of setting a factor up: the recovery codes, shown once, with the first factor; and for whoever was
// let in only as far as setting it up, the session.
type SetUp struct {
	Recovery []string
	Door     Door
}

// SetCode takes a generator into use, shown by its first code. token is the session, which goes on; others end.
func (s *Service) SetCode(ctx context.Context, token, nonce, code string, from From) (SetUp, error) {
	account, stage, err := s.setter(ctx, token)
	if err != nil {
		return SetUp{}, err
	}
	step, ok := int64(0), false
	if nonceForm(nonce) {
		step, ok = stepOf(s.secretOf(account, nonce), code, s.wall.Now(), 0)
	}
	if !ok {
		return SetUp{}, problem.WrongFields([]problem.Field{{Path: "code", Code: "wrong_code", Message: "验证码不对。请照手机上现在显示的 6 位数字写，手机的时间也要准"}})
	}
	return s.setUp(ctx, account, token, stage, KindCodeSet, codeSet{Nonce: nonce, Step: step}, used{With: ByCode, Step: step}, from)
}

// setter gives who may set a factor up: not who still has to show the one that is there.
func (s *Service) setter(ctx context.Context, token string) (account string, stage Stage, err error) {
	account, stage, err = s.holder(ctx, token)
	if err == nil && stage == AtCode {
		err = errNoSession
	}
	return account, stage, err
}

// setUp adds a factor; with the first one come the recovery codes. Whoever had to set one up is let in by it, in the same
// transaction: nobody else who got as far as the password is.
func (s *Service) setUp(ctx context.Context, account, token string, stage Stage, kind string, data any, shown used, from From) (out SetUp, err error) {
	err = s.db.Write(ctx, func(ctx context.Context) error {
		out = SetUp{}
		a, err := s.Account(ctx, account)
		if err != nil {
			return err
		}
		if a.Disabled || stage == AtSetUp && a.Factors().Has() {
			return errNoSession // another was quicker
		}
		first := len(a.Factors().Recovery) == 0
		if err := s.change(ctx, account, &a, kind, data); err != nil {
			return err
		}
		if first {
			if out.Recovery, err = s.renewRecovery(ctx, &a); err != nil {
				return err
			}
		}
		if stage == In {
			return s.endOthers(ctx, account, token)
		}
		if err := s.store.q(ctx).EndSessions(ctx, account); err != nil {
			return err
		}
		out.Door, err = s.enter(ctx, &a, shown, from)
		return err
	})
	return out, err
}

// renewRecovery draws new recovery codes; those before open nothing any more.
func (s *Service) renewRecovery(ctx context.Context, a *Account) ([]string, error) {
	codes := newRecovery()
	prints := make([]string, len(codes))
	for i, c := range codes {
		prints[i] = s.recoveryOf(a.Account, c)
	}
	return codes, s.change(ctx, a.Account, a, KindRecoverySet, recoverySet{prints})
}

// NewRecovery draws new recovery codes for somebody who has a factor, and shows them once.
func (s *Service) NewRecovery(ctx context.Context, actor Actor) (codes []string, err error) {
	err = s.db.Write(ctx, func(ctx context.Context) error {
		a, err := s.Account(ctx, actor.Account)
		if err != nil {
			return err
		}
		if !a.Factors().Has() {
			return problem.Refuse("no_factor", nil)
		}
		codes, err = s.renewRecovery(ctx, &a)
		return err
	})
	return codes, err
}

// RemoveCode gives the generator up. Whoever needs a factor keeps one.
func (s *Service) RemoveCode(ctx context.Context, actor Actor, token string) error {
	return s.removeFactor(ctx, actor, token, KindCodeRemoved, struct{}{}, func(f Factors) (there, last bool) {
		return f.Code != nil, len(f.Passkeys) == 0
	})
}

// RemovePasskey takes a passkey away.
func (s *Service) RemovePasskey(ctx context.Context, actor Actor, token, id string) error {
	a, err := s.Account(ctx, actor.Account)
	if err != nil {
		return err
	}
	k, _ := a.Factors().Passkey(id)
	return s.removeFactor(ctx, actor, token, KindPasskeyRemoved, passkeyRemoved{ID: id, Name: k.Name}, func(f Factors) (there, last bool) {
		_, there = f.Passkey(id)
		return there, f.Code == nil && len(f.Passkeys) == 1
	})
}

func (s *Service) removeFactor(ctx context.Context, actor Actor, token, kind string, data any, look func(Factors) (there, last bool)) error {
	needed, err := s.needsFactor(ctx, actor.Role)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(ctx context.Context) error {
		a, err := s.Account(ctx, actor.Account)
		if err != nil {
			return err
		}
		there, last := look(a.Factors())
		switch {
		case !there:
			return problem.ErrNotFound
		case last && needed:
			return problem.Refuse("last_factor", nil)
		}
		if err := s.change(ctx, actor.Account, &a, kind, data); err != nil {
			return err
		}
		return s.endOthers(ctx, actor.Account, token)
	})
}

// ResetFactors takes away every factor of somebody else who lost them, and ends the sessions. Nobody does it for oneself:
// that would make the password enough.
func (s *Service) ResetFactors(ctx context.Context, by Actor, account string) error {
	if by.Account == account {
		return problem.Refuse("own_factors", nil)
	}
	return s.alter(ctx, by.Account, account, KindFactorsReset, func(_ context.Context, a *Account) error {
		if !a.Factors().Has() {
			return problem.Refuse("no_factor", nil)
		}
		return nil
	})
}
