package demo

import (
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/item"
	"bianmin/internal/place"
	"bianmin/internal/reference"
)

// Teller tells cases for a life that is longer than the demonstration's (internal/simulate). What it tells of a case
// follows from the seed and the case's index alone, so that nothing of it need be kept.
type Teller struct {
	builder
	seed  uint64
	items []*item.Version
	// until adds up what the items are drawn by.
	until []int
	total int
	paced func(account string, now time.Time, minutes int) int
}

// onTheSpot is how much more often people come for what is done while they wait.
const onTheSpot = 2

// NewTeller tells of the city. Paced says how long an account really takes for so many minutes of work.
func NewTeller(city reference.City, seed uint64, paced func(account string, now time.Time, minutes int) int) *Teller {
	t := &Teller{builder: builder{city: city}, seed: seed, paced: paced}
	all := city.Items.All()
	slices.SortFunc(all, func(x, y item.Version) int { return strings.Compare(string(x.Code), string(y.Code)) })
	for i := range all {
		weight := demandFor(all[i].Code).weight
		if all[i].SpotFinish() {
			weight *= onTheSpot
		}
		t.total += weight
		t.items, t.until = append(t.items, &all[i]), append(t.until, t.total)
	}
	return t
}

// prolongings are why a desk asks for more time.
var prolongings = lines(`同类申请集中，核查排不过来。
要等外单位回函。
现场要再看一次。
负责的同事外出，工作要交接。`)

// Told is a case that is being told.
type Told struct {
	life
	seed  uint64
	paced func(account string, now time.Time, minutes int) int
}

// Case tells of the case with an index, whose applicant comes to a town at an instant; afar: not to a counter, which
// is closed.
func (t *Teller) Case(index int, town place.Place, filed time.Time, afar bool) *Told {
	r := rand.New(rand.NewPCG(t.seed, uint64(index)))
	i, exact := slices.BinarySearch(t.until, r.IntN(t.total))
	if exact {
		i++
	}
	def := t.items[i]
	channel, at, spot := t.comes(r, town, def)
	if afar {
		channel, spot = cases.Online, false
	}
	p := &plan{index: index, filed: filed, def: def, at: at, town: town, channel: channel, dice: r}
	p.who = t.person(r, def, p.home(t.rooms(town, def)), town, filed)
	p.papers = papers(r, def, p.who)
	p.green, p.by = p.greenChannel(), typist(channel, at, town)
	p.settle(r, spot)
	if p.slow && def.Limits.Promised.Days >= 15 {
		p.more, p.answer = &cases.Extend{Days: 3 + r.IntN(8), Reason: pick(r, prolongings)}, cases.Approve{}
		if chance(r, 20) {
			p.answer = cases.RefuseExtension{Reason: "时间够用，请按原来的期限办。"}
		}
	}
	return &Told{life: life{plan: p, office: office{t.city.Calendar}, taken: map[int]bool{}}, seed: t.seed, paced: t.paced}
}

// regulars is how many people of one village come for one item in a year.
const regulars = 60

// person is one of those who come for the item from a village in that year: they come again.
func (t *Teller) person(r *rand.Rand, def *item.Version, home, town place.Place, filed time.Time) who {
	year := calendar.DateOf(filed).Year()
	h := fnv.New64a()
	h.Write([]byte(string(home.Code) + string(def.Code) + strconv.Itoa(year) + "." + strconv.Itoa(r.IntN(regulars))))
	return applicant(rand.New(rand.NewPCG(t.seed, h.Sum64())), def, home, town.Name, calendar.NewDate(year, time.January, 1))
}

// By is the account that types the application in.
func (t *Told) By() string { return t.by }

// Application is what is typed.
func (t *Told) Application() cases.Application { return t.application() }

// Next is the next move after an instant: when, by which account, what. None when nothing more happens by itself. It
// follows from how the case stands and what has happened in it.
func (t *Told) Next(now time.Time, view cases.View, had func(cases.Kind) bool, events int64) (at time.Time, account string, cmd cases.Command) {
	t.dice = rand.New(rand.NewPCG(t.seed^uint64(t.index)<<16, uint64(events)))
	t.view, t.turn = view, int(events)
	t.setAside, t.returned = had(cases.KindSuspended), had(cases.KindReturned)
	t.fixed, t.seen, t.slowed = had(cases.KindAmended), had(cases.KindRevealed), t.hasWorked()
	clear(t.taken)
	t.life.paced = nil
	if t.prolongs(now, had(cases.KindExtensionAsked)) {
		return t.next.at, t.next.account, t.next.command
	}
	t.life.paced = t.paced
	if !t.ahead(now) {
		return time.Time{}, "", nil
	}
	return t.next.at, t.next.account, t.next.command
}

// prolongs: somebody who knows that it will take long asks for more time soon after the acceptance, and gets the answer
// at once: a request that comes late is refused.
func (t *Told) prolongs(now time.Time, asked bool) bool {
	switch x := t.view.Extension; {
	case t.more == nil || t.view.DecidedAt != nil || !t.view.State.Open():
		return false
	case x != nil:
		t.next = t.move(now, t.between(30, 200), t.approver(), t.answer)
		return true
	case asked || t.view.AcceptedAt == nil || t.view.State == cases.Suspended:
		return false
	}
	open := t.open()
	if len(open) == 0 || !middle(open[0].Kind) || t.hasWorked() {
		return false
	}
	t.next = t.move(now, t.between(30, 200), t.owner(open[0]), *t.more)
	return true
}

// hasWorked: a step with time of its own is done, and with it the slowness of somebody slow.
func (t *Told) hasWorked() bool {
	return slices.ContainsFunc(t.view.Steps, func(s cases.StepView) bool {
		return s.State == "done" && s.Counts && s.Days != nil && *s.Days > 0
	})
}
