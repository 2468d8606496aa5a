package access

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"database/sql"
	"encoding/base64"
	"errors"
	"slices"
	"strings"
	"time"

	"bianmin/internal/access/internal/query"
	"bianmin/internal/brake"
	"bianmin/internal/place"
	"bianmin/internal/problem"
)

// A session ends after sessionWhole, or sessionIdle without a request (等保 三级).
const (
	sessionWhole = 8 * time.Hour
	sessionIdle  = 30 * time.Minute
	// seenPace is how stale the time of the last request may get: writing it at every one would make each read a
	// durable write.
	seenPace = time.Minute
)

// nobody's password is checked when the account does not exist, so that the two take the same time.
var nobody = HashPassword("nobody")

// triesPause is how long an account waits at an address after five wrong tries (等保 三级).
const triesPause = 30 * time.Minute

var errNoSession = &problem.Problem{Kind: problem.Unauthenticated, Code: "not_signed_in"}

var errWrongPassword = &problem.Problem{Kind: problem.Unauthenticated, Code: "wrong_password"}

// Stage is how far a session is.
type Stage string

// The stages. Only a session that is in lets anything be done; the two others go on to it or run out.
const (
	In      Stage = "in"
	AtCode  Stage = "code"  // the password was right; the second factor is still to be shown
	AtSetUp Stage = "setup" // the password was right; a second factor has to be set up first
)

// halfTime is how long somebody may take between the password and the second factor.
const halfTime = 10 * time.Minute

// From is where a request comes from: its address, and the device in plain words (see DeviceWords).
type From struct{ Address, Device string }

// Door is what somebody who signs in gets: a token, and how far it leads.
type Door struct {
	Token string
	Actor Actor
	Stage Stage
}

// SignIn opens a session. A wrong account, a wrong password and a disabled account are one answer; after five wrong
// tries the same account from the same address waits. Where a second factor is wanted, the password alone is a refusal.
func (s *Service) SignIn(ctx context.Context, account, password, address string) (token string, actor Actor, err error) {
	return s.SignInAtOnce(ctx, account, password, "", From{Address: address})
}

// SignInAtOnce opens a session by password and code together, as programs do.
func (s *Service) SignInAtOnce(ctx context.Context, account, password, code string, from From) (token string, actor Actor, err error) {
	a, stage, err := s.passwordShown(ctx, account, password, from)
	if err != nil {
		return "", Actor{}, err
	}
	u := used{With: ByPassword}
	switch {
	case stage == AtSetUp:
		return "", Actor{}, &problem.Problem{Kind: problem.Unauthenticated, Code: "factor_setup_needed"}
	case stage == AtCode && strings.TrimSpace(code) == "":
		return "", Actor{}, &problem.Problem{Kind: problem.Unauthenticated, Code: "factor_needed"}
	case stage == AtCode:
		hash := a.password
		if a, u, err = s.codeChecked(ctx, a.Account, code, from); err != nil {
			return "", Actor{}, err
		}
		if a.password != hash {
			return "", Actor{}, errWrongPassword
		}
	}
	door, err := s.open(ctx, a, u, from, nil)
	return door.Token, door.Actor, err
}

// Knock opens a session by a password as far as it leads: in, or to the second factor.
func (s *Service) Knock(ctx context.Context, account, password string, from From) (Door, error) {
	a, stage, err := s.passwordShown(ctx, account, password, from)
	if err != nil {
		return Door{}, err
	}
	return s.openAs(ctx, a, stage, used{With: ByPassword}, from)
}

// openAs opens a session that is in, or half of one.
func (s *Service) openAs(ctx context.Context, a Account, stage Stage, u used, from From) (Door, error) {
	if stage == In {
		return s.open(ctx, a, u, from, nil)
	}
	var door Door
	err := s.db.Write(ctx, func(ctx context.Context) (err error) {
		now, err := s.Account(ctx, a.Account)
		if err != nil {
			return err
		}
		if now.Disabled || now.password != a.password {
			return errWrongPassword
		}
		if now.Factors().Has() {
			stage = AtCode
		}
		door, err = s.keepSession(ctx, now, stage, u.With, from)
		return err
	})
	return door, err
}

