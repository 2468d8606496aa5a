package api

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/gate"
)

var viewType = reflect.TypeFor[cases.View]()

// registerDocs serves the description, for machines and for people.
func (a *API) registerDocs(g *gate.Gate) error {
	doc := a.huma.OpenAPI()
	describe(doc)
	raw, err := json.Marshal(doc)
	if err != nil {
		return fmt.Errorf("writing the description of the API: %w", err)
	}
	page, err := docsPage(doc)
	if err != nil {
		return fmt.Errorf("writing the page of the API: %w", err)
	}
	serve := func(pattern, kind string, body []byte) {
		g.Handle(gate.Route{Pattern: pattern, Permission: access.Public, Face: gate.API},
			http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", kind)
				w.Write(body)
			}))
	}
	serve("GET /api/openapi.json", "application/json", raw)
	serve("GET /api/docs", "text/html; charset=utf-8", page)
	serve("GET /api/docs.css", "text/css; charset=utf-8", []byte(docsCSS))
	g.Handle(gate.Route{Pattern: "/api/", Permission: access.Public, Face: gate.API}, a.elsewhere())
	return nil
}

// describe completes what the types alone do not say: which objects may be null, what a list leaves out, the kinds of
// event, and that every operation may answer with a problem.
func describe(doc *huma.OpenAPI) {
	schemas := doc.Components.Schemas.Map()
	for name, properties := range map[string][]string{"View": {"step", "notice", "special", "extension", "handing", "another", "afar"},
		"Genuine": {"seal"}, "ExtensionView": {"head"}, "MoveView": {"missed"}, "Limits": {"legal", "promised", "step"}, "ItemLimits": {"legal"}} {
		for _, p := range properties {
			schemas[name].Properties[p] = &huma.Schema{AnyOf: []*huma.Schema{{Ref: schemas[name].Properties[p].Ref}, {Type: "null"}}}
		}
	}
	view, event := schemas["View"], schemas["EventView"]
	view.Properties["state"].Enum = stateCodes()
	view.Properties["actions"].Items.Enum = verbCodes()
	schemas["Row"] = rowOf(view)
	for _, list := range [][2]string{{"Page", "cases"}, {"UnderWay", "cases"}, {"History", "earlier"}} {
		schemas[list[0]].Properties[list[1]].Items = &huma.Schema{Ref: "#/components/schemas/Row"}
	}
	event.Properties["kind"].Enum = kindCodes()
	event.Properties["data"] = &huma.Schema{Type: huma.TypeObject, AdditionalProperties: true, Description: "what the event says; sealed values are masked"}
	for _, s := range schemas {
		for _, p := range s.Properties {
			if p.Nullable && len(p.Enum) > 0 {
				p.Enum = append(slices.Clone(p.Enum), nil)
			}
		}
	}
	problem := doc.Components.Schemas.Schema(reflect.TypeFor[Problem](), true, "Problem")
	for _, item := range doc.Paths {
		for _, op := range []*huma.Operation{item.Get, item.Post, item.Put, item.Delete} {
			if op != nil {
				op.Responses["default"] = &huma.Response{Description: "没有办成（RFC 9457）",
					Content: map[string]*huma.MediaType{"application/problem+json": {Schema: problem}}}
			}
		}
	}
}

// rowOf is the case as a list gives it: without what only the whole has.
func rowOf(view *huma.Schema) *huma.Schema {
	row := *view
	row.Properties = maps.Clone(view.Properties)
	row.Required = slices.Clone(view.Required)
	whole := reflect.TypeFor[cases.Whole]()
	for i := range whole.NumField() {
		name := whole.Field(i).Tag.Get("json")
		delete(row.Properties, name)
		row.Required = slices.DeleteFunc(row.Required, func(r string) bool { return r == name })
	}
	delete(row.Properties, "revealed")
	return &row
}

func kindCodes() []any {
	list := make([]any, len(cases.Kinds))
	for i, k := range cases.Kinds {
		list[i] = string(k.Kind)
	}
	return list
}

func stateCodes() []any {
	list := make([]any, len(cases.States))
	for i, s := range cases.States {
		list[i] = string(s.State)
	}
	return list
}

func verbCodes() []any {
	verbs := cases.Verbs()
	list := make([]any, len(verbs))
	for i, v := range verbs {
		list[i] = string(v)
	}
	return list
}

// elsewhere answers addresses under /api/ that are none, and methods that an address does not have.
func (a *API) elsewhere() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		methods := methodsOf(a.huma.OpenAPI(), r.URL.Path)
		if len(methods) == 0 {
			a.Refuse(w, r, noRoute)
			return
		}
		w.Header().Set("Allow", strings.Join(methods, ", "))
		a.Refuse(w, r, methodNotAllowed)
	})
}

// methodsOf lists the methods that an address has, in order; none when it is no address.
func methodsOf(doc *huma.OpenAPI, path string) []string {
	var list []string
	for pattern, item := range doc.Paths {
		if !matches(pattern, path) {
			continue
		}
		for method, op := range map[string]*huma.Operation{http.MethodDelete: item.Delete, http.MethodGet: item.Get, http.MethodPost: item.Post, http.MethodPut: item.Put} {
			if op != nil {
				list = append(list, method)
			}
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// matches says whether a path is of a pattern with {parts}.
func matches(pattern, path string) bool {
	want, have := strings.Split(pattern, "/"), strings.Split(path, "/")
	return slices.EqualFunc(want, have, func(want, have string) bool {
		return want == have || strings.HasPrefix(want, "{") && have != ""
	})
}
