package file

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/bep/imagemeta"
	"pgregory.net/rapid"

	"bianmin/internal/problem"
)

// code is the code of the one field that an error finds wrong.
func code(err error) string {
	var p *problem.Problem
	if errors.As(err, &p) && len(p.Fields) == 1 {
		return p.Fields[0].Code
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

// card is a picture like a document's: lines of dark strokes on light paper, with a shadow across.
func card(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	r := rand.New(rand.NewPCG(1, 2))
	for y := range h {
		for x := range w {
			v := uint8(235 - 40*x/w)
			img.SetRGBA(x, y, color.RGBA{v, v, v - 12, 255})
		}
	}
	for y := 20; y+16 < h; y += 40 {
		for x := 20; x+12 < w; x += 18 {
			for range 3 {
				dx, dy := r.IntN(8), r.IntN(14)
				for k := range 6 {
					img.SetRGBA(x+dx+k%2, y+dy+k/2, color.RGBA{30, 30, 40, 255})
				}
			}
		}
	}
	return img
}

func noise(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	r := rand.New(rand.NewPCG(3, 4))
	for i := range img.Pix {
		img.Pix[i] = uint8(r.Uint32()) | boolByte(i%4 == 3)
	}
	return img
}

func boolByte(b bool) uint8 {
	if b {
		return 255
	}
	return 0
}

func jpegOf(t testing.TB, img image.Image, exif []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 92}); err != nil {
		t.Fatal(err)
	}
	if exif == nil {
		return b.Bytes()
	}
	n := len(exif) + 2
	return append(append([]byte{0xff, 0xd8, 0xff, 0xe1, byte(n >> 8), byte(n)}, exif...), b.Bytes()[2:]...)
}

// exif is a block that says how the camera was held, and where it was.
func exif(orientation uint16) []byte {
	b := []byte("Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x02\x01\x12\x00\x03\x00\x00\x00\x01")
	b = binary.BigEndian.AppendUint16(b, orientation)
	b = append(b, "\x00\x00\x88\x25\x00\x04\x00\x00\x00\x01\x00\x00\x00\x26\x00\x00\x00\x00"...) // GPS at 38
	b = append(b, "\x00\x01\x00\x01\x00\x02\x00\x00\x00\x02N\x00\x00\x00\x00\x00\x00\x00GPS-38.82N-110.50E"...)
	return b
}

func pngOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// pngSaying is a PNG of a few bytes that says that it is so large.
func pngSaying(w, h uint32) []byte {
	head := append([]byte("IHDR"), binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)...)
	head = append(head, 8, 6, 0, 0, 0)
	b := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), head...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(head))
}

func psnr(a, b image.Image) float64 {
	var sum float64
	r := a.Bounds()
	for y := range r.Dy() {
		for x := range r.Dx() {
			p, q := color.GrayModel.Convert(a.At(x, y)).(color.Gray), color.GrayModel.Convert(b.At(x, y)).(color.Gray)
			d := float64(p.Y) - float64(q.Y)
			sum += d * d
		}
	}
	if sum == 0 {
		return 99
	}
	return 10 * math.Log10(255*255/(sum/float64(r.Dx()*r.Dy())))
}

// TestPhotographsAreSmallAndReadable: 300 kB at the most, and what is written stays apart from the paper.
func TestPhotographsAreSmallAndReadable(t *testing.T) {
	for _, c := range []struct {
		name  string
		img   *image.RGBA
		floor float64 // dB
	}{{"a card", card(1600, 1000), 30}, {"a page of a tall scan", card(1700, 2400), 28}, {"noise", noise(1500, 1500), 5}} {
		k, err := TakeIn("a.jpg", jpegOf(t, c.img, nil))
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		got, err := jpeg.Decode(bytes.NewReader(k.Content))
		if err != nil {
			t.Fatal(err)
		}
		b := got.Bounds()
		if len(k.Content) > KeptMost || b.Dx() != k.Width || b.Dy() != k.Height || max(b.Dx(), b.Dy()) > 2000 {
			t.Errorf("%s: %d bytes, %d × %d", c.name, len(k.Content), b.Dx(), b.Dy())
		}
		if db := psnr(fitted(c.img, max(b.Dx(), b.Dy())), got); db < c.floor {
			t.Errorf("%s: %.1f dB, want %.0f", c.name, db, c.floor)
		}
		if thumb, err := jpeg.DecodeConfig(bytes.NewReader(k.Thumb)); err != nil || max(thumb.Width, thumb.Height) != thumbSide || len(k.Thumb) > 8<<10 {
			t.Errorf("%s: a small picture of %d × %d, %d bytes, %v", c.name, thumb.Width, thumb.Height, len(k.Thumb), err)
		}
	}
}

