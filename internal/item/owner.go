package item

import (
	"fmt"
	"strings"
)

// OwnerKind is who does a step.
type OwnerKind string

const (
	Agent    OwnerKind = "agent"   // the village agent
	Counter  OwnerKind = "counter" // the station's counter
	Desk     OwnerKind = "desk"    // the town's back office
	UnitDesk OwnerKind = "unit"    // a unit, named
)

var ownerKinds = map[OwnerKind]string{Agent: "代办员", Counter: "综合窗口", Desk: "镇（街道）经办岗", UnitDesk: "单位"}

func (k OwnerKind) Chinese() string { return ownerKinds[k] }

// Owner is the owner of a step, written agent, counter, desk or unit:minzheng. Two owners can
// be compared with ==. The zero value is nobody and is refused by Check.
type Owner struct {
	Kind OwnerKind
	Unit string // the unit's code; empty but for UnitDesk
}

// ParseOwner reads the written form.
func ParseOwner(s string) (Owner, error) {
	switch kind := OwnerKind(s); kind {
	case Agent, Counter, Desk:
		return Owner{Kind: kind}, nil
	}
	if unit, ok := strings.CutPrefix(s, "unit:"); ok && unit != "" && strings.Trim(unit, "abcdefghijklmnopqrstuvwxyz") == "" {
		return Owner{Kind: UnitDesk, Unit: unit}, nil
	}
	return Owner{}, fmt.Errorf("承办人“%s”应写agent、counter、desk或者unit:加单位代码", s)
}

func (o Owner) String() string {
	if o.Kind == UnitDesk {
		return "unit:" + o.Unit
	}
	return string(o.Kind)
}

func (o Owner) MarshalText() ([]byte, error) { return []byte(o.String()), nil }

func (o *Owner) UnmarshalText(text []byte) error {
	parsed, err := ParseOwner(string(text))
	if err == nil {
		*o = parsed
	}
	return err
}
