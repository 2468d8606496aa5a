package work

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/file"
	"bianmin/internal/gate"
	"bianmin/internal/web/ui"
)

// agentHome is where the village's agent begins the day.
const agentHome = "/today"

func (s *Site) registerAgent(g *gate.Gate) {
	route := gate.Route{Pattern: "GET " + agentHome, Permission: access.AgentPage}
	s.needs[route.Pattern] = route.Permission
	g.Handle(route, http.HandlerFunc(s.today))
}

// todayPage is the agent's day on a phone: what to do, what came back, what is not sent yet, and whose originals are here.
type todayPage struct {
	Chrome              ui.Chrome
	Todo, Back          []todayRow
	Coming, Sent        []todayRow
	Desk                deskCall
	Hand, HandMore      []todayRow
	Sending             []sendingRow
	More                string // the list with what does not stand here
	Account             string
	TodoN, SendN, HandN string
}

// todayRow is one case: when, what, whose.
type todayRow struct {
	Href, When, What, Who, Item, Said string
	Pressing                          bool
	Call                              *ringForm // nil where there is no telephone
}

// deskCall is the station on the telephone.
type deskCall struct{ Who, Telephone string }

// sendingRow is one upload that has not come to its end, as the server knows it.
type sendingRow struct {
	Href, Material, Said string
	Bad                  bool
}

// todayMost is how many cases of each kind stand on the page.
const todayMost = 20

// handMost is how many cases with originals stand open on the page; the others are behind a click.
const handMost = 5

func (s *Site) today(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	p, err := s.todayOf(r.Context(), actor)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	p.Chrome = s.chrome(r, "今天", agentHome)
	s.render(w, r, http.StatusOK, todayView(p))
}

func (s *Site) todayOf(ctx context.Context, a access.Actor) (todayPage, error) {
	p := todayPage{Account: a.Account}
	p.Desk.Who, p.Desk.Telephone = s.Contacts.Ask(s.Places, a.Place.Town())
	now := calendar.DateOf(s.Clock.Now())
	todo, err := s.Cases.List(ctx, a, cases.Filter{Todo: true, Sort: cases.ByDue, Limit: todayMost + 1})
	if err != nil {
		return p, err
	}
	for i, v := range todo.Cases {
		if i == todayMost {
			p.More = "/desk"
			break
		}
		p.Todo = append(p.Todo, todoRow(v, now))
	}
	p.TodoN = countOf(len(p.Todo), p.More != "", "件")
	if p.Coming, err = s.moveRows(ctx, a, cases.MovesComing); err != nil {
		return p, err
	}
	if p.Sent, err = s.moveRows(ctx, a, cases.MovesSent); err != nil {
		return p, err
	}
	all, err := s.Cases.List(ctx, a, cases.Filter{Place: a.Place, Sort: cases.ByNewest, Limit: 200})
	if err != nil {
		return p, err
	}
	held := 0
	for _, v := range all.Cases {
		if row, ok := backRow(v); ok && len(p.Back) < todayMost {
			p.Back = append(p.Back, row)
		}
		if len(v.Held) > 0 {
			held += len(v.Held)
			p.Hand = append(p.Hand, heldRow(v))
		}
	}
	slices.Reverse(p.Hand) // the longest held first
	if len(p.Hand) > handMost {
		p.Hand, p.HandMore = p.Hand[:handMost], p.Hand[handMost:]
	}
	p.HandN = countOf(held, false, "份")
	if s.Files == nil {
		return p, nil
	}
	list, err := s.Files.OnTheWay(ctx, file.Staff(a))
	if err != nil {
		return p, err
	}
	for _, u := range list {
		row := sendingRow{Href: casePath(u.Case) + "#materials", Material: u.Material, Said: fmt.Sprintf("传了 %d%%，打开这一件接着传", u.Offset*100/max(u.Size, 1))}
		if u.Refusal != nil {
			row.Bad, row.Said = true, u.Refusal.Message
		}
		p.Sending = append(p.Sending, row)
	}
	p.SendN = countOf(len(p.Sending), false, "张")
	return p, nil
}

