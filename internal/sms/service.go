package sms

import (
	"context"
	"crypto/rand"
	"strings"
	"time"

	"bianmin/internal/clock"
	"bianmin/internal/db"
	"bianmin/internal/problem"
	"bianmin/internal/seal"
	"bianmin/internal/sms/internal/query"
)

// The purposes under which telephone and text are sealed.
const (
	sealedPhone   = "phone"
	sealedContent = "message"
)

// Parts are what the service is put together from.
type Parts struct {
	DB  *db.DB
	Box *seal.Box
	// Work is the service's clock, by which people read when a message was written; Wall the machine's, by which it is
	// sent.
	Work, Wall clock.Clock
	// Provider takes the messages; nil when there is none.
	Provider Provider
	// Keep keeps messages when there is no provider: the demonstration.
	Keep bool
}

// Service is the room's use cases.
type Service struct{ Parts }

// New puts the room together.
func New(p Parts) *Service { return &Service{p} }

func (s *Service) q(ctx context.Context) *query.Queries { return query.New(s.DB.Q(ctx)) }

// Able says whether a message can reach anybody: a telephone, or in the demonstration the page of messages.
func (s *Service) Able() bool { return s.Provider != nil || s.Keep }

// ErrUnable says that there is nobody who brings messages.
var ErrUnable = &problem.Problem{Kind: problem.Unavailable, Code: "no_messages"}

// Put puts a message into the outbox, in the transaction of ctx.
func (s *Service) Put(ctx context.Context, m Message) error {
	if !s.Able() {
		return ErrUnable
	}
	now := s.Wall.Now()
	row := query.InsertMessageParams{
		ID: strings.ToLower(rand.Text()), At: s.Work.Now().UnixMicro(), Purpose: string(m.Purpose), Telephone: s.Box.Seal(sealedPhone, string(m.To)),
		Masked: m.To.Masked(), Content: s.Box.Seal(sealedContent, m.Text), Shown: m.shown(),
		State: string(Waiting), Due: now.UnixMicro(), Expires: now.Add(m.life()).UnixMicro(),
	}
	if s.Provider == nil {
		row.State, row.Telephone, row.DoneAt = string(Kept), "", row.At
	}
	return s.q(ctx).InsertMessage(ctx, row)
}

// View is a message as the list shows it.
type View struct {
	ID          string  `json:"id"`
	At          string  `json:"at"`
	Purpose     Purpose `json:"purpose"`
	PurposeName string  `json:"purpose_name"`
	Phone       string  `json:"phone" doc:"masked"`
	Text        string  `json:"text" doc:"without the code, but in the demonstration"`
	State       State   `json:"state"`
	StateName   string  `json:"state_name"`
	Tries       int64   `json:"tries"`
	Reason      *string `json:"reason" doc:"what the provider said last"`
	Due         *string `json:"next_try" doc:"when it is tried next; null when it is not"`
}

// Filter is what a list is asked for. Empty fields do not narrow.
type Filter struct {
	State   State
	Purpose Purpose
	Tail    string // the last four digits of the telephone
	Limit   int
	After   string
}

// Page is one page of a list.
type Page struct {
	Messages []View  `json:"messages"`
	Next     *string `json:"next" doc:"give it as after for the next page; null on the last"`
}

const (
	limitUsual = 50
	limitMost  = 200
)

// List gives a page of messages, the newest first.
func (s *Service) List(ctx context.Context, f Filter) (Page, error) {
	q, wrong := s.listParams(f)
	if p := problem.WrongFields(wrong); p != nil {
		return Page{}, p
	}
	rows, err := s.q(ctx).Messages(ctx, q)
	if err != nil {
		return Page{}, err
	}
	page := Page{Messages: []View{}}
	most := int(q.Most) - 1
	for _, r := range rows[:min(len(rows), most)] {
		v, err := s.view(r)
		if err != nil {
			return Page{}, err
		}
		page.Messages = append(page.Messages, v)
	}
	if len(rows) > most {
		last := rows[most-1]
		next := placeOf(last.At, last.ID)
		page.Next = &next
	}
	return page, nil
}

func (s *Service) listParams(f Filter) (q query.MessagesParams, wrong []problem.Field) {
	bad := func(path, code, message string) {
		wrong = append(wrong, problem.Field{Path: path, Code: code, Message: message})
	}
	if f.Limit == 0 {
		f.Limit = limitUsual
	}
	if f.Limit < 1 || f.Limit > limitMost {
		bad("limit", "out_of_range", "一页 1 到 200 条")
	}
	if f.State != "" && f.State.Chinese() == string(f.State) {
		bad("state", "unknown_state", "没有这种状态")
	}
	if f.Purpose != "" && f.Purpose.Chinese() == string(f.Purpose) {
		bad("purpose", "unknown_purpose", "没有这种短信")
	}
	q = query.MessagesParams{State: string(f.State), Purpose: string(f.Purpose), Tail: f.Tail, At: 1 << 62, Most: int32(f.Limit) + 1}
	if f.Tail != "" && (len(f.Tail) != 4 || strings.Trim(f.Tail, "0123456789") != "") {
		bad("tail", "bad_tail", "请写手机号的后四位数字")
	}
	if f.After != "" {
		var ok bool
		if q.At, q.ID, ok = parsePlace(f.After); !ok {
			bad("after", "bad_cursor", "翻页的位置不对，请从第一页开始")
		}
	}
	return q, wrong
}

func (s *Service) view(r query.Message) (View, error) {
	v := View{ID: r.ID, At: stamp(r.At), Purpose: Purpose(r.Purpose), PurposeName: Purpose(r.Purpose).Chinese(), Phone: r.Masked, Text: r.Shown,
		State: State(r.State), StateName: State(r.State).Chinese(), Tries: r.Tries}
	if r.Reason != "" {
		v.Reason = &r.Reason
	}
	if State(r.State) == Waiting && r.Tries > 0 {
		due := stamp(r.Due)
		v.Due = &due
	}
	if s.Keep && s.Provider == nil && r.Content != "" {
		text, err := s.Box.Open(sealedContent, r.Content)
		if err != nil {
			return View{}, err
		}
		v.Text = text
	}
	return v, nil
}

// keepFor is how long what was done with stays on the list.
const keepFor = 90 * 24 * time.Hour

// Forget drops what was done with long ago.
func (s *Service) Forget(ctx context.Context) error {
	return s.DB.Write(ctx, func(ctx context.Context) error {
		return s.q(ctx).Forget(ctx, s.Work.Now().Add(-keepFor).UnixMicro())
	})
}

// UnsentAfter is how long a message may wait before somebody should look (usual).
const UnsentAfter = 10 * time.Minute

// Unsent is what ought to have gone by now.
type Unsent struct {
	Messages int
	Oldest   time.Time
}

// Unsent counts what has waited longer than UnsentAfter, and what ran out within it without having gone: codes live shorter
// than that, and are what most people wait for.
func (s *Service) Unsent(ctx context.Context) (Unsent, error) {
	now := s.Wall.Now()
	row, err := s.q(ctx).Unsent(ctx, query.UnsentParams{Now: now.UnixMicro(), Since: now.Add(-UnsentAfter).UnixMicro()})
	return Unsent{Messages: int(row.Messages), Oldest: time.UnixMicro(row.Oldest)}, err
}
