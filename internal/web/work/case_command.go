package work

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"bianmin/internal/cases"
	"bianmin/internal/problem"
)

// command reads what a form asks for. Only the form is read here; whether it is right and whether it may be done, the
// case says.
func command(v cases.View, do string, posted url.Values) (cases.Command, error) {
	raw := func(field string) string { return strings.TrimSpace(posted.Get(do + "." + field)) }
	said := func(field string) string {
		if slices.Contains(wordedFields, field) {
			return cases.Said(saidOrPhrase(raw(field), raw("phrase")))
		}
		return cases.Said(raw(field))
	}
	number := func(field string) int { n, _ := strconv.Atoi(raw(field)); return n } // what is no number is 0, which the rule refuses
	switch do {
	case doApprove, doRefuse:
		return cases.DecideOn{Approve: do == doApprove, Reason: said("reason")}, nil
	}
	switch cases.Verb(do) {
	case cases.VerbReceive:
		return cases.Receive{Materials: takenIn(v, posted)}, nil
	case cases.VerbAccept:
		return cases.Accept{}, nil
	case cases.VerbReject:
		return cases.Reject{Ground: said("ground"), Whose: said("whose")}, nil
	case cases.VerbNotify:
		return cases.Notify{Missing: lacks(v, posted), Days: daysSaid(raw("days"))}, nil
	case cases.VerbCorrect:
		return cases.Correct{Materials: brought(v, posted)}, nil
	case cases.VerbTake:
		return cases.Take{}, nil
	case cases.VerbPass:
		return cases.Pass{Note: said("note")}, nil
	case cases.VerbReturn:
		return cases.Return{To: number("to"), Reason: said("reason")}, nil
	case cases.VerbSuspend:
		return cases.Suspend{Kind: cases.SpecialKind(raw("kind")), Basis: said("basis"), Evidence: said("evidence"), Days: number("expected_days")}, nil
	case cases.VerbResume:
		return cases.Resume{Evidence: said("evidence"), Note: said("note")}, nil
	case cases.VerbExtend:
		return cases.Extend{Days: number("days"), Reason: said("reason")}, nil
	case cases.VerbApprove:
		return cases.Approve{}, nil
	case cases.VerbRefuse:
		return cases.RefuseExtension{Reason: said("reason")}, nil
	case cases.VerbUnclear:
		return cases.MarkUnclear{N: number("file"), Reason: said("reason")}, nil
	case cases.VerbGiveBack:
		return cases.GiveBack{Materials: givenBack(v, posted), Receiver: said("receiver"), Signed: raw("signed") != ""}, nil
	case cases.VerbHand:
		return cases.Hand{To: raw("to"), Reason: said("reason")}, nil
	case cases.VerbDeliver:
		return cases.Deliver{Way: said("way"), Receiver: said("receiver")}, nil
	case cases.VerbWithdraw:
		return cases.Withdraw{Reason: said("reason")}, nil
	case cases.VerbVoid:
		return cases.VoidCommand{Reason: said("reason")}, nil
	case cases.VerbAmend:
		return cases.Amend{Field: raw("field"), Typed: raw("value"), Reason: said("reason")}, nil
	case cases.VerbAnswer:
		return cases.AnswerTo{Text: said("text")}, nil
	case cases.VerbConvey:
		return conveyed(v, raw, said), nil
	case cases.VerbArrive:
		return arrived(v, raw, said), nil
	case cases.VerbEndMove:
		return cases.EndMove{N: int64(number("n")), Reason: said("reason")}, nil
	case cases.VerbEntrust:
		return entrusted(posted, raw, said), nil
	case cases.VerbServe:
		return served(posted, raw, said), nil
	case cases.VerbReveal:
		return cases.Reveal{Field: raw("field"), Reason: said("reason")}, nil
	}
	return nil, problem.WrongFields([]problem.Field{{Path: "do", Code: "required", Message: "先选一个意见"}})
}

// daysSaid reads the days of a notice: none said is what is usual here; what is no number the rule refuses.
func daysSaid(raw string) int {
	if raw == "" {
		return 0
	}
	n, err := strconv.Atoi(raw)
	if err != nil || n == 0 {
		return -1
	}
	return n
}

// verbOf is the verb behind an answer of the form.
func verbOf(do string) cases.Verb {
	if do == doApprove || do == doRefuse {
		return cases.VerbDecide
	}
	return cases.Verb(do)
}

// Materials stand in a form by their place in the case's list: names are long, and two forms must not mix.
func materialField(i int, field string) string { return "materials[" + strconv.Itoa(i) + "]." + field }

// lacks are the papers that the notice names.
func lacks(v cases.View, posted url.Values) []cases.Lack {
	var list []cases.Lack
	for i, m := range v.Materials {
		at := func(field string) string {
			return strings.TrimSpace(posted.Get(string(cases.VerbNotify) + "." + materialField(i, field)))
		}
		if what := at("what"); what != "" {
			list = append(list, cases.Lack{Material: m.Name, What: cases.MaterialStatus(what), Note: cases.Said(at("note")), Unseen: cases.Said(at("unseen"))})
		}
	}
	return list
}

// takenIn are the papers that came to the counter for what was filed from afar.
func takenIn(v cases.View, posted url.Values) []cases.Material {
	var list []cases.Material
	for i, m := range v.Materials {
		if status := strings.TrimSpace(posted.Get(string(cases.VerbReceive) + "." + materialField(i, "status"))); status != "" {
			m.Status = cases.MaterialStatus(status)
			list = append(list, m)
		}
	}
	return list
}

// brought are the papers that came after the notice.
func brought(v cases.View, posted url.Values) []cases.Material {
	var list []cases.Material
	for i, m := range v.Materials {
		if posted.Get(string(cases.VerbCorrect)+"."+materialField(i, "status")) != "" {
			m.Status = cases.MaterialReceived
			list = append(list, m)
		}
	}
	return list
}

// givenBack are the originals that were ticked.
func givenBack(v cases.View, posted url.Values) []string {
	var list []string
	for i, m := range v.Held {
		if posted.Get(string(cases.VerbGiveBack)+"."+heldField(i)) != "" {
			list = append(list, m.Name)
		}
	}
	return list
}

// atTheForm leads the paths of wrong fields to the boxes of the form: the notice's list has only what is missing, the
// form has every paper.
func atTheForm(verb cases.Verb, v cases.View, posted url.Values, wrong []problem.Field) []problem.Field {
	if verb == cases.VerbArrive {
		return atTheThings(wrong)
	}
	if verb == cases.VerbConvey {
		return atTheBoxes(v, posted, wrong)
	}
	if verb != cases.VerbNotify {
		return wrong
	}
	var boxes []int
	for i := range v.Materials {
		if strings.TrimSpace(posted.Get(string(verb)+"."+materialField(i, "what"))) != "" {
			boxes = append(boxes, i)
		}
	}
	led := make([]problem.Field, len(wrong))
	for i, f := range wrong {
		led[i] = f
		index, field, ok := strings.Cut(strings.TrimPrefix(f.Path, "missing["), "].")
		if n, err := strconv.Atoi(index); ok && err == nil && n < len(boxes) {
			led[i].Path = materialField(boxes[n], field)
		}
	}
	return led
}
