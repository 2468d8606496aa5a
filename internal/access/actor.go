package access

import "bianmin/internal/place"

// Actor is who does something: an account at its post.
type Actor struct {
	Account string
	Name    string
	Role    Role
	Place   place.Code // of the room, town or centre where the post is
	Unit    string     // code of the unit, for Role Unit and Role Chief
	Phone   string     // keyed index of the telephone, for Role Citizen: the cases filed with it are its own
}

// Post names where work waits: "agent:610881101200", "counter:610881101000", "desk:610881101000",
// "unit:minzheng" (city) or "unit:paichusuo:610881101000" (town).
type Post string

// AgentPost is the agent's of a room.
func AgentPost(room place.Code) Post { return Post("agent:" + string(room)) }

// CounterPost is the counter's of a town.
func CounterPost(town place.Code) Post { return Post("counter:" + string(town)) }

// DeskPost is the back desk's of a town.
func DeskPost(town place.Code) Post { return Post("desk:" + string(town)) }

// UnitPost is a unit's; town is empty for a unit of the city.
func UnitPost(unit string, town place.Code) Post {
	if town == "" {
		return Post("unit:" + unit)
	}
	return Post("unit:" + unit + ":" + string(town))
}

// HeadPost is where requests wait for the head of a town's station.
func HeadPost(town place.Code) Post { return Post("head:" + string(town)) }

// ChiefPost is where requests wait for the chief of a unit of the city.
func ChiefPost(unit string) Post { return Post("chief:" + unit) }

// PersonPost is where what was handed to one named person waits.
func PersonPost(account string) Post { return Post("person:" + account) }

// Post is where this actor's work waits; empty for those for whom nothing ever does.
func (a Actor) Post() Post {
	switch a.Role {
	case Agent:
		return AgentPost(a.Place)
	case Clerk:
		return CounterPost(a.Place)
	case Desk:
		return DeskPost(a.Place)
	case Head:
		return HeadPost(a.Place)
	case Unit:
		return UnitPost(a.Unit, a.unitTown())
	case Chief:
		return ChiefPost(a.Unit)
	}
	return ""
}

func (a Actor) unitTown() place.Code {
	if a.Place.IsCity() {
		return ""
	}
	return a.Place
}

// OfUnit is the post of the unit whose cases the actor reads; empty for those who belong to none.
func (a Actor) OfUnit() Post {
	if a.Role != Unit && a.Role != Chief {
		return ""
	}
	return UnitPost(a.Unit, a.unitTown())
}

// SeesAll says that the actor reads every case of the city.
func (a Actor) SeesAll() bool { return a.Role == Supervisor || a.Role == Inspector }

// SeesTown says that the actor reads the cases of a town and its rooms.
func (a Actor) SeesTown() bool { return a.Role == Clerk || a.Role == Desk || a.Role == Head }

// EditsPlace says whether the actor may tell when a place is open and how it is reached: an administrator of every place,
// the head of a station of that and its rooms.
func (a Actor) EditsPlace(code place.Code) bool {
	return a.Role == Admin || a.Role == Head && a.Place.IsTown() && code.Within(a.Place)
}
