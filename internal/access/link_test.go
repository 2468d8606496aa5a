package access

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"bianmin/internal/problem"
)

const chosen = "Xin-mi-ma-2"

// invited has an account without a password and the link that sets it.
func (b *base) invited(account string) string {
	b.t.Helper()
	must(b.t, b.Add(b.t.Context(), "admin", named(account), ""))
	link, err := b.LinkToken(b.t.Context(), account)
	must(b.t, err)
	return link
}

func (b *base) spent(link string) bool {
	b.t.Helper()
	_, err := b.LinkOpens(b.t.Context(), link)
	_, set := b.SetPassword(b.t.Context(), link, chosen)
	if (err == nil) != (set == nil) || (err != nil && (!errors.Is(err, problem.ErrNotFound) || !errors.Is(set, problem.ErrNotFound))) {
		b.t.Errorf("opening says %v, setting says %v", err, set)
	}
	return err != nil
}

func TestALinkSetsThePasswordOnce(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		link := b.invited("new")
		a, err := b.LinkOpens(t.Context(), link)
		must(t, err)
		if a.Account != "new" || a.HasPassword() {
			t.Errorf("it opens %+v", a)
		}
		if _, err := b.SetPassword(t.Context(), link, "short"); code(err) != "invalid password:too_short" {
			t.Errorf("a bad password: %v", err)
		}
		actor, err := b.SetPassword(t.Context(), link, chosen)
		must(t, err)
		if actor != named("new").Actor() {
			t.Errorf("it was %+v", actor)
		}
		if got := b.try("new", chosen, here); got != "" {
			t.Errorf("signing in with it: %q", got)
		}
		if !b.spent(link) {
			t.Error("it opens twice")
		}
		if got := b.kinds("new"); !slices.Equal(got, []string{KindAdded, KindPasswordSet, KindSignedIn}) {
			t.Errorf("the journal has %v", got)
		}
		again, err := b.LinkToken(t.Context(), "new")
		must(t, err)
		if !b.spent(again) {
			t.Error("a link to an account that has a password opens it")
		}
	})
}

// A link that lay in a drawer for longer opens nothing, and its day cannot be put off by who holds it.
func TestALinkRunsOut(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		link := b.invited("new")
		b.wall.Set(wallTime.AddDate(0, 0, LinkDays))
		if _, err := b.LinkOpens(t.Context(), link); err != nil {
			t.Errorf("on its last day: %v", err)
		}
		b.wall.Set(wallTime.AddDate(0, 0, LinkDays).Add(time.Second))
		if !b.spent(link) {
			t.Error("it opens for ever")
		}
		parts := strings.Split(link, ".")
		parts[len(parts)-2] = strconv.FormatInt(b.wall.Now().AddDate(1, 0, 0).Unix(), 10)
		if !b.spent(strings.Join(parts, ".")) {
			t.Error("its day can be put off")
		}
		fresh, err := b.LinkToken(t.Context(), "new")
		must(t, err)
		if b.spent(fresh) {
			t.Error("a new one does not open")
		}
	})
}

func TestAfterAResetTheOldLinkIsDeadAndTheNewOneLives(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		old := b.invited("new")
		must(t, b.Reset(t.Context(), "admin", "new"))
		if !b.spent(old) {
			t.Error("the old link opens")
		}
		fresh, err := b.LinkToken(t.Context(), "new")
		must(t, err)
		if fresh == old || b.spent(fresh) {
			t.Error("the new link does not open")
		}
	})
}

func TestALinkIsDeadAfterAnyChange(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		link := b.invited("new")
		must(t, b.Disable(t.Context(), "admin", "new"))
		if !b.spent(link) {
			t.Error("it opens a disabled account")
		}
		late, err := b.LinkToken(t.Context(), "new")
		must(t, err)
		if !b.spent(late) {
			t.Error("one made later opens a disabled account")
		}
		must(t, b.Enable(t.Context(), "admin", "new"))
		if !b.spent(link) || !b.spent(late) {
			t.Error("it opens again after enabling")
		}
	})
}

// Anybody can try passwords; that must not make the administrator's first link useless.
func TestWrongTriesDoNotSpendALink(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		link := b.invited("new")
		for range 2 * 5 {
			b.try("new", wrong, here)
			b.try("new", wrong, there)
		}
		if got := b.try("new", wrong, here); got != "too_many_tries" {
			t.Errorf("one more: %q", got)
		}
		if b.spent(link) {
			t.Error("it is spent")
		}
	})
}

func TestAForgedLink(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		link, other := b.invited("new"), b.invited("newer")
		_, secret, _ := strings.Cut(other, ".")
		for what, forged := range map[string]string{
			"nothing":           "",
			"a dot":             ".",
			"the name":          "new",
			"an empty secret":   "new.",
			"another's secret":  "new." + secret,
			"cut":               link[:len(link)-1],
			"longer":            link + "0",
			"in capitals":       strings.ToUpper(link),
			"an unknown name":   "nobody." + secret,
			"a null":            "\x00." + secret,
			"no UTF-8":          "\xff." + secret,
			"who has a way in":  clerk.Account + "." + secret,
			"a dot in the name": "new." + link,
		} {
			if !b.spent(forged) {
				t.Errorf("%s opens", what)
			}
		}
		if b.spent(link) || b.spent(other) {
			t.Error("the true ones do not open")
		}
	})
}

// Nothing of a link is stored, so it holds only with the keys it was made with.
func TestALinkOfOtherKeys(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		b.invited("new")
		stranger, err := newBase(t, b.db).LinkToken(t.Context(), "new")
		must(t, err)
		if !b.spent(stranger) {
			t.Error("it opens")
		}
	})
}
