package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/gate"
	"bianmin/internal/place"
	"bianmin/internal/problem"
)

type placesIn struct {
	Parent string `query:"parent" doc:"only the places right under this one" maxLength:"12"`
	Lack   string `query:"lack" enum:"telephone,hours,address,position,any" doc:"only those that never told this"`
}

type placeOut struct {
	Code      place.Code     `json:"code"`
	Name      string         `json:"name"`
	Kind      place.Kind     `json:"kind" enum:"centre,station,room"`
	Parent    *place.Code    `json:"parent" nullable:"true"`
	Service   string         `json:"service" doc:"the sign: 高家堡镇便民服务站"`
	Telephone *string        `json:"telephone" nullable:"true"`
	Address   *string        `json:"address" nullable:"true"`
	Position  *placePosition `json:"position" doc:"国家大地坐标系 2000"`
	Hours     *placeHours    `json:"hours"`
	Open      *bool          `json:"open_now" nullable:"true" doc:"by the hours and the official calendar; null when the hours were never told"`
	Until     *string        `json:"open_until" nullable:"true"`
	Next      *string        `json:"opens_next" nullable:"true"`
	Lacking   []string       `json:"lacking" doc:"what was never told"`
}

type placePosition struct {
	_   struct{} `json:"-" nullable:"true"`
	Lat float64  `json:"lat" minimum:"3" maximum:"54"`
	Lon float64  `json:"lon" minimum:"73" maximum:"136"`
}

// hours are texts as pages take them: 08:30-12:00 14:30-18:00; empty is closed.
type placeHours struct {
	_      struct{}         `json:"-" nullable:"true"`
	Days   [7]string        `json:"days" doc:"Monday first: 08:30-12:00 14:30-18:00; empty is closed"`
	Extra  [7]string        `json:"extra" doc:"beyond office hours (延时服务)"`
	Except []hoursException `json:"except"`
}

type hoursException struct {
	Date  string `json:"date" format:"date"`
	Hours string `json:"hours" doc:"empty is closed" maxLength:"80"`
	Note  string `json:"note" maxLength:"40"`
}

type placesOut struct {
	Body struct {
		Places []placeOut `json:"places"`
	}
}

type onePlaceIn struct {
	Place string `path:"place" maxLength:"12"`
}

type onePlaceOut struct{ Body placeOut }

type contactIn struct {
	Place string `path:"place" maxLength:"12"`
	Body  struct {
		Telephone string         `json:"telephone" maxLength:"30" doc:"0912-8331234; empty for none"`
		Address   string         `json:"address" maxLength:"100"`
		Position  *placePosition `json:"position"`
		Hours     *placeHours    `json:"hours"`
	}
}

type placeRecordOut struct {
	Body struct {
		Record []recordLineView `json:"record"`
	}
}

func (a *API) registerPlaces() {
	operation(a, gate.Route{Permission: access.ReadPlaces}, huma.Operation{
		OperationID: "places", Method: http.MethodGet, Path: "/api/v1/places", Summary: "市、镇（街道）、村（社区），什么时候开，电话多少",
	}, func(_ context.Context, in *placesIn) (*placesOut, error) {
		list := a.Places.All()
		if in.Parent != "" {
			code, err := place.ParseCode(in.Parent)
			if _, ok := a.Places.Place(code); err != nil || !ok {
				return nil, unknownPlace("parent")
			}
			list = a.Places.Children(code)
		}
		out := &placesOut{}
		out.Body.Places = []placeOut{}
		for _, p := range list {
			if v := a.placeOut(p); in.Lack == "" || in.Lack == "any" && len(v.Lacking) > 0 || contains(v.Lacking, in.Lack) {
				out.Body.Places = append(out.Body.Places, v)
			}
		}
		return out, nil
	})
	operation(a, gate.Route{Permission: access.ReadPlaces}, huma.Operation{
		OperationID: "place", Method: http.MethodGet, Path: "/api/v1/places/{place}", Summary: "一个地方",
	}, func(_ context.Context, in *onePlaceIn) (*onePlaceOut, error) {
		p, err := a.onePlace(in.Place)
		return &onePlaceOut{a.placeOut(p)}, err
	})
	operation(a, gate.Route{Permission: access.EditPlaces, Body: true}, huma.Operation{
		OperationID: "set-contact", Method: http.MethodPut, Path: "/api/v1/places/{place}/contact", Summary: "改一个地方的电话、时间、地址",
	}, func(ctx context.Context, in *contactIn) (*onePlaceOut, error) {
		p, err := a.onePlace(in.Place)
		if err != nil {
			return nil, err
		}
		if !actor(ctx).EditsPlace(p.Code) {
			return nil, problem.ErrForbidden
		}
		c, wrong := in.text().Read(p.Code)
		if len(wrong) > 0 {
			return nil, problem.WrongFields(asBody(wrong))
		}
		if a.Contacts.Of(p.Code).Difference(c) != "" {
			err = a.SetContacts(ctx, actor(ctx), []place.Contact{c})
		}
		return &onePlaceOut{a.placeOut(p)}, err
	})
	operation(a, gate.Route{Permission: access.ReadPlaces}, huma.Operation{
		OperationID: "place-record", Method: http.MethodGet, Path: "/api/v1/places/{place}/record", Summary: "谁改过一个地方的电话、时间、地址",
	}, func(ctx context.Context, in *onePlaceIn) (*placeRecordOut, error) {
		p, err := a.onePlace(in.Place)
		if err != nil {
			return nil, err
		}
		return a.placeRecord(ctx, p.Code)
	})
}

