package browser

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// Page is a window of its own, with cookies and storage of its own. It belongs to one test and one goroutine.
type Page struct {
	t        testing.TB
	ctx      context.Context
	options  settings
	keys     int
	clicks   int
	lastKey  time.Time
	listener *listener
	close    func()
}

// New opens an empty window and closes it when the test ends; the test then fails if a page complained.
func New(t testing.TB, options ...Option) *Page {
	t.Helper()
	browser, err := running()
	if err != nil {
		t.Fatal(err)
	}
	p := &Page{t: t, options: chosen(options)}
	p.listener = &listener{requests: map[string]string{}, answer: p.dismiss}
	var cancel context.CancelFunc
	p.ctx, cancel = chromedp.NewContext(browser,
		chromedp.WithNewBrowserContext(), chromedp.WithListener(p.listener.hear))
	p.close = sync.OnceFunc(func() { p.finish(cancel) })
	t.Cleanup(p.Close)
	if err := p.prepare(); err != nil {
		t.Fatalf("opening a window: %v", err)
	}
	return p
}

// prepare makes the window the person's. Motion is off, as the person may ask for, so that what is clicked stands still.
func (p *Page) prepare() error {
	return chromedp.Do(p.ctx,
		chromedp.EmulateViewport(p.options.width, p.options.height, p.options.emulation...),
		command(emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true}),
		command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}},
		}),
		command(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: p.options.noScript}))
}

// Close closes the window now rather than at the end of the test, for a page that still listens to a server that is
// about to end. Complaints until here count.
func (p *Page) Close() { p.close() }

func (p *Page) finish(cancel context.CancelFunc) {
	p.t.Helper()
	defer cancel()
	// What the page has complained of so far is told before the answer to a question asked now.
	p.Settle()
	for _, complaint := range p.Complaints() {
		p.t.Errorf("the page complained: %s", complaint)
	}
	if p.t.Failed() {
		shot := filepath.Join(p.t.ArtifactDir(), "failed.png")
		p.t.Logf("at the end %s\na picture, kept with -artifacts: %s (%v)", p.whatIsShown(), shot, p.shoot(shot))
	}
}

// Settle waits until the page has answered, so that what it had to say before is known.
func (p *Page) Settle() {
	p.t.Helper()
	if _, err := evaluate[bool](p, "true"); err != nil && p.ctx.Err() == nil {
		p.t.Errorf("the page does not answer: %v", err)
	}
}

// Open goes to an address and waits until it has loaded.
func (p *Page) Open(url string) {
	p.t.Helper()
	ctx, cancel := p.limited()
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.Navigate(url)); err != nil {
		p.t.Fatalf("opening %s: %v", url, err)
	}
}

// Back goes to the page before, as the browser's own button does, and waits until it has loaded.
func (p *Page) Back() {
	p.t.Helper()
	p.do("going back", chromedp.NavigateBack())
}

// Context is for what this package does not offer: run chromedp's own actions on it.
func (p *Page) Context() context.Context { return p.ctx }

// limited ends what takes longer than a person would wait.
func (p *Page) limited() (context.Context, context.CancelFunc) {
	return context.WithTimeout(p.ctx, p.options.patience)
}

func (p *Page) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := p.limited()
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		p.t.Fatalf("%s: %v\n%s", what, err, p.whatIsShown())
	}
}

// whatIsShown describes the page for a test that fails.
func (p *Page) whatIsShown() string {
	const enough = 800
	shown, err := evaluate[[]string](p, "[location.href, document.body ? document.body.innerText : '']")
	if err != nil {
		return fmt.Sprintf("the page does not answer: %v", err)
	}
	text := []rune(shown[1])
	return fmt.Sprintf("%s shows:\n%s", shown[0], string(text[:min(len(text), enough)]))
}
