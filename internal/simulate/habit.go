package simulate

import (
	"hash/fnv"
	"math/rand/v2"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
)

// habits are how the desks work: each has its own speed, some let a case lie now and then, and all get later when more
// comes to their town than they can do.
type habits struct {
	seed uint64
	of   map[string]habit
	load *load
}

// habit is one account's.
type habit struct {
	speed   int // minutes for a hundred minutes of work
	forgets int // of a thousand cases, those it lets lie
	town    int // -1 for the city's units
}

const officeDay = 450 // minutes that a counter is open, as internal/demo has it

func newHabits(seed uint64, accounts []access.Account, t *towns, l *load) *habits {
	h := &habits{seed: seed, of: map[string]habit{}, load: l}
	for _, a := range accounts {
		r := rand.New(rand.NewPCG(seed, hashOf(a.Account)))
		x := habit{speed: 55 + r.IntN(80), forgets: r.IntN(12), town: -1}
		if town, ok := t.index[a.Place.Town()]; ok {
			x.town = town
		}
		switch r.IntN(10) {
		case 0: // a slow one
			x.speed += 70
		case 1: // a careless one
			x.forgets += 50
		}
		h.of[a.Account] = x
	}
	return h
}

// paced is how many worked minutes pass before the account has done so many minutes of work, begun at an instant.
func (h *habits) paced(account string, now time.Time, minutes int) int {
	x := h.of[account]
	r := rand.New(rand.NewPCG(h.seed^hashOf(account), uint64(now.Unix())))
	minutes = minutes * x.speed / 100
	if minutes >= 30 { // what is done at once waits in no queue
		minutes += h.load.wait(x.town, now) * r.IntN(100) / 100
	}
	if r.IntN(1000) < x.forgets {
		minutes += officeDay * (3 + r.IntN(5))
	}
	return minutes
}

func hashOf(s string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(s))
	return h.Sum64()
}

// load is what has come to each town and is not done in the evening: a desk does so many a day, the rest waits. All
// evenings are kept, since what is planned at a moment must not depend on when it is planned.
type load struct {
	first  calendar.Date
	can    []float64   // cases that each town can do in a day
	behind [][]float64 // of each evening and town
}

// spare is how much more than an ordinary day's a town can do in a day.
const spare = 1.06

func newLoad(args Arguments, t *towns) *load {
	l := &load{first: args.First(), can: make([]float64, len(t.list))}
	for i := range t.list {
		l.can[i] = float64(args.PerDay) * t.share(i) * spare
	}
	return l
}

// dusk takes in who came in a day, and what the desks did.
func (l *load) dusk(came []int, working bool) {
	evening := make([]float64, len(came))
	for i, n := range came {
		if len(l.behind) > 0 {
			evening[i] = l.behind[len(l.behind)-1][i]
		}
		evening[i] += float64(n)
		if working {
			evening[i] = max(0, evening[i]-l.can[i])
		}
	}
	l.behind = append(l.behind, evening)
}

// wait is how many worked minutes a town's desks take for what was left the evening before; -1 asks for the whole city.
func (l *load) wait(town int, now time.Time) int {
	day := calendar.DateOf(now).Sub(l.first) - 1
	if day < 0 {
		return 0
	}
	behind, can := 0.0, 0.0
	for i, n := range l.behind[day] {
		if town < 0 || town == i {
			behind, can = behind+n, can+l.can[i]
		}
	}
	return min(int(behind/can*officeDay), 4*officeDay)
}
