package cases

import (
	"testing"

	"bianmin/internal/access"
)

// elders is the item of the matrix, 高龄老人生活保健补贴申领: the village takes the papers, the counter accepts, the
// village verifies, the desk examines, the city's 民政局 decides, the counter hands over.
const elders = "BM-008"

// everyState tells a case of elders into each state that it can be in.
var everyState = []struct {
	name string
	tell func(t teller) *story
}{
	{"submitted", func(t teller) *story { return filed(t, elders, theClerk, Online, gaojiabuRoom) }},
	{"received by the agent", func(t teller) *story { return filed(t, elders, theAgent, ByAgent, gaojiabuRoom) }},
	{"received at the counter", receivedAtCounter},
	{"correcting", func(t teller) *story { return receivedAtCounter(t).does(theClerk, oneNotice) }},
	{"received again", func(t teller) *story {
		return receivedAtCounter(t).does(theClerk, oneNotice, Correct{[]Material{paper("居民身份证", MaterialReceived)}})
	}},
	{"accepted", func(t teller) *story { return receivedAtCounter(t).does(theClerk, Accept{}) }},
	{"examining, taken by the agent", func(t teller) *story { return receivedAtCounter(t).does(theClerk, Accept{}).does(theAgent, Take{}) }},
	{"examining at the desk", func(t teller) *story { return receivedAtCounter(t).does(theClerk, Accept{}).does(theAgent, Pass{}) }},
	{"examining, to be decided", toBeDecided},
	{"suspended", func(t teller) *story { return toBeDecided(t).does(minzheng, anAppraisal) }},
	{"decided", func(t teller) *story { return toBeDecided(t).does(minzheng, DecideOn{Approve: true}) }},
	{"decided, taken by the colleague", func(t teller) *story {
		return toBeDecided(t).does(minzheng, DecideOn{Approve: true}).does(theColleague, Take{})
	}},
	{"closed", func(t teller) *story {
		return toBeDecided(t).does(minzheng, DecideOn{Approve: true}).does(theClerk, Deliver{"counter", "折桂英"})
	}},
	{"not accepted", func(t teller) *story { return receivedAtCounter(t).does(theClerk, Reject{Ground: "不满 70 周岁"}) }},
	{"withdrawn", func(t teller) *story { return receivedAtCounter(t).does(theClerk, Withdraw{"本人不办了"}) }},
	{"void", func(t teller) *story { return receivedAtCounter(t).does(theHead, VoidCommand{"重复收件"}) }},
}

var (
	oneNotice   = Notify{[]Lack{{Material: "居民身份证", What: MaterialAbsent}}}
	anAppraisal = Suspend{Kind: "appraisal", Basis: "年龄有争议，送鉴定", Days: 10}
)

func receivedAtCounter(t teller) *story { return filed(t, elders, theClerk, AtCounter, gaojiabuRoom) }

func toBeDecided(t teller) *story {
	return receivedAtCounter(t).does(theClerk, Accept{}).does(theAgent, Pass{Note: "属实"}).does(theDesk, Pass{})
}

