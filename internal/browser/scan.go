package browser

import (
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// scannerPace is how close together a hand scanner sends its keys.
const scannerPace = 5 * time.Millisecond

// Scan sends what a hand scanner reads, and Enter, at a scanner's pace. The times are written on the keys
// (KeyboardEvent.timeStamp), so that a busy machine does not turn the scanner into a slow typist.
func (p *Page) Scan(code string) {
	p.t.Helper()
	p.keepPace()
	at := time.Now()
	for _, r := range code + "\r" {
		stamp := input.TimeSinceEpoch(float64(at.UnixMicro()) / 1e6)
		p.do("scanning", chromedp.KeyEvent(string(r), func(key *input.DispatchKeyEventParams) { key.Timestamp = stamp }))
		at = at.Add(scannerPace)
	}
	p.lastKey = time.Now()
}
