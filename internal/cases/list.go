package cases

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/place"
	"bianmin/internal/problem"
)

// Page is one page of a list.
type Page struct {
	Cases []View  `json:"cases"`
	Next  *string `json:"next" doc:"give it as after for the next page; null on the last"`
}

// limitMost is the most that one page holds.
const limitMost = 200

// cursor is where a page ended: the key of its last row.
type cursor struct {
	Due    string  `json:"d,omitempty"`
	Filed  Instant `json:"f,omitempty"`
	Number string  `json:"n"`
}

func (c cursor) encode() string {
	raw, _ := json.Marshal(c) // of texts and a number: cannot fail
	return base64.RawURLEncoding.EncodeToString(raw)
}

func decodeCursor(s string) (c cursor, ok bool) {
	raw, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil || json.Unmarshal(raw, &c) != nil {
		return c, false
	}
	_, isNumber := ParseNumber(c.Number)
	_, notDate := calendar.ParseDate(c.Due)
	return c, isNumber && (c.Due == "" || notDate == nil)
}

// List gives a page of the cases that the actor sees.
func (s *Service) List(ctx context.Context, a access.Actor, f Filter) (Page, error) {
	q, wrong := s.listQuery(a, f)
	if p := problem.WrongFields(wrong); p != nil {
		return Page{}, p
	}
	var rows []listed
	err := s.guessed(ctx, a, strings.TrimSpace(f.Query), func() (found bool, err error) {
		rows, err = s.searched(ctx, q)
		return len(rows) > 0, err
	})
	if err != nil {
		return Page{}, err
	}
	page := Page{Cases: make([]View, 0, len(rows))}
	v := s.viewer(a)
	more := len(rows) > q.limit
	for _, row := range rows[:min(len(rows), q.limit)] {
		page.Cases = append(page.Cases, v.row(row.c))
	}
	if more {
		last := rows[q.limit-1]
		next := cursor{Number: string(last.number), Due: last.due}
		if f.Sort == ByNewest && q.byFact == "" {
			next = cursor{Number: string(last.number), Filed: last.filed}
		}
		encoded := next.encode()
		page.Next = &encoded
	}
	return page, nil
}

// listQuery composes the one query of a list. It is composed and not generated because which index serves it depends
// on which conditions stand in it; every text in it is ours, every value an argument.
type listQuery struct {
	from  string
	where []string
	args  []any
	after string // the condition that a row comes after the page before; empty on the first
	order string
	keyed string // the same order, put so that no index gives it: of those that a name's index finds
	limit int
	name  *named // what the name, or its initials, is to begin with
	// served: there is an index that gives the cases in order.
	served bool
	// halves: those whose clock runs come first and stand in an index of their own; the others have no date, and go
	// by their numbers, which stand in the name's index.
	halves bool
	rest   string // what after is among the others
	byFact string // read in the order of a day of what is counted: f.done, f.promised; empty when not
	sought bool   // by what was typed
	byPost bool   // read in the order in which the cases stand at a post
}

// only narrows by a condition that very few cases meet. What was said before of towns and places is put so that no
// index serves it: a planner that knows no better takes one that gives the order and reads a whole town by it.
func (q *listQuery) only(condition, value string) {
	for i, where := range q.where {
		for _, column := range []string{"c.town", "c.place"} {
			if rest, found := strings.CutPrefix(where, column+" = "); found {
				q.where[i] = "(" + column + " || '') = " + rest
			}
		}
	}
	q.and(condition, value)
}

func (q *listQuery) and(condition string, args ...any) {
	q.where = append(q.where, q.with(condition, args...))
}

// with keeps the arguments of a condition, and gives it with their places.
func (q *listQuery) with(condition string, args ...any) string {
	for _, a := range args {
		q.args = append(q.args, a)
		condition = strings.Replace(condition, "?", "$"+strconv.Itoa(len(q.args)), 1)
	}
	return condition
}

// doc is the column of the cases themselves: what is looked for by name or number was seldom read before.
func (q *listQuery) doc() string {
	if q.sought {
		return "c.doc"
	}
	return "''"
}

func (q *listQuery) text() string {
	read := ", c.filed_at, c.events, " + q.doc() + " FROM "
	columns := "SELECT c.number, c.due" + read
	switch {
	case q.byPost:
		return "SELECT c.number, p.due" + read + q.from + q.tail(q.order, q.after)
	case q.byFact != "":
		return "SELECT c.number, " + q.byFact + read + q.from + q.tail(q.order, q.after)
	case q.name == nil:
		return columns + q.from + q.tail(q.order, q.after)
	case !q.halves: // the name's index gives no order: what is sorted are keys, not whole cases
		return columns + "cases c WHERE c.number IN (SELECT c.number FROM " + q.from + q.tail(q.keyed, q.after) + ") ORDER BY " + q.order
	}
	const running = "c.open AND (c.due || '') < '" + never + "'"
	others := "c.number NOT IN (SELECT c.number FROM " + q.from + q.conditions(running) + ")"
	return columns + "cases c WHERE c.number IN (SELECT r.number FROM (SELECT c.number FROM " + q.from + q.tail(q.keyed, q.after, running) + ") r" +
		" UNION ALL SELECT o.number FROM (SELECT c.number FROM " + q.from + q.tail("(c.number || '')", q.rest, others) + ") o)" +
		" ORDER BY " + q.order + " LIMIT " + strconv.Itoa(q.limit+1)
}

