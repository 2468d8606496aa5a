package access

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"bianmin/internal/problem"
)

func TestSigningInAndOut(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		token, actor, err := b.SignIn(t.Context(), clerk.Account, right, here)
		must(t, err)
		if actor != clerk.Actor() || len(token) < 40 {
			t.Errorf("%+v with a token of %d characters", actor, len(token))
		}
		second := b.signIn()
		if second == token || !b.holds(token) || !b.holds(second) {
			t.Error("two sessions of one account do not stand side by side")
		}
		must(t, b.SignOut(t.Context(), actor, token))
		if b.holds(token) || !b.holds(second) {
			t.Error("signing out ended another session, or not this one")
		}
		if got, want := b.kinds(clerk.Account), []string{KindAdded, KindSignedIn, KindSignedIn, KindSignedOut}; !slices.Equal(got, want) {
			t.Errorf("the journal has %v, want %v", got, want)
		}
		list, err := b.journal.About(t.Context(), subjectOf(clerk.Account))
		must(t, err)
		if last := list[1]; !last.At.Equal(workTime) || last.Actor != clerk.Account || last.Place != "610881101000" || string(last.Data) != `{"address":"`+here+`","with":"password"}` {
			t.Errorf("the entry of signing in: %+v %s", last, last.Data)
		}
	})
}

func TestWhatIsNoSession(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		token := b.signIn()
		sum := sha256.Sum256([]byte(token))
		for what, other := range map[string]string{
			"nothing":         "",
			"another":         "x",
			"a character off": token[:len(token)-1] + "_",
			"one more":        token + "=",
			"what is stored":  string(sum[:]),
			"a null":          "\x00",
		} {
			if b.holds(other) {
				t.Errorf("%s is a session", what)
			}
		}
	})
}

// Who tries must not learn which accounts there are.
func TestEveryWrongTryHasTheSameAnswer(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		b.add(named("disabled"))
		must(t, b.Disable(t.Context(), "admin", "disabled"))
		must(t, b.Add(t.Context(), "admin", named("without"), ""))
		for what, try := range map[string][2]string{
			"a wrong password":              {clerk.Account, wrong},
			"no password":                   {clerk.Account, ""},
			"an unknown account":            {"nobody", wrong},
			"nobody and his password":       {"nobody", "nobody"},
			"a disabled account":            {"disabled", right},
			"an account without a password": {"without", ""},
			"the same, with nobody's":       {"without", "nobody"},
			"no account":                    {"", ""},
			"another case":                  {strings.ToUpper(clerk.Account), right},
			"a blank":                       {clerk.Account + " ", right},
			"a null":                        {"clerk\x00", right},
			"no UTF-8":                      {"clerk\xff", right},
			"a long name":                   {strings.Repeat("a", 100_000), right},
			"a quote":                       {"' OR 1=1 --", right},
		} {
			_, _, err := b.SignIn(t.Context(), try[0], try[1], here)
			var p *problem.Problem
			if !errors.As(err, &p) || p.Kind != problem.Unauthenticated || p.Code != "wrong_password" || p.Facts != nil || p.Fields != nil {
				t.Errorf("%s: %v", what, err)
			}
		}
	})
}

func TestManyRightTriesAtOnce(t *testing.T) {
	const tries = 24
	each(t, func(t *testing.T, b *base) {
		errs := make([]error, tries)
		var all sync.WaitGroup
		for i := range tries {
			all.Go(func() { _, _, errs[i] = b.SignIn(t.Context(), clerk.Account, right, here) })
		}
		all.Wait()
		if err := errors.Join(errs...); err != nil {
			t.Error(err)
		}
		if got := b.kinds(clerk.Account); len(got) != 1+tries {
			t.Errorf("%d entries", len(got))
		}
	})
}

// Between the check of the password and the opening of the session an administrator may act.
func TestASessionIsNotOpenedOnWhatChangedMeanwhile(t *testing.T) {
	for what, change := range map[string]func(ctx context.Context, b *base) error{
		"reset":    func(ctx context.Context, b *base) error { return b.Reset(ctx, "admin", clerk.Account) },
		"disabled": func(ctx context.Context, b *base) error { return b.Disable(ctx, "admin", clerk.Account) },
		"another password": func(ctx context.Context, b *base) error {
			if err := b.Reset(ctx, "admin", clerk.Account); err != nil {
				return err
			}
			token, err := b.LinkToken(ctx, clerk.Account)
			if err != nil {
				return err
			}
			_, err = b.SetPassword(ctx, token, "Xin-mi-ma-2")
			return err
		},
	} {
		t.Run(what, func(t *testing.T) {
			each(t, func(t *testing.T, b *base) {
				checked, err := b.Account(t.Context(), clerk.Account)
				must(t, err)
				must(t, change(t.Context(), b))
				if _, err := b.open(t.Context(), checked, used{With: ByPassword}, From{Address: here}, nil); code(err) != "wrong_password" {
					t.Errorf("the answer: %v", err)
				}
				if n := b.number(`SELECT COUNT(*) FROM sessions`); n != 0 {
					t.Errorf("%d sessions", n)
				}
			})
		})
	}
}

func TestEnteringWithoutAPassword(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		door, err := b.Enter(t.Context(), clerk.Account, From{Address: here})
		token, actor := door.Token, door.Actor
		must(t, err)
		if actor != clerk.Actor() || !b.holds(token) {
			t.Errorf("entered as %+v", actor)
		}
		must(t, b.Disable(t.Context(), "admin", clerk.Account))
		for _, account := range []string{clerk.Account, "nobody"} {
			if _, err := b.Enter(t.Context(), account, From{Address: here}); !errors.Is(err, problem.ErrNotFound) {
				t.Errorf("%s: %v", account, err)
			}
		}
	})
}

// What opens something stands nowhere: not the token, not the password; the hash only in its own column.
func TestSecretsStandNowhere(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		token := b.signIn()
		must(t, b.Reset(t.Context(), "admin", clerk.Account))
		link, err := b.LinkToken(t.Context(), clerk.Account)
		must(t, err)
		_, err = b.SetPassword(t.Context(), link, right)
		must(t, err)
		a, err := b.Account(t.Context(), clerk.Account)
		must(t, err)
		all, err := b.journal.BySubject(t.Context(), "", 0, 1000)
		must(t, err)
		if len(all) != 4 {
			t.Fatalf("%d entries", len(all))
		}
		_, secret, _ := strings.Cut(link, ".")
		for _, e := range all {
			for _, word := range append(strings.Split(a.password, "$")[4:], strings.Split(hashed, "$")[4], strings.Split(hashed, "$")[5], "argon2", token, right, secret) {
				if word == "" || strings.Contains(string(e.Data)+e.Actor+e.Subject+e.Place+e.OnBehalf, word) {
					t.Errorf("%s %d holds a secret: %s", e.Subject, e.Seq, e.Data)
				}
			}
		}
		if n := b.number(`SELECT COUNT(*) FROM sessions WHERE token = $1`, []byte(token)); n != 0 {
			t.Error("the token is stored as it is")
		}
		var set passwordSet
		must(t, json.Unmarshal(all[3].Data, &set))
		if set.Password != fingerprint(a.password) || len(set.Password) != 64 {
			t.Errorf("the fingerprint: %s", all[3].Data)
		}
	})
}
