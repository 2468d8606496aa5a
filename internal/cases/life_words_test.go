package cases

import (
	"slices"

	"pgregory.net/rapid"

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
			missing = append(missing, Lack{m.Name, m.Status, text})
		}
		return Notify{slices.DeleteFunc(missing, func(l Lack) bool { return l.What == MaterialReceived })}
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
		return Suspend{Kind: rapid.SampledFrom(SpecialKinds).Draw(t, "kind").Kind, Basis: text, Days: rapid.IntRange(0, 30).Draw(t, "days")}
	case VerbResume:
		return Resume{text}
	case VerbDecide:
		return DecideOn{Approve: rapid.Bool().Draw(t, "approve"), Reason: text}
	case VerbDeliver:
		return Deliver{"counter", text}
	case VerbWithdraw:
		return Withdraw{text}
	case VerbVoid:
		return VoidCommand{text}
	case VerbReveal:
		return Reveal{rapid.SampledFrom([]string{FieldIDNumber, FieldPhone, FieldName}).Draw(t, "field"), text}
	}
	return rapid.SampledFrom([]Amend{amendName, amendNumber, amendPhone, amendAddress}).Draw(t, "amend")
}
