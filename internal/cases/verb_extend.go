package cases

import (
	"context"
	"strings"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/item"
	"bianmin/internal/place"
	"bianmin/internal/problem"
)

// Extension is the one prolongation that the law allows (行政许可法 第四十二条): asked for by the desk, granted by the head
// of that place or of that unit, its reason told to the applicant. Both limits move by it.
type Extension struct {
	Days    int         `json:"days"` // in the unit of the limits
	Reason  string      `json:"reason"`
	By      Person      `json:"by"`
	At      Instant     `json:"at"`
	For     access.Post `json:"for"` // who decides on it
	Granted *bool       `json:"granted,omitempty"`
	// Head is who decided on it, when and why (when refused).
	Head   *Person `json:"head,omitempty"`
	DoneAt Instant `json:"done_at,omitempty"`
	Why    string  `json:"why,omitempty"`
}

func (e *Extension) open() bool    { return e != nil && e.Granted == nil }
func (e *Extension) granted() bool { return e != nil && e.Granted != nil && *e.Granted }

// extensionMost is how many days an extension has at the most (第四十二条).
const extensionMost = 10

// promised and legal are the limits with the extension that was granted.
func (c *Case) promised() calendar.Limit { return c.extended(c.Def.Limits.Promised) }

func (c *Case) legal() *calendar.Limit {
	if c.Def.Limits.Legal == nil {
		return nil
	}
	l := c.extended(*c.Def.Limits.Legal)
	return &l
}

func (c *Case) extended(l calendar.Limit) calendar.Limit {
	if c.Extension.granted() {
		l.Days += c.Extension.Days
	}
	return l
}

// passed says that there is nothing left to extend: the law's limit is over, or the promised one where there is none.
// The law wants the head's approval before then: 在期限内不能作出决定的，可以延长 (行政许可法 第四十二条).
func (c *Case) passed(cal *calendar.Calendar, now time.Time) bool {
	return c.limits(cal, -1, now).passed()
}

func (l Limits) passed() bool {
	limit := l.Legal
	if limit == nil {
		limit = l.Promised
	}
	return limit != nil && limit.Left < 0
}

// Extend asks for more time.
type Extend struct {
	Days   int
	Reason string
	late   bool
}

// Verb is extend.
func (Extend) Verb() Verb { return VerbExtend }

// Check wants 1 to 10 days and a reason, which the applicant will read.
func (x Extend) Check(*item.Version) []problem.Field {
	wrong := checkWords(words{"reason", "延期的理由", x.Reason, true})
	if x.Days < 1 || x.Days > extensionMost {
		wrong = append(wrong, problem.Field{Path: "days", Code: "out_of_range", Message: "延期只能 1 到 10 天"})
	}
	return wrong
}

func (x Extend) read(_ context.Context, s *Service, c *Case) (Command, error) {
	x.late = c.passed(s.cal(), s.clock.Now())
	return x, nil
}

func extendable(c *Case, _ access.Actor) bool { return !c.Extension.open() && !c.Extension.granted() }

func notExtendable(c *Case, _ access.Actor) *problem.Problem {
	if c.Extension.open() {
		return c.refuse("extension_open", problem.Facts{"by": c.Extension.By.Name})
	}
	return c.refuse("extended_before", problem.Facts{"days": c.Extension.Days, "head": c.Extension.Head.Name})
}

func (x Extend) decide(c *Case, a access.Actor, _ time.Time) ([]Event, *problem.Problem) {
	if x.late {
		return nil, c.refuse("limit_passed", problem.Facts{})
	}
	return []Event{&ExtensionAsked{Days: x.Days, Reason: x.Reason, For: Approver(a, c.Town)}}, nil
}

// Approver is who decides on what this actor asks for: the chief of a unit of the city, else the head of the town.
func Approver(a access.Actor, town place.Code) access.Post {
	if a.Role == access.Unit && a.Place.IsCity() {
		return access.ChiefPost(a.Unit)
	}
	return access.HeadPost(town)
}

