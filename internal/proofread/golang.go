package proofread

import (
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// ofGo gathers the string literals of a Go file that have Chinese in them; what is joined by + is one text.
func ofGo(name, source string) ([]Text, error) {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, name, source, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	g := goReader{file: name, line: func(p token.Pos) int { return files.Position(p).Line }}
	ast.Walk(&g, file)
	return g.found, nil
}

// ofGoExpression gathers from an expression of a template; an expression that is no more than part of one (the head of a
// loop) is tried as a statement.
func ofGoExpression(name, source string, line int) []Text {
	if !hasHan(source) {
		return nil
	}
	g := goReader{file: name, line: func(token.Pos) int { return line }}
	for _, whole := range []string{"package p\nvar _ = " + source, "package p\nfunc _() { " + source + " }", "package p\nfunc _() { for " + source + " {} }", "package p\n" + source} {
		file, err := parser.ParseFile(token.NewFileSet(), name, whole, parser.SkipObjectResolution)
		if err == nil {
			ast.Walk(&g, file)
			return g.found
		}
	}
	return []Text{{File: name, Line: line, Words: "unreadable: " + source}}
}

type goReader struct {
	file  string
	line  func(token.Pos) int
	in    string // the type of the composite literal around it
	under string
	found []Text
}

// verbs are what fmt fills in.
var verbs = regexp.MustCompile(`%[-+# 0]*(?:\[\d+\])?\d*(?:\.\d+)?[a-zA-Z]`)

func (g *goReader) Visit(n ast.Node) ast.Visitor {
	switch n := n.(type) {
	case *ast.ImportSpec:
		return nil
	case *ast.Field: // tags are the API's descriptions, for programmers
		ast.Walk(g, n.Type)
		return nil
	case *ast.KeyValueExpr:
		inner := *g
		inner.found = nil
		switch key := n.Key.(type) {
		case *ast.BasicLit:
			if text, ok := literal(key); ok && !hasHan(text) {
				inner.under = text
			}
		case *ast.Ident:
			inner.under = strings.TrimPrefix(g.in+"."+key.Name, ".")
		}
		ast.Walk(&inner, n.Key)
		ast.Walk(&inner, n.Value)
		g.found = append(g.found, inner.found...)
		return nil
	case *ast.CompositeLit:
		inner := *g
		inner.found, inner.in = nil, typeName(n.Type)
		for _, e := range n.Elts {
			ast.Walk(&inner, e)
		}
		g.found = append(g.found, inner.found...)
		return nil
	case *ast.CallExpr:
		if f, ok := n.Fun.(*ast.SelectorExpr); ok && strings.HasPrefix(f.Sel.Name, "MustCompile") {
			return nil
		}
		if f, ok := n.Fun.(*ast.Ident); ok && f.Name == "words" && len(n.Args) == 1 { // several in one literal
			if list, ok := literal(n.Args[0]); ok {
				for _, words := range slices.DeleteFunc(strings.Fields(list), func(w string) bool { return !hasHan(w) }) {
					g.found = append(g.found, Text{File: g.file, Line: g.line(n.Pos()), Under: g.under, Words: words})
				}
				return nil
			}
		}
	case *ast.BasicLit:
		g.add(n)
		return nil
	case *ast.BinaryExpr:
		if n.Op == token.ADD {
			g.add(n)
			return nil
		}
	}
	return g
}

// add takes a literal, or a sum of which a leaf is one; the other leaves may hold texts of their own.
func (g *goReader) add(e ast.Expr) {
	var words strings.Builder
	for _, leaf := range leaves(e) {
		if text, ok := literal(leaf); ok {
			words.WriteString(text)
			continue
		}
		words.WriteString(Hole)
		if _, number := leaf.(*ast.BasicLit); !number {
			ast.Walk(g, leaf)
		}
	}
	text := verbs.ReplaceAllString(strings.ReplaceAll(words.String(), "%%", "%"), Hole)
	if hasHan(text) || g.spoken() && word.MatchString(text) {
		g.found = append(g.found, Text{File: g.file, Line: g.line(e.Pos()), Under: g.under, Words: text})
	}
}

// shown are the fields whose text is on a page whatever it is written in.
var shown = []string{"Button", "Chinese", "Detail", "Empty", "Heading", "Hint", "Label", "Lead", "Message", "Placeholder", "Short", "Summary", "Title"}

// word tells English from a code.
var word = regexp.MustCompile(`[A-Z][a-z]|[a-z] [a-z]`)

func (g *goReader) spoken() bool {
	_, field, _ := strings.Cut("."+g.under, ".")
	return slices.Contains(shown, field[strings.LastIndex(field, ".")+1:]) || g.under == button
}

// typeName is the last name of a type; the elements of lists and maps have none of their own.
func typeName(e ast.Expr) string {
	switch t := e.(type) {
	case *ast.Ident:
		return t.Name
	case *ast.SelectorExpr:
		return t.Sel.Name
	}
	return ""
}

func leaves(e ast.Expr) []ast.Expr {
	if sum, ok := e.(*ast.BinaryExpr); ok && sum.Op == token.ADD {
		return append(leaves(sum.X), leaves(sum.Y)...)
	}
	return []ast.Expr{e}
}

func literal(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(lit.Value)
	return text, err == nil
}
