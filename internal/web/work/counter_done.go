package work

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/item"
	"bianmin/internal/paper"
	"bianmin/internal/problem"
	"bianmin/internal/web/ui"
)

// counterDonePage is what stands after filing: the number, what happens next and by when, whom to ask, and the paper.
type counterDonePage struct {
	Chrome  ui.Chrome
	Heading string
	Number  cases.Number
	Serial  int64 // what is typed to find it again
	Item    string
	Facts   []doneFact
	Slip    *doneSlip // the paper that was issued
	Due     *dueSlip  // the one that can be; nil when there is a slip, or nothing was handed in yet
	Follow  *paperFollow
	Refusal *counterRefusal
	// Pass is for the agent: hand the papers on to the town.
	Pass    *donePass
	CaseURL string
	Print   bool // at once, this one time
}

// doneFact is one line: a label, and words around a date that stays in one piece.
type doneFact struct{ Label, Words, Day, After string }

// donePass is the form of the one next step.
type donePass struct {
	To, Once string
	Version  int64
}

// donePage makes the page from the case as it is now.
func (s *Site) donePage(a access.Actor, c ui.Chrome, v cases.View, refused *counterRefusal) counterDonePage {
	p := counterDonePage{Chrome: c, Heading: doneHeading(v, s.Clock.Now()), Number: v.Number, Serial: v.Number.Serial(), Item: v.Item.Name,
		Facts: s.doneFacts(v), Refusal: refused, CaseURL: "/cases/" + string(v.Number)}
	p.Chrome.Title = p.Heading
	p.Follow = followOf(c, v)
	if a.Role == access.Agent && mayPassOn(v) {
		p.Pass = &donePass{To: "/counter/cases/" + string(v.Number) + "/pass", Once: newOnce(), Version: v.Version}
	}
	return p
}

// doneSlip is the paper that the applicant takes home, as it was issued: numbered, and kept.
type doneSlip struct{ Name, Number, Source, View string }

// dueSlip is a paper that was not issued with the filing: it was refused then, or the case came otherwise.
type dueSlip struct{ Name, To, Kind string }

// slipKind is the paper that says what has just happened to the case.
func slipKind(v cases.View) paper.Kind {
	switch {
	case v.State == cases.Correcting:
		return paper.Notice
	case v.State.Open() && v.AcceptedAt != nil:
		return paper.Acceptance
	}
	return paper.Receipt
}

// slipOf is the case's last paper of that kind; nil when none was issued.
func (s *Site) slipOf(ctx context.Context, a access.Actor, v cases.View) (*doneSlip, error) {
	if s.Papers == nil {
		return nil, nil
	}
	list, err := s.Papers.Of(ctx, a, v.Number)
	if err != nil {
		return nil, err
	}
	for _, p := range slices.Backward(list.Issued) {
		if p.Kind == slipKind(v) {
			return &doneSlip{Name: p.KindName, Number: p.Number, Source: paperPath(p.ID), View: paperPath(p.ID) + "/view"}, nil
		}
	}
	return nil, nil
}

// issueSlip issues it after filing. A paper that is refused, because a field of its wording is missing, is not printed: the
// case is filed all the same, and its page says what is missing.
func (s *Site) issueSlip(ctx context.Context, a access.Actor, v cases.View) (issued bool) {
	if s.Papers == nil {
		return false
	}
	_, _, err := s.Papers.Issue(ctx, a, v.Number, slipKind(v))
	var refused *problem.Problem
	if err != nil && !errors.As(err, &refused) {
		s.Log.ErrorContext(ctx, "issuing the paper of what was filed", "error", err)
	}
	return err == nil
}

// followOf is where this case is followed; nowhere without a telephone, by whose end the applicant is known.
func followOf(c ui.Chrome, v cases.View) *paperFollow {
	if v.Applicant.Phone == nil {
		return nil
	}
	return &paperFollow{Href: "/follow?" + url.Values{"number": {string(v.Number)}}.Encode(), Address: c.Host + "/follow"}
}

