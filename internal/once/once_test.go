package once

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"bianmin/internal/db"
	"bianmin/internal/enginetest"
	"bianmin/internal/problem"
)

func TestMain(m *testing.M) { enginetest.Main(m) }

var noon = time.Date(2026, 3, 10, 4, 0, 0, 0, time.UTC)

var errNo = errors.New("no")

// base is a memory on an open database with one more table: what the works did.
type base struct {
	*Keeper
	t   *testing.T
	url string
}

func each(t *testing.T, f func(t *testing.T, b *base)) {
	t.Helper()
	enginetest.Each(t, func(t *testing.T, url string) {
		b := &base{t: t, url: url}
		b.open()
		if err := b.db.Write(t.Context(), func(ctx context.Context) error { return b.exec(ctx, `CREATE TABLE done (what TEXT NOT NULL)`) }); err != nil {
			t.Fatal(err)
		}
		f(t, b)
		if err := b.db.Close(); err != nil {
			t.Error(err)
		}
	})
}

func (b *base) open() {
	b.t.Helper()
	d, err := db.Open(b.t.Context(), b.url, db.Serving)
	if err != nil {
		b.t.Fatal(err)
	}
	b.Keeper = New(d)
}

func (b *base) exec(ctx context.Context, text string, args ...any) error {
	_, err := b.db.Q(ctx).ExecContext(ctx, text, args...)
	return err
}

// work leaves a mark and answers.
func (b *base) work(what string) func(ctx context.Context) (Answer, error) {
	return func(ctx context.Context) (Answer, error) {
		return Answer{Status: 201, Body: []byte(`{"what":"` + what + `"}`)}, b.exec(ctx, `INSERT INTO done (what) VALUES ($1)`, what)
	}
}

// done is how often a work took effect.
func (b *base) done(what string) int {
	b.t.Helper()
	var n int
	if err := b.db.Q(b.t.Context()).QueryRowContext(b.t.Context(), `SELECT COUNT(*) FROM done WHERE what = $1`, what).Scan(&n); err != nil {
		b.t.Fatal(err)
	}
	return n
}

func key(body string) Key {
	return Key{Account: "clerk-610881101", Path: "/api/v1/cases", Key: "k-1", Request: sha256.Sum256([]byte(body))}
}

func code(err error) string {
	var p *problem.Problem
	if !errors.As(err, &p) {
		return fmt.Sprint(err)
	}
	return p.Code
}

func TestTheSameRequestFiftyTimesAtOnceTakesEffectOnce(t *testing.T) {
	const times = 50
	each(t, func(t *testing.T, b *base) {
		answers, errs := make([]Answer, times), make([]error, times)
		var all sync.WaitGroup
		for i := range times {
			all.Go(func() {
				// Each would answer something else: only the first one's may come back.
				answers[i], errs[i] = b.Do(t.Context(), key("body"), noon, func(ctx context.Context) (Answer, error) {
					a, err := b.work("filed")(ctx)
					a.Body = fmt.Appendf(nil, `{"number":%d}`, i)
					return a, err
				})
			})
		}
		all.Wait()
		fresh := 0
		for i, a := range answers {
			if errs[i] != nil {
				t.Fatal(errs[i])
			}
			if a.Status != 201 || string(a.Body) != string(answers[0].Body) {
				t.Errorf("answer %d: %d %s, and the first is %s", i, a.Status, a.Body, answers[0].Body)
			}
			if !a.Again {
				fresh++
			}
		}
		if n := b.done("filed"); n != 1 || fresh != 1 {
			t.Errorf("it took effect %d times, and %d were told that it was the first", n, fresh)
		}
	})
}

func TestAnAnswerIsGivenAgainByteForByteAlsoAfterARestart(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		body := "{\"name\" : \"𠮷\\u0000\"}\n\t"
		first, err := b.Do(t.Context(), key("body"), noon, func(ctx context.Context) (Answer, error) {
			return Answer{Status: 207, Body: []byte(body)}, nil
		})
		if err != nil || first.Again || string(first.Body) != body {
			t.Fatal(first, err)
		}
		if err := b.db.Close(); err != nil {
			t.Fatal(err)
		}
		b.open()
		again, err := b.Do(t.Context(), key("body"), noon.Add(time.Hour), b.work("filed"))
		if err != nil || !again.Again || again.Status != 207 || string(again.Body) != body {
			t.Errorf("again: %+v, %v", again, err)
		}
		before, err := b.Before(t.Context(), key("body"))
		if err != nil || before == nil || !before.Again || before.Status != 207 || string(before.Body) != body {
			t.Errorf("before: %+v, %v", before, err)
		}
		if n := b.done("filed"); n != 0 {
			t.Errorf("the work ran %d times more", n)
		}
	})
}

