package access

import (
	"context"
	"encoding/base32"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"
	"pgregory.net/rapid"
)

var (
	head   = Account{Account: "head-610881101", Name: "王占山", Role: Head, Place: "610881101000"}
	theTop = Account{Account: "admin", Name: "王秀芳", Role: Admin, Place: "610881000000"}
	office = From{Address: here, Device: "谷歌浏览器，Windows 电脑"}
)

// strict is the room where the powerful need a factor, with a head.
func strict(t *testing.T, f func(t *testing.T, b *base)) {
	each(t, func(t *testing.T, b *base) {
		b.RequireFactors(func(context.Context) (bool, error) { return true, nil })
		b.add(head)
		b.add(theTop)
		f(t, b)
		b.replays()
	})
}

// codeAt is what the telephone shows.
func codeAt(t testing.TB, secret string, at time.Time) string {
	t.Helper()
	code, err := totp.GenerateCode(secret, at)
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// withCode is somebody who has set up codes: the secret, the recovery codes, and the session.
func (b *base) withCode(account string) (secret string, recovery []string, token string) {
	b.t.Helper()
	door, err := b.Knock(b.t.Context(), account, right, office)
	must(b.t, err)
	offer := b.OfferCode(account)
	out, err := b.SetCode(b.t.Context(), door.Token, offer.Nonce, codeAt(b.t, offer.Secret, b.wall.Now()), office)
	must(b.t, err)
	if out.Door.Token != "" {
		door = out.Door
	}
	return offer.Secret, out.Recovery, door.Token
}

// TestCodesAreThoseOfTheStandard: RFC 6238 appendix B, of whose eight digits six are shown.
func TestCodesAreThoseOfTheStandard(t *testing.T) {
	secret := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString([]byte("12345678901234567890"))
	for at, want := range map[int64]string{59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037"} {
		if step, ok := stepOf(secret, want, time.Unix(at, 0), 0); !ok || step != at/30 {
			t.Errorf("%d: step %d, %v", at, step, ok)
		}
	}
}

// TestACodeHoldsForOneStepEitherWay, and never for one that was used.
func TestACodeHoldsForOneStepEitherWay(t *testing.T) {
	secret := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString([]byte("12345678901234567890"))
	rapid.Check(t, func(t *rapid.T) {
		now := rapid.Int64Range(100, 4e9).Draw(t, "now")
		off := rapid.Int64Range(-4, 4).Draw(t, "steps off")
		after := now/30 + rapid.Int64Range(-4, 4).Draw(t, "used")
		code, err := hotp.GenerateCodeCustom(secret, uint64(now/30+off), hotp.ValidateOpts{Digits: otp.DigitsSix})
		if err != nil {
			t.Fatal(err)
		}
		want := off >= -1 && off <= 1 && now/30+off > after
		got, ok := stepOf(secret, code[:3]+" "+code[3:], time.Unix(now, 0), after)
		if ok != want && !ok { // another step may by chance have the same code; then it may only be let in, never kept out
			t.Fatalf("%d steps off, used up to %d: %v", off, after, ok)
		}
		if ok && got <= after {
			t.Fatalf("step %d is taken again", got)
		}
	})
}

func TestWhatPeopleTypeForACode(t *testing.T) {
	for typed, want := range map[string]bool{"123456": true, " 123 456 ": true, "１２３４５６": true, "123-456": true, "12345": false, "1234567": false, "12345a": false, "": false} {
		if isCode(typed) != want {
			t.Errorf("%q", typed)
		}
	}
}

// TestAStolenPasswordAloneGetsNowhere: neither before nor after the factor was set up, nor through any of the doors.
func TestAStolenPasswordAloneGetsNowhere(t *testing.T) {
	strict(t, func(t *testing.T, b *base) {
		if got := b.try(head.Account, right, here); got != "factor_setup_needed" {
			t.Errorf("a program: %q", got)
		}
		half, err := b.Knock(t.Context(), head.Account, right, office)
		must(t, err)
		if half.Stage != AtSetUp {
			t.Errorf("stage %s", half.Stage)
		}
		if _, err := b.Authenticate(t.Context(), half.Token); code(err) != "not_signed_in" {
			t.Errorf("half a session does something: %v", err)
		}
		b.withCode(head.Account)
		if _, err := b.SetCode(t.Context(), half.Token, b.OfferCode(head.Account).Nonce, "000000", office); code(err) != "not_signed_in" {
			t.Errorf("who knew the password first sets up a factor beside: %v", err)
		}
		if got := b.try(head.Account, right, here); got != "factor_needed" {
			t.Errorf("a program: %q", got)
		}
		half, err = b.Knock(t.Context(), head.Account, right, office)
		must(t, err)
		if half.Stage != AtCode {
			t.Errorf("stage %s", half.Stage)
		}
		if _, err := b.Authenticate(t.Context(), half.Token); code(err) != "not_signed_in" {
			t.Errorf("half a session does something: %v", err)
		}
		offer := b.OfferCode(head.Account)
		if _, err := b.SetCode(t.Context(), half.Token, offer.Nonce, codeAt(t, offer.Secret, b.wall.Now()), office); err == nil {
			a, _ := b.Account(t.Context(), head.Account)
			t.Errorf("a second generator is set up with the password alone: %+v", a.Factors())
		}
		if _, _, err := b.SignInAtOnce(t.Context(), head.Account, right, "000000", office); code(err) != "wrong_code" {
			t.Errorf("a wrong code: %v", err)
		}
		if got := b.try(clerk.Account, right, here); got != "" {
			t.Errorf("a clerk needs none: %q", got)
		}
	})
}

func TestACodeIsUsedOnce(t *testing.T) {
	strict(t, func(t *testing.T, b *base) {
		secret, _, token := b.withCode(head.Account)
		if _, err := b.Authenticate(t.Context(), token); err != nil {
			t.Errorf("setting up does not let in: %v", err)
		}
		first := codeAt(t, secret, b.wall.Now())
		if _, _, err := b.SignInAtOnce(t.Context(), head.Account, right, first, office); code(err) != "wrong_code" {
			t.Errorf("the code of the setting up is taken again: %v", err)
		}
		b.wall.Add(codeStep)
		next := codeAt(t, secret, b.wall.Now())
		var let sync.Map
		var all sync.WaitGroup
		for i := range 8 { // at once, from several places
			all.Go(func() {
				if _, _, err := b.SignInAtOnce(t.Context(), head.Account, right, next, From{Address: fmt.Sprint("10.0.0.", i)}); err == nil {
					let.Store(i, true)
				}
			})
		}
		all.Wait()
		n := 0
		let.Range(func(_, _ any) bool { n++; return true })
		if n != 1 {
			t.Errorf("one code opened %d sessions", n)
		}
	})
}

// TestFiveWrongCodesPause, from wherever they come; the right one does not help before the pause is over.
func TestFiveWrongCodesPause(t *testing.T) {
	strict(t, func(t *testing.T, b *base) {
		secret, _, _ := b.withCode(head.Account)
		b.wall.Add(codeStep)
		for i := range 5 {
			from := From{Address: fmt.Sprint("10.0.1.", i)}
			b.wall.Add(time.Second)
			if _, _, err := b.SignInAtOnce(t.Context(), head.Account, right, "000000", from); code(err) != "wrong_code" {
				t.Fatalf("try %d: %v", i, err)
			}
		}
		if _, _, err := b.SignInAtOnce(t.Context(), head.Account, right, codeAt(t, secret, b.wall.Now()), office); code(err) != "too_many_tries" {
			t.Errorf("the right code after five wrong ones: %v", err)
		}
		b.wall.Add(triesPause)
		if _, _, err := b.SignInAtOnce(t.Context(), head.Account, right, codeAt(t, secret, b.wall.Now()), office); err != nil {
			t.Errorf("after the pause: %v", err)
		}
		list, err := b.SignIns(t.Context(), head.Account, time.Time{}, 20)
		must(t, err)
		var outcomes []Outcome
		for _, l := range list {
			outcomes = append(outcomes, l.Outcome)
		}
		if got := fmt.Sprint(outcomes); got != "[in paused wrong_code wrong_code wrong_code wrong_code in]" {
			t.Errorf("the list says %s", got)
		}
		if list[0].Device != office.Device || list[0].Proof != ByCode || list[len(list)-1].Address != here {
			t.Errorf("%+v", list)
		}
	})
}

func TestRecoveryCodesAreUsedOnceEach(t *testing.T) {
	strict(t, func(t *testing.T, b *base) {
		_, recovery, token := b.withCode(head.Account)
		if len(recovery) != recoveryCount {
			t.Fatalf("%d codes", len(recovery))
		}
		typed := strings.ToLower(strings.ReplaceAll(recovery[3], "-", " "))
		if _, _, err := b.SignInAtOnce(t.Context(), head.Account, right, typed, office); err != nil {
			t.Errorf("as typed: %v", err)
		}
		if _, _, err := b.SignInAtOnce(t.Context(), head.Account, right, recovery[3], office); code(err) != "wrong_code" {
			t.Errorf("again: %v", err)
		}
		actor, err := b.Authenticate(t.Context(), token)
		must(t, err)
		fresh, err := b.NewRecovery(t.Context(), actor)
		must(t, err)
		if _, _, err := b.SignInAtOnce(t.Context(), head.Account, right, recovery[4], office); code(err) != "wrong_code" {
			t.Errorf("one of the old list: %v", err)
		}
		if _, _, err := b.SignInAtOnce(t.Context(), head.Account, right, fresh[0], office); err != nil {
			t.Errorf("one of the new list: %v", err)
		}
	})
}

// TestWhatIsStoredOpensNothing: neither secret nor recovery code stands in the database.
func TestWhatIsStoredOpensNothing(t *testing.T) {
	strict(t, func(t *testing.T, b *base) {
		secret, recovery, _ := b.withCode(head.Account)
		a, err := b.Account(t.Context(), head.Account)
		must(t, err)
		all, err := b.journal.BySubject(t.Context(), "", 0, 1000)
		must(t, err)
		stored := a.Factors().stored()
		for _, e := range all {
			stored += string(e.Data)
		}
		for _, word := range append(recovery, secret, strings.ReplaceAll(recovery[0], "-", "")) {
			if strings.Contains(stored, word) {
				t.Errorf("%s is stored", word)
			}
		}
		other := newBase(t, b.db) // the same database with other keys
		if other.secretOf(head.Account, a.Factors().Code.Nonce) == secret || b.secretOf("admin", a.Factors().Code.Nonce) == secret {
			t.Error("the secret does not hang on key and account")
		}
	})
}

func TestGivingAFactorUp(t *testing.T) {
	strict(t, func(t *testing.T, b *base) {
		_, _, token := b.withCode(head.Account)
		actor, err := b.Authenticate(t.Context(), token)
		must(t, err)
		if got := code(b.RemoveCode(t.Context(), actor, token)); got != "last_factor" {
			t.Errorf("the last of somebody who needs one: %q", got)
		}
		if got := code(b.RemovePasskey(t.Context(), actor, token, "none")); got != "not_found" {
			t.Errorf("a passkey that is not there: %q", got)
		}
		_, _, token = b.withCode(clerk.Account) // of their own will
		actor, err = b.Authenticate(t.Context(), token)
		must(t, err)
		must(t, b.RemoveCode(t.Context(), actor, token))
		a, err := b.Account(t.Context(), clerk.Account)
		must(t, err)
		if !reflect.DeepEqual(a.Factors(), Factors{}) || b.try(clerk.Account, right, here) != "" {
			t.Errorf("%+v is left", a.Factors())
		}
	})
}

// TestALostFactorIsResetByAnotherAlone, on record and with every session ended.
func TestALostFactorIsResetByAnotherAlone(t *testing.T) {
	strict(t, func(t *testing.T, b *base) {
		_, _, token := b.withCode(theTop.Account)
		_, _, heads := b.withCode(head.Account)
		if got := code(b.ResetFactors(t.Context(), theTop.Actor(), theTop.Account)); got != "own_factors" {
			t.Errorf("one's own: %q", got)
		}
		if _, err := b.Authenticate(t.Context(), token); err != nil {
			t.Error(err)
		}
		must(t, b.ResetFactors(t.Context(), theTop.Actor(), head.Account))
		if _, err := b.Authenticate(t.Context(), heads); code(err) != "not_signed_in" {
			t.Errorf("the session goes on: %v", err)
		}
		if got := code(b.ResetFactors(t.Context(), theTop.Actor(), head.Account)); got != "no_factor" {
			t.Errorf("again: %q", got)
		}
		list, err := b.History(t.Context(), head.Account)
		must(t, err)
		if last := list[len(list)-1]; last.Kind != KindFactorsReset || last.Actor != theTop.Account {
			t.Errorf("the record: %+v", last)
		}
		if got := b.try(head.Account, right, here); got != "factor_setup_needed" {
			t.Errorf("the next sign-in: %q", got)
		}
	})
}

// TestTheFrontPageOfTheDemonstrationAsksToo once the requirement is switched on.
func TestTheFrontPageOfTheDemonstrationAsksToo(t *testing.T) {
	strict(t, func(t *testing.T, b *base) {
		door, err := b.Enter(t.Context(), head.Account, office)
		must(t, err)
		if door.Stage != AtSetUp {
			t.Errorf("stage %s", door.Stage)
		}
		if door, err = b.Enter(t.Context(), clerk.Account, office); err != nil || door.Stage != In {
			t.Errorf("a clerk: %+v, %v", door, err)
		}
		b.RequireFactors(func(context.Context) (bool, error) { return false, nil })
		if door, err = b.Enter(t.Context(), head.Account, office); err != nil || door.Stage != In {
			t.Errorf("not required: %+v, %v", door, err)
		}
	})
}

func TestHalfASessionRunsOut(t *testing.T) {
	strict(t, func(t *testing.T, b *base) {
		door, err := b.Knock(t.Context(), head.Account, right, office)
		must(t, err)
		b.wall.Add(halfTime - time.Microsecond)
		if _, stage, err := b.Half(t.Context(), door.Token); err != nil || stage != AtSetUp {
			t.Errorf("%s, %v", stage, err)
		}
		b.wall.Add(time.Microsecond)
		if _, _, err := b.Half(t.Context(), door.Token); code(err) != "not_signed_in" {
			t.Errorf("after ten minutes: %v", err)
		}
		must(t, b.ForgetSessions(t.Context()))
		if n := b.number(`SELECT COUNT(*) FROM sessions`); n != 0 {
			t.Errorf("%d sessions are kept", n)
		}
	})
}

func TestWhatIsDelicateAsksAgain(t *testing.T) {
	strict(t, func(t *testing.T, b *base) {
		secret, _, token := b.withCode(head.Account)
		fresh := func() bool {
			t.Helper()
			ok, err := b.Confirmed(t.Context(), token)
			must(t, err)
			return ok
		}
		if !fresh() {
			t.Error("just signed in, and asked")
		}
		b.wall.Add(confirmTime)
		if fresh() {
			t.Error("ten minutes later, and not asked")
		}
		if got := code(b.Confirm(t.Context(), token, wrong, office)); got != "invalid confirm:wrong_password" || fresh() {
			t.Errorf("a wrong password: %q", got)
		}
		must(t, b.Confirm(t.Context(), token, right, office))
		if !fresh() {
			t.Error("the password does not confirm")
		}
		b.wall.Add(confirmTime)
		shown := codeAt(t, secret, b.wall.Now())
		must(t, b.Confirm(t.Context(), token, shown, office))
		if got := code(b.Confirm(t.Context(), token, shown, office)); got != "invalid confirm:wrong_code" {
			t.Errorf("the same code again: %q", got)
		}
	})
}

func TestChangingOnesPassword(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		here, elsewhere := b.signIn(), b.signIn()
		const fresh = "Xin-mi-ma-2"
		for given, want := range map[[2]string]string{{wrong, fresh}: "invalid old:wrong_password", {right, "short"}: "invalid password:too_short", {right, right}: "invalid password:same"} {
			if got := code(b.ChangePassword(t.Context(), clerk.Actor(), here, given[0], given[1], office)); got != want {
				t.Errorf("%v: %q, want %q", given, got, want)
			}
		}
		if !b.holds(elsewhere) {
			t.Error("what was refused ended a session")
		}
		must(t, b.ChangePassword(t.Context(), clerk.Actor(), here, right, fresh, office))
		if !b.holds(here) || b.holds(elsewhere) {
			t.Error("one's own session ended, or another goes on")
		}
		if got := b.try(clerk.Account, right, there); got != "wrong_password" {
			t.Errorf("the old one: %q", got)
		}
		if got := b.try(clerk.Account, fresh, there); got != "" {
			t.Errorf("the new one: %q", got)
		}
		b.replays()
	})
}

