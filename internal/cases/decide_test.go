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
	{"lapsed", func(t teller) *story {
		return receivedAtCounter(t).does(theClerk, oneNotice).passes("2026-04-10 00:00")
	}},
	{"accepted by silence", func(t teller) *story { return receivedAtCounter(t).passes("2026-03-18 00:00") }},
	{"accepted", func(t teller) *story { return receivedAtCounter(t).does(theClerk, Accept{}) }},
	{"examining, taken by the agent", func(t teller) *story { return receivedAtCounter(t).does(theClerk, Accept{}).does(theAgent, Take{}) }},
	{"examining at the desk", func(t teller) *story { return receivedAtCounter(t).does(theClerk, Accept{}).does(theAgent, Pass{}) }},
	{"examining, to be decided", toBeDecided},
	{"extension asked by the desk", func(t teller) *story {
		return receivedAtCounter(t).does(theClerk, Accept{}).does(theAgent, Pass{}).does(theDesk, moreTime)
	}},
	{"extension asked by the unit", func(t teller) *story { return toBeDecided(t).does(minzheng, moreTime) }},
	{"extension refused", func(t teller) *story {
		return toBeDecided(t).does(minzheng, moreTime).does(theChief, RefuseExtension{"还有时间"})
	}},
	{"extended", func(t teller) *story { return toBeDecided(t).does(minzheng, moreTime).does(theChief, Approve{}) }},
	{"handed to the chief", func(t teller) *story { return toBeDecided(t).does(theDesk, handTo(theChief)) }},
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
	oneNotice   = Notify{Missing: []Lack{{Material: "居民身份证", What: MaterialAbsent}}}
	anAppraisal = Suspend{Kind: "appraisal", Basis: "年龄有争议，送鉴定", Evidence: "鉴定委托书 神鉴委〔2026〕7号", Days: 10}
	theReport   = Resume{Evidence: "鉴定意见书 榆鉴〔2026〕7号"}
)

func receivedAtCounter(t teller) *story { return filed(t, elders, theClerk, AtCounter, gaojiabuRoom) }

func toBeDecided(t teller) *story {
	return receivedAtCounter(t).does(theClerk, Accept{}).does(theAgent, Pass{Note: "属实"}).does(theDesk, Pass{})
}

