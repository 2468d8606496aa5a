package api

import (
	"encoding/json"
	"fmt"
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

// describe completes what the types alone do not say: which objects may be null, the kinds of event, and that every
// operation may answer with a problem.
func describe(doc *huma.OpenAPI) {
	schemas := doc.Components.Schemas.Map()
	for name, properties := range map[string][]string{"View": {"step", "notice", "special"}, "Limits": {"legal", "promised", "step"}} {
		for _, p := range properties {
			if s := schemas[name]; s != nil && s.Properties[p] != nil {
				s.Properties[p] = &huma.Schema{AnyOf: []*huma.Schema{{Ref: s.Properties[p].Ref}, {Type: "null"}}}
			}
		}
	}
	if s := schemas["EventView"]; s != nil {
		kinds := make([]any, len(cases.Kinds))
		for i, k := range cases.Kinds {
			kinds[i] = string(k.Kind)
		}
		s.Properties["kind"].Enum = kinds
		s.Properties["data"] = &huma.Schema{Type: "object", AdditionalProperties: true, Description: "what the event says; sealed values are masked"}
	}
	if s := schemas["View"]; s != nil {
		s.Properties["state"].Enum = stateCodes()
		s.Properties["actions"].Items.Enum = verbCodes()
	}
	problem := doc.Components.Schemas.Schema(reflect.TypeFor[Problem](), true, "Problem")
	for _, item := range doc.Paths {
		for _, op := range []*huma.Operation{item.Get, item.Post, item.Delete} {
			if op != nil {
				op.Responses["default"] = &huma.Response{Description: "没有办成（RFC 9457）",
					Content: map[string]*huma.MediaType{"application/problem+json": {Schema: problem}}}
			}
		}
	}
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
		for method, op := range map[string]*huma.Operation{http.MethodDelete: item.Delete, http.MethodGet: item.Get, http.MethodPost: item.Post} {
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
