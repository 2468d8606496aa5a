package api

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"bianmin/internal/cases"
	"bianmin/internal/gate"
)

// Versioned is what every verb's body has.
type Versioned struct {
	Version int64 `json:"version" minimum:"1" doc:"the version that you saw"`
}

func (v Versioned) version() int64 { return v.Version }

// verbBody is the typed body of one verb: it makes the command.
type verbBody interface {
	version() int64
	command() cases.Command
}

type verbIn[B verbBody] struct {
	Number string `path:"number"`
	Key    string `header:"Idempotency-Key" required:"true" doc:"one for each intention; the same key and body give the same answer"`
	Body   B
}

type (
	receiveBody struct {
		Versioned
		Materials *[]materialBody `json:"materials,omitempty" maxItems:"100" doc:"those that have come, as they are; the rest stands as it was listed"`
	}
	notifyBody struct {
		Versioned
		Missing []lackBody `json:"missing" maxItems:"100" doc:"everything that is missing, at once"`
		Days    *int       `json:"days,omitempty" nullable:"true" doc:"calendar days that the applicant has; what is usual here, when left out"`
	}
	lackBody struct {
		Material string               `json:"material"`
		What     cases.MaterialStatus `json:"what" enum:"absent,defective"`
		Note     *string              `json:"note,omitempty" nullable:"true" doc:"needed for what is defective"`
		Unseen   *string              `json:"unseen,omitempty" nullable:"true" doc:"in a second notice: why it could not have been seen the first time"`
	}
	correctBody struct {
		Versioned
		Materials []materialBody `json:"materials" maxItems:"100"`
	}
	acceptBody struct{ Versioned }
	rejectBody struct {
		Versioned
		Ground  string  `json:"ground"`
		Whose   *string `json:"whose,omitempty" nullable:"true" doc:"whose matter it is"`
		Redress *string `json:"redress,omitempty" nullable:"true" doc:"the usual ways, when left out"`
	}
	takeBody struct{ Versioned }
	passBody struct {
		Versioned
		Note *string `json:"note,omitempty" nullable:"true"`
	}
	returnBody struct {
		Versioned
		To     *int   `json:"to,omitempty" nullable:"true" doc:"index of the step; the one before, when left out"`
		Reason string `json:"reason"`
	}
	suspendBody struct {
		Versioned
		Kind  cases.SpecialKind `json:"kind" enum:"hearing,tender,auction,inspection,testing,quarantine,appraisal,expert_review,item"`
		Basis string            `json:"basis"`
		Days  int               `json:"expected_days" doc:"working days"`

		Evidence string `json:"evidence" doc:"the paper that begins it, by name and number"`
	}
	resumeBody struct {
		Versioned
		Evidence string  `json:"evidence" doc:"the paper that ends it, by name and number"`
		Note     *string `json:"note,omitempty" nullable:"true"`
	}
	decideBody struct {
		Versioned
		Approve bool    `json:"approve"`
		Reason  *string `json:"reason,omitempty" nullable:"true" doc:"needed for a refusal"`
	}
	deliverBody struct {
		Versioned
		Way      string `json:"way" doc:"counter, agent, courier, online, or in words"`
		Receiver string `json:"receiver"`
	}
	withdrawBody struct {
		Versioned
		Reason string `json:"reason"`
	}
	voidBody struct {
		Versioned
		Reason string `json:"reason"`
	}
	amendBody struct {
		Versioned
		Field  string `json:"field" enum:"name,id_number,phone,address"`
		Value  string `json:"value"`
		Reason string `json:"reason"`
	}
	extendBody struct {
		Versioned
		Days   int    `json:"days" doc:"1 to 10, in the unit of the limits"`
		Reason string `json:"reason" doc:"the applicant reads it"`
	}
	approveBody         struct{ Versioned }
	refuseExtensionBody struct {
		Versioned
		Reason string `json:"reason"`
	}
	handBody struct {
		Versioned
		To     string `json:"to" doc:"account of the person"`
		Reason string `json:"reason"`
	}
	answerBody struct {
		Versioned
		Text string `json:"text" doc:"the answer to the question that has waited longest"`
	}
	conveyBody struct {
		Versioned
		Things []thingBody `json:"things" maxItems:"50"`
		From   string      `json:"from" doc:"place or side that gives"`
		Giver  string      `json:"giver" doc:"name of the person who gives"`
		To     string      `json:"to"`
		Taker  string      `json:"taker"`
		Note   *string     `json:"note,omitempty"`
	}
	arriveBody struct {
		Versioned
		Move   int64      `json:"move" doc:"which hand-over: the n of the case's moves"`
		Things []cameBody `json:"things" maxItems:"50" doc:"each thing that is not confirmed yet"`
		Note   *string    `json:"note,omitempty" doc:"needed where something did not come"`
	}
	cameBody struct {
		Name string `json:"name"`
		Came *bool  `json:"came"`
	}
	endMoveBody struct {
		Versioned
		Move   int64  `json:"move" doc:"which hand-over: the n of the case's moves"`
		Reason string `json:"reason"`
	}
	thingBody struct {
		Name      string `json:"name"`
		Originals *int   `json:"originals,omitempty"`
		Copies    *int   `json:"copies,omitempty"`
	}
	entrustBody struct {
		Versioned
		Name     string   `json:"name"`
		Relation string   `json:"relation"`
		IDNumber string   `json:"id_number" doc:"citizen number of the agent; kept sealed"`
		Matters  []string `json:"matters" maxItems:"20"`
		Until    string   `json:"until" doc:"YYYY-MM-DD, the last day"`
	}
	serveBody struct {
		Versioned
		Paper    string           `json:"paper" doc:"name of the paper that is served"`
		Way      cases.ServiceWay `json:"way" enum:"direct,left,posted,electronic"`
		Reached  bool             `json:"reached"`
		Why      *string          `json:"why,omitempty" doc:"why it was not reached; with left, why it was not taken"`
		Where    *string          `json:"where,omitempty"`
		Receiver *string          `json:"receiver,omitempty"`
		Relation *string          `json:"relation,omitempty"`
		Witness  *string          `json:"witness,omitempty"`
		Mail     *string          `json:"mail,omitempty"`
		Consent  *bool            `json:"consent,omitempty"`
		Address  *string          `json:"address,omitempty"`
		SignedOn *string          `json:"signed_on,omitempty" doc:"YYYY-MM-DD: when it was signed on paper"`
		Strokes  *[][]int         `json:"strokes,omitempty" doc:"the signature: x and y in turn, 0 to 1000 and 0 to 400"`
	}
	unclearBody struct {
		Versioned
		File   int    `json:"file" doc:"which file of the case"`
		Reason string `json:"reason" doc:"what cannot be read; whoever takes it again reads it"`
	}
	giveBackBody struct {
		Versioned
		Materials []string `json:"materials" maxItems:"100" doc:"whose originals were given back"`
		Receiver  string   `json:"receiver" doc:"who signed for them"`
		Signed    bool     `json:"signed" doc:"the slip is signed"`
	}
	revealBody struct {
		Versioned
		Field  string `json:"field" enum:"id_number,phone"`
		Reason string `json:"reason"`
	}
)

