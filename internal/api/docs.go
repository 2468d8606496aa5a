package api

import (
	"bytes"
	_ "embed"
	"html/template"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"bianmin/internal/problem"
)

var (
	noRoute          = &problem.Problem{Kind: problem.NotFound, Code: "no_such_route"}
	methodNotAllowed = &problem.Problem{Kind: problem.Malformed, Code: "method_not_allowed"}
)

//go:embed docs.html
var docsHTML string

//go:embed docs.css
var docsCSS string

var docsTemplate = template.Must(template.New("docs").Parse(docsHTML))

// docsOperation is one operation as the page shows it.
type docsOperation struct {
	Method, Path, Summary string
	Query, Body, Answer   []docsField
}

// docsField is one field of a body, indented by its depth.
type docsField struct {
	Name, Type, Says string
	Needed           bool
	Depth            int
}

// docsPage writes the page for people: it loads nothing from anywhere.
func docsPage(doc *huma.OpenAPI) ([]byte, error) {
	var list []docsOperation
	for path, item := range doc.Paths {
		for method, op := range map[string]*huma.Operation{"GET": item.Get, "POST": item.Post, "DELETE": item.Delete} {
			if op != nil {
				list = append(list, docsOf(doc.Components.Schemas, method, path, op))
			}
		}
	}
	slices.SortFunc(list, func(a, b docsOperation) int {
		return strings.Compare(a.Path+a.Method, b.Path+b.Method)
	})
	var page bytes.Buffer
	err := docsTemplate.Execute(&page, list)
	return page.Bytes(), err
}

func docsOf(schemas huma.Registry, method, path string, op *huma.Operation) docsOperation {
	d := docsOperation{Method: method, Path: path, Summary: op.Summary}
	for _, p := range op.Parameters {
		if p.In != "path" {
			d.Query = append(d.Query, docsField{Name: p.Name, Type: typeOf(schemas, p.Schema), Says: p.Description, Needed: p.Required})
		}
	}
	if body := op.RequestBody; body != nil && body.Content["application/json"] != nil { // a photograph has no fields
		d.Body = fieldsOf(schemas, body.Content["application/json"].Schema, 0)
	}
	for status, r := range op.Responses {
		if media := r.Content["application/json"]; strings.HasPrefix(status, "2") && media != nil {
			d.Answer = fieldsOf(schemas, media.Schema, 0)
		}
	}
	return d
}

// depthOfDocs bounds how deep the page follows objects within objects.
const depthOfDocs = 3

func fieldsOf(schemas huma.Registry, s *huma.Schema, depth int) []docsField {
	s = follow(schemas, s)
	if s == nil || depth > depthOfDocs {
		return nil
	}
	if s.Items != nil {
		return fieldsOf(schemas, s.Items, depth)
	}
	names := make([]string, 0, len(s.Properties))
	for name := range s.Properties {
		names = append(names, name)
	}
	slices.Sort(names)
	var list []docsField
	for _, name := range names {
		p := s.Properties[name]
		list = append(list, docsField{Name: name, Type: typeOf(schemas, p), Says: p.Description, Needed: slices.Contains(s.Required, name), Depth: depth})
		list = append(list, fieldsOf(schemas, p, depth+1)...)
	}
	return list
}

func follow(schemas huma.Registry, s *huma.Schema) *huma.Schema {
	if s != nil && len(s.AnyOf) > 0 {
		s = s.AnyOf[0]
	}
	if s != nil && s.Ref != "" {
		return schemas.SchemaFromRef(s.Ref)
	}
	return s
}

func typeOf(schemas huma.Registry, s *huma.Schema) string {
	null := s != nil && (s.Nullable || len(s.AnyOf) > 0)
	s = follow(schemas, s)
	if s == nil {
		return ""
	}
	t := s.Type
	if s.Items != nil {
		t += " of " + typeOf(schemas, s.Items)
	}
	if len(s.Enum) > 0 {
		words := make([]string, len(s.Enum))
		for i, e := range s.Enum {
			words[i], _ = e.(string)
		}
		t = strings.Join(words, " | ")
	}
	if null {
		t += " | null"
	}
	return t
}
