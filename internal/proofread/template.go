package proofread

import (
	"html"
	"slices"
	"strings"

	"github.com/a-h/templ/parser/v2"
)

// ofTemplate gathers the texts of a .templ file: an element's running text is one text, its attributes others.
func ofTemplate(name, source string) ([]Text, error) {
	file, err := parser.ParseString(source)
	if err != nil {
		return nil, err
	}
	r := templateReader{file: name}
	for _, n := range file.Nodes {
		switch n := n.(type) {
		case *parser.HTMLTemplate:
			r.line = int(n.Range.From.Line) + 1
			r.nodes(n.Children)
			r.flush()
		case *parser.TemplateFileGoExpression:
			r.expression(n.Expression)
		}
	}
	return r.found, nil
}

type templateReader struct {
	file    string
	line    int // where the running text began
	running strings.Builder
	found   []Text
}

// inline are elements that a sentence runs through.
var inline = []string{"a", "b", "br", "code", "em", "i", "kbd", "small", "span", "strong", "time", "wbr"}

func (r *templateReader) flush() {
	words := strings.Join(strings.Fields(html.UnescapeString(r.running.String())), " ")
	r.running.Reset()
	if strings.Trim(words, Hole+" ") != "" {
		r.found = append(r.found, Text{File: r.file, Line: r.line, Words: words})
	}
}

func (r *templateReader) text(words string, at parser.Range, trailing parser.TrailingSpace) {
	if strings.TrimSpace(r.running.String()) == "" {
		r.line = int(at.From.Line) + 1
	}
	r.running.WriteString(words)
	r.running.WriteString(string(trailing))
}

func (r *templateReader) expression(e parser.Expression) {
	r.found = append(r.found, ofGoExpression(r.file, e.Value, int(e.Range.From.Line)+1)...)
}

func (r *templateReader) nodes(list []parser.Node) {
	runs := slices.ContainsFunc(list, saysSomething)
	for _, n := range list {
		switch n := n.(type) {
		case *parser.Text:
			r.text(n.Value, n.Range, n.TrailingSpace)
		case *parser.Whitespace:
			r.running.WriteString(" ")
		case *parser.StringExpression:
			if own := ofGoExpression(r.file, n.Expression.Value, int(n.Expression.Range.From.Line)+1); len(own) > 0 {
				r.found = append(r.found, own...)
			}
			r.text(Hole, n.Range, n.TrailingSpace)
		case *parser.Element:
			r.element(n, runs)
		default:
			r.flush()
			r.block(n)
			r.flush()
		}
	}
}

// saysSomething tells the text of a sentence from a row of elements.
func saysSomething(n parser.Node) bool {
	text, ok := n.(*parser.Text)
	return ok && strings.TrimSpace(text.Value) != ""
}

func (r *templateReader) element(n *parser.Element, runs bool) {
	r.attributes(n.Attributes)
	if runs && slices.Contains(inline, n.Name) {
		if n.Name == "br" {
			r.flush()
		}
		r.nodes(n.Children)
		r.running.WriteString(string(n.TrailingSpace))
		return
	}
	r.flush()
	r.nodes(n.Children)
	r.flush()
}

func (r *templateReader) block(n parser.Node) {
	switch n := n.(type) {
	case *parser.IfExpression:
		r.expression(n.Expression)
		r.nodes(n.Then)
		for _, other := range n.ElseIfs {
			r.flush()
			r.expression(other.Expression)
			r.nodes(other.Then)
		}
		r.flush()
		r.nodes(n.Else)
	case *parser.ForExpression:
		r.expression(n.Expression)
		r.nodes(n.Children)
	case *parser.SwitchExpression:
		for _, c := range n.Cases {
			r.flush()
			r.nodes(c.Children)
		}
	case *parser.TemplElementExpression:
		r.expression(n.Expression)
		r.nodes(n.Children)
	case *parser.CallTemplateExpression:
		r.expression(n.Expression)
	case *parser.GoCode:
		r.expression(n.Expression)
	}
}

// spoken are the attributes that are shown or read out.
var spoken = []string{"alt", "aria-label", "aria-description", "aria-valuetext", "label", "placeholder", "title"}

func (r *templateReader) attributes(list []parser.Attribute) {
	for _, a := range list {
		switch a := a.(type) {
		case *parser.ConstantAttribute:
			name := a.Key.String()
			if words := html.UnescapeString(a.Value); hasHan(words) || slices.Contains(spoken, name) {
				r.found = append(r.found, Text{File: r.file, Line: int(a.Range.From.Line) + 1, Under: name, Words: words})
			}
		case *parser.ExpressionAttribute:
			r.expression(a.Expression)
		case *parser.ConditionalAttribute:
			r.attributes(a.Then)
			r.attributes(a.Else)
		}
	}
}