func (b receiveBody) command() cases.Command {
	if b.Materials == nil {
		return cases.Receive{}
	}
	return cases.Receive{Materials: materials(*b.Materials)}
}
func (b notifyBody) command() cases.Command {
	missing := make([]cases.Lack, len(b.Missing))
	for i, l := range b.Missing {
		missing[i] = cases.Lack{Material: l.Material, What: l.What, Note: cases.Said(or(l.Note, "")), Unseen: cases.Said(or(l.Unseen, ""))}
	}
	return cases.Notify{Missing: missing, Days: or(b.Days, 0)}
}
func (b correctBody) command() cases.Command {
	return cases.Correct{Materials: materials(b.Materials)}
}
func (acceptBody) command() cases.Command { return cases.Accept{} }
func (b rejectBody) command() cases.Command {
	return cases.Reject{Ground: cases.Said(b.Ground), Whose: cases.Said(or(b.Whose, "")), Redress: cases.Said(or(b.Redress, ""))}
}
func (takeBody) command() cases.Command   { return cases.Take{} }
func (b passBody) command() cases.Command { return cases.Pass{Note: cases.Said(or(b.Note, ""))} }
func (b returnBody) command() cases.Command {
	return cases.Return{To: or(b.To, 0), Reason: cases.Said(b.Reason)}
}
func (b suspendBody) command() cases.Command {
	return cases.Suspend{Kind: b.Kind, Basis: cases.Said(b.Basis), Evidence: cases.Said(b.Evidence), Days: b.Days}
}
func (b resumeBody) command() cases.Command {
	return cases.Resume{Evidence: cases.Said(b.Evidence), Note: cases.Said(or(b.Note, ""))}
}
func (b extendBody) command() cases.Command {
	return cases.Extend{Days: b.Days, Reason: cases.Said(b.Reason)}
}
func (approveBody) command() cases.Command { return cases.Approve{} }
func (b refuseExtensionBody) command() cases.Command {
	return cases.RefuseExtension{Reason: cases.Said(b.Reason)}
}
func (b handBody) command() cases.Command {
	return cases.Hand{To: b.To, Reason: cases.Said(b.Reason)}
}
func (b conveyBody) command() cases.Command {
	c := cases.Convey{From: cases.Said(b.From), Giver: cases.Said(b.Giver), To: cases.Said(b.To), Taker: cases.Said(b.Taker), Note: cases.Said(or(b.Note, ""))}
	for _, x := range b.Things {
		c.Things = append(c.Things, cases.Thing{Name: cases.Said(x.Name), Originals: or(x.Originals, 0), Copies: or(x.Copies, 0)})
	}
	return c
}
func (b arriveBody) command() cases.Command {
	c := cases.Arrive{N: b.Move, Note: cases.Said(or(b.Note, ""))}
	for _, x := range b.Things {
		c.Things = append(c.Things, cases.Came{Name: cases.Said(x.Name), Came: x.Came})
	}
	return c
}
func (b endMoveBody) command() cases.Command {
	return cases.EndMove{N: b.Move, Reason: cases.Said(b.Reason)}
}
func (b entrustBody) command() cases.Command {
	c := cases.Entrust{Name: cases.Said(b.Name), Relation: cases.Said(b.Relation), IDTyped: b.IDNumber, Until: b.Until}
	for _, m := range b.Matters {
		c.Matters = append(c.Matters, cases.Said(m))
	}
	return c
}
func (b serveBody) command() cases.Command {
	said := func(s *string) string { return cases.Said(or(s, "")) }
	c := cases.Serve{Paper: cases.Said(b.Paper), Way: b.Way, Reached: b.Reached, Why: said(b.Why), Where: said(b.Where), Receiver: said(b.Receiver), Relation: said(b.Relation),
		Witness: said(b.Witness), Mail: strings.TrimSpace(or(b.Mail, "")), Consent: or(b.Consent, false), Address: said(b.Address), SignedOn: or(b.SignedOn, "")}
	if b.Strokes != nil {
		raw, _ := json.Marshal(*b.Strokes) // of numbers: cannot fail
		c.Strokes = string(raw)
	}
	return c
}
func (b decideBody) command() cases.Command {
	return cases.DecideOn{Approve: b.Approve, Reason: cases.Said(or(b.Reason, ""))}
}
func (b deliverBody) command() cases.Command {
	return cases.Deliver{Way: cases.Said(b.Way), Receiver: cases.Said(b.Receiver)}
}
func (b withdrawBody) command() cases.Command {
	return cases.Withdraw{Reason: cases.Said(b.Reason)}
}
func (b voidBody) command() cases.Command   { return cases.VoidCommand{Reason: cases.Said(b.Reason)} }
func (b answerBody) command() cases.Command { return cases.AnswerTo{Text: cases.Said(b.Text)} }
func (b amendBody) command() cases.Command {
	return cases.Amend{Field: b.Field, Typed: b.Value, Reason: cases.Said(b.Reason)}
}
func (b revealBody) command() cases.Command {
	return cases.Reveal{Field: b.Field, Reason: cases.Said(b.Reason)}
}

