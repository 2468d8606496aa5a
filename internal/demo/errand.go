package demo

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/citizen"
	"bianmin/internal/once"
	"bianmin/internal/place"
)

// errand is something told that happens beside the steps of a told case, at a fixed time of 2026: papers change hands,
// somebody asks. It draws nothing from the case's own chance, so that the rest of its life stays as it is.
type errand struct {
	on      string // 03-09 16:05
	account string // empty: the applicant, who signed in with the telephone
	does    func(l *life, s staffed) cases.Command
}

// staffed gives the name of whoever holds an account.
type staffed func(account string) string

// ask and answer are the applicant's question and what is said to it.
func ask(on, text string) errand {
	return errand{on, "", func(*life, staffed) cases.Command { return cases.Ask{Text: text} }}
}

func answer(on, account, text string) errand {
	return errand{on, account, func(*life, staffed) cases.Command { return cases.AnswerTo{Text: text} }}
}

// toStation and toRoom carry the originals between the village's room and the town's station.
func toStation(on, account string) errand {
	return errand{on, account, func(l *life, name staffed) cases.Command {
		return cases.Convey{Things: l.originals(), From: l.roomName(), Giver: name(agentAccount(l.at.Code)),
			To: l.stationName(), Taker: name(clerkAccount(l.town.Code)), Note: "窗口核对原件用"}
	}}
}

func toRoom(on, account string) errand {
	return errand{on, account, func(l *life, name staffed) cases.Command {
		return cases.Convey{Things: l.originals(), From: l.stationName(), Giver: name(clerkAccount(l.town.Code)),
			To: l.roomName(), Taker: name(agentAccount(l.at.Code)), Note: "原件核对完，带回还给本人"}
	}}
}

// comes: the receiving side says what came of the hand-over before. With a note the last thing did not.
func comes(on, account, missing string) errand {
	return errand{on, account, func(l *life, _ staffed) cases.Command {
		m := l.view.Moves[len(l.view.Moves)-1]
		v := cases.Arrive{N: m.N, Note: missing}
		for i, x := range m.Things {
			came := missing == "" || i < len(m.Things)-1
			v.Things = append(v.Things, cases.Came{Name: x.Name, Came: &came})
		}
		return v
	}}
}

// givesBack: the agent hands the originals back to the applicant.
func givesBack(on string, room place.Code) errand {
	return errand{on, agentAccount(room), func(l *life, _ staffed) cases.Command {
		c := cases.GiveBack{Receiver: l.who.name, Signed: true}
		for _, x := range l.originals() {
			c.Materials = append(c.Materials, x.Name)
		}
		return c
	}}
}

// entrusts: the applicant leaves the rest to a son.
func entrusts(on, account string) errand {
	return errand{on, account, func(l *life, _ staffed) cases.Command {
		r := rand.New(rand.NewPCG(seed+2, uint64(l.index)))
		born := bornWithin(r, l.who.age-28, l.who.age-22, today)
		return cases.Entrust{Name: personName(r, true, born.Year(), l.at.Name), Relation: "子女", IDTyped: citizenNumber(r, areaOf(born), born, true),
			Matters: []string{"提交申请和材料", "查询办理情况", "领取办理结果"}, Until: "2026-06-30"}
	}}
}

// notReached is a try to serve a paper that did not reach the applicant; handedOver one that did, signed on paper.
func notReached(on, account, paper, why string) errand {
	return errand{on, account, func(l *life, _ staffed) cases.Command {
		return cases.Serve{Paper: paper, Way: cases.ServedDirectly, Why: why, Where: l.who.address}
	}}
}

func handedOver(on, account, paper string) errand {
	return errand{on, account, func(l *life, name staffed) cases.Command {
		return cases.Serve{Paper: paper, Way: cases.ServedDirectly, Reached: true, Where: l.stationName(), Receiver: l.who.name, Relation: "本人",
			Witness: name(deskAccount(l.town.Code)), SignedOn: "2026-" + on[:len("01-02")]}
	}}
}

func (l *life) roomName() string    { return l.at.Name + "便民服务室" }
func (l *life) stationName() string { return l.town.Name + "便民服务站" }

// originals are those that the agent took along.
func (l *life) originals() []cases.Thing {
	var list []cases.Thing
	for _, m := range l.papers {
		if def, known := l.def.Material(m.Name); known && def.Return && m.Status == cases.MaterialReceived {
			list = append(list, cases.Thing{Name: m.Name, Originals: def.Originals})
		}
	}
	return list
}

// run is an errand of a life, at its instant.
type run struct {
	errand
	at   time.Time
	life *life
	nth  int // in its life
}

// runsOf are the errands of all lives in the order of time.
func runsOf(lives []*life) ([]run, error) {
	var list []run
	for _, l := range lives {
		for i, e := range l.errands {
			at, err := moment(e.on)
			if err != nil {
				return nil, err
			}
			list = append(list, run{e, at, l, i})
		}
	}
	slices.SortStableFunc(list, func(a, b run) int { return cmp.Or(a.at.Compare(b.at), a.life.index-b.life.index) })
	return list, nil
}

// runUntil runs the errands that come before an instant.
func (w *world) runUntil(ctx context.Context, until time.Time) error {
	for len(w.runs) > 0 && w.runs[0].at.Before(until) {
		r := w.runs[0]
		w.runs = w.runs[1:]
		if err := w.run(ctx, r); err != nil {
			return fmt.Errorf("case %d of the demonstration (%s), beside its steps on %s: %w", r.life.index, r.life.def.Code, r.on, explained(err))
		}
	}
	return nil
}

func (w *world) run(ctx context.Context, r run) error {
	w.clock.Set(r.at)
	if _, err := w.service.FallDue(ctx); err != nil {
		return err
	}
	actor := w.actors[r.account]
	if r.account == "" {
		var err error
		if actor, err = w.applicant(ctx, r.life); err != nil {
			return err
		}
	}
	cmd := r.does(r.life, func(account string) string { return w.actors[account].Name })
	key := fmt.Sprintf("demo-%03d-errand-%d", r.life.index, r.nth)
	path := filePath + "/" + string(r.life.number) + "/" + string(cmd.Verb())
	asked := once.Key{Account: actor.Account, Path: path, Key: key, Request: sha256.Sum256([]byte(key))}
	answer, err := w.service.Do(ctx, actor, asked, r.life.number, r.life.view.Version, cmd)
	if err != nil {
		return err
	}
	var now struct {
		Version int64            `json:"version"`
		Moves   []cases.MoveView `json:"moves"`
	}
	err = json.Unmarshal(answer.Body, &now)
	r.life.view.Version, r.life.view.Moves = now.Version, now.Moves
	return err
}

// applicant is who filed the case, signed in with the telephone that the case knows.
func (w *world) applicant(ctx context.Context, l *life) (access.Actor, error) {
	c, err := w.service.Case(ctx, w.actors[l.by], l.number)
	if err != nil {
		return access.Actor{}, err
	}
	if c.Applicant.Phone == nil {
		return access.Actor{}, fmt.Errorf("%s has no telephone to ask with", l.who.name)
	}
	return citizen.ActorOf(c.Applicant.Phone.Index, c.Applicant.Phone.Masked, w.root), nil
}
