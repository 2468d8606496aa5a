package paper

import (
	"strings"

	"bianmin/internal/access"
	"bianmin/internal/item"
	"bianmin/internal/place"
)

// issuer is in whose name a paper goes out, and whose series numbers it.
type issuer struct {
	Name   string `must:"出具单位"`    // 高家堡镇便民服务站, 神木市民政局
	Prefix string `must:"文号的机关代字"` // 高家堡镇便民
	Series string `must:"文号的序列"`   // station:610881101000, or the unit's post: unit:minzheng
}

// station is the town's, which receives, accepts and serves for all units (一窗受理).
func (s *source) station() issuer {
	return counter(s.places, s.view.Town)
}

// counter is a station, or a room, which issues its own ledger.
func counter(places *place.Directory, at place.Code) issuer {
	p, _ := places.Place(at)
	if at.IsTown() {
		return issuer{Name: p.Service, Prefix: p.Name + "便民", Series: "station:" + string(at)}
	}
	town, _ := places.Place(at.Town()) // villages of two towns may have one name
	return issuer{Name: p.Service, Prefix: town.Name + p.Name + "便民", Series: "room:" + string(at)}
}

// stepOwner is who owns a step, from 1: a unit, or the town's station for its own people.
func (s *source) stepOwner(step int) issuer {
	if s.view.Whole == nil || step < 1 || step > len(s.view.Steps) {
		return issuer{}
	}
	of := s.view.Steps[step-1]
	owner, err := item.ParseOwner(of.Owner)
	if err != nil || owner.Kind != item.UnitDesk {
		return s.station()
	}
	if of.Tier == item.Town {
		name := s.places.UnitName(owner.Unit, s.view.Town)
		return issuer{name, name, string(access.UnitPost(owner.Unit, s.view.Town))}
	}
	return s.unit(owner.Unit)
}

// unit is a unit of the city.
func (s *source) unit(code string) issuer {
	name := s.places.UnitName(code, "")
	return issuer{name, name, string(access.UnitPost(code, ""))}
}

// openAt is who owned the step that was under way when something happened there.
func (s *source) openAt(e event) issuer {
	if s.view.Whole != nil && e.Place != nil {
		for i, step := range s.view.Steps {
			begun := step.Started != nil && *step.Started <= e.At && (step.Done == nil || *step.Done >= e.At)
			cityUnit := strings.HasPrefix(step.Owner, "unit:") && step.Tier == item.City
			if begun && cityUnit == (*e.Place == string(s.places.Root().Code)) {
				return s.stepOwner(i + 1)
			}
		}
	}
	return s.station()
}

// reach is how the station is reached that the applicant turns to, whoever issues the paper. The office's own register
// names none. It is no part of what a paper says: another telephone does not make a new paper due.
func (s *Service) reach(of *source, kind Kind) string {
	if kind == Register {
		return ""
	}
	return s.reachOf(of.view.Town, of.station().Name)
}

func (s *Service) reachOf(town place.Code, name string) string {
	c := s.Contacts.Of(town)
	if c.Telephone == "" {
		return ""
	}
	words := "联系：" + name + "，电话 " + c.Telephone
	if c.Address != "" {
		words += "，地址" + c.Address
	}
	return words + "。"
}