func TestSessionsAreListedAndEnded(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		own, err := b.Knock(t.Context(), clerk.Account, right, office)
		must(t, err)
		b.wall.Add(time.Minute)
		other := b.signIn()
		list, err := b.Sessions(t.Context(), clerk.Account, own.Token)
		must(t, err)
		if len(list) != 2 || list[0].Own || !list[1].Own || list[1].Device != office.Device || list[0].Address != here {
			t.Fatalf("%+v", list)
		}
		if want := b.work.Now().Truncate(time.Second); !list[0].Since.Equal(want) {
			t.Errorf("since %v, want the service's time %v", list[0].Since, want)
		}
		if got := code(b.EndSession(t.Context(), "admin", "nobody", list[0].ID)); got != "not_found" {
			t.Errorf("of another account: %q", got)
		}
		must(t, b.EndSession(t.Context(), "admin", clerk.Account, list[0].ID))
		if b.holds(other) || !b.holds(own.Token) {
			t.Error("the wrong one ended")
		}
		if got := code(b.EndSession(t.Context(), "admin", clerk.Account, list[0].ID)); got != "not_found" {
			t.Errorf("twice: %q", got)
		}
		b.signIn()
		must(t, b.EndSessions(t.Context(), clerk.Account, clerk.Account, own.Token))
		if list, _ = b.Sessions(t.Context(), clerk.Account, own.Token); len(list) != 1 || !list[0].Own {
			t.Errorf("%+v are left", list)
		}
		must(t, b.EndSessions(t.Context(), "admin", clerk.Account, ""))
		if b.holds(own.Token) {
			t.Error("the last one goes on")
		}
		b.signIn()
		b.wall.Add(sessionIdle)
		if list, _ = b.Sessions(t.Context(), clerk.Account, ""); len(list) != 0 {
			t.Errorf("what has run out is listed: %+v", list)
		}
		b.replays()
	})
}

