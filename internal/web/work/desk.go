package work

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/gate"
	"bianmin/internal/paper"
	"bianmin/internal/problem"
	"bianmin/internal/web/ui"
)

// deskPage is the desk's list with one case beside it.
type deskPage struct {
	Chrome   ui.Chrome
	Heading  string
	Lead     string
	Pressing string // 3 件今天必须办完
	Queues   []queueLink
	Filter   deskFilter
	Groups   []deskGroup
	Next     string
	First    string // the first page, when this is another
	Empty    *deskEmpty
	Wrong    []ui.Mistake
	Done     *deskDone
	Panel    *panel
	Opened   bool // the case was asked for: on a phone it stands alone
	List     string
	Alarms   []ui.Alarm
	Whose    whoseLink // of what was done today
	Picks    bool      // the rows have check boxes
	Papers   bool      // of chosen ones papers can be issued
	Printed  string    // when, over the paper
}

type queueLink struct {
	Key, Label, Href string
	Current          bool
	Count            string
	Hot              bool
}

// deskAsk leads to the list that was asked for, whose address can be kept and sent. It is posted: what was typed may be
// somebody's number.
func (s *Site) deskAsk(w http.ResponseWriter, r *http.Request) {
	posted, err := form(w, r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	q := parseDesk(posted)
	q.Text = s.covered(q.Text)
	redirect(w, r, q.address())
}

// desk shows a list. A case asked for beside it, or else the most urgent one, is open.
func (s *Site) desk(w http.ResponseWriter, r *http.Request) {
	q := parseDesk(r.URL.Query())
	if telling(q.Text) {
		q.Text = s.covered(q.Text)
		redirect(w, r, q.address())
		return
	}
	if r.Header.Get("HX-Target") == "one" && q.Case != "" {
		s.deskPart(w, r, q)
		return
	}
	if to, err := s.firstWaits(r); err != nil || to != "" {
		if err != nil {
			s.Refuse(w, r, err)
			return
		}
		redirect(w, r, to)
		return
	}
	s.showDesk(w, r, http.StatusOK, q, asked{})
}

// deskPart is the case beside the list alone, for a page that has the list already.
func (s *Site) deskPart(w http.ResponseWriter, r *http.Request, q deskQuery) {
	actor, _ := gate.Actor(r.Context())
	v, err := s.Cases.Open(r.Context(), actor, q.Case)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	s.render(w, r, http.StatusOK, deskOne(s.panelOf(actor, v, q.with("").address(), asked{})))
}

func (s *Site) showDesk(w http.ResponseWriter, r *http.Request, status int, q deskQuery, form asked) {
	actor, _ := gate.Actor(r.Context())
	page, err := s.deskOf(r, actor, q, form)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	if len(page.Wrong) > 0 && status == http.StatusOK {
		status = http.StatusUnprocessableEntity
	}
	s.render(w, r, status, desk(page))
}

// deskOf fills the page.
func (s *Site) deskOf(r *http.Request, actor access.Actor, q deskQuery, form asked) (deskPage, error) {
	ctx, this := r.Context(), q.queueFor(actor.Role)
	page := deskPage{Heading: this.label, Lead: this.lead, List: q.with("").address(), Opened: q.Case != ""}
	list, rows, err := s.listed(ctx, actor, q)
	var wrong *problem.Problem
	if errors.As(err, &wrong) && wrong.Kind == problem.Invalid {
		page.Wrong, err = ui.Mistakes(wrong.Fields), nil
	}
	if err != nil {
		return page, err
	}
	selected := q.Case
	row := rowFor(actor, q, "")
	if page.Groups = groupsOf(this, list.Cases, row); this.key == queueDone.key {
		page.Whose = whoseOf(q)
		if len(rows) > 0 {
			page.Groups = []deskGroup{{Rows: rows}}
		}
	}
	if order := inOrder(page.Groups); selected == "" && len(order) > 0 {
		selected = order[0]
	}
	for g := range page.Groups {
		for i := range page.Groups[g].Rows {
			page.Groups[g].Rows[i].Selected = page.Groups[g].Rows[i].Number == selected
		}
	}
	if selected != "" {
		v, err := s.Cases.Open(ctx, actor, selected)
		if err != nil {
			return page, err
		}
		page.Panel = s.panelOf(actor, v, page.List, form)
	}
	if list.Next != nil {
		next := q.with("")
		next.After = *list.Next
		page.Next = next.address()
	}
	if q.After != "" {
		first := q.with("")
		first.After = ""
		page.First = first.address()
	}
	n, late := pressing(list.Cases)
	if n > 0 && this.worked {
		page.Pressing = fmt.Sprintf("%d 件", n)
	}
	page.Queues = queueLinks(actor.Role, this, len(list.Cases), list.Next != nil || q.After != "" || q.filtered(), late)
	if err := s.countWaiting(r, actor, page.Queues); err != nil {
		return page, err
	}
	page.Alarms = s.AlarmsFor(r, actor)
	page.Papers = len(list.Cases) > 0 && access.Allows(actor.Role, paper.Permission)
	page.Picks, page.Printed = this.picks && len(list.Cases) > 0, ui.Moment(s.Clock.Now())
	page.Filter = s.filterOf(actor, q)
	if len(list.Cases) == 0 {
		page.Empty, err = s.emptyOf(r, actor, q, this)
	}
	page.Done = s.doneOf(r, actor)
	page.Chrome = s.chrome(r, deskTitle(this, list, form), "/desk")
	page.Chrome.Fixed, page.Chrome.Keys, page.Chrome.Query = actor.Role != access.Agent, deskKeys, s.uncovered(q.Text)
	return page, err
}

// listed is the list itself; of what was done today with its rows.
func (s *Site) listed(ctx context.Context, a access.Actor, q deskQuery) (cases.Page, []deskRow, error) {
	if q.queueFor(a.Role).key != queueDone.key {
		list, err := s.Cases.List(ctx, a, s.filter(a.Role, q))
		return list, nil, err
	}
	views, rows, err := s.doneToday(ctx, a, q)
	return cases.Page{Cases: views}, rows, err
}

func deskTitle(this queue, list cases.Page, form asked) string {
	title := this.label
	if list.Next == nil {
		title += fmt.Sprintf(" %d 件", len(list.Cases))
	}
	return ui.ErrorTitle(title, len(form.Fields))
}

// groupsOf lays a list out: by urgency what is worked through, as it is what is looked up.
func groupsOf(this queue, list []cases.View, row func(cases.View) deskRow) []deskGroup {
	if this.worked {
		return grouped(list, row)
	}
	g := deskGroup{}
	for _, v := range list {
		g.Rows = append(g.Rows, row(v))
	}
	if len(g.Rows) == 0 {
		return nil
	}
	return []deskGroup{g}
}

// queueLinks are the lists to choose from. Only the present one's count is known without reading the others.
func queueLinks(role access.Role, this queue, n int, part, late bool) []queueLink {
	var links []queueLink
	for _, x := range queuesOf(role) {
		l := queueLink{Key: x.key, Label: x.label, Href: inQueue(x.key).address(), Current: x.key == this.key}
		if l.Current && !part {
			l.Count, l.Hot = fmt.Sprint(n), late && x.worked
		}
		links = append(links, l)
	}
	if role != access.Head && access.Allows(role, access.TakeCase) {
		links = append(links, queueLink{Label: "我的过错", Href: "/faults"}) // for the others it stands in the menu
	}
	return links
}

var deskKeys = []ui.Key{{Keys: "J K", Does: "下一件，上一件"}, {Keys: "1–9", Does: "选意见"}, {Keys: "Enter", Does: "按蓝色的按钮"},
	{Keys: "/", Does: "查找：姓名、首字母、编号"}, {Keys: "F", Does: "筛选"}, {Keys: "O", Does: "打开整件"}, {Keys: "空格", Does: "选上这一件"}, {Keys: "G", Does: "选上的一起办"}, {Keys: "P", Does: "打印列表"}, {Keys: "Esc", Does: "离开输入框"}, {Keys: "?", Does: "这张表"}}