func TestAnotherBodyUnderTheSameKeyIsRefused(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		if _, err := b.Do(t.Context(), key("body"), noon, b.work("filed")); err != nil {
			t.Fatal(err)
		}
		_, err := b.Do(t.Context(), key("another body"), noon, b.work("filed"))
		var p *problem.Problem
		if !errors.As(err, &p) || p.Kind != problem.Invalid || p.Code != "idempotency_key_reused" {
			t.Errorf("the answer: %v", err)
		}
		if _, err := b.Before(t.Context(), key("another body")); code(err) != "idempotency_key_reused" {
			t.Errorf("asked before: %v", err)
		}
		if n := b.done("filed"); n != 1 {
			t.Errorf("it took effect %d times", n)
		}
	})
}

// Two who use one key at once with different bodies: one is done, the other refused.
func TestTwoBodiesAtOnceUnderOneKey(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		for round := range 10 {
			errs := make([]error, 2)
			var both sync.WaitGroup
			for i, body := range []string{"one", "two"} {
				both.Go(func() {
					k := key(body)
					k.Key = fmt.Sprint("k-", round)
					_, errs[i] = b.Do(t.Context(), k, noon, b.work(k.Key))
				})
			}
			both.Wait()
			if refused := errors.Join(errs...); (errs[0] == nil) == (errs[1] == nil) || code(refused) != "idempotency_key_reused" {
				t.Errorf("round %d: %v", round, errs)
			}
			if n := b.done(fmt.Sprint("k-", round)); n != 1 {
				t.Errorf("round %d took effect %d times", round, n)
			}
		}
	})
}

func TestAKeyIsOneCallersOnOnePath(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		for what, change := range map[string]func(k *Key){
			"the first":       func(*Key) {},
			"another account": func(k *Key) { k.Account = "clerk-610881102" },
			"another path":    func(k *Key) { k.Path = "/api/v1/cases/1/take" },
			"another key":     func(k *Key) { k.Key = "K-1" },
		} {
			k := key("body")
			change(&k)
			if before, err := b.Before(t.Context(), k); before != nil || err != nil {
				t.Errorf("%s was answered before: %+v, %v", what, before, err)
			}
			if a, err := b.Do(t.Context(), k, noon, b.work(what)); err != nil || a.Again || b.done(what) != 1 {
				t.Errorf("%s: %+v, %v", what, a, err)
			}
		}
	})
}

func TestAnErrorOfTheWorkKeepsNothing(t *testing.T) {
	for what, end := range map[string]error{"an error": errNo, "a refusal": problem.Refuse("wrong_state", nil)} {
		t.Run(what, func(t *testing.T) {
			each(t, func(t *testing.T, b *base) {
				_, err := b.Do(t.Context(), key("body"), noon, func(ctx context.Context) (Answer, error) {
					a, err := b.work("filed")(ctx)
					return a, errors.Join(err, end)
				})
				if !errors.Is(err, end) {
					t.Errorf("the error: %v", err)
				}
				if before, err := b.Before(t.Context(), key("body")); before != nil || err != nil {
					t.Errorf("kept: %+v, %v", before, err)
				}
				if n := b.done("filed"); n != 0 {
					t.Errorf("it took effect %d times", n)
				}
				// The key is free: also for another body.
				if a, err := b.Do(t.Context(), key("corrected"), noon, b.work("filed")); err != nil || a.Again || b.done("filed") != 1 {
					t.Errorf("the second try: %+v, %v", a, err)
				}
			})
		})
	}
}

// The answer goes with the change: neither is there without the other.
func TestWhatIsUndoneAroundItIsNotKept(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		err := b.db.Write(t.Context(), func(ctx context.Context) error {
			if _, err := b.Do(ctx, key("body"), noon, b.work("filed")); err != nil {
				return err
			}
			return errNo
		})
		if !errors.Is(err, errNo) {
			t.Fatal(err)
		}
		if before, err := b.Before(t.Context(), key("body")); before != nil || err != nil || b.done("filed") != 0 {
			t.Errorf("kept: %+v, %v", before, err)
		}
	})
}

func TestForget(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		at := map[string]time.Time{"old": noon, "younger": noon.Add(time.Microsecond), "young": noon.Add(time.Hour)}
		for name, when := range at {
			k := key("body")
			k.Key = name
			if _, err := b.Do(t.Context(), k, when, b.work(name)); err != nil {
				t.Fatal(err)
			}
		}
		for _, step := range []struct {
			at   time.Time
			kept map[string]bool
		}{
			{noon.Add(KeptFor), map[string]bool{"old": true, "younger": true, "young": true}},
			{noon.Add(KeptFor + time.Microsecond), map[string]bool{"younger": true, "young": true}},
			{noon.Add(KeptFor + time.Minute), map[string]bool{"young": true}},
			{noon.Add(KeptFor + 2*time.Hour), nil},
		} {
			if err := b.Forget(t.Context(), step.at); err != nil {
				t.Fatal(err)
			}
			for name := range at {
				k := key("body")
				k.Key = name
				before, err := b.Before(t.Context(), k)
				if err != nil || (before != nil) != step.kept[name] {
					t.Errorf("at %v %s is kept: %v, %v", step.at, name, before != nil, err)
				}
			}
		}
	})
}
