package access

import (
	"context"
	"crypto/sha256"
	"runtime"
	"testing"
	"time"

	"bianmin/internal/access/internal/query"
)

func TestASessionEndsAfterEightHours(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		token := b.signIn()
		for range 8*60/20 - 1 {
			b.wall.Add(20 * time.Minute)
			b.alive(token)
		}
		b.wall.Add(20*time.Minute - time.Microsecond)
		b.alive(token)
		b.wall.Add(time.Microsecond)
		if b.holds(token) {
			t.Error("it goes on after eight hours of work")
		}
	})
}

func TestASessionEndsAfterThirtyMinutesIdle(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		token := b.signIn()
		for range 3 {
			b.wall.Add(30*time.Minute - time.Microsecond)
			b.alive(token)
		}
		b.wall.Add(30 * time.Minute)
		if b.holds(token) {
			t.Error("it goes on after thirty minutes")
		}
	})
}

// alive uses the session and waits until the time of this request is noted.
func (b *base) alive(token string) {
	b.t.Helper()
	if !b.holds(token) {
		b.t.Fatalf("the session is over at %v", b.wall.Now())
	}
	sum := sha256.Sum256([]byte(token))
	ctx, cancel := context.WithTimeout(b.t.Context(), patience)
	defer cancel()
	for noted := false; !noted; runtime.Gosched() {
		row, err := b.store.q(ctx).Session(ctx, sum[:])
		if err != nil {
			b.t.Fatal(err)
		}
		noted = b.wall.Now().Sub(time.UnixMicro(row.Seen)) < seenPace
	}
}

func TestTheDemonstrationsClockEndsNoSession(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		token := b.signIn()
		for _, move := range []time.Duration{26 * time.Hour, 365 * 24 * time.Hour, -365 * 24 * time.Hour} {
			b.work.Add(move)
			if !b.holds(token) {
				t.Errorf("moved by %v: over", move)
			}
		}
		must(t, b.ForgetSessions(t.Context()))
		if !b.holds(token) {
			t.Error("it was forgotten")
		}
	})
}

func TestAClockPutBackDoesNotProlongASession(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		fresh := b.signIn()
		b.wall.Add(-2 * time.Hour)
		if b.holds(fresh) {
			t.Error("a session from the future")
		}
		old := b.signIn()
		for range 23 {
			b.wall.Add(20 * time.Minute)
			b.alive(old)
		}
		b.wall.Add(-4 * time.Hour) // with twenty minutes left
		if b.holds(old) {
			t.Error("it has four hours more")
		}
	})
}

// Clocks are set right by seconds all the time.
func TestAClockSetRightByAMomentEndsNothing(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		token := b.signIn()
		b.wall.Add(-seenPace)
		if !b.holds(token) {
			t.Error("over after a minute back")
		}
		b.wall.Add(-time.Microsecond)
		if b.holds(token) {
			t.Error("more than a minute back")
		}
	})
}

func TestASessionEndsAtOnce(t *testing.T) {
	for what, end := range map[string]func(b *base) error{
		"when the account is disabled": func(b *base) error { return b.Disable(b.t.Context(), "admin", clerk.Account) },
		"when the password is reset":   func(b *base) error { return b.Reset(b.t.Context(), "admin", clerk.Account) },
	} {
		t.Run(what, func(t *testing.T) {
			each(t, func(t *testing.T, b *base) {
				b.add(named("colleague"))
				first, second := b.signIn(), b.signIn()
				other, _, err := b.SignIn(t.Context(), "colleague", right, here)
				must(t, err)
				must(t, end(b))
				if b.holds(first) || b.holds(second) {
					t.Error("a session goes on")
				}
				if actor, err := b.Authenticate(t.Context(), other); err != nil || actor.Account != "colleague" {
					t.Errorf("the colleague's: %v", err)
				}
			})
		})
	}
}

// A row of a session that somebody puts back does not open a disabled account.
func TestADisabledAccountHasNoSession(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		must(t, b.Disable(t.Context(), "admin", clerk.Account))
		sum := sha256.Sum256([]byte("token"))
		err := b.db.Write(t.Context(), func(ctx context.Context) error {
			return b.store.q(ctx).OpenSession(ctx, query.OpenSessionParams{
				Token: sum[:], Account: clerk.Account, Since: b.wall.Now().UnixMicro(), Seen: b.wall.Now().UnixMicro()})
		})
		must(t, err)
		if b.holds("token") {
			t.Error("it holds")
		}
		must(t, b.Enable(t.Context(), "admin", clerk.Account))
		if b.holds("token") {
			t.Error("enabling brought it back")
		}
	})
}

func TestForgettingSessions(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		b.signIn()
		b.wall.Add(29 * time.Minute)
		young := b.signIn()
		must(t, b.ForgetSessions(t.Context()))
		if n := b.number(`SELECT COUNT(*) FROM sessions`); n != 2 {
			t.Errorf("%d sessions of 2", n)
		}
		b.wall.Add(2 * time.Minute)
		must(t, b.ForgetSessions(t.Context()))
		if n := b.number(`SELECT COUNT(*) FROM sessions`); n != 1 || !b.holds(young) {
			t.Errorf("%d sessions, want the younger", n)
		}
	})
}

// A session may outlive a request that could not be noted, but is not made by noting.
func TestNotingARequestAfterSigningOut(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		token := b.signIn()
		must(t, b.SignOut(t.Context(), clerk.Actor(), token))
		sum := sha256.Sum256([]byte(token))
		must(t, b.db.Write(t.Context(), func(ctx context.Context) error {
			return b.store.q(ctx).Seen(ctx, query.SeenParams{Token: sum[:], Seen: b.wall.Now().UnixMicro()})
		}))
		if b.holds(token) || b.number(`SELECT COUNT(*) FROM sessions`) != 0 {
			t.Error("the session is back")
		}
	})
}
