package browser

import (
	"os"
	"path/filepath"

	"github.com/chromedp/chromedp"
)

// Screenshot draws the whole page, also what one has to scroll to, into a PNG file.
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
	const png = 100
	picture, err := chromedp.Run(ctx, chromedp.FullScreenshot(png))
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, picture, 0o644)
}
