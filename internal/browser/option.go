package browser

import (
	"time"

	"github.com/chromedp/chromedp"
)

type settings struct {
	width, height int64
	touch         bool
	emulation     []chromedp.EmulateViewportOption
	patience      time.Duration
	pace          time.Duration
	noScript      bool
}

// Option changes the window, the person, or how long a test waits.
type Option func(*settings)

// scannerGap is how close keys must come for a page to take them for a scanner's.
const scannerGap = 35 * time.Millisecond

func chosen(options []Option) settings {
	s := settings{patience: 30 * time.Second, pace: scannerGap + 10*time.Millisecond}
	Desktop(&s)
	for _, option := range options {
		option(&s)
	}
	return s
}

// Desktop is the screen at a counter, with a mouse. It is what New opens unless told otherwise.
func Desktop(s *settings) { Size(1440, 900)(s) }

// Phone is a small telephone that is touched.
func Phone(s *settings) {
	s.width, s.height, s.touch = 390, 844, true
	s.emulation = []chromedp.EmulateViewportOption{
		chromedp.EmulateScale(2), chromedp.EmulatePortrait, chromedp.EmulateMobile, chromedp.EmulateTouch,
	}
}

// Size is another screen with a mouse, such as one that hangs in the hall.
func Size(width, height int64) Option {
	return func(s *settings) {
		s.width, s.height, s.touch, s.emulation = width, height, false, nil
	}
}

// Touch makes a screen one that is touched, such as a kiosk's.
func Touch(s *settings) {
	s.touch = true
	s.emulation = append(s.emulation, chromedp.EmulateTouch)
}

// Tall is a window of that height, for a picture in which nothing is left to scroll to.
func Tall(height int64) Option { return func(s *settings) { s.height = height } }

// Typist presses keys as fast as the page takes them: for Tab and the arrows, which no page takes for a scanner's.
func Typist(s *settings) { s.pace = 0 }

// NoScript is a browser whose scripts are switched off.
func NoScript(s *settings) { s.noScript = true }

// Patience is how long to wait for what the page should show.
func Patience(d time.Duration) Option {
	return func(s *settings) { s.patience = d }
}
