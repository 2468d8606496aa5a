package cases

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/item"
	"bianmin/internal/problem"
)

// Notify gives the one-time notice: everything that is missing, at once (行政许可法 第三十二条; §六(一) 一次性告知制). A
// second one has to say of each thing why it could not have been seen before, and leaves a fault with who gave the
// first.
type Notify struct {
	Missing []Lack
	Days    int // calendar days that the applicant has; what is usual here, when 0
	Remind  int // set by what is usual here
}

// NoticeMost bounds the calendar days that a notice gives.
const NoticeMost = 180

// Verb is notify.
func (Notify) Verb() Verb { return VerbNotify }

// Check: each paper once, of this item, absent or defective, and what is defective says why.
func (n Notify) Check(d *item.Version) []problem.Field {
	if len(n.Missing) == 0 {
		return []problem.Field{{Path: "missing", Code: "required", Message: "请写缺哪些材料"}}
	}
	var wrong []problem.Field
	if n.Days < 0 || n.Days > NoticeMost {
		wrong = append(wrong, problem.Field{Path: "days", Code: "out_of_range", Message: "请写给几天补正，1 到 180"})
	}
	seen := map[string]bool{}
	for i, lack := range n.Missing {
		at := "missing[" + strconv.Itoa(i) + "]."
		bad := func(field, code, message string) {
			wrong = append(wrong, problem.Field{Path: at + field, Code: code, Message: message})
		}
		if _, known := d.Material(lack.Material); !known {
			bad("material", "unknown_material", "这个事项不要这份材料，请照清单核对名称")
		} else if seen[lack.Material] {
			bad("material", "twice", "这份材料写了两次")
		}
		seen[lack.Material] = true
		if lack.What != MaterialAbsent && lack.What != MaterialDefective {
			bad("what", "unknown_status", "写没带（absent）或者不合格（defective）")
		}
		wrong = append(wrong, checkWords(words{at + "note", "说明", lack.Note, lack.What == MaterialDefective}, words{at + "unseen", "上次为什么看不出来", lack.Unseen, false})...)
	}
	return wrong
}

// read fills in what is usual here.
func (n Notify) read(_ context.Context, s *Service, _ *Case) (Command, error) {
	policy := s.policy()
	if n.Days == 0 {
		n.Days = policy.CorrectDays
	}
	n.Remind = policy.RemindDays
	return n, nil
}

// unforeseen says whether of each thing it is said why the first notice could not name it.
func (n Notify) unforeseen() bool {
	return !slices.ContainsFunc(n.Missing, func(l Lack) bool { return strings.TrimSpace(l.Unseen) == "" })
}

// alreadyNotified refuses, and names the box of each thing that causes it.
func (n Notify) alreadyNotified(c *Case) *problem.Problem {
	basis := "一次性告知制" // §六(一)
	if c.Def.Regime == item.Licence {
		basis = "行政许可法第三十二条" // which may be cited for licences alone
	}
	p := c.refuse("already_notified", problem.Facts{"basis": basis,
		"by": c.Notice.By.Name, "at": stamp(c.Notice.At), "missing": names(c.Notice.Missing)})
	for i, lack := range n.Missing {
		if strings.TrimSpace(lack.Unseen) == "" {
			p.Fields = append(p.Fields, problem.Field{Path: "missing[" + strconv.Itoa(i) + "].unseen", Code: "required",
				Message: "请写" + lack.Material + "上次为什么看不出来"})
		}
	}
	return p
}

func (n Notify) decide(c *Case, _ access.Actor, _ time.Time) ([]Event, *problem.Problem) {
	if n.Days == 0 {
		n.Days, n.Remind = UsualPolicy.CorrectDays, UsualPolicy.RemindDays
	}
	e := &Notified{Missing: n.Missing, Days: n.Days, Remind: n.Remind}
	if c.Notice != nil {
		if !n.unforeseen() {
			return nil, n.alreadyNotified(c)
		}
		first := c.Notice.first()
		e.First = &first
	}
	return []Event{e}, nil
}

func names(list []Lack) []string {
	out := make([]string, len(list))
	for i, l := range list {
		out[i] = l.Material
	}
	return out
}

// Notified is the one-time notice.
type Notified struct {
	Meta
	Missing []Lack `json:"missing"`
	Days    int    `json:"days"`
	Remind  int    `json:"remind"`
	// First is who gave the first notice when this is a later one: the fault is theirs.
	First *Person `json:"first,omitempty"`
}

// Kind is KindNotified.
func (e *Notified) Kind() Kind { return KindNotified }

func (e *Notified) apply(c *Case) {
	missing := e.Missing
	if c.Notice != nil {
		missing = append(c.stillMissing(e.Missing), e.Missing...)
		c.Faults = append(c.Faults, Fault{Kind: FaultSecondNotice, At: e.At, Who: *e.First, About: names(e.Missing)})
	}
	c.State = Correcting
	c.Notice = &Notice{At: e.At, By: e.person(), Missing: missing, Days: e.Days, Remind: e.Remind, First: e.First}
	for _, lack := range e.Missing {
		if i := indexOf(c.Materials, lack.Material); i >= 0 {
			c.Materials[i].Status = lack.What
		}
	}
}

// stillMissing are the things of the notice before that have not come and are not named anew.
func (c *Case) stillMissing(anew []Lack) []Lack {
	var list []Lack
	for _, lack := range c.Notice.Missing {
		i := indexOf(c.Materials, lack.Material)
		named := slices.ContainsFunc(anew, func(l Lack) bool { return l.Material == lack.Material })
		if i >= 0 && !c.Materials[i].Status.settled() && !named {
			list = append(list, lack)
		}
	}
	return list
}

// Correct brings what was missing. Complete, the case is as received, and its limits will run from this day.
type Correct struct{ Materials []Material }

// Verb is correct.
func (Correct) Verb() Verb { return VerbCorrect }

// Check wants at least one paper, and papers of this item.
func (m Correct) Check(d *item.Version) []problem.Field {
	if len(m.Materials) == 0 {
		return []problem.Field{{Path: "materials", Code: "required", Message: "请写补了哪些材料"}}
	}
	return checkMaterials(m.Materials, d)
}

func (m Correct) decide(c *Case, _ access.Actor, _ time.Time) ([]Event, *problem.Problem) {
	list := make([]Material, len(m.Materials))
	for i, handed := range m.Materials {
		asked, _ := c.Def.Material(handed.Name)
		list[i] = handed.counted(asked)
	}
	return []Event{&Corrected{Materials: list}}, nil
}

// Corrected is the coming in of papers after the notice.
type Corrected struct {
	Meta
	Materials []Material `json:"materials"`
}

// Kind is KindCorrected.
func (e *Corrected) Kind() Kind { return KindCorrected }

func (e *Corrected) apply(c *Case) {
	for _, m := range e.Materials {
		if i := indexOf(c.Materials, m.Name); i >= 0 {
			c.Materials[i] = m
		}
	}
	if !c.complete() {
		return
	}
	c.State, c.CorrectedAt = Received, e.At
	for _, i := range c.open() {
		c.Steps[i].Started = e.At // what waited for the papers begins with them
	}
}
