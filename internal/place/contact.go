package place

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
)

// Hotline is the country's line for public services, which somebody answers wherever a place has not told its own.
const Hotline = "12345"

// Contact is how people reach a place. What is empty was never told.
type Contact struct {
	Code      Code   `json:"code"`
	Telephone string `json:"telephone,omitempty"` // 0912-8331234
	Address   string `json:"address,omitempty"`
	// Position is on the map, degrees north and east in 国家大地坐标系 2000; nil when it was never told.
	Position *Position `json:"position,omitempty"`
	Hours    Hours     `json:"hours"`
}

// Position is a point on the map.
type Position struct {
	Lat float64 `json:"lat"`
	Lon float64 `json:"lon"`
}

// String is 38.83512, 110.49901: to about a metre.
func (p Position) String() string { return fmt.Sprintf("%.5f, %.5f", p.Lat, p.Lon) }

// ParsePosition reads degrees north and east, in whichever order: no place of this country lies in both ranges.
func ParsePosition(s string) (*Position, bool) {
	parts := strings.Fields(strings.NewReplacer("，", " ", ",", " ", "、", " ").Replace(s))
	if len(parts) != 2 {
		return nil, false
	}
	a, err := strconv.ParseFloat(parts[0], 64)
	b, err2 := strconv.ParseFloat(parts[1], 64)
	if a > b {
		a, b = b, a
	}
	if err != nil || err2 != nil || !(a >= 3 && a <= 54 && b >= 73 && b <= 136) {
		return nil, false
	}
	return &Position{Lat: a, Lon: b}, true
}

// What a contact can lack.
const (
	LacksTelephone = "telephone"
	LacksAddress   = "address"
	LacksPosition  = "position"
	LacksHours     = "hours"
)

// Lacking lists what was never told, in the order of their weight for people who come.
func (c Contact) Lacking() []string {
	var list []string
	for _, x := range []struct {
		what    string
		missing bool
	}{{LacksTelephone, c.Telephone == ""}, {LacksHours, !c.Hours.Known()}, {LacksAddress, c.Address == ""}, {LacksPosition, c.Position == nil}} {
		if x.missing {
			list = append(list, x.what)
		}
	}
	return list
}

var lackNames = map[string]string{LacksTelephone: "电话没填", LacksHours: "时间没填", LacksAddress: "地址没填", LacksPosition: "位置没填"}

// LackChinese names a lack on pages.
func LackChinese(what string) string { return lackNames[what] }

// telephoneForm: an area code and a number with an extension, a mobile number, a service number.
var telephoneForm = regexp.MustCompile(`^(?:0\d{2,3}-[2-9]\d{6,7}(?:转\d{1,5})?|1[3-9]\d{9}|400\d{7}|[19]\d{4})$`)

var landline = regexp.MustCompile(`^(0(?:10|2\d|[3-9]\d{2}))([2-9]\d{6,7})(转\d{1,5})?$`)

// ParseTelephone reads a place's number as people type it: blanks, brackets and dashes are put right, so 0912 8331234 and
// （0912）8331234 are 0912-8331234.
func ParseTelephone(s string) (string, bool) {
	s = strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case strings.ContainsRune(" 　-－—–()（）", r):
			return -1
		}
		return r
	}, strings.TrimSpace(s))
	if m := landline.FindStringSubmatch(s); m != nil {
		s = m[1] + "-" + m[2] + m[3]
	}
	return s, telephoneForm.MatchString(s)
}

// Book holds how all places are reached, for many readers while it is set anew.
type Book struct {
	contacts atomic.Pointer[map[Code]Contact]
}

// NewBook is a book of contacts.
func NewBook(list []Contact) *Book {
	b := &Book{}
	b.Set(list)
	return b
}

// Set replaces what stands in it.
func (b *Book) Set(list []Contact) {
	m := make(map[Code]Contact, len(list))
	for _, c := range list {
		m[c.Code] = c
	}
	b.contacts.Store(&m)
}

// Of is how a place is reached; of one that was never told, an empty contact with its code.
func (b *Book) Of(code Code) Contact {
	if b != nil {
		if m := b.contacts.Load(); m != nil {
			if c, ok := (*m)[code]; ok {
				return c
			}
		}
	}
	return Contact{Code: code}
}

// Ask is whom to call about a place: itself, else the station above, else the centre, else the country's line.
func (b *Book) Ask(places *Directory, code Code) (who, telephone string) {
	for p, ok := places.Place(code); ok; p, ok = places.Place(p.Parent) {
		if c := b.Of(p.Code); c.Telephone != "" {
			return p.Service, c.Telephone
		}
	}
	return "政务服务便民热线", Hotline
}
