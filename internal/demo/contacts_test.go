package demo

import (
	"regexp"
	"strings"
	"testing"

	"bianmin/internal/access"
	"bianmin/internal/place"
)

var madeUp = regexp.MustCompile(`^0912-555\d{4}$`)

// TestPlacesCanBeReached: every place but the last room of each town has a number of its own that is nobody's, an address and
// hours; whose number is missing is reached through the station. All is told by somebody who may.
func TestPlacesCanBeReached(t *testing.T) {
	f := founding(t)
	list, err := f.told.Contacts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	book, numbers := place.NewBook(list), map[string]bool{}
	teller := contactsTeller(f.city)
	centre := f.city.Places.Root()
	reached, untold := 0, 0
	check := func(p place.Place) {
		c := book.Of(p.Code)
		if lacks := strings.Join(c.Lacking(), " "); lacks != place.LacksPosition {
			t.Errorf("%s lacks %s", p.Name, lacks)
		}
		if !madeUp.MatchString(c.Telephone) || numbers[c.Telephone] {
			t.Errorf("%s: %s", p.Name, c.Telephone)
		}
		if !teller.EditsPlace(p.Code) {
			t.Errorf("%s may not tell of %s", teller.Account, p.Name)
		}
		numbers[c.Telephone] = true
		reached++
	}
	check(centre)
	for _, town := range f.city.Places.Children(centre.Code) {
		check(town)
		rooms := f.city.Places.Children(town.Code)
		for _, room := range rooms[:len(rooms)-1] {
			check(room)
		}
		last := rooms[len(rooms)-1]
		who, telephone := book.Ask(f.city.Places, last.Code)
		if len(book.Of(last.Code).Lacking()) != 4 || telephone != book.Of(town.Code).Telephone || who != town.Service {
			t.Errorf("%s: %s, %s", last.Name, who, telephone)
		}
		untold++
	}
	if len(list) != reached || reached+untold != 385 {
		t.Errorf("%d told, %d reached, %d not", len(list), reached, untold)
	}
	history, err := f.told.ContactHistory(t.Context(), "610881101000")
	if err != nil || len(history) != 1 || history[0].By != "admin" || history[0].Contact.Address != "高家堡镇人民政府院内一楼" {
		t.Errorf("%+v (%v)", history, err)
	}
	if teller.Role != access.Admin {
		t.Errorf("%s", teller.Role)
	}
}
