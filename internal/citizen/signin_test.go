package citizen

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bianmin/internal/access"
)

func TestACodeOpensASessionOnce(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		typed := b.asks(phone)
		token, who, err := b.SignIn(t.Context(), "１３９-1234-5127", typed[:3]+" "+typed[3:], here)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := b.Authenticate(t.Context(), token); err != nil || got != who || who.Role != access.Citizen || who.Name != "139****5127" ||
			!strings.HasPrefix(who.Account, AccountPrefix) || who.Phone == "" || strings.Contains(who.Account, "5127") {
			t.Errorf("%+v %v", got, err)
		}
		if full, err := b.Phone(t.Context(), token); err != nil || string(full) != "13912345127" {
			t.Error(full, err)
		}
		if got := b.try(phone, typed); got != "wrong_sms_code" {
			t.Errorf("a code that was used: %q", got)
		}
		if b.holds(token[len(tokenMark):]) || b.holds("") || b.holds(tokenMark) {
			t.Error("a token of another kind is a session")
		}
	})
}

func TestWhatIsTypedWrongIsSaidAtTheField(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		for typed, want := range map[string]string{"": "invalid phone:empty", "1391234": "invalid phone:too_short", "09128332102": "invalid phone:not_a_phone", "x": "invalid phone:bad_character"} {
			if got := code(b.Ask(t.Context(), typed, here)); got != want {
				t.Errorf("%q: %s, want %s", typed, got, want)
			}
			if got := b.try(typed, "123456"); got != want {
				t.Errorf("%q: %s, want %s", typed, got, want)
			}
		}
		for _, typed := range []string{"", "12345", "1234567", "12345x"} {
			if got := b.try(phone, typed); got != "invalid code:bad_code" {
				t.Errorf("%q: %s", typed, got)
			}
		}
	})
}

func TestACodeLivesFiveMinutesAndTheNewestAlone(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		typed := b.asks(phone)
		b.later(CodeLife)
		if got := b.try(phone, typed); got != "wrong_sms_code" {
			t.Errorf("after five minutes: %q", got)
		}
		first := b.asks(phone)
		b.later(CodePause)
		second := b.asks(phone)
		if got := b.try(phone, first); first != second && got != "wrong_sms_code" {
			t.Errorf("the older of two: %q", got)
		}
		if got := b.try(other, second); got != "wrong_sms_code" {
			t.Errorf("somebody else's: %q", got)
		}
		if got := b.try(phone, second); got != "" {
			t.Errorf("the newest: %q", got)
		}
	})
}

// TestATelephoneThatNobodyKnowsIsAnsweredAlike: what is asked of it, and when it is paused, tells nothing.
func TestATelephoneThatNobodyKnowsIsAnsweredAlike(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		b.signIn(phone)
		b.later(time.Hour)
		for n := range 8 {
			known, unknown := b.try(phone, "000000"), b.try(other, "000000")
			want := "wrong_sms_code"
			if n >= TriesMost {
				want = "code_paused"
			}
			if known != want || unknown != want {
				t.Errorf("try %d: %q and %q, want %q", n+1, known, unknown, want)
			}
		}
		if known, unknown := code(b.Ask(t.Context(), phone, here)), code(b.Ask(t.Context(), other, here)); known != "code_paused" || unknown != "code_paused" {
			t.Errorf("%q and %q", known, unknown)
		}
	})
}

// TestNobodyShutsAnotherOut: who tries at somebody's telephone pauses the own address; only very many addresses together
// pause the telephone itself.
func TestNobodyShutsAnotherOut(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		at := func(n int) string { return fmt.Sprintf("198.51.100.%d", n) }
		tries := func(n int, typed string) string {
			_, _, err := b.SignIn(t.Context(), phone, typed, at(n))
			return code(err)
		}
		typed := b.asks(phone)
		for range 2 * TriesMost {
			tries(1, another(typed))
		}
		if got := tries(1, typed); got != "code_paused" {
			t.Errorf("the one who tried: %q", got)
		}
		if got := tries(2, typed); got != "" {
			t.Errorf("the owner: %q", got)
		}
		b.later(CodePause)
		typed = b.asks(phone)
		for n := range TriesOfAll {
			tries(3+n/3, another(typed))
		}
		if got := tries(200, typed); got != "code_paused" {
			t.Errorf("after %d tries from all over: %q", TriesOfAll, got)
		}
	})
}

