package browser

// Text is what a person reads in the first element that the CSS selector finds; of a field, what stands in it. It waits
// until there is one to see.
func (p *Page) Text(selector string) string {
	p.t.Helper()
	p.WaitVisible(selector)
	return Eval[string](p, call(
		`sel => (`+textOf+`)([...document.querySelectorAll(sel)].find(`+isVisible+`))`, selector))
}

// Texts are what a person reads in each visible element that the CSS selector finds.
func (p *Page) Texts(selector string) []string {
	p.t.Helper()
	return Eval[[]string](p, call(
		`sel => [...document.querySelectorAll(sel)].filter(`+isVisible+`).map(`+textOf+`)`, selector))
}

// Count is how many elements that the CSS selector finds can be seen.
func (p *Page) Count(selector string) int {
	p.t.Helper()
	return len(p.Texts(selector))
}

// URL is the address of the page.
func (p *Page) URL() string {
	p.t.Helper()
	return Eval[string](p, "location.href")
}
