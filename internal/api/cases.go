package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/gate"
	"bianmin/internal/once"
	"bianmin/internal/place"
	"bianmin/internal/problem"
)

type applicantBody struct {
	Kind     cases.ApplicantKind `json:"kind" enum:"person,organisation"`
	Name     string              `json:"name"`
	IDNumber string              `json:"id_number" doc:"citizen number, or the unified credit code of an organisation"`
	Phone    *string             `json:"phone,omitempty" nullable:"true"`
	Address  *string             `json:"address,omitempty" nullable:"true"`
}

// personBody names an applicant by an earlier case, so that no number is sent again.
type personBody struct {
	Case    string  `json:"case" doc:"a case of the same applicant that you see"`
	Phone   *string `json:"phone,omitempty" nullable:"true" doc:"as in that case, when left out"`
	Address *string `json:"address,omitempty" nullable:"true" doc:"as in that case, when left out"`
}

type materialBody struct {
	Name      string                `json:"name" doc:"as the item names it"`
	Originals *int                  `json:"originals,omitempty" minimum:"0" maximum:"99" nullable:"true" doc:"as the item asks, when left out"`
	Copies    *int                  `json:"copies,omitempty" minimum:"0" maximum:"99" nullable:"true" doc:"as the item asks, when left out"`
	Status    *cases.MaterialStatus `json:"status,omitempty" enum:"received,absent,defective,not_needed" nullable:"true" doc:"received, when left out"`
}

type finishBody struct {
	Approve  bool    `json:"approve"`
	Reason   *string `json:"reason,omitempty" nullable:"true" doc:"needed when not approved"`
	Way      *string `json:"way,omitempty" nullable:"true"`
	Receiver *string `json:"receiver,omitempty" nullable:"true"`
}

type fileIn struct {
	Key  string `header:"Idempotency-Key" required:"true" doc:"one for each intention; the same key and body give the same answer"`
	Body struct {
		Item      string          `json:"item" doc:"code or exact name"`
		Place     string          `json:"place" doc:"a room, or the town itself"`
		Channel   cases.Channel   `json:"channel" enum:"counter,agent,online,kiosk,phone"`
		Applicant *applicantBody  `json:"applicant,omitempty" doc:"left out only with person"`
		Person    *personBody     `json:"person,omitempty" doc:"instead of applicant: somebody seen before"`
		Another   *string         `json:"another,omitempty" nullable:"true" doc:"why it is another matter, where the same one is under way (same_under_way)"`
		Materials *[]materialBody `json:"materials,omitempty" maxItems:"100"`
		Green     *string         `json:"green,omitempty" nullable:"true" pattern:"^[^\\x00-\\x1f\\x7f]*$" doc:"why the green channel is open, when it is"`
		Finish    *finishBody     `json:"finish,omitempty" doc:"an on-the-spot case, all at once"`
	}
}

// Resolve finds who applies: one of the two, which no schema of ours says.
func (in *fileIn) Resolve(huma.Context) []error {
	wrong := func(field, code, message string) []error {
		return []error{&huma.ErrorDetail{Location: "body." + field, Message: code + separator + message}}
	}
	switch who, seen := in.Body.Applicant, in.Body.Person; {
	case who == nil && seen == nil:
		return wrong("applicant", codeRequired, "这个字段要写")
	case who != nil && seen != nil:
		return wrong("person", "twice", "applicant 和 person 只写一个")
	case seen != nil && seen.Case == "":
		return wrong("person.case", codeRequired, "这个字段要写")
	}
	return nil
}

// caseOut is a case as the service answered it, byte for byte, so that a repeated request gets the same.
type caseOut struct {
	Status   int
	Type     string `header:"Content-Type"`
	Replayed string `header:"Idempotent-Replayed"`
	Body     []byte
}

func given(answer once.Answer, err error) (*caseOut, error) {
	if err != nil {
		return nil, err
	}
	out := &caseOut{Status: answer.Status, Type: "application/json", Body: answer.Body}
	if answer.Again {
		out.Replayed = "true"
	}
	return out, nil
}

type viewOut struct{ Body cases.View }

type caseIn struct {
	Number string `path:"number" doc:"610881101-2026-000421-7"`
}

type listIn struct {
	Place       string `query:"place" maxLength:"12"`
	State       string `query:"state" maxLength:"20"`
	Item        string `query:"item" maxLength:"200" doc:"code or exact name"`
	Q           string `query:"q" maxLength:"200" doc:"name, initials, serial, number, citizen number or telephone"`
	Todo        string `query:"todo" enum:"me" doc:"waiting for my post"`
	Handed      string `query:"handed" enum:"me" doc:"handed to me, not taken yet"`
	Moves       string `query:"moves" enum:"coming,sent,all" doc:"papers on their way that my side is to confirm, that it sent, or all of my town"`
	Responsible string `query:"responsible" enum:"me" doc:"I answer for it"`
	Open        bool   `query:"open"`
	Others      bool   `query:"others" doc:"open, and not my post's turn"`
	Late        string `query:"late" enum:"today,promise,law,any" doc:"by the last days: due today, past the promise, past the law, or either"`
	Post        string `query:"post" maxLength:"60" doc:"whose turn it is: desk:610881101000"`
	Filed       string `query:"filed" maxLength:"22" doc:"a month (2026-03), a day, or two days with .. between"`
	Done        string `query:"done_in" maxLength:"22" doc:"with a result in these days, alike"`
	DoneLate    bool   `query:"done_late" doc:"of those, the late ones"`
	Own         bool   `query:"own" doc:"filed at the place itself, not at the places below it"`
	Sort        string `query:"sort" enum:"due,newest" default:"due"`
	Limit       int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
	After       string `query:"after" maxLength:"300" doc:"the next of the page before"`
}

