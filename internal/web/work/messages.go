package work

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"bianmin/internal/gate"
	"bianmin/internal/problem"
	"bianmin/internal/sms"
	"bianmin/internal/web/ui"
)

// Messages is the outbox.
type Messages interface {
	List(ctx context.Context, f sms.Filter) (sms.Page, error)
	Able() bool
}

// messageRows is how many messages a page holds.
const messageRows = 50

// messagesPage lists the messages that went out, or wait.
type messagesPage struct {
	Chrome      ui.Chrome
	Lead        string
	Filter      []ui.Input
	Errors      []ui.Mistake
	Filtered    bool
	Rows        []messageRow
	Next, First string
}

type messageRow struct {
	At, Phone, Purpose, Text string
	Mark                     ui.Mark
	State, Note              string
}

// messages shows them. That somebody looked is on record.
func (s *Site) messages(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	v := r.URL.Query()
	f := sms.Filter{State: sms.State(v.Get("state")), Purpose: sms.Purpose(v.Get("purpose")), Tail: strings.TrimSpace(v.Get("tail")), After: v.Get("after"), Limit: messageRows}
	list, err := s.Messages.List(r.Context(), f)
	var p *problem.Problem
	status := http.StatusOK
	if errors.As(err, &p) && p.Kind == problem.Invalid {
		status, err = http.StatusUnprocessableEntity, nil
	}
	if err == nil && p == nil {
		err = s.Access.Looked(r.Context(), actor, "messages", len(list.Messages))
	}
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	page := messagesPage{Chrome: s.chrome(r, "已发短信", "/messages"), Lead: s.messagesLead(), Filter: messageFilter(v), Filtered: v.Get("state")+v.Get("purpose")+v.Get("tail") != ""}
	if p != nil {
		page.Errors = ui.Mistakes(p.Fields)
		page.Chrome.Title = ui.ErrorTitle("已发短信", len(p.Fields))
		for i := range page.Filter {
			page.Filter[i].Error = ui.ErrorAt(p.Fields, page.Filter[i].Name)
		}
	}
	for _, m := range list.Messages {
		page.Rows = append(page.Rows, messageRowOf(m))
	}
	at := func(after string) string {
		q := url.Values{}
		for _, name := range []string{"state", "purpose", "tail"} {
			if v.Get(name) != "" {
				q.Set(name, v.Get(name))
			}
		}
		if after != "" {
			q.Set("after", after)
		}
		return "/messages?" + q.Encode()
	}
	if list.Next != nil {
		page.Next = at(*list.Next)
	}
	if f.After != "" {
		page.First = at("")
	}
	s.render(w, r, status, messages(page))
}

func (s *Site) messagesLead() string {
	switch {
	case s.Demo:
		return "演示不真发短信，要发的都留在这里，验证码也看得见。谁看过这一页，有记录。"
	case !s.Messages.Able():
		return "短信没有接通，发不出去：启动程序的时候用 --sms 写明短信通道。"
	}
	return "新的在前。验证码只有收的人看得见。谁看过这一页，有记录。"
}

func messageFilter(v url.Values) []ui.Input {
	state := ui.Input{Name: "state", Label: "状态", Type: "select", Value: v.Get("state"), Options: []ui.Option{everything}}
	for _, x := range sms.States {
		state.Options = append(state.Options, ui.Option{Value: string(x.State), Label: x.Chinese})
	}
	purpose := ui.Input{Name: "purpose", Label: "哪一种", Type: "select", Value: v.Get("purpose"), Options: []ui.Option{everything}}
	for _, x := range sms.Purposes {
		purpose.Options = append(purpose.Options, ui.Option{Value: string(x.Purpose), Label: x.Chinese})
	}
	return []ui.Input{state, purpose, {Name: "tail", Label: "手机号后四位", Value: v.Get("tail"), InputMode: "numeric", Small: true, Max: 4}}
}

func messageRowOf(m sms.View) messageRow {
	row := messageRow{At: momentOf(m.At), Phone: m.Phone, Purpose: m.PurposeName, Text: m.Text, State: m.StateName,
		Mark: map[sms.State]ui.Mark{sms.Sent: ui.Done, sms.Kept: ui.Done, sms.Failed: ui.Red, sms.Waiting: ui.InTime, sms.Sending: ui.Begun}[m.State]}
	if m.Tries > 1 {
		row.Note = "试了 " + strconv.FormatInt(m.Tries, 10) + " 次。"
	}
	if m.Reason != nil {
		row.Note += *m.Reason + "。"
	}
	if m.Due != nil {
		row.Note += momentOf(*m.Due) + " 再试。"
	}
	return row
}