// passwordShown gives the account that a password opens, and how far the password alone leads.
func (s *Service) passwordShown(ctx context.Context, account, password string, from From) (Account, Stage, error) {
	a, err := s.check(ctx, account, password, from)
	if err != nil {
		return Account{}, "", err
	}
	stage, err := s.stageOf(ctx, a)
	return a, stage, err
}

func (s *Service) stageOf(ctx context.Context, a Account) (Stage, error) {
	if a.Factors().Has() {
		return AtCode, nil
	}
	needed, err := s.needsFactor(ctx, a.Role)
	if needed {
		return AtSetUp, err
	}
	return In, err
}

// needsFactor says whether a role needs a second factor in this deployment.
func (s *Service) needsFactor(ctx context.Context, r Role) (bool, error) {
	if s.required == nil || !r.NeedsFactor() {
		return false, nil
	}
	return s.required(ctx)
}

// RequireFactors says whether the roles of NeedsFactor need one. Without it none does, as in tests of other things.
func (s *Service) RequireFactors(required func(context.Context) (bool, error)) { s.required = required }

// FactorRequired says whether this account needs a second factor.
func (s *Service) FactorRequired(ctx context.Context, r Role) (bool, error) {
	return s.needsFactor(ctx, r)
}

// Half gives who is between password and second factor, and at which stage.
func (s *Service) Half(ctx context.Context, token string) (Account, Stage, error) {
	account, stage, err := s.holder(ctx, token)
	if err != nil || stage == In {
		return Account{}, "", orElse(err, errNoSession)
	}
	a, err := s.Account(ctx, account)
	return a, stage, err
}

// ShowCode goes on from the password to the session by a code.
func (s *Service) ShowCode(ctx context.Context, token, code string, from From) (Door, error) {
	half, stage, err := s.Half(ctx, token)
	if err != nil || stage != AtCode {
		return Door{}, orElse(err, errNoSession)
	}
	a, u, err := s.codeChecked(ctx, half.Account, code, from)
	if err != nil {
		return Door{}, err
	}
	sum := sha256.Sum256([]byte(token))
	return s.open(ctx, a, u, from, func(ctx context.Context) error {
		// Whoever took the password away meanwhile took the half session, too.
		if _, err := s.store.q(ctx).HalfSession(ctx, sum[:]); err != nil {
			return errNoSession
		}
		return s.store.q(ctx).EndSession(ctx, sum[:])
	})
}

// holder gives whose a token is, in whichever stage.
func (s *Service) holder(ctx context.Context, token string) (account string, stage Stage, err error) {
	if actor, err := s.Authenticate(ctx, token); err == nil {
		return actor.Account, In, nil
	}
	sum := sha256.Sum256([]byte(token))
	row, err := s.store.q(ctx).HalfSession(ctx, sum[:])
	since := s.wall.Now().Sub(time.UnixMicro(row.Since))
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return "", "", errNoSession
	case err != nil:
		return "", "", err
	case Stage(row.Stage) == In || since >= halfTime || since < -seenPace:
		return "", "", errNoSession
	}
	return row.Account, Stage(row.Stage), nil
}

// pair is what wrong tries are counted by: another address still enters, so that nobody can lock a colleague out.
func pair(account, address string) string { return account + "\x00" + brake.Network(address) }

// check gives the account that the password opens. Tries of one pair are checked one after the other: sent all at once
// they would otherwise all pass the brake before the first is counted.
func (s *Service) check(ctx context.Context, account, password string, from From) (Account, error) {
	network := brake.Network(from.Address)
	if err := s.queue.join(network); err != nil {
		return Account{}, err
	}
	defer s.queue.leave(network)
	key := pair(account, from.Address)
	turn := s.tries.Turn(key)
	turn.Lock()
	defer turn.Unlock()
	now := s.wall.Now()
	if wait, err := s.tries.Wait(ctx, key, now); err != nil || wait > 0 {
		return Account{}, orElse(err, pausedFor(wait))
	}
	a, ok, err := s.store.account(ctx, account)
	if err != nil {
		return Account{}, err
	}
	stored := nobody
	if ok && a.password != "" {
		stored = a.password
	}
	if !checkPassword(stored, password) || !ok || a.Disabled || a.password == "" {
		return Account{}, s.wrongTry(ctx, a, account, from, now)
	}
	s.tries.Succeeded(ctx, key)
	return a, nil
}

