package access

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"bianmin/internal/problem"
)

func TestFiveWrongTriesPauseThePairAlone(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		b.add(named("colleague"))
		for i := range 5 {
			if got := b.try(clerk.Account, wrong, here); got != "wrong_password" {
				t.Fatalf("try %d: %s", i+1, got)
			}
		}
		for what, tt := range map[string]struct {
			got, want string
		}{
			"the same again":                  {b.try(clerk.Account, wrong, here), "too_many_tries"},
			"the right password":              {b.try(clerk.Account, right, here), "too_many_tries"},
			"from another address":            {b.try(clerk.Account, right, there), ""},
			"wrong there":                     {b.try(clerk.Account, wrong, there), "wrong_password"},
			"another account from here":       {b.try("colleague", right, here), ""},
			"an unknown one from here":        {b.try("nobody", wrong, here), "wrong_password"},
			"a pair that joins to one string": {b.try(clerk.Account+here[:2], wrong, here[2:]), "wrong_password"},
		} {
			if tt.got != tt.want {
				t.Errorf("%s: %q, want %q", what, tt.got, tt.want)
			}
		}
		if got := b.kinds(clerk.Account); !slices.Equal(got, []string{KindAdded, KindPaused, KindSignedIn}) {
			t.Errorf("the journal has %v", got)
		}
	})
}

// Whatever makes a try wrong, five of them pause: else the sixth would tell what it was.
func TestEveryWrongTryCounts(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		b.add(named("disabled"))
		must(t, b.Disable(t.Context(), "admin", "disabled"))
		must(t, b.Add(t.Context(), "admin", named("without"), ""))
		for account, password := range map[string]string{"nobody": wrong, "disabled": right, "without": ""} {
			for range 5 {
				if got := b.try(account, password, here); got != "wrong_password" {
					t.Errorf("%s: %s", account, got)
				}
			}
			if got := b.try(account, password, here); got != "too_many_tries" {
				t.Errorf("%s, the sixth: %s", account, got)
			}
		}
		if n := b.number(`SELECT COUNT(*) FROM journal WHERE subject = 'account/nobody'`); n != 0 {
			t.Errorf("%d entries about nobody", n)
		}
	})
}

func TestAPauseEndsAfterThirtyMinutes(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		for range 5 {
			b.try(clerk.Account, wrong, here)
			b.wall.Add(time.Minute) // it runs from the last of them
		}
		b.wall.Add(-time.Minute)
		b.work.Add(48 * time.Hour) // the demonstration's clock has no part in it
		_, _, err := b.SignIn(t.Context(), clerk.Account, right, here)
		var p *problem.Problem
		if !errors.As(err, &p) || p.Kind != problem.TooMany || fmt.Sprint(p.Facts["minutes"]) != "31" || fmt.Sprint(p.Facts["retry_after"]) != "1801" {
			t.Errorf("%v %+v", err, p)
		}
		b.wall.Add(30*time.Minute - time.Microsecond)
		if got := b.try(clerk.Account, right, here); got != "too_many_tries" {
			t.Errorf("a moment before the end: %q", got)
		}
		b.wall.Add(time.Microsecond)
		for i := range 5 { // and it begins anew, with five
			if got := b.try(clerk.Account, wrong, here); got != "wrong_password" {
				t.Errorf("try %d afterwards: %q", i+1, got)
			}
		}
		if got := b.try(clerk.Account, right, here); got != "too_many_tries" {
			t.Errorf("after five more: %q", got)
		}
		b.wall.Add(30 * time.Minute)
		if got := b.try(clerk.Account, right, here); got != "" {
			t.Errorf("at the end: %q", got)
		}
	})
}

func TestTriesAreForgotten(t *testing.T) {
	for what, forget := range map[string]func(b *base){
		"by the right password": func(b *base) { b.signIn() },
		"after thirty minutes":  func(b *base) { b.wall.Add(30 * time.Minute) },
	} {
		t.Run(what, func(t *testing.T) {
			each(t, func(t *testing.T, b *base) {
				for range 3 {
					for range 4 {
						if got := b.try(clerk.Account, wrong, here); got != "wrong_password" {
							t.Fatal(got)
						}
					}
					forget(b)
				}
			})
		})
	}
}

func TestAClockPutBackDoesNotProlongAPause(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		for range 5 {
			b.try(clerk.Account, wrong, here)
		}
		b.wall.Add(-24 * time.Hour)
		if got := b.try(clerk.Account, right, here); got != "too_many_tries" {
			t.Errorf("right after it was put back: %q", got)
		}
		b.wall.Add(30 * time.Minute)
		if got := b.try(clerk.Account, right, here); got != "" {
			t.Errorf("thirty minutes later: %q", got)
		}
	})
}

// Sent all at once, tries must not all be checked before the first is counted.
func TestTriesAtOnceAreCountedOneByOne(t *testing.T) {
	const tries = waitMostFrom // more wait for nothing
	each(t, func(t *testing.T, b *base) {
		answers := make([]string, tries)
		var all sync.WaitGroup
		for i := range tries {
			all.Go(func() { answers[i] = b.try(clerk.Account, wrong, here) })
		}
		all.Wait()
		checked := 0
		for _, a := range answers {
			switch a {
			case "wrong_password":
				checked++
			case "too_many_tries":
			default:
				t.Error(a)
			}
		}
		if checked != 5 {
			t.Errorf("%d passwords were checked", checked)
		}
	})
}
