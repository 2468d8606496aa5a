package guide

import (
	"fmt"
	"strings"
	"time"

	"bianmin/internal/calendar"
	"bianmin/internal/item"
)

// Sheet is what somebody needs to know before going out of the door for an item.
type Sheet struct {
	Code       item.Code       `json:"code"`
	Version    int             `json:"version"`
	Plain      string          `json:"plain" doc:"what people call it"`
	Name       string          `json:"name" doc:"the official name"`
	Window     string          `json:"window" doc:"the counter"`
	OnTheSpot  bool            `json:"on_the_spot" doc:"done while the person waits"`
	Within     string          `json:"within" doc:"how long it takes: 20 个工作日"`
	Legal      *string         `json:"legal" doc:"the longest that the law allows; null where no law says"`
	Latest     *string         `json:"latest" doc:"the last day if all is handed in today; null when it is done on the spot"`
	Presumed   bool            `json:"provisional" doc:"the official calendar of that year is not known yet"`
	Beside     []string        `json:"beside" doc:"what does not count, and moves the last day: 公示 7 天"`
	Charged    bool            `json:"charged"`
	Fee        string          `json:"fee"`
	FeeBasis   *string         `json:"fee_basis"`
	Visits     int             `json:"visits" doc:"how often one has to come"`
	Presence   item.Presence   `json:"presence" enum:"none,partly,in_person" doc:"none: nobody has to come; partly: filed online, then one comes; in_person: from the first"`
	PresentFor *string         `json:"presence_for" doc:"what one comes for; null where nobody has to come"`
	Conditions []string        `json:"conditions"`
	Situations []Situation     `json:"situations"`
	Bring      []Paper         `json:"bring" doc:"what to bring; with the answers given, for this person"`
	Perhaps    []Paper         `json:"perhaps" doc:"what only some have to bring"`
	Remarks    []string        `json:"remarks" doc:"what follows from the answers"`
	Steps      []Step          `json:"steps"`
	Result     string          `json:"result"`
	Basis      []string        `json:"basis"`
	Redress    string          `json:"redress"`
	Questions  []item.Question `json:"questions"`
	Note       *string         `json:"note"`
	Online     bool            `json:"online" doc:"it can be filed online"`
}

// Paper is one thing to bring.
type Paper struct {
	Name  string  `json:"name"`
	Count string  `json:"count" doc:"原件 1 份，看完就还"`
	Blank bool    `json:"blank" doc:"the counter has the form"`
	Later bool    `json:"later" doc:"may be brought later, on a written promise"`
	From  *string `json:"from" doc:"who issues it"`
	When  *string `json:"when" doc:"in which situation; null when always"`
	Note  *string `json:"note"`
}

// Situation is a question that changes what to bring, and what was answered.
type Situation struct {
	ID       string   `json:"id"`
	Question string   `json:"question"`
	Answers  []string `json:"answers"`
	Answer   *string  `json:"answer" doc:"the one given; null when none was"`
}

// Step is what happens after handing in.
type Step struct {
	Name    string    `json:"name"`
	Tier    item.Tier `json:"tier" enum:"village,town,city"`
	By      string    `json:"by"`
	Days    *string   `json:"days"`
	Counted bool      `json:"counted" doc:"counts towards the limit"`
	Beside  bool      `json:"beside" doc:"runs beside the step before it"`
}

// Takes is how long the step takes, and that its days do not count where they do not, lest who adds them up comes to more than
// was promised. Empty when the step has no days of its own.
func (s Step) Takes() string {
	switch {
	case s.Days == nil:
		return ""
	case s.Counted:
		return *s.Days
	}
	return *s.Days + "，不算在期限里"
}

// OwnerName names who does a step: a unit by its name, in the town where the person is.
type OwnerName func(o item.Owner) string

// SheetOf lays out an item for somebody who hands everything in at an instant. The answers are by the situation's id; one
// that was never offered is an error. The last day is counted from that day as from the day of acceptance (民法典
// 第二百零一条: it is not counted itself). The last argument is the authority that reconsiders a refusal.
func SheetOf(v item.Version, answers map[string]string, cal *calendar.Calendar, at time.Time, by OwnerName, reconsiders string) (Sheet, error) {
	needed, err := v.MaterialsFor(answers)
	if err != nil {
		return Sheet{}, err
	}
	s := Sheet{Code: v.Code, Version: v.Number, Plain: v.Plain, Name: v.Name, Window: v.Window, OnTheSpot: v.Kind == item.OnTheSpot,
		Charged: v.Fee.Charged, Fee: v.Fee.Text, FeeBasis: v.Fee.Basis, Visits: v.Visits, Presence: v.Presence, PresentFor: v.PresentFor, Conditions: orEmpty(v.Conditions), Result: v.Result.Name,
		Basis: orEmpty(v.Basis), Redress: v.Redress(reconsiders), Questions: orEmpty(v.FAQ), Note: v.GuideNote, Online: v.Online(),
		Bring: []Paper{}, Perhaps: []Paper{}, Remarks: []string{}, Beside: []string{}, Steps: []Step{}, Situations: []Situation{}}
	s.limits(v.Definition, cal, at)
	s.papers(v.Definition, needed, answers)
	s.situations(v.Definition, answers)
	s.steps(v.Definition, by)
	return s, nil
}

