package browser

import (
	"os"
	"path/filepath"

	"github.com/chromedp/chromedp"
)

// Screenshot draws the whole page, also what one has to scroll to, into a PNG file; into a JPEG, which is much smaller, when the
// name ends in .jpg.
func (p *Page) Screenshot(path string) {
	p.t.Helper()
	if err := p.shoot(path); err != nil {
		p.t.Fatalf("drawing %s: %v", path, err)
	}
}

// shoot waits for the fonts first: text in a font that is still to come is drawn as nothing.
func (p *Page) shoot(path string) error {
	if _, err := evaluate[bool](p, "document.fonts.ready.then(() => true)"); err != nil {
		return err
	}
	ctx, cancel := p.limited()
	defer cancel()
	quality := 100 // which is PNG
	if filepath.Ext(path) == ".jpg" {
		quality = 60
	}
	picture, err := chromedp.Run(ctx, chromedp.FullScreenshot(quality))
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, picture, 0o644)
}
