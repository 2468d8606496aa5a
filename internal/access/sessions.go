package access

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"slices"
	"time"

	"bianmin/internal/access/internal/query"
	"bianmin/internal/problem"
)

// Session is one device at which somebody is signed in.
type Session struct {
	ID      string    `json:"id"`
	Device  string    `json:"device"`
	Address string    `json:"address"`
	Proof   Proof     `json:"proof"`
	Since   time.Time `json:"since"`
	Seen    time.Time `json:"seen"`
	Own     bool      `json:"own" doc:"the one that asks"`
}

// Sessions lists where an account is signed in, the last used first. token marks the one that asks.
func (s *Service) Sessions(ctx context.Context, account, token string) ([]Session, error) {
	rows, err := s.store.q(ctx).SessionsOf(ctx, account)
	list := []Session{}
	sum := sha256.Sum256([]byte(token))
	for _, r := range rows {
		if over(r.Since, r.Seen, s.wall.Now()) {
			continue
		}
		list = append(list, Session{ID: r.ID, Device: r.Device, Address: r.Address, Proof: Proof(r.Proof), Since: s.shown(r.Since), Seen: s.shown(r.Seen),
			Own: string(r.Token) == string(sum[:])})
	}
	return list, err
}

// EndSession ends one session of an account, by its id.
func (s *Service) EndSession(ctx context.Context, by, account, id string) error {
	return s.db.Write(ctx, func(ctx context.Context) error {
		a, err := s.Account(ctx, account)
		if err != nil {
			return err
		}
		row, err := s.store.q(ctx).SessionByID(ctx, query.SessionByIDParams{Account: account, ID: id})
		if errors.Is(err, sql.ErrNoRows) {
			return problem.ErrNotFound
		}
		if err != nil {
			return err
		}
		if err := s.store.q(ctx).EndSessionByID(ctx, query.EndSessionByIDParams{Account: account, ID: id}); err != nil {
			return err
		}
		return s.change(ctx, by, &a, KindEnded, ended{Device: row.Device, Address: row.Address})
	})
}

// EndSessions ends every session of an account; with a token, every one but that.
func (s *Service) EndSessions(ctx context.Context, by, account, token string) error {
	return s.db.Write(ctx, func(ctx context.Context) error {
		a, err := s.Account(ctx, account)
		if err != nil {
			return err
		}
		if err := s.endOthers(ctx, account, token); err != nil {
			return err
		}
		return s.change(ctx, by, &a, KindEnded, ended{All: true})
	})
}

// endOthers ends every session of an account but that of the token.
func (s *Service) endOthers(ctx context.Context, account, token string) error {
	sum := sha256.Sum256([]byte(token))
	return s.store.q(ctx).EndOtherSessions(ctx, query.EndOtherSessionsParams{Account: account, Token: sum[:]})
}

// confirmTime is for how long a sign-in is enough for what is delicate: passwords, factors, roles.
const confirmTime = 10 * time.Minute

// Confirmed says whether the session showed lately who holds it. One that was opened without anything being asked (the
// demonstration's front page) cannot be asked for it later.
func (s *Service) Confirmed(ctx context.Context, token string) (bool, error) {
	row, err := s.session(ctx, token)
	if err != nil {
		return false, err
	}
	since := s.wall.Now().Sub(time.UnixMicro(row.Confirmed))
	return Proof(row.Proof) == ByDemo || since >= -seenPace && since < confirmTime, nil
}

// Confirm shows again who holds the session: by the password, or by a code.
func (s *Service) Confirm(ctx context.Context, token, secret string, from From) error {
	row, err := s.session(ctx, token)
	if err != nil {
		return err
	}
	a, err := s.Account(ctx, row.Account)
	if err != nil {
		return err
	}
	u := used{With: ByPassword}
	if a.Factors().Has() && (isCode(secret) || slices.Contains(a.Factors().Recovery, s.recoveryOf(a.Account, secret))) { // six digits are no password
		_, u, err = s.codeChecked(ctx, row.Account, secret, from)
	} else {
		_, err = s.check(ctx, row.Account, secret, from)
	}
	if err != nil {
		return asField(err, "confirm")
	}
	sum := sha256.Sum256([]byte(token))
	return s.db.Write(ctx, func(ctx context.Context) error {
		a, err := s.Account(ctx, row.Account)
		if err != nil {
			return err
		}
		if err := a.Factors().stillShows(u); err != nil {
			return asField(err, "confirm")
		}
		if err := s.store.q(ctx).Confirm(ctx, query.ConfirmParams{Token: sum[:], Confirmed: s.wall.Now().UnixMicro()}); err != nil {
			return err
		}
		return s.change(ctx, a.Account, &a, KindConfirmed, signedIn{Address: from.Address, used: u})
	})
}

// asField makes of a wrong password or code, which would end a session at the gate, a wrong field.
func asField(err error, path string) error {
	var p *problem.Problem
	if !errors.As(err, &p) || p.Kind != problem.Unauthenticated {
		return err
	}
	message := "密码不对，请再写一遍。连错 5 次要等 30 分钟"
	if p.Code == errWrongCode.Code {
		message = "验证码不对，请等下一个再写。连错 5 次要等 30 分钟"
	}
	return problem.WrongFields([]problem.Field{{Path: path, Code: p.Code, Message: message}})
}

// ChangePassword changes one's own password, and ends the sessions elsewhere.
func (s *Service) ChangePassword(ctx context.Context, actor Actor, token, old, fresh string, from From) error {
	if _, err := s.check(ctx, actor.Account, old, from); err != nil {
		return asField(err, "old")
	}
	if p := CheckNewPassword(actor.Account, fresh); p != nil {
		return p
	}
	if fresh == old {
		return problem.WrongFields([]problem.Field{{Path: "password", Code: "same", Message: "新密码和原来的一样，请换一个"}})
	}
	stored := HashPassword(fresh)
	return s.db.Write(ctx, func(ctx context.Context) error {
		a, err := s.Account(ctx, actor.Account)
		if err != nil {
			return err
		}
		if a.Disabled || a.password == "" {
			return errNoSession
		}
		a.password = stored
		if err := s.endOthers(ctx, a.Account, token); err != nil {
			return err
		}
		sum := sha256.Sum256([]byte(token))
		if err := s.store.q(ctx).Confirm(ctx, query.ConfirmParams{Token: sum[:], Confirmed: s.wall.Now().UnixMicro()}); err != nil {
			return err
		}
		return s.change(ctx, a.Account, &a, KindPasswordSet, passwordSet{Password: fingerprint(stored)})
	})
}