func contains(list []string, what string) bool {
	for _, x := range list {
		if x == what {
			return true
		}
	}
	return false
}

func (a *API) onePlace(typed string) (place.Place, error) {
	code, err := place.ParseCode(typed)
	p, ok := a.Places.Place(code)
	if err != nil || !ok {
		return place.Place{}, problem.ErrNotFound
	}
	return p, nil
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func (a *API) placeOut(p place.Place) placeOut {
	c := a.Contacts.Of(p.Code)
	v := placeOut{Code: p.Code, Name: p.Name, Kind: p.Kind, Service: p.Service, Telephone: orNull(c.Telephone), Address: orNull(c.Address), Lacking: c.Lacking()}
	if v.Lacking == nil {
		v.Lacking = []string{}
	}
	if p.Parent != "" {
		v.Parent = &p.Parent
	}
	if c.Position != nil {
		v.Position = &placePosition{Lat: c.Position.Lat, Lon: c.Position.Lon}
	}
	if !c.Hours.Known() {
		return v
	}
	text := c.Text()
	v.Hours = &placeHours{Days: text.Days, Extra: text.Extra, Except: []hoursException{}}
	for _, x := range c.Hours.Except {
		v.Hours.Except = append(v.Hours.Except, hoursException{x.Date.String(), place.SpansText(x.Spans), x.Note})
	}
	o := c.Hours.At(a.Now(), a.Calendar())
	v.Open = &o.Open
	if o.Open {
		v.Until = orNull(stamp(o.Until))
	}
	if !o.Next.IsZero() {
		v.Next = orNull(stamp(o.Next))
	}
	return v
}

// text is what was sent as it would be typed.
func (in *contactIn) text() place.ContactText {
	t := place.ContactText{Telephone: in.Body.Telephone, Address: in.Body.Address}
	if p := in.Body.Position; p != nil {
		t.Position = place.Position{Lat: p.Lat, Lon: p.Lon}.String()
	}
	if h := in.Body.Hours; h != nil {
		t.Days, t.Extra = h.Days, h.Extra
		var list []place.Exception
		for _, x := range h.Except {
			day, err := calendar.ParseDate(x.Date)
			spans, err2 := place.ParseSpans(x.Hours)
			if err != nil || err2 != nil { // told by its line, as on the page
				t.Except += x.Date + " " + x.Hours + "\n"
				continue
			}
			list = append(list, place.Exception{Date: day, Spans: spans, Note: x.Note})
		}
		t.Except += place.ExceptionsText(list)
	}
	return t
}

// asBody names the fields as they stand in the body.
func asBody(wrong []problem.Field) []problem.Field {
	for i, f := range wrong {
		if f.Path != "telephone" && f.Path != "address" && f.Path != "position" {
			wrong[i].Path = "hours." + f.Path
		}
	}
	return wrong
}

func (a *API) placeRecord(ctx context.Context, code place.Code) (*placeRecordOut, error) {
	history, err := a.ContactHistory(ctx, code)
	out := &placeRecordOut{}
	out.Body.Record = make([]recordLineView, len(history))
	for i, h := range history {
		before := place.Contact{Code: code}
		if i+1 < len(history) {
			before = history[i+1].Contact
		}
		name, err := a.Access.NameOf(ctx, h.By)
		if err != nil {
			return nil, err
		}
		out.Body.Record[i] = recordLineView{At: stamp(h.At), By: h.By, ByName: name, Kind: "set", What: before.Difference(h.Contact)}
	}
	return out, err
}

func unknownPlace(path string) error {
	return problem.WrongFields([]problem.Field{{Path: path, Code: "unknown_place", Message: "没有这个地方，请照 12 位区划代码核对"}})
}