// TestUpright marks a corner, and finds it at the upper left whichever way the camera was held.
func TestUpright(t *testing.T) {
	for orientation, corner := range map[uint16]image.Point{1: {0, 0}, 2: {1, 0}, 3: {1, 1}, 4: {0, 1}, 5: {0, 0}, 6: {0, 1}, 7: {1, 1}, 8: {1, 0}} {
		img := image.NewRGBA(image.Rect(0, 0, 160, 80))
		for y := range 80 {
			for x := range 160 {
				v := uint8(240)
				if (x >= 80) == (corner.X == 1) && (y >= 40) == (corner.Y == 1) {
					v = 10
				}
				img.SetRGBA(x, y, color.RGBA{v, v, v, 255})
			}
		}
		k, err := TakeIn("a.jpg", jpegOf(t, img, exif(orientation)))
		if err != nil {
			t.Fatal(err)
		}
		got, _ := jpeg.Decode(bytes.NewReader(k.Content))
		if lying := orientation >= 5; lying != (k.Height > k.Width) {
			t.Errorf("%d: %d × %d", orientation, k.Width, k.Height)
		}
		dark := color.GrayModel.Convert(got.At(k.Width/4, k.Height/4)).(color.Gray).Y
		light := color.GrayModel.Convert(got.At(k.Width*3/4, k.Height*3/4)).(color.Gray).Y
		if dark > 60 || light < 200 {
			t.Errorf("%d: the mark is elsewhere: %d, %d", orientation, dark, light)
		}
	}
}

// TestTurningMovesEveryPixelOnce: for every orientation and size the pixels are the same ones.
func TestTurningMovesEveryPixelOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, h, o := rapid.IntRange(1, 9).Draw(t, "w"), rapid.IntRange(1, 9).Draw(t, "h"), rapid.IntRange(1, 8).Draw(t, "o")
		ow, oh := w, h
		if o >= 5 {
			ow, oh = h, w
		}
		seen := map[[2]int]bool{}
		for y := range oh {
			for x := range ow {
				fx, fy := from(o, x, y, w, h)
				if fx < 0 || fy < 0 || fx >= w || fy >= h {
					t.Fatalf("%d: (%d, %d) comes from (%d, %d)", o, x, y, fx, fy)
				}
				seen[[2]int{fx, fy}] = true
			}
		}
		if len(seen) != w*h {
			t.Fatalf("%d of %d pixels", len(seen), w*h)
		}
	})
}

func TestSizesKeepTheirShape(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, h, side := rapid.IntRange(1, 20000).Draw(t, "w"), rapid.IntRange(1, 20000).Draw(t, "h"), rapid.IntRange(16, 4000).Draw(t, "side")
		gw, gh := size(w, h, side)
		if gw < 1 || gh < 1 || max(gw, gh) > max(side, 1) && max(w, h) > side || gw > w || gh > h {
			t.Fatalf("%d × %d became %d × %d", w, h, gw, gh)
		}
	})
	for i := 1; i < len(steps); i++ {
		if steps[i].side > steps[i-1].side || steps[i].side == steps[i-1].side && steps[i].quality >= steps[i-1].quality {
			t.Errorf("step %d makes nothing smaller", i)
		}
	}
}

// TestNothingButPixelsIsKept: the place, and what hung behind the picture.
func TestNothingButPixelsIsKept(t *testing.T) {
	secret := []byte("GPS-38.82N-110.50E")
	in := append(jpegOf(t, card(400, 300), exif(1)), "MZ hidden behind"...)
	if !bytes.Contains(in, secret) {
		t.Fatal("the test's own picture tells no place")
	}
	k, err := TakeIn("a.jpg", in)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range [][]byte{secret, []byte("Exif"), []byte("hidden")} {
		if bytes.Contains(k.Content, part) || bytes.Contains(k.Thumb, part) {
			t.Errorf("%q is kept", part)
		}
	}
}

