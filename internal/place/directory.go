package place

import (
	"cmp"
	"fmt"
	"slices"
)

// Directory is the tree of places and the units, indexed once and never changed, so that
// every reader shares it without a lock. A change of the tree makes a new one.
type Directory struct {
	places   []Place // in code order
	byCode   map[Code]Place
	children map[Code][]Place
	root     Place
	units    []Unit
	byUnit   map[string]Unit
}

// NewDirectory indexes one tree. It refuses a code twice, an orphan and two roots.
func NewDirectory(places []Place, units []Unit) (*Directory, error) {
	d := &Directory{
		places:   slices.Clone(places),
		byCode:   make(map[Code]Place, len(places)),
		children: map[Code][]Place{},
		units:    slices.Clone(units),
		byUnit:   make(map[string]Unit, len(units)),
	}
	slices.SortFunc(d.places, func(a, b Place) int { return cmp.Compare(a.Code, b.Code) })
	for _, p := range d.places {
		if _, twice := d.byCode[p.Code]; twice {
			return nil, fmt.Errorf("place %s stands twice", p.Code)
		}
		d.byCode[p.Code] = p
	}
	for _, u := range d.units {
		if _, twice := d.byUnit[u.Code]; twice {
			return nil, fmt.Errorf("unit %s stands twice", u.Code)
		}
		d.byUnit[u.Code] = u
	}
	if err := d.plant(); err != nil {
		return nil, err
	}
	return d, nil
}

func (d *Directory) plant() error {
	for _, p := range d.places {
		if p.Parent == "" {
			if d.root.Code != "" {
				return fmt.Errorf("places %s and %s have both nothing above them", d.root.Code, p.Code)
			}
			d.root = p
			continue
		}
		if _, known := d.byCode[p.Parent]; !known {
			return fmt.Errorf("place %s lies in %s, which is not known", p.Code, p.Parent)
		}
		if p.Parent == p.Code || !p.Code.Within(p.Parent) {
			return fmt.Errorf("place %s cannot lie in %s", p.Code, p.Parent)
		}
		d.children[p.Parent] = append(d.children[p.Parent], p)
	}
	if d.root.Code == "" {
		return fmt.Errorf("none of %d places is the root", len(d.places))
	}
	return nil
}

// Place finds a place by its code.
func (d *Directory) Place(code Code) (Place, bool) {
	p, ok := d.byCode[code]
	return p, ok
}

// Root is the centre above all.
func (d *Directory) Root() Place { return d.root }

// Children are the places right below, in code order. The answer is the caller's own.
func (d *Directory) Children(code Code) []Place { return slices.Clone(d.children[code]) }

// All are the places in code order, each before those in it. The answer is the caller's own.
func (d *Directory) All() []Place { return slices.Clone(d.places) }

// Under are the place itself and all below it, in code order: what it may see (M1).
func (d *Directory) Under(code Code) []Place {
	var under []Place
	for _, p := range d.places {
		if p.Code.Within(code) {
			under = append(under, p)
		}
	}
	return under
}

// Unit finds a unit by its code.
func (d *Directory) Unit(code string) (Unit, bool) {
	u, ok := d.byUnit[code]
	return u, ok
}

// Units are all units in the order of the list. The answer is the caller's own.
func (d *Directory) Units() []Unit { return slices.Clone(d.units) }

// UnitName is what a unit is called in a town (or in a room's town): see Unit.NameIn. With no
// town known it is the unit's own name; of an unknown unit it is empty.
func (d *Directory) UnitName(unitCode string, town Code) string {
	u, known := d.byUnit[unitCode]
	at, inTown := d.byCode[town.Town()]
	switch {
	case !known:
		return ""
	case !inTown || at.Kind != Station:
		return u.Name
	}
	return u.NameIn(at.Name)
}

// Reconsiders is the authority that reconsiders what a unit has decided, or a town's own station when there is no such
// unit: the government of the city, for its departments, their branches and its towns alike (行政复议法 第二十四条); where a
// unit is led from above, as the tax authority is, the authority above (第二十七条).
func (d *Directory) Reconsiders(unitCode string) string {
	if above := d.byUnit[unitCode].Reconsideration; above != "" {
		return above
	}
	return d.root.Name + "人民政府"
}