// conditions are those of the list and some more; empty ones do not count.
func (q *listQuery) conditions(more ...string) string {
	all := slices.DeleteFunc(slices.Concat(q.where, more), func(s string) bool { return s == "" })
	if len(all) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(all, " AND ")
}

// tail is a page's worth of what meets the conditions.
func (q *listQuery) tail(order string, more ...string) string {
	return q.conditions(more...) + " ORDER BY " + order + " LIMIT " + strconv.Itoa(q.limit+1)
}

func (s *Service) listQuery(a access.Actor, f Filter) (*listQuery, []problem.Field) {
	q := &listQuery{from: "cases c", limit: f.Limit, served: f.Sort == ByNewest || f.Open}
	if q.limit == 0 {
		q.limit = 50
	}
	var wrong []problem.Field
	bad := func(path, code, message string) {
		wrong = append(wrong, problem.Field{Path: path, Code: code, Message: message})
	}
	if q.limit < 1 || q.limit > limitMost {
		bad("limit", "out_of_range", fmt.Sprintf("一页 1 到 %d 件", limitMost))
	}
	q.scope(a, f)
	if f.Place != "" {
		if _, ok := s.places.Place(f.Place); !ok {
			bad("place", "unknown_place", "没有这个地方，请照 12 位区划代码核对")
		}
		q.within(f.Place, f.Own)
	}
	if f.State != "" {
		if !f.State.Known() {
			bad("state", "unknown_state", "没有这种状态")
		}
		q.and("c.state = ?", string(f.State))
	}
	if f.Item != "" {
		q.and("c.item = ?", string(f.Item))
	}
	if f.Responsible {
		q.and("c.responsible = ?", a.Account)
	}
	if f.Open {
		q.and("c.open")
	}
	if f.Late != "" && !f.Late.Known() {
		bad("late", "unknown_late", "没有这种筛选")
	}
	if !f.Moves.Known() {
		bad("moves", "unknown_moves", "没有这种筛选")
	}
	q.late(f, calendar.DateOf(s.clock.Now()).String())
	q.days(f)
	if f.Post != "" {
		q.and("c.number IN (SELECT p.number FROM case_posts p WHERE p.post = ? AND p.todo)", string(f.Post))
	}
	if f.Query != "" {
		q.sought = true
		s.search(q, a, f.Query)
	}
	if !q.page(f) {
		bad("after", "bad_cursor", "翻页的位置不对，请从第一页开始")
	}
	return q, wrong
}

// late narrows by the last days that are stored beside the case. Few are late, so they are read by those days, the
// earliest first; those that are looked for by name are few already.
func (q *listQuery) late(f Filter, today string) {
	condition := ""
	switch f.Late {
	case DueToday:
		condition = "f.promised = ?"
	case LatePromise:
		condition = "f.promised < ? AND (f.legal = '' OR f.legal >= '" + today + "')"
	case LateLaw:
		// Put so that no index serves it: PostgreSQL takes those that are past the law for very few, and sorts them all.
		condition = "f.promised < ? AND (f.legal || '') <> '' AND (f.legal || '') < '" + today + "'"
	case LateAny:
		condition = "f.promised < ?"
	default:
		return
	}
	if f.Query != "" || !f.Done.IsZero() {
		q.only("c.number IN (SELECT f.number FROM case_facts f WHERE f.promised <> '' AND "+condition+")", today)
		return
	}
	q.inOrderOf("f.promised")
	q.and("f.promised <> '' AND "+condition, today)
}

// inOrderOf reads the list by a day of what is counted. The town stands in the index by which the days are walked.
func (q *listQuery) inOrderOf(day string) {
	q.byFact, q.from = day, "case_facts f CROSS JOIN cases c"
	for i, where := range q.where {
		if rest, found := strings.CutPrefix(where, "c.town = "); found {
			q.where[i] = "f.town = " + rest
		}
	}
	q.and("f.number = c.number")
}