func TestFiveWrongTriesPauseTheRightCodeTooForAnHour(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		typed := b.asks(phone)
		for range TriesMost {
			if got := b.try(phone, another(typed)); got != "wrong_sms_code" {
				t.Fatal(got)
			}
		}
		if got := b.try(phone, typed); got != "code_paused" {
			t.Errorf("the right one: %q", got)
		}
		b.later(30 * time.Minute)
		if got := b.try(phone, typed); got != "code_paused" {
			t.Errorf("after half an hour: %q", got)
		}
		b.later(30 * time.Minute) // tries within the pause do not prolong it
		if got := b.try(phone, b.asks(phone)); got != "" {
			t.Errorf("after the hour: %q", got)
		}
	})
}

// TestGuessesAtOnceAreCountedOneByOne: many copies of the program count together, in the database.
func TestGuessesAtOnceAreCountedOneByOne(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		typed := b.asks(phone)
		var mu sync.Mutex
		got := map[string]int{}
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() {
				_, _, err := b.SignIn(t.Context(), phone, another(typed), here)
				mu.Lock()
				defer mu.Unlock()
				got[code(err)]++
			})
		}
		all.Wait()
		if got["wrong_sms_code"] != TriesMost || got["code_paused"] != 20-TriesMost {
			t.Error(got)
		}
	})
}

func TestCodesAskedForAtOnceAreOne(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		var mu sync.Mutex
		got := map[string]int{}
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				err := b.Ask(t.Context(), phone, here)
				mu.Lock()
				defer mu.Unlock()
				got[code(err)]++
			})
		}
		all.Wait()
		if got[""] != 1 || got["code_too_soon"] != 7 {
			t.Error(got)
		}
	})
}

func TestCodesOnceAMinuteAndFiveAnHour(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		for n := range CodesMost {
			b.asks(phone)
			if got := code(b.Ask(t.Context(), phone, here)); got != "code_too_soon" {
				t.Errorf("the %d. again at once: %q", n, got)
			}
			b.later(CodePause)
		}
		if got := code(b.Ask(t.Context(), phone, here)); got != "code_too_soon" {
			t.Errorf("the sixth within the hour: %q", got)
		}
		b.asks(other) // which has nothing to do with it
		b.later(CodesWithin - CodesMost*CodePause)
		b.asks(phone)
	})
}

func TestAnAddressIsBounded(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		for n := range AddressMost {
			if err := b.Ask(t.Context(), fmt.Sprintf("138%08d", n), here); err != nil {
				t.Fatal(n, err)
			}
		}
		if got := code(b.Ask(t.Context(), phone, here)); got != "code_too_many_here" {
			t.Error(got)
		}
		if got := code(b.Ask(t.Context(), phone, "10.8.1.102")); got != "" {
			t.Errorf("from elsewhere: %q", got)
		}
		b.later(CodesWithin)
		if got := code(b.Ask(t.Context(), other, here)); got != "" {
			t.Errorf("an hour later: %q", got)
		}
	})
}

func TestNothingOfACodeOrATelephoneStandsInTheClear(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		typed := b.asks(phone)
		if _, _, err := b.SignIn(t.Context(), phone, typed, here); err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{"SELECT phone || address || code FROM citizen_codes", "SELECT phone || telephone || masked FROM citizen_sessions",
			"SELECT account FROM citizens", "SELECT subject || actor || data FROM journal", "SELECT telephone || content || shown FROM messages", "SELECT key FROM citizen_brakes"} {
			rows, err := b.DB.Q(t.Context()).QueryContext(t.Context(), text)
			if err != nil {
				t.Fatal(text, err)
			}
			for rows.Next() {
				var s string
				if err := rows.Scan(&s); err != nil {
					t.Fatal(err)
				}
				if strings.Contains(s, "13912345127") || strings.Contains(s, "验证码 "+typed) || s == typed {
					t.Errorf("%s: %s", text, s)
				}
			}
			if err := rows.Close(); err != nil {
				t.Error(err)
			}
		}
	})
}

