package work

import (
	"fmt"
	"net/http"

	"bianmin/internal/access"
	"bianmin/internal/cases"
)

// deskEmpty says why the list is empty, and what to do or when the next is due.
type deskEmpty struct{ Title, Why, Href, Words string }

// deskDone says what came of the case that was just dealt with.
type deskDone struct{ Who, Now, Href string }

// waitingEmpty says that nothing waits for this person.
var waitingEmpty = map[string]string{queueAsked.key: "没有等着批的延期", queueHand.key: "没有移交过来的", queueCome.key: "没有等着收的材料",
	queueSent.key: "交出去的都收到了", queueMoves.key: "没有在路上的材料"}

// emptyOf says why nothing is here; a list that was worked off says when the next is due.
func (s *Site) emptyOf(r *http.Request, actor access.Actor, q deskQuery, this queue) (*deskEmpty, error) {
	if q.filtered() {
		return &deskEmpty{"没有找到这样的办件", "换个说法，或者去掉筛选再看", inQueue(this.key).address(), "去掉筛选"}, nil
	}
	if this.key == queueDone.key {
		return &deskEmpty{"今天还没有办过", "办了的会出现在这里，写明几点办的、现在到了哪一步", inQueue(queueTodo.key).address(), "去看“待我办”"}, nil
	}
	if this.key == queueAway.key {
		return &deskEmpty{"没有等别人的", "办完自己这一步、还没有办结的，会出现在这里", "", ""}, nil
	}
	e := &deskEmpty{Title: "这里还没有办件", Why: "收了件，会出现在这里"}
	if this.key == queueTodo.key || this.key == queueMine.key {
		e.Title, e.Why = this.label+"的都办完了", "有新的会出现在这里"
	}
	if title := waitingEmpty[this.key]; title != "" {
		e.Title, e.Why = title, "有了会出现在这里"
		e.Href, e.Words = inQueue(queueOpen.key).address(), "看全部在办的"
		return e, nil
	}
	if access.Allows(actor.Role, access.FileCase) {
		e.Href, e.Words = "/counter", "新收一件"
	}
	next, err := s.Cases.List(r.Context(), actor, cases.Filter{Open: true, Limit: 1})
	if err == nil && len(next.Cases) == 1 && this.worked {
		v := next.Cases[0]
		if p := v.Limits.Promised; p != nil && p.Due != nil && p.Running && v.Step != nil {
			e.Why = fmt.Sprintf("最近到期的是 %s，%s的%s，在%s", dateWords(*p.Due), v.Applicant.Name, v.Item.Plain, v.Step.OwnerName)
		}
	}
	return e, err
}

// doneOf says where the case that was just dealt with has come to.
func (s *Site) doneOf(r *http.Request, actor access.Actor) *deskDone {
	number := cases.Number(r.URL.Query().Get("done"))
	if number == "" {
		return nil
	}
	v, err := s.Cases.Open(r.Context(), actor, number) // the address names it, whoever wrote the address
	if err != nil {
		return nil // it may have left this person's sight; then there is nothing to say
	}
	d := &deskDone{Who: v.Applicant.Name + "，" + v.Item.Plain, Now: v.StateName, Href: casePath(number)}
	switch {
	case v.Extension != nil && v.Extension.State == "asked":
		d.Now = "等" + v.Extension.ForName + "批延期"
	case v.Step != nil && v.State.Open():
		d.Now = fmt.Sprintf("现在由%s%s", v.Step.OwnerName, v.Step.Name)
	}
	return d
}