func TestSignInsArePruned(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		b.try(clerk.Account, wrong, here)
		b.try("nobody", wrong, here)
		must(t, b.Disable(t.Context(), "admin", clerk.Account))
		b.wall.Add(time.Hour)
		b.try(clerk.Account, right, here)
		list, err := b.SignIns(t.Context(), clerk.Account, time.Time{}, 1)
		must(t, err)
		if len(list) != 1 || list[0].Outcome != whileDisabled {
			t.Fatalf("%+v", list)
		}
		if list, err = b.SignIns(t.Context(), clerk.Account, list[0].Before(), 9); err != nil || len(list) != 1 || list[0].Outcome != wrongPassword {
			t.Errorf("the older part: %+v (%v)", list, err)
		}
		if n := b.number(`SELECT COUNT(*) FROM sign_ins`); n != 2 {
			t.Errorf("%d lines: an account that is not there must leave none", n)
		}
		b.wall.Add(SignInsKept*24*time.Hour - 30*time.Minute)
		must(t, b.ForgetSessions(t.Context()))
		if n := b.number(`SELECT COUNT(*) FROM sign_ins`); n != 1 {
			t.Errorf("%d lines are kept", n)
		}
	})
}

func TestChangingAnAccount(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		b.add(theTop)
		token := b.signIn()
		to := clerk
		if got := code(b.Change(t.Context(), "admin", to)); got != "nothing_changes" {
			t.Errorf("as it is: %q", got)
		}
		to.Name = "王芳芳"
		must(t, b.Change(t.Context(), "admin", to))
		if actor, err := b.Authenticate(t.Context(), token); err != nil || actor.Name != "王芳芳" {
			t.Errorf("another name ends the session: %+v, %v", actor, err)
		}
		to.Role, to.Place = Agent, "610881101200"
		must(t, b.Change(t.Context(), "admin", to))
		if _, err := b.Authenticate(t.Context(), token); code(err) != "not_signed_in" {
			t.Errorf("another post and the session goes on: %v", err)
		}
		for what, c := range map[string]struct {
			to   Account
			want string
		}{
			"a tier that does not fit": {Account{Account: clerk.Account, Name: "王芳", Role: Clerk, Place: "610881101200"}, "invalid place:wrong_tier"},
			"nobody":                   {named("nobody"), "not_found"},
			"the last admin":           {Account{Account: theTop.Account, Name: "王秀芳", Role: Inspector, Place: theTop.Place}, "last_admin"},
		} {
			if got := code(b.Change(t.Context(), "admin", c.to)); got != c.want {
				t.Errorf("%s: %q, want %q", what, got, c.want)
			}
		}
		if got := code(b.Disable(t.Context(), "admin", theTop.Account)); got != "last_admin" {
			t.Errorf("disabling the last admin: %q", got)
		}
		second := theTop
		second.Account = "admin-2"
		b.add(second)
		must(t, b.Disable(t.Context(), "admin-2", theTop.Account))
		if got := code(b.Disable(t.Context(), "admin-2", second.Account)); got != "last_admin" {
			t.Errorf("and then the other: %q", got)
		}
		b.replays()
	})
}

