package access

import (
	"bianmin/internal/place"
)

// Seat is a post that there ought to be somebody for.
type Seat struct {
	Role  Role       `json:"role"`
	Place place.Code `json:"place"`
	Unit  string     `json:"unit,omitempty"`
}

// Establishment lists every seat of the city: centre, units and their chiefs, stations with their units, rooms; in the
// order of the places.
func Establishment(places *place.Directory) []Seat {
	var seats []Seat
	for _, p := range places.All() {
		switch p.Kind {
		case place.Centre:
			for _, r := range []Role{Supervisor, Inspector, Admin} {
				seats = append(seats, Seat{Role: r, Place: p.Code})
			}
			seats = append(seats, unitSeats(places, p.Code, place.CityTier)...)
		case place.Station:
			for _, r := range []Role{Head, Clerk, Desk} {
				seats = append(seats, Seat{Role: r, Place: p.Code})
			}
			seats = append(seats, unitSeats(places, p.Code, place.TownTier)...)
		case place.Room:
			seats = append(seats, Seat{Role: Agent, Place: p.Code})
		}
	}
	return seats
}

func unitSeats(places *place.Directory, at place.Code, tier place.Tier) (seats []Seat) {
	for _, u := range places.Units() {
		if u.Tier != tier {
			continue
		}
		seats = append(seats, Seat{Role: Unit, Place: at, Unit: u.Code})
		if tier == place.CityTier {
			seats = append(seats, Seat{Role: Chief, Place: at, Unit: u.Code})
		}
	}
	return seats
}

// Seat is where an account sits.
func (a Account) Seat() Seat { return Seat{Role: a.Role, Place: a.Place, Unit: a.Unit} }

// PlaceWords is where a seat is: 高家堡镇高家堡村; of a unit its name there.
func PlaceWords(places *place.Directory, s Seat) string {
	if s.Unit != "" {
		return places.UnitName(s.Unit, s.Place)
	}
	p, ok := places.Place(s.Place)
	if !ok {
		return string(s.Place)
	}
	if above, ok := places.Place(p.Parent); ok && p.Kind == place.Room {
		return above.Name + p.Name
	}
	return p.Name
}

// SeatWords is 高家堡镇窗口人员.
func SeatWords(places *place.Directory, s Seat) string {
	return PlaceWords(places, s) + s.Role.Chinese()
}
