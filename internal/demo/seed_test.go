package demo

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"bianmin/internal/cases"
	"bianmin/internal/citizen"
	"bianmin/internal/enginetest"
	"bianmin/internal/ident"
	"bianmin/internal/item"
	"bianmin/internal/journal"
	"bianmin/internal/place"
)

func randomOf(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(4, seed)) }

func TestTwoRunsGiveTheSameEvents(t *testing.T) {
	before := founding(t).events(t)
	if len(before) < 3*count {
		t.Fatalf("only %d events", len(before))
	}
	enginetest.Each(t, func(t *testing.T, url string) {
		again := found(t, url).events(t)
		if len(again) != len(before) {
			t.Fatalf("%d events, then %d", len(before), len(again))
		}
		for i := range before {
			if before[i] != again[i] {
				t.Fatalf("event %d was\n%s\nthen\n%s", i, before[i], again[i])
			}
		}
	})
}

// events are the timelines of all cases, in the order of their numbers; entry numbers are the engine's.
func (f *founded) events(t *testing.T) []string {
	t.Helper()
	lives := slices.Clone(f.lives)
	slices.SortFunc(lives, func(a, b *life) int { return cmp.Compare(a.number, b.number) })
	var all []string
	for _, l := range lives {
		for _, e := range f.timeline(t, l.number) {
			actor := e.Actor
			if strings.HasPrefix(actor, citizen.AccountPrefix) { // the index behind it is of the database's own key
				actor = citizen.AccountPrefix
			}
			all = append(all, fmt.Sprint(l.number, e.Seq, e.At, e.Kind, e.KindName, actor, deref(e.OnBehalf), deref(e.Place), string(e.Data)))
		}
	}
	return all
}

func deref(s *string) string {
	if s == nil {
		return "-"
	}
	return *s
}

// TestWhatCameOut prints the table of states, for whoever changes the plans (go test -v).
func TestWhatCameOut(t *testing.T) {
	f := founding(t)
	states, kinds, channels := map[cases.State]int{}, map[cases.Kind]int{}, map[cases.Channel]int{}
	for _, l := range f.lives {
		view, err := f.cases.Get(t.Context(), inspector, l.number) // the law may have been there after whoever came last
		if err != nil {
			t.Fatal(err)
		}
		states[view.State]++
		channels[l.channel]++
		for _, e := range f.timeline(t, l.number) {
			kinds[e.Kind]++
		}
	}
	for _, s := range cases.States {
		t.Logf("%-14s%-10s%4d", s.State, s.Chinese, states[s.State])
	}
	t.Logf("channels %v, events %v, founded in %v", channels, kinds, f.took)
	// Nothing is a draft yet, and no item has a step after the delivery that would leave a case delivered.
	for _, s := range cases.States {
		never := s.State == cases.Draft || s.State == cases.Delivered
		if (states[s.State] == 0) != never {
			t.Errorf("%d cases are %s", states[s.State], s.State)
		}
	}
	// No calendar was changed yet, nor a key, and no hand-over was given up; there are no photographs, which package file takes
	// in, not cases.Service.
	never := []cases.Kind{cases.KindRecounted, cases.KindResealed, cases.KindFileAdded, cases.KindFileRemoved, cases.KindFileUnclear,
		cases.KindMoveEnded}
	for _, k := range cases.Kinds {
		never := slices.Contains(never, k.Kind)
		if (kinds[k.Kind] == 0) != never {
			t.Errorf("%d times %s", kinds[k.Kind], k.Kind)
		}
	}
	between(t, "closed", states[cases.Closed], 170, 230)
	between(t, "by an agent", channels[cases.ByAgent], 160, 200)
	between(t, "over the counter", channels[cases.AtCounter], 75, 110)
}

func between(t *testing.T, what string, n, least, most int) {
	t.Helper()
	if n < least || n > most {
		t.Errorf("%s: %d, want %d to %d", what, n, least, most)
	}
}

func TestEveryItemAndEveryTownHasCases(t *testing.T) {
	f := founding(t)
	items, towns := map[item.Code]int{}, map[place.Code]int{}
	spot := 0
	for _, l := range f.lives {
		items[l.view.Item.Code]++
		towns[l.view.Town]++
		if l.spot {
			spot++
		}
	}
	between(t, "finished at once", spot, 80, 120)
	for _, d := range f.city.Items.All() {
		between(t, d.Name, items[d.Code], 1, 20)
	}
	for _, town := range f.city.Places.Children(f.city.Places.Root().Code) {
		t.Logf("%s %d", town.Name, towns[town.Code])
		switch town.Name {
		case "高家堡镇": // whose desks are shown
			between(t, town.Name, towns[town.Code], 40, 50)
		case "大保当镇":
			between(t, town.Name, towns[town.Code], 36, 36)
		default:
			between(t, town.Name, towns[town.Code], 7, 24)
		}
	}
	if len(f.lives) != 300 {
		t.Errorf("%d cases", len(f.lives))
	}
}

