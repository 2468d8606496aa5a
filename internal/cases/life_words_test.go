package cases

import (
	"slices"

	"pgregory.net/rapid"

	"bianmin/internal/access"
	"bianmin/internal/item"
)

// theStep is the verb of a step's kind.
func theStep(c *Case, i int) Command {
	switch c.Def.Steps[i].Kind {
	case item.Accept:
		return Accept{}
	case item.Decide:
		return DecideOn{Approve: c.Number.Serial()%2 == 1, Reason: "照条件核过"}
	case item.Deliver:
		return Deliver{"counter", "折桂英"}
	}
	return Pass{Note: "属实"}
}

// anyWords makes a command of the verb, with words that are mostly right.
func anyWords(t *rapid.T, c *Case, v Verb) Command {
	text := rapid.SampledFrom([]string{"属实", "属实", "𠮷家梁 <b>", "", "x\x07"}).Draw(t, "text")
	papers := []Material{}
	for _, m := range c.Def.Materials {
		if status := rapid.SampledFrom([]MaterialStatus{MaterialReceived, MaterialAbsent, MaterialDefective, ""}).Draw(t, "status"); status != "" {
			papers = append(papers, paper(m.Name, status))
		}
	}
	switch v {
	case VerbReceive:
		return Receive{}
	case VerbNotify:
		var missing []Lack
		for _, m := range papers {
			missing = append(missing, Lack{Material: m.Name, What: m.Status, Note: text, Unseen: text})
		}
		return Notify{Missing: slices.DeleteFunc(missing, func(l Lack) bool { return l.What == MaterialReceived }), Days: rapid.SampledFrom([]int{0, 1, 5, 30}).Draw(t, "days")}
	case VerbCorrect:
		return Correct{papers}
	case VerbAccept:
		return Accept{}
	case VerbReject:
		return Reject{Ground: text}
	case VerbTake:
		return Take{}
	case VerbPass:
		return Pass{text}
	case VerbReturn:
		return Return{To: rapid.IntRange(0, len(c.Steps)).Draw(t, "to"), Reason: text}
	case VerbSuspend:
		return Suspend{Kind: rapid.SampledFrom(SpecialKinds).Draw(t, "kind").Kind, Basis: text, Evidence: text, Days: rapid.IntRange(0, 30).Draw(t, "days")}
	case VerbResume:
		return Resume{Evidence: text, Note: text}
	case VerbDecide:
		return DecideOn{Approve: rapid.Bool().Draw(t, "approve"), Reason: text}
	case VerbDeliver:
		return Deliver{"counter", text}
	case VerbWithdraw:
		return Withdraw{text}
	case VerbVoid:
		return VoidCommand{text}
	case VerbExtend:
		return Extend{Days: rapid.IntRange(0, 11).Draw(t, "days"), Reason: text}
	case VerbApprove:
		return Approve{}
	case VerbRefuse:
		return RefuseExtension{text}
	case VerbHand:
		to := handTo(rapid.SampledFrom([]access.Actor{theAgent, theClerk, theColleague, theDesk, theHead, theChief, minzheng}).Draw(t, "to"))
		to.Reason = text
		return to
	case VerbUnclear:
		return MarkUnclear{N: 1, Reason: text}
	case VerbGiveBack:
		var names []string
		for _, m := range c.Held() {
			names = append(names, m.Name)
		}
		return GiveBack{Materials: names, Receiver: text, Signed: true}
	case VerbAnswer:
		return AnswerTo{text}
	case VerbAsk:
		return Ask{text}
	case VerbConvey:
		return Convey{Things: []Thing{{Name: "户口簿", Originals: rapid.IntRange(0, 2).Draw(t, "originals")}, {Name: "身份证", Copies: 1}}, From: "高家堡村便民服务室", To: "高家堡镇便民服务站", Giver: text, Taker: "刘芳",
			sender: roomSide(gaojiabuRoom), receiver: rapid.SampledFrom([]Side{"", stationSide(gaojiabu), roomSide(gaojiabuRoom)}).Draw(t, "receiver")}
	case VerbArrive:
		v := Arrive{N: rapid.Int64Range(1, c.Events).Draw(t, "move"), Note: text}
		if len(c.Moves) > 0 {
			m := rapid.SampledFrom(c.Moves).Draw(t, "of")
			v.N = m.N
			for _, x := range m.Things {
				came := rapid.Bool().Draw(t, "came")
				v.Things = append(v.Things, Came{x.Name, &came})
			}
		}
		return v
	case VerbEndMove:
		n := rapid.Int64Range(1, c.Events).Draw(t, "move")
		if len(c.Moves) > 0 {
			n = rapid.SampledFrom(c.Moves).Draw(t, "of").N
		}
		return EndMove{N: n, Reason: text}
	case VerbEntrust:
		return Entrust{Name: text, Relation: "子女", Matters: Matters[:1], Until: "2030-01-01", secret: &Secret{Masked: "x", Index: "another"}}
	case VerbServe:
		return Serve{Paper: text, Way: ServedByPost, Mail: text, Where: text, Receiver: text, Reached: rapid.Bool().Draw(t, "reached")}
	case VerbReveal:
		return Reveal{rapid.SampledFrom([]string{FieldIDNumber, FieldPhone, FieldName}).Draw(t, "field"), text}
	}
	return rapid.SampledFrom([]Amend{amendName, amendNumber, amendPhone, amendAddress}).Draw(t, "amend")
}
