package ui

import (
	"fmt"
	"image"
	"image/color"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
)

// TestACodeIsRead by a reader that is not ours, from what the browser would draw.
func TestACodeIsRead(t *testing.T) {
	for _, text := range []string{"otpauth://totp/%E4%BE%BF%E6%B0%91:head-610881101?secret=ABCDEFGHIJKLMNOPQRSTUVWXYZ234567&digits=6", "便民服务"} {
		square, err := SquareOf(text)
		if err != nil {
			t.Fatal(err)
		}
		const scale = 4
		drawn := image.NewGray(image.Rect(0, 0, square.Size*scale, square.Size*scale))
		for i := range drawn.Pix {
			drawn.Pix[i] = 255
		}
		for _, run := range strings.SplitAfter(square.Path, "z") {
			var x, y, wide, back int
			if run == "" {
				continue
			}
			if _, err := fmt.Sscanf(run, "M%d %dh%dv1h-%dz", &x, &y, &wide, &back); err != nil || wide != back {
				t.Fatalf("%q: %v", run, err)
			}
			for px := x * scale; px < (x+wide)*scale; px++ {
				for py := y * scale; py < (y+1)*scale; py++ {
					drawn.SetGray(px, py, color.Gray{})
				}
			}
		}
		bitmap, err := gozxing.NewBinaryBitmapFromImage(drawn)
		if err != nil {
			t.Fatal(err)
		}
		read, err := qrcode.NewQRCodeReader().Decode(bitmap, nil)
		if err != nil || read.GetText() != text {
			t.Errorf("read %v (%v), want %s", read, err, text)
		}
	}
}