// ApproverName is an Approver as people say it: 高家堡镇站长, 市民政局负责人.
func ApproverName(places *place.Directory, p access.Post, town place.Code) string {
	if unit, ok := strings.CutPrefix(string(p), string(access.ChiefPost(""))); ok {
		return places.UnitName(unit, "") + "负责人"
	}
	t, _ := places.Place(town)
	return t.Name + access.Head.Chinese()
}

// ExtensionAsked is the request.
type ExtensionAsked struct {
	Meta
	Days   int         `json:"days"`
	Reason string      `json:"reason"`
	For    access.Post `json:"for"`
}

// Kind is KindExtensionAsked.
func (e *ExtensionAsked) Kind() Kind { return KindExtensionAsked }

func (e *ExtensionAsked) apply(c *Case) {
	c.Extension = &Extension{Days: e.Days, Reason: e.Reason, By: e.person(), At: e.At, For: e.For}
}

// approvable: an open request that waits for this actor, who did not make it.
func approvable(c *Case, a access.Actor) bool {
	return c.Extension.open() && c.Extension.For == a.Post() && c.Extension.By.Account != a.Account
}

func notApprovable(c *Case, a access.Actor) *problem.Problem {
	if !c.Extension.open() {
		return c.refuse("no_extension_open", problem.Facts{})
	}
	return c.refuse("not_your_approval", problem.Facts{"by": c.Extension.By.Name})
}

// Approve grants the extension. One that was asked for in time and not answered before the limit passed has lapsed: nobody
// can grant it any more, and the head can still refuse it, with the reason on record.
type Approve struct{ late bool }

// Verb is approve-extension.
func (Approve) Verb() Verb { return VerbApprove }

// Check finds nothing wrong: nothing is said with it.
func (Approve) Check(*item.Version) []problem.Field { return nil }

func (x Approve) read(_ context.Context, s *Service, c *Case) (Command, error) {
	x.late = c.passed(s.cal(), s.clock.Now())
	return x, nil
}

func (x Approve) decide(c *Case, _ access.Actor, _ time.Time) ([]Event, *problem.Problem) {
	if x.late {
		return nil, c.refuse("extension_lapsed", problem.Facts{"by": c.Extension.By.Name})
	}
	return []Event{&Extended{Days: c.Extension.Days, Reason: c.Extension.Reason}}, nil
}

// Extended is the granting: from here both limits are longer.
type Extended struct {
	Meta
	Days   int    `json:"days"`
	Reason string `json:"reason"` // told to the applicant
}

// Kind is KindExtended.
func (e *Extended) Kind() Kind { return KindExtended }

func (e *Extended) apply(c *Case) { c.answerExtension(e.Meta, true, "") }

func (c *Case) answerExtension(m Meta, granted bool, why string) {
	x, head := *c.Extension, m.person()
	x.Granted, x.Head, x.DoneAt, x.Why = &granted, &head, m.At, why
	c.Extension = &x
}

// RefuseExtension refuses it, with the reason.
type RefuseExtension struct{ Reason string }

// Verb is refuse-extension.
func (RefuseExtension) Verb() Verb { return VerbRefuse }

// Check wants a reason.
func (x RefuseExtension) Check(*item.Version) []problem.Field {
	return checkWords(words{"reason", "不同意延期的理由", x.Reason, true})
}

func (x RefuseExtension) decide(*Case, access.Actor, time.Time) ([]Event, *problem.Problem) {
	return []Event{&ExtensionRefused{Reason: x.Reason}}, nil
}

// ExtensionRefused is the refusal; it may be asked for again, with better reasons.
type ExtensionRefused struct {
	Meta
	Reason string `json:"reason"`
}

// Kind is KindExtensionRefused.
func (e *ExtensionRefused) Kind() Kind { return KindExtensionRefused }

func (e *ExtensionRefused) apply(c *Case) { c.answerExtension(e.Meta, false, e.Reason) }