func (b unclearBody) command() cases.Command {
	return cases.MarkUnclear{N: b.File, Reason: cases.Said(b.Reason)}
}
func (b giveBackBody) command() cases.Command {
	return cases.GiveBack{Materials: b.Materials, Receiver: cases.Said(b.Receiver), Signed: b.Signed}
}

func (a *API) registerVerbs() {
	verb[receiveBody](a, cases.VerbReceive)
	verb[notifyBody](a, cases.VerbNotify)
	verb[correctBody](a, cases.VerbCorrect)
	verb[acceptBody](a, cases.VerbAccept)
	verb[rejectBody](a, cases.VerbReject)
	verb[takeBody](a, cases.VerbTake)
	verb[passBody](a, cases.VerbPass)
	verb[returnBody](a, cases.VerbReturn)
	verb[suspendBody](a, cases.VerbSuspend)
	verb[resumeBody](a, cases.VerbResume)
	verb[decideBody](a, cases.VerbDecide)
	verb[deliverBody](a, cases.VerbDeliver)
	verb[withdrawBody](a, cases.VerbWithdraw)
	verb[voidBody](a, cases.VerbVoid)
	verb[amendBody](a, cases.VerbAmend)
	verb[revealBody](a, cases.VerbReveal)
	verb[extendBody](a, cases.VerbExtend)
	verb[approveBody](a, cases.VerbApprove)
	verb[refuseExtensionBody](a, cases.VerbRefuse)
	verb[handBody](a, cases.VerbHand)
	verb[answerBody](a, cases.VerbAnswer)
	verb[conveyBody](a, cases.VerbConvey)
	verb[arriveBody](a, cases.VerbArrive)
	verb[endMoveBody](a, cases.VerbEndMove)
	verb[entrustBody](a, cases.VerbEntrust)
	verb[serveBody](a, cases.VerbServe)
	verb[unclearBody](a, cases.VerbUnclear)
	verb[giveBackBody](a, cases.VerbGiveBack)
}

// verb registers one verb as an operation of its own.
func verb[B verbBody](a *API, v cases.Verb) {
	operation(a, gate.Route{Permission: v.Permission(), OfCase: true, Once: true, Body: true}, huma.Operation{
		OperationID: string(v), Method: http.MethodPost, Path: "/api/v1/cases/{number}/" + string(v), Summary: v.Chinese(),
		Responses: a.caseResponse("200"),
	}, func(ctx context.Context, in *verbIn[B]) (*caseOut, error) {
		return given(a.Cases.Do(ctx, actor(ctx), gate.Key(ctx), cases.Number(in.Number), in.Body.version(), in.Body.command()))
	})
}

// caseResponse describes an answer that is a case.
func (a *API) caseResponse(status string) map[string]*huma.Response {
	schema := a.huma.OpenAPI().Components.Schemas.Schema(viewType, true, "View")
	return map[string]*huma.Response{status: {Description: "办件", Content: map[string]*huma.MediaType{"application/json": {Schema: schema}}}}
}
