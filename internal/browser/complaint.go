package browser

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
)

// firstRefusal is the first status that says no.
const firstRefusal = 400

// listener gathers what a page complains of. The browser tells it in order, on one goroutine; the test asks on another.
type listener struct {
	sync.Mutex
	heard    []string
	allowed  []string
	requests map[string]string // by number: method and address
	answer   func()            // closes a dialog
}

// Complaints are the page's complaints so far, less those allowed.
func (p *Page) Complaints() []string {
	p.listener.Lock()
	defer p.listener.Unlock()
	return slices.DeleteFunc(slices.Clone(p.listener.heard), func(complaint string) bool {
		return slices.ContainsFunc(p.listener.allowed, func(part string) bool { return strings.Contains(complaint, part) })
	})
}

// Allow lets complaints with this text pass: for a test that provokes them, such as a refusal with "422" or a server
// that stops.
func (p *Page) Allow(part string) {
	p.listener.Lock()
	defer p.listener.Unlock()
	p.listener.allowed = append(p.listener.allowed, part)
}

// hear must not ask the browser anything: it stands in the way of the answer.
func (l *listener) hear(event any) {
	l.Lock()
	defer l.Unlock()
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeAssert {
			l.add("console error: %s", words(e.Args))
		}
	case *runtime.EventExceptionThrown:
		l.add("exception: %s", thrown(e.ExceptionDetails))
	case *log.EventEntryAdded:
		l.logged(e.Entry)
	case *network.EventRequestWillBeSent:
		l.requests[string(e.RequestID)] = e.Request.Method + " " + e.Request.URL
	case *network.EventResponseReceived:
		if e.Response.Status >= firstRefusal {
			l.add("%s: status %d", l.requests[string(e.RequestID)], e.Response.Status)
		}
	case *network.EventLoadingFailed:
		if !e.Canceled { // a page that is left breaks off what it was loading
			l.add("%s: %s %s", l.requests[string(e.RequestID)], e.ErrorText, e.BlockedReason)
		}
	case *page.EventJavascriptDialogOpening:
		l.add("dialog: %s", e.Message)
		go l.answer()
	}
}

// logged takes the browser's own log. What it says of the network is known in more detail from the requests.
func (l *listener) logged(entry *log.Entry) {
	if entry.Level != log.EntryLevelError || entry.Source == log.EntrySourceNetwork {
		return
	}
	l.add("%s: %s (%s)", entry.Source, entry.Text, entry.URL)
}

func (l *listener) add(format string, args ...any) {
	l.heard = append(l.heard, strings.TrimSpace(fmt.Sprintf(format, args...)))
}

func words(args []*runtime.RemoteObject) string {
	var all []string
	for _, arg := range args {
		text := arg.Description
		if arg.Type == runtime.RemoteObjectTypeString && json.Unmarshal(arg.Value, &text) != nil {
			text = string(arg.Value)
		}
		all = append(all, text)
	}
	return strings.Join(all, " ")
}

func thrown(details *runtime.ExceptionDetails) string {
	text := details.Text
	if details.Exception != nil {
		text += " " + words([]*runtime.RemoteObject{details.Exception})
	}
	return fmt.Sprintf("%s (%s:%d)", text, details.URL, details.LineNumber+1)
}
