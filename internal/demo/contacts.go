package demo

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/place"
	"bianmin/internal/problem"
	"bianmin/internal/reference"
)

// nobodysNumber is a telephone of the demonstration: 0912-555 with two digits for the town and two for the room. The country
// keeps no range free for examples. The numbers of the city's offices that we know begin with 83 and 84; 555, which films
// use elsewhere, is read as made up.
const nobodysNumber = "0912-555%02d%02d"

// Contacts are how the demonstration's places are reached. Telephones, addresses and hours are made up, and nothing stands on
// the map: a wrong point would send somebody there. The last room of each town has told nothing yet, so that there is
// something to see of what a place lacks, and of whom one calls then.
func Contacts(city reference.City) ([]place.Contact, error) {
	centre := city.Places.Root()
	list := []place.Contact{}
	add := func(p place.Place, t place.ContactText) error {
		c, wrong := t.Read(p.Code)
		if no := problem.WrongFields(wrong); no != nil {
			return fmt.Errorf("how %s is reached: %w", p.Name, explained(no))
		}
		list = append(list, c)
		return nil
	}
	if err := add(centre, officeText(0, 0, "神木市政务服务中心大楼一层", "8:30-12:00 14:00-18:00", "9:00-12:00")); err != nil {
		return nil, err
	}
	for i, town := range city.Places.Children(centre.Code) {
		saturday := ""
		if i%3 == 0 {
			saturday = "9:00-12:00"
		}
		if err := add(town, officeText(i+1, 0, seatOf(town.Name), "8:30-12:00 14:00-18:00", saturday)); err != nil {
			return nil, err
		}
		rooms := city.Places.Children(town.Code)
		for j, room := range rooms[:len(rooms)-1] {
			if err := add(room, officeText(i+1, j+1, town.Name+seatOf(room.Name), "8:30-11:30 14:30-18:00", "")); err != nil {
				return nil, err
			}
		}
	}
	return list, nil
}

// contactsTeller is who told them: the administrator, who may for every place.
func contactsTeller(city reference.City) access.Actor {
	list := Accounts(city)
	return list[slices.IndexFunc(list, func(a access.Account) bool { return a.Role == access.Admin })].Actor()
}

// TellContacts puts them on record, as the page of the places does.
func TellContacts(ctx context.Context, told *reference.Reference, city reference.City, at time.Time) error {
	list, err := Contacts(city)
	if err != nil {
		return err
	}
	return told.SetContacts(ctx, contactsTeller(city).Account, at, list)
}

// officeText is a contact as somebody would type it: open Monday to Friday, on Saturdays beyond the office hours.
func officeText(town, room int, address, hours, saturday string) place.ContactText {
	t := place.ContactText{Telephone: fmt.Sprintf(nobodysNumber, town, room), Address: address}
	for day := range 5 {
		t.Days[day] = hours
	}
	t.Extra[5] = saturday
	return t
}

// seatOf is where a place of this name has its house.
func seatOf(name string) string {
	switch {
	case strings.HasSuffix(name, "镇"):
		return name + "人民政府院内一楼"
	case strings.HasSuffix(name, "街道"):
		return name + "办事处一楼"
	case strings.HasSuffix(name, "社区"):
		return name + "居委会一楼"
	}
	return name + "村委会院内"
}
