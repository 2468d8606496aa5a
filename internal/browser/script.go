package browser

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// Eval is the value of a JavaScript expression in the page.
func Eval[T any](p *Page, expression string) T {
	p.t.Helper()
	value, err := evaluate[T](p, expression)
	if err != nil {
		p.t.Fatalf("%s: %v\n%s", expression, err, p.whatIsShown())
	}
	return value
}

func evaluate[T any](p *Page, expression string) (T, error) {
	ctx, cancel := p.limited()
	defer cancel()
	return chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}

// call writes a call of a JavaScript function with these values.
func call(function string, args ...any) string {
	list, err := json.Marshal(args)
	if err != nil {
		panic(err) // only strings and numbers come here
	}
	return fmt.Sprintf("(%s)(...%s)", function, list)
}

// command is a step that sends one command of the protocol and has no answer.
func command[P any](c cdp.Command[P, cdp.Empty], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, c, params)
		return err
	})
}

// dismiss answers a dialog with no, so that the page goes on and the test can end.
func (p *Page) dismiss() {
	ctx, cancel := p.limited()
	defer cancel()
	no := command(page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: false})
	if err := chromedp.Do(ctx, no); err != nil && p.ctx.Err() == nil {
		p.t.Errorf("closing a dialog: %v", err)
	}
}
