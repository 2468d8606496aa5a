package demo

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bianmin/internal/cases"
	"bianmin/internal/ident"
	"bianmin/internal/item"
	"bianmin/internal/place"
)

// TestPeopleAreWhatTheirNumbersSay: whoever is drawn for whatever item has a number that passes, of the sex, the age
// and the place that the item asks for.
func TestPeopleAreWhatTheirNumbersSay(t *testing.T) {
	city := shenmu(t)
	items, rooms := city.Items.All(), city.Places.Children(gaojiabu)
	rapid.Check(t, func(t *rapid.T) {
		def := rapid.SampledFrom(items).Draw(t, "item")
		room := rapid.SampledFrom(rooms).Draw(t, "room")
		w := applicant(rand.New(rand.NewPCG(1, rapid.Uint64().Draw(t, "seed"))), &def, room, "高家堡镇", today)
		if w.phone != "" {
			if p, err := ident.ParsePhone(w.phone); err != nil || !p.Mobile() {
				t.Fatalf("%s: %v", w.phone, err)
			}
		}
		if w.kind == cases.AnOrganisation {
			checkOrganisation(t, &def, w)
			return
		}
		checkPerson(t, &def, w)
		if !strings.HasPrefix(w.address, "神木市高家堡镇"+room.Name) {
			t.Fatalf("%s lives at %s", room.Name, w.address)
		}
	})
}

func checkOrganisation(t *rapid.T, def *item.Version, w who) {
	if _, err := ident.ParseCreditCode(w.number); err != nil || def.Serves == item.Persons {
		t.Fatalf("%s of %s comes for %s: %v", w.number, w.name, def.Name, err)
	}
}

func checkPerson(t *rapid.T, def *item.Version, w who) {
	n, err := ident.ParseCitizenNumber(w.number, today)
	if err != nil || def.Serves == item.Organisations {
		t.Fatalf("%s comes for %s: %v", w.number, def.Name, err)
	}
	d := demandFor(def.Code)
	if n.Male() != w.male || n.Age(today) != w.age || w.age < d.from || w.age > d.to {
		t.Fatalf("%+v comes for %s, which is for %d to %d", w, def.Name, d.from, d.to)
	}
	if d.sex == woman && w.male || d.sex == man && !w.male {
		t.Fatalf("%+v comes for %s", w, def.Name)
	}
	areas := []string{"612722", "610821", "610881"}
	if d.outsider {
		areas = neighbours
	}
	if !slices.Contains(areas, n.Area()) || w.name == "折桂英" {
		t.Fatalf("%s %s", w.name, n.Area())
	}
}

func TestAreaCodesFollowTheirTime(t *testing.T) {
	for _, c := range []struct{ born, want string }{
		{"1950-01-01", "612722"}, {"2000-06-30", "612722"}, {"2000-07-01", "610821"}, {"2017-07-26", "610821"}, {"2017-07-27", "610881"},
	} {
		if got := areaOf(date(t, c.born)); got != c.want {
			t.Errorf("born %s: %s, want %s", c.born, got, c.want)
		}
	}
}

func TestOnlyTheOldComeForWhatIsForTheOld(t *testing.T) {
	city := shenmu(t)
	for _, code := range []item.Code{"BM-008", "BM-013", "BM-073", "BM-087"} {
		def, _ := city.Items.Get(code)
		for i := range uint64(200) {
			w := applicant(rand.New(rand.NewPCG(2, i)), &def, place.Place{Name: "高家堡村"}, "高家堡镇", today)
			if n, err := ident.ParseCitizenNumber(w.number, today); err != nil || n.Birth().Year() >= 1956 {
				t.Fatalf("%s: born %s", def.Name, n.Birth())
			}
		}
	}
}

func TestAMistypedNumberIsAnotherNumber(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(3, rapid.Uint64().Draw(t, "seed")))
		right := mobile(r)
		wrong := mistyped(r, right)
		differ := 0
		for i := range right {
			if right[i] != wrong[i] {
				differ++
			}
		}
		if _, err := ident.ParsePhone(wrong); err != nil || differ != 1 {
			t.Fatalf("%s became %s: %v", right, wrong, err)
		}
	})
}
