package cases

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/item"
	"bianmin/internal/place"
	"bianmin/internal/problem"
)

// Side is an office between which papers change hands: room:…, station:… or a unit's post. Empty is a side that has no
// screen here, such as the applicant.
type Side string

// SideOf is the side at which an actor works. A station's counter, desk and head are one side: they share a building.
func SideOf(a access.Actor) Side {
	switch a.Role {
	case access.Agent:
		return roomSide(a.Place)
	case access.Clerk, access.Desk, access.Head:
		return stationSide(a.Place)
	}
	return Side(a.OfUnit())
}

func roomSide(code place.Code) Side    { return Side("room:" + string(code)) }
func stationSide(code place.Code) Side { return Side("station:" + string(code)) }

// sideNamed finds the side that a hand-over calls by its sign: the case's room, its station, or a unit of its steps.
func (c *Case) sideNamed(places *place.Directory, name string) Side {
	name = strings.TrimSpace(name)
	if p, ok := places.Place(c.Place); ok && c.Place.IsRoom() && p.Service == name {
		return roomSide(c.Place)
	}
	if p, ok := places.Place(c.Town); ok && p.Service == name {
		return stationSide(c.Town)
	}
	for i := range c.Steps {
		if o := c.owner(i); o.Kind == item.UnitDesk && places.UnitName(o.Unit, c.Town) == name {
			return Side(c.post(i))
		}
	}
	return ""
}

// Move is a hand-over that the other side has not confirmed, or not all of it (物料流转, M19, M47).
type Move struct {
	N        int64   `json:"n"` // the place of its event among the case's
	Things   []Thing `json:"things"`
	From     string  `json:"from"`
	Giver    string  `json:"giver"`
	To       string  `json:"to"`
	Taker    string  `json:"taker"`
	Sender   Side    `json:"sender,omitempty"`
	Receiver Side    `json:"receiver"`
	At       Instant `json:"at"`
	// Missed is set once the other side has said that the things which are left did not come.
	Missed *Missed `json:"missed,omitempty"`
}

// Missed is who found that something did not come, when, and what they say of it.
type Missed struct {
	By   Person  `json:"by"`
	At   Instant `json:"at"`
	Note string  `json:"note"`
}

// Where a case with papers on the way is listed: with who is to receive them, with who sent them, and with the head of the
// town.
func arrivesAt(side Side) access.Post         { return access.Post("arrives:" + string(side)) }
func sentFrom(side Side) access.Post          { return access.Post("sent:" + string(side)) }
func movesWithin(town place.Code) access.Post { return access.Post("moves:" + string(town)) }

// movePosts are those lists. That something is missing does not end them.
func (c *Case) movePosts() []access.Post {
	var list []access.Post
	for _, m := range c.Moves {
		list = append(list, arrivesAt(m.Receiver), movesWithin(c.Town))
		if m.Sender != "" {
			list = append(list, sentFrom(m.Sender))
		}
	}
	return list
}

func (c *Case) move(n int64) int {
	return slices.IndexFunc(c.Moves, func(m Move) bool { return m.N == n })
}

// dropMove takes a hand-over off the list; of none there is nil, as in what is stored.
func (c *Case) dropMove(i int) {
	if c.Moves = slices.Delete(c.Moves, i, i+1); len(c.Moves) == 0 {
		c.Moves = nil
	}
}

// Came says of one thing of a hand-over whether it is here.
type Came struct {
	Name string
	Came *bool
}

// Arrive confirms on the receiving side what came of a hand-over, thing by thing. What did not come stays open, and can be
// confirmed later.
type Arrive struct {
	N      int64
	Things []Came
	Note   string // of what did not come
}

// Verb is arrive.
func (Arrive) Verb() Verb { return VerbArrive }

// free: it is about what lies on the table, whatever was done to the case meanwhile.
func (Arrive) free() {}

// Check wants a word on each thing, and one more where something is missing.
func (v Arrive) Check(*item.Version) []problem.Field {
	var wrong []problem.Field
	missing := false
	for i, x := range v.Things {
		if x.Came == nil {
			wrong = append(wrong, problem.Field{Path: fmt.Sprintf("things[%d].came", i), Code: "required", Message: "请点收到还是没收到：" + x.Name})
		}
		missing = missing || x.Came != nil && !*x.Came
	}
	if len(v.Things) == 0 {
		wrong = append(wrong, problem.Field{Path: "things", Code: "required", Message: "请一样一样写收到没有"})
	}
	return append(wrong, checkWords(words{"note", "没收到的说明", v.Note, missing})...)
}

func arrivable(c *Case, a access.Actor) bool {
	side := SideOf(a)
	return side != "" && slices.ContainsFunc(c.Moves, func(m Move) bool { return m.Receiver == side })
}

func nothingComing(c *Case, _ access.Actor) *problem.Problem {
	return c.refuse("nothing_coming", problem.Facts{})
}

