package cases

import (
	"slices"
	"sync"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/item"
	"bianmin/internal/problem"
)

// Verb is what is done to a case.
type Verb string

// The verbs that change a case once it is there.
const (
	VerbReceive  Verb = "receive"
	VerbNotify   Verb = "notify"
	VerbCorrect  Verb = "correct"
	VerbAccept   Verb = "accept"
	VerbReject   Verb = "reject"
	VerbTake     Verb = "take"
	VerbPass     Verb = "pass"
	VerbReturn   Verb = "return"
	VerbSuspend  Verb = "suspend"
	VerbResume   Verb = "resume"
	VerbDecide   Verb = "decide"
	VerbDeliver  Verb = "deliver"
	VerbWithdraw Verb = "withdraw"
	VerbVoid     Verb = "void"
	VerbAmend    Verb = "amend"
	VerbReveal   Verb = "reveal"
	VerbExtend   Verb = "extend"
	VerbApprove  Verb = "approve-extension"
	VerbRefuse   Verb = "refuse-extension"
	VerbHand     Verb = "hand"
	VerbAsk      Verb = "ask"
	VerbAnswer   Verb = "answer"
	VerbConvey   Verb = "convey"
	VerbArrive   Verb = "arrive"
	VerbEndMove  Verb = "end-move"
	VerbEntrust  Verb = "entrust"
	VerbServe    Verb = "serve"
	VerbUnclear  Verb = "unclear"
	VerbGiveBack Verb = "give-back"
)

// rule is when a verb can be done, and by whom beyond what the permission table says.
type rule struct {
	verb    Verb
	chinese string
	perm    access.Permission
	in      []State
	// step names the kinds of open step of which the actor must own one; nil when the verb belongs to no step.
	step []item.StepKind
	// can is what else must hold, and why words its refusal.
	can func(c *Case, a access.Actor) bool
	why func(c *Case, a access.Actor) *problem.Problem
}

var (
	beforeAcceptance = []State{Received, Correcting}
	underWay         = []State{Accepted, Examining}
	open             = []State{Submitted, Received, Correcting, Accepted, Examining, Suspended, Decided, Delivered}
	takeFrom         = []State{Received, Accepted, Examining, Decided, Delivered}
	beforeDecision   = []State{Submitted, Received, Correcting, Accepted, Examining, Suspended}
	anyStep          = []item.StepKind{}
	workSteps        = []item.StepKind{item.Receive, item.Examine, item.Inspect, item.Publicise, item.Review, item.Certify, item.Perform}
	middleSteps      = []item.StepKind{item.Examine, item.Inspect, item.Publicise, item.Review, item.Perform, item.Decide}
)

// rules is the table of verbs, in the order in which buttons stand.
var rules = []rule{
	{VerbReceive, "收件", access.ReceiveCase, []State{Submitted}, nil, nil, nil},
	{VerbAccept, "受理", access.AcceptCase, []State{Received}, nil, acceptable, notAcceptable},
	{VerbNotify, "一次性告知", access.NotifyCase, beforeAcceptance, nil, nil, nil},
	{VerbCorrect, "补正", access.CorrectCase, []State{Correcting}, nil, nil, nil},
	{VerbReject, "不予受理", access.RejectCase, beforeAcceptance, nil, ownsAcceptance, notYourRejection},
	{VerbDecide, "决定", access.DecideCase, underWay, []item.StepKind{item.Decide}, nil, nil},
	{VerbPass, "通过", access.PassCase, []State{Received, Accepted, Examining, Decided, Delivered}, workSteps, nil, nil},
	{VerbDeliver, "送达", access.DeliverCase, []State{Decided}, []item.StepKind{item.Deliver}, nil, nil},
	{VerbTake, "接手", access.TakeCase, open, nil, takeable, notTakeable},
	{VerbReturn, "退回", access.ReturnCase, underWay, middleSteps, hasEarlier, nothingEarlier},
	{VerbSuspend, "进入特别程序", access.SuspendCase, underWay, middleSteps, nil, nil},
	{VerbResume, "特别程序结束", access.ResumeCase, []State{Suspended}, anyStep, nil, nil},
	{VerbApprove, "同意延期", access.ApproveCase, beforeDecision, nil, approvable, notApprovable},
	{VerbRefuse, "不同意延期", access.ApproveCase, beforeDecision, nil, approvable, notApprovable},
	{VerbAnswer, "回复申请人", access.AnswerCase, nil, nil, answerable, notAnswerable},
	{VerbExtend, "申请延期", access.ExtendCase, underWay, middleSteps, extendable, notExtendable},
	{VerbHand, "移交", access.HandCase, open, nil, handable, notHandable},
	{VerbUnclear, "标为不清楚", access.MarkFile, beforeDecision, nil, hasFiles, noFiles},
	{VerbGiveBack, "归还原件", access.GiveBack, nil, nil, holds, nothingHeld},
	{VerbAmend, "更正", access.AmendCase, beforeDecision, nil, nil, nil},
	{VerbWithdraw, "撤回", access.WithdrawCase, beforeDecision, nil, nil, nil},
	{VerbVoid, "作废", access.VoidCase, beforeDecision, nil, nil, nil},
	{VerbServe, "文书送达", access.ServeCase, nil, nil, nil, nil},
	{VerbArrive, "收到材料", access.ConveyCase, nil, nil, arrivable, nothingComing},
	{VerbEndMove, "了结交接", access.EndMove, nil, nil, endable, nothingComing},
	{VerbConvey, "材料交接", access.ConveyCase, nil, nil, nil, nil},
	{VerbEntrust, "授权委托", access.EntrustCase, open, nil, nil, nil},
	{VerbReveal, "查看完整号码", access.RevealCase, nil, nil, nil, nil},
	{VerbAsk, "问一问", access.AskAbout, nil, nil, askable, notAskable},
}