// Enter opens a session without a password: the demonstration's front page, which exists in the demonstration alone.
// While it requires second factors, the roles that need one show it here, too.
func (s *Service) Enter(ctx context.Context, account string, from From) (Door, error) {
	a, err := s.Account(ctx, account)
	if err == nil && a.Disabled {
		err = problem.ErrNotFound
	}
	if err != nil {
		return Door{}, err
	}
	stage := In
	needed, err := s.needsFactor(ctx, a.Role)
	if err != nil {
		return Door{}, err
	}
	if needed {
		if stage, err = s.stageOf(ctx, a); err != nil {
			return Door{}, err
		}
	}
	return s.openAs(ctx, a, stage, used{With: ByDemo}, from)
}

// open makes a session of an account that was checked, unless somebody disabled it or took its password away since, or
// the code was used meanwhile. also is done in the same transaction.
func (s *Service) open(ctx context.Context, checked Account, u used, from From, also func(context.Context) error) (door Door, err error) {
	err = s.db.Write(ctx, func(ctx context.Context) error {
		a, err := s.Account(ctx, checked.Account)
		if err != nil {
			return err
		}
		if a.Disabled || a.password != checked.password {
			return errWrongPassword
		}
		if err := a.Factors().stillShows(u); err != nil {
			return err
		}
		if also != nil {
			if err := also(ctx); err != nil {
				return err
			}
		}
		door, err = s.enter(ctx, &a, u, from)
		return err
	})
	return door, err
}

// stillShows refuses a code that was used, or a passkey that was removed, since it was checked.
func (f Factors) stillShows(u used) error {
	switch u.With {
	case ByCode:
		if f.Code == nil || f.Code.Step >= u.Step {
			return errWrongCode
		}
	case ByRecovery:
		if !slices.Contains(f.Recovery, u.Recovery) {
			return errWrongCode
		}
	case ByPasskey:
		if _, ok := f.Passkey(u.Passkey); !ok {
			return errWrongPasskey
		}
	}
	return nil
}

// enter keeps the session and puts it on record.
func (s *Service) enter(ctx context.Context, a *Account, u used, from From) (Door, error) {
	door, err := s.keepSession(ctx, *a, In, u.With, from)
	if err != nil {
		return Door{}, err
	}
	if err := s.note(ctx, a.Account, signedInWell, u.With, from); err != nil {
		return Door{}, err
	}
	return door, s.change(ctx, a.Account, a, KindSignedIn, signedIn{Address: from.Address, used: u})
}

func (s *Service) keepSession(ctx context.Context, a Account, stage Stage, by Proof, from From) (Door, error) {
	now := s.wall.Now().UnixMicro()
	raw := make([]byte, 32)
	rand.Read(raw)
	token := base64.RawURLEncoding.EncodeToString(raw)
	sum := sha256.Sum256([]byte(token))
	return Door{Token: token, Actor: a.Actor(), Stage: stage}, s.store.q(ctx).OpenSession(ctx, query.OpenSessionParams{
		Token: sum[:], Account: a.Account, Since: now, Seen: now, ID: rand.Text(), Address: from.Address, Device: from.Device,
		Stage: string(stage), Proof: string(by), Confirmed: now})
}

// signedIn is the data of KindSignedIn, KindPaused and KindConfirmed.
type signedIn struct {
	Address string `json:"address"`
	used
}

// wrongTry counts the try; the one that begins the pause goes on record. Not so for an account without a password,
// which has nothing to be guessed: an entry would spend its one-time link, and anybody could do that to the first
// administrator.
func (s *Service) wrongTry(ctx context.Context, a Account, account string, from From, now time.Time) error {
	return orElse(s.db.Write(ctx, func(ctx context.Context) error {
		pause, err := s.tries.Failed(ctx, pair(account, from.Address), now)
		if err != nil || a.Account == "" {
			return err
		}
		if !pause || a.password == "" {
			return s.note(ctx, a.Account, wrongWhy(a), ByPassword, from)
		}
		a, err := s.Account(ctx, a.Account)
		if err != nil {
			return err
		}
		if err := s.note(ctx, a.Account, paused, ByPassword, from); err != nil {
			return err
		}
		return s.change(ctx, a.Account, &a, KindPaused, signedIn{Address: from.Address})
	}), errWrongPassword)
}

