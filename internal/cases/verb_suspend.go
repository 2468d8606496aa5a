package cases

import (
	"slices"
	"strings"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/item"
	"bianmin/internal/problem"
)

// SpecialKind is one of the procedures whose time does not count (行政许可法 第四十五条).
type SpecialKind string

// SpecialKinds is the closed list of Art. 45, with the names of the law; each is "other than an extension" (2) in
// GB/T 39046-2020 A.7. The last is for what an item's own steps name; see OwnSpecial.
var SpecialKinds = []struct {
	Kind    SpecialKind
	Chinese string
}{
	{"hearing", "听证"}, {"tender", "招标"}, {"auction", "拍卖"}, {"inspection", "检验"}, {"testing", "检测"},
	{"quarantine", "检疫"}, {"appraisal", "鉴定"}, {"expert_review", "专家评审"}, {OwnSpecial, "事项规定的特别程序"},
}

// OwnSpecial is a procedure of the item's own, such as its publicity when that is held once more. An item that has none is
// stopped by those of the law alone.
const OwnSpecial SpecialKind = "item"

// Chinese is the procedure's name.
func (k SpecialKind) Chinese() string {
	for _, x := range SpecialKinds {
		if x.Kind == k {
			return x.Chinese
		}
	}
	return string(k)
}

// Known says whether k is one of the procedures.
func (k SpecialKind) Known() bool { return k.Chinese() != string(k) }

// Suspend begins a special procedure: the clock stands still until it is over.
type Suspend struct {
	Kind  SpecialKind
	Basis string
	// Evidence is the paper that begins it, by name and number.
	Evidence string
	Days     int // how long it is expected to take, in working days; the applicant is told
}

// Verb is suspend.
func (Suspend) Verb() Verb { return VerbSuspend }

// Check wants a procedure of the law's list or one of the item's own, its basis, and how long it takes.
func (s Suspend) Check(def *item.Version) []problem.Field {
	wrong := checkWords(words{"basis", "依据", s.Basis, true}, words{"evidence", "开始的凭据（文书名称和文号）", s.Evidence, true})
	own := def.Procedures()
	named := func(name string) bool { return strings.Contains(s.Basis, name) }
	switch {
	case s.Kind == OwnSpecial && len(own) == 0:
		wrong = append(wrong, problem.Field{Path: "kind", Code: "no_own_procedure",
			Message: "这个事项没有规定别的特别程序，只有听证、招标、拍卖、检验、检测、检疫、鉴定、专家评审"})
	case s.Kind == OwnSpecial && strings.TrimSpace(s.Basis) != "" && !slices.ContainsFunc(own, named):
		wrong = append(wrong, problem.Field{Path: "basis", Code: "which_procedure", Message: "请写明是事项规定的哪一个：" + strings.Join(own, "、")})
	case !s.Kind.Known():
		wrong = append(wrong, problem.Field{Path: "kind", Code: "unknown_kind",
			Message: "只有听证、招标、拍卖、检验、检测、检疫、鉴定、专家评审，或者事项规定的特别程序"})
	}
	if s.Days < 1 || s.Days > 365 {
		wrong = append(wrong, problem.Field{Path: "expected_days", Code: "out_of_range", Message: "请写预计几个工作日，1 到 365"})
	}
	return wrong
}

func (s Suspend) decide(*Case, access.Actor, time.Time) ([]Event, *problem.Problem) {
	return []Event{&SuspendedEvent{Special: s.Kind, Basis: s.Basis, Days: s.Days, Evidence: s.Evidence}}, nil
}

// SuspendedEvent is the beginning of a special procedure.
type SuspendedEvent struct {
	Meta
	Special SpecialKind `json:"special"`
	Basis   string      `json:"basis"`
	Days    int         `json:"expected_days"`

	Evidence string `json:"evidence"`
}

// Kind is KindSuspended.
func (e *SuspendedEvent) Kind() Kind { return KindSuspended }

func (e *SuspendedEvent) apply(c *Case) {
	c.take(e.Meta)
	c.Before, c.State = c.State, Suspended
	c.Special = &Special{Kind: e.Special, Basis: e.Basis, Days: e.Days, Evidence: e.Evidence, By: e.person(), Since: e.At}
}

// Resume ends the special procedure: the clock runs on.
type Resume struct {
	// Evidence is the paper that ends it, by name and number.
	Evidence string
	Note     string
}

// Verb is resume.
func (Resume) Verb() Verb { return VerbResume }

// Check looks at the note.
func (r Resume) Check(*item.Version) []problem.Field {
	return checkWords(words{"evidence", "结束的凭据（文书名称和文号）", r.Evidence, true}, words{"note", "结果", r.Note, false})
}

func (r Resume) decide(*Case, access.Actor, time.Time) ([]Event, *problem.Problem) {
	return []Event{&Resumed{Evidence: r.Evidence, Note: r.Note}}, nil
}

// Resumed is the end of a special procedure.
type Resumed struct {
	Meta
	Evidence string `json:"evidence"`
	Note     string `json:"note,omitempty"`
}

// Kind is KindResumed.
func (e *Resumed) Kind() Kind { return KindResumed }

func (e *Resumed) apply(c *Case) {
	c.answers(e.person())
	c.State, c.Before = c.Before, ""
	c.endSpecial(e.At, e.Evidence, e.Note)
}

// endSpecial moves the procedure under way to those that are over.
func (c *Case) endSpecial(at Instant, evidence, note string) {
	s := *c.Special
	s.Until, s.EndEvidence, s.Result = at, evidence, note
	c.Specials, c.Special = append(c.Specials, s), nil
}

// Special is a special procedure (第四十五条). The applicant was told that it would take Days working days.
type Special struct {
	Kind        SpecialKind `json:"kind"`
	Basis       string      `json:"basis"`
	Days        int         `json:"expected_days"`
	Evidence    string      `json:"evidence"` // the paper that began it: 听证通知书 神听字〔2026〕3号
	By          Person      `json:"by"`
	Since       Instant     `json:"since"`
	Until       Instant     `json:"until,omitempty"`
	EndEvidence string      `json:"end_evidence,omitempty"` // the paper that ended it: 听证笔录, 检测报告 …
	Result      string      `json:"result,omitempty"`
	Overran     bool        `json:"overran,omitempty"` // it took longer than the applicant was told
}

// specialAt is the kind of the procedure that began at an instant.
func (c *Case) specialAt(at Instant) SpecialKind {
	if c.Special != nil && c.Special.Since == at {
		return c.Special.Kind
	}
	for _, s := range c.Specials {
		if s.Since == at {
			return s.Kind
		}
	}
	return ""
}

// ends is the day on which the procedure is expected to end.
func (s Special) ends(cal *calendar.Calendar) calendar.Date {
	return cal.Reckon(calendar.Limit{Days: s.Days, Unit: calendar.Working}, s.Since.Date(), nil, s.Since.Time()).Due
}