func TestDevicesInPlainWords(t *testing.T) {
	for agent, want := range map[string]string{
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/86.0.4240.198 Safari/537.36":                    "谷歌浏览器，Windows 电脑",
		"Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 Edg/120.0":                          "Edge 浏览器，Windows 电脑",
		"Mozilla/5.0 (Linux; Android 12; ELS-AN00) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/107 Mobile Safari/537.36 MicroMessenger/8.0.42": "微信，安卓手机",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile Safari/604.1":       "Safari 浏览器，苹果手机",
		"Go-http-client/1.1": "程序接口", "": "程序接口", "curl (Windows)": "别的浏览器，Windows 电脑",
	} {
		if got := DeviceWords(agent); got != want {
			t.Errorf("%s: %s, want %s", agent, got, want)
		}
	}
}

// TestTheEstablishmentIsWhatAccountsMayBe: every seat passes the rule of an account, and none stands twice.
func TestTheEstablishmentIsWhatAccountsMayBe(t *testing.T) {
	places, seen := shenmu(t), map[Seat]bool{}
	for _, seat := range Establishment(places) {
		a := Account{Account: "somebody", Name: "某某", Role: seat.Role, Place: seat.Place, Unit: seat.Unit}
		if p := a.check(places); p != nil || seen[seat] || a.Seat() != seat {
			t.Errorf("%+v: %v, twice %v", seat, p, seen[seat])
		}
		seen[seat] = true
	}
	if n := len(seen); n < 384+20*3 {
		t.Errorf("%d seats", n)
	}
}

