package guide

import (
	"context"
	"slices"
	"strings"

	"bianmin/internal/calendar"
	"bianmin/internal/clock"
	"bianmin/internal/item"
	"bianmin/internal/place"
	"bianmin/internal/print"
	"bianmin/internal/problem"
)

// Hotline is the telephone that answers for every place of the country: 政务服务便民热线 (国办发〔2020〕53号).
const Hotline = "12345"

// Contact is how a place is reached, as far as the place has told; what it has not is empty.
type Contact struct{ Telephone, Hours, Address string }

// Desk is the guide desk (导办台): what somebody is told before anything is filed. Pages and API ask it alike.
type Desk struct {
	Items    *item.Catalogue
	Finder   *Finder
	Places   *place.Directory
	Calendar func() *calendar.Calendar
	Clock    clock.Clock
	// Contact tells how a place is reached; nil where nobody has told.
	Contact func(code place.Code) Contact
	// Common are the items most asked for lately, the commonest first; nil where nobody counts.
	Common func(ctx context.Context) ([]item.Code, error)
	// Printer draws guides to take home; their code leads to Public, where citizens reach the program.
	Printer *print.Printer
	Public  string

	drawn lastDrawn
}

// Where is a place that takes an item.
type Where struct {
	Code      place.Code `json:"code"`
	Service   string     `json:"service" doc:"the sign over the door"`
	Window    *string    `json:"window" doc:"the counter; null in a village"`
	Telephone *string    `json:"telephone" doc:"null where the place has told none"`
	Hours     *string    `json:"hours"`
	Address   *string    `json:"address"`
}

// Sheet lays out an item for somebody of a place who hands it in now. With no place it is laid out for the city.
func (d *Desk) Sheet(code item.Code, at place.Code, answers map[string]string) (Sheet, []Where, error) {
	v, ok := d.Items.Get(code)
	if !ok {
		return Sheet{}, nil, problem.ErrNotFound
	}
	s, err := SheetOf(v, answers, d.Calendar(), d.Clock.Now(), func(o item.Owner) string { return d.owner(o, at) },
		d.Places.Reconsiders(v.Decider().Unit))
	if err != nil {
		return Sheet{}, nil, problem.WrongFields([]problem.Field{{Path: "answer", Code: "unknown_answer", Message: "没有这个回答，请照事项的问题选"}})
	}
	return s, d.Where(v.Definition, at), nil
}

// owner names who does a step for somebody of a place.
func (d *Desk) owner(o item.Owner, at place.Code) string {
	p, known := d.Places.Place(at)
	if !known {
		p = d.Places.Root()
	}
	town, _ := d.Places.Place(p.Code.Town())
	switch {
	case o.Kind == item.UnitDesk:
		return d.Places.UnitName(o.Unit, at)
	case o.Kind == item.Agent && p.Kind == place.Room:
		return p.Name + "代办员"
	case o.Kind == item.Agent:
		return "村（社区）代办员"
	case p.Kind == place.Centre:
		return o.Kind.Chinese()
	}
	return town.Name + strings.TrimPrefix(o.Kind.Chinese(), "镇（街道）") // 高家堡镇经办岗
}

// Where gives the nearest places that take an item: the room if the village receives it, then the town's station.
func (d *Desk) Where(def item.Definition, at place.Code) []Where {
	list := []Where{}
	p, known := d.Places.Place(at)
	if !known || p.Kind == place.Centre {
		return list
	}
	if p.Kind == place.Room && InVillage(def) {
		list = append(list, d.where(p, ""))
	}
	if town, ok := d.Places.Place(p.Code.Town()); ok {
		list = append(list, d.where(town, def.Window))
	}
	return list
}

// InRoom says that a village's own room is among the places.
func InRoom(list []Where) bool {
	return slices.ContainsFunc(list, func(at Where) bool { return at.Window == nil })
}

// InVillage says that a village's room takes the papers.
func InVillage(def item.Definition) bool {
	for _, step := range def.Steps {
		if step.Kind == item.Receive && step.Owner.Kind == item.Agent {
			return true
		}
	}
	return false
}

func (d *Desk) where(p place.Place, window string) Where {
	c := d.ContactOf(p.Code)
	return Where{Code: p.Code, Service: p.Service, Window: told(window), Telephone: told(c.Telephone), Hours: told(c.Hours), Address: told(c.Address)}
}

// ContactOf is how a place is reached, as far as it has told.
func (d *Desk) ContactOf(code place.Code) Contact {
	if d.Contact == nil {
		return Contact{}
	}
	return d.Contact(code)
}

// Telephone is whom somebody of a place can ring: the place, its town, or the country's hotline.
func (d *Desk) Telephone(at place.Code) string {
	for _, code := range []place.Code{at, at.Town()} {
		if tel := d.ContactOf(code).Telephone; code != "" && tel != "" {
			return tel
		}
	}
	return Hotline
}

func told(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// usual are common everywhere: shown where too few were counted.
var usual = []string{"交城乡居民医保", "养老金资格认证", "身份证到期换新", "领高龄补贴", "申请低保", "办社保卡（申领、启用、补换）", "领育儿补贴", "申报种地补贴（耕地地力保护补贴）"}

// Commonest are the items most asked for, at most so many.
func (d *Desk) Commonest(ctx context.Context, most int) ([]item.Version, error) {
	var codes []item.Code
	if d.Common != nil {
		counted, err := d.Common(ctx)
		if err != nil {
			return nil, err
		}
		codes = counted
	}
	var list []item.Version
	seen := map[item.Code]bool{}
	add := func(v item.Version, ok bool) {
		if ok && !seen[v.Code] && len(list) < most {
			seen[v.Code] = true
			list = append(list, v)
		}
	}
	for _, code := range codes {
		add(d.Items.Get(code))
	}
	for _, name := range usual {
		add(d.Items.Find(name))
	}
	return list, nil
}
