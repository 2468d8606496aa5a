package browser

import (
	"net/http"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// Resize makes the window another one, such as a Phone. The page is not loaded anew: its sheets follow the width.
func (p *Page) Resize(options ...Option) {
	p.t.Helper()
	s := chosen(options)
	p.options.width, p.options.height, p.options.touch, p.options.emulation = s.width, s.height, s.touch, s.emulation
	p.do("resizing", chromedp.EmulateViewport(s.width, s.height, s.emulation...))
}

// Keep gives the window a cookie of this site's, such as a session.
func (p *Page) Keep(url string, c *http.Cookie) {
	p.t.Helper()
	p.do("keeping a cookie", command(network.SetCookie, network.SetCookieParams{Name: c.Name, Value: c.Value, URL: url, Path: c.Path}))
}