// whoMay is the table of what each of the cast can do in each state: those who meet the applicant (the agent and the
// counter) before and around acceptance, the owner of the open step after it, the head to void, and whoever may look
// at a full number always. The inspector changes nothing; the administrator sees no case.
var whoMay = map[string]map[string]string{
	"submitted": { // whoever filed it answers for it, and may hand it on; the head may in anybody's place
		"agent": "receive amend withdraw reveal", "clerk": "receive hand amend withdraw void reveal",
		"colleague": "receive amend withdraw void reveal", "head": "hand void reveal",
	},
	"received by the agent": { // she is responsible already, so there is nothing to take
		"agent": "notify pass hand give-back amend withdraw reveal", "clerk": "accept notify reject give-back amend withdraw void reveal",
		"colleague": "accept notify reject give-back amend withdraw void reveal", "head": "hand void reveal",
	},
	"received at the counter": {
		"agent": "notify amend withdraw reveal", "clerk": "accept notify reject hand amend withdraw void reveal",
		"colleague": "accept notify reject take amend withdraw void reveal", "head": "hand void reveal",
	},
	"correcting": { // a second notice has to say why, which is a matter of the words
		"agent": "notify correct amend withdraw reveal", "clerk": "notify correct reject hand amend withdraw void reveal",
		"colleague": "notify correct reject amend withdraw void reveal", "head": "hand void reveal",
	},
	"received again": {
		"agent": "notify amend withdraw reveal", "clerk": "accept notify reject hand amend withdraw void reveal",
		"colleague": "accept notify reject take amend withdraw void reveal", "head": "hand void reveal",
	},
	"lapsed": {},
	"accepted": {
		"agent": "pass take suspend extend amend withdraw reveal", "clerk": "hand amend withdraw void reveal",
		"colleague": "amend withdraw void reveal", "head": "hand void reveal",
	},
	"accepted by silence": {
		"agent": "pass take suspend extend amend withdraw reveal", "clerk": "hand amend withdraw void reveal",
		"colleague": "amend withdraw void reveal", "head": "hand void reveal",
	},
	"examining, taken by the agent": {
		"agent": "pass suspend extend hand amend withdraw reveal", "clerk": "amend withdraw void reveal",
		"colleague": "amend withdraw void reveal", "head": "hand void reveal",
	},
	"examining at the desk": {
		"agent": "hand amend withdraw reveal", "clerk": "amend withdraw void reveal", "colleague": "amend withdraw void reveal",
		"desk": "pass take return suspend extend reveal", "head": "hand void reveal",
	},
	"extension asked by the desk": { // of the head of its town
		"agent": "hand amend withdraw reveal", "clerk": "amend withdraw void reveal", "colleague": "amend withdraw void reveal",
		"desk": "pass take return suspend reveal", "head": "approve-extension refuse-extension hand void reveal",
	},
	"examining, to be decided": {
		"agent": "amend withdraw reveal", "clerk": "amend withdraw void reveal", "colleague": "amend withdraw void reveal",
		"desk": "hand reveal", "head": "hand void reveal", "unit": "decide take return suspend extend reveal",
	},
	"extension asked by the unit": { // of its own chief, and of nobody else
		"agent": "amend withdraw reveal", "clerk": "amend withdraw void reveal", "colleague": "amend withdraw void reveal",
		"desk": "hand reveal", "head": "hand void reveal", "unit": "decide take return suspend reveal",
		"chief": "approve-extension refuse-extension reveal",
	},
	"extension refused": { // it may be asked for again
		"agent": "amend withdraw reveal", "clerk": "amend withdraw void reveal", "colleague": "amend withdraw void reveal",
		"desk": "hand reveal", "head": "hand void reveal", "unit": "decide take return suspend extend reveal",
	},
	"extended": { // once
		"agent": "amend withdraw reveal", "clerk": "amend withdraw void reveal", "colleague": "amend withdraw void reveal",
		"desk": "hand reveal", "head": "hand void reveal", "unit": "decide take return suspend reveal",
	},
	"handed to the chief": {
		"agent": "amend withdraw reveal", "clerk": "amend withdraw void reveal", "colleague": "amend withdraw void reveal",
		"desk": "hand reveal", "head": "hand void reveal", "unit": "decide take return suspend extend reveal", "chief": "take reveal",
	},
	"suspended": {
		"agent": "amend withdraw reveal", "clerk": "amend withdraw void reveal", "colleague": "amend withdraw void reveal",
		"head": "hand void reveal", "unit": "resume hand reveal",
	},
	"decided":                         {"clerk": "deliver take reveal", "colleague": "deliver take reveal", "head": "hand reveal", "unit": "hand reveal"},
	"decided, taken by the colleague": {"clerk": "deliver take reveal", "colleague": "deliver hand reveal", "head": "hand reveal"},
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
				"unit": minzheng, "chief": theChief, "supervisor": theSupervisor, "inspector": theInspector, "admin": theAdmin,
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
		"chief of another unit":     {Account: "chief-canlian", Role: access.Chief, Place: shenmu, Unit: "canlian"},
		"head of another town":      {Account: "head-610881102", Role: access.Head, Place: "610881102000"},
		"the unit, in the town":     {Account: "x", Role: access.Unit, Place: gaojiabu, Unit: "minzheng"},
	}
	stepVerbs := []Verb{VerbAccept, VerbReject, VerbDecide, VerbPass, VerbDeliver, VerbTake, VerbReturn, VerbSuspend, VerbResume,
		VerbExtend, VerbApprove, VerbRefuse}
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
		Approve{}, RefuseExtension{}, AnswerTo{}, Extend{}, Hand{}, MarkUnclear{}, GiveBack{}, Amend{}, Withdraw{}, VoidCommand{}, Serve{}, Arrive{}, EndMove{}, Convey{}, Entrust{}, Reveal{},
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
