package place

import (
	"fmt"
	"strings"
)

// Profile is a naming rule (§三2): what follows the division's name on the sign of each tier.
type Profile struct {
	Name    string // whose rule it is
	Centre  string
	Station string
	Room    string
}

// ShenmuProfile is the rule of 神政办发〔2019〕54号 三、2, and the default.
var ShenmuProfile = Profile{Name: "神木市", Centre: "政务服务中心", Station: "便民服务站", Room: "便民服务室"}

// NationalProfile is what most other cities write: a 便民服务中心 in the town, a 便民服务站 in the village.
var NationalProfile = Profile{Name: "通用", Centre: "政务服务中心", Station: "便民服务中心", Room: "便民服务站"}

// WrongName refuses a sign that breaks the rule and proposes the right one.
type WrongName struct{ Given, Right string }

func (w *WrongName) Error() string {
	if w.Given == "" {
		return fmt.Sprintf("名称还空着，应写“%s”", w.Right)
	}
	return fmt.Sprintf("名称“%s”不合统一命名，应写“%s”", w.Given, w.Right)
}

// ServiceName is the sign of a division's place: 高家堡镇 + Station → 高家堡镇便民服务站.
func (p Profile) ServiceName(division string, kind Kind) string {
	return division + p.ending(kind)
}

// Check answers nil or a *WrongName. Blanks around the name are not held against it.
func (p Profile) Check(name, division string, kind Kind) error {
	name = strings.TrimSpace(name)
	if right := p.ServiceName(division, kind); name != right {
		return &WrongName{Given: name, Right: right}
	}
	return nil
}

func (p Profile) ending(kind Kind) string {
	switch kind {
	case Centre:
		return p.Centre
	case Station:
		return p.Station
	}
	return p.Room
}

// Named gives the places the signs of another profile: what a city does that changes its rule.
func (p Profile) Named(places []Place) []Place {
	named := make([]Place, len(places))
	for i, at := range places {
		at.Service = p.ServiceName(at.Name, at.Kind)
		named[i] = at
	}
	return named
}