func pausedFor(wait time.Duration) error {
	return &problem.Problem{Kind: problem.TooMany, Code: "too_many_tries",
		Facts: problem.Facts{"retry_after": int(wait/time.Second) + 1, "minutes": int(wait/time.Minute) + 1}}
}

// Authenticate gives who holds the token.
func (s *Service) Authenticate(ctx context.Context, token string) (Actor, error) {
	row, err := s.session(ctx, token)
	if err != nil {
		return Actor{}, err
	}
	return Actor{Account: row.Account, Name: row.Name, Role: Role(row.Role), Place: place.Code(row.Place), Unit: row.Unit.String}, nil
}

// session gives the open session of a token, and notes that it was used.
func (s *Service) session(ctx context.Context, token string) (query.SessionRow, error) {
	if token == "" {
		return query.SessionRow{}, errNoSession
	}
	sum := sha256.Sum256([]byte(token))
	row, err := s.store.q(ctx).Session(ctx, sum[:])
	if errors.Is(err, sql.ErrNoRows) {
		return query.SessionRow{}, errNoSession
	}
	if err != nil {
		return query.SessionRow{}, err
	}
	now := s.wall.Now()
	if row.Disabled || Stage(row.Stage) != In || over(row.Since, row.Seen, now) {
		return query.SessionRow{}, errNoSession
	}
	if now.Sub(time.UnixMicro(row.Seen)) >= seenPace {
		s.touch(ctx, sum[:], now)
	}
	return row, nil
}

// over says that a session has ended by itself. A clock that was put back must not prolong one: a session from the future
// is over.
func over(sinceMicros, seenMicros int64, now time.Time) bool {
	since, seen := time.UnixMicro(sinceMicros), time.UnixMicro(seenMicros)
	return now.Sub(since) >= sessionWhole || now.Sub(seen) >= sessionIdle || seen.Sub(now) > seenPace
}

// touch notes the request. When it cannot be written the session merely ends earlier, so the request goes on.
func (s *Service) touch(ctx context.Context, sum []byte, now time.Time) {
	go func() {
		_ = s.db.Write(context.WithoutCancel(ctx), func(ctx context.Context) error {
			return s.store.q(ctx).Seen(ctx, query.SeenParams{Token: sum, Seen: now.UnixMicro()})
		})
	}()
}

// SignOut ends the session of the token, in every tab that holds it.
func (s *Service) SignOut(ctx context.Context, actor Actor, token string) error {
	sum := sha256.Sum256([]byte(token))
	return s.db.Write(ctx, func(ctx context.Context) error {
		a, err := s.Account(ctx, actor.Account)
		if err != nil {
			return err
		}
		if err := s.store.q(ctx).EndSession(ctx, sum[:]); err != nil {
			return err
		}
		return s.change(ctx, a.Account, &a, KindSignedOut, struct{}{})
	})
}

// ForgetSessions drops the sessions that have ended by themselves, challenges that have run out, and what is older in the
// list of sign-ins than it is kept.
func (s *Service) ForgetSessions(ctx context.Context) error {
	now := s.wall.Now()
	return s.db.Write(ctx, func(ctx context.Context) error {
		q := s.store.q(ctx)
		return errors.Join(
			q.ForgetSessions(ctx, query.ForgetSessionsParams{Since: now.Add(-sessionWhole).UnixMicro(), Seen: now.Add(-sessionIdle).UnixMicro()}),
			q.ForgetHalves(ctx, now.Add(-halfTime).UnixMicro()),
			q.ForgetChallenges(ctx, now.UnixMicro()),
			q.ForgetSignIns(ctx, now.AddDate(0, 0, -SignInsKept).UnixMicro()))
	})
}

func sameToken(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

func cutLast(s string, sep byte) (before, after string, found bool) {
	i := strings.LastIndexByte(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+1:], true
}

// ForgetTries drops the wrong tries that have run out.
func (s *Service) ForgetTries(ctx context.Context) error { return s.tries.Forget(ctx, s.wall.Now()) }
