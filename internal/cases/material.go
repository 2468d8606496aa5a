package cases

import "bianmin/internal/item"

// MaterialStatus is how a paper stands.
type MaterialStatus string

// The statuses.
const (
	MaterialReceived  MaterialStatus = "received"
	MaterialAbsent    MaterialStatus = "absent"
	MaterialDefective MaterialStatus = "defective"
	MaterialNotNeeded MaterialStatus = "not_needed"
)

// MaterialStatuses lists them with their names.
var MaterialStatuses = []struct {
	Status  MaterialStatus
	Chinese string
}{{MaterialReceived, "收到"}, {MaterialAbsent, "没带"}, {MaterialDefective, "不合格"}, {MaterialNotNeeded, "不需要"}}

// Chinese is the status's name.
func (s MaterialStatus) Chinese() string {
	for _, x := range MaterialStatuses {
		if x.Status == s {
			return x.Chinese
		}
	}
	return string(s)
}

func (s MaterialStatus) known() bool { return s.Chinese() != string(s) }

// settled says that nothing of this paper is still to come.
func (s MaterialStatus) settled() bool { return s == MaterialReceived || s == MaterialNotNeeded }

// Material is one paper of the case.
type Material struct {
	Name      string         `json:"name"`
	Originals int            `json:"originals"`
	Copies    int            `json:"copies"`
	Status    MaterialStatus `json:"status"`
}

// AsAsked stands for a number of papers that was left out: as many as the item asks for.
const AsAsked = -1

// counted fills in the numbers that were left out.
func (m Material) counted(asked item.Material) Material {
	if m.Originals == AsAsked {
		m.Originals = asked.Originals
	}
	if m.Copies == AsAsked {
		m.Copies = asked.Copies
	}
	return m
}

// checklist lays what was handed in beside what the item asks for: every material of the item, in the item's order.
// What nobody mentioned is absent when it is always needed, and not needed when it depends on the situation.
func checklist(d *item.Version, handed []Material) []Material {
	list := make([]Material, 0, len(d.Materials))
	for _, m := range d.Materials {
		entry := Material{Name: m.Name, Originals: m.Originals, Copies: m.Copies, Status: MaterialNotNeeded}
		if m.Need == item.Always {
			entry.Status = MaterialAbsent
		}
		if i := indexOf(handed, m.Name); i >= 0 {
			entry = handed[i].counted(m)
		}
		list = append(list, entry)
	}
	return list
}

func indexOf(list []Material, name string) int {
	for i := range list {
		if list[i].Name == name {
			return i
		}
	}
	return -1
}

// missing names the papers that are always needed and not here. A conditional one never blocks.
func (c *Case) missing() []string { return missing(c.Def, c.Materials) }

func missing(d *item.Version, list []Material) []string {
	var names []string
	for _, m := range list {
		def, known := d.Material(m.Name)
		if known && def.Need == item.Always && !m.Status.settled() {
			names = append(names, m.Name)
		}
	}
	return names
}

// complete says that nothing always needed, and nothing that the notice asked for, is still to come.
func (c *Case) complete() bool {
	if len(c.missing()) > 0 {
		return false
	}
	for _, lack := range c.Notice.Missing {
		if i := indexOf(c.Materials, lack.Material); i >= 0 && !c.Materials[i].Status.settled() {
			return false
		}
	}
	return true
}
