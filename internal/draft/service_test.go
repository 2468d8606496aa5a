package draft

import (
	"errors"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bianmin/internal/clock"
	"bianmin/internal/db"
	"bianmin/internal/enginetest"
	"bianmin/internal/problem"
	"bianmin/internal/seal"
)

func TestMain(m *testing.M) { enginetest.Main(m) }

const (
	account = "clerk-610881101"
	number  = "612722195304124024"
)

var noon = time.Date(2026, 3, 10, 4, 0, 0, 0, time.UTC)

type drafts struct {
	*Service
	t     *testing.T
	clock *clock.Manual
	keys  *seal.Keys
}

func each(t *testing.T, f func(t *testing.T, d *drafts)) {
	t.Helper()
	enginetest.Each(t, func(t *testing.T, url string) {
		base, err := db.Open(t.Context(), url, db.Serving)
		if err != nil {
			t.Fatal(err)
		}
		keys, err := seal.Generate("draft.test")
		if err != nil {
			t.Fatal(err)
		}
		box, err := keys.Box()
		if err != nil {
			t.Fatal(err)
		}
		clk := clock.NewManual(noon)
		f(t, &drafts{New(base, box, clk), t, clk, keys})
		if err := base.Close(); err != nil {
			t.Error(err)
		}
	})
}

func (d *drafts) save(account, id, tab string, version int64, form ...string) (Draft, error) {
	d.t.Helper()
	values := url.Values{}
	for i := 0; i < len(form); i += 2 {
		values.Set(form[i], form[i+1])
	}
	return d.Save(d.t.Context(), account, Draft{ID: id, Tab: tab, Version: version, Form: values})
}

func (d *drafts) saved(account, id, tab string, version int64, form ...string) Draft {
	d.t.Helper()
	out, err := d.save(account, id, tab, version, form...)
	if err != nil {
		d.t.Fatal(err)
	}
	return out
}

func code(err error) string {
	var p *problem.Problem
	if errors.As(err, &p) {
		return p.Code
	}
	return ""
}

func TestADraftComesBackAsItWasTyped(t *testing.T) {
	each(t, func(t *testing.T, d *drafts) {
		d.saved(account, "k", "a", 0, "applicant.name", "折桂英 🙂", "applicant.id_number", number)
		d.clock.Set(noon.Add(time.Minute))
		d.saved(account, "k", "a", 1, "applicant.name", "折桂英 🙂", "applicant.id_number", number, "materials[1].note", "没有\r\n签名 &=%")
		got, err := d.Get(t.Context(), account, "k")
		if err != nil || got.Version != 2 || !got.Since.Equal(noon) || !got.Saved.Equal(noon.Add(time.Minute)) || got.Form.Get("materials[1].note") != "没有\r\n签名 &=%" ||
			got.Form.Get("applicant.name") != "折桂英 🙂" {
			t.Errorf("%+v, %v", got, err)
		}
		if !got.Until().Equal(noon.Add(time.Minute + 30*24*time.Hour)) {
			t.Errorf("kept until %s", got.Until())
		}
		if _, err := d.Get(t.Context(), "clerk-610881102", "k"); code(err) != "not_found" {
			t.Errorf("another account: %v", err)
		}
		var stored string
		if err := d.db.Q(t.Context()).QueryRowContext(t.Context(), `SELECT form FROM drafts`).Scan(&stored); err != nil || strings.Contains(stored, number) || strings.Contains(stored, "折") {
			t.Errorf("stored as %q, %v", stored, err)
		}
	})
}

func TestTwoPagesDoNotOverwriteEachOther(t *testing.T) {
	each(t, func(t *testing.T, d *drafts) {
		d.saved(account, "k", "a", 0, "n", "first")
		d.saved(account, "k", "b", 1, "n", "second")
		_, err := d.save(account, "k", "a", 1, "n", "third")
		var p *problem.Problem
		if !errors.As(err, &p) || p.Kind != problem.Stale || p.Present.(Draft).Form.Get("n") != "second" {
			t.Fatalf("%v", err)
		}
		// The page whose answer was lost goes on from what it saved itself.
		if got := d.saved(account, "k", "b", 1, "n", "fourth"); got.Version != 3 {
			t.Errorf("version %d", got.Version)
		}
		// A page that names no page of its own has only the version.
		if _, err := d.save(account, "k", "", 2, "n", "x"); code(err) != "draft_newer" {
			t.Errorf("%v", err)
		}
	})
}

func TestWhatIsFiledIsNotSavedAgain(t *testing.T) {
	each(t, func(t *testing.T, d *drafts) {
		d.saved(account, "k", "a", 0, "n", "typed")
		for range 2 {
			if err := d.End(t.Context(), account, "k"); err != nil {
				t.Fatal(err)
			}
		}
		if err := d.End(t.Context(), account, "never saved"); err != nil {
			t.Fatal(err)
		}
		for _, id := range []string{"k", "never saved"} {
			if _, err := d.save(account, id, "a", 1, "n", "late"); code(err) != "draft_filed" {
				t.Errorf("%s: %v", id, err)
			}
			if _, err := d.Get(t.Context(), account, id); code(err) != "not_found" {
				t.Errorf("%s: %v", id, err)
			}
		}
		if list, err := d.List(t.Context(), account); err != nil || len(list) != 0 {
			t.Errorf("%v, %v", list, err)
		}
	})
}