// whoMay is the table of what each of the cast can do in each state: those who meet the applicant (the agent and the
// counter) before and around acceptance, the owner of the open step after it, the head to void, and whoever may look
// at a full number always. The inspector changes nothing; the administrator sees no case.
var whoMay = map[string]map[string]string{
	"submitted": {
		"agent": "receive amend withdraw reveal", "clerk": "receive amend withdraw void reveal",
		"colleague": "receive amend withdraw void reveal", "head": "void reveal",
	},
	"received by the agent": { // she is responsible already, so there is nothing to take
		"agent": "notify pass amend withdraw reveal", "clerk": "accept notify reject amend withdraw void reveal",
		"colleague": "accept notify reject amend withdraw void reveal", "head": "void reveal",
	},
	"received at the counter": {
		"agent": "notify amend withdraw reveal", "clerk": "accept notify reject amend withdraw void reveal",
		"colleague": "accept notify reject take amend withdraw void reveal", "head": "void reveal",
	},
	"correcting": {
		"agent": "correct amend withdraw reveal", "clerk": "correct reject amend withdraw void reveal",
		"colleague": "correct reject amend withdraw void reveal", "head": "void reveal",
	},
	"received again": { // no second notice
		"agent": "amend withdraw reveal", "clerk": "accept reject amend withdraw void reveal",
		"colleague": "accept reject take amend withdraw void reveal", "head": "void reveal",
	},
	"accepted": {
		"agent": "pass take suspend amend withdraw reveal", "clerk": "amend withdraw void reveal",
		"colleague": "amend withdraw void reveal", "head": "void reveal",
	},
	"examining, taken by the agent": {
		"agent": "pass suspend amend withdraw reveal", "clerk": "amend withdraw void reveal",
		"colleague": "amend withdraw void reveal", "head": "void reveal",
	},
	"examining at the desk": {
		"agent": "amend withdraw reveal", "clerk": "amend withdraw void reveal", "colleague": "amend withdraw void reveal",
		"desk": "pass take return suspend reveal", "head": "void reveal",
	},
	"examining, to be decided": {
		"agent": "amend withdraw reveal", "clerk": "amend withdraw void reveal", "colleague": "amend withdraw void reveal",
		"head": "void reveal", "unit": "decide take return suspend reveal",
	},
	"suspended": {
		"agent": "amend withdraw reveal", "clerk": "amend withdraw void reveal", "colleague": "amend withdraw void reveal",
		"head": "void reveal", "unit": "resume reveal",
	},
	"decided":                         {"clerk": "deliver take reveal", "colleague": "deliver take reveal"},
	"decided, taken by the colleague": {"clerk": "deliver take reveal", "colleague": "deliver reveal"},
	"closed":                          {},
	"not accepted":                    {},
	"withdrawn":                       {},
	"void":                            {},
}

func TestWhoMayDoWhatInWhichState(t *testing.T) {
	for _, at := range everyState {
		t.Run(at.name, func(t *testing.T) {
			s, want := at.tell(t), whoMay[at.name]
			for who, actor := range map[string]access.Actor{
				"agent": theAgent, "clerk": theClerk, "colleague": theColleague, "desk": theDesk, "head": theHead,
				"unit": minzheng, "supervisor": theSupervisor, "inspector": theInspector, "admin": theAdmin,
			} {
				verbs := want[who]
				switch {
				case who == "inspector" || who == "admin":
					verbs = "-"
				case verbs == "":
					verbs = "reveal"
				}
				same(t, who, s.verbsOf(actor), verbs)
			}
		})
	}
}

// TestAnotherPlaceOwnsNothing: those who do the same elsewhere own no step here.
func TestAnotherPlaceOwnsNothing(t *testing.T) {
	elsewhere := map[string]access.Actor{
		"agent of the next village": {Account: "agent-610881101201", Role: access.Agent, Place: "610881101201"},
		"clerk of another town":     {Account: "clerk-610881102", Role: access.Clerk, Place: "610881102000"},
		"desk of another town":      {Account: "desk-610881102", Role: access.Desk, Place: "610881102000"},
		"another unit":              theUnit("canlian"),
		"the unit, in the town":     {Account: "x", Role: access.Unit, Place: gaojiabu, Unit: "minzheng"},
	}
	stepVerbs := []Verb{VerbAccept, VerbReject, VerbDecide, VerbPass, VerbDeliver, VerbTake, VerbReturn, VerbSuspend, VerbResume}
	for _, at := range everyState {
		s := at.tell(t)
		for who, actor := range elsewhere {
			for _, v := range stepVerbs {
				if s.c.May(v, actor) == nil {
					t.Errorf("%s: %s may %s", at.name, who, v)
				}
			}
		}
	}
}

// TestVerbs: the table is whole; every verb has its word, its permission, and a command that says so.
func TestVerbs(t *testing.T) {
	commands := []Command{
		Receive{}, Accept{}, Notify{}, Correct{}, Reject{}, DecideOn{}, Pass{}, Deliver{}, Take{}, Return{}, Suspend{}, Resume{},
		Amend{}, Withdraw{}, VoidCommand{}, Reveal{},
	}
	if len(commands) != len(Verbs()) {
		t.Fatalf("%d verbs, %d commands", len(Verbs()), len(commands))
	}
	for i, v := range Verbs() {
		same(t, "command", commands[i].Verb(), v)
		if v.Chinese() == "" || !v.Permission().Known() || v.Permission() == access.Public {
			t.Errorf("%s: %q, %q", v, v.Chinese(), v.Permission())
		}
	}
}
