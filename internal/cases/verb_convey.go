package cases

import (
	"fmt"
	"slices"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/item"
	"bianmin/internal/problem"
)

// Thing is what changes hands: a paper of the applicant's, how many originals and copies of it.
type Thing struct {
	Name      string `json:"name"`
	Originals int    `json:"originals"`
	Copies    int    `json:"copies"`
}

// thingsMost bounds what one hand-over names, countMost how many of each.
const (
	thingsMost = 50
	countMost  = 999
)

// Convey hands papers of the applicant from one place to another: room, station, unit, or back to the applicant
// (物料流转, M47).
type Convey struct {
	Things   []Thing
	From, To string // places, as they are called: 高家堡村便民服务室
	Giver    string // who gives
	Taker    string // who takes
	Note     string

	sender, receiver Side // as From and To are known here
}

// Verb is convey.
func (Convey) Verb() Verb { return VerbConvey }

// Check wants both sides by name, and what it is.
func (v Convey) Check(*item.Version) []problem.Field {
	wrong := checkWords(words{"from", "从哪里交出", v.From, true}, words{"giver", "交出的人", v.Giver, true}, words{"to", "交到哪里", v.To, true},
		words{"taker", "接收的人", v.Taker, true}, words{"note", "备注", v.Note, false})
	if len(v.Things) == 0 {
		wrong = append(wrong, problem.Field{Path: "things", Code: "required", Message: "请写交接哪些材料，各几份"})
	}
	if len(v.Things) > thingsMost {
		wrong = append(wrong, problem.Field{Path: "things", Code: "too_many", Message: fmt.Sprintf("一次最多 %d 样", thingsMost)})
	}
	for i, x := range v.Things {
		if slices.ContainsFunc(v.Things[:i], func(other Thing) bool { return other.Name == x.Name }) {
			wrong = append(wrong, problem.Field{Path: fmt.Sprintf("things[%d].name", i), Code: "twice", Message: "“" + x.Name + "”写了两遍，请合成一行"})
		}
		at := fmt.Sprintf("things[%d]", i)
		wrong = append(wrong, checkWords(words{at + ".name", "材料的名称", x.Name, true})...)
		if x.Originals < 0 || x.Copies < 0 || x.Originals > countMost || x.Copies > countMost || x.Originals+x.Copies == 0 {
			wrong = append(wrong, problem.Field{Path: at + ".originals", Code: "out_of_range", Message: fmt.Sprintf("份数写 1 到 %d", countMost)})
		}
	}
	if v.From != "" && v.From == v.To && v.Giver == v.Taker {
		wrong = append(wrong, problem.Field{Path: "taker", Code: "same_person", Message: "交出和接收是同一个人，请写另一边"})
	}
	return wrong
}

// decide: whoever records it on the receiving side has the things before them; else that side confirms them (Arrive).
func (v Convey) decide(_ *Case, a access.Actor, _ time.Time) ([]Event, *problem.Problem) {
	e := &Conveyed{Things: v.Things, From: v.From, To: v.To, Giver: v.Giver, Taker: v.Taker, Note: v.Note}
	if v.receiver != "" && v.receiver != SideOf(a) {
		e.Sender, e.Receiver = v.sender, v.receiver
	}
	return []Event{e}, nil
}

// Conveyed is one hand-over. It moves paper, not the case, so the case's version stays.
type Conveyed struct {
	Meta
	Things []Thing `json:"things"`
	From   string  `json:"from_place"`
	Giver  string  `json:"giver"`
	To     string  `json:"to_place"`
	Taker  string  `json:"taker"`
	Note   string  `json:"note,omitempty"`
	// Receiver is who has to confirm it; empty when nobody has to, as it was recorded where the papers came to.
	Sender   Side `json:"sender_side,omitempty"`
	Receiver Side `json:"receiver_side,omitempty"`
}

// Kind is KindConveyed.
func (e *Conveyed) Kind() Kind { return KindConveyed }

func (e *Conveyed) apply(c *Case) {
	if e.Receiver != "" {
		c.Moves = append(c.Moves, Move{N: c.Events, Things: e.Things, From: e.From, Giver: e.Giver, To: e.To, Taker: e.Taker, Sender: e.Sender,
			Receiver: e.Receiver, At: e.At})
	}
}