func TestDraftsAreListedDroppedAndForgotten(t *testing.T) {
	each(t, func(t *testing.T, d *drafts) {
		d.saved(account, "old", "a", 0, "n", "1")
		d.clock.Set(noon.Add(29 * 24 * time.Hour))
		d.saved(account, "new", "a", 0, "n", "2")
		d.saved("agent-610881101200", "theirs", "a", 0, "n", "3")
		forgot := func(at time.Time, want ...string) {
			t.Helper()
			d.clock.Set(at)
			if err := d.Forget(t.Context()); err != nil {
				t.Fatal(err)
			}
			list, err := d.List(t.Context(), account)
			var got []string
			for _, x := range list {
				got = append(got, x.ID)
			}
			if err != nil || strings.Join(got, " ") != strings.Join(want, " ") {
				t.Errorf("%v, want %v (%v)", got, want, err)
			}
		}
		forgot(noon.Add(30*24*time.Hour), "new", "old")
		forgot(noon.Add(30*24*time.Hour+time.Second), "new")
		if err := d.Drop(t.Context(), "agent-610881101200", "new"); err != nil { // not theirs: nothing happens
			t.Fatal(err)
		}
		forgot(d.clock.Now(), "new")
		if err := d.Drop(t.Context(), account, "new"); err != nil {
			t.Fatal(err)
		}
		forgot(d.clock.Now())
	})
}

func TestDraftsHaveBounds(t *testing.T) {
	each(t, func(t *testing.T, d *drafts) {
		for _, bad := range []Draft{{}, {ID: strings.Repeat("x", 61)}, {ID: "k", Tab: strings.Repeat("x", 61)}, {ID: "k", Form: url.Values{"n": {strings.Repeat("x", 64<<10)}}}} {
			if _, err := d.Save(t.Context(), account, bad); code(err) != "invalid" {
				t.Errorf("%v", err)
			}
		}
		for i := range countMost {
			d.saved(account, "k"+string(rune('a'+i/26))+string(rune('a'+i%26)), "a", 0)
		}
		if _, err := d.save(account, "one more", "a", 0); code(err) != "too_many_drafts" {
			t.Errorf("%v", err)
		}
	})
}

// A new key seals drafts anew; nothing is sealed with the old one then, and all of them still open.
func TestDraftsAreSealedAnew(t *testing.T) {
	each(t, func(t *testing.T, d *drafts) {
		d.saved(account, "k", "a", 0, "applicant.id_number", number)
		if err := d.End(t.Context(), account, "filed"); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "keys.json")
		if err := d.keys.Save(file); err != nil {
			t.Fatal(err)
		}
		if _, err := seal.Rotate(file, noon); err != nil {
			t.Fatal(err)
		}
		keys, err := seal.Load(file)
		if err == nil {
			err = d.box.Take(keys, noon)
		}
		if err != nil {
			t.Fatal(err)
		}
		for key, want := range map[int]bool{1: true, 2: false} {
			if got, err := d.SealedWith(t.Context(), key); got != want || err != nil {
				t.Errorf("key %d: %v, %v", key, got, err)
			}
		}
		for _, want := range []int{1, 0} {
			if done, err := d.Reseal(t.Context()); done != want || err != nil {
				t.Errorf("%d sealed anew, want %d (%v)", done, want, err)
			}
		}
		if got, err := d.SealedWith(t.Context(), 1); got || err != nil {
			t.Errorf("still sealed with the old key: %v", err)
		}
		if got, err := d.Get(t.Context(), account, "k"); err != nil || got.Form.Get("applicant.id_number") != number || got.Version != 1 {
			t.Errorf("%+v, %v", got, err)
		}
	})
}

// Whoever saves gets in exactly when nobody else was there since it read, and nothing is ever overwritten unseen.
func TestYieldsOnlyToWhoHasSeenIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		stored := Draft{}
		seen := map[string]int64{}
		for range rapid.IntRange(1, 30).Draw(t, "moves") {
			tab := rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "tab")
			if rapid.Bool().Draw(t, "reads") {
				seen[tab] = stored.Version
				continue
			}
			last := stored.Tab
			if !stored.yields(Draft{Tab: tab, Version: seen[tab]}) {
				if seen[tab] == stored.Version {
					t.Fatal("who has seen the newest is refused")
				}
				continue
			}
			if last != tab && seen[tab] != stored.Version {
				t.Fatal("overwritten unseen")
			}
			stored = Draft{Tab: tab, Version: stored.Version + 1}
			if rapid.Bool().Draw(t, "hears") {
				seen[tab] = stored.Version
			}
		}
	})
}