// days narrows to when a case was filed, and when it ended. By the day of their end cases are listed in that order,
// unless they are looked for by name: then few are left.
func (q *listQuery) days(f Filter) {
	if !f.Filed.IsZero() {
		q.and("c.filed_at >= ? AND c.filed_at < ?", f.Filed.From.Start().UnixMicro(), f.Filed.To.End().UnixMicro())
	}
	if f.Done.IsZero() {
		return
	}
	late := ""
	if f.DoneLate {
		late = " AND f.late > 0"
	}
	if f.Query != "" {
		q.and("c.number IN (SELECT f.number FROM case_facts f WHERE f.done <> '' AND f.done >= ? AND f.done <= ?"+late+")", f.Done.From.String(), f.Done.To.String())
		return
	}
	q.inOrderOf("f.done")
	q.and("f.done <> '' AND f.done >= ? AND f.done <= ?"+late, f.Done.From.String(), f.Done.To.String())
}

// scope keeps to what the actor sees, and to what waits for its post when asked.
func (q *listQuery) scope(a access.Actor, f Filter) {
	switch {
	case a.SeesAll():
	case a.SeesTown():
		q.and("c.town = ?", string(a.Place))
	case a.Role == access.Agent:
		q.and("c.place = ?", string(a.Place))
	case a.Role == access.Citizen:
		q.and("c.phone_index = ?", a.Phone)
	case a.OfUnit() != "" && f.Todo:
	case a.OfUnit() != "":
		q.atPost(f, a.OfUnit(), "")
	default:
		q.and("1 = 0")
	}
	if f.Todo {
		q.atPost(f, a.Post(), " AND p.todo")
	}
	if f.Others {
		q.and("c.open AND c.number NOT IN (SELECT p.number FROM case_posts p WHERE p.post = ? AND p.todo)", string(a.Post()))
	}
	if post := f.Moves.post(a); post != "" {
		q.only("c.number IN (SELECT p.number FROM case_posts p WHERE p.post = ? AND p.todo)", string(post))
	}
	if f.Handed {
		q.only("c.number IN (SELECT p.number FROM case_posts p WHERE p.post = ? AND p.todo)", string(access.PersonPost(a.Account)))
	}
}

// atPost narrows to the cases of a post. A list by due date, or of the newest, is read from the post's own rows, which stand in that order: a
// planner that knows no better walks through a whole town, or the city, and asks of each case whether it is the post's.
func (q *listQuery) atPost(f Filter, post access.Post, more string) {
	if f.Handed || f.Moves != "" { // few: those are looked up, and asked of each whether the post has it
		q.and("EXISTS (SELECT 1 FROM case_posts p WHERE p.number = c.number AND p.post = ?"+more+")", string(post))
		return
	}
	if f.Query != "" || f.Late != "" || !f.Done.IsZero() {
		q.and("c.number IN (SELECT p.number FROM case_posts p WHERE p.post = ?"+more+")", string(post))
		return
	}
	q.byPost, q.from = true, "case_posts p CROSS JOIN cases c"
	q.and("c.number = p.number AND p.post = ?"+more, string(post))
}

func (q *listQuery) within(code place.Code, own bool) {
	switch {
	case own:
		q.and("c.place = ?", string(code))
	case code.IsTown():
		q.and("c.town = ?", string(code))
	case code.IsRoom():
		q.and("c.place = ?", string(code))
	}
}

// page sets order and beginning; false when the cursor cannot be read.
func (q *listQuery) page(f Filter) bool {
	c, ok := cursor{}, true
	if f.After != "" {
		c, ok = decodeCursor(f.After)
	}
	switch {
	case q.byPost && f.Sort == ByNewest:
		q.order = "p.filed DESC, p.number DESC"
		if f.After != "" {
			q.after = q.with("(p.filed, p.number) < (?, ?)", int64(c.Filed), c.Number)
		}
		return ok
	case q.byPost:
		q.order = "p.due, p.number"
		if f.After != "" {
			q.after = q.with("(p.due, p.number) > (?, ?)", c.Due, c.Number)
		}
		return ok
	case q.byFact == "f.done":
		q.order = "f.done DESC, f.number DESC"
		if f.After != "" {
			q.after = q.with("(f.done, f.number) < (?, ?)", c.Due, c.Number)
		}
		return ok
	case q.byFact != "":
		q.order = q.byFact + ", f.number"
		if f.After != "" {
			q.after = q.with("("+q.byFact+", f.number) > (?, ?)", c.Due, c.Number)
		}
		return ok
	}
	if f.Sort == ByNewest {
		q.order, q.keyed = "c.filed_at DESC, c.number DESC", "(c.filed_at + 0) DESC, (c.number || '') DESC"
		if f.After != "" {
			q.after = q.with("(c.filed_at, c.number) < (?, ?)", int64(c.Filed), c.Number)
		}
		return ok
	}
	q.order, q.keyed, q.halves = "c.due, c.number", "(c.due || ''), (c.number || '')", !f.Open
	if f.After != "" {
		q.after = q.with("(c.due, c.number) > (?, ?)", c.Due, c.Number)
		if c.Due == never {
			q.rest = "c.number > $" + strconv.Itoa(len(q.args))
		}
	}
	return ok
}
