package browser

import (
	_ "embed"
	"fmt"
	"strings"
)

// axe is axe-core 4.14.1 (npm axe-core, axe.min.js), MPL-2.0, unchanged.
//
//go:embed testdata/axe.min.js
var axe string

// Finding is an element that breaks a rule of axe-core.
type Finding struct {
	Rule string `json:"rule"` // its id: color-contrast
	Help string `json:"help"`
	At   string `json:"at"`   // a CSS selector
	HTML string `json:"html"` // the element's first characters
	Why  string `json:"why"`
}

func (f Finding) String() string {
	return fmt.Sprintf("%s (%s)\n\t%s\n\t%s\n\t%s", f.Rule, f.Help, f.At, f.HTML, strings.ReplaceAll(f.Why, "\n", "\n\t"))
}

// look runs axe-core by the rules of WCAG 2.0 to 2.2, levels A and AA, and by its own for good practice.
const look = `except => axe.run(document, {
	resultTypes: ["violations"], elementRef: false, ancestry: false,
	runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
	rules: Object.fromEntries(except.map(rule => [rule, {enabled: false}])),
}).then(r => r.violations.flatMap(v => v.nodes.map(n => ({
	rule: v.id, help: v.help, at: n.target.join(" "), html: n.html.slice(0, 200), why: n.failureSummary || "",
}))))`

// Axe looks through the page as it is shown, by every rule but these.
func (p *Page) Axe(except ...string) []Finding {
	p.t.Helper()
	if !Eval[bool](p, "!!window.axe") {
		Eval[bool](p, axe+"\n;!!window.axe")
	}
	if except == nil {
		except = []string{}
	}
	return Eval[[]Finding](p, call(look, except))
}

// shapes tells pages apart by what a reader's aid or an eye could find in them: elements with their classes and attributes,
// whether they hold words, and repeated rows once. Addresses, numbers and words do not count. Each part of the body has its own.
const shapes = `(() => {
	const deaf = /^(href|value|id|for|name|action|title|content|src|data-.*|aria-label|selected|checked|aria-labelledby|aria-describedby|aria-controls|form|datetime|d|x|y|x1|x2|y1|y2|cx|cy|r|width|height|points|transform|viewBox|list|placeholder)$/;
	const of = el => {
		const own = [...el.attributes].map(a => deaf.test(a.name) ? (a.value === "" ? "" : a.name) : a.name + "=" + a.value).sort().join(" ");
		const seen = [];
		for (const child of el.childNodes) {
			const s = child.nodeType === 1 ? of(child) : child.nodeType === 3 && child.data.trim() ? "t" : "";
			if (s && !seen.includes(s)) seen.push(s);
		}
		return "<" + el.localName + " " + own + ">" + seen.join("") + "</>";
	};
	return [...document.body.children].map(part => document.documentElement.className + of(part));
})()`

// Shapes are the same for pages that differ in words and numbers alone: one for each part of the body, so that a test can
// look at a page once, and at every part of it.
func (p *Page) Shapes() []string {
	p.t.Helper()
	return Eval[[]string](p, shapes)
}
