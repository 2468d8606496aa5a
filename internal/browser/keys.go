package browser

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// named are the keys that have no character of their own.
var named = map[string]string{
	"Enter": kb.Enter, "Tab": kb.Tab, "Escape": kb.Escape, "Space": " ", "Backspace": kb.Backspace, "Delete": kb.Delete,
	"ArrowUp": kb.ArrowUp, "ArrowDown": kb.ArrowDown, "ArrowLeft": kb.ArrowLeft, "ArrowRight": kb.ArrowRight,
	"Home": kb.Home, "End": kb.End, "PageUp": kb.PageUp, "PageDown": kb.PageDown,
}

var modifiers = map[string]chromedp.Modifier{
	"Shift": chromedp.ModifierShift, "Control": chromedp.ModifierCtrl, "Alt": chromedp.ModifierAlt,
}

// Press presses keys one after the other, each a name ("Enter", "Tab", "Escape", "Space", "ArrowDown"), a character ("a",
// "/", "?"), or either held with Shift, Control or Alt ("Shift+Tab").
func (p *Page) Press(keys ...string) {
	p.t.Helper()
	for _, key := range keys {
		char, held, ok := parse(key)
		if !ok {
			p.t.Fatalf("there is no key %q", key)
		}
		at := p.keepPace()
		p.keys++
		p.do("pressing "+key, strokes(char, chromedp.KeyModifiers(held...), stamped(at))...)
	}
}

// strokes are the key going down, with its character, and up. The character must come with the key and not after it: a
// page that takes a key for itself keeps its character from being written.
func strokes(char string, options ...chromedp.KeyOption) []chromedp.Action[chromedp.Void] {
	var list []chromedp.Action[chromedp.Void]
	for _, r := range char {
		events := kb.Encode(r)
		down, up := *events[0], *events[len(events)-1]
		if len(events) == 3 {
			down.Text, down.UnmodifiedText = events[1].Text, events[1].UnmodifiedText
		}
		for _, event := range []*input.DispatchKeyEventParams{&down, &up} {
			for _, option := range options {
				option(event)
			}
			if event.Modifiers&^int64(chromedp.ModifierShift) != 0 {
				event.Text, event.UnmodifiedText = "", "" // a command, not a character
			}
			list = append(list, command(input.DispatchKeyEvent, *event))
		}
	}
	return list
}

func parse(key string) (char string, held []chromedp.Modifier, ok bool) {
	for {
		name, rest, more := strings.Cut(key, "+")
		modifier, known := modifiers[name]
		if !more || !known {
			break
		}
		held, key = append(held, modifier), rest
	}
	if char, ok := named[key]; ok {
		return char, held, true
	}
	r, size := utf8.DecodeRuneInString(key)
	_, onKeyboard := kb.Keys[r]
	return key, held, onKeyboard && size == len(key)
}

// Type types into what has the focus, a key for each character. Characters that no key has, such as Chinese ones, come
// whole, as from an input method's last key, and count as one key each; Compose tells more of it.
func (p *Page) Type(text string) {
	p.t.Helper()
	for _, r := range text {
		if _, onKeyboard := kb.Keys[r]; onKeyboard {
			p.Press(string(r))
			continue
		}
		p.keepPace()
		p.keys++
		p.do("typing", command(input.InsertText, input.InsertTextParams{Text: string(r)}))
	}
}

// Keys is how many keys the person has pressed. What a scanner sends is not among them.
func (p *Page) Keys() int { return p.keys }

// Clicks is how often the person has clicked or tapped.
func (p *Page) Clicks() int { return p.clicks }

// ResetCounts starts counting keys and clicks anew: a task begins here.
func (p *Page) ResetCounts() { p.keys, p.clicks = 0, 0 }

// keepPace waits until a person's finger would be on the next key: keys that come closer are taken for a scanner's. It
// gives the time to write on the key.
func (p *Page) keepPace() time.Time {
	<-time.After(time.Until(p.lastKey.Add(p.options.pace)))
	p.lastKey = time.Now()
	return p.lastKey
}

// stamped writes the time on a key (KeyboardEvent.timeStamp), so that a busy machine turns neither a person into a
// scanner nor a scanner into a person.
func stamped(at time.Time) chromedp.KeyOption {
	return func(key *input.DispatchKeyEventParams) {
		key.Timestamp = input.TimeSinceEpoch(float64(at.UnixMicro()) / 1e6)
	}
}