func (v Verb) rule() *rule {
	i := slices.IndexFunc(rules, func(r rule) bool { return r.verb == v })
	if i < 0 {
		return nil
	}
	return &rules[i]
}

// Verbs lists the verbs of those who work here, in the order in which buttons stand.
func Verbs() []Verb {
	var list []Verb
	for _, r := range rules {
		if !r.perm.OfCitizens() {
			list = append(list, r.verb)
		}
	}
	return list
}

// Chinese is what stands on the verb's button.
func (v Verb) Chinese() string { return v.rule().chinese }

// Permission is what a role needs to do the verb at all.
func (v Verb) Permission() access.Permission { return v.rule().perm }

// May says whether this actor can do this verb to this case now; nil when so. That the actor sees the case is settled
// before.
func (c *Case) May(v Verb, a access.Actor) *problem.Problem {
	r := v.rule()
	if !access.Allows(a.Role, r.perm) {
		return problem.ErrForbidden
	}
	if r.in != nil && !slices.Contains(r.in, c.State) {
		return c.refuse("wrong_state", problem.Facts{"verb": string(v), "state": string(c.State)})
	}
	if r.step != nil && c.mine(a, r.step...) < 0 {
		return c.notYours(v, c.open()...)
	}
	if r.can != nil && !r.can(c, a) {
		return r.why(c, a)
	}
	return nil
}

// can is May without the words, for lists: most verbs are not possible at any moment. That the role may, in this state, is
// settled before.
func (c *Case) can(r *rule, a access.Actor) bool {
	return (r.step == nil || c.mine(a, r.step...) >= 0) && (r.can == nil || r.can(c, a))
}

// Actions lists what this actor can do to the case now, for buttons and for the API alike.
func (c *Case) Actions(a access.Actor) []Verb {
	list := make([]Verb, 0, 8) // seldom more
	for _, r := range rulesOf()[seat{a.Role, c.State}] {
		if c.can(r, a) {
			list = append(list, r.verb)
		}
	}
	return list
}

// seat is who asks, of a case in which state.
type seat struct {
	role access.Role
	in   State
}

// rulesOf are the rules that may be followed from each seat: a list asks for the actions of each of its cases.
var rulesOf = sync.OnceValue(func() map[seat][]*rule {
	roles := []access.Role{access.Citizen}
	for _, x := range access.Roles {
		roles = append(roles, x.Role)
	}
	of := map[seat][]*rule{}
	for i := range rules {
		r := &rules[i]
		for _, role := range roles {
			for _, x := range States {
				if access.Allows(role, r.perm) && (r.in == nil || slices.Contains(r.in, x.State)) {
					of[seat{role, x.State}] = append(of[seat{role, x.State}], r)
				}
			}
		}
	}
	return of
})

// actionsWithin is Actions without what the law's clock rules out: nobody extends a limit that has passed.
func (c *Case) actionsWithin(a access.Actor, l Limits) []Verb {
	list := c.Actions(a)
	if l.passed() {
		list = slices.DeleteFunc(list, func(v Verb) bool { return v == VerbExtend || v == VerbApprove })
	}
	return list
}

// refuse is a refusal that also says who did the last thing, and when: often it is the answer to "why".
func (c *Case) refuse(code string, facts problem.Facts) *problem.Problem {
	if c.Last.At != 0 {
		facts["last_kind"], facts["last_by"], facts["last_account"] = string(c.Last.Kind), c.Last.By.Name, c.Last.By.Account
		facts["last_at"] = stamp(c.Last.At)
	}
	return problem.Refuse(code, facts)
}

// notYours says which step it is that somebody else owns, and who: of several the first.
func (c *Case) notYours(v Verb, steps ...int) *problem.Problem {
	facts := problem.Facts{"verb": string(v)}
	if len(steps) > 0 {
		facts["step"], facts["owner"] = c.Def.Steps[steps[0]].Name, c.owner(steps[0]).String()
	}
	return c.refuse("not_your_step", facts)
}

// Command is a verb with what was said with it.
type Command interface {
	Verb() Verb
	// Check looks at the words alone, against the item: wrong fields, before anything else is asked.
	Check(d *item.Version) []problem.Field
	decide(c *Case, a access.Actor, now time.Time) ([]Event, *problem.Problem)
}

// Decide is the rule: the events that the command makes of the case, or the refusal. It reads nothing but its
// arguments and changes none of them.
func Decide(c *Case, cmd Command, a access.Actor, now time.Time) ([]Event, *problem.Problem) {
	if wrong := problem.WrongFields(cmd.Check(c.Def)); wrong != nil {
		return nil, wrong
	}
	if no := c.May(cmd.Verb(), a); no != nil {
		return nil, no
	}
	events, no := cmd.decide(c, a, now)
	if no != nil {
		return nil, no
	}
	return stamped(events, a, now), nil
}

func stamped(events []Event, a access.Actor, now time.Time) []Event {
	by := a.Name
	if a.Role == access.Citizen {
		by = "申请人 " + by // whose name is the masked telephone
	}
	for _, e := range events {
		*e.meta() = Meta{By: by, Account: a.Account, Place: a.Place, At: At(now)}
	}
	return events
}