func TestWhatIsRefused(t *testing.T) {
	good := jpegOf(t, card(400, 300), nil)
	small := pngOf(t, card(400, 30))
	wrongCRC := pngOf(t, card(100, 100))
	wrongCRC[len(wrongCRC)/2] ^= 1
	for _, c := range []struct {
		what, name string
		content    []byte
		want       string
	}{
		{"a photograph", "a.jpg", good, ""},
		{"by another photograph's name", "a.png", good, ""},
		{"without an ending", "photo", good, ""},
		{"in capitals", "A.JPEG", good, ""},
		{"a picture with holes", "a.png", pngOf(t, image.NewNRGBA(image.Rect(0, 0, 100, 100))), ""},
		{"nothing", "a.jpg", nil, "empty_file"},
		{"a program", "a.jpg", []byte("MZ\x90\x00 this program cannot be run in DOS mode"), "not_what_it_says"},
		{"a page", "a.jpg", []byte("<html><script>alert(1)</script>"), "not_what_it_says"},
		{"a drawing with a script", "a.png", []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>`), "not_what_it_says"},
		{"a PDF by a photograph's name", "a.jpg", pdfOf("", ""), "not_what_it_says"},
		{"a photograph by a PDF's name", "a.pdf", good, "not_what_it_says"},
		{"a photograph by a program's name", "a.exe", good, "unknown_type"},
		{"a drawing's name", "a.svg", good, "unknown_type"},
		{"HEIC", "a.heic", []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00"), "heic"},
		{"HEIC by another name", "a.jpg", []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00"), "heic"},
		{"cut off", "a.jpg", good[:len(good)/2], "broken_picture"},
		{"its first bytes alone", "a.jpg", good[:4], "broken_picture"},
		{"altered", "a.png", wrongCRC, "broken_picture"},
		{"a bomb", "a.png", pngSaying(60000, 60000), "too_many_pixels"},
		{"a bomb beyond the numbers", "a.png", pngSaying(0x7fffffff, 0x7fffffff), "broken_picture"},
		{"40 million pixels of four bytes", "a.png", pngSaying(8000, 5000), "too_many_pixels"},
		{"a strip", "a.png", small, "too_small"},
		{"too large", "a.jpg", make([]byte, PictureMost+1), "file_too_large"},
		{"a PDF too large", "a.pdf", append([]byte("%PDF-1.4"), make([]byte, PDFMost)...), "file_too_large"},
		{"a PDF too large without a name", "a", append([]byte("%PDF-1.4"), make([]byte, PDFMost)...), "file_too_large"},
	} {
		if _, err := TakeIn(c.name, c.content); code(err) != c.want {
			t.Errorf("%s: %q, want %q", c.what, code(err), c.want)
		}
	}
}

// TestFortyMegapixels: a telephone's largest photograph is taken.
func TestFortyMegapixels(t *testing.T) {
	img := image.NewGray(image.Rect(0, 0, 7680, 5200))
	k, err := TakeIn("a.jpg", jpegOf(t, img, exif(6)))
	if err != nil || k.Height != 2000 || k.Width != 1354 {
		t.Errorf("%d × %d: %v", k.Width, k.Height, err)
	}
}

func TestEveryRefusalIsPlain(t *testing.T) {
	for _, err := range []error{errKind, errHEIC, errNot, errBroken, errTooMany, errTooNarrow, errActive, errLocked, errBrokenPDF, errBomb} {
		var p *problem.Problem
		if !errors.As(err, &p) || p.Fields[0].Path != "file" || strings.ContainsAny(p.Fields[0].Message, "!！") || len([]rune(p.Fields[0].Message)) > 70 {
			t.Errorf("%v", err)
		}
	}
}

func FuzzTakeIn(f *testing.F) {
	f.Add("a.jpg", jpegOf(f, card(80, 70), exif(6)))
	f.Add("a.png", pngOf(f, card(80, 70)))
	f.Add("a.png", pngSaying(3000, 3000))
	f.Add("a.webp", []byte("RIFF\x00\x00\x00\x00WEBPVP8 "))
	f.Add("a.pdf", pdfOf("/S/JavaScript", ""))
	f.Fuzz(func(t *testing.T, name string, content []byte) {
		if progressive(content); len(content) > 1<<16 {
			return
		}
		k, err := TakeIn(name, content)
		switch {
		case err != nil && code(err) == err.Error():
			t.Errorf("a refusal that is none: %v", err)
		case err == nil && k.Type != PDF && len(k.Content) > KeptMost:
			t.Errorf("%d bytes are kept", len(k.Content))
		case err == nil && k.Type == PDF && active.Match(k.Content):
			t.Error("a PDF that acts is kept")
		}
	})
}

func FuzzOrientation(f *testing.F) {
	for o := range uint16(10) {
		f.Add(jpegOf(f, image.NewGray(image.Rect(0, 0, 8, 8)), exif(o)))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		for _, format := range []imagemeta.ImageFormat{imagemeta.JPEG, imagemeta.PNG, imagemeta.WebP} {
			if o := orientation(format, content); o < 1 || o > 8 {
				t.Errorf("orientation %d", o)
			}
		}
	})
}
