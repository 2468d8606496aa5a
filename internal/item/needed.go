package item

import "fmt"

// AlwaysNeeded are the materials that no situation leads to.
func (d Definition) AlwaysNeeded() []Material {
	var always []Material
	for _, m := range d.Materials {
		if m.Need == Always {
			always = append(always, m)
		}
	}
	return always
}

// Material finds a material by its name.
func (d Definition) Material(name string) (Material, bool) {
	for i := range d.Materials {
		if d.Materials[i].Name == name {
			return d.Materials[i], true
		}
	}
	return Material{}, false
}

// MaterialsFor is the list for this citizen, in the definition's order: what is always asked,
// less what an answer drops, and what an answer adds. Answers are by the situation's id; a
// question left open changes nothing. An answer that was never offered is an error.
func (d Definition) MaterialsFor(answers map[string]string) ([]Material, error) {
	added, dropped := map[string]bool{}, map[string]bool{}
	for id, answer := range answers {
		chosen, err := d.option(id, answer)
		if err != nil {
			return nil, err
		}
		for _, name := range chosen.MaterialsAdd {
			added[name] = true
		}
		for _, name := range chosen.MaterialsDrop {
			dropped[name] = true
		}
	}
	var list []Material
	for _, m := range d.Materials {
		if (m.Need == Always && !dropped[m.Name]) || (m.Need == When && added[m.Name]) {
			list = append(list, m)
		}
	}
	return list, nil
}

func (d Definition) option(id, answer string) (Option, error) {
	for _, s := range d.Situations {
		if s.ID != id {
			continue
		}
		for _, o := range s.Options {
			if o.Answer == answer {
				return o, nil
			}
		}
		return Option{}, fmt.Errorf("item %s, situation %s: no such answer", d.Code, id)
	}
	return Option{}, fmt.Errorf("item %s: no situation %s", d.Code, id)
}
