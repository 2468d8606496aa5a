package demo

import (
	"math/rand/v2"
	"time"

	"bianmin/internal/cases"
	"bianmin/internal/item"
	"bianmin/internal/place"
)

// seed and the position of a case give its own stream of chance, so that changing one case leaves the others.
const seed = 20260310

// plan is what will become of one case: who comes when with what, and how it ends.
type plan struct {
	index   int
	filed   time.Time
	def     *item.Version
	at      place.Place // a room, or the town itself
	town    place.Place
	channel cases.Channel
	by      string // the account that types it in
	who     who
	green   string
	papers  []cases.Material
	lacks   []cases.Lack
	spot    bool // finished while the applicant waits

	prompt   bool // everybody is quick
	slow     bool // somebody lets it lie
	end      end
	after    int // after how many moves a withdrawal or a voiding comes
	special  *special
	slip     *slip
	sentBack bool // a later step sends it back once
	lookedAt bool // somebody looks at a full number
	stands   stands

	forgotten bool          // nobody accepts it, and nobody says what is missing
	neverBack bool          // the applicant never brings what is missing
	more      *cases.Extend // more time is asked for
	answer    cases.Command // what the head or the chief says to that
	handOn    string        // it is handed to this account

	errands []errand // beside its steps

	dice *rand.Rand
}

// end is how a case ends.
type end int

const (
	approved end = iota
	refused
	notAccepted
	withdrawn
	void
)

// stands is how a told case stands at Start: in a state, and when steps are named, with these not done. The zero value
// is for cases that go as they go.
type stands struct {
	state cases.State
	steps []int // from 1
}

// slip is what was mistyped at first and put right later.
type slip struct {
	field         string
	right, reason string
}

// special is a special procedure that the case goes through.
type special struct {
	kind  cases.SpecialKind
	basis string
	days  int
	// number is that of the papers that begin and end it.
	number  string
	dragsOn bool // it does not end by itself
}

// newPlan fills in what the item and the place leave open. Rooms are those of the town: the applicant of a case that is
// filed at the station itself lives in one of them.
func newPlan(index int, def *item.Version, at, town place.Place, channel cases.Channel, rooms []place.Place) *plan {
	p := &plan{index: index, def: def, at: at, town: town, channel: channel, dice: rand.New(rand.NewPCG(seed, uint64(index)))}
	p.who = applicant(p.dice, def, p.home(rooms), town.Name, today)
	p.papers = papers(p.dice, def, p.who)
	p.green = p.greenChannel()
	p.by = typist(channel, at, town)
	return p
}

// home is where the applicant lives.
func (p *plan) home(rooms []place.Place) place.Place {
	if p.at.Kind == place.Room {
		return p.at
	}
	return pick(p.dice, rooms)
}

// typist is the account that types an application in.
func typist(channel cases.Channel, at, town place.Place) string {
	if channel == cases.ByAgent && at.Kind == place.Room {
		return agentAccount(at.Code)
	}
	return clerkAccount(town.Code)
}

func (p *plan) greenChannel() string {
	kind := demandFor(p.def.Code).green
	switch {
	case p.who.kind != cases.APerson:
		return ""
	case p.who.age >= 70 && chance(p.dice, 60):
		return greenElder
	case kind == greenElder, kind == greenPregnant && p.who.male, !chance(p.dice, 50):
		return ""
	}
	return kind
}

// application is what is typed at the counter.
func (p *plan) application() cases.Application {
	app := cases.Application{
		Item: string(p.def.Code), Place: string(p.at.Code), Channel: p.channel, Kind: p.who.kind, Name: p.who.name,
		IDNumber: p.who.number, Phone: p.who.phone, Address: p.who.address, Materials: p.papers, Green: p.green,
	}
	if p.spot {
		app.Finish = &cases.Finish{Approve: p.end == approved, Way: p.way(), Receiver: p.who.receiver(p.dice)}
		if p.end == refused {
			app.Finish.Reason = pick(p.dice, refusals[p.def.Code])
		}
	}
	return app
}

// way is how the result goes out.
func (p *plan) way() string {
	if p.channel == cases.ByAgent {
		return "agent"
	}
	return "counter"
}

// acceptor is the account that owns the acceptance.
func (p *plan) acceptor() string {
	i, _ := p.def.StepIndex(item.Accept)
	if p.def.Steps[i].Owner.Kind == item.Agent && p.at.Kind == place.Room {
		return agentAccount(p.at.Code)
	}
	return clerkAccount(p.town.Code)
}