func countOf(n int, more bool, unit string) string {
	if more {
		return fmt.Sprintf("%d %s以上", n, unit)
	}
	return fmt.Sprintf("%d %s", n, unit)
}

// todoRow is a case that waits for the agent.
func todoRow(v cases.View, today calendar.Date) todayRow {
	row := rowOfCase(v)
	row.When = "在办"
	if v.Step != nil {
		row.Said, row.What = v.Step.Name, "最晚"
		if v.Step.Due != nil {
			due := dayOfStamp(*v.Step.Due)
			row.When = due.Chinese()
			switch {
			case due == today:
				row.When, row.Pressing = "今天", true
			case due.Before(today):
				row.What, row.Pressing = "过了", true
			}
		}
	}
	return row
}

func rowOfCase(v cases.View) todayRow {
	return todayRow{Href: casePath(v.Number), Who: v.Applicant.Name, Item: v.Item.Plain, Said: v.StateName, Call: ringOf(v)}
}

// backRow is a case that came back to the village: pictures to be taken again, papers to be brought.
func backRow(v cases.View) (todayRow, bool) {
	row := rowOfCase(v)
	switch {
	case v.UnclearFiles > 0 && v.State.Open():
		row.When, row.What, row.Said, row.Pressing = "重拍", countOf(v.UnclearFiles, false, "张"), "图片不清楚，请重新拍", true
		row.Href += "#materials"
	case v.State == cases.Correcting:
		row.When, row.What, row.Said = "补正", "材料", "等申请人补："+strings.Join(stillToCome(v), "、")
	default:
		return row, false
	}
	return row, true
}

func stillToCome(v cases.View) []string {
	var list []string
	for _, m := range v.Materials {
		if m.Status == cases.MaterialAbsent || m.Status == cases.MaterialDefective {
			list = append(list, m.Name)
		}
	}
	return list
}

// moveRows are the cases with papers on their way, as one side has them.
func (s *Site) moveRows(ctx context.Context, a access.Actor, of cases.Moves) ([]todayRow, error) {
	list, err := s.Cases.List(ctx, a, cases.Filter{Moves: of, Limit: todayMost})
	var rows []todayRow
	for _, v := range list.Cases {
		row := rowOfCase(v)
		row.When, row.What = "交来", "材料"
		if of == cases.MovesSent {
			row.When = "交出"
		} else {
			row.Href += "#" + string(cases.VerbArrive)
		}
		var said []string
		for _, m := range v.Moves {
			if of == cases.MovesComing && m.Mine || of == cases.MovesSent && m.MayEnd {
				words := thingWords(m.Things)
				if m.Missed != nil {
					words, row.Pressing = "没收到："+words, true
				}
				said = append(said, words)
			}
		}
		row.Said = strings.Join(said, "；")
		rows = append(rows, row)
	}
	return rows, err
}

// heldRow is a case whose originals are with the agent.
func heldRow(v cases.View) todayRow {
	row := rowOfCase(v)
	row.Href += "#" + string(cases.VerbGiveBack)
	row.Said = dayOfStamp(v.FiledAt).Chinese() + " 拿的"
	names := make([]string, len(v.Held))
	for i, m := range v.Held {
		names[i] = m.Name
	}
	row.Item = strings.Join(names, "、")
	return row
}

// ringForm asks for the applicant's telephone to ring it up: the look is on record with this reason.
type ringForm struct{ Action, Version, Once, Reason string }

// ringReason stands in the record of every number that was looked at to ring it up.
const ringReason = "给申请人打电话"

func ringOf(v cases.View) *ringForm {
	if v.Applicant.Phone == nil || !mayReveal(v) {
		return nil
	}
	return &ringForm{Action: casePath(v.Number) + "/" + string(cases.VerbReveal), Version: versionOf(v), Once: newOnce(), Reason: ringReason}
}
