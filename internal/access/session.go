package access

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"database/sql"
	"encoding/base64"
	"errors"
	"strings"
	"time"

	"bianmin/internal/access/internal/query"
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

// SignIn opens a session. A wrong account, a wrong password and a disabled account are one answer; after five wrong
// tries the same account from the same address waits.
func (s *Service) SignIn(ctx context.Context, account, password, address string) (token string, actor Actor, err error) {
	a, err := s.check(ctx, account, password, address)
	if err != nil {
		return "", Actor{}, err
	}
	token, err = s.open(ctx, a, address)
	return token, a.Actor(), err
}

// pair is what wrong tries are counted by: another address still enters, so that nobody can lock a colleague out.
func pair(account, address string) string { return account + "\x00" + address }

// check gives the account that the password opens. Tries of one pair are checked one after the other: sent all at once
// they would otherwise all pass the brake before the first is counted.
func (s *Service) check(ctx context.Context, account, password, address string) (Account, error) {
	key := pair(account, address)
	turn := s.tries.Turn(key)
	turn.Lock()
	defer turn.Unlock()
	now := s.wall.Now()
	if wait := s.tries.Wait(key, now); wait > 0 {
		return Account{}, pausedFor(wait)
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
		return Account{}, s.wrongTry(ctx, a, account, address, now)
	}
	s.tries.Succeeded(key)
	return a, nil
}

// Enter opens a session without a password: the demonstration's front page, which exists in the demonstration alone.
func (s *Service) Enter(ctx context.Context, account, address string) (token string, actor Actor, err error) {
	a, err := s.Account(ctx, account)
	if err == nil && a.Disabled {
		err = problem.ErrNotFound
	}
	if err != nil {
		return "", Actor{}, err
	}
	token, err = s.open(ctx, a, address)
	return token, a.Actor(), err
}

// open makes a session of an account that was checked, unless somebody disabled it or took its password away since.
func (s *Service) open(ctx context.Context, checked Account, address string) (string, error) {
	now := s.wall.Now()
	raw := make([]byte, 32)
	rand.Read(raw)
	token := base64.RawURLEncoding.EncodeToString(raw)
	sum := sha256.Sum256([]byte(token))
	return token, s.db.Write(ctx, func(ctx context.Context) error {
		a, err := s.Account(ctx, checked.Account)
		if err != nil {
			return err
		}
		if a.Disabled || a.password != checked.password {
			return errWrongPassword
		}
		err = s.store.q(ctx).OpenSession(ctx, query.OpenSessionParams{
			Token: sum[:], Account: a.Account, Since: now.UnixMicro(), Seen: now.UnixMicro()})
		if err != nil {
			return err
		}
		return s.change(ctx, a.Account, &a, KindSignedIn, fromAddress{address})
	})
}

type fromAddress struct {
	Address string `json:"address"`
}

// wrongTry counts the try; the one that begins the pause goes on record. Not so for an account without a password,
// which has nothing to be guessed: an entry would spend its one-time link, and anybody could do that to the first
// administrator.
func (s *Service) wrongTry(ctx context.Context, a Account, account, address string, now time.Time) error {
	if s.tries.Failed(pair(account, address), now) && a.password != "" {
		err := s.db.Write(ctx, func(ctx context.Context) error {
			a, err := s.Account(ctx, a.Account)
			if err != nil {
				return err
			}
			return s.change(ctx, a.Account, &a, KindPaused, fromAddress{address})
		})
		if err != nil {
			return err
		}
	}
	return errWrongPassword
}

func pausedFor(wait time.Duration) error {
	return &problem.Problem{Kind: problem.TooMany, Code: "too_many_tries",
		Facts: problem.Facts{"retry_after": int(wait/time.Second) + 1, "minutes": int(wait/time.Minute) + 1}}
}

// Authenticate gives who holds the token.
func (s *Service) Authenticate(ctx context.Context, token string) (Actor, error) {
	if token == "" {
		return Actor{}, errNoSession
	}
	sum := sha256.Sum256([]byte(token))
	row, err := s.store.q(ctx).Session(ctx, sum[:])
	if errors.Is(err, sql.ErrNoRows) {
		return Actor{}, errNoSession
	}
	if err != nil {
		return Actor{}, err
	}
	now := s.wall.Now()
	since, seen := time.UnixMicro(row.Since), time.UnixMicro(row.Seen)
	// A clock that was put back must not prolong a session: one from the future is over.
	if row.Disabled || now.Sub(since) >= sessionWhole || now.Sub(seen) >= sessionIdle || seen.Sub(now) > seenPace {
		return Actor{}, errNoSession
	}
	if now.Sub(seen) >= seenPace {
		s.touch(ctx, sum[:], now)
	}
	return Actor{Account: row.Account, Name: row.Name, Role: Role(row.Role), Place: place.Code(row.Place), Unit: row.Unit.String}, nil
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

// ForgetSessions drops the sessions that have ended by themselves.
func (s *Service) ForgetSessions(ctx context.Context) error {
	now := s.wall.Now()
	return s.db.Write(ctx, func(ctx context.Context) error {
		return s.store.q(ctx).ForgetSessions(ctx, query.ForgetSessionsParams{
			Since: now.Add(-sessionWhole).UnixMicro(), Seen: now.Add(-sessionIdle).UnixMicro()})
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
