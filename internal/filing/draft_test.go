package filing

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/clock"
	"bianmin/internal/db"
	"bianmin/internal/enginetest"
	"bianmin/internal/item"
	"bianmin/internal/once"
	"bianmin/internal/problem"
	"bianmin/internal/seal"
)

func TestMain(m *testing.M) { enginetest.Main(m) }

var noon = time.Date(2026, 3, 10, 4, 0, 0, 0, time.UTC)

// desk takes applications and counts them; each key once, as cases does.
type desk struct {
	d     *db.DB
	taken atomic.Int64
	apps  sync.Map
}

func (k *desk) FileOnline(ctx context.Context, _ access.Actor, key once.Key, app cases.Application, afar cases.Afar, beside func(context.Context, cases.Number) error) (once.Answer, error) {
	return once.New(k.d).Do(ctx, key, noon, func(ctx context.Context) (once.Answer, error) {
		n := cases.NewNumber("610881101000", 2026, k.taken.Add(1))
		k.apps.Store(n, [2]any{app, afar})
		body, err := json.Marshal(cases.FiledOnline{Number: n})
		return once.Answer{Status: 201, Body: body}, errors.Join(err, beside(ctx, n))
	})
}

// room is the service on an open database.
type room struct {
	*Service
	t    *testing.T
	wall *clock.Manual
	desk *desk
	keys *seal.Keys
}

func each(t *testing.T, f func(t *testing.T, r *room)) {
	t.Helper()
	enginetest.Each(t, func(t *testing.T, url string) {
		d, err := db.Open(t.Context(), url, db.Serving)
		if err != nil {
			t.Fatal(err)
		}
		keys, err := seal.LoadOrGenerate(filepath.Join(t.TempDir(), "keys.json"), "test")
		if err != nil {
			t.Fatal(err)
		}
		box, err := keys.Box()
		if err != nil {
			t.Fatal(err)
		}
		c, err := item.NewCatalogue(item.FirstVersions(item.Demonstration()))
		if err != nil {
			t.Fatal(err)
		}
		r := &room{t: t, wall: clock.NewManual(noon), desk: &desk{d: d}, keys: keys}
		r.Service = New(Parts{DB: d, Box: box, Cases: r.desk, Items: c, Places: shenmu(t), Wall: r.wall, Work: r.wall})
		f(t, r)
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
}

func (r *room) begins(o Owner) Draft {
	r.t.Helper()
	d, err := r.Begin(r.t.Context(), o, "BM-008")
	if err != nil {
		r.t.Fatal(err)
	}
	return d
}

func (r *room) saves(o Owner, id, question, said string) Draft {
	r.t.Helper()
	d, err := r.Save(r.t.Context(), o, id, question, said)
	if err != nil {
		r.t.Fatal(err)
	}
	return d
}

// whole answers everything.
func (r *room) whole(o Owner) Draft {
	d := r.begins(o)
	for id, said := range map[string]string{ForWhom: Another, Filer: "折小梅", Relation: "子女", Name: "𠮷·<b>", IDNumber: "612722195410020026", Phone: "13991234567", Town: "610881101000",
		Village: "610881101200", OwnPrefix + "s1": "请家里人或者代办员代办", Papers: "委托书"} {
		d = r.saves(o, d.ID, id, said)
	}
	return d
}

func isNotFound(err error) bool {
	var p *problem.Problem
	return errors.As(err, &p) && p.Kind == problem.NotFound
}

// TestWhoseADraftIs: the browser's in which it was begun, and on other devices the telephone's that was proven.
func TestWhoseADraftIs(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		here, elsewhere := Owner{Browser: NewBrowser()}, Owner{Browser: NewBrowser()}
		d := r.saves(here, r.begins(here).ID, Name, "折桂英")
		if _, err := r.Get(t.Context(), elsewhere, d.ID); !isNotFound(err) {
			t.Errorf("a stranger: %v", err)
		}
		signedIn := Owner{Browser: here.Browser, Phone: "p1"}
		if err := r.Claim(t.Context(), signedIn, d); err != nil {
			t.Fatal(err)
		}
		there := Owner{Browser: elsewhere.Browser, Phone: "p1"}
		got, err := r.Get(t.Context(), there, d.ID)
		if err != nil || got.Answers[Name] != "折桂英" {
			t.Errorf("%+v %v", got, err)
		}
		// Signed out, the same browser sees nothing of it any more, and is sent to sign in; another sees that there is none.
		if _, err := r.Get(t.Context(), here, d.ID); !errors.Is(err, ErrSignIn) {
			t.Errorf("the browser alone: %v", err)
		}
		if _, err := r.Save(t.Context(), here, d.ID, Name, "别人"); !errors.Is(err, ErrSignIn) {
			t.Errorf("the browser alone saves: %v", err)
		}
		if _, err := r.Get(t.Context(), elsewhere, d.ID); !isNotFound(err) {
			t.Errorf("a stranger's browser: %v", err)
		}
		if list, err := r.Of(t.Context(), here); err != nil || len(list) != 0 {
			t.Errorf("%v %v", list, err)
		}
		if list, err := r.Of(t.Context(), there); err != nil || len(list) != 1 {
			t.Errorf("%v %v", list, err)
		}
		// In the same browser, somebody else signed in with another telephone.
		other := Owner{Browser: here.Browser, Phone: "p2"}
		if _, err := r.Get(t.Context(), other, d.ID); !isNotFound(err) {
			t.Errorf("somebody else's telephone: %v", err)
		}
		if list, err := r.Of(t.Context(), other); err != nil || len(list) != 0 {
			t.Errorf("%v %v", list, err)
		}
		if err := r.Drop(t.Context(), other, d.ID); !isNotFound(err) {
			t.Errorf("dropped by somebody else: %v", err)
		}
		if err := r.Drop(t.Context(), there, d.ID); err != nil {
			t.Error(err)
		}
		if _, err := r.Get(t.Context(), here, d.ID); !isNotFound(err) {
			t.Errorf("%v", err)
		}
	})
}