type listOut struct{ Body cases.Page }

type eventsOut struct {
	Body struct {
		Events []cases.EventView `json:"events"`
	}
}

func (a *API) registerCases() {
	operation(a, gate.Route{Permission: access.FileCase, Body: true, Once: true}, huma.Operation{
		OperationID: "file", Method: http.MethodPost, Path: "/api/v1/cases", Summary: "收件", DefaultStatus: http.StatusCreated,
		Responses: a.caseResponse("201"),
	}, func(ctx context.Context, in *fileIn) (*caseOut, error) {
		app := cases.Application{Item: in.Body.Item, Place: in.Body.Place, Channel: in.Body.Channel, Green: or(in.Body.Green, ""),
			Materials: materials(or(in.Body.Materials, nil)), Another: or(in.Body.Another, "")}
		if seen := in.Body.Person; seen != nil {
			app.Person, app.Phone, app.Address = cases.Number(seen.Case), or(seen.Phone, ""), or(seen.Address, "")
		} else if who := in.Body.Applicant; who != nil {
			app.Kind, app.Name, app.IDNumber, app.Phone, app.Address = who.Kind, who.Name, who.IDNumber, or(who.Phone, ""), or(who.Address, "")
		}
		if f := in.Body.Finish; f != nil {
			app.Finish = &cases.Finish{Approve: f.Approve, Reason: cases.Said(or(f.Reason, "")), Way: cases.Said(or(f.Way, "")), Receiver: cases.Said(or(f.Receiver, ""))}
		}
		return given(a.Cases.File(ctx, actor(ctx), gate.Key(ctx), app))
	})
	operation(a, gate.Route{Permission: access.ReadCases}, huma.Operation{
		OperationID: "cases", Method: http.MethodGet, Path: "/api/v1/cases", Summary: "办件列表",
	}, func(ctx context.Context, in *listIn) (*listOut, error) {
		filter, err := a.filter(in)
		if err != nil {
			return nil, err
		}
		page, err := a.Cases.List(ctx, actor(ctx), filter)
		return &listOut{Body: page}, err
	})
	operation(a, gate.Route{Permission: access.ReadCases, OfCase: true}, huma.Operation{
		OperationID: "case", Method: http.MethodGet, Path: "/api/v1/cases/{number}", Summary: "一个办件",
	}, func(ctx context.Context, in *caseIn) (*viewOut, error) {
		view, err := a.Cases.Open(ctx, actor(ctx), cases.Number(in.Number))
		return &viewOut{Body: view}, err
	})
	operation(a, gate.Route{Permission: access.ReadCases, OfCase: true}, huma.Operation{
		OperationID: "events", Method: http.MethodGet, Path: "/api/v1/cases/{number}/events", Summary: "办件的经过",
	}, func(ctx context.Context, in *caseIn) (*eventsOut, error) {
		list, err := a.Cases.Timeline(ctx, actor(ctx), cases.Number(in.Number))
		out := &eventsOut{}
		out.Body.Events = list
		return out, err
	})
}

func (a *API) filter(in *listIn) (cases.Filter, error) {
	f := cases.Filter{State: cases.State(in.State), Query: in.Q, Todo: in.Todo != "", Handed: in.Handed != "", Responsible: in.Responsible != "",
		Open: in.Open, Sort: cases.Sort(in.Sort), Limit: in.Limit, After: in.After}
	f.Moves = cases.Moves(in.Moves)
	f.Others, f.Late, f.Post, f.DoneLate, f.Own = in.Others, cases.Late(in.Late), access.Post(in.Post), in.DoneLate, in.Own
	var ok bool
	if f.Filed, ok = cases.ParseDays(in.Filed); !ok {
		return f, problem.WrongFields([]problem.Field{{Path: "filed", Code: "bad_days", Message: "请写年月（2026-03）或者日期（2026-03-10）"}})
	}
	if f.Done, ok = cases.ParseDays(in.Done); !ok {
		return f, problem.WrongFields([]problem.Field{{Path: "done_in", Code: "bad_days", Message: "请写年月（2026-03）或者日期（2026-03-10）"}})
	}
	if in.Place != "" {
		code, err := place.ParseCode(in.Place)
		if err != nil {
			return f, unknownPlace("place")
		}
		f.Place = code
	}
	if in.Item != "" {
		v, ok := a.Items.Find(in.Item)
		if !ok {
			return f, problem.WrongFields([]problem.Field{{Path: "item", Code: "unknown_item", Message: "没有这个事项"}})
		}
		f.Item = v.Code
	}
	return f, nil
}

// materials are the papers that were handed in; what was left out is as the item asks, and received.
func materials(list []materialBody) []cases.Material {
	out := make([]cases.Material, len(list))
	for i, m := range list {
		out[i] = cases.Material{Name: m.Name, Originals: or(m.Originals, cases.AsAsked), Copies: or(m.Copies, cases.AsAsked),
			Status: or(m.Status, cases.MaterialReceived)}
	}
	return out
}

func wrongField(path, code, message string) error {
	return problem.WrongFields([]problem.Field{{Path: path, Code: code, Message: message}})
}

// or is what p points to, or the default when it was left out or null.
func or[T any](p *T, otherwise T) T {
	if p == nil {
		return otherwise
	}
	return *p
}
