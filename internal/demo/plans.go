package demo

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/item"
	"bianmin/internal/place"
	"bianmin/internal/reference"
)

// count is how many cases there are.
const count = 300

// The towns that get more, in hundredths of all.
var busy = map[place.Code]int{gaojiabu: 15, "610881110000": 12}

// gaojiabu is the town of the guided example, gaoRoom its village.
const (
	gaojiabu = place.Code("610881101000")
	gaoRoom  = place.Code("610881101200")
)

// plansFor makes the plans: the told cases first, then as many as are left, spread over towns, items and days.
func plansFor(city reference.City) ([]*plan, error) {
	b := builder{city: city, guides: true, r: rand.New(rand.NewPCG(seed, seed)), towns: map[place.Code]int{}, items: map[item.Code]int{}}
	if err := b.told(); err != nil {
		return nil, err
	}
	towns, items := b.townsLeft(), b.itemsLeft(count-len(b.plans))
	for i := range items {
		b.drawn(towns[i], items[i])
	}
	return b.plans, nil
}

// builder makes plans one by one and counts what it made.
type builder struct {
	city   reference.City
	guides bool // the village of the guided example has much of its town's
	r      *rand.Rand
	plans  []*plan
	towns  map[place.Code]int
	items  map[item.Code]int
}

func (b *builder) add(p *plan) {
	b.towns[p.town.Code]++
	b.items[p.def.Code]++
	b.plans = append(b.plans, p)
}

// drawn makes a plan by chance.
func (b *builder) drawn(town place.Place, def *item.Version) {
	r := rand.New(rand.NewPCG(seed+1, uint64(len(b.plans))))
	channel, at, spot := b.comes(r, town, def)
	p := newPlan(len(b.plans), def, at, town, channel, b.rooms(town, def))
	p.filed = b.day(r)
	p.settle(r, spot)
	b.add(p)
}

// settle says whether it is done on the spot, by whom it is typed then, and what will become of it.
func (p *plan) settle(r *rand.Rand, spot bool) {
	p.spot = spot
	if spot && p.channel == cases.ByAgent && !byAgentAlone(p.def) { // the agent is at the station's counter with the papers
		p.by = clerkAccount(p.town.Code)
	}
	p.fate(r)
}

// comes draws how an application comes, and where.
func (b *builder) comes(r *rand.Rand, town place.Place, def *item.Version) (channel cases.Channel, at place.Place, spot bool) {
	room := pick(r, b.rooms(town, def))
	if b.guides && town.Code == gaojiabu && chance(r, 40) {
		room, _ = b.city.Places.Place(gaoRoom)
	}
	n := r.IntN(100)
	switch {
	case byAgentAlone(def):
		return cases.ByAgent, room, true
	case def.SpotFinish() && n < 32:
		return cases.ByAgent, room, true
	case def.SpotFinish() && n < 47, n < 66 && !def.SpotFinish():
		return cases.ByAgent, room, false
	case n < 88, n < 95 && def.SpotFinish():
		channel, spot = cases.AtCounter, def.SpotFinish()
	case n < 95:
		if channel = cases.Online; !def.Online() {
			channel = cases.AtCounter
		}
	case n < 98:
		channel = cases.ByKiosk
	default:
		channel = cases.ByPhone
	}
	if chance(r, 30) {
		room = town
	}
	return channel, room, spot
}

// byAgentAlone: everything of the item is done by the village's agent (the fees of the Party's branch).
func byAgentAlone(def *item.Version) bool {
	i, _ := def.StepIndex(item.Accept)
	return def.Steps[i].Owner.Kind == item.Agent
}

// rooms are those of a town in which somebody can come for the item: farming is done in villages.
func (b *builder) rooms(town place.Place, def *item.Version) []place.Place {
	all := b.city.Places.Children(town.Code)
	if def.Window != farming {
		return all
	}
	return slices.DeleteFunc(all, func(p place.Place) bool { return strings.HasSuffix(p.Name, "社区") })
}

// first is the first day of what is told here.
var first = calendar.NewDate(2026, time.January, 5)

// day draws when somebody comes: any worked minute, the later weeks a little more often, since of those more is to be
// seen.
func (b *builder) day(r *rand.Rand) time.Time {
	o := office{b.city.Calendar}
	days := 0
	for d := first; d.Before(today); d = d.AddDays(1) {
		if o.cal.Working(d) {
			days++
		}
	}
	whole := days*officeDay + 105 // of the last day until 10:15
	minute := max(r.IntN(whole), r.IntN(whole)*9/10)
	return o.add(clockOn(first, morning, time.Duration(r.IntN(60))*time.Second), minute)
}

// moment reads a moment of 2026 as the told cases write it: 03-09 16:05.
func moment(written string) (time.Time, error) {
	t, err := time.ParseInLocation("2006-01-02 15:04", "2026-"+written, calendar.Shanghai)
	if err != nil {
		return t, fmt.Errorf("the told case of %q: %w", written, err)
	}
	return t, nil
}
