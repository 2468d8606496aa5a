package browser

import (
	"time"
)

// scannerPace is how close together a hand scanner sends its keys.
const scannerPace = 5 * time.Millisecond

// Scan sends what a hand scanner reads, and Enter, at a scanner's pace.
func (p *Page) Scan(code string) {
	p.t.Helper()
	at := p.keepPace()
	for _, r := range code + "\r" {
		p.do("scanning", strokes(string(r), stamped(at))...)
		at = at.Add(scannerPace)
	}
	p.lastKey = time.Now()
}