// doneHeading says what has just happened, from the applicant's side.
func doneHeading(v cases.View, now time.Time) string {
	switch v.State {
	case cases.Submitted:
		return "登记好了"
	case cases.Received:
		if handedOn(v) {
			return "交到镇上了"
		}
		return "已收件"
	case cases.Correcting:
		return "告知书已发"
	case cases.Closed:
		return "办好了"
	}
	if v.Limits.Promised == nil || v.Limits.Promised.From == nil {
		return v.StateName
	}
	return "收下了，从" + fromDay(*v.Limits.Promised.From, now) + "起算 " + limitOf(v.Limits.Promised).Chinese()
}

func fromDay(from string, now time.Time) string {
	if from == calendar.DateOf(now).String() {
		return "今天"
	}
	return " " + dateWords(from) + " "
}

// handedOn says that the village's step is behind the case.
func handedOn(v cases.View) bool {
	return v.Whole != nil && slices.ContainsFunc(v.Steps, func(s cases.StepView) bool { return s.Kind == item.Receive && s.State == "done" }) &&
		v.Channel == cases.ByAgent
}

func limitOf(l *cases.Limit) calendar.Limit { return calendar.Limit{Days: l.Days, Unit: l.Unit} }

// doneFacts are what happens next, by when, and whom to ask.
func (s *Site) doneFacts(v cases.View) []doneFact {
	var facts []doneFact
	if next := nextFact(v); next.Words != "" {
		facts = append(facts, next)
	}
	if v.State.Open() && v.Limits.Promised != nil {
		facts = append(facts, limitFact(v))
	}
	at, _ := s.Places.Place(v.Responsible.Place)
	return append(facts, doneFact{Label: "找谁", Words: v.Responsible.Name + "（" + at.Service + "）"})
}

// nextFact is who does what now.
func nextFact(v cases.View) doneFact {
	f := doneFact{Label: "接下来"}
	switch {
	case v.State == cases.Submitted:
		f.Words = "材料带来以后，在窗口收件"
	case v.State == cases.Correcting:
		f.Words = "申请人补齐材料，交到窗口或者村里"
	case v.Step == nil:
	case mayPassOn(v):
		f.Words = "把材料交到镇上"
	default:
		f.Words = v.Step.OwnerName + " " + v.Step.Name
	}
	if v.Step != nil && v.Step.Due != nil && v.State != cases.Correcting {
		f.Words, f.Day, f.After = f.Words+"，", dateWords(*v.Step.Due), "前"
	}
	return f
}

// mayPassOn says that the village has the papers, and this person hands them on.
func mayPassOn(v cases.View) bool {
	return v.State == cases.Received && slices.Contains(v.Actions, cases.VerbPass)
}

// limitFact is by when the whole is done.
func limitFact(v cases.View) doneFact {
	p := v.Limits.Promised
	if p.Due != nil {
		return doneFact{Label: "最晚", Day: longDateWords(*p.Due), After: " 办好"}
	}
	f := doneFact{Label: "时限", Words: withinWords(limitOf(p))}
	switch {
	case p.Days == 0:
	case v.State == cases.Correcting:
		f.Words += "，从补齐那天起算"
	default:
		f.Words += "，从受理那天起算"
	}
	return f
}

// dayOfStamp is the day of an instant as a View writes it.
func dayOfStamp(stamp string) calendar.Date {
	if len(stamp) < len(time.DateOnly) {
		return calendar.Date{}
	}
	d, err := calendar.ParseDate(stamp[:len(time.DateOnly)])
	if err != nil {
		return calendar.Date{}
	}
	return d
}

// dayWords is 3月10日 of an instant, dateWords of a date as a View writes it.
func dayWords(stamp *string) string {
	if stamp == nil {
		return ""
	}
	return dayOfStamp(*stamp).Chinese()
}

func dateWords(date string) string     { return dayOfStamp(date).Chinese() }
func longDateWords(date string) string { return dayOfStamp(date).ChineseLong() }
