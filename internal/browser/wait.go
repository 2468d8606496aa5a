package browser

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// again is how often a page is asked while a test waits for what it shows.
const again = 15 * time.Millisecond

// isVisible is what a person sees: it takes room and is not hidden.
const isVisible = `el => [...el.getClientRects()].some(r => r.width > 0 && r.height > 0) &&
	el.checkVisibility({visibilityProperty: true, opacityProperty: true})`

// textOf is what a person reads, with each gap as one space; of a field, what stands in it.
const textOf = `el => (el.matches('input,textarea,select') ? el.value : el.innerText).replace(/\s+/g, ' ').trim()`

// WaitVisible waits until an element that the CSS selector finds can be seen.
func (p *Page) WaitVisible(selector string) {
	p.t.Helper()
	p.WaitFor(selector+" to be seen", call(
		`sel => [...document.querySelectorAll(sel)].some(`+isVisible+`)`, selector))
}

// WaitHidden waits until none can be seen, because it is hidden or gone.
func (p *Page) WaitHidden(selector string) {
	p.t.Helper()
	p.WaitFor(selector+" to be gone", call(
		`sel => ![...document.querySelectorAll(sel)].some(`+isVisible+`)`, selector))
}

// WaitText waits until a visible element that the CSS selector finds contains the words.
func (p *Page) WaitText(selector, words string) {
	p.t.Helper()
	p.WaitFor(fmt.Sprintf("%s to say %q", selector, words), call(
		`(sel, words) => [...document.querySelectorAll(sel)].some(el => (`+isVisible+`)(el) && (`+textOf+`)(el).includes(words))`,
		selector, words))
}

// WaitNoText waits until no visible element that the CSS selector finds contains the words.
func (p *Page) WaitNoText(selector, words string) {
	p.t.Helper()
	p.WaitFor(fmt.Sprintf("%s no longer to say %q", selector, words), call(
		`(sel, words) => ![...document.querySelectorAll(sel)].some(el => (`+isVisible+`)(el) && (`+textOf+`)(el).includes(words))`,
		selector, words))
}

// WaitFocus waits until the element has the focus.
func (p *Page) WaitFocus(selector string) {
	p.t.Helper()
	p.WaitFor("the focus on "+selector, call(`sel => document.activeElement.matches(sel)`, selector))
}

// WaitPath waits until the address has this path, and has loaded.
func (p *Page) WaitPath(path string) {
	p.t.Helper()
	p.WaitFor("the path "+path, call(
		`path => location.pathname === path && document.readyState === 'complete'`, path))
}

// WaitFor waits until a JavaScript expression is true. It goes on asking across a change of page.
func (p *Page) WaitFor(what, expression string) {
	p.t.Helper()
	p.until(what, func(ctx context.Context) error {
		yes, err := chromedp.Run(ctx, chromedp.Evaluate[bool](expression))
		if err == nil && !yes {
			err = errNotYet
		}
		return err
	})
}

var errNotYet = errors.New("not yet")

// until tries until there is no error.
func (p *Page) until(what string, try func(context.Context) error) {
	p.t.Helper()
	ctx, cancel := p.limited()
	defer cancel()
	ticks := time.NewTicker(again)
	defer ticks.Stop()
	why := errNotYet
	for {
		err := try(ctx)
		if err == nil {
			return
		}
		if ctx.Err() == nil {
			why = err // not the end of our own waiting
		}
		select {
		case <-ticks.C:
		case <-ctx.Done():
			p.t.Fatalf("waited %v for %s: %v\n%s", p.options.patience, what, why, p.whatIsShown())
		}
	}
}

// Leads does what leads to another page and waits until that has loaded. Use it where the page before and the page after
// look alike.
func (p *Page) Leads(do func()) {
	p.t.Helper()
	ctx, cancel := p.limited()
	defer cancel()
	loads := chromedp.Events(ctx, page.LoadEventFired)
	do()
	for _, err := range loads {
		if err != nil {
			p.t.Fatalf("waited for the next page: %v\n%s", err, p.whatIsShown())
		}
		return
	}
	p.t.Fatalf("waited for the next page: %v", context.Cause(ctx))
}