func (v Arrive) decide(c *Case, a access.Actor, _ time.Time) ([]Event, *problem.Problem) {
	i := c.move(v.N)
	if i < 0 || c.Moves[i].Receiver != SideOf(a) {
		return nil, nothingComing(c, a)
	}
	e := &Arrived{Move: v.N, Note: v.Note}
	for _, x := range c.Moves[i].Things {
		at := slices.IndexFunc(v.Things, func(said Came) bool { return said.Name == x.Name })
		switch {
		case at < 0:
			return nil, problem.WrongFields([]problem.Field{{Path: "things", Code: "required", Message: "还没有写收到没有：" + x.Name}})
		case *v.Things[at].Came:
			e.Came = append(e.Came, x)
		default:
			e.Lacking = append(e.Lacking, x)
		}
	}
	for j, said := range v.Things {
		if !slices.ContainsFunc(c.Moves[i].Things, func(x Thing) bool { return x.Name == said.Name }) {
			return nil, problem.WrongFields([]problem.Field{{Path: fmt.Sprintf("things[%d].name", j), Code: "not_moved", Message: "这次交接里没有“" + said.Name + "”"}})
		}
	}
	return []Event{e}, nil
}

// Arrived is that confirmation. It moves paper, not the case.
type Arrived struct {
	Meta
	Move    int64   `json:"move"`
	Came    []Thing `json:"came,omitempty"`
	Lacking []Thing `json:"lacking,omitempty"`
	Note    string  `json:"note,omitempty"`
}

// Kind is KindArrived.
func (e *Arrived) Kind() Kind { return KindArrived }

func (e *Arrived) apply(c *Case) {
	i := c.move(e.Move)
	if len(e.Lacking) == 0 {
		c.dropMove(i)
		return
	}
	c.Moves[i].Things, c.Moves[i].Missed = e.Lacking, &Missed{By: e.person(), At: e.At, Note: e.Note}
}

// EndMove ends a hand-over that will not be confirmed: it was not made after all, or what was missing is not to be found.
// By the side that gave, or the head of the town.
type EndMove struct {
	N      int64
	Reason string
}

// Verb is end-move.
func (EndMove) Verb() Verb { return VerbEndMove }

func (EndMove) free() {}

// Check wants a reason.
func (v EndMove) Check(*item.Version) []problem.Field {
	return checkWords(words{"reason", "了结的原因", v.Reason, true})
}

func mayEnd(c *Case, m Move, a access.Actor) bool {
	return m.Sender != "" && m.Sender == SideOf(a) || a.Role == access.Head && a.Place == c.Town
}

func endable(c *Case, a access.Actor) bool {
	return slices.ContainsFunc(c.Moves, func(m Move) bool { return mayEnd(c, m, a) })
}

func (v EndMove) decide(c *Case, a access.Actor, _ time.Time) ([]Event, *problem.Problem) {
	i := c.move(v.N)
	if i < 0 || !mayEnd(c, c.Moves[i], a) {
		return nil, nothingComing(c, a)
	}
	return []Event{&MoveEnded{Move: v.N, Lacking: c.Moves[i].Things, Reason: v.Reason}}, nil
}

// MoveEnded is that end, with what had not come.
type MoveEnded struct {
	Meta
	Move    int64   `json:"move"`
	Lacking []Thing `json:"lacking"`
	Reason  string  `json:"reason"`
}

// Kind is KindMoveEnded.
func (e *MoveEnded) Kind() Kind { return KindMoveEnded }

func (e *MoveEnded) apply(c *Case) {
	c.dropMove(c.move(e.Move))
}

func (v Convey) read(_ context.Context, s *Service, c *Case) (Command, error) {
	v.sender, v.receiver = c.sideNamed(s.places, v.From), c.sideNamed(s.places, v.To)
	return v, nil
}

// MoveView is a hand-over that is not confirmed yet, as shown.
type MoveView struct {
	N      int64       `json:"n" doc:"which hand-over: send it with arrive or end-move"`
	Things []Thing     `json:"things" doc:"what has not been confirmed"`
	From   string      `json:"from"`
	Giver  string      `json:"giver"`
	To     string      `json:"to"`
	Taker  string      `json:"taker"`
	At     string      `json:"at"`
	Mine   bool        `json:"mine" doc:"this account's side is to confirm it"`
	MayEnd bool        `json:"may_end" doc:"this account can end it"`
	Missed *MissedView `json:"missed" doc:"who found that these things did not come; null while nobody has looked"`
}

// MissedView is who found something missing.
type MissedView struct {
	By   Person `json:"by"`
	At   string `json:"at"`
	Note string `json:"note"`
}

func movesOf(c *Case, a access.Actor) []MoveView {
	list := []MoveView{}
	for _, m := range c.Moves {
		v := MoveView{N: m.N, Things: m.Things, From: m.From, Giver: m.Giver, To: m.To, Taker: m.Taker, At: stamp(m.At),
			Mine:   m.Receiver == SideOf(a) && access.Allows(a.Role, access.ConveyCase),
			MayEnd: mayEnd(c, m, a) && access.Allows(a.Role, access.EndMove)}
		if m.Missed != nil {
			v.Missed = &MissedView{By: m.Missed.By, At: stamp(m.Missed.At), Note: m.Missed.Note}
		}
		list = append(list, v)
	}
	return list
}
