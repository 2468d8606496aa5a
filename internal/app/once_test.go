package app_test

import (
	"bytes"
	"crypto/rand"
	"sync"
	"testing"
)

// together sends the same request so many times at once.
func together(n int, send func(i int) reply) []reply {
	answers := make([]reply, n)
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { answers[i] = send(i) })
	}
	all.Wait()
	return answers
}

func TestFiftyAtOnceAreOneCase(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		p := newPerson()
		c, f, k := h.as(t, clerk), application(h, oldAge, gaoVillage, p), key(rand.Text())
		answers := together(50, func(int) reply { return c.post(t, filing, f, k) })
		replayed := 0
		for _, a := range answers {
			if a.want(t, 201); !bytes.Equal(a.raw, answers[0].raw) {
				t.Errorf("%s, another got %s", a.raw, answers[0].raw)
			}
			if a.header.Get("Idempotent-Replayed") == "true" {
				replayed++
			}
		}
		if replayed != 49 {
			t.Errorf("%d answers say that they were given before, want 49", replayed)
		}
		if got := everything(t, c, "q="+p.id); len(got) != 1 {
			t.Errorf("%d cases", len(got))
		}
		v := answers[0].view(t)
		k = key(rand.Text())
		for _, a := range together(50, func(int) reply { return c.does(t, v, "accept", nil, k) }) {
			a.want(t, 200)
		}
		if got := len(events(t, c, v)); got != 2 {
			t.Errorf("%d events, want the filing and one acceptance", got)
		}
	})
}

func TestAnAnswerIsGivenAgainAfterARestart(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		c, f, k := h.as(t, clerk), application(h, oldAge, gaoVillage, newPerson()), rand.Text()
		filed := c.post(t, filing, f, key(k)).want(t, 201)
		v := filed.view(t)
		revealed := c.does(t, v, "reveal", form{"field": "phone", "reason": someReason}, key(k)).want(t, 200) // another path: another scope
		accepted := c.does(t, v, "accept", nil, key(k)).want(t, 200)
		h.restart(t)
		for _, again := range []struct{ got, want reply }{
			{c.post(t, filing, f, key(k)), filed},
			{c.does(t, v, "reveal", form{"field": "phone", "reason": someReason}, key(k)), revealed},
			{c.does(t, v, "accept", nil, key(k)), accepted},
		} {
			if again.got.status != again.want.status || !bytes.Equal(again.got.raw, again.want.raw) || again.got.header.Get("Content-Type") != again.want.header.Get("Content-Type") {
				t.Errorf("%d %s, want %d %s", again.got.status, again.got.raw, again.want.status, again.want.raw)
			}
		}
		if got := len(events(t, c, v)); got != 3 {
			t.Errorf("%d events, want 3", got)
		}
	})
}

func TestAKeyIsOneAccountsOnOnePathForOneBody(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		p, k := newPerson(), key(rand.Text())
		c := h.as(t, clerk)
		first := c.post(t, filing, application(h, oldAge, gaojiabu, p), k).want(t, 201).view(t)
		c.post(t, filing, application(h, oldAge, gaojiabu, newPerson()), k).want(t, 422, "idempotency_key_reused")
		c.post(t, filing, []byte(`{"no":"application"}`), k).want(t, 422, "idempotency_key_reused")
		other := h.as(t, otherClerk).post(t, filing, application(h, onTheSpot, otherTown, p), k).want(t, 201).view(t)
		if other.Number == first.Number {
			t.Error("two accounts share a key")
		}
		another := h.signIn(t, clerk) // the account counts, not the session
		if got := another.post(t, filing, application(h, oldAge, gaojiabu, p), k).want(t, 201).view(t); got.Number != first.Number {
			t.Error("the same account got another case")
		}
		// What was refused took nothing: the same key may be used for what is put right.
		k = key(rand.Text())
		wrong := application(h, oldAge, gaojiabu, newPerson())
		wrong["place"] = otherTown
		c.post(t, filing, wrong, k).at(t, "place:not_yours")
		wrong["place"] = gaojiabu
		c.post(t, filing, wrong, k).want(t, 201)
	})
}
