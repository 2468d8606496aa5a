package ui

import (
	"fmt"
	"strings"

	"github.com/boombuler/barcode/qr"
)

// Square is a code to be read by a camera: its width in modules with the quiet zone, and the dark ones as a path.
type Square struct {
	Size int
	Path string
}

// quiet is the white border that the standard (ISO/IEC 18004) asks for, in modules.
const quiet = 4

// SquareOf draws a text as a QR code.
func SquareOf(text string) (Square, error) {
	code, err := qr.Encode(text, qr.M, qr.Unicode)
	if err != nil {
		return Square{}, fmt.Errorf("making the code: %w", err)
	}
	size := code.Bounds().Dx()
	var path strings.Builder
	for y := range size {
		for x := 0; x < size; x++ {
			run := 0
			for x+run < size && dark(code.At(x+run, y).RGBA()) {
				run++
			}
			if run > 0 {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", x+quiet, y+quiet, run, run)
				x += run
			}
		}
	}
	return Square{Size: size + 2*quiet, Path: path.String()}, nil
}

func dark(r, _, _, _ uint32) bool { return r == 0 }

func (s Square) viewBox() string { return fmt.Sprintf("0 0 %d %d", s.Size, s.Size) }