// TestFactorsFollowFromTheirEntries in whichever order things happen.
func TestFactorsFollowFromTheirEntries(t *testing.T) {
	at := workTime
	rapid.Check(t, func(t *rapid.T) {
		var f Factors
		keys := 0
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			kind := rapid.SampledFrom([]string{KindCodeSet, KindCodeRemoved, KindPasskeyAdded, KindPasskeyRemoved, KindRecoverySet, KindSignedIn, KindFactorsReset, KindPaused}).Draw(t, "kind")
			data := map[string]string{KindCodeSet: `{"nonce":"N","step":7}`, KindPasskeyRemoved: `{"id":"k0"}`, KindRecoverySet: `{"codes":["a","b"]}`,
				KindSignedIn: `{"address":"x","with":"recovery","recovery":"a"}`}[kind]
			if kind == KindPasskeyAdded {
				data = fmt.Sprintf(`{"id":"k%d","name":"n"}`, keys)
				keys++
			}
			if data == "" {
				data = `{}`
			}
			before := f.stored()
			copied, err := factorsOf(before)
			must2(t, err)
			known, err := f.evolve(kind, []byte(data), at)
			must2(t, err)
			if _, err = copied.evolve(kind, []byte(data), at); err != nil || copied.stored() != f.stored() {
				t.Fatalf("from the row %s, from memory %s (%v)", copied.stored(), f.stored(), err)
			}
			if !known && f.stored() != before || len(f.Recovery) > 0 && !f.Has() {
				t.Fatalf("%s made of %s: %s", kind, before, f.stored())
			}
		}
	})
}

func must2(t *rapid.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestWhoNeedsAFactor(t *testing.T) {
	var list []Role
	for _, r := range Roles {
		if r.Role.NeedsFactor() {
			list = append(list, r.Role)
		}
	}
	if !slices.Equal(list, []Role{Head, Chief, Supervisor, Admin}) {
		t.Errorf("%v", list)
	}
}