// TestAnotherTelephoneTakesTheDraft: released by its owner it is the browser's again, without the first telephone.
func TestAnotherTelephoneTakesTheDraft(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		first := Owner{Browser: NewBrowser(), Phone: "p1"}
		d := r.whole(first)
		if err := r.Release(t.Context(), Owner{Browser: first.Browser, Phone: "p2"}, d.ID); !isNotFound(err) {
			t.Errorf("released by somebody else: %v", err)
		}
		if err := r.Release(t.Context(), Owner{Browser: first.Browser}, d.ID); !errors.Is(err, ErrSignIn) {
			t.Errorf("released by who signed out: %v", err)
		}
		if err := r.Release(t.Context(), first, d.ID); err != nil {
			t.Fatal(err)
		}
		second := Owner{Browser: first.Browser, Phone: "p2"}
		got, err := r.Get(t.Context(), second, d.ID)
		if err != nil || got.Answers[Phone] != "" || got.Answers[Name] != "𠮷·<b>" {
			t.Errorf("%+v %v", got, err)
		}
		if err := r.Claim(t.Context(), second, got); err != nil {
			t.Fatal(err)
		}
		if _, err := r.Get(t.Context(), first, d.ID); !isNotFound(err) {
			t.Errorf("the first telephone: %v", err)
		}
	})
}

// TestADraftIsDatedByTheServicesClock: the demonstration's clock runs apart from the wall's; a draft is as old by either.
func TestADraftIsDatedByTheServicesClock(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		work := clock.NewManual(noon.AddDate(0, 8, 0))
		r.Work = work
		here := Owner{Browser: NewBrowser()}
		d := r.begins(here)
		if !d.Saved.Equal(work.Now()) {
			t.Errorf("begun %v", d.Saved)
		}
		saved, err := r.Save(t.Context(), here, d.ID, ForWhom, "me")
		if err != nil || !saved.Saved.Equal(work.Now()) {
			t.Errorf("saved %v: %v", saved.Saved, err)
		}
		r.wall.Add(time.Hour)
		work.Add(time.Hour)
		list, err := r.Of(t.Context(), here)
		if err != nil || len(list) != 1 || !list[0].Saved.Equal(work.Now().Add(-time.Hour)) || !list[0].Until().Equal(work.Now().Add(KeptHere-time.Hour)) {
			t.Errorf("an hour later %+v: %v", list, err)
		}
		work.Add(30 * 24 * time.Hour) // the demonstration's month forgets nothing
		if got, err := r.Get(t.Context(), here, d.ID); err != nil || !got.Saved.Equal(work.Now().Add(-time.Hour)) {
			t.Errorf("a month on the service's clock: %v, %v", got.Saved, err)
		}
	})
}

// TestNobodySignedInADay: what was filled without a telephone is gone the day after.
func TestNobodySignedInADay(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		here := Owner{Browser: NewBrowser()}
		d := r.begins(here)
		r.wall.Add(KeptHere)
		if got, err := r.Get(t.Context(), here, d.ID); err != nil || !got.Until().Equal(d.Saved.Add(KeptHere)) {
			t.Errorf("within the day: %v", err)
		}
		r.wall.Add(time.Second)
		if _, err := r.Get(t.Context(), here, d.ID); !isNotFound(err) {
			t.Errorf("%v", err)
		}
		if err := r.Forget(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := r.q(t.Context()).Draft(t.Context(), d.ID); err == nil {
			t.Error("it is still there")
		}
	})
}

// TestNobodyBeginsWhatTakesFingerprints from home.
func TestNobodyBeginsWhatTakesFingerprints(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		_, err := r.Begin(t.Context(), Owner{Browser: NewBrowser()}, "BM-034")
		var p *problem.Problem
		if !errors.As(err, &p) || len(p.Fields) != 1 || p.Fields[0].Code != "in_person" {
			t.Errorf("%v", err)
		}
	})
}