func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

func (s *Sheet) limits(d item.Definition, cal *calendar.Calendar, at time.Time) {
	s.Within = "当场办好"
	if d.Limits.Legal != nil {
		legal := d.Limits.Legal.Chinese()
		s.Legal = &legal
	}
	if s.OnTheSpot {
		return
	}
	s.Within = d.Limits.Promised.Chinese()
	r := cal.Reckon(d.Limits.Promised, calendar.DateOf(at), nil, at)
	latest := r.Due.String()
	s.Latest, s.Presumed = &latest, r.Provisional
	for _, step := range d.Steps {
		if !step.Counts && step.Days != nil && *step.Days > 0 && step.Kind != item.Receive && step.Kind != item.Accept && step.Kind != item.Deliver {
			s.Beside = append(s.Beside, step.Name+" "+calendar.Limit{Days: *step.Days, Unit: step.DayUnit}.Chinese())
		}
	}
}

// papers divides what is asked for: with a question open, what depends on it is only perhaps needed.
func (s *Sheet) papers(d item.Definition, needed []item.Material, answers map[string]string) {
	sure := map[string]bool{}
	for _, m := range needed {
		sure[m.Name] = true
		s.Bring = append(s.Bring, PaperOf(m))
	}
	if len(answers) >= len(d.Situations) {
		return
	}
	for _, m := range d.Materials {
		if m.Need == item.When && !sure[m.Name] && !settled(d, m.Name, answers) {
			s.Perhaps = append(s.Perhaps, PaperOf(m))
		}
	}
}

// settled says that every question that could ask for the paper was answered.
func settled(d item.Definition, name string, answers map[string]string) bool {
	for _, situation := range d.Situations {
		for _, o := range situation.Options {
			for _, added := range o.MaterialsAdd {
				if _, answered := answers[situation.ID]; added == name && !answered {
					return false
				}
			}
		}
	}
	return true
}

// PaperOf is a material in the words of the guide.
func PaperOf(m item.Material) Paper {
	p := Paper{Name: m.Name, Blank: m.From.Kind == item.CounterForm, Later: m.Lack == item.ByPromise, When: m.When, Note: m.Note, Count: Count(m)}
	if m.From.Kind == item.FromIssuer {
		p.From = &m.From.Issuer
	}
	return p
}

// Count says how many of a material, and whether it is given back: 原件 1 份，看完就还；复印件 1 份.
func Count(m item.Material) string {
	var said []string
	if m.Originals > 0 {
		n := fmt.Sprintf("原件 %d 份", m.Originals)
		if m.Return {
			n += "，看完就还"
		}
		said = append(said, n)
	}
	if m.Copies > 0 {
		said = append(said, fmt.Sprintf("复印件 %d 份", m.Copies))
	}
	return strings.Join(said, "；")
}

func (s *Sheet) situations(d item.Definition, answers map[string]string) {
	for _, x := range d.Situations {
		q := Situation{ID: x.ID, Question: x.Question}
		for _, o := range x.Options {
			q.Answers = append(q.Answers, o.Answer)
			if answers[x.ID] == o.Answer {
				q.Answer = &o.Answer
				if o.Note != nil {
					s.Remarks = append(s.Remarks, *o.Note)
				}
			}
		}
		s.Situations = append(s.Situations, q)
	}
}

func (s *Sheet) steps(d item.Definition, by OwnerName) {
	for _, group := range d.Groups() {
		for n, i := range group {
			step := d.Steps[i]
			out := Step{Name: step.Name, Tier: step.Tier, By: by(step.Owner), Counted: step.Counts, Beside: n > 0}
			if step.Days != nil && *step.Days > 0 {
				days := calendar.Limit{Days: *step.Days, Unit: step.DayUnit}.Chinese()
				out.Days = &days
			}
			s.Steps = append(s.Steps, out)
		}
	}
}