func TestToldCasesStandWhereTheyAreTold(t *testing.T) {
	f := founding(t)
	for i, s := range scenes {
		l := f.lives[i]
		view, err := f.cases.Get(t.Context(), inspector, l.number)
		if err != nil {
			t.Fatal(err)
		}
		if view.State != s.stands.state || view.Item.Code != s.item || view.Place != s.at {
			t.Errorf("%s of %s at %s is %s, want %s", view.Item.Code, s.filed, view.PlaceName, view.State, s.stands.state)
		}
		for _, step := range s.stands.steps {
			if view.Steps[step-1].State != "open" {
				t.Errorf("%s of %s: step %d is %s", s.item, s.filed, step, view.Steps[step-1].State)
			}
		}
	}
}

func TestEachDeskOfTheGuidedTownHasItsWork(t *testing.T) {
	f := founding(t)
	for _, account := range []string{"agent-610881101200", "clerk-610881101", "desk-610881101", "unit-minzheng"} {
		between(t, account, f.todo(t, account), 3, 15)
	}
}

func TestSomeAreLateSomeDueTodaySomeSoon(t *testing.T) {
	f := founding(t)
	var late, now, soon int
	for _, l := range f.lives {
		view, err := f.cases.Get(t.Context(), inspector, l.number)
		if err != nil {
			t.Fatal(err)
		}
		limit := view.Limits.Promised
		switch {
		case !limit.Running:
		case limit.Left < 0:
			late++
		case limit.Left == 0:
			now++
		case limit.Left <= 3:
			soon++
		}
	}
	between(t, "late", late, 4, 14)
	between(t, "due today", now, 2, 8)
	between(t, "due within three days", soon, 4, 20)
}

// TestTimeGoesForward: what happened to one case rises in time, and so does the whole journal as it was written.
func TestTimeGoesForward(t *testing.T) {
	f := founding(t)
	if now := f.clock.Now(); !now.Equal(Start) {
		t.Errorf("the clock stands at %s", now)
	}
	entries, err := f.journal.After(t.Context(), 0, 100_000)
	if err != nil {
		t.Fatal(err)
	}
	last, n := time.Time{}, 0
	for _, e := range entries {
		if e.At.Before(last) || e.At.After(Start) {
			t.Fatalf("entry %d of %s is of %s, after %s", e.Number, e.Subject, e.At, last)
		}
		last = e.At
		if !strings.HasPrefix(e.Subject, "case/") {
			continue
		}
		n++
		if e.Actor == journal.System { // the law needs no open door
			continue
		}
		if !isOpen(e.At) || e.At.Before(first.Start()) {
			t.Errorf("%s %d happened at %s", e.Subject, e.Seq, e.At)
		}
	}
	if n < 3*count {
		t.Errorf("%d entries about cases", n)
	}
}

func TestNumbersAreValidAndPeopleDifferent(t *testing.T) {
	f := founding(t)
	seen, rare := map[string]bool{}, 0
	for _, l := range f.lives {
		if seen[l.who.number] {
			t.Errorf("%s comes twice", l.who.name)
		}
		seen[l.who.number] = true
		var err error
		if l.who.kind == cases.AnOrganisation {
			_, err = ident.ParseCreditCode(l.who.number)
		} else {
			_, err = ident.ParseCitizenNumber(l.who.number, today)
		}
		if err != nil {
			t.Errorf("%s: %v", l.who.name, err)
		}
		if strings.ContainsAny(l.who.name, "𠮷𬭸·") && l.view.Applicant.Name == l.who.name {
			rare++
		}
		if l.who.name == "折桂英" {
			t.Error("the guided example is hers")
		}
	}
	if rare != 3 {
		t.Errorf("%d rare names are kept whole, want 3", rare)
	}
}

// TestRowsAreTheFoldOfTheirEvents: as the check of the record asks it of every database.
func TestRowsAreTheFoldOfTheirEvents(t *testing.T) {
	f := founding(t)
	for room, want := range map[*journal.Room]int{new(f.cases.Room()): count, new(f.people.Room()): len(theAccounts())} {
		n := 0
		for after := ""; ; {
			page, err := room.Page(t.Context(), after)
			if err != nil {
				t.Fatal(err)
			}
			if len(page) == 0 {
				break
			}
			for _, stored := range page {
				n++
				after = stored.Subject
				entries, err := f.journal.About(t.Context(), stored.Subject)
				if err != nil {
					t.Fatal(err)
				}
				rebuilt, err := room.Rebuild(entries)
				if err != nil || !slices.Equal(rebuilt.Columns, stored.Columns) {
					t.Errorf("%s: %v\nstored  %v\nrebuilt %v", stored.Subject, err, stored.Columns, rebuilt.Columns)
				}
			}
		}
		if n != want {
			t.Errorf("%s: %d rows, want %d", room.Prefix, n, want)
		}
	}
	if err := f.cases.CheckTotals(t.Context(), func(what string) { t.Error(what) }); err != nil {
		t.Error(err)
	}
}

// TestFoundingIsQuick guards the first start: it has 20 seconds for everything, on two cores.
func TestFoundingIsQuick(t *testing.T) {
	if f := founding(t); f.took > 15*time.Second {
		t.Errorf("founding took %v", f.took)
	}
}
