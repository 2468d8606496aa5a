package browser

import (
	"context"
	"errors"
	"fmt"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// bySelector finds the first visible element of a CSS selector.
const bySelector = `sel => [[...document.querySelectorAll(sel)].find(` + isVisible + `)].filter(Boolean)`

// byWords finds what can be pressed and says exactly these words; if nothing does, what has them among others.
const byWords = `words => {
	const all = [...document.querySelectorAll('a[href],button,summary,label,[role=button],[role=tab],[role=option],input[type=submit]')].filter(` + isVisible + `);
	const says = el => el.getAttribute('aria-label') || (` + textOf + `)(el);
	const exact = all.filter(el => says(el) === words);
	return exact.length ? exact : all.filter(el => says(el).includes(words));
}`

// place is where a person would put the finger on the one element found, or why that can't be done yet. A link that is
// broken over two lines is pressed on its first.
const place = `els => {
	if (els.length !== 1) return {Why: els.length + ' of them'};
	const el = els[0], name = e => e ? e.outerHTML.slice(0, 120) : 'nothing';
	if (el.disabled || el.getAttribute('aria-disabled') === 'true') return {Why: 'it cannot be pressed: ' + name(el)};
	el.scrollIntoView({block: 'center', inline: 'center', behavior: 'instant'});
	const r = el.getClientRects()[0], x = r.left + r.width / 2, y = r.top + r.height / 2;
	const hit = document.elementFromPoint(x, y);
	if (!hit || !(el.contains(hit) || hit.closest('label')?.control === el)) return {Why: 'it is covered by ' + name(hit)};
	return {X: x, Y: y};
}`

// Click clicks the first visible element that the CSS selector finds, or taps it on a screen that is touched. It waits
// until a person could: until it is there, can be pressed and is not covered.
func (p *Page) Click(selector string) {
	p.t.Helper()
	p.press(selector, call(bySelector, selector))
}

// ClickText clicks what says these words: a button, a link, a label. There must be just one; where rows repeat a button,
// use Click.
func (p *Page) ClickText(words string) {
	p.t.Helper()
	p.press(fmt.Sprintf("%q", words), call(byWords, words))
}

// Fill puts a long text into a field at once, in place of what stood there. It counts a key for each character, as if
// typed; it saves the time of typing them.
func (p *Page) Fill(selector, text string) {
	p.t.Helper()
	p.WaitVisible(selector)
	Eval[bool](p, call(`sel => { const el = document.querySelector(sel); el.focus(); el.select(); return true }`, selector))
	p.keys += len([]rune(text))
	if text == "" {
		p.Press("Delete")
		return
	}
	p.do("filling "+selector, command(input.InsertText, input.InsertTextParams{Text: text}))
}

// point is a place in the window.
type point struct {
	X, Y float64
	Why  string // why there is none
}

func (p *Page) press(what, elements string) {
	p.t.Helper()
	at := p.placeOf(what, elements)
	p.clicks++
	if p.options.touch {
		p.do("tapping "+what, chromedp.TapXY(at.X, at.Y))
		return
	}
	p.do("clicking "+what, chromedp.MouseClickXY(at.X, at.Y))
}

func (p *Page) placeOf(what, elements string) (at point) {
	p.t.Helper()
	p.until("to press "+what, func(ctx context.Context) (err error) {
		at, err = chromedp.Run(ctx, chromedp.Evaluate[point](fmt.Sprintf("(%s)(%s)", place, elements)))
		if err == nil && at.Why != "" {
			err = errors.New(at.Why)
		}
		return err
	})
	return at
}
