package app_test

import "testing"

// What a mask hides cannot be found by trying whole numbers: after two hundred that find nobody the account waits, wherever
// it asks. Names are found all the same, and so does whoever has searched less.
func TestWholeNumbersCannotBeTriedOut(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		c, p := h.as(t, "clerk-610881106"), newPerson()
		search := "/api/v1/cases?q="
		for i := range 100 {
			stranger := newPerson()
			c.get(t, search+stranger.id).want(t, 200)
			if got := peopleFound(t, c, stranger.phone); len(got) != 0 {
				t.Fatalf("the %dth finds %v", i, got)
			}
		}
		if got := c.get(t, search+p.id).want(t, 429, "too_many_guesses"); got.header.Get("Retry-After") == "" {
			t.Error("it does not say how long")
		}
		c.post(t, "/api/v1/people", form{"q": p.phone}).want(t, 429)
		c.get(t, search+"王").want(t, 200)
		h.as(t, "desk-610881106").get(t, search+p.id).want(t, 200)
	})
}
