package browser

import (
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Compose types through an input method: the letters stand underlined while it composes, and the words replace them. It
// counts the letters and the key that chooses.
func (p *Page) Compose(letters, words string) {
	p.t.Helper()
	for n := range len(letters) {
		p.keepPace()
		p.keys++
		p.do("composing", composing(letters[n]), command(input.ImeSetComposition, input.ImeSetCompositionParams{
			Text: letters[:n+1], SelectionStart: int64(n + 1), SelectionEnd: int64(n + 1),
		}))
	}
	p.keepPace()
	p.keys++
	p.do("choosing", composing(' '), command(input.InsertText, input.InsertTextParams{Text: words}))
}

// composing is a key that the input method takes: the page learns which key it was and that it was taken (229), and gets
// no character.
func composing(letter byte) chromedp.Action[chromedp.Void] {
	const taken = 229
	key := input.DispatchKeyEventParams{Key: "Process", WindowsVirtualKeyCode: taken}
	if known, ok := kb.Keys[rune(letter)]; ok {
		key.Code = known.Code
	}
	down, up := key, key
	down.Type, up.Type = kb.KeyRawDown, kb.KeyUp
	return chromedp.Steps(command(input.DispatchKeyEvent, down), command(input.DispatchKeyEvent, up))
}
