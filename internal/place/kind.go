package place

// Kind is the tier of a place.
type Kind string

const (
	Centre  Kind = "centre"
	Station Kind = "station"
	Room    Kind = "room"
)

// kindNames: the words of §二(一) for each tier.
var kindNames = map[Kind]string{
	Centre:  "市政务服务中心",
	Station: "镇（街道）便民服务站",
	Room:    "村（社区）便民服务室",
}

// Chinese is the tier's name on pages.
func (k Kind) Chinese() string { return kindNames[k] }

// Kind tells the tier by the digits.
func (c Code) Kind() Kind {
	switch {
	case c.IsRoom():
		return Room
	case c.IsTown():
		return Station
	}
	return Centre
}

// Place is a centre, a station or a room.
type Place struct {
	Code     Code   `json:"code"`
	Name     string `json:"name"`     // the division, plain: 高家堡镇, 高家堡村, 新元社区
	Service  string `json:"service"`  // the sign by the naming rule: 高家堡镇便民服务站
	Official string `json:"official"` // as the source writes it: 高家堡村委会
	Kind     Kind   `json:"kind"`
	Parent   Code   `json:"parent,omitempty"` // empty at the root
}
