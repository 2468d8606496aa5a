package simulate

import (
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"bianmin/internal/calendar"
	"bianmin/internal/demo"
	"bianmin/internal/place"
)

// arrival is somebody who comes: where, when, and whether from afar because no counter is open.
type arrival struct {
	index int // of all, from 0
	town  int
	at    time.Time
	afar  bool
}

// arrivals gives all who come, day by day and in the order of time. They follow from the arguments alone, and cost next
// to nothing to count off again.
type arrivals struct {
	args  Arguments
	cal   *calendar.Calendar
	towns *towns
	load  *load
	day   calendar.Date
	next  int
	today []arrival // still to come
}

func newArrivals(args Arguments, cal *calendar.Calendar, t *towns, l *load) *arrivals {
	return &arrivals{args: args, cal: cal, towns: t, load: l, day: args.First()}
}

// peek is the next arrival; nil when there are no more before the demonstration's morning.
func (a *arrivals) peek() *arrival {
	for len(a.today) == 0 {
		if a.day.Start().After(demo.Start) {
			return nil
		}
		a.dawn()
	}
	if !a.today[0].at.Before(demo.Start) {
		return nil
	}
	return &a.today[0]
}

func (a *arrivals) take() arrival {
	first := a.today[0]
	a.today = a.today[1:]
	return first
}

// dawn draws a day.
func (a *arrivals) dawn() {
	r := rand.New(rand.NewPCG(a.args.Seed, uint64(a.day.Sub(calendar.Date{}))))
	working := a.cal.Working(a.day)
	n := int(float64(a.args.PerDay)*a.measure(working)*(0.9+0.2*r.Float64()) + r.Float64())
	a.today = slices.Grow(a.today[:0], n)
	came := make([]int, len(a.towns.list))
	for range n {
		x := arrival{town: a.towns.draw(r), afar: !working || r.IntN(100) < afarShare}
		x.at = a.day.Start().Add(time.Duration(minute(r, x.afar))*time.Minute + time.Duration(r.IntN(60))*time.Second)
		came[x.town]++
		a.today = append(a.today, x)
	}
	slices.SortStableFunc(a.today, func(x, y arrival) int { return x.at.Compare(y.at) })
	for i := range a.today {
		a.today[i].index = a.next
		a.next++
	}
	a.load.dusk(came, working)
	a.day = a.day.AddDays(1)
}

// Of a hundred, so many come from afar on a working day; of a working day's, so many come on a day off.
const (
	afarShare = 6
	offShare  = 0.03
)

// byMonth and byWeekday are how busy the counters are: quiet before and after the Spring Festival, busy when fields are
// declared in March and contributions fall due in autumn; Mondays most, Fridays least.
var (
	byMonth   = [13]float64{time.January: 0.85, 0.75, 1.2, 1.15, 1, 0.95, 0.9, 0.95, 1.1, 1.05, 1.05, 1.05}
	byWeekday = [7]float64{1, 1.18, 1.06, 1, 0.94, 0.82, 1}
)

// measure is how many come that day, against an ordinary one.
func (a *arrivals) measure(working bool) float64 {
	m := byMonth[a.day.Month()]
	switch {
	case !working:
		return m * offShare
	case !a.cal.Working(a.day.AddDays(-1)) && !a.cal.Working(a.day.AddDays(-3)): // after a holiday
		return m * 1.35
	}
	return m * byWeekday[a.day.Weekday()]
}

// minute of the day at which somebody comes: to a counter while it is open, more of them in the morning.
func minute(r *rand.Rand, afar bool) int {
	switch {
	case afar:
		return 6*60 + r.IntN(17*60)
	case r.IntN(100) < 58:
		return 8*60 + 30 + r.IntN(210)
	}
	return 14*60 + r.IntN(240)
}

// towns are where people come, the larger drawn more often.
type towns struct {
	list  []place.Place
	index map[place.Code]int
	until []int
	total int
}

// streetWeight: a community (社区) has as many people as several villages.
const streetWeight = 6

func newTowns(places *place.Directory) *towns {
	t := &towns{list: places.Children(places.Root().Code), index: map[place.Code]int{}}
	for i, p := range t.list {
		weight := 4
		for _, room := range places.Children(p.Code) {
			weight++
			if strings.HasSuffix(room.Name, "社区") {
				weight += streetWeight
			}
		}
		t.total += weight
		t.until = append(t.until, t.total)
		t.index[p.Code] = i
	}
	return t
}

func (t *towns) draw(r *rand.Rand) int {
	i, exact := slices.BinarySearch(t.until, r.IntN(t.total))
	if exact {
		i++
	}
	return i
}

// share is the part of all that comes to a town.
func (t *towns) share(i int) float64 {
	if i == 0 {
		return float64(t.until[0]) / float64(t.total)
	}
	return float64(t.until[i]-t.until[i-1]) / float64(t.total)
}
