package work

import (
	"net/url"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/item"
	"bianmin/internal/place"
)

// deskQuery is what the desk is asked for. It stands whole in the address, so that a view can be sent to a colleague.
type deskQuery struct {
	Queue string
	Text  string // name, initials, number, serial …; a number that is somebody's is covered
	State cases.State
	Item  item.Code
	Place place.Code
	Late  cases.Late  // by the last days; lateDone of those that ended
	Post  access.Post // whose turn it is
	Filed string      // a month, a day, or two days
	Done  string
	Whose string       // of what was done today: the post's, or (empty) one's own
	Own   bool         // of the place itself, not of the places below it
	After string       // the page
	Case  cases.Number // the one beside the list; empty: the first
}

// queue is a list that somebody works through.
type queue struct {
	key, label string
	narrow     func(f *cases.Filter)
	lead       string // how it is ordered
	worked     bool   // its cases are to be done now, so it is grouped by the time left
	picks      bool   // several of its cases can be answered at once
}

var (
	queueTodo  = queue{"todo", "待我办", func(f *cases.Filter) { f.Todo = true }, "按剩下的时间排", true, true}
	queueAsked = queue{"asked", "等我批", func(f *cases.Filter) { f.Todo = true }, "按剩下的时间排", true, true}
	queueHand  = queue{"handed", "移交给我", func(f *cases.Filter) { f.Handed = true }, "按剩下的时间排", true, false}
	queueCome  = queue{"coming", "等我收的材料", func(f *cases.Filter) { f.Moves = cases.MovesComing }, "别处交来的，收到了一样一样点", false, false}
	queueSent  = queue{"sent", "交出没到的", func(f *cases.Filter) { f.Moves = cases.MovesSent }, "交出去了，对方还没有确认收到", false, false}
	queueMoves = queue{"moves", "路上的材料", func(f *cases.Filter) { f.Moves = cases.MovesAll }, "本镇交出去、还没有确认收到的", false, false}
	queueMine  = queue{"mine", "我负责的", func(f *cases.Filter) { f.Responsible, f.Open = true, true }, "按剩下的时间排", true, false}
	queueOpen  = queue{"open", "全部在办", func(f *cases.Filter) { f.Open = true }, "按剩下的时间排", true, false}
	queueAway  = queue{"away", "等别人", func(f *cases.Filter) { f.Others, f.Open = true, true }, "在别的岗位手上，或者等申请人", true, false}
	queueDone  = queue{"done", "今天办的", func(f *cases.Filter) {}, "刚办的在前", false, false}
	queueEnded = queue{"ended", "最近办结", func(f *cases.Filter) { f.State, f.Sort = cases.Closed, cases.ByNewest }, "新收的在前", false, false}
	queueAll   = queue{"all", "全部", func(f *cases.Filter) { f.Sort = cases.ByNewest }, "新收的在前", false, false}
)

// queuesOf are the lists of a role. Who owns no steps has nothing of an own to do.
func queuesOf(role access.Role) []queue {
	switch role {
	case access.Agent, access.Clerk, access.Desk, access.Unit:
		return []queue{queueTodo, queueHand, queueCome, queueSent, queueAway, queueDone, queueMine, queueOpen, queueEnded, queueAll}
	case access.Head:
		return []queue{queueOpen, queueAsked, queueHand, queueMoves, queueDone, queueEnded, queueAll}
	case access.Chief:
		return []queue{queueOpen, queueAsked, queueHand, queueDone, queueEnded, queueAll}
	}
	return []queue{queueOpen, queueEnded, queueAll}
}

// parseDesk reads the address. A queue that the role has not is its first; of the rest the service says what is wrong.
func parseDesk(v url.Values) deskQuery {
	return deskQuery{Late: cases.Late(v.Get("late")), Post: access.Post(v.Get("post")), Filed: v.Get("filed"), Done: v.Get("done_in"), Whose: v.Get("whose"), Own: v.Get("own") != "",
		Queue: v.Get("queue"), Text: v.Get("q"), State: cases.State(v.Get("state")), Item: item.Code(v.Get("item")),
		Place: place.Code(v.Get("place")), After: v.Get("after"), Case: cases.Number(v.Get("case"))}
}

func (q deskQuery) queueFor(role access.Role) queue {
	list := queuesOf(role)
	for _, x := range list {
		if x.key == q.Queue {
			return x
		}
	}
	return list[0]
}

// filter is the question to the service.
func (q deskQuery) filter(role access.Role) cases.Filter {
	f := cases.Filter{Query: q.Text, Item: q.Item, Place: q.Place, After: q.After, Limit: deskRows}
	q.queueFor(role).narrow(&f)
	if q.State != "" {
		f.State = q.State
	}
	f.Late, f.Post, f.Own = q.Late, q.Post, q.Own
	if f.Late == lateDone {
		f.Late, f.DoneLate = "", true
	}
	f.Filed, _ = cases.ParseDays(q.Filed) // what cannot be read does not narrow, and is not shown as if it did
	f.Done, _ = cases.ParseDays(q.Done)
	return f
}

// lateDone narrows to cases that ended late, where the others are about those that are open.
const lateDone = cases.Late("done")

// deskRows is how many cases a page of the list holds.
const deskRows = 50

func (q deskQuery) filtered() bool {
	return q.Text != "" || q.State != "" || q.Item != "" || q.Place != "" || q.Late != "" || q.Post != "" || q.Filed != "" || q.Done != ""
}

func (q deskQuery) values() url.Values {
	v := url.Values{}
	for name, value := range map[string]string{"queue": q.Queue, "q": q.Text, "state": string(q.State), "item": string(q.Item),
		"place": string(q.Place), "late": string(q.Late), "post": string(q.Post), "filed": q.Filed, "done_in": q.Done, "own": ownWord(q.Own), "whose": q.Whose, "after": q.After, "case": string(q.Case)} {
		if value != "" {
			v.Set(name, value)
		}
	}
	return v
}

func ownWord(own bool) string {
	if own {
		return "1"
	}
	return ""
}

// address is the page of this query.
func (q deskQuery) address() string {
	if v := q.values().Encode(); v != "" {
		return "/desk?" + v
	}
	return "/desk"
}

// with is the query with another case beside the list.
func (q deskQuery) with(n cases.Number) deskQuery { q.Case = n; return q }

// inQueue is a list as it is, without anything that narrows it.
func inQueue(key string) deskQuery { return deskQuery{Queue: key} }