func TestSessionsEnd(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		idle, _ := b.signIn(phone)
		b.later(SessionIdle - time.Second)
		if !b.holds(idle) {
			t.Error("it ended too early")
		}
		b.later(CodePause)
		out, who := b.signIn(phone)
		if err := b.SignOut(t.Context(), who, out); err != nil || b.holds(out) {
			t.Error("signed out", err)
		}
		b.later(SessionIdle)
		if b.holds(idle) {
			t.Error("idle")
		}
		one, _ := b.signIn(phone)
		b.later(CodePause)
		two, _ := b.signIn(phone)
		b.later(time.Second) // the outbox is read by the newest
		strange, _ := b.signIn(other)
		if n, err := b.SignOutEverywhere(t.Context(), who); err != nil || n < 2 || b.holds(one) || b.holds(two) || !b.holds(strange) {
			t.Error("everywhere", n, err)
		}
	})
}

func TestASessionLastsTwelveHoursAtMost(t *testing.T) {
	if over(wallTime, wallTime.Add(11*time.Hour+50*time.Minute), wallTime.Add(12*time.Hour-time.Second)) || !over(wallTime, wallTime.Add(12*time.Hour), wallTime.Add(12*time.Hour)) {
		t.Error("twelve hours")
	}
	if !over(wallTime.Add(time.Hour), wallTime.Add(time.Hour), wallTime) {
		t.Error("a session from the future goes on")
	}
}

func TestWhatHasRunOutIsForgotten(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		b.signIn(phone)
		b.try(other, "000000")
		b.later(SessionWhole)
		if err := b.Forget(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, table := range []string{"citizen_codes", "citizen_sessions", "citizen_brakes"} {
			var n int
			if err := b.DB.Q(t.Context()).QueryRowContext(t.Context(), "SELECT COUNT(*) FROM "+table).Scan(&n); err != nil || n != 0 {
				t.Errorf("%s: %d %v", table, n, err)
			}
		}
	})
}

func TestTheRowFollowsFromTheEntries(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		token, who := b.signIn(phone)
		if err := b.SignOut(t.Context(), who, token); err != nil {
			t.Fatal(err)
		}
		if _, err := b.SignOutEverywhere(t.Context(), who); err != nil {
			t.Fatal(err)
		}
		entries, err := b.Journal.About(t.Context(), subjectOf(who.Account))
		if err != nil || len(entries) != 3 {
			t.Fatal(entries, err)
		}
		want, err := rebuild(entries)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := b.Room().Page(t.Context(), "")
		if err != nil || len(rows) != 1 || fmt.Sprint(rows[0]) != fmt.Sprint(want) {
			t.Errorf("%v, want %v, %v", rows, want, err)
		}
	})
}

func TestHowLongATelephoneWaits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ages := rapid.SliceOfN(rapid.IntRange(-60, 3599), 0, CodesMost).Draw(t, "seconds ago")
		var times []time.Time
		for _, age := range ages {
			times = append(times, wallTime.Add(-time.Duration(age)*time.Second))
		}
		for i := range times { // the newest first
			for k := i + 1; k < len(times); k++ {
				if times[k].After(times[i]) {
					times[i], times[k] = times[k], times[i]
				}
			}
		}
		wait := askWait(times, wallTime)
		if wait < 0 || wait > CodesWithin || len(times) == 0 && wait != 0 {
			t.Fatalf("waits %s", wait)
		}
		if len(times) > 0 && !times[0].After(wallTime) && len(times) < CodesMost && wait > CodePause {
			t.Fatalf("waits %s after %d codes", wait, len(times))
		}
		if later := askWait(times, wallTime.Add(wait)); wait > 0 && len(times) > 0 && !times[0].After(wallTime) && later != 0 {
			t.Fatalf("after waiting %s it waits %s more", wait, later)
		}
	})
}