// TestNothingOfADraftCanBeRead in the database.
func TestNothingOfADraftCanBeRead(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		o := Owner{Browser: NewBrowser(), Phone: "p1"}
		d := r.whole(o)
		row, err := r.q(t.Context()).Draft(t.Context(), d.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{"𠮷", "612722195410020026", "13991234567", "折小梅", o.Browser} {
			if strings.Contains(row.Doc+row.Browser+row.Phone.String, secret) {
				t.Errorf("%q stands in the row", secret)
			}
		}
	})
}

// TestTwoDevicesAtOnce: answers to different questions that come together are both kept.
func TestTwoDevicesAtOnce(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		o := Owner{Browser: NewBrowser()}
		d := r.begins(o)
		var both sync.WaitGroup
		for _, x := range [][2]string{{Name, "折桂英"}, {Town, "610881101000"}, {ForWhom, Myself}, {IDNumber, "612722195410020026"}} {
			both.Go(func() { r.saves(o, d.ID, x[0], x[1]) })
		}
		both.Wait()
		got, err := r.Get(t.Context(), o, d.ID)
		if err != nil || len(got.Answers) != 4 || got.Version != 5 {
			t.Errorf("%+v %v", got, err)
		}
	})
}

// TestHandedInOnce however often it is pressed: one case, and what is kept of the draft is its number.
func TestHandedInOnce(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		o := Owner{Browser: NewBrowser(), Phone: "p1"}
		d := r.whole(o)
		numbers := make([]cases.Number, 6)
		var all sync.WaitGroup
		for i := range numbers {
			all.Go(func() {
				n, err := r.HandIn(t.Context(), access.Actor{}, o, d.ID)
				if err != nil {
					t.Error(err)
				}
				numbers[i] = n
			})
		}
		all.Wait()
		for _, n := range numbers {
			if n == "" || n != numbers[0] {
				t.Fatalf("%v", numbers)
			}
		}
		row, err := r.q(t.Context()).Draft(t.Context(), d.ID)
		if err != nil || row.Doc != "" || row.Number.String != string(numbers[0]) {
			t.Errorf("%+v %v", row, err)
		}
		if list, err := r.Of(t.Context(), o); err != nil || len(list) != 0 {
			t.Errorf("%v %v", list, err)
		}
		kept, _ := r.desk.apps.Load(numbers[0])
		filed := kept.([2]any)
		app, afar := filed[0].(cases.Application), filed[1].(cases.Afar)
		if app.Place != "610881101200" || app.Name != "𠮷·<b>" || len(app.Materials) != 5 || afar.Filer != "折小梅" || strings.Join(afar.Bring, "") != "委托书" {
			t.Errorf("%+v %+v", app, afar)
		}
		if after := r.saves(o, d.ID, Name, "别人"); after.Number != numbers[0] || len(after.Answers) != 0 {
			t.Errorf("%+v", after)
		}
	})
}

func TestAnOpenQuestionIsNotHandedIn(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		o := Owner{Browser: NewBrowser()}
		d := r.whole(o)
		r.saves(o, d.ID, Town, "610881102000") // the village is of another town now
		if _, err := r.HandIn(t.Context(), access.Actor{}, o, d.ID); !errors.Is(err, ErrOpen) {
			t.Errorf("%v", err)
		}
	})
}

// TestForgotten after thirty days without an answer, and not before.
func TestForgotten(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		o := Owner{Browser: NewBrowser(), Phone: "p1"}
		old := r.begins(o)
		r.wall.Add(Kept)
		fresh := r.begins(o)
		if _, err := r.Get(t.Context(), o, old.ID); err != nil {
			t.Errorf("on the thirtieth day: %v", err)
		}
		r.wall.Add(time.Second)
		if _, err := r.Get(t.Context(), o, old.ID); !isNotFound(err) {
			t.Errorf("%v", err)
		}
		if err := r.Forget(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := r.q(t.Context()).Draft(t.Context(), old.ID); err == nil {
			t.Error("it is still there")
		}
		if _, err := r.Get(t.Context(), o, fresh.ID); err != nil {
			t.Errorf("%v", err)
		}
	})
}

func TestABrowserDoesNotBeginWithoutEnd(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		o := Owner{Browser: NewBrowser()}
		for range draftsMost {
			r.begins(o)
		}
		if _, err := r.Begin(t.Context(), o, "BM-008"); !errors.Is(err, ErrTooManyDrafts) {
			t.Errorf("%v", err)
		}
		if _, err := r.Begin(t.Context(), Owner{Browser: NewBrowser()}, "BM-999"); !isNotFound(err) {
			t.Errorf("%v", err)
		}
		if _, err := r.Save(t.Context(), o, "none", Name, rand.Text()); !isNotFound(err) {
			t.Errorf("%v", err)
		}
	})
}
