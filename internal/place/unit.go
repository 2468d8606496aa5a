package place

import (
	"slices"
	"strings"
)

// Tier is where a unit stands: once in the city, or once in every town.
type Tier string

const (
	CityTier Tier = "city"
	TownTier Tier = "town"
)

// Nature is by what right a unit acts (GB/T 39046-2020 A.3 for the first two).
type Nature string

const (
	Government Nature = "government"
	Authorised Nature = "authorised"
	Enterprise Nature = "enterprise"
)

var tierNames = map[Tier]string{CityTier: "市级", TownTier: "镇（街道）级"}

var natureNames = map[Nature]string{Government: "法定机关", Authorised: "授权组织", Enterprise: "企业"}

// Chinese is the tier's name on pages.
func (t Tier) Chinese() string { return tierNames[t] }

// Chinese is the nature's name on pages.
func (n Nature) Chinese() string { return natureNames[n] }

// Unit posts people to counters and owns steps of items.
type Unit struct {
	Code      string   `json:"code"` // its name in pinyin: minzheng
	Name      string   `json:"name"`
	Short     string   `json:"short"`
	Tier      Tier     `json:"tier"`
	Nature    Nature   `json:"nature"`
	Telephone *string  `json:"telephone"` // nil until the place fills it in
	Windows   []string `json:"windows"`   // the counters it sits at
	// Reconsideration is the authority above, where a unit is led from there; empty: the city's government reconsiders.
	Reconsideration string `json:"reconsideration,omitempty"`
}

// NameIn is what the unit is called in a town: the city's unit by its own name, a town's
// unit with the town before its short name (高家堡镇派出所). Some are called otherwise in a
// subdistrict and say so in their name: 镇党委（街道党工委） is 高家堡镇党委, 西沙街道党工委.
func (u Unit) NameIn(town string) string {
	if u.Tier == CityTier {
		return u.Name
	}
	if inTown, inSubdistrict, ok := u.twoNames(); ok {
		if strings.HasSuffix(town, "街道") {
			return town + inSubdistrict
		}
		return town + inTown
	}
	return town + u.Short
}

// twoNames takes 镇党委（街道党工委） apart into 党委 and 党工委.
func (u Unit) twoNames() (inTown, inSubdistrict string, ok bool) {
	before, rest, bracket := strings.Cut(u.Name, "（")
	inside, closed := strings.CutSuffix(rest, "）")
	inTown, ofTown := strings.CutPrefix(before, "镇")
	inSubdistrict, ofSubdistrict := strings.CutPrefix(inside, "街道")
	return inTown, inSubdistrict, bracket && closed && ofTown && ofSubdistrict
}

// SitsAt tells whether the unit serves at a counter of this name.
func (u Unit) SitsAt(window string) bool { return slices.Contains(u.Windows, window) }
